/*
 * pathway_picture.h - the career pathway as a picture: where each box, line of text and arrow
 * stands, so that a template has nothing to compute.
 *
 * Stages stand side by side in their order, each a head with the cards of its certifications below;
 * arrows lead from head to head, those that pass over a stage through the space above. Below the
 * stages stand the specialisations, each as wide as the stages it can be sought at, with a thread
 * from each of these. Units are pixels of a picture that is shown at its own size or smaller.
 */
#ifndef ASSAY_WEB_PATHWAY_PICTURE_H
#define ASSAY_WEB_PATHWAY_PICTURE_H

#include "web/scheme_view.h"

/* NULL where the pathway has no stages. */
struct value *pathway_picture(const struct scheme_view *v);

extern const struct shape picture_shape;

#endif
