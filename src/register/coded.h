/*
 * coded.h - countries and languages: their codes, which are recorded, and what people call them.
 *
 * The codes are those of ISO 3166-1 (NL) and of BCP 47 (nl). A record may hold codes that the lists
 * do not have.
 */
#ifndef ASSAY_REGISTER_CODED_H
#define ASSAY_REGISTER_CODED_H

#include "base/str.h"

struct coded {
    struct str code;
    struct str title;
};

struct coded_list {
    const struct coded *at; /* in the order of the titles */
    size_t count;
};

extern const struct coded_list coded_countries, coded_languages;

/* The code itself where the list does not have it. */
struct str coded_title(const struct coded_list *list, struct str code);

#endif
