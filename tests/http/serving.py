"""Starts the server of serve.c and speaks to it byte by byte. All traffic stays on 127.0.0.1."""

import json
import socket
import subprocess
import threading

PROGRAM = ""
PATIENCE = 10  # seconds, for what must happen


class Server:
    def __init__(self, **settings):
        self.process = subprocess.Popen(
            [PROGRAM, *(f"{name}={value}" for name, value in settings.items())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.port = int(self.process.stdout.readline())
        self.errors = []
        self.reader = threading.Thread(
            target=lambda: self.errors.extend(self.process.stderr), daemon=True
        )
        self.reader.start()
        self.said = None

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def memory(self):
        """The memory that the server holds, in bytes."""
        with open(f"/proc/{self.process.pid}/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * 4096

    def stop(self, hurry=False):
        """Stops the server and returns what it said at the end."""
        if self.said is None:
            if hurry:
                self.process.stdin.write("s")
            self.process.stdin.close()
            self.said = self.process.stdout.read().strip()
            status = self.process.wait(PATIENCE)
            self.reader.join(PATIENCE)
            self.process.stdout.close()
            self.process.stderr.close()
            if status != 0:
                raise AssertionError(f"the server ended with {status}:\n{''.join(self.errors)}")
        return self.said

    def log(self):
        """The lines of the access log, once the server has stopped."""
        return [json.loads(line) for line in self.errors if line.startswith("{")]


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body


def read_answer(stream, no_body=False):
    """The next answer of a connection's file, or None at its end."""
    line = stream.readline()
    while line.startswith(b"HTTP/1.1 100 "):
        if stream.readline() != b"\r\n":
            raise AssertionError("a 100 with headers")
        line = stream.readline()
    if not line:
        return None
    version, status, _ = line.split(b" ", 2)
    if version not in (b"HTTP/1.1", b"HTTP/1.0"):
        raise AssertionError(f"not an answer: {line!r}")
    headers = {}
    while (line := stream.readline()) != b"\r\n":
        name, value = line.decode("latin-1").split(":", 1)
        headers[name.lower()] = value.strip()
    has_body = not no_body and int(status) not in (204, 304)
    body = stream.read(int(headers.get("content-length", 0))) if has_body else b""
    return Answer(int(status), headers, body)


def read_all(connection):
    """All answers until the server closes the connection."""
    answers = []
    with connection.makefile("rb") as stream:
        while (answer := read_answer(stream)) is not None:
            answers.append(answer)
    return answers


def get(path="/quick", *headers, version="1.1", method="GET"):
    lines = [f"{method} {path} HTTP/{version}", "Host: localhost", *headers, "", ""]
    return "\r\n".join(lines).encode()
