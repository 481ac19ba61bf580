#!/usr/bin/env python3
"""The server's limits, its patience with slow clients, its workers, and how it stops.

Usage: test_server.py PROGRAM [TEST...]
"""

import gzip
import socket
import sys
import threading
import time
import unittest

import serving
from serving import get, read_all, read_answer

CLOSE = "Connection: close"


def post(path, length, *headers):
    return get(path, f"Content-Length: {length}", *headers, method="POST")


class Case(unittest.TestCase):
    settings = {}

    def setUp(self):
        self.server = serving.Server(**self.settings)
        self.addCleanup(self.server.stop)

    def answers(self, *pieces, pause=0.05):
        with self.server.connect() as connection:
            for i, piece in enumerate(pieces):
                if i > 0:
                    time.sleep(pause)
                connection.sendall(piece)
            return read_all(connection)

    def answer(self, *pieces):
        answers = self.answers(*pieces)
        self.assertEqual(len(answers), 1)
        return answers[0]

    def status(self, *pieces):
        return self.answer(*pieces).status


class Answers(Case):
    def test_quick_and_worked_answers(self):
        self.assertEqual(self.answer(get("/quick", CLOSE)).body, b"quick\n")
        self.assertEqual(self.answer(get("/slow?ms=50", CLOSE)).body, b"slow\n")

    def test_every_method_reaches_the_handler(self):
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            answer = self.answer(get("/e%C3%A9?q=%31", CLOSE, method=method))
            first = answer.body.decode().splitlines()[0]
            self.assertEqual(first, f"{method} /eé query=q=%31 remote=127.0.0.1")

    def test_head_has_the_length_but_no_body(self):
        for path in ("/quick", "/slow?ms=1"):
            with self.server.connect() as connection:
                connection.sendall(get(path, CLOSE, method="HEAD"))
                with connection.makefile("rb") as stream:
                    answer = read_answer(stream, no_body=True)
                    self.assertEqual(stream.read(), b"")
            self.assertEqual(answer.headers["content-length"], str(len(path[:6]) - (path[1] == "s")))

    def test_headers_reach_the_handler_trimmed(self):
        answer = self.answer(get("/echo", "X-One:  a\tb \t", "X-Two:", CLOSE))
        self.assertIn(b"\nX-One=a b\nX-Two=\n", answer.body)

    def test_a_large_answer_comes_whole(self):
        self.assertEqual(self.answer(get("/large", CLOSE)).body, b"x" * 3000000)

    def test_an_answer_that_needs_too_much_memory_is_500(self):
        self.assertEqual(self.status(get("/full", CLOSE)), 500)
        self.assertEqual(self.status(get("/quick-full", CLOSE)), 500)
        self.assertEqual(self.status(get("/slow", CLOSE)), 200)

    def test_a_header_with_a_line_break_is_not_sent(self):
        answer = self.answer(get("/split", CLOSE))
        self.assertEqual(answer.status, 500)
        self.assertNotIn("b", answer.headers)

    def test_http_1_0_closes_unless_asked_not_to(self):
        self.assertEqual(self.status(get(version="1.0")), 200)
        answers = self.answers(get("/quick", "Connection: keep-alive", version="1.0") + get("/quick", CLOSE))
        self.assertEqual([answer.status for answer in answers], [200, 200])


class Prepared(Case):
    def get(self, *headers):
        return self.answer(get("/prepared", CLOSE, *headers))

    def test_plain(self):
        answer = self.get()
        self.assertEqual(answer.body, b"p" * 5000)
        self.assertEqual(answer.headers["etag"], '"v1"')
        self.assertEqual(answer.headers["vary"], "Accept-Encoding")
        self.assertNotIn("content-encoding", answer.headers)

    def test_gzip(self):
        answer = self.get("Accept-Encoding: gzip, br;q=0.5")
        self.assertEqual(gzip.decompress(answer.body), b"p" * 5000)
        self.assertEqual(answer.headers["content-encoding"], "gzip")
        self.assertEqual(answer.headers["etag"], '"v1-gzip"')

    def test_brotli(self):
        answer = self.get("Accept-Encoding: gzip, br")
        self.assertEqual(answer.body, b"this stands for brotli")
        self.assertEqual(answer.headers["content-encoding"], "br")

    def test_what_the_client_has_is_not_sent_again(self):
        answer = self.get('If-None-Match: "other", W/"v1"')
        self.assertEqual((answer.status, answer.body), (304, b""))
        self.assertEqual(answer.headers["etag"], '"v1"')
        self.assertEqual(self.get('If-None-Match: "v0"').status, 200)
        self.assertEqual(self.get('If-None-Match: "v1"', "Accept-Encoding: br").status, 200)


class Packed(Case):
    def get(self, *headers, path="/packed"):
        return self.answer(get(path, CLOSE, *headers))

    def test_plain_for_those_who_take_nothing_else(self):
        answer = self.get()
        self.assertEqual(answer.body, b"x" * 3000)
        self.assertEqual(answer.headers["etag"], '"v1"')
        self.assertEqual(answer.headers["vary"], "Accept-Encoding")
        self.assertNotIn("content-encoding", answer.headers)

    def test_gzip(self):
        answer = self.get("Accept-Encoding: gzip, br")
        self.assertEqual(gzip.decompress(answer.body), b"x" * 3000)
        self.assertEqual(answer.headers["content-encoding"], "gzip")
        self.assertEqual(answer.headers["etag"], '"v1-gzip"')
        self.assertLess(len(answer.body), 200)

    def test_a_short_body_is_sent_as_it_is(self):
        answer = self.get("Accept-Encoding: gzip", path="/packed-short")
        self.assertEqual(answer.body, b"x" * 1000)
        self.assertNotIn("content-encoding", answer.headers)

    def test_what_the_client_has_is_not_sent_again(self):
        gzip_too = "Accept-Encoding: gzip"
        self.assertEqual(self.get('If-None-Match: "v1-gzip"', gzip_too).status, 304)
        self.assertEqual(self.get('If-None-Match: "v1"', gzip_too).status, 200)
        self.assertEqual(self.get('If-None-Match: "v1"').status, 304)


class Limits(Case):
    settings = {"requests_per_connection": 5}

    def test_a_head_of_8_kib_is_read_and_a_larger_one_is_431(self):
        room = 8192 - len(get("/quick", CLOSE, "X: "))
        self.assertEqual(self.status(get("/quick", CLOSE, "X: " + "a" * room)), 200)
        self.assertEqual(self.status(get("/quick", CLOSE, "X: " + "a" * (room + 1))), 431)
        self.assertEqual(self.status(get("/quick", "X: " + "a" * 100000)), 431)

    def test_too_many_headers_are_431(self):
        self.assertEqual(self.status(get("/quick", CLOSE, *["X: y"] * 62)), 200)
        self.assertEqual(self.status(get("/quick", CLOSE, *["X: y"] * 63)), 431)

    def test_a_long_address_is_414(self):
        self.assertEqual(self.status(get("/" + "a" * 4095, CLOSE)), 200)
        self.assertEqual(self.status(get("/" + "a" * 4096, CLOSE)), 414)
        self.assertEqual(self.status(get("/" + "a" * 20000)), 414)

    def test_other_methods_versions_and_expectations(self):
        self.assertEqual(self.status(get(method="TRACE")), 501)
        self.assertEqual(self.status(get(version="2.0")), 505)
        self.assertEqual(self.status(get("/quick", "Expect: more")), 417)

    def test_a_body_may_be_as_large_as_its_route_takes(self):
        self.assertEqual(self.status(post("/small", 10, CLOSE) + b"0123456789"), 200)
        self.assertEqual(self.status(post("/small", 11, CLOSE) + b"0123456789a"), 413)
        self.assertEqual(self.status(post("/echo", 1 << 20, CLOSE) + b"a" * (1 << 20)), 200)
        too_much = (1 << 20) + 1
        self.assertEqual(self.status(post("/echo", too_much, CLOSE) + b"a" * too_much), 413)

    def test_a_connection_goes_on_after_a_body_too_large_for_its_route(self):
        answers = self.answers(post("/small", 11) + b"0123456789a" + get("/quick", CLOSE))
        self.assertEqual([answer.status for answer in answers], [413, 200])

    def test_a_body_larger_than_is_read_on_is_413_at_once(self):
        self.assertEqual(self.status(post("/echo", (64 << 20) + 1) + b"a" * 100), 413)

    def test_a_chunked_body_too_large_for_its_route_is_413(self):
        head = get("/small", "Transfer-Encoding: chunked", CLOSE, method="POST")
        self.assertEqual(self.status(head + b"5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n"), 200)
        self.assertEqual(self.status(head + b"5\r\nhello\r\n6\r\nhello!\r\n0\r\n\r\n"), 413)

    def test_a_chunk_larger_than_is_read_on_is_413_at_once(self):
        head = get("/echo", "Transfer-Encoding: chunked", method="POST")
        self.assertEqual(self.status(head + b"5\r\nhello\r\n3fffffc\r\n"), 413)

    def test_a_client_that_asks_first_is_told_before_it_sends(self):
        expect = "Expect: 100-continue"
        self.assertEqual(self.answers(post("/small", 11, expect))[0].status, 413)
        with self.server.connect() as connection:
            connection.sendall(post("/small", 10, expect, CLOSE))
            self.assertEqual(connection.recv(25), b"HTTP/1.1 100 Continue\r\n\r\n")
            connection.sendall(b"0123456789")
            self.assertEqual([answer.status for answer in read_all(connection)], [200])

    def test_the_last_request_of_a_connection_closes_it(self):
        answers = self.answers(get() * 9)
        self.assertEqual([answer.status for answer in answers], [200] * 5)
        self.assertEqual(answers[-1].headers["connection"].lower(), "close")
        self.assertNotIn("connection", answers[0].headers)


class LargeUploads(Case):
    """Clients that send all of a body before they read the answer, as browsers do."""

    settings = {"errors": 1, "body_ms": 600}

    def upload(self, head, body, pause=0):
        with self.server.connect() as connection:
            connection.sendall(head)
            for i in range(0, len(body), 1 << 20):
                connection.sendall(body[i : i + (1 << 20)])
                time.sleep(pause)
            answers = read_all(connection)
        self.assertEqual([answer.status for answer in answers], [413])
        self.assertEqual(answers[0].body, b"shown 413 /echo \n")

    def test_twenty_megabytes_that_come_fast_are_read_and_answered(self):
        self.upload(post("/echo", 20_000_000, CLOSE), b"a" * 20_000_000)

    def test_twenty_megabytes_that_come_slowly_are_read_and_answered(self):
        self.upload(post("/echo", 20_000_000, CLOSE), b"a" * 20_000_000, 0.1)

    def test_as_much_as_is_read_at_all(self):
        self.upload(post("/echo", 64 << 20, CLOSE), b"a" * (64 << 20))

    def test_twenty_megabytes_in_chunks(self):
        head = get("/echo", "Transfer-Encoding: chunked", CLOSE, method="POST")
        self.upload(head, (b"100000\r\n" + b"a" * (1 << 20) + b"\r\n") * 20 + b"0\r\n\r\n")

    def test_none_of_it_is_kept(self):
        before = self.server.memory()
        with self.server.connect() as connection:
            connection.sendall(post("/echo", 60 << 20, CLOSE) + b"a" * (59 << 20))
            time.sleep(0.3)
            self.assertLess(self.server.memory() - before, 8 << 20)

    def test_one_that_comes_too_slowly_is_cut_off(self):
        with self.server.connect() as connection:
            connection.sendall(post("/echo", 20_000_000, CLOSE) + b"a")
            for _ in range(20):
                time.sleep(0.2)
                try:
                    connection.sendall(b"a")
                except ConnectionError:
                    return
        self.fail("the body went on at a few bytes a second")

    def test_a_client_that_asks_first_is_told_before_it_sends(self):
        self.assertEqual(self.status(post("/echo", 20_000_000, "Expect: 100-continue")), 413)


class Refusals(Case):
    settings = {"errors": 1, "workers": 1, "queue": 1}

    def shown(self, *pieces):
        answer = self.answer(*pieces)
        return answer.status, answer.body.decode()

    def test_what_the_server_refuses_is_shown_by_the_handler(self):
        self.assertEqual(
            self.shown(post("/small", 11, CLOSE) + b"0123456789a"), (413, "shown 413 /small \n")
        )
        self.assertEqual(self.shown(get("/full", CLOSE))[1][:15], "shown 500 /full")

    def test_a_body_too_large_for_any_route_is_shown_too(self):
        self.assertEqual(
            self.shown(post("/echo", (64 << 20) + 1) + b"a" * 100),
            (413, "shown 413 /echo the body is too large\n"),
        )

    def test_a_path_that_is_none_is_shown_too(self):
        self.assertEqual(self.shown(get("/a%2fb")), (400, "shown 400  the path is not one\n"))

    def test_a_head_that_cannot_be_read_is_answered_by_a_bare_page(self):
        status, text = self.shown(b"GET / HTTP/1.1\nHost: a\n\n")
        self.assertEqual(status, 400)
        self.assertTrue(text.startswith("<!doctype html>"), text)
        self.assertIn("A line does not end with CR LF.", text)

    def test_a_full_queue_is_shown(self):
        first, second = self.server.connect(), self.server.connect()
        with first, second:
            first.sendall(get("/slow?ms=1000", CLOSE))
            time.sleep(0.2)
            second.sendall(get("/slow?ms=1", CLOSE))
            time.sleep(0.2)
            self.assertEqual(self.shown(get("/echo", CLOSE)), (503, "shown 503 /echo \n"))
            read_all(first)
            read_all(second)


class RefusalsThatFail(Case):
    settings = {"errors": 2}

    def test_a_bare_page_takes_their_place(self):
        answers = self.answers(
            post("/small", 11) + b"0123456789a" + get("/full") + get("/quick", CLOSE)
        )
        self.assertEqual([answer.status for answer in answers], [413, 500, 200])
        self.assertIn(b"<h1>The body is larger", answers[0].body)
        self.assertIn(b"<p>Answer 500</p>", answers[1].body)


class Pipelines(Case):
    def test_answers_keep_the_order_of_the_requests(self):
        paths = ["/slow?ms=60", "/quick", "/echo?1", "/quick", "/slow?ms=1", "/echo?2"]
        requests = b"".join(get(path) for path in paths) + get("/prepared", CLOSE)
        bodies = [answer.body for answer in self.answers(requests)]
        self.assertEqual(bodies[0:2], [b"slow\n", b"quick\n"])
        self.assertIn(b"query=1 ", bodies[2])
        self.assertEqual(bodies[3:5], [b"quick\n", b"slow\n"])
        self.assertIn(b"query=2 ", bodies[5])
        self.assertEqual(bodies[6], b"p" * 5000)

    def test_many_requests_in_one_piece(self):
        requests = (get("/quick") + post("/echo", 5) + b"hello") * 200 + get("/quick", CLOSE)
        self.assertEqual([a.status for a in self.answers(requests)], [200] * 401)

    def test_one_byte_at_a_time(self):
        request = post("/echo", 5) + b"hello" + get("/quick", CLOSE)
        pieces = [request[i : i + 1] for i in range(len(request))]
        self.assertEqual([a.status for a in self.answers(*pieces, pause=0.001)], [200, 200])

    def test_a_connection_is_kept(self):
        with self.server.connect() as connection, connection.makefile("rb") as stream:
            for i in range(50):
                connection.sendall(get(("/quick", "/slow?ms=1", "/echo")[i % 3]))
                self.assertEqual(read_answer(stream).status, 200)

    def test_a_refusal_comes_after_the_answers_before_it(self):
        answers = self.answers(get("/slow?ms=100") + get("/quick") + b"bad\r\n\r\n")
        self.assertEqual([answer.status for answer in answers], [200, 200, 400])

    def test_half_closed_connections_are_answered(self):
        for path in ("/quick", "/slow?ms=50", "/large"):
            with self.server.connect() as connection:
                connection.sendall(get(path))
                connection.shutdown(socket.SHUT_WR)
                self.assertEqual([a.status for a in read_all(connection)], [200], path)

    def test_a_half_request_that_ends_is_not_answered(self):
        for half in (b"GET /quick HT", post("/echo", 5) + b"hel"):
            with self.server.connect() as connection:
                connection.sendall(half)
                connection.shutdown(socket.SHUT_WR)
                self.assertEqual(read_all(connection), [])

    def test_clients_that_vanish_do_no_harm(self):
        for _ in range(30):
            with self.server.connect() as connection:
                connection.sendall(get("/slow?ms=20") + get("/large"))
        self.assertEqual(self.status(get("/slow?ms=1", CLOSE)), 200)


class SlowClients(Case):
    settings = {"idle_seconds": 1, "head_ms": 600, "body_ms": 600}

    def drip(self, connection, data, pause):
        """Sends byte by byte until the server has something to say or closes."""
        connection.settimeout(pause)
        for i in range(len(data)):
            try:
                connection.sendall(data[i : i + 1])
                connection.recv(1, socket.MSG_PEEK)
                break
            except TimeoutError:
                continue
            except ConnectionError:
                return None
        connection.settimeout(serving.PATIENCE)
        return read_all(connection)

    def test_a_head_that_drips_is_408(self):
        with self.server.connect() as connection:
            answers = self.drip(connection, get("/quick", "X: " + "a" * 100), 0.1)
        self.assertEqual([answer.status for answer in answers], [408])

    def test_a_body_that_drips_is_cut_off(self):
        began = time.monotonic()
        with self.server.connect() as connection:
            connection.sendall(post("/echo", 1000))
            answers = self.drip(connection, b"a" * 1000, 0.1)
        self.assertFalse(answers)
        self.assertLess(time.monotonic() - began, 5)

    def test_a_silent_client_is_closed(self):
        for said in (b"", b"GET /qui", get(), post("/echo", 5) + b"hel"):
            began = time.monotonic()
            with self.server.connect() as connection:
                connection.sendall(said)
                read_all(connection)
            self.assertLess(time.monotonic() - began, 5)

    def test_an_answer_that_takes_longer_than_idle_clients_may(self):
        self.assertEqual(self.status(get("/slow?ms=2500", CLOSE)), 200)


class Crowds(Case):
    settings = {"connections_per_client": 3, "connections": 100}

    def test_a_client_with_too_many_connections_is_429(self):
        held = [self.server.connect() for _ in range(3)]
        try:
            for connection in held:
                connection.sendall(get())
                with connection.makefile("rb") as stream:
                    self.assertEqual(read_answer(stream).status, 200)
            answer = self.answer(get())
            self.assertEqual(answer.status, 429)
            self.assertEqual(answer.headers["retry-after"], "1")
        finally:
            for connection in held:
                connection.close()
        time.sleep(0.3)
        self.assertEqual(self.status(get("/quick", CLOSE)), 200)

    def test_far_too_many_are_closed_unanswered(self):
        held = [self.server.connect() for _ in range(6)]
        time.sleep(0.2)
        try:
            with self.server.connect() as connection:
                self.assertEqual(connection.recv(1), b"")
        except ConnectionResetError:
            pass
        finally:
            for connection in held:
                connection.close()


class CrowdsAreShown(Case):
    """Those who are too many may say what they ask for, and are told as they ask to be."""

    settings = {"connections_per_client": 3, "connections": 100, "errors": 1}
    why = b"too many connections are open from this address"

    def setUp(self):
        super().setUp()
        self.held = [self.server.connect() for _ in range(3)]
        for connection in self.held:
            self.addCleanup(connection.close)
        time.sleep(0.2)

    def test_the_handler_shows_it(self):
        answer = self.answer(get("/some?where"))
        self.assertEqual((answer.status, answer.body), (429, b"shown 429 /some " + self.why + b"\n"))

    def test_also_in_pieces_and_where_a_body_follows(self):
        answer = self.answer(b"POST /some HTTP/1.1\r\nHo", b"st: a\r\nContent-Length: 5\r\n\r\nhello")
        self.assertEqual((answer.status, answer.body), (429, b"shown 429 /some " + self.why + b"\n"))

    def test_no_body_follows_head(self):
        with self.server.connect() as connection:
            connection.sendall(get(method="HEAD"))
            with connection.makefile("rb") as stream:
                self.assertEqual(read_answer(stream, no_body=True).status, 429)
                self.assertEqual(stream.read(), b"")

    def test_a_head_with_a_fault_is_told_of_that(self):
        self.assertEqual(self.status(b"GET / HTTP/1.1\nHost: a\n\n"), 400)

    def test_one_that_is_silent_is_closed_soon(self):
        began = time.monotonic()
        with self.server.connect() as connection:
            self.assertEqual(connection.recv(1), b"")
        self.assertLess(time.monotonic() - began, 6)

    def test_one_whose_head_drips_is_told_soon(self):
        began = time.monotonic()
        head = get("/some", "X: " + "a" * 1000)
        with self.server.connect() as connection:
            connection.settimeout(0.2)
            for i in range(len(head)):
                connection.sendall(head[i : i + 1])
                try:
                    connection.recv(1, socket.MSG_PEEK)
                    break
                except TimeoutError:
                    continue
            connection.settimeout(serving.PATIENCE)
            (answer,) = read_all(connection)
        self.assertEqual((answer.status, answer.headers["retry-after"]), (429, "1"))
        self.assertIn(b"<h1>Too many connections are open", answer.body)
        self.assertLess(time.monotonic() - began, 6)

    def test_there_is_room_again_once_they_are_gone(self):
        for _ in range(3):
            self.assertEqual(self.status(get()), 429)
        for connection in self.held:
            connection.close()
        time.sleep(0.3)
        self.assertEqual(self.status(get("/quick", CLOSE)), 200)


class CrowdedOut(Case):
    settings = {"connections": 3, "errors": 1}

    def test_where_few_spare_connections_are_left_nothing_is_read(self):
        held = [self.server.connect() for _ in range(3 + 32)]
        time.sleep(0.2)
        try:
            (answer,) = self.answers(b"GET /")
            self.assertEqual((answer.status, answer.headers["retry-after"]), (503, "1"))
            self.assertIn(b"<p>Answer 503</p>", answer.body)
        finally:
            for connection in held:
                connection.close()
        time.sleep(0.3)
        self.assertEqual(self.status(get("/quick", CLOSE)), 200)


class Full(Case):
    settings = {"connections": 3}

    def test_more_connections_than_in_all_are_503(self):
        held = [self.server.connect() for _ in range(3)]
        time.sleep(0.2)
        self.assertEqual(self.status(get()), 503)
        for connection in held:
            connection.sendall(get("/quick", CLOSE))
            self.assertEqual([answer.status for answer in read_all(connection)], [200])
            connection.close()


class Proxied(Case):
    settings = {"behind_proxies": 1, "connections_per_client": 1}

    def remote(self, *headers):
        return self.answer(get("/echo", CLOSE, *headers)).body.split(b"remote=")[1].split()[0]

    def test_the_proxy_names_the_client(self):
        self.assertEqual(self.remote("X-Forwarded-For: 192.0.2.1, 2001:db8::5"), b"2001:db8::5")
        self.assertEqual(
            self.remote("X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 192.0.2.7"), b"192.0.2.7"
        )
        self.assertEqual(self.remote("X-Forwarded-For: 192.0.2.1, unknown"), b"-")
        self.assertEqual(self.remote("X-Forwarded-For: unknown, 192.0.2.1"), b"192.0.2.1")
        self.assertEqual(self.remote(), b"127.0.0.1")

    def test_addresses_of_other_proxies_are_passed_over(self):
        self.assertEqual(
            self.remote("X-Forwarded-For: 203.0.113.9, 192.0.2.1, 10.0.0.7, 127.0.0.2"),
            b"192.0.2.1",
        )
        self.assertEqual(self.remote("X-Forwarded-For: 10.0.0.7, 10.0.0.8"), b"10.0.0.7")
        self.assertEqual(self.remote("X-Forwarded-For: unknown, 10.0.0.8"), b"-")

    def test_the_proxy_may_have_many_connections(self):
        with self.server.connect(), self.server.connect(), self.server.connect():
            time.sleep(0.1)
            self.assertEqual(self.status(get("/quick", CLOSE)), 200)


class Direct(Case):
    def test_others_cannot_name_another_client(self):
        answer = self.answer(get("/echo", CLOSE, "X-Forwarded-For: 192.0.2.1"))
        self.assertIn(b"remote=127.0.0.1\n", answer.body)


class Workers(Case):
    settings = {"workers": 1, "queue": 1}

    def test_a_full_queue_is_503_and_quick_answers_go_on(self):
        first, second = self.server.connect(), self.server.connect()
        with first, second:
            first.sendall(get("/slow?ms=1000", CLOSE))
            time.sleep(0.2)
            second.sendall(get("/slow?ms=1", CLOSE))
            time.sleep(0.2)
            answer = self.answer(get("/slow?ms=1", CLOSE))
            self.assertEqual((answer.status, answer.headers["retry-after"]), (503, "1"))
            self.assertEqual(self.status(get("/quick", CLOSE)), 200)
            self.assertEqual(read_all(first)[0].status, 200)
            self.assertEqual(read_all(second)[0].status, 200)


class Stopping(Case):
    settings = {"workers": 2, "queue": 50}

    def test_what_runs_is_finished(self):
        with self.server.connect() as connection:
            connection.sendall(get("/slow?ms=700"))
            time.sleep(0.2)
            self.assertEqual(self.server.stop(), "stopped")
            answers = read_all(connection)
        self.assertEqual([answer.status for answer in answers], [200])
        self.assertEqual(answers[0].headers["connection"].lower(), "close")

    def test_what_waits_too_long_is_503(self):
        connections = [self.server.connect() for _ in range(8)]
        for connection in connections:
            connection.sendall(get("/slow?ms=550"))
        time.sleep(0.1)
        self.assertEqual(self.server.stop(hurry=True), "stopped")
        statuses = []
        for connection in connections:
            with connection:
                statuses.extend(answer.status for answer in read_all(connection))
        statuses.sort()
        self.assertEqual(statuses, [200] * 2 + [503] * 6)

    def test_a_handler_that_does_not_end_is_told_of(self):
        with self.server.connect() as connection:
            connection.sendall(get("/slow?ms=2000"))
            time.sleep(0.2)
            self.assertEqual(self.server.stop(hurry=True), "stuck")

    def test_new_connections_are_not_taken(self):
        with self.server.connect() as connection:
            connection.sendall(get("/slow?ms=1200", CLOSE))
            time.sleep(0.2)
            stopping = threading.Thread(target=self.server.stop)
            stopping.start()
            time.sleep(0.3)
            with self.assertRaises(ConnectionRefusedError):
                self.server.connect().close()
            self.assertEqual(read_all(connection)[0].status, 200)
            stopping.join()

    def test_under_load(self):
        odd = []

        def ask(path):
            try:
                while True:
                    with self.server.connect() as connection:
                        connection.sendall(get(path) * 3 + get(path, CLOSE))
                        odd.extend(a.status for a in read_all(connection) if a.status != 200)
            except (OSError, AssertionError, ValueError):
                pass  # the server has stopped

        paths = ("/quick", "/slow?ms=3", "/large", "/echo")
        clients = [threading.Thread(target=ask, args=(paths[i % 4],)) for i in range(8)]
        for client in clients:
            client.start()
        time.sleep(1)
        began = time.monotonic()
        self.assertEqual(self.server.stop(), "stopped")
        self.assertLess(time.monotonic() - began, 7)
        for client in clients:
            client.join(serving.PATIENCE)
        self.assertEqual(set(odd) - {503}, set())


class Log(Case):
    def test_one_line_a_request_with_no_more_than_is_needed(self):
        self.answers(
            get("/echo?name=private", "Cookie: secret")
            + post("/small", 3)
            + b"abc"
            + get("/quick", "Bad : header")
        )
        self.server.stop()
        lines = self.server.log()
        self.assertEqual([line["status"] for line in lines], [200, 200, 400])
        self.assertEqual(
            list(lines[0]), ["time", "address", "method", "path", "status", "bytes", "ms"]
        )
        self.assertEqual(lines[0]["address"], "127.0.0.0")
        self.assertEqual((lines[0]["method"], lines[0]["path"]), ("GET", "/echo"))
        self.assertEqual(list(lines[2]), ["time", "address", "status", "bytes", "ms", "why"])
        self.assertRegex(lines[0]["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertNotIn("private", str(lines))

    def test_a_path_that_holds_a_secret_is_not_in_it(self):
        self.answers(get("/secret/abcdef", "Connection: close"))
        self.server.stop()
        lines = self.server.log()
        self.assertEqual([line["path"] for line in lines], ["/secret/{}"])


if __name__ == "__main__":
    serving.PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=1)
