/*
 * buf.h - a growing run of bytes with a stated maximum.
 *
 * What would go past the maximum is not stored, nor is anything after it, and `overflow` is set:
 * a writer appends freely and looks once at the end. After a release or a clear the buffer is empty
 * and usable again.
 */
#ifndef ASSAY_BASE_BUF_H
#define ASSAY_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"

struct buf {
    char *p;
    size_t n;
    size_t room;
    size_t max;
    bool overflow;
};

void buf_init(struct buf *buf, size_t max);
void buf_reserve(struct buf *buf, size_t bytes); /* makes room at once for what is expected */
void buf_release(struct buf *buf);
void buf_clear(struct buf *buf);

void buf_byte(struct buf *buf, char c);
void buf_add(struct buf *buf, struct str s);
void buf_add_c(struct buf *buf, const char *text);
void buf_repeat(struct buf *buf, char c, size_t times);
void buf_int(struct buf *buf, int64_t number);
PRINTF_LIKE(2, 3) void buf_format(struct buf *buf, const char *fmt, ...);

struct str buf_str(const struct buf *buf); /* valid until the buffer changes */

/* Moves the content into an arena and releases the buffer, also where the arena is full. */
struct str buf_take(struct buf *buf, struct arena *arena);

#endif
