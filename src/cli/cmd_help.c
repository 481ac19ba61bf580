#include "cli/help.h"

static enum exit_code unknown(const struct invocation *invocation, const struct command *of,
                              const char *word)
{
    struct str near = str_nearest(str_from_c(word), command_words(invocation->arena, of));
    const char *what = of ? "part" : "command";

    if (near.p)
        return complain_usage(invocation, "no %s '%s'; did you mean '%.*s'?", what, word,
                              STR_ARG(near));
    return complain_usage(invocation, "no %s '%s'", what, word);
}

enum exit_code cmd_help(struct invocation *invocation)
{
    const struct command *command;
    const struct command *part;

    if (invocation->operand_count == 0) {
        help_overview(&invocation->around->out);
        return EXIT_OK;
    }
    command = command_find(invocation->operands[0]);
    if (!command)
        return unknown(invocation, NULL, invocation->operands[0]);
    if (invocation->operand_count == 2) {
        part = command_part(command, invocation->operands[1]);
        if (!part)
            return unknown(invocation, command, invocation->operands[1]);
        command = part;
    }
    help_command(invocation->arena, command, &invocation->around->out);
    return EXIT_OK;
}
