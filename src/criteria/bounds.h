/*
 * bounds.h - what `separately` makes of its counts; aggregate_bounds stands in evaluate.h.
 */
#ifndef ASSAY_CRITERIA_BOUNDS_H
#define ASSAY_CRITERIA_BOUNDS_H

#include "criteria/evaluate.h"

/* Hall's condition (S13): for every subset of the counts, the matters that match any of them are
   at least as many as their needs together. */
struct findings separately_findings(const struct evaluator *evaluator,
                                    const struct edition_node *node, const struct frame *frame);

/* What each count still lacks in DECIDE, from what is sure, when earlier ones are served first:
   one number for each child of the node. */
void separately_lacks(const struct evaluator *evaluator, const struct edition_node *node,
                      const struct frame *frame, int64_t *ret_lacks);

/*
 * One way to serve the counts in DECIDE or PREVIEW, from what is sure, when earlier ones are served
 * first: ret_count[matter] is the number of the count that the matter serves, or -1. The array has
 * bundle->matter_count elements.
 */
void separately_assign(const struct evaluator *evaluator, const struct edition_node *node,
                       const struct frame *frame, enum reading reading, int8_t *ret_count);

#endif
