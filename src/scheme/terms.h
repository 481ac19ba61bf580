/*
 * terms.h - the practice areas and styles that a scheme has words for: what professionals say of
 * themselves, and what those who look for one narrow a search by.
 */
#ifndef ASSAY_SCHEME_TERMS_H
#define ASSAY_SCHEME_TERMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* A practice area or a style. Areas stand in a tree: a parent comes before its children. */
struct term {
    struct str id;
    struct str parent; /* STR_NONE: none */
    struct str title;
};

/* An edition of a list of terms, as the scheme has it. */
struct term_list {
    struct str edition; /* kept with what is chosen from it; STR_NONE: there is no list */
    const struct term *at;
    size_t count;
};

/* NULL where the list does not have it. */
const struct term *term_of(const struct term_list *terms, struct str id);

/* Whether a term is that one, or lies below it: what a search for it finds. */
bool term_within(const struct term_list *terms, struct str id, struct str ancestor);

#endif
