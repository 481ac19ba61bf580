/*
 * encode.h - bytes as letters and digits (RFC 4648).
 *
 * There is one text for any bytes and the readers take only that one: no white space, no missing
 * or needless padding, no other case, no stray bits at the end.
 */
#ifndef ASSAY_HASH_ENCODE_H
#define ASSAY_HASH_ENCODE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum encoding {
    BASE32,    /* upper case, not padded: what people type and authenticators read */
    BASE64,    /* padded */
    BASE64URL, /* not padded */
};

void encode(enum encoding encoding, struct str bytes, struct buf *out);

/* False, with *ret untouched, when the text is not what encode writes. */
NODISCARD bool decode(enum encoding encoding, struct str text, struct arena *arena,
                      struct str *ret);

#endif
