/*
 * head.h - the head of a request, read by the letter of RFC 9112.
 *
 * Where the standard lets a server be lenient about something that two programs on a request's way
 * could read differently, this reader refuses. Beyond the grammar it refuses: a line that ends
 * without CR, a folded line, white space before a colon, control characters in a value, no Host or
 * two, a Content-Length that stands twice or is not just digits, a Content-Length beside a
 * Transfer-Encoding, a transfer coding other than chunked, a body with GET or HEAD, and a target
 * that is not a path.
 */
#ifndef ASSAY_HTTP_HEAD_H
#define ASSAY_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define HEAD_MAX 8192 /* bytes, from the method to the empty line */
#define HEAD_TARGET_MAX 4096
#define HEAD_LINES_MAX 64 /* headers */

/* Why a request is refused. */
struct rejection {
    int status;      /* 0: it is not */
    const char *why; /* for the log and for the client: no part of the request */
};

/* What a head says about its own message. */
struct framing {
    bool old;     /* HTTP/1.0 */
    bool close;   /* nothing follows this request on its connection */
    bool chunked; /* else `length` bytes of body follow */
    bool expects; /* Expect: 100-continue */
    int64_t length;
};

enum head_end { HEAD_ENDS, HEAD_GOES_ON, HEAD_BROKEN };

/*
 * Looks for the empty line that ends a head. *scanned is how far earlier calls on the same bytes
 * have looked, 0 at first. HEAD_BROKEN where a line ends with LF or CR alone.
 */
enum head_end head_find_end(struct str bytes, size_t *scanned, size_t *ret_length);

/* Checks a whole head, its empty line included. On status 0 *ret says what follows it. */
struct rejection head_check(struct str head, struct framing *ret);

#endif
