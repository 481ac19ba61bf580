/*
 * profile_part.h - the table of the kinds of items, for the files of profile.h alone.
 */
#ifndef ASSAY_REGISTER_PROFILE_PART_H
#define ASSAY_REGISTER_PROFILE_PART_H

#include "register/profile.h"

/* Whether an item may be recorded on that day. */
RESULT profile_check(const struct profile_terms *terms, const struct profile_item *item, day today);

/* The same of its name alone. */
RESULT profile_check_name(const struct profile_terms *terms, const struct profile_item *item);

/* The value as it is stored: of an area or style with the edition of the terms, of a declaration
   the number of the edition alone. */
RESULT profile_finish_value(struct arena *arena, const struct profile_terms *terms,
                            const struct profile_item *item, struct str *ret);

#endif
