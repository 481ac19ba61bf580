/*
 * tree.h - the whole explanation of one document's result, as text: every node with its values,
 * bounds and records in both readings.
 */
#ifndef ASSAY_CLI_TREE_H
#define ASSAY_CLI_TREE_H

#include "cli/view.h"

void tree_print(const struct view *view);

#endif
