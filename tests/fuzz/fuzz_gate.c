/*
 * A gate, fed with any bytes: the first byte says how they are cut. However they are cut, the same
 * comes through; it is a run of heads of the gate's own making, each followed by the body that it
 * declares, and every head holds the stamp.
 */
#include "http/gate.h"

#include <errno.h>
#include <string.h>

#include "base/attr.h"

#define OUT_MAX ((size_t)4 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct gate_limits LIMITS = {
    .secret = "SECRET",
    .body_max = 1000,
    .requests_max = 50,
    .head_ms = 1,
    .body_ms = 1,
    .body_bytes_per_second = 1,
};

struct pieces {
    struct str rest;
    size_t piece;
    bool pause;
};

static ssize_t read_piece(void *context, char *to, size_t n)
{
    struct pieces *pieces = context;
    size_t got = pieces->piece < n ? pieces->piece : n;

    BUG_IF(n == 0);
    if (pieces->rest.n == 0)
        return 0;
    pieces->pause = !pieces->pause;
    if (pieces->pause) {
        errno = EAGAIN;
        return -1;
    }
    if (got > pieces->rest.n)
        got = pieces->rest.n;
    memcpy(to, pieces->rest.p, got);
    pieces->rest = str_drop(pieces->rest, got);
    return (ssize_t)got;
}

static void pass_through(struct str text, size_t piece, size_t room, struct buf *out)
{
    struct pieces pieces = { text, piece, false };
    const struct gate_reader reader = { read_piece, &pieces };
    struct gate gate;
    char to[10000];
    ssize_t n;

    gate_init(&gate, &LIMITS);
    do {
        n = gate_receive(&gate, &reader, 0, to, room < sizeof(to) ? room : sizeof(to));
        BUG_IF(n < 0 && errno != EAGAIN);
        if (n > 0)
            buf_add(out, (struct str){ to, (size_t)n });
    } while (n != 0);
    gate_release(&gate);
    BUG_IF(out->overflow);
}

static struct str after_chunks(struct str text)
{
    for (;;) {
        struct str line;
        size_t size = 0;

        text = str_split(text, '\n', &line);
        if (!text.p)
            return STR("");
        if (str_eq(line, STR("0\r")))
            break;
        for (size_t i = 0; i + 1 < line.n; i++)
            size = size * 16 + (size_t)(line.p[i] > '9' ? line.p[i] - 'a' + 10 : line.p[i] - '0');
        BUG_IF(size == 0 || size > 1000);
        text = str_drop(text, text.n < size + 2 ? text.n : size + 2);
    }
    while (text.p && !str_starts(text, STR("\r\n"))) {
        BUG_IF(!str_starts(text, STR(GATE_STAMP ": SECRET 4")));
        text = str_split(text, '\n', &(struct str){ 0 });
    }
    return str_drop(text, text.n < 2 ? text.n : 2);
}

/* Takes a head and its body from the text; lines and framing are as the gate writes them. */
static struct str after_request(struct str text)
{
    bool stamped = false;
    bool chunked = false;
    int64_t length = 0;
    struct str line;

    text = str_split(text, '\n', &line);
    BUG_IF(!str_ends(line, STR(" / HTTP/1.1\r")) && !str_ends(line, STR(" / HTTP/1.0\r")));
    for (;;) {
        text = str_split(text, '\n', &line);
        BUG_IF(!text.p || !str_ends(line, STR("\r")));
        line = str_take(line, line.n - 1);
        BUG_IF(memchr(line.p, '\r', line.n) || memchr(line.p, '\0', line.n));
        if (line.n == 0)
            break;
        stamped |= str_starts(line, STR(GATE_STAMP ": SECRET "));
        chunked |= str_starts(line, STR("Transfer-Encoding: "));
        if (str_starts(line, STR("Content-Length: ")))
            BUG_IF(!str_to_int(str_drop(line, 16), 1, 1000, &length));
    }
    BUG_IF(!stamped || (chunked && length > 0));
    if (chunked)
        return after_chunks(text);
    return str_drop(text, text.n < (size_t)length ? text.n : (size_t)length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = { (const char *)data, size };
    struct str rest;
    struct buf whole;
    struct buf cut;

    if (size == 0)
        return 0;
    text = str_drop(text, 1);
    buf_init(&whole, OUT_MAX);
    buf_init(&cut, OUT_MAX);
    pass_through(text, text.n + 1, 10000, &whole);
    pass_through(text, 1 + data[0] % 16, 1 + data[0] / 16, &cut);
    BUG_IF(!str_eq(buf_str(&whole), buf_str(&cut)));
    for (rest = buf_str(&whole); rest.n > 0;)
        rest = after_request(rest);
    buf_release(&whole);
    buf_release(&cut);
    return 0;
}
