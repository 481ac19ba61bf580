/*
 * phrases.h - small phrases for people: dates, rings, verdicts, lists of ids.
 *
 * Texts live in the arena. English only, as all of the command line.
 */
#ifndef ASSAY_CLI_PHRASES_H
#define ASSAY_CLI_PHRASES_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "cli/output.h"
#include "criteria/evaluate.h"

/* "23 November 2026" */
struct str phrase_date(struct arena *arena, day d);

/* How much of something is done, as a ring of quarters, or as a bar of four signs where the stream
   is not UTF-8. Only all of it fills the ring, and only nothing empties it. */
struct str phrase_ring(const struct output *out, int permille);

/* "Not yet", "Eligible", ...: what a result is called in front of a person. */
const char *phrase_verdict(enum verdict verdict);
enum tone phrase_verdict_tone(enum verdict verdict);
/* "not yet", "a person must look", "met" */
const char *phrase_finding(enum finding finding);
enum tone phrase_finding_tone(enum finding finding);

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
