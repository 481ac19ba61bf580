/*
 * multipart.h - the parts of a multipart/form-data body (RFC 7578), as browsers write it.
 *
 * Read strictly and within bounds. Refused: anything before the first delimiter or after the last,
 * a delimiter that something follows on its line, a part without `Content-Disposition: form-data`
 * and a name, a header or parameter that stands twice, a transfer encoding, a name, file name or
 * text (a part without a file name) that is no UTF-8 or holds control characters.
 */
#ifndef ASSAY_HTTP_MULTIPART_H
#define ASSAY_HTTP_MULTIPART_H

#include <stddef.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"

struct multipart_part {
    struct str name;
    struct str filename;     /* as the client gave it: never a path to open. STR_NONE: a text */
    struct str content_type; /* as the client claims; STR_NONE if it does not */
    struct str content;      /* a slice of the body */
};

struct multipart {
    const struct multipart_part *at; /* in the order of the body; a name may repeat */
    size_t count;
};

struct multipart_limits {
    size_t parts;
    size_t text_bytes; /* of a part without a file name */
    size_t file_bytes; /* of one with a file name */
};

#define MULTIPART_HEAD_MAX 1024 /* bytes of a part's headers */

/* The boundary that a Content-Type names. HTTP_BAD_FORM if the type is another or the boundary is
   missing, repeated or none that RFC 2046 allows. */
RESULT multipart_boundary(struct str content_type, struct str *ret);

/* HTTP_BAD_FORM, or HTTP_FORM_TOO_LARGE beyond the limits. The list lives in the arena, its texts
   are slices of the body. */
RESULT multipart_read(struct arena *arena, struct str boundary, struct str body,
                      const struct multipart_limits *limits, struct multipart *ret);

/* The first part of that name, or NULL. */
const struct multipart_part *multipart_get(const struct multipart *multipart, struct str name);

#endif
