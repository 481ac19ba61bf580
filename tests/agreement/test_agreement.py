#!/usr/bin/env python3
"""The command line, the page and its JSON give everybody the same answer.

Usage: test_agreement.py PROGRAM [COUNT]

Makes logbooks (logbooks.py), asks `assay check --json`, POST /standing for JSON and POST /standing
for a page, and compares the results of every certification in both readings.
"""

import collections
import concurrent.futures
import html.parser
import http.client
import json
import pathlib
import signal
import subprocess
import sys
import tempfile

from logbooks import Sample

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
SCHEME = SOURCE / "schemes" / "mediation"
BOUNDARY = "agreement-0123456789"
PATIENCE = 20  # seconds
COUNT = 500

# How a page says the results (templates/part/verdict.html).
WORDS = {
    "Eligible": "eligible",
    "A person must look": "refer",
    "Not yet": "not-yet",
    "Barred": "barred",
    "Not open": "unavailable",
}


class Disagreement(Exception):
    pass


class Server:
    def __init__(self, program, folder):
        self.said = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [program, "serve", "--data", folder, "--port", "0", "--scheme", SCHEME],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.said,
            text=True,
        )
        line = self.process.stdout.readline()  # comes when it is ready, or has ended
        if not line:
            raise SystemExit(f"the server does not start:\n{self.log()}")
        self.port = int(line.strip().rpartition(":")[2])

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def log(self):
        self.said.seek(0)
        return self.said.read().decode("utf-8", "replace")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.stdout.close()
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = "no end"
        if code != 0:
            raise SystemExit(f"the server ended with {code}:\n{self.log()}")


class Results(html.parser.HTMLParser):
    """The results that a page shows, as {certification: [decide, preview]}.

    They stand there twice: in the table at the beginning, and at the head of each certification. The
    second reading is only told where it gives another result.
    """

    def __init__(self, page):
        super().__init__()
        self.table = {}
        self.heads = {}
        self.in_row = False  # and its first link has not come yet
        self.into = None  # the list for the verdicts that come
        self.verdict = None  # the text of the verdict that is read
        self.feed(page)
        for results in (*self.table.values(), *self.heads.values()):
            results += results if len(results) == 1 else []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        classes = (attributes.get("class") or "").split()
        if tag == "tr":
            self.in_row = True
        elif tag == "a" and self.in_row:
            self.into = self.table.setdefault(attributes["href"].removeprefix("#"), [])
            self.in_row = False
        elif tag == "section":
            named = "standing" in classes
            self.into = self.heads.setdefault(attributes["aria-labelledby"], []) if named else None
        elif tag == "span" and "verdict" in classes and self.into is not None:
            self.verdict = ""

    def handle_endtag(self, tag):
        if tag == "span" and self.verdict is not None:
            self.into.append(WORDS[self.verdict.strip()])
            self.verdict = None
        elif tag == "tr":
            self.in_row = False
            self.into = None

    def handle_data(self, data):
        if self.verdict is not None:
            self.verdict += data


def from_command_line(program, sample, folder):
    arguments = [program, "check", "--json", "--scheme", SCHEME, "--on", sample.on]
    for option, name, content in (
        ("--log", sample.name, sample.logbook),
        ("--person", "person.json", sample.person),
    ):
        if content is not None:
            path = pathlib.Path(folder) / f"{sample.number}-{name}"
            path.write_bytes(content)
            arguments += [option, path]
    done = subprocess.run(arguments, capture_output=True, timeout=PATIENCE, check=False)
    if done.returncode not in (0, 1):
        raise Disagreement(f"check ended with {done.returncode}: {done.stderr.decode()}")
    return json.loads(done.stdout)


def form(sample):
    """The body of the form as a browser sends it."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in (("on", sample.on), ("marks", "stand"), ("action", "check"))
    ]
    for field, name, content in (
        ("log", sample.name, sample.logbook),
        ("person", "person.json", sample.person),
    ):
        head = f'Content-Disposition: form-data; name="{field}"; filename="{name if content else ""}"'
        parts += [
            f"--{BOUNDARY}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode(),
            content or b"",
            b"\r\n",
        ]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def from_server(connection, sample, kind):
    connection.request(
        "POST",
        "/standing",
        form(sample),
        {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Accept": kind,
            "Sec-Fetch-Site": "same-origin",
        },
    )
    answer = connection.getresponse()
    body = answer.read().decode()
    if answer.status != 200:
        raise Disagreement(f"the server answered {kind} with {answer.status}: {body[:500]}")
    return body


def pair(document):
    return [document[reading] for reading in ("decide", "preview")]


def results_of_check(asked):
    """All certifications, and the renewals beside them, which pages show to holders alone."""
    certifications = {c["name"]: pair(c["result"]) for c in asked["certifications"]}
    beside = {d["name"]: pair(d["result"]) for c in asked["certifications"] for d in c["beside"]}
    return certifications, beside


def compare(program, server, number, folder):
    """What the sample's results are, as a count of pairs."""
    sample = Sample(number)
    certifications, beside = results_of_check(from_command_line(program, sample, folder))
    connection = server.connect()
    try:
        data = json.loads(from_server(connection, sample, "application/json"))
        page = Results(from_server(connection, sample, "text/html"))
    finally:
        connection.close()
    as_json = {
        document["name"]: pair(document)
        for group in data["answer"]["standing"]["groups"]
        for document in group["certifications"]
    }
    expected = certifications | {name: beside[name] for name in as_json if name in beside}
    for name, found in (
        ("JSON", as_json),
        ("the page's table", page.table),
        ("the page below", page.heads),
    ):
        if found != expected:
            raise Disagreement(f"logbook {number}: {name} says {found}, check says {expected}")
    return collections.Counter(tuple(results) for results in expected.values())


def main(program, count):
    seen = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(program, folder + "/data")
        try:
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                for results in pool.map(
                    lambda number: compare(program, server, number, folder), range(count)
                ):
                    seen += results
        except Disagreement as disagreement:
            server.stop()
            raise SystemExit(str(disagreement)) from None
        server.stop()
    print(f"{count} logbooks agree; results in both readings: {dict(seen)}")
    # Without all of these the comparison would say little.
    for results in (
        ("eligible", "eligible"),
        ("not-yet", "eligible"),
        ("not-yet", "not-yet"),
        ("refer", "refer"),
        ("refer", "eligible"),
    ):
        if count == COUNT and seen[results] == 0:
            raise SystemExit(f"no logbook has the results {results}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else COUNT)
