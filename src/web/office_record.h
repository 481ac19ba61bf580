/*
 * office_record.h - what the pages of somebody's record as the office sees it have in common. Only
 * the files office_record*.c include this.
 */
#ifndef ASSAY_WEB_OFFICE_RECORD_H
#define ASSAY_WEB_OFFICE_RECORD_H

#include "register/merge.h"
#include "register/record_shown.h"
#include "scheme/scheme.h"
#include "web/office_parts.h"

/* Whose record is looked at, as known when. */
struct looking {
    struct office office;
    struct person_id person;   /* who is kept */
    struct person_group group; /* with those merged into them by then */
    struct record_wish wish;
    day at;              /* the day as of which; DAY_NONE: now */
    struct str at_query; /* "?at=2026-01-31", or "" */
};

/* PERMISSION_RECORD_SEE, for the person of the path. Whoever asks for a number that was merged is
   led to the record of the one that is kept. */
RESULT looking_begin(struct call *call, struct looking *ret);

/* Where they stood as known then, and where they stand now, as summaries; of those certifications,
   or of all, with `most` records of each reason. Without a day *ret_then is NULL. */
RESULT looking_summaries(const struct looking *looking, struct str_list names, size_t most,
                         struct value **ret_then, struct value **ret_now);

/* The members that all these views have. */
#define LOOKING_MEMBERS                                                                            \
    { "person", &office_person_shape, false, "Whose record it is" },                               \
        { "at", &shape_date, true, "The day as of which it is shown; null: now" },                 \
        { "today", &shape_date, false, "The day it is" },                                          \
    {                                                                                              \
        "may_see_people", &shape_bool, false, "Whether whoever asks may see the pages of people"   \
    }
RESULT looking_set(const struct looking *looking, struct value *view);

/* `decide` and `preview` of a side of a comparison, as templates show them. */

#endif
