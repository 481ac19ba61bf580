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

/* What speaks for two being one; 0: nothing does. */
RESULT people_alike_reasons(struct store *store, struct person_id one, struct person_id other,
                            unsigned *ret);

/* Two of the whole register who are likely one; of those who were merged the one who was kept. */
struct alike_pair {
    struct person_row one, other;
    unsigned reasons;
    struct person_id from, to; /* where to go on: the two numbers that were found */
};

/*
 * Pairs with the same words in a name, by those words: at most `max`, those after a pair (0, 0:
 * from the beginning). Merged and distinct people are left out.
 */
RESULT people_alike_named(struct store *store, struct arena *arena, struct person_id after_from,
                          struct person_id after_to, size_t max, struct alike_pair **ret,
                          size_t *ret_count);

#define ALIKE_LOOKED_AT 20000 /* pairs with the same last word and first letter */

/* Pairs with the same last word and first letter, and a day of birth or an entry in common, which
   are not among those above. Of large registers the first ALIKE_LOOKED_AT are looked at. */
RESULT people_alike_nearly(struct store *store, struct arena *arena, size_t max,
                           struct alike_pair **ret, size_t *ret_count);

/* When two were found to be two, and why; 0 where they were not. */
RESULT people_distinct_since(struct store *store, struct arena *arena, struct person_id one,
                             struct person_id other, int64_t *ret_position, struct str *ret_why);

/* Two who look alike are two: they are offered no more. MERGE_SAME where they are merged,
   MERGE_WHY. Saying it again changes nothing. */
RESULT people_distinct(struct store *store, struct arena *arena, const struct act *act,
                       struct person_id one, struct person_id other, struct str why);

#endif
