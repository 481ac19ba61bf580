/*
 * people_names.h - the names of people as they are looked for. Only the room itself includes this.
 */
#ifndef ASSAY_REGISTER_PEOPLE_NAMES_H
#define ASSAY_REGISTER_PEOPLE_NAMES_H

#include "register/people.h"

/* Of an operation that gives somebody a name, the first or another. */
RESULT person_names_write(struct store *store, struct arena *arena, struct person_id person,
                          struct str name);

#endif
