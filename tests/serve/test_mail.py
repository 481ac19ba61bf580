"""Letters of a server that runs: to a mail server of Debian's, and into files."""

import email
import email.policy
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

import installation
from installation import Installation, PATIENCE, environment, free_port

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3"  # Debian's, which has the mail server


def has_server():
    return subprocess.run([PYTHON, "-c", "import aiosmtpd"], stderr=subprocess.DEVNULL,
                          check=False).returncode == 0


def until(found):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


class Post:
    """tests/mail/server.py."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="assay-post-"))
        self.process = subprocess.Popen(
            [PYTHON, str(HERE.parent / "mail" / "server.py"), str(self.folder),
             "--user", "office", "--password", "a secret"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline())

    def mood(self, mood):
        (self.folder / "mood").write_text(mood)

    def letters(self):
        return sorted(self.folder.glob("letter-*"))

    def remove(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder)


class Case(unittest.TestCase):
    def setUp(self):
        self.place = Installation()
        self.addCleanup(self.place.remove)

    def assay(self, *arguments):
        done = subprocess.run([installation.PROGRAM, *arguments, "--data", str(self.place.data)],
                              capture_output=True, text=True, env=environment(),
                              timeout=PATIENCE, check=False)
        return done.returncode, done.stdout, done.stderr

    def invite(self, name, address):
        self.assertEqual(self.assay("person", "add", name)[0], 0)
        self.invited = getattr(self, "invited", 0) + 1
        self.assertEqual(self.assay("account", "invite", str(self.invited), address)[0], 0)

    def stops_well(self, server):
        status, out, err = server.stop()
        self.assertEqual((status, out, err), (0, "", ""))


class Files(Case):
    def test_an_invitation_is_a_file_that_a_mail_program_reads(self):
        server = self.place.start()
        self.invite("Zoë Sample", "zoe@sample.example")
        outbox = self.place.data / "outbox"
        until(lambda: outbox.is_dir() and list(outbox.glob("*.eml")))
        (file,) = outbox.glob("*.eml")
        letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        self.assertEqual(letter["To"], "zoe@sample.example")
        text = letter.get_body(("plain",)).get_content()
        self.assertIn("Zoë Sample", text)
        self.assertRegex(text, r"(?m)^http://localhost:[0-9]+/account/link/\S{43}\r?$")
        self.assertIn("Zoë Sample", letter.get_body(("html",)).get_content())
        self.stops_well(server)


@unittest.skipUnless(has_server() or os.environ.get("CI"), "python3-aiosmtpd is not installed")
class Sending(Case):
    def setUp(self):
        super().setUp()
        self.post = Post()
        self.addCleanup(self.post.remove)
        (self.place.data / "password").write_text("a secret\n")
        self.place.configure(
            f'base "https://standards.sample.example"\n'
            f'mail {{ server "127.0.0.1"; port {self.post.port}; security none\n'
            f'user "office"; password-file "password"; patience 60 s\n'
            f'from "office@sample.example"; reply-to "help@sample.example" }}\n')

    def test_an_invitation_arrives(self):
        server = self.place.start()
        self.invite("Zoë Sample", "zoe@sample.example")
        until(self.post.letters)
        letter = email.message_from_bytes(self.post.letters()[0].read_bytes(),
                                          policy=email.policy.default)
        self.assertEqual(letter["X-Envelope"], "office@sample.example zoe@sample.example")
        self.assertEqual(letter["Reply-To"], "help@sample.example")
        self.assertEqual(letter["Auto-Submitted"], "auto-generated")
        self.assertIn("https://standards.sample.example/account/link/",
                      letter.get_body(("plain",)).get_content())
        self.stops_well(server)
        code, out, _ = self.assay("mail", "list", "--state", "sent", "-j")
        self.assertEqual(code, 0)
        self.assertIn("250 2.0.0 Taken as 1", out)

    def test_trying_it_says_what_the_server_said(self):
        server = self.place.start()
        self.stops_well(server)
        code, out, err = self.assay("mail", "test", "ada@sample.example")
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(out, f"127.0.0.1:{self.post.port}: 250 2.0.0 Taken as 1\n")
        (self.place.data / "password").write_text("another\n")
        code, out, _ = self.assay("mail", "test", "ada@sample.example")
        self.assertEqual(code, 1)
        self.assertIn(": 535 ", out)

    def test_a_dead_letter_is_seen_and_tried_again_while_it_runs(self):
        server = self.place.start("--admin-port", str(free_port()))
        server.wait_until_admin()
        self.post.mood("refuse")
        self.invite("Ada Sample", "ada@sample.example")
        until(lambda: "550 5.1.1" in self.assay("mail", "list", "--state", "dead", "-j")[1])
        self.post.mood("ok")
        self.assertEqual(self.assay("mail", "retry", "--all")[0], 0)
        until(self.post.letters)
        self.stops_well(server)

    def test_it_stops_while_the_mail_server_says_nothing(self):
        server = self.place.start()
        self.post.mood("hang")
        self.invite("Ada Sample", "ada@sample.example")
        until(lambda: "claimed" in self.assay("mail", "list")[1])
        began = time.monotonic()
        self.stops_well(server)
        self.assertLess(time.monotonic() - began, PATIENCE)


if __name__ == "__main__":
    installation.PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
