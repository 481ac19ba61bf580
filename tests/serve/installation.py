"""An installation in a temporary folder: starts the program as it serves, speaks to it, ends it."""

import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile

SCHEME = pathlib.Path(__file__).resolve().parent.parent / "cli" / "scheme"
PATIENCE = 20  # seconds, for what must happen
PROGRAM = ""


def environment(**more):
    kept = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    for name, value in os.environ.items():
        if name.startswith(("ASAN_", "UBSAN_")):
            kept[name] = value
    return {**kept, **more}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class Installation:
    """A folder, and what it takes to serve from it."""

    def __init__(self, conf=""):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="assay-serve-"))
        self.data = self.folder / "data"
        self.data.mkdir(0o700)
        self.configure(conf)
        self.running = []

    def configure(self, conf):
        (self.data / "assay.conf").write_text(conf, encoding="utf-8")

    def command(self, *options):
        return [PROGRAM, "serve", "--data", str(self.data), "--port", "0",
                "--scheme", str(SCHEME), *options]

    def start(self, *options, **more):
        server = Server(self.command(*options), **more)
        self.running.append(server)
        server.wait_until_ready()
        return server

    def refused(self, *options, **more):
        """The exit status and what standard error says where serving cannot begin."""
        more.setdefault("env", environment())
        done = subprocess.run(self.command(*options), capture_output=True, text=True,
                              timeout=PATIENCE, check=False, **more)
        if done.stdout:
            raise AssertionError(f"it said that it serves: {done.stdout}")
        return done.returncode, done.stderr

    def log(self, name="access.log"):
        text = (self.data / name).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def remove(self):
        for server in self.running:
            server.kill()
        shutil.rmtree(self.folder)


class Server:
    def __init__(self, command, env=None, **more):
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True,
                                        env=environment(**(env or {})), **more)
        self.host = self.port = self.admin = None

    def wait_until_ready(self):
        line = self.process.stdout.readline()
        where = re.fullmatch(r"Assay serves http://(?:\[([^]]+)\]|([^:]+)):(\d+)\n", line)
        if not where:
            raise AssertionError(f"it said {line!r} and {self.process.communicate()[1]}")
        self.host = where[1] or ("127.0.0.1" if where[2] == "localhost" else where[2])
        self.port = int(where[3])

    def wait_until_admin(self):
        line = self.process.stdout.readline()
        self.admin = int(re.fullmatch(r"Metrics are at http://127\.0\.0\.1:(\d+)/metrics\n",
                                      line)[1])

    def connect(self, source=None):
        return socket.create_connection((self.host, self.port), timeout=PATIENCE,
                                        source_address=(source, 0) if source else None)

    def get(self, path="/healthz", headers=None, source=None, port=None, method="GET"):
        connection = http.client.HTTPConnection(
            self.host, port or self.port, timeout=PATIENCE,
            source_address=(source, 0) if source else None)
        with contextlib.closing(connection):
            connection.request(method, path, headers=headers or {})
            answer = connection.getresponse()
            answer.text = answer.read().decode("utf-8")
            return answer

    def metrics(self):
        """The numbers of /metrics by name and labels."""
        text = self.get("/metrics", port=self.admin).text
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines}

    def signal(self, number):
        self.process.send_signal(number)

    def wait(self):
        """The exit status, and what was said on standard output and error since."""
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out, err

    def stop(self):
        self.signal(signal.SIGTERM)
        return self.wait()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()
