/*
 * explain.h - the tree of a result with its reasons: per node its value, bounds and branch, the
 * records used, and each unused record of that kind with one reason from a closed list.
 */
#ifndef ASSAY_CRITERIA_EXPLAIN_H
#define ASSAY_CRITERIA_EXPLAIN_H

#include "base/value.h"
#include "criteria/advise.h"
#include "criteria/evaluate.h"
#include "criteria/govern.h"

enum unused_reason {
    USED,
    FIELD_DIFFERS,
    FIELD_UNKNOWN, /* not sure to match: it counts for the upper bound alone */
    OUTSIDE_WINDOW,
    OUTSIDE_SLICE,
    AFTER_REFERENCE_DATE,
    BEFORE_THE_FIRST,
    UNVERIFIED,
    REJECTED,
    WITHDRAWN,
    DUPLICATE,
    SAME_MATTER,
    OVER_LIMIT,
    USED_BY_ANOTHER_COUNT,
    NOT_ACCREDITED_THEN,
};

const char *unused_reason_name(enum unused_reason reason); /* "field-differs", ... */

const char *node_kind_name(enum node_kind kind); /* "at-least", "count-distinct", ... */

/* What an aggregate counts: "days", "matters", "values", "minutes", "units". */
const char *aggregate_unit_name(const struct edition_node *node);

/* One record under one aggregate, in one reading. */
struct record_use {
    const struct evidence *evidence;
    enum unused_reason reason;
    struct str field; /* FIELD_DIFFERS, FIELD_UNKNOWN: which one */
};

/*
 * All records of the aggregate's kind, in the dossier's order; with `also`, those of the kind that
 * its `also` speaks of. `separately` is the node's parent where that is one, else NULL.
 */
size_t explain_records(struct arena *arena, const struct evaluator *evaluator,
                       const struct edition_node *node, const struct edition_node *separately,
                       const struct frame *frame, bool also, enum reading reading,
                       const struct record_use **ret);

/*
 * The whole explanation as data, for JSON and for pages: verdicts, requirements with their nodes,
 * bounds, records and reasons in both readings, bars, advice, until, editions. Its shape is
 * documented in docs/command-line.md.
 */
struct value *explain_result(struct arena *arena, const struct standing_result *result);

#endif
