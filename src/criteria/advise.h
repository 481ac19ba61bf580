/*
 * advise.h - the nearest way from "not yet" to "eligible", and how long a result lasts.
 *
 * Advice is sufficient, not always minimal: whoever adds exactly what it lists, verified and dated
 * D, is eligible, unless it lists a wait, months, a judgement or nothing at all. It is computed in
 * DECIDE, from the lower bounds, without subtracting claims.
 */
#ifndef ASSAY_CRITERIA_ADVISE_H
#define ASSAY_CRITERIA_ADVISE_H

#include "criteria/evaluate.h"

enum advice_kind {
    ADVICE_COUNT,      /* n more records of a kind: word */
    ADVICE_SUM,        /* n more of a measure, in its unit: word is the kind, measure the field */
    ADVICE_DISTINCT,   /* n more values of a field: word is the field */
    ADVICE_MONTHS,     /* n more days covered: word is the kind */
    ADVICE_WAIT,       /* until day */
    ADVICE_CREDENTIAL, /* word */
    ADVICE_DECLARE,    /* word */
    ADVICE_JUDGEMENT,  /* word: the body */
    ADVICE_NONE,       /* word: the requirement that has no path */
};

struct advice {
    enum advice_kind kind;
    struct str word;
    int64_t n;
    day until;
    const struct edition_node *node; /* what it serves; NULL for NONE and referrals */
    const struct selection *first;   /* COUNT for an `after first`: the K it lacks; else NULL */
    const struct requirement *requirement; /* the first it serves */
    struct str signature;                  /* two items of one kind and signature are identical */
};

struct advice_list {
    struct advice *at;
    size_t count;
    size_t room;
};

/* For the outcome that `evaluate` gave with this evaluator. */
void advise(struct arena *arena, const struct evaluator *evaluator, const struct outcome *outcome,
            struct advice_list *ret);

const char *advice_kind_name(enum advice_kind kind); /* "count", "sum", "distinct", ... */

/* As a case writes it: "count mediation 5". */
struct str advice_text(struct arena *arena, const struct advice *advice);

/* The last day the person stays eligible (DECIDE) if nothing happens: DAY_NONE when nothing ends it
   within 20 years, or when the person is not eligible on D. */
day eligible_until(struct arena *arena, const struct evaluator *evaluator);

#endif
