/*
 * export_all.h - assay export of a whole installation.
 */
#ifndef ASSAY_CLI_EXPORT_ALL_H
#define ASSAY_CLI_EXPORT_ALL_H

#include "cli/commands.h"

/* To --out FILE, or to standard output. */
enum exit_code export_all(struct invocation *invocation);

#endif
