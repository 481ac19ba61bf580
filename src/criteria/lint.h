/*
 * lint.h - what a committee should know of a text before it consults on it: warnings about
 * documents that are valid and yet probably not what was meant.
 *
 * A branch that can never matter, an exemption stricter than its rule, a need above the sum of its
 * limits, a requirement without wording, an owner or example that is missing; and the number of
 * human questions that a document puts for each applicant, which is told, not warned about.
 */
#ifndef ASSAY_CRITERIA_LINT_H
#define ASSAY_CRITERIA_LINT_H

#include "criteria/library.h"

void edition_lint(struct arena *arena, const struct edition *edition, struct diags *diags);

/* The questions a person may have to be asked about, at most, for one applicant: `judged` nodes,
   referrals and discretions. */
struct questions {
    size_t judged, referrals, discretions;
};
struct questions edition_questions(const struct edition *edition);

#endif
