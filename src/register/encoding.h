/*
 * encoding.h - the text of a file as a spreadsheet saved it.
 *
 * Accepted are UTF-8 with or without a byte order mark, UTF-16 of either order with one, and
 * Windows-1252, which is what bytes that are not valid UTF-8 are taken for. A zero byte, a byte
 * that Windows-1252 does not define, and UTF-16 or marked UTF-8 that is broken are faults: no
 * character is replaced by another.
 */
#ifndef ASSAY_REGISTER_ENCODING_H
#define ASSAY_REGISTER_ENCODING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "register/fault.h"

/* The text in UTF-8, without a mark: the bytes themselves where they are that already, else a
   copy in the arena. False, with one fault added, when it is none of the above. */
NODISCARD bool encoding_decode(struct arena *arena, struct str bytes, struct faults *faults,
                               struct str *ret);

/* The bytes without a byte order mark of UTF-8, if they begin with one. */
struct str encoding_unmarked(struct str bytes);

#endif
