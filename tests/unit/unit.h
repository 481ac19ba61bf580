/*
 * unit.h - what every unit test includes first: cmocka, with the headers that it needs before it,
 * and a few checks for our own types.
 */
#ifndef ASSAY_TESTS_UNIT_H
#define ASSAY_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"

/* A str and a C string hold the same bytes; a failure shows both. */
static inline void check_str_at(struct str got, const char *expected, const char *file, int line)
{
    char text[4096];
    size_t n = got.n < sizeof(text) - 1 ? got.n : sizeof(text) - 1;

    for (size_t i = 0; i < n; i++)
        text[i] = got.p[i];
    text[n] = '\0';
    _assert_string_equal(text, expected, file, line);
    _assert_int_equal(got.n, str_from_c(expected).n, file, line);
}

#define check_str(got, expected) check_str_at((got), (expected), __FILE__, __LINE__)

/* Whether `statement` leaves through the exit of a full arena. */
#define leaves_full(arena, statement)                                                              \
    __extension__({                                                                                \
        jmp_buf leaves_full_exit;                                                                  \
        volatile bool leaves_full_left = true;                                                     \
        arena_on_full((arena), &leaves_full_exit);                                                 \
        if (!setjmp(leaves_full_exit)) {                                                           \
            (void)(statement);                                                                     \
            leaves_full_left = false;                                                              \
        }                                                                                          \
        arena_on_full((arena), NULL);                                                              \
        leaves_full_left;                                                                          \
    })

#endif
