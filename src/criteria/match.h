/*
 * match.h - whether a record is what a selection asks for: yes, no, or not known (S4, S8, S17).
 *
 * A matcher is prepared once for a selection, a frame and a reading, and then asked row by row.
 * What it allocates lies in the evaluator's scratch arena.
 */
#ifndef ASSAY_CRITERIA_MATCH_H
#define ASSAY_CRITERIA_MATCH_H

#include "criteria/evaluate.h"

/* The window of a selection on the day a record ends, with D, cycle and slice. */
struct window {
    day from; /* it is empty when from > to */
    day to;
    bool sure;      /* false: the cycle has no anchor, so nothing surely lies in it */
    day slice_from; /* what binds even a record that was admitted by decision */
    day slice_to;
};

/* The day that windows reach back from. */
day window_day(const struct frame *frame);

struct window selection_window(const struct evaluator *evaluator, const struct selection *selection,
                               const struct frame *frame);

struct matcher {
    const struct evaluator *evaluator;
    const struct selection *selection;
    const struct rows *rows;
    enum reading reading;
    bool clips; /* months covered: the window clips and does not match */
    day on;
    struct window window;
    const struct first_start {
        day sure; /* DAY_NONE: there is none */
        day possible;
    } * firsts;           /* one for each `after first` of the selection */
    const bool *admitted; /* by row: by decision; NULL: none */
};

void matcher_init(const struct evaluator *evaluator, const struct selection *selection,
                  const struct frame *frame, enum reading reading, bool clips, struct matcher *ret);

/* NOT_YET: no; REFER: not known; MET: yes. A row that the reading does not see is no match. */
enum finding matcher_row(const struct matcher *matcher, size_t row);
bool matcher_admits(const struct matcher *matcher, size_t row);

/* The parts, for the explainer. */
enum finding own_test_on_row(const struct rows *rows, const struct kind *kind,
                             const struct own_test *test, size_t row);
enum finding programme_test_on_row(const struct evaluator *evaluator, const struct rows *rows,
                                   const struct programme_test *test, size_t row);
enum finding after_first_on_row(const struct first_start *first, const struct row *row);

/* A field's value on a row: a number, COLUMN_UNKNOWN or COLUMN_OTHER. */
int64_t row_value(const struct rows *rows, const struct kind *kind, size_t field, size_t row);

/* The rows that match, in order. */
struct picked {
    uint32_t row;
    bool sure;
};
size_t pick_rows(const struct evaluator *evaluator, const struct selection *selection,
                 const struct frame *frame, enum reading reading, bool clips,
                 const struct picked **ret, struct matcher *ret_matcher);

/* The earliest start of a record that matches, surely and possibly. */
struct first_start first_start(const struct evaluator *evaluator, const struct selection *selection,
                               const struct frame *frame, enum reading reading);

#endif
