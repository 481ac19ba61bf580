#!/usr/bin/env python3
"""The scheme of a server that runs: loaded while people read, and kept in the database.

Usage: test_scheme.py PROGRAM [TEST...]
"""

import json
import pathlib
import shutil
import subprocess
import sys
import threading
import time
import unittest

import installation
from installation import PATIENCE, SCHEME, Installation, environment

OK, NO, USAGE, INPUT, SYSTEM = range(5)
READERS = 6
CHANGES = 20


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.place = Installation()
        self.addCleanup(self.place.remove)
        self.scheme = self.place.folder / "scheme"
        shutil.copytree(SCHEME, self.scheme)

    def run_program(self, *arguments):
        return subprocess.run([installation.PROGRAM, *arguments, "--data", str(self.place.data)],
                              env=environment(), capture_output=True, text=True, timeout=PATIENCE,
                              check=False)

    def load(self, status=OK):
        done = self.run_program("scheme", "load", str(self.scheme))
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def serve(self, *options):
        """Serves what the database has: the folder of the scheme is not named."""
        server = installation.Server([installation.PROGRAM, "serve", "--data",
                                      str(self.place.data), "--port", "0", *options])
        self.place.running.append(server)
        server.wait_until_ready()
        return server

    def set_title(self, title):
        path = self.scheme / "scheme.conf"
        lines = path.read_text(encoding="utf-8").splitlines()
        at = next(i for i, line in enumerate(lines) if line.startswith("  title "))
        lines[at] = f'  title "{title}"'
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def stops_well(self, server, err=""):
        status, out, said = server.stop()
        self.assertEqual((status, out), (OK, ""))
        self.assertIn(err, said)
        if not err:
            self.assertEqual(said, "")


class Loading(Case):
    def setUp(self):
        super().setUp()
        self.set_title("Title 0")
        self.assertEqual(self.run_program("init").returncode, OK)
        self.load()
        self.server = self.serve()

    def test_a_new_scheme_shows_before_the_command_ends(self):
        self.assertIn("Title 0", self.server.get("/").text)
        for i in range(1, 4):
            self.set_title(f"Title {i}")
            self.load()
            for path in ("/", "/certifications"):
                text = self.server.get(path).text
                self.assertIn(f"Title {i}", text)
                self.assertNotIn(f"Title {i - 1}", text)
        self.stops_well(self.server)

    def test_a_new_edition_shows_with_the_old_one_beside_it(self):
        (self.scheme / "criteria" / "later.criteria").write_text(
            "criteria guide edition 9 {\n  title \"Guide\"\n  group guides\n  owner board\n"
            "  vocabulary walks 1\n  require walks \"Walks\" {\n    count walk >= 12\n  }\n}\n",
            encoding="utf-8")
        self.assertEqual(self.server.get("/certifications/guide/editions/9").status, 404)
        self.load()
        self.assertEqual(self.server.get("/certifications/guide/editions/9").status, 200)
        self.assertEqual(self.server.get("/certifications/guide/editions/1").status, 200)
        self.stops_well(self.server)

    def test_what_is_refused_changes_nothing(self):
        self.set_title("Title 1")
        path = self.scheme / "criteria" / "guide.criteria"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("count walk >= 5", "count walk >= 6"), encoding="utf-8")
        self.assertIn("guide@1 was adopted with another text", self.load(NO).stderr)
        self.assertIn("Title 0", self.server.get("/").text)
        self.stops_well(self.server)

    def test_another_zone_waits_for_the_next_start(self):
        path = self.scheme / "scheme.conf"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("zone Europe/London", "zone Asia/Singapore"),
                        encoding="utf-8")
        self.load()
        self.stops_well(self.server, "the zone of the scheme is Asia/Singapore now")

    def test_under_load_every_page_is_of_one_scheme(self):
        stop = threading.Event()
        seen = [[] for _ in range(READERS)]
        faults = []

        def read(titles):
            while not stop.is_set():
                answer = self.server.get("/certifications")
                found = {part.split("<")[0].split(" ")[0].rstrip(".,·—|")
                         for part in answer.text.split("Title ")[1:]}
                if answer.status != 200 or len(found) != 1:
                    faults.append((answer.status, found))
                    return
                titles.append(int(found.pop()))

        threads = [threading.Thread(target=read, args=(titles,)) for titles in seen]
        for thread in threads:
            thread.start()
        for i in range(1, CHANGES + 1):
            self.set_title(f"Title {i}")
            self.load()
        time.sleep(0.1)
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)
        self.assertEqual(faults, [])
        for titles in seen:
            self.assertEqual(titles, sorted(titles))  # none goes back
            self.assertEqual(titles[-1], CHANGES)
        self.stops_well(self.server)


class Starting(Case):
    def test_the_folder_is_loaded_at_each_start(self):
        self.set_title("Title 1")
        server = self.serve("--scheme", str(self.scheme))
        self.assertIn("Title 1", server.get("/").text)
        self.stops_well(server)
        self.set_title("Title 2")
        server = self.serve("--scheme", str(self.scheme))
        self.assertIn("Title 2", server.get("/").text)
        self.stops_well(server, "the scheme was loaded from its folder, where 1 file has changed")

    def test_without_a_folder_the_databases_scheme_is_served(self):
        self.set_title("Title 1")
        self.stops_well(self.serve("--scheme", str(self.scheme)))
        shutil.rmtree(self.scheme)
        server = self.serve()
        self.assertIn("Title 1", server.get("/").text)
        self.stops_well(server)

    def test_a_folder_that_changes_an_adopted_edition_is_refused(self):
        self.stops_well(self.serve("--scheme", str(self.scheme)))
        path = self.scheme / "criteria" / "guide.criteria"
        path.write_text("# Said later.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
        done = self.run_program("serve", "--port", "0", "--scheme", str(self.scheme))
        err = done.stderr
        self.assertEqual(done.returncode, INPUT, err)
        self.assertIn("the folder of the scheme does not fit the database", err)
        self.assertIn("guide@1 was adopted with another text", err)

    def test_without_a_scheme_it_is_said_how_to_load_one(self):
        self.assertEqual(self.run_program("init").returncode, OK)
        done = self.run_program("serve", "--port", "0")
        self.assertEqual(done.returncode, INPUT)
        self.assertIn("load one with 'assay scheme load DIR --data", done.stderr)

    def test_the_journal_says_what_was_loaded(self):
        self.stops_well(self.serve("--scheme", str(self.scheme)))
        self.stops_well(self.serve("--scheme", str(self.scheme)))
        done = self.run_program("journal", "list", "--operation", "scheme-loaded", "--json")
        entries = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(len(entries), 1, done.stdout + done.stderr)


if __name__ == "__main__":
    installation.PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
