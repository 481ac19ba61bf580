#include "cli/edition_text.h"
#include "cli/load.h"

/* Two operands, or the two documents of one file. */
static enum exit_code load_both(const struct invocation *invocation, const struct edition **both)
{
    const char *const *operands = invocation->operands;
    const struct scheme *scheme = NULL;
    enum exit_code code;
    size_t count;

    if (invocation->operand_count == 2) {
        code = load_edition(invocation, operands[0], &scheme, &both[0]);
        return code == EXIT_OK ? load_edition(invocation, operands[1], &scheme, &both[1]) : code;
    }
    code = load_file_editions(invocation, operands[0], 2, both, &count);
    if (code == EXIT_OK && count < 2) {
        complain(invocation, "'%s' holds one document: there is nothing to compare it with",
                 operands[0]);
        code = EXIT_INPUT;
    }
    return code;
}

enum exit_code cmd_diff(struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct output *out = &invocation->around->out;
    const struct edition *both[2];
    struct edition_change diff;
    enum exit_code code = load_both(invocation, both);

    if (code != EXIT_OK)
        return code;
    edition_diff(arena, both[0], both[1], &diff);
    if (option_given(invocation, "json"))
        output_json(out, edition_change_value(arena, &diff));
    else
        edition_change_print(out, arena, &diff);
    if (option_given(invocation, "exit-code") && diff.change != CHANGE_EQUAL)
        return EXIT_NO;
    return EXIT_OK;
}
