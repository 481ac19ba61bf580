/*
 * nearest.h - the nearest path to a certification, as sentences for the person who walks it.
 */
#ifndef ASSAY_CLI_NEAREST_H
#define ASSAY_CLI_NEAREST_H

#include "cli/view.h"
#include "criteria/advise.h"

/*
 * Prints what is nearest: claims that await verification, what a body has to look at, and the
 * advice computed from verified evidence. Nothing where somebody is eligible.
 */
void nearest_print(const struct view *view, int indent);

/* One item of advice as a phrase: "5 more mediations as mediator". */
struct str nearest_item(const struct view *view, const struct advice *advice);

#endif
