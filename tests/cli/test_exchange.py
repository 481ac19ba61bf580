#!/usr/bin/env python3
"""Drives what keeps an installation safe: journal, export, import, backup, restore.

Usage: test_exchange.py PROGRAM [TEST...]

The people in these installations are sample data.
"""

import json
import pathlib
import signal
import sqlite3
import stat
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import test_cli  # noqa: E402  the helpers of the other tests of the command line
from test_cli import INPUT, NO, OK, SYSTEM, USAGE, Case, assay, on_terminal  # noqa: E402


class Installation(Case):
    def setUp(self):
        self.folder = self.temporary()
        self.data = self.folder / "data"
        self.expect(assay("init", "--data", str(self.data)), OK, out="Made an installation")

    def path(self, name):
        return str(self.folder / name)

    def change(self, sql):
        """What somebody does to the file with another program."""
        with sqlite3.connect(self.data / "assay.db") as database:
            database.execute(sql)
        database.close()

    def add_people(self, count):
        with sqlite3.connect(self.data / "assay.db") as database:
            database.executemany("INSERT INTO person (name, created_at) VALUES (?, 1)",
                                 [(f"Sample Person {i}",) for i in range(count)])
        database.close()

    def mode(self, name):
        return stat.S_IMODE((self.folder / name).stat().st_mode)

    def serve(self):
        scheme = pathlib.Path(__file__).resolve().parent / "scheme"
        server = subprocess.Popen(
            [test_cli.PROGRAM, "serve", "--data", str(self.data), "--port", "0", "--scheme",
             str(scheme)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(self.stop, server)
        for line in server.stdout:
            if line.startswith("Assay serves"):
                return
        self.fail("the server did not start")

    def stop(self, server):
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        server.stdout.close()


class Journal(Installation):
    def verify(self, *arguments):
        return assay("journal", "verify", "--data", str(self.data), *arguments)

    def test_a_journal_that_holds(self):
        answer = self.verify()
        self.expect(answer, OK, out="1 entry, 0 without their payload, which was erased: the "
                                    "journal holds\nhead 1:")
        told = json.loads(self.verify("--json").out)
        self.assertEqual((told["whole"], told["entries"], told["position"]), (True, 1, 1))
        self.assertIn(f"head 1:{told['head']}\n", answer.out)

    def test_heads_that_were_kept(self):
        kept = self.verify().out
        (self.folder / "head").write_text(kept, encoding="utf-8")
        head = kept.split("head ")[1].strip()
        for given in (self.path("head"), head, head.split(":")[1]):
            self.expect(self.verify("--head", given), OK, out="goes on from what was kept")
        self.expect(self.verify("--head", "9" + head), NO,
                    out="position 91: the journal ends before the head that was kept")
        other = head[:-1] + ("0" if head[-1] != "0" else "1")
        self.expect(self.verify("--head", head, "--head", other), NO,
                    out="position 1: the entry is not the one of the head that was kept")
        self.expect(self.verify("--head", other.split(":")[1]), NO, out="the journal ends before")
        self.expect(self.verify("--head", "x:y"), INPUT, err="neither POSITION:HASH nor a file")
        (self.folder / "other").write_text("nothing\n", encoding="utf-8")
        self.expect(self.verify("--head", self.path("other")), INPUT, err="holds no head")
        (self.folder / "other").write_text("head 1:12\n", encoding="utf-8")
        self.expect(self.verify("--head", self.path("other")), INPUT, err="after 'head'")

    def test_what_was_changed_is_named_with_its_position(self):
        self.change("UPDATE journal SET authority = 'somebody else'")
        self.expect(self.verify(), NO, out="position 1: an entry was changed, or put in\n")
        told = json.loads(self.verify("--json").out)
        self.assertFalse(told["whole"])
        self.assertEqual(told["told"], [{"kind": "changed", "position": 1,
                                         "text": "an entry was changed, or put in"}])

    def test_erased_payloads_are_no_fault(self):
        self.change("DELETE FROM journal_payload")
        self.expect(self.verify(), OK, out="1 entry, 1 without")
        listed = assay("journal", "list", "--data", str(self.data))
        self.expect(listed, OK, out="\n    erased\n")

    def test_entries_are_listed_by_what_is_asked(self):
        def listed(*arguments):
            answer = assay("journal", "list", "--json", "--data", str(self.data), *arguments)
            self.assertEqual(answer.code, OK, answer.err)
            return [json.loads(line) for line in answer.out.splitlines()]

        entry, = listed()
        self.assertEqual((entry["position"], entry["operation"], entry["subject"],
                          entry["actor"], entry["payload"], entry["erased"]),
                         (1, "installation-made", None, {"kind": "command", "id": 0}, {}, False))
        for arguments, count in (
                (("--actor", "command"), 1), (("--actor", "command:0"), 1),
                (("--actor", "person:1"), 0), (("--subject", "person"), 0),
                (("--operation", "installation-made"), 1), (("--operation", "other"), 0),
                (("--from", "2000-01-01"), 1), (("--until", "2000-01-01"), 0),
                (("--from", "9000-01-01"), 0), (("--after", "1"), 0), (("--limit", "0"), 0)):
            self.assertEqual(len(listed(*arguments)), count, arguments)
        self.expect(assay("journal", "list", "--data", str(self.data)), OK,
                    out="installation-made\n    by command, by right of: command line\n")

    def test_usage(self):
        self.expect(assay("journal", "verify"), USAGE, err="give --data DIR")
        self.expect(assay("journal", "verify", "--data", self.path("none")), INPUT,
                    err="there is no")
        for option, value in (("--actor", ":1"), ("--subject", "person:x"), ("--after", "-1"),
                              ("--limit", "many")):
            self.expect(assay("journal", "list", "--data", str(self.data), option, value), USAGE,
                        err=f"'{option}' expects")
        self.expect(assay("journal", "list", "--data", str(self.data), "--from", "yesterday"),
                    USAGE, err="'yesterday' is no date")

    def test_progress_on_a_terminal(self):
        self.assertIn("entries done", on_terminal("journal", "verify", "--data", str(self.data)))


class Exchange(Installation):
    def test_there_and_back_by_file_and_by_streams(self):
        self.add_people(1500)
        self.expect(assay("export", "--data", str(self.data), "--out", self.path("lines")), OK,
                    out="rows, 0 files; the journal ends at 1")
        self.assertEqual(self.mode("lines"), 0o600)
        lines = (self.folder / "lines").read_text(encoding="utf-8")
        self.assertEqual(assay("export", "--data", str(self.data)).out, lines)
        self.expect(assay("import", self.path("lines"), "--data", self.path("a")), OK,
                    out="rows, 0 files; the journal holds and ends at 1")
        self.expect(assay("import", "-", "--data", self.path("b"), stdin=lines), OK, out="rows")
        for name in ("a", "b"):
            self.assertEqual(assay("export", "--data", self.path(name)).out, lines)
            self.expect(assay("journal", "verify", "--data", self.path(name)), OK, out="holds")
            self.assertEqual(sorted(path.name for path in (self.folder / name).iterdir()),
                             ["assay.db", "lock"])

    def test_a_wrong_line_is_named_and_nothing_is_kept(self):
        lines = assay("export", "--data", str(self.data)).out.replace("command line", "changed")
        self.expect(assay("import", "-", "--data", self.path("a"), stdin=lines), INPUT,
                    err="their SHA-256 is another; nothing was kept")
        self.expect(assay("import", "-", "--data", self.path("a"), stdin=lines[:-1]), INPUT,
                    err="it was cut off; nothing was kept")
        self.assertEqual([path.name for path in (self.folder / "a").iterdir()], ["lock"])
        self.expect(assay("import", self.path("none"), "--data", self.path("a")), INPUT,
                    err="cannot read")

    def test_refuses_what_is_not_empty_or_in_use(self):
        lines = assay("export", "--data", str(self.data)).out
        self.expect(assay("import", "-", "--data", str(self.data), stdin=lines), INPUT,
                    err="is there already")
        self.serve()
        self.expect(assay("import", "-", "--data", str(self.data), "--database",
                          self.path("other.db"), stdin=lines), SYSTEM, err="is in use")
        self.assertEqual(assay("export", "--data", str(self.data)).code, OK)

    def test_an_import_that_was_broken_off_is_no_installation(self):
        lines = assay("export", "--data", str(self.data)).out
        (self.folder / "a").mkdir()
        (self.folder / "a" / "unfinished").write_text("import", encoding="utf-8")
        self.expect(assay("journal", "verify", "--data", self.path("a")), SYSTEM,
                    err="assay import is at work, or was broken off")
        self.expect(assay("import", "-", "--data", self.path("a"), stdin=lines), OK, out="rows")
        self.expect(assay("journal", "verify", "--data", self.path("a")), OK, out="holds")

    def test_an_operand_still_means_a_rule(self):
        self.expect(assay("export"), USAGE, err="nothing to export")
        self.expect(assay("export", "--scheme", "scheme", "--data", str(self.data)), USAGE,
                    err="--scheme is for the rule of a document")
        self.expect(assay("export", "guide", "--scheme", "scheme", "--out", self.path("x")), USAGE,
                    err="--out is for an installation")
        rule = assay("export", "guide", "--scheme", "scheme").out
        self.assertEqual(json.loads(rule)["name"], "guide")
        self.expect(assay("scheme", "load", "scheme", "--data", str(self.data)), OK, out="guide")
        self.assertEqual(assay("export", "guide", "--data", str(self.data)).out, rule)

    def test_a_file_that_cannot_be_written(self):
        self.expect(assay("export", "--data", str(self.data), "--out", self.path("none/x")), SYSTEM,
                    err="cannot write")


class Backup(Installation):
    def test_while_a_server_runs_and_restored_elsewhere(self):
        self.add_people(10)
        (self.data / "assay.conf").write_text("port 18302\n", encoding="utf-8")
        self.serve()
        answer = assay("backup", "--data", str(self.data), "--out", self.path("backup"))
        self.expect(answer, OK, out="2 files")
        self.assertEqual(self.mode("backup"), 0o700)
        for path in (self.folder / "backup").iterdir():
            self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)
        head = answer.out.split("head ")[1].strip()
        self.expect(assay("restore", self.path("backup"), "--data", self.path("new")), OK,
                    out="the journal holds and ends at")
        self.expect(assay("journal", "verify", "--data", self.path("new"), "--head", head), OK,
                    out="goes on from what was kept")
        self.assertEqual((self.folder / "new" / "assay.conf").read_text(encoding="utf-8"),
                         "port 18302\n")
        told = json.loads(assay("backup", "--json", "--data", self.path("new"), "--out",
                                self.path("again")).out)
        self.assertEqual((told["files"], f"{told['position']}:{told['head']}"), (2, head))

    def test_says_where_the_configuration_names_another_database(self):
        self.expect(assay("backup", "--data", str(self.data), "--out", self.path("backup")), OK,
                    out=": 1 file, ")
        self.expect(assay("restore", self.path("backup"), "--data", self.path("new"), "--database",
                          self.path("elsewhere.db")), OK, out="assay.conf says another database")
        self.assertTrue((self.folder / "elsewhere.db").exists())

    def test_damage_gives_no_backup(self):
        self.change("UPDATE journal SET authority = 'somebody else'")
        self.expect(assay("backup", "--data", str(self.data), "--out", self.path("backup")), NO,
                    err="an entry was changed, or put in at position 1")
        self.assertEqual([path.name for path in self.folder.iterdir()], ["data"])

    def test_refusals(self):
        self.expect(assay("backup", "--data", str(self.data)), USAGE, err="give --out FOLDER")
        self.expect(assay("backup", "--data", str(self.data), "--out", str(self.data)), INPUT,
                    err="is there already")
        self.expect(assay("restore", self.path("none"), "--data", self.path("new")), INPUT,
                    err="this is no backup")
        self.expect(assay("restore", self.path("none")), USAGE, err="give --data DIR")
        self.assertFalse((self.folder / "new").exists())

    def test_progress_on_a_terminal(self):
        self.assertIn("pages done", on_terminal("backup", "--data", str(self.data), "--out",
                                                self.path("backup")))


if __name__ == "__main__":
    test_cli.PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
