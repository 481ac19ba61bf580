/*
 * installation.h - how the installation that a command is about is set up: its file, and the
 * options that go before it.
 */
#ifndef ASSAY_CLI_INSTALLATION_H
#define ASSAY_CLI_INSTALLATION_H

#include "cli/commands.h"
#include "config/config.h"

struct installation {
    const char *file; /* that is or would be read */
    bool file_exists;
    struct config config;
    struct diags diags; /* the faults of the file */
};

/*
 * Reads the file of --config, or assay.conf in the folder of --data where there is one, and the
 * options. Faults of the file are left to the caller: the result is EXIT_OK all the same, and the
 * diags have errors. Otherwise standard error says what was wrong.
 */
NODISCARD enum exit_code installation_read(const struct invocation *invocation,
                                           struct installation *ret);

/* The same for commands that work on the installation: --data has to be given, and faults of the
   file are told and end it. */
NODISCARD enum exit_code installation_read_well(const struct invocation *invocation,
                                                struct installation *ret);

/* The folder of the scheme: of the option, of the file, or ASSAY_SCHEME; NULL if none says. */
const char *installation_scheme(const struct invocation *invocation,
                                const struct installation *installation);

#endif
