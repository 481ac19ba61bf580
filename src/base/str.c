#include "base/str.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

int str_int_length(struct str s)
{
    return s.n > INT_MAX ? INT_MAX : (int)s.n;
}

struct str str_from_c(const char *text)
{
    return text ? (struct str){ text, strlen(text) } : STR_NONE;
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_eq_c(struct str a, const char *text)
{
    return str_eq(a, str_from_c(text));
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;

    if (order != 0)
        return order;
    return (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq(str_take(s, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq(str_drop(s, s.n - suffix.n), suffix);
}

struct str str_drop(struct str s, size_t n)
{
    if (!s.p)
        return STR_NONE;
    if (n > s.n)
        n = s.n;
    return (struct str){ s.p + n, s.n - n };
}

struct str str_take(struct str s, size_t n)
{
    return (struct str){ s.p, n < s.n ? n : s.n };
}

static bool is_white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.n > 0 && is_white(s.p[0]))
        s = str_drop(s, 1);
    while (s.n > 0 && is_white(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_find(struct str s, char c, size_t *ret_at)
{
    const char *found = s.n ? memchr(s.p, c, s.n) : NULL;

    if (!found)
        return false;
    *ret_at = (size_t)(found - s.p);
    return true;
}

struct str str_split(struct str s, char c, struct str *ret_head)
{
    size_t at;

    if (!str_find(s, c, &at)) {
        *ret_head = s;
        return STR_NONE;
    }
    *ret_head = str_take(s, at);
    return str_drop(s, at + 1);
}

struct str str_copy(struct arena *arena, struct str s)
{
    char *p;

    if (!s.p)
        return STR_NONE;
    p = arena_alloc(arena, s.n);
    memcpy(p, s.p, s.n);
    return (struct str){ p, s.n };
}

const char *str_to_c(struct arena *arena, struct str s)
{
    char *p = arena_alloc(arena, s.n + 1);

    if (s.n > 0)
        memcpy(p, s.p, s.n);
    return p;
}

struct str str_format_args(struct arena *arena, const char *fmt, va_list args)
{
    va_list again;
    int length;
    char *p;

    va_copy(again, args);
    length = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    BUG_IF(length < 0);
    p = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(p, (size_t)length + 1, fmt, args);
    return (struct str){ p, (size_t)length };
}

struct str str_format(struct arena *arena, const char *fmt, ...)
{
    struct str text;
    va_list args;

    va_start(args, fmt);
    text = str_format_args(arena, fmt, args);
    va_end(args);
    return text;
}

bool str_to_int(struct str s, int64_t min, int64_t max, int64_t *ret)
{
    bool negative = str_starts(s, STR("-"));
    int64_t number = 0;

    if (negative)
        s = str_drop(s, 1);
    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        int digit = s.p[i] - '0';

        if (digit < 0 || digit > 9)
            return false;
        /* Counted downwards for negative numbers, because INT64_MIN has no positive twin. */
        if (__builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, negative ? -digit : digit, &number))
            return false;
    }
    if (number < min || number > max)
        return false;
    *ret = number;
    return true;
}

uint64_t str_hash(struct str s)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < s.n; i++)
        hash = (hash ^ (unsigned char)s.p[i]) * 1099511628211u;
    return hash;
}

bool str_list_has(struct str_list list, struct str s)
{
    for (size_t i = 0; i < list.count; i++)
        if (str_eq(list.at[i], s))
            return true;
    return false;
}

/* How many bytes a sequence has that begins with this byte, and the bits that it contributes. */
static size_t sequence_length(unsigned char first, uint32_t *ret_bits)
{
    size_t length = 0;

    if (first < 0x80)
        length = 1;
    else if (first >= 0xc0 && first < 0xe0)
        length = 2;
    else if (first >= 0xe0 && first < 0xf0)
        length = 3;
    else if (first >= 0xf0 && first < 0xf8)
        length = 4;
    *ret_bits = length == 1 ? first : first & (0x7fu >> length);
    return length;
}

size_t str_code_point(struct str s, uint32_t *ret)
{
    static const uint32_t shortest[] = { 0, 0, 0x80, 0x800, 0x10000 };
    uint32_t point;
    size_t length;

    if (s.n == 0)
        return 0;
    length = sequence_length((unsigned char)s.p[0], &point);
    if (length == 0 || length > s.n)
        return 0;
    for (size_t i = 1; i < length; i++) {
        unsigned char next = (unsigned char)s.p[i];

        if ((next & 0xc0) != 0x80)
            return 0;
        point = point << 6 | (next & 0x3f);
    }
    if (point < shortest[length] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        return 0;
    if (ret)
        *ret = point;
    return length;
}

bool str_is_utf8(struct str s, size_t *ret_bad)
{
    size_t at = 0;

    while (at < s.n) {
        /* Most bytes of most texts are characters by themselves. */
        size_t length = (unsigned char)s.p[at] < 0x80 ? 1 : str_code_point(str_drop(s, at), NULL);

        if (length == 0) {
            if (ret_bad)
                *ret_bad = at;
            return false;
        }
        at += length;
    }
    return true;
}

size_t str_code_points(struct str s)
{
    size_t count = 0;

    while (s.n > 0) {
        size_t length = str_code_point(s, NULL);

        s = str_drop(s, length ? length : 1);
        count++;
    }
    return count;
}

/* Longer words are not compared: nobody mistypes one into another that is near. */
#define NEAREST_MAX 64

struct points {
    uint32_t at[NEAREST_MAX];
    size_t n;
};

static bool points_of(struct str s, struct points *ret)
{
    size_t n = 0;

    while (s.n > 0) {
        uint32_t point = (unsigned char)s.p[0];
        size_t length = str_code_point(s, &point);

        if (n == NEAREST_MAX)
            return false;
        ret->at[n++] = point;
        s = str_drop(s, length ? length : 1);
    }
    ret->n = n;
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t edit_distance(const struct points *a, const struct points *b)
{
    size_t rows[3][NEAREST_MAX + 1];
    size_t *before = rows[0]; /* the row before the last, needed for swaps */
    size_t *last = rows[1];
    size_t *row = rows[2];

    for (size_t j = 0; j <= b->n; j++)
        last[j] = before[j] = j;
    for (size_t i = 1; i <= a->n; i++) {
        size_t *reused = before;

        row[0] = i;
        for (size_t j = 1; j <= b->n; j++) {
            bool same = a->at[i - 1] == b->at[j - 1];

            row[j] = least(least(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] && a->at[i - 2] == b->at[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        before = last;
        last = row;
        row = reused;
    }
    return last[b->n];
}

struct str str_nearest(struct str word, struct str_list candidates)
{
    struct str nearest = STR_NONE;
    struct points meant;
    struct points candidate;
    size_t best;

    if (!points_of(word, &meant))
        return STR_NONE;
    best = (meant.n + 2) / 3 + 1;
    for (size_t i = 0; i < candidates.count; i++) {
        size_t distance;

        if (!points_of(candidates.at[i], &candidate))
            continue;
        distance = edit_distance(&meant, &candidate);
        if (distance < best) {
            best = distance;
            nearest = candidates.at[i];
        }
    }
    return nearest;
}
