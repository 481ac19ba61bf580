/*
 * gate.h - what stands between a connection's bytes and libmicrohttpd.
 *
 * libmicrohttpd 0.9.75 reads requests leniently (docs/decisions/0011-the-gate.md). It never sees
 * a byte of a client's head: a gate reads each head itself, strictly, and hands over one of its
 * own making, which says where the body ends and carries the client's head as the value of one
 * header, the stamp. Bodies pass through, their chunks framed anew. A request that is refused is
 * handed over as a bare one whose stamp gives the status, so that the refusal is answered in its
 * turn, after the requests before it, and the connection closed.
 *
 * A gate does no I/O of its own and reads no clock: it is given both.
 */
#ifndef ASSAY_HTTP_GATE_H
#define ASSAY_HTTP_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "http/head.h"

#define GATE_STAMP "Assay-Request"
#define GATE_SECRET_SIZE 33 /* of the secret in a stamp, with its NUL */

struct gate_limits {
    const char *secret; /* goes into each stamp; clients do not know it. No white space */
    int64_t body_max;   /* bytes that are let through at all */
    unsigned requests_max;
    int64_t head_ms; /* from the first byte of a head to its last */
    int64_t body_ms; /* after so long a body must have come at least at the rate below */
    int64_t body_bytes_per_second;
};

/* Reads up to n bytes as recv does: -1 with errno EAGAIN when there are none now, 0 at the end. */
struct gate_reader {
    ssize_t (*read)(void *context, char *to, size_t n);
    void *context;
};

enum gate_state {
    GATE_HEAD,
    GATE_LENGTH, /* `left` bytes of body follow */
    GATE_CHUNK_SIZE,
    GATE_CHUNK, /* `left` bytes of a chunk follow */
    GATE_CHUNK_END,
    GATE_LAST_CHUNK_END,
    GATE_CLOSED, /* whatever follows is dropped */
};

struct gate {
    const struct gate_limits *limits;
    enum gate_state state;
    unsigned requests;
    bool ended;       /* the reader is at its end */
    bool last;        /* the connection closes after this request */
    bool began;       /* the first byte of the present head is there */
    bool passed_over; /* an empty line before the present head */
    int64_t since_ms; /* when the present head or body began */
    int64_t left;
    int64_t body;   /* bytes of the present body so far */
    size_t scanned; /* of the present head */
    size_t held;    /* bytes in `in` that are not used yet, from `at` on */
    size_t at;
    struct rejection refusal; /* of the first request, whatever it is; status 0: none */
    int64_t refused_ms;       /* for its head */
    struct buf out;           /* bytes that are to be handed over, from `out_at` on */
    size_t out_at;
    char in[HEAD_MAX];
};

void gate_init(struct gate *gate, const struct gate_limits *limits);
void gate_release(struct gate *gate);

/* Answers the connection with this refusal, without reading anything. Before any byte. */
void gate_refuse_all(struct gate *gate, struct rejection refusal);

/* The same once its first head is there, so that the refusal can be shown as the client asks, or
   has taken longer than so many milliseconds. A head with a fault is refused for that. */
void gate_refuse_first(struct gate *gate, struct rejection refusal, int64_t head_ms);

/*
 * Hands over up to `room` bytes, as recv does, reading as many as it needs. Fewer than `room`
 * means that the reader had no more: nothing that could be handed over is held back.
 */
ssize_t gate_receive(struct gate *gate, const struct gate_reader *reader, int64_t now_ms, char *to,
                     size_t room);

/*
 * Takes a stamp's value apart. False if the secret is not in it: the request did not come through
 * a gate. *ret_head is the head, its lines joined by tabs. A refused request has a *ret_status that
 * is not 0 and the reason in *ret_why; its head is STR_NONE unless it was good.
 */
bool gate_read_stamp(struct str stamp, const char *secret, int *ret_status, struct str *ret_why,
                     struct str *ret_head);

#endif
