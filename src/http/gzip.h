/*
 * gzip.h - bytes compressed with gzip, and back.
 */
#ifndef ASSAY_HTTP_GZIP_H
#define ASSAY_HTTP_GZIP_H

#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"

#define GZIP_QUICK 1
#define GZIP_SMALL 9

#define GZIP_ANY_SIZE ((size_t)-1)

/* The bytes compressed into at most `most` bytes, or STR_NONE where they do not fit. The level is
   GZIP_QUICK, GZIP_SMALL or one between. */
struct str gzip_pack(struct arena *arena, struct str bytes, int level, size_t most);

/* False, with *ret untouched, for anything but one whole member that unpacks to at most `most`
   bytes. Never takes more memory than that. */
NODISCARD bool gzip_unpack(struct arena *arena, struct str packed, size_t most, struct str *ret);

#endif
