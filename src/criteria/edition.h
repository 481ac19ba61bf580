/*
 * edition.h - a document compiled: names resolved, terms expanded, sums in minutes, and the masks
 * by which a record is matched in two instructions.
 *
 * An edition is immutable and may be shared by threads. It lives in the arena of the library that
 * compiled it (library.h) and points into its document and vocabulary.
 */
#ifndef ASSAY_CRITERIA_EDITION_H
#define ASSAY_CRITERIA_EDITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "criteria/syntax.h"
#include "criteria/vocabulary.h"

/* A question about a record's own field. */
struct own_test {
    uint16_t field; /* index into the kind's fields */
    bool at_least;  /* field >= least (a measure's value, or the index of a level) */
    bool negated;   /* field not values */
    int64_t least;
    struct str_list values; /* sorted by bytes, each once; empty when at_least */

    /* Where the field's values are bits of a row: a row with a bit of `no` does not match, one
       with a bit of `unsure` may. Otherwise both are 0 and the row's column is asked: bit i of
       `allowed` tells whether the field's i-th value matches. */
    uint64_t no;
    uint64_t unsure;
    uint64_t allowed;
};

struct programme_test {
    struct str_list types; /* sorted by bytes, each once */
    enum accredited when;
};

struct selection;

/* A kind of record and everything one of them must be, terms expanded: all of it must hold. */
struct selection {
    struct str written; /* the kind or term as the text has it */
    const struct kind *kind;
    uint16_t kind_index; /* in the vocabulary */

    const struct own_test *own;
    size_t own_count;
    const struct programme_test *programmes;
    size_t programme_count;
    const struct selection *after_first; /* several of them: an array */
    size_t after_first_count;

    /* Windows on the day it ends, intersected. */
    day from;       /* DAY_FIRST: none */
    day to;         /* inclusive; DAY_LAST: none */
    int32_t within; /* months, the shortest; 0: none */
    bool in_cycle;

    /* The own tests that are masks, joined. The others come first in `own`: `asked` of them. */
    uint64_t no;
    uint64_t unsure;
    size_t asked;
};

struct weight {
    int32_t percent;
    struct own_test own;
};

struct limit {
    int64_t most; /* in the measure's unit */
    bool each;
    uint16_t each_field;
    bool filtered;
    struct own_test own;
    const struct limit *inner;
    size_t inner_count;
};

struct also {
    struct selection selection;
    int64_t most;
};

struct edition_node {
    enum node_kind kind;
    const struct node *source; /* where it stands in the text */
    struct str id;             /* REQUIREMENT.1.2: its place below the requirement, from 1 */
    const struct edition_node *children;
    size_t child_count;

    int64_t need; /* AT_LEAST n, COUNT, DISTINCT, SUM (in the measure's unit), COVERED and SINCE
                     (months), AGE (years) */

    /* COUNT, DISTINCT, SUM, COVERED, SINCE */
    struct selection selection;
    uint16_t field; /* DISTINCT: the field; SUM: the measure */
    const struct weight *weights;
    size_t weight_count;
    const struct limit *limits;
    size_t limit_count;
    const struct also *also; /* NULL: none */
    uint16_t aggregate;      /* COUNT, DISTINCT, SUM, COVERED: index in the edition */

    /* EACH */
    int32_t slice_months;
    int32_t last_months; /* 0: of the cycle */

    /* HOLDS */
    struct str_list names;
    bool ever;
    day on;            /* DAY_NONE: the reference date */
    day issued_before; /* DAY_NONE: none */
    int32_t months;    /* HOLDS: for; DECLARED: within; 0: none */

    /* DECLARED */
    struct str statement;
    struct edition_number edition;
    bool edition_current;

    /* JUDGED */
    struct str question;
    struct str body;
};

/* Several nodes in one requirement or block mean all of them: a block's root is then a NODE_ALL
   that has no source. */
struct exemption {
    struct str id;
    struct str label;
    const struct edition_node *when;
    const struct edition_node *instead; /* NULL: the exemption asks for nothing in its place */
};

struct referral {
    struct str body;
    const struct edition_node *when;
};

struct discretion {
    struct str body;
    bool waive;
    struct str_list reasons; /* sorted; none: any reason, or none */
    bool admit;
    day extend_until;                 /* DAY_NONE: not granted */
    const struct edition_node *floor; /* NULL: none */
};

struct requirement {
    struct str id;
    struct str label; /* STR_NONE: none; people are then shown the id */
    const struct item *source;
    const struct edition_node *rule;
    const struct exemption *exemptions;
    size_t exemption_count;
    const struct referral *referrals;
    size_t referral_count;
    const struct discretion *discretions;
    size_t discretion_count;
    bool judged;         /* a `judged` node stands in its rule or in an exemption */
    uint16_t aggregates; /* the first of its aggregates in the edition */
    uint16_t aggregate_count;
};

struct bar {
    struct str id;
    struct str label;
    const struct item *source;
    const struct edition_node *rule;
    bool refuse;
};

struct started_rule {
    struct selection selection;
    day started_before;
    int32_t months;
};

struct transition_rule {
    enum rule_kind kind;
    day from;  /* RULE_ACCEPT_APPLICATIONS, RULE_REQUIRE_APPLICATIONS; DAY_FIRST: none */
    day until; /* the same, and RULE_HOLDERS_DATE */
    struct started_rule started;
};

struct transition {
    struct str name; /* of the old criteria */
    struct edition_number edition;
    const struct transition_rule *rules;
    size_t rule_count;
};

struct edition {
    struct str name;
    struct edition_number number;
    const struct document *document;
    const struct vocabulary *vocabulary;

    struct str title; /* the rest: STR_NONE where the document does not say */
    struct str audience;
    struct str route;
    struct str language; /* `en` unless it says otherwise */
    struct str group;
    struct str owner;

    day open_from; /* DAY_FIRST, DAY_LAST: no such bound; both inclusive */
    day open_until;
    day in_force_from; /* DAY_FIRST: always */

    bool valid;           /* an item `valid` is there */
    int32_t valid_months; /* 0: without end */
    int32_t grace_months;
    int32_t renew_months;

    int32_t cycle_months; /* 0: no cycle */
    struct str anchor;    /* STR_NONE: the day of the year below */
    int32_t anchor_month, anchor_mday;

    struct str tightens; /* STR_NONE: nothing */
    struct edition_number tightens_edition;

    const struct requirement *requirements;
    size_t requirement_count;
    const struct bar *bars;
    size_t bar_count;
    const struct transition *transitions;
    size_t transition_count;

    const struct edition_node *const *aggregates; /* by number, in document order */
    size_t aggregate_count;

    /* By kind index: bit f is set when column f of such rows is asked for (dossier.h). */
    const uint64_t *columns;

    struct str text_hash; /* SHA-256 in hexadecimal */
    struct str rule_hash;
};

/*
 * Compiles a document that the checker (check.h) found without errors. Faults that only show when
 * compiling (too many nodes, slices) go to the diags, and NULL comes back. Hashes are left for
 * rule_hashes (rule.h).
 */
struct edition *edition_compile(struct arena *arena, const struct document *document,
                                const struct vocabulary *vocabulary, struct diags *diags);

/* What a term of the document stands for: `term` is an ITEM_TERM of its own. False where it is one
   that no requirement uses and that is too large to be expanded. */
bool edition_term(struct arena *arena, const struct edition *edition, const struct item *term,
                  struct selection *ret);

/* The requirement of that id, or NULL. */
const struct requirement *edition_requirement(const struct edition *edition, struct str id);

/* A node's record-based kinds: COUNT, DISTINCT, SUM, COVERED, SINCE. */
bool node_reads_records(enum node_kind kind);
/* The kinds that a case's `count` line speaks of: those but SINCE. */
bool node_is_aggregate(enum node_kind kind);

/*
 * Where a field's values are bits of a row. The row's bit 0 says that it is only claimed. Then
 * the fields of a kind that have values follow in order: one bit a value, one for unknown, one
 * for a value the vocabulary does not have; a field that does not fit into 64 bits any more has
 * none and is a column instead.
 */
#define ROW_CLAIMED ((uint64_t)1)
bool kind_field_bits(const struct kind *kind, size_t field, unsigned *ret_first,
                     unsigned *ret_unknown, unsigned *ret_other);

#endif
