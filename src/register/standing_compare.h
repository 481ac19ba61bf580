/*
 * standing_compare.h - where somebody stood, as it was decided or could have been on an earlier
 * day, beside where they stand now: which edition spoke each time, and which requirements came out
 * otherwise.
 */
#ifndef ASSAY_REGISTER_STANDING_COMPARE_H
#define ASSAY_REGISTER_STANDING_COMPARE_H

#include "base/value.h"

/*
 * From two summaries (standing.h), of which the scheme may differ: a list of certifications, in the
 * order of now, then those that are shown no more. Each has `name`, `title`, `beside`, `then` and
 * `now` (null where it was not shown), `differs`, `edition_differs` and `requirements`. A side has
 * `edition` (null where none governed), `decide`, `preview`, `met` and `of`. A requirement has
 * `id`, `title`, `differs`, and `then` and `now`: null, or `value`, `by` (in words, or null),
 * `asks` and `said`.
 */
struct value *standing_compare_value(struct arena *arena, const struct value *then,
                                     const struct value *now);

#endif
