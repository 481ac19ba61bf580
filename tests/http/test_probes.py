#!/usr/bin/env python3
"""Requests that two programs could read differently: each is answered 400 and the connection
closed, whether it comes in one piece, in two, or after a good request, and nothing that follows
it is answered.

Usage: test_probes.py PROGRAM [TEST...]
"""

import sys
import time
import unittest

import serving

FOLLOWER = b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"


def post(*lines, body=b"hello", version=b"1.1"):
    head = [b"POST /echo HTTP/" + version, b"Host: localhost", *lines, b"", b""]
    return b"\r\n".join(head) + body


def chunked(body):
    return post(b"Transfer-Encoding: chunked", body=body)


PROBES = {
    "two_different_content_lengths": post(b"Content-Length: 5", b"Content-Length: 6"),
    "two_equal_content_lengths": post(b"Content-Length: 5", b"Content-Length: 5"),
    "a_list_of_content_lengths": post(b"Content-Length: 5, 5"),
    "a_content_length_with_a_plus": post(b"Content-Length: +5"),
    "a_negative_content_length": post(b"Content-Length: -5"),
    "a_content_length_with_a_space_within": post(b"Content-Length: 5 5"),
    "a_hexadecimal_content_length": post(b"Content-Length: 0x5"),
    "an_overflowing_content_length": post(b"Content-Length: 18446744073709551621"),
    "an_empty_content_length": post(b"Content-Length:"),
    "content_length_with_transfer_encoding": post(
        b"Content-Length: 5", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"
    ),
    "transfer_encoding_with_content_length": post(
        b"Transfer-Encoding: chunked", b"Content-Length: 5", body=b"0\r\n\r\n"
    ),
    "two_transfer_encodings": post(
        b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"
    ),
    "an_unknown_transfer_encoding": post(b"Transfer-Encoding: xchunked", body=b"0\r\n\r\n"),
    "chunked_that_is_not_last": post(b"Transfer-Encoding: chunked, identity", body=b"0\r\n\r\n"),
    "transfer_encoding_in_http_1_0": post(
        b"Transfer-Encoding: chunked", body=b"0\r\n\r\n", version=b"1.0"
    ),
    "a_space_before_the_colon": post(b"Content-Length : 5"),
    "a_tab_before_the_colon": post(b"Content-Length\t: 5"),
    "a_header_without_a_colon": post(b"Content-Length 5"),
    "a_header_without_a_name": post(b": 5"),
    "a_control_character_in_a_name": post(b"X\x01Y: 5"),
    "a_nul_in_a_value": post(b"X: a\x00b"),
    "a_bare_cr_in_a_value": post(b"X: a\rContent-Length: 5"),
    "a_bare_cr_before_the_line_end": post(b"X: a\r"),
    "a_control_character_in_a_value": post(b"X: a\x0bb"),
    "two_hosts": post(b"Host: other", b"Content-Length: 5"),
    "no_host": b"GET /quick HTTP/1.1\r\nX: y\r\n\r\n",
    "an_empty_host": b"GET /quick HTTP/1.1\r\nHost:\r\n\r\n",
    "a_host_with_a_path": b"GET /quick HTTP/1.1\r\nHost: a/b\r\n\r\n",
    "a_folded_header": post(b"X: a", b" Content-Length: 5"),
    "a_folded_header_by_tab": post(b"X: a", b"\tb"),
    "a_first_header_that_begins_with_a_space": b"GET /quick HTTP/1.1\r\n Host: a\r\n\r\n",
    "lines_that_end_with_lf": b"GET /quick HTTP/1.1\nHost: localhost\n\n",
    "one_header_that_ends_with_lf": b"GET /quick HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n",
    "an_empty_line_that_ends_with_lf": b"GET /quick HTTP/1.1\r\nHost: localhost\r\n\n",
    "a_chunk_size_with_0x": chunked(b"0x5\r\nhello\r\n0\r\n\r\n"),
    "a_chunk_size_with_a_plus": chunked(b"+5\r\nhello\r\n0\r\n\r\n"),
    "a_negative_chunk_size": chunked(b"-5\r\nhello\r\n0\r\n\r\n"),
    "a_chunk_size_with_a_space_before": chunked(b" 5\r\nhello\r\n0\r\n\r\n"),
    "a_chunk_size_with_a_space_after": chunked(b"5 \r\nhello\r\n0\r\n\r\n"),
    "an_empty_chunk_size": chunked(b"\r\nhello\r\n0\r\n\r\n"),
    "an_overflowing_chunk_size": chunked(b"10000000000000005\r\nhello\r\n0\r\n\r\n"),
    "a_chunk_size_that_ends_with_lf": chunked(b"5\nhello\r\n0\r\n\r\n"),
    "a_chunk_extension": chunked(b"5;a=b\r\nhello\r\n0\r\n\r\n"),
    "a_chunk_that_is_longer_than_its_size": chunked(b"4\r\nhello\r\n0\r\n\r\n"),
    "a_chunk_that_ends_with_lf": chunked(b"5\r\nhello\n0\r\n\r\n"),
    "a_last_chunk_that_ends_with_lf": chunked(b"5\r\nhello\r\n0\n\n"),
    "a_trailer": chunked(b"5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n"),
    "a_body_with_get": b"GET /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
    "a_tab_in_the_first_line": b"GET\t/quick HTTP/1.1\r\nHost: a\r\n\r\n",
    "two_spaces_in_the_first_line": b"GET  /quick HTTP/1.1\r\nHost: a\r\n\r\n",
    "a_space_in_the_target": b"GET /qu ick HTTP/1.1\r\nHost: a\r\n\r\n",
    "a_target_that_is_a_whole_address": b"GET http://a/quick HTTP/1.1\r\nHost: a\r\n\r\n",
    "a_nul_in_the_target": b"GET /qu\x00ick HTTP/1.1\r\nHost: a\r\n\r\n",
    "no_version": b"GET /quick\r\nHost: a\r\n\r\n",
    "a_version_with_junk": b"GET /quick HTTP/1.1x\r\nHost: a\r\n\r\n",
    "a_method_that_is_no_word": b"G@T /quick HTTP/1.1\r\nHost: a\r\n\r\n",
    "two_empty_lines_before_the_request": b"\r\n\r\nGET /quick HTTP/1.1\r\nHost: a\r\n\r\n",
    "a_path_with_a_broken_escape": b"GET /a%2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "a_path_with_an_escaped_slash": b"GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n",
    "a_path_with_an_escaped_nul": b"GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n",
    "a_path_that_climbs": b"GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n",
    "a_path_that_climbs_by_escapes": b"GET /a/%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n",
    "a_path_that_is_not_utf_8": b"GET /%c0%af HTTP/1.1\r\nHost: a\r\n\r\n",
}


class Probes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = serving.Server()

    @classmethod
    def tearDownClass(cls):
        if cls.server.stop() != "stopped":
            raise AssertionError("the server did not stop")
        paths = [line.get("path") for line in cls.server.log()]
        if "/smuggled" in paths:
            raise AssertionError("a request that followed a refused one was answered")

    def answers(self, *pieces):
        with self.server.connect() as connection:
            for piece in pieces:
                connection.sendall(piece)
                if piece is not pieces[-1]:
                    time.sleep(0.02)
            return serving.read_all(connection)

    def refused(self, probe):
        def statuses(*pieces):
            return [answer.status for answer in self.answers(*pieces)]

        middle = len(probe) // 2
        self.assertEqual(statuses(probe + FOLLOWER), [400])
        self.assertEqual(statuses(probe[:middle], probe[middle:] + FOLLOWER), [400])
        self.assertEqual(statuses(serving.get() + probe + FOLLOWER), [200, 400])

    def test_the_control_is_answered(self):
        good = post(b"Content-Length: 5", b"Connection: close") + FOLLOWER
        answers = self.answers(good)
        self.assertEqual([answer.status for answer in answers], [200])
        self.assertTrue(answers[0].body.endswith(b"body=5\nhello"))

    def test_a_good_chunked_body_is_read(self):
        body = b"5\r\nhello\r\n00A\r\n0123456789\r\n0\r\n\r\n"
        answers = self.answers(chunked(body) + post(b"Content-Length: 0", b"Connection: close"))
        self.assertEqual([answer.status for answer in answers], [200, 200])
        self.assertTrue(answers[0].body.endswith(b"body=15\nhello0123456789"))

    def test_one_empty_line_before_a_request_is_passed_over(self):
        answers = self.answers(b"\r", b"\n" + serving.get("/quick", "Connection: close"))
        self.assertEqual([answer.status for answer in answers], [200])

    def test_the_servers_own_stamp_cannot_be_given(self):
        answers = self.answers(
            serving.get("/echo", "Assay-Request: x 0\tGET /other HTTP/1.1", "Connection: close")
        )
        self.assertEqual([answer.status for answer in answers], [200])
        self.assertIn(b"GET /echo", answers[0].body)
        self.assertIn(b"Assay-Request=x 0 GET /other HTTP/1.1", answers[0].body)


def add_probe(name, probe):
    setattr(Probes, f"test_{name}", lambda self: self.refused(probe))


for each_name, each_probe in PROBES.items():
    add_probe(each_name, each_probe)

if __name__ == "__main__":
    serving.PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=1)
