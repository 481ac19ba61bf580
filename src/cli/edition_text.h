/*
 * edition_text.h - what differs between two editions, as text.
 */
#ifndef ASSAY_CLI_EDITION_TEXT_H
#define ASSAY_CLI_EDITION_TEXT_H

#include "cli/output.h"
#include "criteria/diff.h"

void edition_change_print(struct output *out, struct arena *arena,
                          const struct edition_change *diff);

#endif
