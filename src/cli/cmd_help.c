#include "cli/help.h"

enum exit_code cmd_help(struct invocation *invocation)
{
    const struct command *command;
    const char *name;

    if (invocation->operand_count == 0) {
        help_overview(&invocation->around->out);
        return EXIT_OK;
    }
    name = invocation->operands[0];
    command = command_find(name);
    if (!command) {
        struct str near = str_nearest(str_from_c(name), command_names(invocation->arena));

        return near.p ? complain_usage(invocation, "no command '%s'; did you mean '%.*s'?", name,
                                       STR_ARG(near))
                      : complain_usage(invocation, "no command '%s'", name);
    }
    help_command(invocation->arena, command, &invocation->around->out);
    return EXIT_OK;
}
