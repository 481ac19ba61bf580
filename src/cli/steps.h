/*
 * steps.h - the nearest path to a certification, as text.
 */
#ifndef ASSAY_CLI_STEPS_H
#define ASSAY_CLI_STEPS_H

#include "cli/view.h"

/*
 * Prints what is nearest: claims that await verification, what a body has to look at, and the
 * advice computed from verified evidence. Nothing where somebody is eligible.
 */
void steps_print(const struct view *view, int indent);

#endif
