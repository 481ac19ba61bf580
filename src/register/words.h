/*
 * words.h - the other spellings under which a logbook's columns and values are understood.
 *
 * One table holds them all (words.c); docs/logbook.md shows it, and a test compares the two. The
 * words of a vocabulary come first: a row of the table that names a kind, a field or a value does
 * something only where the vocabulary at hand has it.
 *
 * Words are compared folded: without regard to case, accents, spaces, hyphens, underscores,
 * apostrophes, full stops and colons. Nothing else is overlooked, and nothing is matched in part.
 */
#ifndef ASSAY_REGISTER_WORDS_H
#define ASSAY_REGISTER_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/str.h"

enum word_of {
    WORD_COLUMN,   /* a column that every logbook may have */
    WORD_FIELD,    /* a column for a field of the vocabulary */
    WORD_KIND,     /* a value of the column `kind` */
    WORD_STANDING, /* a value of the column `standing` */
    WORD_YES_NO,   /* a value of a field that has the values yes and no */
    WORD_VALUE,    /* a value of the field `field` */
    WORD_UNIT,     /* a unit of time */
};

struct word_row {
    enum word_of of;
    const char *field; /* WORD_VALUE; NULL otherwise */
    const char *means; /* as the vocabulary, or the column, is called */
    const char *words; /* what else is understood, with ", " between */
};

extern const struct word_row word_rows[];
extern const size_t word_row_count;

/* A word folded. */
#define FOLDED_MAX 64
struct folded {
    char at[FOLDED_MAX];
    size_t n;
};

/* False, with *ret untouched, when it is longer than any word that is understood. An empty word
   folds to an empty one. */
NODISCARD bool word_fold(struct str s, struct folded *ret);

/* Whether both fold to the same, which is not empty. */
bool word_alike(struct str a, struct str b);

/* What a word of the table means, or STR_NONE. `field` is for WORD_VALUE. A row's own `means`
   counts as one of its words. */
struct str word_meaning(enum word_of of, struct str field, struct str word);

/* The next of the words of a row, which `rest` goes through: it starts as the row's words and is
   STR_NONE after the last. */
struct str word_next(struct str *rest);

#endif
