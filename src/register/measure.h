/*
 * measure.h - how far somebody is: the share of a rule that is done, and single conditions as
 * phrases with their numbers, such as "15 of 20 mediations as mediator".
 */
#ifndef ASSAY_REGISTER_MEASURE_H
#define ASSAY_REGISTER_MEASURE_H

#include "register/standpoint.h"

/* All or any of one thing is that thing. */
const struct edition_node *node_without_shell(const struct edition_node *node);

/*
 * The share that is done in a reading, in thousandths: of an aggregate what it has of its need, of
 * `all` the mean, of `any` the best, of `at least n` the mean of the n best. 1000 only where the
 * node is met.
 */
int measure_node(const struct standpoint *from, const struct edition_node *node,
                 const struct frame *frame, enum reading reading);
/* The same for a requirement, by whichever of its ways is furthest. */
int measure_requirement(const struct standpoint *from, const struct requirement *requirement,
                        const struct requirement_outcome *outcome, enum reading reading);
/* What an aggregate has of its need. */
int measure_done(const struct bounds *bounds, enum reading reading);

/* A number of an aggregate's units, in hundredths where the scale is 100: "15", "2.5", "45 h". */
struct str measure_amount(const struct standpoint *from, const struct edition_node *node, int64_t n,
                          int32_t scale);

/* A node without children, as a phrase with what there is of it by verified evidence, and what
   claims and unknown facts could add: "15 of 20 mediations; 5 more are claimed". */
struct str measure_text(const struct standpoint *from, const struct edition_node *node,
                        const struct frame *frame);

/* What is said above the children of a node: "any of these:". */
struct str measure_heading(const struct standpoint *from, const struct edition_node *node);

/* Bounds in one reading as a case writes them: "15..20/20", hundredths as decimals, * for no
   bound. */
struct str measure_bounds(const struct standpoint *from, const struct edition_node *node,
                          const struct frame *frame, enum reading reading);

#endif
