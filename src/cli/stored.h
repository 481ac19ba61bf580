/*
 * stored.h - the files of the scheme in an installation's database.
 */
#ifndef ASSAY_CLI_STORED_H
#define ASSAY_CLI_STORED_H

#include "cli/commands.h"
#include "scheme/file.h"

/* Those of the installation of --data; the command's row has DATA_OPTIONS. Unless the result is
   EXIT_OK, standard error says what was wrong. */
NODISCARD enum exit_code stored_files(const struct invocation *invocation,
                                      struct scheme_files *ret);

#endif
