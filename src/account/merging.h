/*
 * merging.h - the office finds that two people of the register are one, or that they are two, and
 * what it looks at before it says so (register/people_alike.h, register/merge.h).
 *
 * Each act asks the table for PERMISSION_PEOPLE_MERGE, as the writer sees it, and stands in the
 * histories of both. Nobody decides so about themselves.
 */
#ifndef ASSAY_ACCOUNT_MERGING_H
#define ASSAY_ACCOUNT_MERGING_H

#include "account/permissions.h"
#include "register/people_alike.h"

extern const struct error MERGE_ONESELF; /* 403 */

RESULT office_merge(struct store *store, struct arena *arena, const struct act *act,
                    struct person_id kept, struct person_id other, struct str why,
                    struct merge_id *ret);
RESULT office_unmerge(struct store *store, struct arena *arena, const struct act *act,
                      struct merge_id merge, struct str why);
RESULT office_apart(struct store *store, struct arena *arena, const struct act *act,
                    struct person_id one, struct person_id other, struct str why);

/* MERGE_UNKNOWN; one that was undone, too. */
RESULT merge_load(struct store *store, struct arena *arena, struct merge_id id, struct merge *ret);

/* Whom a person is read as part of: themselves, if they were not merged. */
RESULT person_kept(struct store *store, struct person_id person, struct person_id *ret);

/* ---- as data; docs/same-person.md lists the members ---- */

/* { one, other, reasons }: two who are likely one. The reasons are { same_name, same_initial,
   same_birth, same_entry }. */
struct value *alike_pair_value(struct arena *arena, const struct alike_pair *pair);

/* Those who are likely the same as a person: { id, name, reasons } each. */
RESULT alike_people_value(struct store *store, struct arena *arena, struct person_id person,
                          struct value **ret);

/*
 * Two people beside each other, and what a merge would bring together that does not agree: `one`,
 * `other`, `reasons`, `merged`, `apart` and `conflicts`. The number of statements does not depend
 * on how much is recorded of either.
 */
RESULT merge_preview_value(struct store *store, struct arena *arena, struct person_id one,
                           struct person_id other, struct value **ret);

/* All merges that a person was ever part of, the earliest first: { id, kept, other, why, merged,
   by, undone, undone_by }. */
RESULT merges_value(struct store *store, struct arena *arena, struct person_id person,
                    struct value **ret);
RESULT merge_value(struct store *store, struct arena *arena, const struct merge *merge,
                   struct value **ret);

#endif
