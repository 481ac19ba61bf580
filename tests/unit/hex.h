/*
 * hex.h - bytes of a test as people write them.
 */
#ifndef ASSAY_TESTS_HEX_H
#define ASSAY_TESTS_HEX_H

#include "unit.h"

static inline unsigned hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c < 'a' || c > 'f')
        fail_msg("'%c' is no hexadecimal digit", c);
    return (unsigned)(c - 'a' + 10);
}

/* The bytes of hexadecimal digits in small letters; spaces between them do not matter. */
static inline struct str from_hex(struct arena *arena, const char *digits)
{
    char *bytes = arena_alloc(arena, str_from_c(digits).n);
    size_t n = 0;

    for (const char *at = digits; *at; at += 2) {
        while (*at == ' ')
            at++;
        bytes[n++] = (char)(hex_digit(at[0]) << 4 | hex_digit(at[1]));
    }
    return (struct str){ bytes, n };
}

#endif
