/*
 * profile_part.h - the table of the kinds of items, for the files of profile.h alone.
 */
#ifndef ASSAY_REGISTER_PROFILE_PART_H
#define ASSAY_REGISTER_PROFILE_PART_H

#include "register/profile.h"

bool profile_is_single(enum profile_kind kind); /* there is one at most */
bool profile_is_named(enum profile_kind kind);  /* an item has a name */

/* Whether an item may be recorded on that day. */
RESULT profile_check(const struct profile_terms *terms, const struct profile_item *item, day today);

/* The value as it is stored: of an area or style with the edition of the terms, of a declaration
   the number of the edition alone. */
RESULT profile_finish_value(struct arena *arena, const struct profile_terms *terms,
                            const struct profile_item *item, struct str *ret);

/* The value of a fact as an object; NULL where it has none. */
const struct value *profile_value(struct arena *arena, const struct person_fact *fact);

#endif
