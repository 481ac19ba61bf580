/*
 * people_names.h - the names of people as they are looked for. Only the room itself includes this.
 */
#ifndef ASSAY_REGISTER_PEOPLE_NAMES_H
#define ASSAY_REGISTER_PEOPLE_NAMES_H

#include "register/people.h"

/* Of an operation that gives somebody a name, the first or another. */
RESULT person_names_write(struct store *store, struct arena *arena, struct person_id person,
                          struct str name);

/* Other names that they are found by too: those they had, and how one is written in Latin letters.
   To be written after person_names_write, which deletes them. */
RESULT person_aliases_write(struct store *store, struct arena *arena, struct person_id person,
                            struct str_list names);

/* By which two people are likely to be the same: the words of a name in the order of their bytes,
   and the first letter of the first word with the last word. STR_NONE where there are no words. */
struct str person_name_words_key(struct arena *arena, struct str name);
struct str person_name_initial_key(struct arena *arena, struct str name);

#endif
