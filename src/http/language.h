/*
 * language.h - how templates speak a language other than that in which they are written.
 */
#ifndef ASSAY_HTTP_LANGUAGE_H
#define ASSAY_HTTP_LANGUAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Both functions may be NULL, and both may be called from several threads at once. */
struct language {
    const void *context;
    /* What stands for a text in this language, or STR_NONE if nothing does. The bytes outlive
       the templates. */
    struct str (*text)(const void *context, struct str text);
    /* Which form of a word goes with a number, from 0. */
    size_t (*form)(const void *context, int64_t number);
};

/* The text in that language, or the text itself. language may be NULL: English. */
struct str language_text(const struct language *language, struct str text);

/* In English 0 for the number one and 1 for all others. */
size_t language_form(const struct language *language, int64_t number);

#endif
