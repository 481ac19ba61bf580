/*
 * standing_facts.h - what a visitor sent, understood: a dossier of what is, and one of what would
 * be if a plan came true.
 *
 * What is typed into the form is a claim beside a logbook. Without one there would be nothing but
 * claims, so that every answer would be the same: it is then taken as verified, which the answer
 * says. What is planned counts as verified, since the question is what would be if it happened. A
 * row may stand for many records: they are spread evenly over its dates, and share its hours.
 */
#ifndef ASSAY_WEB_STANDING_FACTS_H
#define ASSAY_WEB_STANDING_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "criteria/dossier.h"
#include "register/fault.h"
#include "scheme/scheme.h"
#include "web/standing_asked.h"
#include "web/standing_sent.h"

#define FACTS_COUNT_MAX 1000    /* records that one row stands for */
#define FACTS_RECORDS_MAX 20000 /* that are typed, in all */
#define FACTS_AHEAD_MONTHS 240  /* how far into the future a question or a plan may reach */

enum marks {
    MARKS_STAND,  /* verified is what the logbook marks so */
    MARKS_CLAIMS, /* nothing is */
    MARKS_ASSUME, /* everything is that is not rejected, withdrawn or a duplicate */
};

struct standing_facts {
    day on;               /* the day of the question */
    struct str_list only; /* the certifications that are asked about; none: all */
    enum marks marks;     /* what records are taken for */
    struct dossier now;
    size_t from_log; /* records of `now` that stand in the logbook; the others were typed */

    bool plans;
    day then; /* the day of the plan */
    struct dossier then_dossier;
    size_t planned; /* records */

    struct faults log, person, form;
    bool json_log; /* the rows of the logbook are records of JSON */
};

/*
 * Reads everything; *ret stands whatever is wrong, and is to be evaluated only where none of the
 * three holds errors. facts->form may hold faults already, of the body (standing_sent.h).
 */
void facts_read(struct arena *arena, const struct scheme *scheme, const struct asked *asked,
                const struct sent *sent, day today, struct standing_facts *ret);

/*
 * The same of a plan alone, beside a record that is there: of the names there may be `then`,
 * `action` and those of the plan, and `token`, which forms carry. ret->form may hold faults
 * already, and ret->now holds the record.
 */
void facts_read_plan(struct arena *arena, const struct scheme *scheme, const struct asked *asked,
                     const struct sent *sent, day today, struct standing_facts *ret);

bool facts_are_faulty(const struct standing_facts *facts);

/* Whether there is anything to look at: a file, a text or a row. */
bool facts_are_given(const struct standing_facts *facts);

#endif
