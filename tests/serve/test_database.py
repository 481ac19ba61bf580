#!/usr/bin/env python3
"""The program and its database: how an installation is made and brought up to date, and what a
server does while its database is away. All traffic stays on this machine.

Usage: test_database.py PROGRAM POSTGRES [TEST...]
"""

import contextlib
import errno
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import unittest

import installation
from installation import PATIENCE, Installation, environment, free_port

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
        return subprocess.run([installation.PROGRAM, command, *options, "--data", self.data],
                              capture_output=True, text=True, timeout=60, check=False,
                              env=environment(), **more)

    def does(self, *command, code=OK):
        done = self.assay(*command)
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


    def sqlite(self, *statements):
        with contextlib.closing(sqlite3.connect(f"{self.data}/assay.db")) as database:
            for statement in statements:
                database.execute(statement)
            database.commit()


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

    def test_a_scheme_is_loaded_into_it(self):
        self.does("init", "--scheme", str(installation.SCHEME))
        self.assertEqual(self.scheme_entries(), 1)

    def scheme_entries(self):
        with contextlib.closing(sqlite3.connect(f"{self.data}/assay.db")) as database:
            return database.execute("SELECT count(*) FROM journal"
                                    " WHERE operation = 'scheme-loaded'").fetchone()[0]

    def test_a_scheme_that_has_faults_leaves_nothing_behind(self):
        (self.place.folder / "scheme").mkdir()
        (self.place.folder / "scheme" / "scheme.conf").write_text("titel\n")
        done = self.assay("init", "--scheme", str(self.place.folder / "scheme"))
        self.assertEqual(done.returncode, INPUT)
        self.assertIn("titel", done.stderr)
        self.assertFalse(os.path.exists(f"{self.data}/assay.db"))

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
        self.sqlite("DELETE FROM migration WHERE number > 1")

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
        self.sqlite("INSERT INTO migration SELECT number + 1, 'x', sha256, 0, 'x' FROM migration"
                    " ORDER BY number DESC LIMIT 1")
        for options in ([], ["--list"]):
            self.refuses(SYSTEM, "a later version of this program", "migrate", *options)
        code, err = self.place.refused()
        self.assertEqual(code, SYSTEM)
        self.assertIn("a later version of this program", err)


class Serving(Case):
    def test_a_new_installation_is_made_by_a_server_that_has_a_scheme(self):
        server = self.place.start()
        self.assertGreater(self.show()["output"]["counts"]["journal"], 0)
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
        self.place.configure(f"admin-port {free_port()}\n")
        server = self.place.start()
        server.wait_until_admin()
        before = server.metrics()
        self.assertEqual(before["assay_database_up"], 1)
        self.show()
        after = server.metrics()
        self.assertGreater(after["assay_writer_operations_total"],
                           before["assay_writer_operations_total"])
        self.eventually(lambda: server.metrics()["assay_writer_operations_waiting"] == 0)


class Doctor(Case):
    def examine(self, code=OK, *options):
        """The findings by check: lists of (kind, what)."""
        done = self.assay("doctor", "--json", *options)
        self.assertEqual((done.returncode, done.stderr), (code, ""), done.stdout)
        report = json.loads(done.stdout)
        self.assertEqual(code == NO, report["faults"] > 0)
        for check in report["checks"]:
            for finding in check["findings"]:
                self.assertTrue(finding["todo"])
        self.states = {check["name"]: check["state"] for check in report["checks"]}
        return {check["name"]: " | ".join(f["what"] for f in check["findings"])
                for check in report["checks"]}

    def well(self):
        self.place.configure('base "https://standards.example.org"\n')
        self.does("init")

    def test_an_installation_that_is_well(self):
        self.well()
        self.examine()
        self.assertEqual({name for name, state in self.states.items() if state != "ok"}
                         - {"clock", "scheme", "configuration"}, set())
        said = self.does("doctor")
        self.assertIn("database      ok: can be read, is whole", said)
        self.assertIn("0 faults, ", said)

    def test_beside_a_server(self):
        self.place.start()
        self.examine()
        self.assertEqual(self.states["database"], "ok")
        self.assertEqual(self.states["files"], "ok")

    def test_nothing_is_there(self):
        self.data = str(self.place.folder / "nothing")
        self.assertIn("No such file", self.examine(NO)["folder"])
        self.assertEqual(self.states["files"], "passed over")
        self.assertEqual(self.states["journal"], "passed over")
        self.assertFalse(os.path.exists(self.data))

    def test_a_folder_without_a_database(self):
        self.assertIn("assay init", self.examine(NO)["database"])

    def test_a_folder_that_others_may_read(self):
        self.well()
        os.chmod(self.data, 0o750)
        os.chmod(f"{self.data}/assay.db", 0o644)
        found = self.examine(NO)["folder"]
        self.assertIn(f"Others on this machine may use '{self.data}': its permissions are 750",
                      found)
        self.assertIn("assay.db': its permissions are 644", found)

    def test_a_database_of_another_user(self):
        if os.geteuid() != 0:
            self.skipTest("only root can give a file away")
        self.well()
        os.chown(f"{self.data}/assay.db", 12345, 12345)
        self.assertIn("belongs to the user 12345, the folder to 0", self.examine(NO)["folder"])

    def test_foreign_files_and_orphans(self):
        self.well()
        (self.place.data / "notes.txt").write_text("")
        (self.place.data / "attachments").mkdir()
        (self.place.data / "attachments" / "1").write_text("")
        (self.place.data / "attachments" / "2").write_text("")
        os.utime(self.place.data / "attachments" / "1", (0, 0))
        found = self.examine()
        self.assertIn("'notes.txt' is no file of an installation", found["files"])
        self.assertIn("Named by nothing in the database", found["attachments"])
        self.assertIn(": 1, such as '1'", found["attachments"])

    def test_a_missing_attachment(self):
        self.well()
        with sqlite3.connect(self.place.data / "assay.db") as database:
            database.execute(
                "INSERT INTO attachment (evidence, sha256, type, size, name, added_position)"
                " VALUES (1, ?, 'application/pdf', 10, 'minutes.pdf', 1)", (b"\xab" * 32,))
        found = self.examine(NO)["attachments"]
        self.assertIn("of the files that records name: 1, such as 'ab/abab", found)

    def test_files_that_the_configuration_names_are_known(self):
        self.well()
        self.place.configure('log "access.log"\ndatabase "record.db"\n')
        (self.place.data / "access.log").write_text("")
        (self.place.data / "access.log.1").write_text("")
        os.rename(f"{self.data}/assay.db", f"{self.data}/record.db")
        self.assertEqual(self.examine()["files"], "")
        (self.place.data / "assay.db").write_text("")
        self.assertIn("'assay.db' is not the database that is used", self.examine()["files"])

    def test_a_letter_that_was_left_half_written_is_nothing_wrong(self):
        self.well()
        (self.place.data / "outbox").mkdir()
        (self.place.data / "outbox" / "20261124T000000Z-1.eml.17-0.tmp").write_text("")
        self.assertEqual(self.examine()["files"], "")

    def test_faults_of_the_configuration(self):
        self.well()
        self.place.configure("prot 80\n")
        self.assertIn("has 1 faults; the first: the configuration has no statement 'prot'",
                      self.examine(NO)["configuration"])
        self.place.configure('base "http://standards.example.org"\n')
        found = self.examine()["configuration"]
        self.assertIn("is not encrypted", found)
        self.assertIn(f"letters stay as files in '{self.data}/outbox'", found)

    def test_a_file_that_is_damaged(self):
        self.well()
        self.sqlite("CREATE TABLE filler (x TEXT)",
                    "INSERT INTO filler WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1"
                    " FROM n WHERE i < 2000) SELECT hex(randomblob(100)) FROM n",
                    "CREATE INDEX filler_x ON filler (x)")
        path = self.place.data / "assay.db"
        content = bytearray(path.read_bytes())
        middle = len(content) - 60 * 4096
        content[middle:middle + 4096] = b"\x5a" * 4096
        path.write_bytes(content)
        self.assertIn("The file is damaged", self.examine(NO)["database"])

    def test_a_row_whose_other_end_is_gone(self):
        self.well()
        self.sqlite("INSERT INTO journal_payload VALUES (99, zeroblob(32), x'00')")
        self.assertIn("1 rows of the table 'journal_payload' name rows of 'journal' that are not",
                      self.examine(NO)["database"])

    def test_migrations_that_are_to_do(self):
        self.well()
        self.sqlite("DELETE FROM migration WHERE number > 1")
        self.assertIn("migrations are still to be applied", self.examine(NO)["migrations"])
        self.assertEqual(self.states["jobs"], "passed over")

    def test_a_journal_that_somebody_changed_and_a_clock_behind_it(self):
        self.well()
        self.sqlite("UPDATE journal SET at = at + 3600000000")
        found = self.examine(NO)
        self.assertIn("does not hold at 1 places, the first at position 1", found["journal"])
        self.assertIn("The clock says ", found["clock"])

    def test_letters_that_do_not_leave(self):
        self.well()
        self.sqlite("INSERT INTO mail (address, digest, state, leave_at, next_at, attempts, answer,"
                    " ended_at) VALUES ('a@example.org', 0, 'dead', 0, 0, 9, '550 no', 1),"
                    " ('a@example.org', 0, 'waiting', 0, 0, 1, NULL, NULL)")
        found = self.examine()["jobs"]
        self.assertIn("1 letters have waited for more than an hour", found)
        self.assertIn("1 letters were given up; an answer was: 550 no", found)

    def test_a_disk_without_room(self):
        conf = self.place.folder / "assay.conf"
        conf.write_text("")
        self.data = "/proc"
        found = self.examine(NO, "--config", str(conf))
        self.assertIn("The disk of '/proc' has 0 MiB left", found["disk"])


class FullDisk(Case):
    def add(self):
        return self.ask('{"operation": "person-add", "input": {"name": "Somebody"}}')

    def until_it_is_refused(self):
        """What a change is answered once there is no room; small ones may still find some."""
        for _ in range(2000):
            answer = self.add()
            if "error" in answer:
                return answer
        return self.fail("the disk is never full")

    def check(self, server, fill, empty, error="database-full", advice="make room on that disk"):
        self.assertIn("output", self.add())
        fill()
        refused = self.until_it_is_refused()
        self.assertEqual((refused["error"], refused["exit"]), (error, SYSTEM), refused)
        self.assertIn("nothing was changed", refused["message"])
        self.assertIn(advice, refused["message"])
        self.assertEqual(server.get("/healthz").status, 200)
        self.assertEqual(server.get("/certifications?x=1").status, 200)
        before = self.show()["output"]["counts"]
        self.assertEqual(self.add()["error"], error)
        self.assertEqual(self.show()["output"]["counts"], before)
        empty()
        self.eventually(lambda: "output" in self.add())
        self.assertEqual(self.show()["output"]["counts"]["people"], before["people"] + 1)
        self.assertIn("head", self.does("journal", "verify"))

    def start_with_disk(self, **more):
        """A server whose disk is full while the file that comes with it exists."""
        # The library that makes a disk full means files in folders of that name.
        self.place.data = self.place.folder / "base" / "data"
        self.place.data.parent.mkdir()
        self.data = str(self.place.data)
        full = self.place.folder / "full"
        link = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        return full, self.place.start(env={"LD_PRELOAD": os.environ["ASSAY_TEST_DISK"],
                                           "ASSAY_TEST_FULL": str(full), "ASAN_OPTIONS": link,
                                           **more})

    def test_of_a_file(self):
        full, server = self.start_with_disk()
        self.check(server, full.touch, full.unlink)

    def test_that_can_only_be_read(self):
        full, server = self.start_with_disk(ASSAY_TEST_ERRNO=str(errno.EROFS))
        self.check(server, full.touch, full.unlink, "database-read-only", "how that disk is mounted")

    def test_of_a_server(self):
        postgres = Postgres.get()
        self.place.configure(f'database "{postgres.database()}"\n')
        server = self.place.start()
        self.addCleanup(postgres.tell, "e")
        self.check(server, lambda: postgres.tell("f"), lambda: postgres.tell("e"))


class Away(Case):
    """The same on PostgreSQL, which can vanish."""

    def setUp(self):
        super().setUp()
        self.postgres = Postgres.get()
        self.place.configure(f'database "{self.postgres.database()}"\nadmin-port {free_port()}\n')

    def test_the_commands(self):
        said = self.does("init")
        self.assertIn("with the database 'postgres://assay@/postgres?host=", said)
        self.refuses(NO, "there is an installation in", "init")
        self.assertEqual(self.does("migrate"), "The database is up to date; nothing was changed.\n")
        self.assertEqual(sorted(os.listdir(self.data)), ["assay.conf", "lock"])

    def test_the_doctor(self):
        self.does("init")
        done = self.assay("doctor")
        self.assertEqual((done.returncode, done.stderr), (OK, ""), done.stdout)
        self.assertIn("The server keeps no checksums", done.stdout)
        self.assertIn("journal       ok", done.stdout)
        self.postgres.tell("s")
        try:
            done = self.assay("doctor")
        finally:
            self.postgres.tell("g")
        self.assertEqual(done.returncode, NO, done.stdout)
        self.assertIn("database      fault", done.stdout)

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
            answer = server.get("/account/sign-in", headers={"Cookie": "assay=" + "A" * 43})
            self.assertEqual((answer.status, answer.getheader("Retry-After")), (503, "1"))
            self.assertIn("the database does not answer", answer.text)
            self.assertEqual(server.metrics()["assay_database_up"], 0)
            self.assertEqual(server.get("/healthz", port=server.admin).status, 503)
            refused = self.show()
            self.assertEqual((refused["error"], refused["exit"]), ("database-gone", SYSTEM))
            self.assertIn("look whether the server runs", refused["message"])
        finally:
            self.postgres.tell("g")
        self.eventually(lambda: server.get("/healthz").status == 200)
        self.eventually(lambda: "output" in self.show())
        self.assertEqual(server.get("/account/sign-in").status, 200)
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
