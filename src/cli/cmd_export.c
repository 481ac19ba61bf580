#include "cli/export_all.h"
#include "cli/load.h"
#include "criteria/rule.h"

static struct value *hashes_value(struct arena *arena, struct hashes hashes)
{
    struct value *value = value_object(arena);

    value_set_text(arena, value, "text", hashes.text);
    value_set_text(arena, value, "rule", hashes.rule);
    return value;
}

static struct value *requirement_hashes_value(struct arena *arena, const struct edition *edition)
{
    struct value *object = value_object(arena);

    for (size_t i = 0; i < edition->requirement_count; i++) {
        const struct requirement *requirement = &edition->requirements[i];

        value_set_str(arena, object, requirement->id,
                      hashes_value(arena, requirement_hashes(arena, edition, requirement)));
    }
    return object;
}

static enum exit_code export_edition(struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct value *answer = value_object(arena);
    const struct scheme *scheme = NULL;
    const struct edition *edition;
    enum exit_code code = load_edition(invocation, invocation->operands[0], &scheme, &edition);

    if (code != EXIT_OK)
        return code;
    value_set_text(arena, answer, "name", edition->name);
    value_set_text(arena, answer, "edition", edition_number_text(arena, edition->number));
    value_set(arena, answer, "hashes", hashes_value(arena, edition_hashes(arena, edition)));
    value_set(arena, answer, "requirement_hashes", requirement_hashes_value(arena, edition));
    value_set(arena, answer, "rule", rule_of_edition(arena, edition));
    output_json(&invocation->around->out, answer);
    return EXIT_OK;
}

enum exit_code cmd_export(struct invocation *invocation)
{
    if (invocation->operand_count == 0 && option_given(invocation, "data"))
        return export_all(invocation);
    if (invocation->operand_count == 0)
        return complain_usage(invocation, "nothing to export: give NAME[@EDITION] or a FILE for a "
                                          "rule, or --data DIR alone for an installation");
    if (option_given(invocation, "out"))
        return complain_usage(invocation,
                              "--out is for an installation, and '%s' is one document "
                              "of a scheme, whose rule is printed",
                              invocation->operands[0]);
    return export_edition(invocation);
}
