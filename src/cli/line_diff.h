/*
 * line_diff.h - two texts held against each other line by line.
 */
#ifndef ASSAY_CLI_LINE_DIFF_H
#define ASSAY_CLI_LINE_DIFF_H

#include "cli/output.h"

/* Prints the lines that only one of them has, in their order, with their numbers: "-12 " before
   what only the old one has, "+12 " before what only the new one has. */
void line_diff_print(struct output *out, struct arena *arena, struct str old, struct str new);

#endif
