/*
 * cbor.h - reads CBOR that comes from outside (RFC 8949), strictly and within bounds.
 *
 * Accepted is what authenticators write: integers, byte and text strings, arrays, maps, false,
 * true and null, all of a stated length. Refused besides what is no CBOR at all: numbers that are
 * not written in the fewest bytes, a key that a map has twice, texts that are not UTF-8, tags,
 * floating point, anything nested deeper than CBOR_DEPTH_MAX or of more than CBOR_ITEMS_MAX items.
 * The order of a map's keys is free.
 *
 * Nothing is allocated and nothing is copied. A declared length is believed only as far as there
 * are bytes: what is read are slices of the input, and live as long as it does.
 */
#ifndef ASSAY_ACCOUNT_CBOR_H
#define ASSAY_ACCOUNT_CBOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "base/str.h"

#define CBOR_DEPTH_MAX 8   /* arrays and maps within each other: [[]] is 2 */
#define CBOR_ITEMS_MAX 256 /* of all kinds, keys too, in what one cbor_read reads */

enum cbor_kind {
    CBOR_UNSIGNED,
    CBOR_NEGATIVE,
    CBOR_BYTES,
    CBOR_TEXT,
    CBOR_ARRAY,
    CBOR_MAP,
    CBOR_FALSE,
    CBOR_TRUE,
    CBOR_NULL,
};

struct cbor_item {
    enum cbor_kind kind;
    uint64_t number; /* of CBOR_UNSIGNED; of CBOR_NEGATIVE that of -1 - number; of arrays how many
                        items, of maps how many pairs there are; else 0 */
    struct str content; /* of strings the bytes; of arrays and maps their items one after the other,
                           to be read by cbor_next; else empty */
    struct str encoded; /* the item as it was written */
};

extern const struct error CBOR_SHORT;    /* it ends in the middle of an item */
extern const struct error CBOR_FORM;     /* indefinite length, needless bytes, a reserved form */
extern const struct error CBOR_STRANGE;  /* a tag, a floating-point or another simple value */
extern const struct error CBOR_NOT_UTF8; /* a text that is none */
extern const struct error CBOR_KEY_TWICE;
extern const struct error CBOR_LIMIT;    /* too deep, or too many items */
extern const struct error CBOR_TRAILING; /* something stands behind the item */

/* Reads the one item that the bytes are, with everything in it. */
RESULT cbor_read(struct str bytes, struct cbor_item *ret);

/* Reads the item that the bytes begin with, with everything in it. *ret_rest is what follows, which
   may be empty and has not been looked at. */
RESULT cbor_read_first(struct str bytes, struct cbor_item *ret, struct str *ret_rest);

/*
 * Takes the next item out of the content of an array, or of a map, where keys and values alternate.
 * False, with *ret untouched, at its end. `content` must be, or be left from, that of an item that
 * was read: it has been checked whole.
 */
NODISCARD bool cbor_next(struct str *content, struct cbor_item *ret);

/* The value that a map has for a key. False, with *ret untouched, if it has none, or is no map. */
NODISCARD bool cbor_get(const struct cbor_item *map, struct str key, struct cbor_item *ret);
NODISCARD bool cbor_get_int(const struct cbor_item *map, int64_t key, struct cbor_item *ret);

/* Whether an item is that integer. */
bool cbor_is_int(const struct cbor_item *item, int64_t number);

#endif
