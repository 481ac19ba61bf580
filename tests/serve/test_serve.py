#!/usr/bin/env python3
"""The program as it serves: how it starts, what it logs and counts, whom it believes, and how it
ends. All traffic stays on this machine.

Usage: test_serve.py PROGRAM [TEST...]
"""

import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import stat
import sys
import threading
import time
import unittest

import installation
from installation import PATIENCE, SCHEME, Installation, free_port

OK, NO, USAGE, INPUT, SYSTEM = range(5)


class Case(unittest.TestCase):
    maxDiff = None
    conf = ""

    def setUp(self):
        self.place = Installation(self.conf)
        self.addCleanup(self.place.remove)

    def stops_well(self, server):
        status, out, err = server.stop()
        self.assertEqual((status, out, err), (OK, "", ""))

    def refuses(self, status, words, *options, **more):
        code, err = self.place.refused(*options, **more)
        self.assertEqual(code, status, err)
        self.assertIn(words, err)
        return err

    def eventually(self, holds):
        """Waits for what another thread of the server is about to do."""
        end = time.monotonic() + PATIENCE
        while not holds():
            self.assertLess(time.monotonic(), end, "it has not come about")
            time.sleep(0.01)


class Starting(Case):
    def test_it_says_where_it_serves_and_answers_there(self):
        server = self.place.start()
        answer = server.get()
        self.assertEqual(answer.status, 200)
        self.assertEqual(json.loads(answer.text), {"status": "ok"})
        self.assertEqual(server.get("/").status, 200)
        self.stops_well(server)

    def test_the_folder_is_made_for_its_owner_alone(self):
        shutil.rmtree(self.place.data)
        server = self.place.start()
        self.assertEqual(stat.S_IMODE(os.stat(self.place.data).st_mode), 0o700)
        self.stops_well(server)

    def test_a_second_server_is_told_who_holds_the_folder(self):
        server = self.place.start()
        words = f"is in use: process {server.process.pid} serves http://localhost:{server.port}\n"
        self.refuses(SYSTEM, words)
        self.assertEqual(server.get().status, 200)
        self.stops_well(server)
        self.stops_well(self.place.start())

    def test_a_port_that_is_taken(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = str(other.getsockname()[1])
            command = self.place.command()
            command[command.index("--port") + 1] = port
            self.place.command = lambda *options: [*command, *options]
            err = self.refuses(SYSTEM, f"cannot listen at 127.0.0.1 port {port}: Address already")
            self.assertIn("choose another port with --port", err)

    def test_an_admin_port_that_is_taken_stops_what_has_started(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = str(other.getsockname()[1])
            self.refuses(SYSTEM, "choose another port with --admin-port", "--admin-port", port)

    def test_an_address_that_is_not_this_machines(self):
        self.refuses(SYSTEM, "this machine has no such address", "--address", "192.0.2.1")

    def test_a_folder_that_is_a_file(self):
        shutil.rmtree(self.place.data)
        self.place.data.write_text("")
        code, err = self.place.refused()
        self.assertIn(code, (INPUT, SYSTEM))
        self.assertTrue("is no folder" in err or "Not a directory" in err, err)

    def test_a_folder_in_no_folder(self):
        self.place.data = self.place.data / "a" / "b"
        self.refuses(SYSTEM, "cannot make the folder")

    def test_a_folder_that_cannot_be_written(self):
        self.place.data = pathlib.Path("/proc")
        self.refuses(SYSTEM, "cannot write '/proc/lock'")

    def test_faults_of_the_configuration_are_all_shown(self):
        self.place.configure("prot 80\nlimits {\n  workers none\n}\n")
        err = self.refuses(INPUT, "assay.conf:1:1: error: the configuration has no statement 'prot'")
        self.assertIn("did you mean 'port'?", err)
        self.assertIn("assay.conf:3:11: error: 'none' is no value for 'workers'", err)
        self.assertIn("has faults, so nothing was done", err)
        self.assertFalse((self.place.data / "lock").exists())

    def scheme_with(self, old, new):
        scheme = self.place.folder / "scheme"
        shutil.copytree(SCHEME, scheme)
        conf = (scheme / "scheme.conf").read_text(encoding="utf-8")
        self.assertIn(old, conf)
        (scheme / "scheme.conf").write_text(conf.replace(old, new), encoding="utf-8")
        command = self.place.command()
        command[command.index("--scheme") + 1] = str(scheme)
        self.place.command = lambda *options: [*command, *options]

    def test_faults_of_the_scheme_are_shown(self):
        self.scheme_with("title", "titel")
        self.refuses(INPUT, "did you mean 'title'?")

    def test_a_zone_that_this_machine_does_not_know(self):
        self.scheme_with("zone ", "zone Utopia/")
        self.refuses(INPUT, "does not know the zone 'Utopia/")

    def test_pages_of_a_source_tree_that_is_not_here(self):
        self.refuses(INPUT, "--dev is for the root of the source tree", "--dev",
                     cwd=self.place.folder)

    def test_more_connections_than_files_may_be_open(self):
        def lower():
            resource.setrlimit(resource.RLIMIT_NOFILE, (400, 400))

        self.place.configure("limits { connections 1000 }")
        self.refuses(SYSTEM, "1000 connections need 1128 open files, but this machine allows 400",
                     preexec_fn=lower)

    def test_the_scheme_may_be_named_in_the_configuration(self):
        shutil.copytree(SCHEME, self.place.folder / "scheme")
        self.place.configure('scheme "../scheme"')
        command = self.place.command()
        at = command.index("--scheme")
        self.place.command = lambda *options: command[:at] + command[at + 2 :] + list(options)
        self.stops_well(self.place.start())

    def test_ipv6(self):
        try:
            socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        except OSError as refusal:
            self.skipTest(f"this machine has no ::1: {refusal}")
        self.place.configure('log "access.log"; log-addresses whole')
        server = self.place.start("--address", "::1")
        self.assertEqual(server.host, "::1")
        self.assertEqual(server.get().status, 200)
        self.stops_well(server)
        self.assertEqual([line["address"] for line in self.place.log()], ["::1"])

    def test_the_service_manager_is_told(self):
        name = str(self.place.folder / "manager")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(name)
            manager.settimeout(PATIENCE)
            server = self.place.start(env={"NOTIFY_SOCKET": name})
            self.assertEqual(manager.recv(100), b"READY=1")
            self.stops_well(server)
            self.assertEqual(manager.recv(100), b"STOPPING=1")


HALF = (b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
        b"Content-Length: 10\r\nConnection: close\r\n\r\nhello")


class Stopping(Case):
    conf = "limits { grace 5 s }\n"

    def begin(self, server):
        """A request that has not come whole yet; the server has read what there is of it."""
        server.wait_until_admin()
        connection = server.connect()
        self.addCleanup(connection.close)
        connection.sendall(HALF)
        self.eventually(lambda: server.metrics()["assay_http_requests_in_flight"] == 1)
        return connection

    def test_what_was_asked_is_answered(self):
        server = self.place.start("--admin-port", str(free_port()))
        connection = self.begin(server)
        server.signal(signal.SIGTERM)
        self.eventually(lambda: not can_connect(server))
        connection.sendall(b"world")
        answer = connection.makefile("rb").read()
        self.assertRegex(answer, rb"^HTTP/1\.1 4\d\d ")
        self.assertEqual(server.wait(), (OK, "", ""))

    def test_a_second_signal_ends_it_at_once(self):
        server = self.place.start("--admin-port", str(free_port()))
        self.begin(server)
        began = time.monotonic()
        server.signal(signal.SIGINT)
        self.eventually(lambda: not can_connect(server))
        server.signal(signal.SIGTERM)
        self.assertEqual(server.wait()[0], -signal.SIGTERM)
        self.assertLess(time.monotonic() - began, 4)

    def test_a_client_that_never_ends_is_not_waited_for(self):
        self.place.configure("limits { grace 300 ms }")
        server = self.place.start("--admin-port", str(free_port()))
        self.begin(server)
        self.stops_well(server)

    def test_under_load_no_answer_is_torn(self):
        server = self.place.start()
        whole = []
        torn = []

        def ask():
            while True:
                try:
                    answer = server.get()
                except (ConnectionError, OSError):
                    return
                except Exception as fault:  # pylint: disable=broad-except
                    torn.append(fault)
                    return
                (whole if json.loads(answer.text) == {"status": "ok"} else torn).append(answer)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        self.eventually(lambda: len(whole) > 50)
        self.stops_well(server)
        for thread in threads:
            thread.join(PATIENCE)
        self.assertEqual(torn, [])


def can_connect(server):
    try:
        server.connect().close()
    except OSError:
        return False
    return True


class Logging(Case):
    conf = 'log "access.log"\n'

    def test_lines_are_json_without_addresses_of_persons(self):
        server = self.place.start()
        server.get("/healthz?who=me", source="127.0.0.77")
        server.get("/nothing", source="127.0.0.77")
        self.stops_well(server)
        lines = self.place.log()
        # Those that are answered by several threads are written in any order.
        self.assertEqual(sorted((line["path"], line["status"]) for line in lines),
                         [("/healthz", 200), ("/nothing", 404)])
        self.assertEqual({line["address"] for line in lines}, {"127.0.0.0"})
        text = (self.place.data / "access.log").read_text()
        self.assertNotIn("127.0.0.77", text)
        self.assertNotIn("who=me", text)
        mode = stat.S_IMODE(os.stat(self.place.data / "access.log").st_mode)
        self.assertEqual(mode & 0o007, 0)

    def test_addresses_can_be_left_out(self):
        self.place.configure(self.conf + "log-addresses none")
        server = self.place.start()
        server.get()
        self.stops_well(server)
        self.assertNotIn("address", self.place.log()[0])

    def test_standard_output(self):
        self.place.configure("log -")
        server = self.place.start()
        server.get()
        status, out, err = server.stop()
        self.assertEqual((status, err), (OK, ""))
        self.assertEqual(json.loads(out)["path"], "/healthz")

    def test_none(self):
        self.place.configure("log none")
        server = self.place.start()
        server.get()
        self.stops_well(server)
        self.assertEqual(sorted(os.listdir(self.place.data)), ["assay.conf", "assay.db", "lock"])

    def test_a_moved_file_is_left_at_sighup(self):
        server = self.place.start()
        log = self.place.data / "access.log"
        server.get("/first")
        self.eventually(lambda: "first" in log.read_text())
        old = log.rename(self.place.data / "old.log")
        server.get("/second")
        self.eventually(lambda: "second" in old.read_text())
        server.signal(signal.SIGHUP)
        self.eventually(log.exists)
        self.eventually(lambda: (server.get("/third"), "third" in log.read_text())[1])
        self.stops_well(server)
        self.assertEqual({line["path"] for line in self.place.log("old.log")[:2]},
                         {"/first", "/second"})
        self.assertEqual({line["path"] for line in self.place.log()}, {"/third"})

    def test_a_full_disk_is_said_once_and_serving_goes_on(self):
        self.place.configure('log "/dev/full"')
        server = self.place.start()
        for _ in range(3):
            self.assertEqual(server.get().status, 200)
        status, out, err = server.stop()
        self.assertEqual((status, out), (OK, ""))
        self.assertEqual(err.count("No space left on device; serving goes on without it"), 1)
        self.assertEqual(err.count("\n"), 1)

    def test_a_file_that_cannot_be_opened(self):
        self.place.configure('log "nowhere/access.log"')
        self.refuses(SYSTEM, "cannot write the access log")


class Proxies(Case):
    conf = 'log "access.log"; log-addresses whole\nproxies 127.0.0.2, 10.0.0.0/8\n'

    def remote(self, source, forwarded):
        server = self.place.start()
        server.get(headers={"X-Forwarded-For": forwarded}, source=source)
        self.stops_well(server)
        return self.place.log()[-1]["address"]

    def test_a_trusted_proxy_names_the_client(self):
        self.assertEqual(self.remote("127.0.0.2", "203.0.113.9, 192.0.2.1, 10.1.2.3"), "192.0.2.1")

    def test_nobody_else_does(self):
        self.assertEqual(self.remote("127.0.0.3", "192.0.2.1"), "127.0.0.3")


LINE = re.compile(
    r'# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? [0-9.]+')


class Metrics(Case):
    def setUp(self):
        super().setUp()
        self.server = self.place.start("--admin-port", str(free_port()))
        self.server.wait_until_admin()

    def test_the_text_is_that_of_prometheus(self):
        answer = self.server.get("/metrics", port=self.server.admin)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.getheader("Content-Type"),
                         "text/plain; version=0.0.4; charset=utf-8")
        self.assertTrue(answer.text.endswith("\n"))
        typed = set()
        for line in answer.text.splitlines():
            self.assertTrue(LINE.fullmatch(line), line)
            if line.startswith("# TYPE"):
                self.assertNotIn(line.split()[2], typed)
                typed.add(line.split()[2])
            elif not line.startswith("#"):
                name = re.match("[a-z_]+", line)[0]
                self.assertTrue(name in typed
                                or re.sub("_(bucket|sum|count)$", "", name) in typed, line)

    def test_what_was_answered_is_counted(self):
        for path in ("/healthz", "/healthz", "/nothing"):
            self.server.get(path)
        self.server.get("/healthz", method="BREW")
        got = 'assay_http_requests_total{method="GET",code="%d"}'
        self.eventually(lambda: self.server.metrics().get(got % 404) == 1)
        numbers = self.server.metrics()
        self.assertEqual(numbers[got % 200], 2)
        self.assertEqual(numbers['assay_http_request_duration_seconds_bucket{le="+Inf"}'], 4)
        self.assertEqual(numbers["assay_http_request_duration_seconds_count"], 4)
        self.assertEqual(numbers["assay_http_connections_total"], 4)
        self.assertEqual(numbers['assay_http_refused_total{reason="unknown-method"}'], 1)
        self.assertGreater(numbers["process_resident_memory_bytes"], 1000000)
        self.assertLess(abs(numbers["process_start_time_seconds"] - time.time()), 3600)
        self.assertGreater(len([n for n in numbers if n.startswith("assay_scheme_editions")]), 0)
        self.assertEqual(len([n for n in numbers if n.startswith("assay_build_info")]), 1)

    def test_there_is_nothing_else(self):
        self.assertEqual(self.server.get("/healthz", port=self.server.admin).status, 200)
        self.assertEqual(self.server.get("/", port=self.server.admin).status, 404)
        posted = self.server.get("/metrics", port=self.server.admin, method="POST")
        self.assertEqual(posted.status, 405)

    def test_the_public_side_has_no_metrics(self):
        self.assertEqual(self.server.get("/metrics").status, 404)

    def test_a_metric_has_no_address_but_this_machines(self):
        with self.assertRaises(OSError):
            socket.create_connection(("127.0.0.2", self.server.admin), timeout=1).close()

    def tearDown(self):
        self.stops_well(self.server)


if __name__ == "__main__":
    installation.PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=1)
