/*
 * check.h - a document held against its vocabulary.
 *
 * Every name must be known: kinds, terms (only ones above), fields, values, levels, measures and
 * their units, programme types, bodies, statements, anchors, reasons, credentials. Where the
 * vocabulary was inferred, nothing is unknown. Also what the grammar alone cannot say: `in cycle`
 * needs a cycle, slices must divide what they slice, a body judges once in a requirement, and so
 * on. All faults go to the diags with the place, what was expected and a near word.
 */
#ifndef ASSAY_CRITERIA_CHECK_H
#define ASSAY_CRITERIA_CHECK_H

#include "criteria/library.h"

/* Credentials are asked of the library. False when there were errors. */
bool document_check(const struct document *document, const struct vocabulary *vocabulary,
                    const struct library *library, struct diags *diags);

#endif
