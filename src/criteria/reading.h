/*
 * reading.h - a rule in plain words, made from the rule itself, to stand below the committee's
 * wording: "at least 20 mediations as mediator, or at least 200 hours of mediation as mediator.
 * Any date up to the application. Evidence must be verified."
 *
 * English only; other languages come with the translations of the program.
 */
#ifndef ASSAY_CRITERIA_READING_H
#define ASSAY_CRITERIA_READING_H

#include "base/arena.h"
#include "criteria/edition.h"

/* One node as a phrase that begins in lower case and has no full stop. */
struct str reading_of_node(struct arena *arena, const struct edition *edition,
                           const struct edition_node *node);

/* How a requirement is checked: the rule, its dates and the standing of evidence, as sentences.
   The first begins in lower case, to stand behind "How this is checked:". */
struct str reading_of_requirement(struct arena *arena, const struct edition *edition,
                                  const struct requirement *requirement);

/* What a record must be (a term's definition), an exemption, a referral and a discretion, each as
   a sentence. */
struct str reading_of_selection(struct arena *arena, const struct edition *edition,
                                const struct selection *selection);
struct str reading_of_exemption(struct arena *arena, const struct edition *edition,
                                const struct exemption *exemption);
struct str reading_of_referral(struct arena *arena, const struct edition *edition,
                               const struct referral *referral);
struct str reading_of_discretion(struct arena *arena, const struct edition *edition,
                                 const struct discretion *discretion);

/* 54000 -> "900 h", 90 -> "1 h 30 min"; a measure that is no time as a plain number. */
struct str reading_of_quantity(struct arena *arena, const struct field *measure, int64_t n);
/* 24 -> "24 months", 1 -> "1 month"; whole years from four on: 48 -> "4 years" */
struct str reading_of_months(struct arena *arena, int32_t months);

#endif
