/*
 * record_standing.h - where somebody stood on an earlier day by what was known of them at its end,
 * and where they stand now: each by the scheme, and so by the edition, of its time.
 */
#ifndef ASSAY_REGISTER_RECORD_STANDING_H
#define ASSAY_REGISTER_RECORD_STANDING_H

#include "register/fact.h"
#include "register/standing.h"

struct record_question {
    const struct scheme *scheme; /* of now */
    struct person_id person;     /* who is kept now */
    day at;                      /* the earlier day; DAY_NONE: only now */
    int64_t position;            /* the last one of that day */
    day today;
    struct str_list names; /* certifications; none: all */
    bool (*go_on)(void *context);
    void *context;
};

/*
 * The scheme of then is the one that was loaded by the position: that of now where nothing was
 * loaded since, or nothing then. A side that has none of the names has no entries. *ret_then is
 * written only with a day. All of it lives in the arena; ERROR_LIMIT as standing_check.
 */
RESULT record_standing(struct store *store, struct arena *arena,
                       const struct record_question *question, struct standing_check *ret_then,
                       struct standing_check *ret_now);

#endif
