#!/usr/bin/env python3
"""The program and its database: how an installation is made and brought up to date, and what a
server does while its database is away. All traffic stays on this machine.

Usage: test_database.py PROGRAM POSTGRES [TEST...]
"""

import json
import os
import pathlib
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import unittest

import installation
from installation import PATIENCE, Installation, environment

OK, NO, USAGE, INPUT, SYSTEM = range(5)
POSTGRES = ""


class Postgres:
    """A PostgreSQL server of the tests' own; None where it is not installed."""

    started = None

    @classmethod
    def get(cls):
        if cls.started is None:
            cls.started = cls()
        if not cls.started.first:
            raise unittest.SkipTest("PostgreSQL is not installed")
        return cls.started

    def __init__(self):
        self.process = subprocess.Popen([POSTGRES], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self.first = self.process.stdout.readline().strip()

    def tell(self, letter):
        self.process.stdin.write(letter)
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def database(self):
        return self.tell("n")

    @classmethod
    def end(cls):
        if cls.started:
            cls.started.process.stdin.close()
            cls.started.process.wait(PATIENCE)
            cls.started.process.stdout.close()


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.place = Installation()
        self.addCleanup(self.place.remove)
        self.data = str(self.place.data)

    def assay(self, command, *options, **more):
        return subprocess.run([installation.PROGRAM, command, "--data", self.data, *options],
                              capture_output=True, text=True, timeout=60, check=False,
                              env=environment(), **more)

    def does(self, command, *options, code=OK):
        done = self.assay(command, *options)
        self.assertEqual((done.returncode, done.stderr), (code, ""), done.stdout)
        return done.stdout

    def refuses(self, code, words, command, *options, **more):
        done = self.assay(command, *options, **more)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.assertIn(words, done.stderr)
        self.assertEqual(done.stdout, "")
        return done.stderr

    def eventually(self, holds):
        end = time.monotonic() + PATIENCE
        while not holds():
            self.assertLess(time.monotonic(), end, "it has not come about")
            time.sleep(0.02)

    def ask(self, line):
        """What the server's socket for commands answers."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(PATIENCE)
            client.connect(f"{self.data}/admin.sock")
            client.sendall(line.encode() + b"\n")
            with client.makefile() as answer:
                return json.loads(answer.readline())

    def show(self):
        return self.ask('{"operation": "installation-show", "input": {}}')


class Making(Case):
    def test_a_folder_and_a_database_are_made(self):
        shutil.rmtree(self.data)
        said = self.does("init")
        self.assertEqual(said, f"Made an installation in '{self.data}', with the database "
                               f"'{self.data}/assay.db'.\n")
        self.assertEqual(stat.S_IMODE(os.stat(self.data).st_mode), 0o700)
        self.assertEqual(stat.S_IMODE(os.stat(f"{self.data}/assay.db").st_mode), 0o600)
        self.assertEqual(sorted(os.listdir(self.data)), ["assay.db", "lock"])

    def test_as_json(self):
        self.assertEqual(json.loads(self.does("init", "--json")),
                         {"folder": self.data, "database": f"{self.data}/assay.db"})

    def test_a_second_one_is_refused(self):
        self.does("init")
        before = (self.place.data / "assay.db").read_bytes()
        self.refuses(NO, "there is an installation in", "init")
        self.assertEqual((self.place.data / "assay.db").read_bytes(), before)

    def test_one_beside_a_server_is_refused(self):
        self.place.start()
        self.refuses(NO, "there is an installation in", "init")

    def test_a_database_elsewhere_is_named_by_a_new_configuration(self):
        shutil.rmtree(self.data)
        other = self.place.folder / 'b "1".db'
        self.does("init", "--database", str(other))
        self.assertTrue(other.exists())
        self.assertEqual((self.place.data / "assay.conf").read_text(),
                         'database "%s"\n' % str(other).replace('"', '\\"'))
        self.assertIn("up to date", self.does("migrate"))

    def test_a_configuration_that_is_there_is_left_alone(self):
        self.place.configure("port 8081\n")
        said = self.does("init", "--database", f"{self.data}/other.db")
        self.assertIn(f"let '{self.data}/assay.conf' have the line\n  database \"{self.data}/other.db\"",
                      said)
        self.assertEqual((self.place.data / "assay.conf").read_text(), "port 8081\n")

    def test_a_file_of_another_program_is_refused(self):
        (self.place.data / "assay.db").write_text("This is a letter.\n" * 100)
        self.refuses(SYSTEM, f"the database '{self.data}/assay.db'", "init")
        self.assertIn("letter", (self.place.data / "assay.db").read_text())

    def test_faults_of_the_configuration_stand_in_the_way(self):
        self.place.configure("database 7\n")
        self.refuses(INPUT, "has faults, so nothing was done", "init")

    def test_a_disk_that_is_not_writable(self):
        self.data = "/proc/assay"
        self.refuses(SYSTEM, "cannot make the folder '/proc/assay'", "init")


class Migrating(Case):
    def rows(self):
        return json.loads(self.does("migrate", "--list", "--json"))

    def forget(self):
        """Makes the database one of an earlier version, for which all is still to do."""
        subprocess.run([sys.executable, "-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
                        "c.execute(\"DELETE FROM migration WHERE number > 1\"); c.commit()",
                        f"{self.data}/assay.db"], check=True)

    def test_what_was_applied_is_listed(self):
        self.does("init")
        rows = self.rows()
        self.assertGreater(len(rows), 2)
        self.assertEqual(rows[0]["name"], "0001-journal")
        self.assertTrue(all(row["applied"] for row in rows))
        self.assertIn("0001-journal", self.does("migrate", "--list"))
        self.assertEqual(self.does("migrate"), "The database is up to date; nothing was changed.\n")

    def test_what_is_to_do_is_listed(self):
        self.does("init")
        self.forget()
        rows = self.rows()
        self.assertIsNone(rows[1]["applied"])
        self.assertIsNotNone(rows[0]["applied"])
        self.assertIn("to do", self.does("migrate", "--list"))

    def test_without_an_installation_there_is_nothing_to_do(self):
        self.refuses(INPUT, "assay init --data", "migrate")
        self.refuses(INPUT, "assay init --data", "migrate", "--list")
        self.assertFalse((self.place.data / "assay.db").exists())

    def test_a_server_stands_in_the_way_but_not_of_the_list(self):
        server = self.place.start()
        err = self.refuses(SYSTEM, f"is in use: process {server.process.pid} serves", "migrate")
        self.assertIn("stop it, and start this version", err)
        self.assertGreater(len(self.rows()), 2)

    def test_a_database_of_a_later_version(self):
        self.does("init")
        subprocess.run([sys.executable, "-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
                        "c.execute(\"INSERT INTO migration SELECT number + 1, 'x', sha256, 0, 'x'"
                        " FROM migration ORDER BY number DESC LIMIT 1\"); c.commit()",
                        f"{self.data}/assay.db"], check=True)
        for options in ([], ["--list"]):
            self.refuses(SYSTEM, "a later version of this program", "migrate", *options)
        code, err = self.place.refused()
        self.assertEqual(code, SYSTEM)
        self.assertIn("a later version of this program", err)


class Serving(Case):
    def test_a_new_installation_is_made_by_a_server_that_has_a_scheme(self):
        server = self.place.start()
        self.assertEqual(self.show()["output"]["counts"]["journal"], 1)
        self.assertEqual(stat.S_IMODE(os.stat(f"{self.data}/admin.sock").st_mode), 0o600)
        self.assertEqual(server.stop(), (OK, "", ""))
        self.assertFalse(os.path.exists(f"{self.data}/admin.sock"))

    def test_a_server_that_was_killed_leaves_nothing_in_the_way(self):
        server = self.place.start()
        server.signal(signal.SIGKILL)
        server.process.wait(PATIENCE)
        self.assertTrue(os.path.exists(f"{self.data}/admin.sock"))
        server = self.place.start()
        self.assertEqual(self.show()["output"]["engine"], "SQLite")
        self.assertEqual(server.stop(), (OK, "", ""))

    def test_the_database_is_counted(self):
        self.place.configure("admin-port 18101\n")
        server = self.place.start()
        server.wait_until_admin()
        before = server.metrics()
        self.assertEqual(before["assay_database_up"], 1)
        self.show()
        after = server.metrics()
        self.assertEqual(after["assay_writer_operations_total"],
                         before["assay_writer_operations_total"] + 1)
        self.ask('{"operation": "no-such-thing", "input": {}}')
        self.assertEqual(after["assay_writer_operations_waiting"], 0)


class Away(Case):
    """The same on PostgreSQL, which can vanish."""

    def setUp(self):
        super().setUp()
        self.postgres = Postgres.get()
        self.place.configure(f'database "{self.postgres.database()}"\nadmin-port 18102\n')

    def test_the_commands(self):
        said = self.does("init")
        self.assertIn("with the database 'postgres://assay@/postgres?host=", said)
        self.refuses(NO, "there is an installation in", "init")
        self.assertEqual(self.does("migrate"), "The database is up to date; nothing was changed.\n")
        self.assertEqual(sorted(os.listdir(self.data)), ["assay.conf", "lock"])

    def test_a_database_has_one_server(self):
        self.does("init")
        self.place.start()
        other = Installation((self.place.data / "assay.conf").read_text())
        self.addCleanup(other.remove)
        code, err = other.refused()
        self.assertEqual(code, SYSTEM)
        self.assertIn("another process writes to the database", err)

    def test_public_pages_go_on_while_it_is_away_and_the_rest_comes_back(self):
        server = self.place.start()
        server.wait_until_admin()
        self.assertEqual(server.get("/healthz").status, 200)
        self.assertEqual(self.show()["output"]["engine"], "PostgreSQL")
        self.postgres.tell("s")
        try:
            answer = server.get("/healthz")
            self.assertEqual((answer.status, json.loads(answer.text)),
                             (503, {"status": "no-database"}))
            self.assertEqual(server.get("/").status, 200)
            self.assertEqual(server.get("/certifications?x=1").status, 200)
            self.assertEqual(server.metrics()["assay_database_up"], 0)
            self.assertEqual(server.get("/healthz", port=server.admin).status, 503)
            refused = self.show()
            self.assertEqual((refused["error"], refused["exit"]), ("database-gone", SYSTEM))
            self.assertIn("look whether the server runs", refused["message"])
        finally:
            self.postgres.tell("g")
        self.eventually(lambda: server.get("/healthz").status == 200)
        self.eventually(lambda: "output" in self.show())
        self.assertEqual(server.metrics()["assay_database_up"], 1)
        code, _, err = server.stop()
        self.assertEqual(code, OK)
        self.assertIn("does not answer", err)

    def test_a_server_that_cannot_reach_it_says_so_and_ends(self):
        self.place.configure('database "postgres://assay:secret@127.0.0.1:1/record"\n')
        code, err = self.place.refused()
        self.assertEqual(code, SYSTEM, err)
        self.assertIn("look whether the server runs and takes connections from here", err)
        self.assertNotIn("secret", err)


if __name__ == "__main__":
    installation.PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    POSTGRES = str(pathlib.Path(sys.argv.pop(1)).resolve())
    try:
        unittest.main(verbosity=1)
    finally:
        Postgres.end()
