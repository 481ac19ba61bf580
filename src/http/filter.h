/*
 * filter.h - what a template can make of a value before it is escaped: {{issued|date}}.
 *
 * The set is fixed, and the recipe for a new one stands at the table in filter.c. A filter turns
 * data into text for people or addresses; it never decides anything and never writes HTML.
 */
#ifndef ASSAY_HTTP_FILTER_H
#define ASSAY_HTTP_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/value.h"
#include "http/language.h"

#define FILTER_WORDS_MAX 6

struct filter;

/* A filter with the words that the template gives it: plural:mediation,mediations. */
struct filter_use {
    const struct filter *filter;
    struct str words[FILTER_WORDS_MAX];
    size_t count;
};

/* NULL if there is none of that name. */
const struct filter *filter_find(struct str name);
struct str_list filter_names(struct arena *arena);

/* Whether its result may stand in an attribute that holds an address. */
bool filter_is_for_addresses(const struct filter *filter);

/* Whether it takes that many words; *ret_takes is what it takes, as a hint for people. */
bool filter_accepts(const struct filter *filter, size_t words, const char **ret_takes);

/* Writes the text, not escaped. False, with nothing written, if the value is none of its kind. */
bool filter_write(const struct filter_use *use, const struct value *value,
                  const struct language *language, struct buf *out);

#endif
