#include "cli/applicant.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/scratch.h"
#include "cli/standing.h"
#include "cli/tree.h"
#include "criteria/explain.h"
#include "register/phrases.h"

static void print_editions(const struct standing_setting *setting,
                           const struct standing_result *result)
{
    struct arena *arena = setting->arena;
    const struct governing_list *governing = &result->governing;
    struct str *names = ARENA_ARRAY(arena, governing->count + 1, struct str);

    for (size_t i = 0; i < governing->count; i++)
        names[i] = str_format(arena, "%.*s@%.*s%s", STR_ARG(governing->at[i].name),
                              STR_ARG(edition_number_text(arena, governing->at[i].number)),
                              governing->at[i].edition ? "" : " (not loaded)");
    if (governing->count > 0)
        output_paragraph(setting->out, 0, STR("May govern:"), TONE_FAINT,
                         phrase_list(arena, names, governing->count, ", ", " and "));
    else if (result->count[DECIDE] > 0)
        return;
    else if (governing->first_in_force != DAY_NONE)
        output_paragraph(setting->out, 0, STR_NONE, TONE_PLAIN,
                         str_format(arena, "No edition is in force; the first is from %.*s on.",
                                    STR_ARG(phrase_date(arena, governing->first_in_force))));
    else
        output_c(setting->out, "No edition is in force.\n");
}

static void print_assessed(const struct standing_setting *setting,
                           const struct standing_result *result, const struct assessed *assessed)
{
    struct view view = standing_view(setting, result, assessed);

    output_line(setting->out);
    tree_print(&view);
    if (!assessed->base)
        return;
    output_c(setting->out, "\nWhat it tightens must be met as well:\n");
    print_assessed(setting, result, assessed->base);
}

/* Whether an edition was evaluated in the reading DECIDE. */
static bool stands_in_decide(const struct standing_result *result, const struct edition *edition)
{
    for (size_t i = 0; i < result->count[DECIDE]; i++)
        if (result->all[DECIDE][i].edition == edition)
            return true;
    return false;
}

static void print_text(const struct standing_setting *setting, const struct standing_result *result)
{
    struct output *out = setting->out;

    output_ends(out, 0, result->name, TONE_STRONG, phrase_date(setting->arena, result->on),
                TONE_STRONG);
    standing_print_verdict(setting, result, 0);
    print_editions(setting, result);
    for (size_t i = 0; i < result->count[DECIDE]; i++)
        print_assessed(setting, result, &result->all[DECIDE][i]);
    for (size_t i = 0; i < result->count[PREVIEW]; i++)
        if (!stands_in_decide(result, result->all[PREVIEW][i].edition)) {
            output_c(out, "\nOnly claims let this edition govern:\n");
            print_assessed(setting, result, &result->all[PREVIEW][i]);
        }
}

enum exit_code cmd_explain(struct invocation *invocation)
{
    CLEANUP(arena_release) struct arena scratch = scratch_arena(invocation);
    struct standing_setting setting = { .arena = invocation->arena,
                                        .scratch = &scratch,
                                        .out = &invocation->around->out };
    struct edition_number number;
    struct standing_result result;
    struct dossier dossier;
    struct str name;
    enum exit_code code;
    day on;

    if (!edition_operand(invocation->operands[0], &name, &number))
        return complain_usage(invocation, "'%s' is not of the form NAME or NAME@EDITION",
                              invocation->operands[0]);
    code = option_date(invocation, "on", invocation->around->today, &on);
    if (code == EXIT_OK)
        code = load_scheme(invocation, &setting.scheme);
    if (code == EXIT_OK)
        code = applicant_load(invocation, setting.scheme, &dossier);
    if (code != EXIT_OK)
        return code;
    setting.dossier = &dossier;
    if (!assess(setting.arena, setting.scheme->library, name, number, &dossier, on, &result))
        return complain_no_document(invocation, setting.scheme->library, name, number);
    if (option_given(invocation, "json"))
        output_json(setting.out, explain_result(setting.arena, &result));
    else
        print_text(&setting, &result);
    return EXIT_OK;
}
