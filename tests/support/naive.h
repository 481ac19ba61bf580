/*
 * naive.h - a second evaluator, as plain as can be, to hold the fast one against.
 *
 * It reads the parsed text and the dossier as they are: no packing, no masks, no windows in
 * advance, days covered counted one by one. Slow, and written from the language's text alone. It
 * knows no day of knowledge: use it on dossiers without one.
 */
#ifndef ASSAY_TESTS_NAIVE_H
#define ASSAY_TESTS_NAIVE_H

#include "criteria/evaluate.h"

struct naive {
    struct arena *arena; /* of scratch memory; never rewound here */
    const struct edition *edition;
    const struct dossier *dossier;
    day on; /* D */
    enum reading reading;
};

/* Where a node stands in a requirement or bar and what it is seen against. */
struct naive_frame {
    const struct item *item; /* the requirement, or the bar */
    day at;
    bool admits;
    const struct node *each; /* the `each` around it; NULL: none */
    bool sliced;
    day slice_from, slice_to;
};

struct naive_bounds {
    int64_t lo, hi, need;
};

/* The bounds of an aggregate of a requirement, as a case's `count` line shows them, in hundredths
   where it has weights. The frame has the requirement and the day. */
struct naive_bounds naive_aggregate(const struct naive *naive, const struct naive_frame *frame,
                                    const struct node *aggregate);

enum finding naive_node(const struct naive *naive, const struct naive_frame *frame,
                        const struct node *node);

/* S16 and S17. */
enum finding naive_requirement(const struct naive *naive, const struct item *requirement);

/* S20 and S21. */
enum verdict naive_verdict(const struct naive *naive);

#endif
