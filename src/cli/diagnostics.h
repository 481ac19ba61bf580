/*
 * diagnostics.h - gathered faults of input, shown to a person.
 */
#ifndef ASSAY_CLI_DIAGNOSTICS_H
#define ASSAY_CLI_DIAGNOSTICS_H

#include "base/diag.h"
#include "cli/output.h"

/* Prints all of them, if there are any, and how many were not kept. */
void diagnostics_show(const struct diags *diags, struct output *out);

/* "2 errors, 1 warning"; "no faults" */
struct str diagnostics_counted(struct arena *arena, const struct diags *diags);

#endif
