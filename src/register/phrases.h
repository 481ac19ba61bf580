/*
 * phrases.h - small phrases for people: dates, verdicts, lists of ids.
 *
 * Texts live in the arena. English only, as the readings of rules are.
 */
#ifndef ASSAY_REGISTER_PHRASES_H
#define ASSAY_REGISTER_PHRASES_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "criteria/evaluate.h"

/* "23 November 2026" */
struct str phrase_date(struct arena *arena, day d);

/* "Not yet", "Eligible", ...: what a result is called in front of a person. */
const char *phrase_verdict(enum verdict verdict);
/* "not yet", "a person must look", "met" */
const char *phrase_finding(enum finding finding);

/* "1 record", "5 records"; the plural is the noun and an s. */
struct str phrase_count(struct arena *arena, size_t count, const char *noun);

/*
 * Ids as a list in which runs of three and more that differ in a last number that grows by one are
 * joined: "e1-e15, e17". Of more than `most` parts the rest is counted: "e1, e3 and 12 more".
 */
struct str phrase_ids(struct arena *arena, const struct str *ids, size_t count, size_t most);

/* The items with `between` between them, and `last` before the last of them. */
struct str phrase_list(struct arena *arena, const struct str *items, size_t count,
                       const char *between, const char *last);

#endif
