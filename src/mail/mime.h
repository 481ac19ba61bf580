/*
 * mime.h - a letter as it goes over the wire or into a file: headers, and the text twice, plain
 * and as HTML (RFC 5322, RFC 2045, RFC 2046). ASCII alone, save where an address is not; lines end
 * with CR and LF.
 */
#ifndef ASSAY_MAIL_MIME_H
#define ASSAY_MAIL_MIME_H

#include <stdint.h>

#include "base/buf.h"

#define MIME_MAX ((size_t)4 << 20) /* bytes */

/* All texts are UTF-8; lines end with '\n'. */
struct mime_message {
    struct str from_name; /* may be absent */
    struct str from;
    struct str reply_to; /* STR_NONE: none */
    struct str to;
    struct str id; /* what stands in the angle brackets of Message-ID */
    int64_t date;  /* microseconds UTC */
    struct str subject;
    struct str text;
    struct str html;
};

void mime_write(const struct mime_message *message, struct buf *out);

/* A body as it is where that is ASCII in lines of at most 200 bytes; otherwise as quoted-printable,
   or as base64 where that is shorter. Says which. */
const char *mime_encode(struct str body, struct buf *out);

#endif
