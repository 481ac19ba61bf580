/*
 * read.h - JSON from outside, read strictly and within bounds.
 *
 * Refused, beyond what RFC 8259 refuses: more bytes or more depth than the caller allows, a key
 * that an object has twice, U+0000 in a text, an integer outside int64, a real number too large
 * for a double. Any kind of value may stand at the top; nothing but white space may follow it.
 */
#ifndef ASSAY_JSON_READ_H
#define ASSAY_JSON_READ_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"

/* A small text can hold very many values, each of which takes far more memory than its bytes. */
struct json_limits {
    size_t bytes;
    size_t depth;  /* arrays and objects within each other: [[]] is 2. At most JSON_DEPTH_MAX */
    size_t values; /* of all kinds; 0: as many as the bytes hold */
    size_t nested; /* arrays and objects among them; 0: as many as the bytes hold */
};

#define JSON_DEPTH_MAX 1000

struct json_fault {
    uint32_t line;       /* from 1; 0: the text as a whole */
    uint32_t column;     /* from 1, in code points */
    const char *message; /* one sentence, with no full stop */
};

/*
 * Reads a whole text into the arena; the values own their bytes. ERROR_LIMIT when there is too
 * much of it, ERROR_INPUT when it is not JSON that is accepted. Either way *ret_fault says what
 * is wrong and where, and *ret is untouched; without a fault *ret_fault is untouched.
 */
RESULT json_read(struct arena *arena, struct str text, const struct json_limits *limits,
                 struct json_fault *ret_fault, struct value **ret);

#endif
