/*
 * str.h - a string is a pointer and a length, passed by value.
 *
 * A str never owns its bytes: they live in an arena, in a source text, or in the program itself,
 * and outlive the str. The bytes are UTF-8 unless a function says otherwise and need not end
 * with NUL. An absent string is STR_NONE (p == NULL); an empty one has p != NULL and n == 0.
 */
#ifndef ASSAY_BASE_STR_H
#define ASSAY_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

struct arena;

struct str {
    const char *p;
    size_t n;
};

struct str_list {
    const struct str *at;
    size_t count;
};

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_NONE ((struct str){ NULL, 0 })

/* For printf: "%.*s", STR_ARG(s). Cuts what is longer than INT_MAX. */
#define STR_ARG(s) str_int_length(s), ((s).p ? (s).p : "")
int str_int_length(struct str s);

struct str str_from_c(const char *text); /* NULL gives STR_NONE */
bool str_eq(struct str a, struct str b); /* an absent string equals an empty one */
bool str_eq_c(struct str a, const char *text);
int str_cmp(struct str a, struct str b); /* by bytes, a prefix first: <0, 0, >0 */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
struct str str_drop(struct str s, size_t n);         /* without its first n bytes */
struct str str_take(struct str s, size_t n);         /* its first n bytes, or all of it */
struct str str_trim(struct str s);                   /* without ASCII white space at both ends */
bool str_find(struct str s, char c, size_t *ret_at); /* the first c */

/* Splits at the first c: *ret_head is what stands before it and the result what follows. Without
   a c the head is all of s and the result STR_NONE. */
struct str str_split(struct str s, char c, struct str *ret_head);

struct str str_copy(struct arena *arena, struct str s);
const char *str_to_c(struct arena *arena, struct str s); /* NUL-terminated copy */
PRINTF_LIKE(2, 3) struct str str_format(struct arena *arena, const char *fmt, ...);
PRINTF_LIKE(2, 0) struct str str_format_args(struct arena *arena, const char *fmt, va_list args);

/*
 * Reads a whole decimal integer: an optional '-' and digits, nothing before, between or after.
 * False, with *ret untouched, when s is anything else or lies outside [min, max].
 */
NODISCARD bool str_to_int(struct str s, int64_t min, int64_t max, int64_t *ret);

/* FNV-1a, for hash tables in memory whose keys are trusted or bounded in number. */
uint64_t str_hash(struct str s);

bool str_list_has(struct str_list list, struct str s);

/* The length in bytes of the code point that s begins with, and the code point itself; 0, with
 *ret untouched, where s is empty or does not begin with valid UTF-8. ret may be NULL. */
size_t str_code_point(struct str s, uint32_t *ret);

/* Whether s is valid UTF-8 (no surrogates, no overlong forms, nothing above U+10FFFF). On false,
 *ret_bad is the offset at which the first faulty sequence begins. ret_bad may be NULL. */
bool str_is_utf8(struct str s, size_t *ret_bad);

/* The number of code points in s, invalid bytes counting one each. */
size_t str_code_points(struct str s);

/*
 * The candidate most like the word a person may have meant: the least edit distance (insertion,
 * deletion, substitution and swap of neighbours cost one each), at most one third of the word's
 * length rounded up. STR_NONE if none is near. The first wins on ties.
 */
struct str str_nearest(struct str word, struct str_list candidates);

#endif
