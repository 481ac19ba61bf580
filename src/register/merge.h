/*
 * merge.h - two people of the register who are one.
 *
 * A merge moves nothing: it says that the record of one person is read together with that of
 * another, who keeps the number that is shown. So both histories stay whole, what was known at an
 * earlier position is known still, and undoing a merge is one row.
 */
#ifndef ASSAY_REGISTER_MERGE_H
#define ASSAY_REGISTER_MERGE_H

#include "register/fact.h"
#include "register/people.h"

extern const struct error MERGE_SAME, /* 409: one person, or merged with each other already */
    MERGE_ERASED,                     /* 409: the record of one of them was erased */
    MERGE_CHAIN,                      /* 409: the other one has merges of their own: undo them */
    MERGE_UNKNOWN,                    /* 404: there is no such merge, or it was undone */
    MERGE_WHY;                        /* 422: no reason, or one of more than 1,000 bytes */

struct merge_id {
    int64_t n;
};

struct merge {
    struct merge_id id;
    struct person_id kept;
    struct person_id other;
    struct str why;
    int64_t recorded; /* position */
    int64_t undone;   /* position; 0: it was not */
};

struct merge_list {
    const struct merge *at;
    size_t count;
};

/* From now on `other` is read as part of `kept`. Neither is merged into somebody else. */
RESULT person_merge(struct store *store, struct arena *arena, const struct act *act,
                    struct person_id kept, struct person_id other, struct str why,
                    struct merge_id *ret);
RESULT person_unmerge(struct store *store, struct arena *arena, const struct act *act,
                      struct merge_id id, struct str why);

/* All merges that a person was ever part of, the earliest first. */
RESULT merges_of(struct store *store, struct arena *arena, struct person_id person,
                 struct merge_list *ret);

#define PERSON_GROUP_MAX 20 /* people that one person was merged from */

/* One person as known at a position: the one who was kept, and those merged into them. */
struct person_group {
    struct person_id at[PERSON_GROUP_MAX];
    size_t count; /* the first is the one who was kept */
};

/* Of whichever of them. Nobody is looked for in the register: unknown people are their own group.
 */
RESULT person_group(struct store *store, struct person_id person, int64_t position,
                    struct person_group *ret);

bool person_group_has(const struct person_group *group, struct person_id person);

#endif
