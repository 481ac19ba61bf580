/*
 * help.h - the help of the program and of each command, made from the command table.
 */
#ifndef ASSAY_CLI_HELP_H
#define ASSAY_CLI_HELP_H

#include "cli/commands.h"

void help_overview(struct output *out);
void help_command(struct arena *arena, const struct command *command, struct output *out);

#endif
