#!/usr/bin/env python3
"""A mail server for the tests: it listens at a free port of this machine, which it prints, and
writes each letter that it takes into a folder.

Usage: server.py FOLDER [--tls | --starttls] [--certificate FILE --key FILE]
                 [--user NAME --password WORD]

How it behaves is the first word of the file FOLDER/mood, read anew at each command, "ok" where there
is none: later, refuse-sender, refuse, refuse-data, hang, drop (in the middle of a letter),
drop-after (after it took one, without a word), closing; refuse-ada, which takes all other letters;
and "kill PID", which kills that process once a letter was taken, before it can hear of it.
"""

import argparse
import asyncio
import os
import pathlib
import signal
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = len(list(self.folder.glob("letter-*")))

    def words(self):
        try:
            return (self.folder / "mood").read_text().split() or ["ok"]
        except FileNotFoundError:
            return ["ok"]

    def mood(self):
        return self.words()[0]

    def note(self, line):
        with open(self.folder / "talk", "a", encoding="utf-8") as file:
            file.write(line + "\n")

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.note("EHLO")
        if self.mood() == "hang":
            await asyncio.sleep(600)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mood() == "refuse-sender":
            return "550 5.7.1 This sender may not"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        mood = self.mood()
        if mood == "later":
            return "450 4.2.0 Greylisted, come back later"
        if mood == "refuse" or mood == "refuse-ada" and address.startswith("ada"):
            return "550 5.1.1 No such mailbox"
        if mood == "closing":
            return "421 4.3.2 The service is closing"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mood = self.mood()
        if mood == "refuse-data":
            return "554 5.6.0 We do not like this letter"
        if mood == "drop":
            server.transport.close()
            return "250 nobody hears this"
        self.count += 1
        path = self.folder / f"letter-{self.count}"
        head = f"X-Envelope: {envelope.mail_from} {','.join(envelope.rcpt_tos)}\r\n".encode()
        path.write_bytes(head + envelope.original_content)
        self.note(f"LETTER {envelope.rcpt_tos[0]}")
        if mood == "drop-after":
            server.transport.close()
        if mood == "kill":
            os.kill(int(self.words()[1]), signal.SIGKILL)
        return f"250 2.0.0 Taken as {self.count}"


def authenticator(arguments):
    def check(server, session, envelope, mechanism, data):
        good = (data.login == arguments.user.encode()
                and data.password == arguments.password.encode())
        return AuthResult(success=good, handled=False)

    return check


async def serve(arguments):
    handler = Handler(arguments.folder)
    context = None
    if arguments.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(arguments.certificate, arguments.key)
    settings = {"hostname": "mail.sample.example", "enable_SMTPUTF8": True}
    if arguments.starttls:
        settings |= {"tls_context": context, "require_starttls": True}
    if arguments.user:
        settings |= {
            "authenticator": authenticator(arguments),
            "auth_required": True,
            "auth_require_tls": bool(context) and not arguments.tls,
        }
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(handler, loop=loop, **settings),
        "127.0.0.1",
        arguments.port,
        ssl=context if arguments.tls else None,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--starttls", action="store_true")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--user")
    parser.add_argument("--password")
    try:
        asyncio.run(serve(parser.parse_args()))
    except KeyboardInterrupt:
        sys.exit(0)


main()
