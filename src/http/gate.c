#include "http/gate.h"

#include <errno.h>
#include <string.h>

#include "base/attr.h"
#include "http/grammar.h"

#define OUT_MAX ((size_t)HEAD_MAX + 1024)
#define DROPPED_MAX ((size_t)256 * 1024) /* of what follows a refused request */
#define CHUNK_DIGITS_MAX 8

void gate_init(struct gate *gate, const struct gate_limits *limits)
{
    memset(gate, 0, sizeof(*gate));
    gate->limits = limits;
    buf_init(&gate->out, OUT_MAX);
}

void gate_release(struct gate *gate)
{
    buf_release(&gate->out);
}

static struct str held(const struct gate *gate)
{
    return (struct str){ gate->in + gate->at, gate->held };
}

static void use(struct gate *gate, size_t n)
{
    gate->at += n;
    gate->held -= n;
}

static void stamp(struct gate *gate, int status)
{
    buf_format(&gate->out, GATE_STAMP ": %s %d\t", gate->limits->secret, status);
}

/* The beginning of a refusal, up to the end of its reason. */
static void begin_refusal(struct gate *gate, const char *method, struct rejection refusal)
{
    buf_format(&gate->out, "%s / HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n", method);
    stamp(gate, refusal.status);
    buf_add_c(&gate->out, refusal.why);
    gate->state = GATE_CLOSED;
}

static void refuse(struct gate *gate, struct rejection refusal)
{
    begin_refusal(gate, "GET", refusal);
    buf_add_c(&gate->out, "\r\n\r\n");
}

void gate_refuse_all(struct gate *gate, struct rejection refusal)
{
    refuse(gate, refusal);
}

void gate_refuse_first(struct gate *gate, struct rejection refusal, int64_t head_ms)
{
    gate->refusal = refusal;
    gate->refused_ms = head_ms < gate->limits->head_ms ? head_ms : gate->limits->head_ms;
}

/* The head of a chunked body was handed over already: the refusal follows its last chunk. */
static void refuse_chunk(struct gate *gate, int status, const char *why)
{
    if (gate->state == GATE_CHUNK_END)
        buf_add_c(&gate->out, "\r\n");
    buf_add_c(&gate->out, "0\r\n");
    stamp(gate, status);
    buf_format(&gate->out, "%s\r\n\r\n", why);
    gate->state = GATE_CLOSED;
}

static void end_request(struct gate *gate)
{
    gate->state = gate->last ? GATE_CLOSED : GATE_HEAD;
    gate->scanned = 0;
    gate->began = false;
    gate->passed_over = false;
}

/* The client's head as one line: tabs, which values may hold, become spaces, and line ends tabs. */
static void add_joined(struct buf *out, struct str head)
{
    for (size_t i = 0; i + 4 < head.n; i++) {
        if (head.p[i] == '\t')
            buf_byte(out, ' ');
        else if (head.p[i] == '\n')
            buf_byte(out, '\t');
        else if (head.p[i] != '\r')
            buf_byte(out, head.p[i]);
    }
}

/* HEAD keeps its name, for no body may follow its answer. */
static const char *method_for(struct str head)
{
    return str_starts(head, STR("HEAD ")) ? "HEAD" : "GET";
}

/* Refuses a request whose head is good: it says in which form the client wants the answer. */
static void refuse_whole(struct gate *gate, struct rejection refusal, struct str head)
{
    begin_refusal(gate, method_for(head), refusal);
    buf_byte(&gate->out, '\t');
    add_joined(&gate->out, head);
    buf_add_c(&gate->out, "\r\n\r\n");
}

static void hand_over(struct gate *gate, struct str head, const struct framing *framing)
{
    struct buf *out = &gate->out;
    bool has_body = framing->chunked || framing->length > 0;

    gate->last = framing->close || ++gate->requests >= gate->limits->requests_max;
    buf_add_c(out, has_body ? "POST" : method_for(head));
    buf_add_c(out, framing->old ? " / HTTP/1.0\r\n" : " / HTTP/1.1\r\n");
    buf_add_c(out, "Host: assay\r\n");
    if (framing->chunked)
        buf_add_c(out, "Transfer-Encoding: chunked\r\n");
    else if (has_body)
        buf_format(out, "Content-Length: %lld\r\n", (long long)framing->length);
    if (framing->expects && has_body && !framing->old)
        buf_add_c(out, "Expect: 100-continue\r\n");
    buf_add_c(out, gate->last     ? "Connection: close\r\n"
                   : framing->old ? "Connection: keep-alive\r\n"
                                  : "");
    stamp(gate, 0);
    add_joined(out, head);
    buf_add_c(out, "\r\n\r\n");
}

/* An empty line before a request is a habit of old clients; the standard asks to pass over one. */
static void pass_over_empty_line(struct gate *gate)
{
    if (gate->passed_over || !str_starts(held(gate), STR("\r\n")))
        return;
    use(gate, 2);
    gate->passed_over = true;
    gate->scanned = 0;
}

static bool head_too_slow(const struct gate *gate, int64_t now_ms)
{
    return now_ms - gate->since_ms >
           (gate->refusal.status ? gate->refused_ms : gate->limits->head_ms);
}

/* What a request with a good head is refused for; status 0: nothing. */
static struct rejection refusal_of(const struct gate *gate, const struct framing *framing)
{
    if (gate->refusal.status)
        return gate->refusal;
    if (framing->length > gate->limits->body_max)
        return (struct rejection){ 413, "the body is too large" };
    return (struct rejection){ 0, NULL };
}

/* Whether there was a head to deal with; without one more bytes are needed. */
static bool step_head(struct gate *gate, int64_t now_ms)
{
    struct framing framing;
    struct rejection refusal;
    size_t length;

    if (gate->held > 0 && !gate->began) {
        gate->began = true;
        gate->since_ms = now_ms;
    }
    pass_over_empty_line(gate);
    switch (head_find_end(held(gate), &gate->scanned, &length)) {
    case HEAD_BROKEN:
        refuse(gate, (struct rejection){ 400, "a line does not end with CR LF" });
        return true;
    case HEAD_GOES_ON:
        if (gate->held == HEAD_MAX)
            refuse(gate, memchr(gate->in + gate->at, '\n', gate->held)
                             ? (struct rejection){ 431, "the headers are too large" }
                             : (struct rejection){ 414, "the address is too long" });
        else if (gate->began && head_too_slow(gate, now_ms))
            refuse(gate, gate->refusal.status
                             ? gate->refusal
                             : (struct rejection){ 408, "the headers took too long to arrive" });
        return gate->state == GATE_CLOSED;
    case HEAD_ENDS:
        break;
    }
    refusal = head_check(str_take(held(gate), length), &framing);
    if (refusal.status) {
        refuse(gate, refusal);
        return true;
    }
    refusal = refusal_of(gate, &framing);
    if (refusal.status) {
        refuse_whole(gate, refusal, str_take(held(gate), length));
        return true;
    }
    hand_over(gate, str_take(held(gate), length), &framing);
    use(gate, length);
    gate->since_ms = now_ms;
    gate->body = 0;
    gate->left = framing.length;
    gate->state = framing.chunked ? GATE_CHUNK_SIZE : GATE_LENGTH;
    if (!framing.chunked && framing.length == 0)
        end_request(gate);
    return true;
}

/* Reads hexadecimal digits up to the CR LF; -1 when it is no such line. */
static int64_t chunk_size(struct str line)
{
    int64_t size = 0;

    if (line.n == 0 || line.n > CHUNK_DIGITS_MAX)
        return -1;
    for (size_t i = 0; i < line.n; i++) {
        int digit = hex_digit(line.p[i]);

        if (digit < 0)
            return -1;
        size = size * 16 + digit;
    }
    return size;
}

static bool step_chunk_size(struct gate *gate)
{
    size_t length = 0;
    int64_t size;

    while (length < gate->held && hex_digit(gate->in[gate->at + length]) >= 0)
        length++;
    if (length <= CHUNK_DIGITS_MAX &&
        (length == gate->held || (length + 1 == gate->held && gate->in[gate->at + length] == '\r')))
        return false;
    size = chunk_size(str_take(held(gate), length));
    if (size < 0 || !str_starts(str_drop(held(gate), length), STR("\r\n"))) {
        refuse_chunk(gate, 400, "the size of a chunk is no number or has something after it");
        return true;
    }
    if (size > gate->limits->body_max - gate->body) {
        refuse_chunk(gate, 413, "the body is too large");
        return true;
    }
    use(gate, length + 2);
    if (size > 0)
        buf_format(&gate->out, "%llx\r\n", (long long)size);
    gate->left = size;
    gate->state = size > 0 ? GATE_CHUNK : GATE_LAST_CHUNK_END;
    return true;
}

static bool step_chunk_end(struct gate *gate)
{
    bool last = gate->state == GATE_LAST_CHUNK_END;

    if (gate->held == 0 || (gate->held == 1 && gate->in[gate->at] == '\r'))
        return false;
    if (!str_starts(held(gate), STR("\r\n"))) {
        refuse_chunk(gate, 400,
                     last ? "something follows the last chunk" : "a chunk does not end with CR LF");
        return true;
    }
    use(gate, 2);
    buf_add_c(&gate->out, last ? "0\r\n\r\n" : "\r\n");
    gate->state = GATE_CHUNK_SIZE;
    if (last)
        end_request(gate);
    return true;
}

/* One step on the bytes that are held. False when more of them are needed. */
static bool step(struct gate *gate, int64_t now_ms)
{
    switch (gate->state) {
    case GATE_HEAD:
        return step_head(gate, now_ms);
    case GATE_CHUNK_SIZE:
        return step_chunk_size(gate);
    case GATE_CHUNK_END:
    case GATE_LAST_CHUNK_END:
        return step_chunk_end(gate);
    case GATE_LENGTH:
    case GATE_CHUNK:
    case GATE_CLOSED:
        break;
    }
    BUG("no step in state %d", (int)gate->state);
}

static ssize_t read_more(struct gate *gate, const struct gate_reader *reader)
{
    ssize_t n;

    memmove(gate->in, gate->in + gate->at, gate->held);
    gate->at = 0;
    n = reader->read(reader->context, gate->in + gate->held, sizeof(gate->in) - gate->held);
    if (n > 0)
        gate->held += (size_t)n;
    return n;
}

/* Reads and forgets what a client that was refused still sends: closing a connection with unread
   bytes would take the answer from it. */
static ssize_t drop(struct gate *gate, const struct gate_reader *reader)
{
    size_t dropped = 0;
    ssize_t n;

    do {
        n = reader->read(reader->context, gate->in, sizeof(gate->in));
        dropped += n > 0 ? (size_t)n : 0;
    } while (n > 0 && dropped < DROPPED_MAX);
    if (n > 0)
        errno = EAGAIN;
    return n > 0 ? -1 : n;
}

static size_t give_out(struct gate *gate, char *to, size_t room)
{
    size_t n = gate->out.n - gate->out_at;

    if (n > room)
        n = room;
    memcpy(to, gate->out.p + gate->out_at, n);
    gate->out_at += n;
    if (gate->out_at == gate->out.n) {
        buf_clear(&gate->out);
        gate->out_at = 0;
    }
    return n;
}

static bool body_too_slow(const struct gate *gate, int64_t now_ms)
{
    int64_t passed = now_ms - gate->since_ms;

    return passed > gate->limits->body_ms &&
           gate->body < passed / 1000 * gate->limits->body_bytes_per_second;
}

/* Bytes of the body, from those held or straight from the reader. */
static ssize_t pass_body(struct gate *gate, const struct gate_reader *reader, char *to, size_t room)
{
    size_t n = (uint64_t)gate->left < room ? (size_t)gate->left : room;
    ssize_t got;

    if (gate->held > 0) {
        got = (ssize_t)(gate->held < n ? gate->held : n);
        memcpy(to, gate->in + gate->at, (size_t)got);
        use(gate, (size_t)got);
    } else {
        got = reader->read(reader->context, to, n);
        if (got <= 0)
            return got;
    }
    gate->left -= got;
    gate->body += got;
    if (gate->left > 0)
        return got;
    if (gate->state == GATE_CHUNK)
        gate->state = GATE_CHUNK_END;
    else
        end_request(gate);
    return got;
}

/* One thing that brings bytes: their number, 0 at the end, -1 with errno. A step that brings none
   but may be followed by others has *ret_again set. */
static ssize_t advance(struct gate *gate, const struct gate_reader *reader, int64_t now_ms,
                       char *to, size_t room, bool *ret_again)
{
    bool in_body = gate->state != GATE_HEAD && gate->state != GATE_CLOSED;

    *ret_again = false;
    if (gate->out.n > 0)
        return (ssize_t)give_out(gate, to, room);
    if (gate->state == GATE_CLOSED)
        return drop(gate, reader);
    if (in_body && body_too_slow(gate, now_ms)) {
        errno = ECONNRESET; /* no answer fits in the middle of a body */
        return -1;
    }
    if (gate->state == GATE_LENGTH || gate->state == GATE_CHUNK)
        return pass_body(gate, reader, to, room);
    *ret_again = true;
    return step(gate, now_ms) ? 1 : read_more(gate, reader);
}

ssize_t gate_receive(struct gate *gate, const struct gate_reader *reader, int64_t now_ms, char *to,
                     size_t room)
{
    size_t given = 0;

    while (given < room) {
        bool again;
        ssize_t n = advance(gate, reader, now_ms, to + given, room - given, &again);

        gate->ended |= n == 0;
        if (n <= 0)
            return given > 0 ? (ssize_t)given : n;
        if (!again)
            given += (size_t)n;
    }
    return (ssize_t)given;
}

bool gate_read_stamp(struct str stamp, const char *secret, int *ret_status, struct str *ret_why,
                     struct str *ret_head)
{
    struct str first;
    struct str found;
    struct str rest = str_split(stamp, '\t', &first);
    struct str number = str_split(first, ' ', &found);
    int64_t status;

    if (!rest.p || !str_eq_c(found, secret) || !str_to_int(number, 0, 599, &status))
        return false;
    *ret_status = (int)status;
    *ret_why = STR_NONE;
    if (status)
        rest = str_split(rest, '\t', ret_why);
    *ret_head = rest;
    return true;
}
