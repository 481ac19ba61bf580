/*
 * ask.h - how a command works on an installation, whether a server runs on it or not.
 *
 * What changes something is an admin operation (instance/admin.h): the command makes its input of
 * what it was given, asks for it, and prints the output. What only reads opens the database itself.
 * Both need the command's row to have DATA_OPTIONS.
 */
#ifndef ASSAY_CLI_ASK_H
#define ASSAY_CLI_ASK_H

#include "cli/commands.h"
#include "cli/installation.h"
#include "instance/instance.h"

/* Asks for an operation. Unless the result is EXIT_OK, standard error says what was wrong. */
NODISCARD enum exit_code ask(const struct invocation *invocation, const char *operation,
                             const struct value *input, struct value **ret_output);

/* A database that is being read, in one transaction. */
struct reading {
    struct installation installation;
    struct instance *instance; /* NULL: not begun, or ended */
    struct store *store;
};

/* Opens it; standard error says what was wrong unless the result is EXIT_OK. */
NODISCARD enum exit_code reading_begin(const struct invocation *invocation, struct reading *ret);

/* Closes it; whoever reads ends with the code: EXIT_OK, or that of what reading met, which is then
   told. Where `read` has failed, it is that which is told. */
NODISCARD enum exit_code reading_end(const struct invocation *invocation, struct reading *reading,
                                     struct result read);

#endif
