/*
 * people_alike.h - people of the register who are likely one, with the reasons, for the office to
 * look at; it merges them (merge.h), or says that they are two.
 */
#ifndef ASSAY_REGISTER_PEOPLE_ALIKE_H
#define ASSAY_REGISTER_PEOPLE_ALIKE_H

#include "register/merge.h"

/* Bits of what speaks for one person. */
enum alike_reason {
    ALIKE_NAME = 1,    /* the same words in a name, in any order; case and accents do not matter */
    ALIKE_INITIAL = 2, /* the same last word, and the same first letter */
    ALIKE_BORN = 4,    /* on the same day */
    ALIKE_ENTRY = 8,   /* both have an entry of the same kind, days and reference */
};

struct alike_person {
    struct person_id person;
    struct str name;
    unsigned reasons;
};

#define ALIKE_MAX 50

/*
 * Those who are likely the same as somebody, the likeliest first. Names alone are enough where all
 * words are the same; initials, days of birth and entries only together with something else. Who is
 * merged with them, or was found to be another, is left out. ret has room for ALIKE_MAX.
 */
RESULT people_alike(struct store *store, struct arena *arena, struct person_id person,
                    struct alike_person *ret, size_t *ret_count);

/* Two who look alike are two: they are offered no more. MERGE_SAME where they are merged,
   MERGE_WHY. Saying it again changes nothing. */
RESULT people_distinct(struct store *store, struct arena *arena, const struct act *act,
                       struct person_id one, struct person_id other, struct str why);

#endif
