/*
 * measure.h - how far somebody is: the share of a rule that is done, and single conditions as
 * phrases with their numbers, such as "15 of 20 mediations as mediator".
 */
#ifndef ASSAY_CLI_MEASURE_H
#define ASSAY_CLI_MEASURE_H

#include "cli/view.h"

/* All or any of one thing is that thing. */
const struct edition_node *node_without_shell(const struct edition_node *node);

/*
 * The share that is done by verified evidence, in thousandths: of an aggregate what it has of its
 * need, of `all` the mean, of `any` the best, of `at least n` the mean of the n best. 1000 only
 * where the node is met.
 */
int measure_node(const struct view *view, const struct edition_node *node,
                 const struct frame *frame);
/* The same for a requirement, by whichever of its ways is furthest. */
int measure_requirement(const struct view *view, const struct requirement *requirement,
                        const struct requirement_outcome *outcome);

/* A node without children, as a phrase with what there is of it by verified evidence, and what
   claims and unknown facts could add: "15 of 20 mediations; 5 more are claimed". */
struct str measure_text(const struct view *view, const struct edition_node *node,
                        const struct frame *frame);

/* What is said above the children of a node: "any of these:". */
struct str measure_heading(const struct view *view, const struct edition_node *node);

/* Bounds in one reading as a case writes them: "15..20/20", hundredths as decimals, * for no
   bound. */
struct str measure_bounds(const struct view *view, const struct edition_node *node,
                          const struct frame *frame, enum reading reading);

#endif
