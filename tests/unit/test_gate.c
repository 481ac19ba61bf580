#include "http/gate.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"

#include "unit.h"

#define HEAD "GET /a?b HTTP/1.1\r\nHost: h\r\n\r\n"
#define HANDED                                                                                     \
    "GET / HTTP/1.1\r\nHost: assay\r\nAssay-Request: SECRET 0\tGET /a?b HTTP/1.1\tHost: h\r\n\r\n"
#define REFUSED(status, why)                                                                       \
    "GET / HTTP/1.1\r\nHost: assay\r\nConnection: close\r\nAssay-Request: SECRET " #status         \
    "\t" why "\r\n\r\n"

static const struct gate_limits LIMITS = {
    .secret = "SECRET",
    .body_max = 100,
    .requests_max = 3,
    .head_ms = 1000,
    .body_ms = 1000,
    .body_bytes_per_second = 10,
};

/* Gives a text in pieces of `piece` bytes, with a pause after each. */
struct pieces {
    struct str rest;
    size_t piece;
    bool pause;
};

static ssize_t read_piece(void *context, char *to, size_t n)
{
    struct pieces *pieces = context;
    size_t got = pieces->piece < n ? pieces->piece : n;

    if (pieces->rest.n == 0)
        return 0;
    if (pieces->pause) {
        pieces->pause = false;
        errno = EAGAIN;
        return -1;
    }
    if (got > pieces->rest.n)
        got = pieces->rest.n;
    memcpy(to, pieces->rest.p, got);
    pieces->rest = str_drop(pieces->rest, got);
    pieces->pause = true;
    return (ssize_t)got;
}

/* What comes through when the text arrives in such pieces and is asked for in such portions. */
static struct str through(struct arena *arena, struct str text, size_t piece, size_t room)
{
    struct pieces pieces = { text, piece, false };
    const struct gate_reader reader = { read_piece, &pieces };
    struct gate gate;
    struct buf out;
    ssize_t n;
    char to[20000];

    gate_init(&gate, &LIMITS);
    buf_init(&out, (size_t)1024 * 1024);
    do {
        n = gate_receive(&gate, &reader, 0, to, room);
        if (n > 0)
            buf_add(&out, (struct str){ to, (size_t)n });
        else
            assert_true(n == 0 || errno == EAGAIN);
    } while (n != 0);
    gate_release(&gate);
    return buf_take(&out, arena);
}

/* However the text is cut, the same comes through. */
static void check_through(struct str text, const char *expected)
{
    static const size_t sizes[] = { 1, 2, 3, 7, 64, 20000 };
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        for (size_t j = 0; j < ARRAY_LEN(sizes); j++)
            check_str(through(&arena, text, sizes[i], sizes[j]), expected);
    }
    arena_release(&arena);
}

static void heads_are_written_anew(void **state)
{
    (void)state;
    check_through(STR(""), "");
    check_through(STR(HEAD), HANDED);
    check_through(STR("\r\n" HEAD "\r\n" HEAD), HANDED HANDED);
    check_through(STR("HEAD /a HTTP/1.0\r\nX:\t1\t\r\nConnection: Keep-Alive\r\n\r\n"),
                  "HEAD / HTTP/1.0\r\nHost: assay\r\nConnection: keep-alive\r\n"
                  "Assay-Request: SECRET 0\tHEAD /a HTTP/1.0\tX: 1 \tConnection: Keep-Alive"
                  "\r\n\r\n");
}

static void bodies_pass(void **state)
{
    (void)state;
    check_through(STR("PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n\r\nab" HEAD),
                  "POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 4\r\n"
                  "Assay-Request: SECRET 0\tPUT /a HTTP/1.1\tHost: h\tContent-Length: 4\r\n\r\n"
                  "\r\nab" HANDED);
}

static void chunks_are_framed_anew(void **state)
{
    (void)state;
    check_through(STR("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n"
                      "00A\r\n0123456789\r\n01\r\nx\r\n000\r\n\r\n" HEAD),
                  "POST / HTTP/1.1\r\nHost: assay\r\nTransfer-Encoding: chunked\r\n"
                  "Assay-Request: SECRET 0\tPOST /a HTTP/1.1\tHost: h\tTransfer-Encoding: Chunked"
                  "\r\n\r\na\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n" HANDED);
}

#define CHUNKED "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
#define HANDED_CHUNKED                                                                             \
    "POST / HTTP/1.1\r\nHost: assay\r\nTransfer-Encoding: chunked\r\n"                             \
    "Assay-Request: SECRET 0\tPOST /a HTTP/1.1\tHost: h\tTransfer-Encoding: chunked\r\n\r\n"

static void a_bad_chunk_ends_the_body_with_the_refusal(void **state)
{
    (void)state;
    check_through(STR(CHUNKED "1\r\nx\r\n+1\r\n" HEAD),
                  HANDED_CHUNKED "1\r\nx\r\n0\r\nAssay-Request: SECRET 400\t"
                                 "the size of a chunk is no number or has something after it"
                                 "\r\n\r\n");
    check_through(STR(CHUNKED "1\r\nxy\r\n" HEAD),
                  HANDED_CHUNKED "1\r\nx\r\n0\r\nAssay-Request: SECRET 400\t"
                                 "a chunk does not end with CR LF\r\n\r\n");
    check_through(STR(CHUNKED "0\r\nX: y\r\n\r\n"),
                  HANDED_CHUNKED "0\r\nAssay-Request: SECRET 400\t"
                                 "something follows the last chunk\r\n\r\n");
    check_through(STR(CHUNKED "32\r\n01234567890123456789012345678901234567890123456789\r\n33\r\n"),
                  HANDED_CHUNKED "32\r\n01234567890123456789012345678901234567890123456789\r\n"
                                 "0\r\nAssay-Request: SECRET 413\tthe body is too large\r\n\r\n");
}

static void nothing_follows_a_refusal_or_a_last_request(void **state)
{
    (void)state;
    check_through(STR(HEAD "GET /\n" HEAD), HANDED REFUSED(400, "a line does not end with CR LF"));
    check_through(STR(HEAD HEAD HEAD HEAD),
                  HANDED HANDED "GET / HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n"
                                "Assay-Request: SECRET 0\tGET /a?b HTTP/1.1\tHost: h\r\n\r\n");
    check_through(STR("GET /a HTTP/1.1\r\nHost: h\r\nConnection: x, Close\r\n\r\n" HEAD),
                  "GET / HTTP/1.1\r\nHost: assay\r\nConnection: close\r\nAssay-Request: SECRET 0\t"
                  "GET /a HTTP/1.1\tHost: h\tConnection: x, Close\r\n\r\n");
    check_through(STR("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n"),
                  REFUSED(413, "the body is too large\tPOST /a HTTP/1.1\tHost: h\t"
                               "Content-Length: 101"));
}

static void a_gate_may_refuse_whatever_comes(void **state)
{
    struct pieces pieces = { STR(HEAD), 100, false };
    const struct gate_reader reader = { read_piece, &pieces };
    struct gate gate;
    char to[1000];
    ssize_t n;

    (void)state;
    gate_init(&gate, &LIMITS);
    gate_refuse_all(&gate, (struct rejection){ 429, "why" });
    n = gate_receive(&gate, &reader, 0, to, sizeof(to));
    assert_true(n > 0);
    check_str(((struct str){ to, (size_t)n }), REFUSED(429, "why"));
    gate_release(&gate);
}

/* What a gate that refuses its first request says to the text, which comes in two pieces. */
static void check_first(struct str text, const char *expected)
{
    struct pieces pieces = { str_take(text, 1), 1, false };
    const struct gate_reader reader = { read_piece, &pieces };
    struct gate gate;
    char to[1000];
    ssize_t n;

    gate_init(&gate, &LIMITS);
    gate_refuse_first(&gate, (struct rejection){ 429, "why" }, 500);
    assert_true(gate_receive(&gate, &reader, 0, to, sizeof(to)) <= 0);
    pieces = (struct pieces){ str_drop(text, 1), text.n, false };
    n = gate_receive(&gate, &reader, 500, to, sizeof(to));
    check_str(((struct str){ to, n > 0 ? (size_t)n : 0 }), expected);
    gate_release(&gate);
}

static void a_gate_may_refuse_the_first_request_once_it_is_known(void **state)
{
    (void)state;
    check_first(STR(HEAD HEAD), REFUSED(429, "why\tGET /a?b HTTP/1.1\tHost: h"));
    check_first(STR("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n"),
                "HEAD / HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n"
                "Assay-Request: SECRET 429\twhy\tHEAD / HTTP/1.1\tHost: h\r\n\r\n");
    check_first(STR("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"),
                REFUSED(429, "why\tPOST / HTTP/1.1\tHost: h\tContent-Length: 5"));
    check_first(STR("GET /\n"), REFUSED(400, "a line does not end with CR LF"));
    check_first(STR("GET / HT"), "");
}

/* What a gate says to one more byte of the text at the given time, after `ready` of its bytes. */
static ssize_t late(struct str text, size_t ready, int64_t now_ms, char *to, size_t room)
{
    struct pieces pieces = { str_take(text, ready), ready, false };
    const struct gate_reader reader = { read_piece, &pieces };
    struct gate gate;
    ssize_t n;

    gate_init(&gate, &LIMITS);
    (void)gate_receive(&gate, &reader, 0, to, room);
    pieces = (struct pieces){ str_take(str_drop(text, ready), 1), 1, false };
    n = gate_receive(&gate, &reader, now_ms, to, room);
    gate_release(&gate);
    return n;
}

static void it_waits_for_no_head_longer_than_it_says(void **state)
{
    struct pieces pieces = { STR("G"), 1, false };
    const struct gate_reader reader = { read_piece, &pieces };
    struct gate gate;
    char to[1000];
    ssize_t n;

    (void)state;
    gate_init(&gate, &LIMITS);
    gate_refuse_first(&gate, (struct rejection){ 429, "why" }, 500);
    (void)gate_receive(&gate, &reader, 0, to, sizeof(to));
    pieces = (struct pieces){ STR("E"), 1, false };
    assert_true(gate_receive(&gate, &reader, 500, to, sizeof(to)) <= 0);
    pieces = (struct pieces){ STR("T"), 1, false };
    n = gate_receive(&gate, &reader, 501, to, sizeof(to));
    assert_true(n > 0);
    check_str(((struct str){ to, (size_t)n }), REFUSED(429, "why"));
    gate_release(&gate);
}

static void slow_heads_and_bodies_are_cut_off(void **state)
{
    const struct str body = STR("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n12345");
    char to[1000];
    ssize_t n;

    (void)state;
    n = late(STR(HEAD), 10, 1000, to, sizeof(to));
    assert_true(n == 0);
    n = late(STR(HEAD), 10, 1001, to, sizeof(to));
    assert_true(n > 0);
    check_str(((struct str){ to, (size_t)n }), REFUSED(408, "the headers took too long to arrive"));
    assert_int_equal(late(body, body.n - 1, 1000, to, sizeof(to)), 1);
    errno = 0;
    assert_int_equal(late(body, body.n - 1, 1001, to, sizeof(to)), -1);
    assert_int_equal(errno, ECONNRESET);
}

static void stamps_are_read_only_with_the_secret(void **state)
{
    struct str why = STR_NONE;
    struct str head = STR_NONE;
    int status = -1;

    (void)state;
    assert_true(gate_read_stamp(STR("S 0\tGET /a\tb"), "S", &status, &why, &head));
    assert_int_equal(status, 0);
    check_str(head, "GET /a\tb");
    assert_null(why.p);
    assert_true(gate_read_stamp(STR("S 413\twhy"), "S", &status, &why, &head));
    assert_int_equal(status, 413);
    check_str(why, "why");
    assert_null(head.p);
    assert_true(gate_read_stamp(STR("S 413\twhy\tPOST /a\tb"), "S", &status, &why, &head));
    assert_int_equal(status, 413);
    check_str(why, "why");
    check_str(head, "POST /a\tb");
    assert_false(gate_read_stamp(STR("T 0\tGET /a"), "S", &status, &why, &head));
    assert_false(gate_read_stamp(STR(" 0\tGET /a"), "S", &status, &why, &head));
    assert_false(gate_read_stamp(STR("S 0"), "S", &status, &why, &head));
    assert_false(gate_read_stamp(STR("S x\ta"), "S", &status, &why, &head));
    assert_false(gate_read_stamp(STR(""), "S", &status, &why, &head));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_are_written_anew),
        cmocka_unit_test(bodies_pass),
        cmocka_unit_test(chunks_are_framed_anew),
        cmocka_unit_test(a_bad_chunk_ends_the_body_with_the_refusal),
        cmocka_unit_test(nothing_follows_a_refusal_or_a_last_request),
        cmocka_unit_test(a_gate_may_refuse_whatever_comes),
        cmocka_unit_test(a_gate_may_refuse_the_first_request_once_it_is_known),
        cmocka_unit_test(it_waits_for_no_head_longer_than_it_says),
        cmocka_unit_test(slow_heads_and_bodies_are_cut_off),
        cmocka_unit_test(stamps_are_read_only_with_the_secret),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
