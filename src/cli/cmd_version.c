#include "base/value.h"
#include "base/version.h"
#include "cli/commands.h"

static struct value *build_facts(struct arena *arena)
{
    struct value *facts = value_object(arena);

    value_set_text(arena, facts, "program", STR("assay"));
    value_set_text(arena, facts, "version", STR(ASSAY_VERSION));
    value_set_text(arena, facts, "compiler", STR(ASSAY_COMPILER));
    value_set_text(arena, facts, "machine", STR(ASSAY_MACHINE));
    value_set_text(arena, facts, "optimization", STR(ASSAY_OPTIMIZATION));
    value_set_text(arena, facts, "sanitizers", STR(ASSAY_SANITIZERS));
    return facts;
}

enum exit_code cmd_version(struct invocation *invocation)
{
    struct output *out = &invocation->around->out;

    if (option_given(invocation, "json"))
        output_json(out, build_facts(invocation->arena));
    else
        output_c(out, "assay " ASSAY_VERSION "\n");
    return EXIT_OK;
}
