/*
 * difference.h - what is other in one scheme than in another: its files, and the editions of its
 * standards and vocabularies, wherever in the files they stand.
 */
#ifndef ASSAY_SCHEME_DIFFERENCE_H
#define ASSAY_SCHEME_DIFFERENCE_H

#include "base/arena.h"
#include "criteria/diff.h"
#include "scheme/scheme.h"

struct file_difference {
    struct str path;
    enum presence presence; /* in both: with other bytes */
    struct str old;         /* STR_NONE: added */
    struct str new;         /* STR_NONE: removed */
};

/* An edition of a document or of a vocabulary. */
struct edition_difference {
    bool vocabulary;
    struct str name;
    struct edition_number number;
    enum presence presence;    /* in both: with another text */
    const struct edition *old; /* NULL: added, or a vocabulary */
    const struct edition *new; /* NULL: removed, or a vocabulary */
};

struct scheme_difference {
    struct file_difference *files; /* by path */
    size_t file_count, file_room;
    struct edition_difference *editions; /* documents before vocabularies, each by name, edition */
    size_t edition_count, edition_room;
};

/* A scheme with its files, both in canonical form; all zeros: there is none. */
struct scheme_side {
    const struct scheme *scheme;
    struct scheme_files files; /* sorted */
};

/* The result points into both. */
void scheme_differ(struct arena *arena, const struct scheme_side *old,
                   const struct scheme_side *new, struct scheme_difference *ret);

#endif
