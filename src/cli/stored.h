/*
 * stored.h - the files of the scheme in an installation's database.
 */
#ifndef ASSAY_CLI_STORED_H
#define ASSAY_CLI_STORED_H

#include "base/value.h"
#include "cli/commands.h"
#include "scheme/file.h"

/* Those of the installation of --data; the command's row has DATA_OPTIONS. Unless the result is
   EXIT_OK, standard error says what was wrong. */
NODISCARD enum exit_code stored_files(const struct invocation *invocation,
                                      struct scheme_files *ret);

/* What the operation "scheme-load" takes, which stores them. */
struct value *storing_input(struct arena *arena, const struct scheme_files *files, bool dry_run);

#endif
