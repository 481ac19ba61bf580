/*
 * naive_records.h - which records the naive evaluator counts, and how. For its own files.
 */
#ifndef ASSAY_TESTS_NAIVE_RECORDS_H
#define ASSAY_TESTS_NAIVE_RECORDS_H

#include "naive.h"

/* A record description with its terms: the base kind and all lists of clauses that must hold. */
struct naive_match {
    struct str kind;
    const struct clause_list *lists[16];
    size_t count;
};

struct naive_match naive_resolve(const struct naive *naive, struct str record,
                                 const struct clause_list *body);

enum finding naive_least(enum finding a, enum finding b);

/* Whether a record counts under a description. `clipped` is for months covered: windows are left
   out, and the record may end after the reference date. */
enum finding naive_matches(const struct naive *naive, const struct naive_frame *frame,
                           const struct naive_match *match, const struct evidence *evidence,
                           bool clipped);

enum finding naive_own(const struct naive *naive, struct str kind, const struct clause *own,
                       const struct evidence *evidence);

/* The current cycle [from, to): 1 known, 0 no anchor, -1 not begun. */
int naive_cycle(const struct naive *naive, day *ret_from, day *ret_to);
/* The k-th boundary of pieces of so many months, from the anchor. */
day naive_boundary(const struct naive *naive, int32_t months, int32_t k);

/* Whether `by` is the body, or a programme of that type accredited on the day. */
bool naive_speaks(const struct naive *naive, struct str body, struct str by, day on);

/* The value that distinguishes records by a field; STR_NONE where it is not stated. */
struct str naive_value(const struct naive *naive, struct str field,
                       const struct evidence *evidence);

/* -1 where the measure is not stated. */
int64_t naive_measure(const struct naive *naive, struct str kind, struct str measure,
                      const struct evidence *evidence);

/* The percentages a record may be worth. */
void naive_weight(const struct naive *naive, struct str kind, const struct clause_list *body,
                  const struct evidence *evidence, int64_t *ret_low, int64_t *ret_high);

/* The bounds of an aggregate, in the frame's slice if it has one. */
struct naive_bounds naive_in_frame(const struct naive *naive, const struct naive_frame *frame,
                                   const struct node *node);

/* Hall's condition. */
enum finding naive_separately(const struct naive *naive, const struct naive_frame *frame,
                              const struct node *node);

/* A sum with its limits. */
struct naive_bounds naive_sum(const struct naive *naive, const struct naive_frame *frame,
                              const struct node *node);

int64_t naive_add(int64_t a, int64_t b);

#endif
