#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

#define FIRST_ROOM ((size_t)256)

void buf_init(struct buf *buf, size_t max)
{
    *buf = (struct buf){ .max = max };
}

void buf_release(struct buf *buf)
{
    memory_free(buf->p);
    buf_init(buf, buf->max);
}

void buf_clear(struct buf *buf)
{
    buf->n = 0;
    buf->overflow = false;
}

/* Puts the content where there is that much room. */
static void move(struct buf *buf, size_t room)
{
    /* A byte to spare, for the NUL that vsnprintf writes after what it was asked for. */
    buf->p = memory_grow(buf->p, buf->room, room + 1, 1);
    buf->room = room;
}

void buf_reserve(struct buf *buf, size_t bytes)
{
    size_t room = buf->n + (bytes < buf->max - buf->n ? bytes : buf->max - buf->n);

    if (room > buf->room)
        move(buf, room);
}

/* Makes room for that many bytes more. False, for good, when they would go past the maximum. */
static bool make_room(struct buf *buf, size_t bytes)
{
    size_t room = buf->room ? buf->room : FIRST_ROOM;

    if (buf->overflow || bytes > buf->max - buf->n) {
        buf->overflow = true;
        return false;
    }
    if (bytes <= buf->room - buf->n)
        return true;
    while (room - buf->n < bytes)
        room = room > buf->max / 2 ? buf->max : room * 2;
    move(buf, room);
    return true;
}

void buf_byte(struct buf *buf, char c)
{
    if (make_room(buf, 1))
        buf->p[buf->n++] = c;
}

void buf_add(struct buf *buf, struct str s)
{
    if (s.n == 0 || !make_room(buf, s.n))
        return;
    memcpy(buf->p + buf->n, s.p, s.n);
    buf->n += s.n;
}

void buf_add_c(struct buf *buf, const char *text)
{
    buf_add(buf, str_from_c(text));
}

void buf_repeat(struct buf *buf, char c, size_t times)
{
    if (times == 0 || !make_room(buf, times))
        return;
    memset(buf->p + buf->n, c, times);
    buf->n += times;
}

void buf_int(struct buf *buf, int64_t number)
{
    char digits[20];
    size_t at = sizeof(digits);
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;

    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        digits[--at] = '-';
    buf_add(buf, (struct str){ digits + at, sizeof(digits) - at });
}

void buf_format(struct buf *buf, const char *fmt, ...)
{
    va_list args;
    int length;

    va_start(args, fmt);
    length = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    BUG_IF(length < 0);
    if (length == 0)
        return;
    if (!make_room(buf, (size_t)length))
        return;
    va_start(args, fmt);
    vsnprintf(buf->p + buf->n, (size_t)length + 1, fmt, args);
    va_end(args);
    buf->n += (size_t)length;
}

struct str buf_str(const struct buf *buf)
{
    return (struct str){ buf->p ? buf->p : "", buf->n };
}

struct str buf_take(struct buf *buf, struct arena *arena)
{
    size_t n = buf->n;
    char *p = arena_try_alloc(arena, n);

    if (p && n > 0)
        memcpy(p, buf->p, n);
    buf_release(buf);
    if (!p)
        arena_exit_full(arena);
    return (struct str){ p, n };
}
