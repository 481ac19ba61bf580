/*
 * fact.h - what is known of a person besides their logbook, and what was known of them when.
 *
 * A fact is never changed: the entry of the journal that records another in its place supersedes
 * it. "As known at" is a position of the journal: a row is known there if it was recorded up to it
 * and not superseded by then. Facts, and everything else of a person that a decision may rest on,
 * are stored and read through what this file offers.
 */
#ifndef ASSAY_REGISTER_FACT_H
#define ASSAY_REGISTER_FACT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/result.h"
#include "base/str.h"
#include "register/act.h"
#include "store/store.h"

/* ---- as known at ---- */

/* Everything that is known now. */
#define POSITION_NOW INT64_MAX

/* For statements: that a row of the alias t, which has both columns, is known at the parameter. */
#define KNOWN_AT(t, position)                                                                      \
    " " t ".recorded_position <= " position " AND (" t ".superseded_position IS NULL OR " t        \
    ".superseded_position > " position ")"

/* The last position of a day in UTC: what a date means. 0 where there is none by then. */
RESULT position_of_day(struct store *store, day on, int64_t *ret);

/* ---- facts ---- */

/* Who sees it. */
enum visible { VISIBLE_PRIVATE, VISIBLE_MEMBERS, VISIBLE_PUBLIC };

const char *visible_word(enum visible visible);
NODISCARD bool visible_parse(struct str word, enum visible *ret);

struct fact_id {
    int64_t n;
};

struct person_fact {
    struct fact_id id;
    struct person_id person;
    struct str kind;  /* "born", "declaration", "language", ... */
    struct str name;  /* which of the kind; empty where there is one alone */
    struct str value; /* canonical JSON; empty for none */
    day from;         /* DAY_FIRST: no such bound */
    day until;        /* the last day; DAY_LAST: no such bound */
    enum visible visible;
    int64_t recorded;   /* position */
    int64_t superseded; /* 0: it is not */
};

struct fact_list {
    const struct person_fact *at;
    size_t count;
};

/* Within an operation whose entry has that position. What may stand in a fact of a kind is for
   whoever records it. */
RESULT fact_record(struct store *store, const struct person_fact *fact, int64_t position,
                   struct fact_id *ret);
RESULT fact_supersede(struct store *store, struct fact_id id, int64_t position);

/* Those of a person that are known at a position, of one kind or, with STR_NONE, of all, by kind
   and then as they were recorded. Those of people merged into them are not among them (merge.h). */
RESULT facts_of(struct store *store, struct arena *arena, struct person_id person, struct str kind,
                int64_t position, struct fact_list *ret);

#endif
