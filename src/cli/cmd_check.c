#include "cli/applicant.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/scratch.h"
#include "cli/standing.h"
#include "cli/tones.h"
#include "register/phrases.h"
#include "register/standing.h"

#define STEP 2
#define SUMMARY_RECORDS 20 /* of each group, as on the page */

/* The answer, and how it is printed. */
struct check {
    struct standing_setting setting;
    struct standing_check answer;
};

static enum exit_code names_exist(const struct invocation *invocation,
                                  const struct library *library)
{
    struct edition_number any = { .parts = 0 };

    for (size_t i = 0; i < invocation->operand_count; i++) {
        struct str name = str_from_c(invocation->operands[i]);
        size_t count;

        (void)library_editions(library, name, &count);
        if (count == 0)
            return complain_no_document(invocation, library, name, any);
        if (!is_certification(library, name))
            return complain_usage(invocation,
                                  "'%s' is shown with its certification; "
                                  "'assay explain' shows it alone",
                                  invocation->operands[i]);
    }
    return EXIT_OK;
}

static struct str_list names_asked_for(const struct invocation *invocation)
{
    struct str *names = ARENA_ARRAY(invocation->arena, invocation->operand_count + 1, struct str);

    for (size_t i = 0; i < invocation->operand_count; i++)
        names[i] = str_from_c(invocation->operands[i]);
    return (struct str_list){ names, invocation->operand_count };
}

/* ---- as text ---- */

static struct str records_text(const struct check *check)
{
    struct arena *arena = check->setting.arena;
    size_t records = check->setting.dossier->evidence_count;
    struct str parts[STANDINGS];
    size_t counts[STANDINGS];
    size_t part_count = 0;

    count_standings(check->setting.dossier, counts);
    for (int i = 0; i < STANDINGS; i++)
        if (counts[i] > 0)
            parts[part_count++] =
                str_format(arena, "%zu %s", counts[i], standing_name((enum standing)i));
    if (part_count == 0)
        return STR("No records.");
    return str_format(arena, "%.*s: %.*s.", STR_ARG(phrase_count(arena, records, "record")),
                      STR_ARG(phrase_list(arena, parts, part_count, ", ", " and ")));
}

static void print_head(const struct check *check)
{
    struct arena *arena = check->setting.arena;
    struct output *out = check->setting.out;
    day known = check->setting.dossier->known;

    output_ends(out, 0, check->setting.scheme->title, TONE_STRONG,
                phrase_date(arena, check->answer.on), TONE_STRONG);
    output_paragraph(out, 0, STR_NONE, TONE_PLAIN, records_text(check));
    if (known != DAY_NONE)
        output_paragraph(out, 0, STR("As known on"), TONE_PLAIN, phrase_date(arena, known));
}

/* All results at a glance. */
static void print_overview(const struct check *check)
{
    static const bool right[] = { false, false, false };
    struct arena *arena = check->setting.arena;
    struct table table;

    table_init(&table, arena, ARRAY_LEN(right), right);
    for (size_t i = 0; i < check->answer.count; i++) {
        const struct standing_entry *entry = &check->answer.entries[i];
        enum verdict verdict = entry->result.verdict[DECIDE];

        if (entry->beside)
            continue;
        table_cell(&table, TONE_PLAIN, entry->title);
        table_cell(&table, verdict_tone(verdict), str_from_c(phrase_verdict(verdict)));
        table_cell(&table, TONE_PLAIN, standing_preview_note(arena, &entry->result));
    }
    output_line(check->setting.out);
    table_print(&table, check->setting.out, STEP);
}

static void print_group_title(const struct check *check, const struct scheme_group *group)
{
    struct output *out = check->setting.out;

    output_line(out);
    output_tone(out, TONE_STRONG, group ? group->title : STR("Other certifications"));
    output_line(out);
    for (int i = 0; i < out->width; i++)
        output_raw(out, out->utf8 ? STR("\u2500") : STR("-"));
    output_line(out);
}

static void print_all(const struct check *check)
{
    print_head(check);
    print_overview(check);
    for (size_t i = 0; i < check->answer.count; i++) {
        const struct standing_entry *entry = &check->answer.entries[i];

        if (!entry->shown)
            continue;
        if (i == 0 || entry->group != check->answer.entries[i - 1].group)
            print_group_title(check, entry->group);
        else
            output_line(check->setting.out);
        standing_print(&check->setting, entry->title, &entry->result, entry->beside ? STEP : 0);
    }
    output_line(check->setting.out);
    output_paragraph(check->setting.out, 0, STR_NONE, TONE_FAINT,
                     STR("These are findings, not decisions: a named body issues a credential."));
}

static void print_summary(const struct check *check)
{
    struct value *summary;

    if (failed(standing_summary_value(check->setting.arena, &check->answer, SUMMARY_RECORDS,
                                      &summary)))
        BUG("a summary without a bound has met one");
    output_json(check->setting.out, summary);
}

enum exit_code cmd_check(struct invocation *invocation)
{
    CLEANUP(arena_release) struct arena scratch = scratch_arena(invocation);
    struct check check;
    struct standing_question question = { 0 };
    struct dossier dossier;
    enum exit_code code = option_date(invocation, "on", invocation->around->today, &question.on);

    if (code == EXIT_OK)
        code = load_scheme(invocation, &question.scheme);
    if (code == EXIT_OK)
        code = names_exist(invocation, question.scheme->library);
    if (code == EXIT_OK)
        code = applicant_load(invocation, question.scheme, &dossier);
    if (code != EXIT_OK)
        return code;
    question.dossier = &dossier;
    question.names = names_asked_for(invocation);
    if (failed(standing_check(invocation->arena, &question, &check.answer)))
        BUG("a check without a bound has met one");
    check.setting = (struct standing_setting){
        .arena = invocation->arena,
        .scratch = &scratch,
        .out = &invocation->around->out,
        .scheme = question.scheme,
        .dossier = &dossier,
    };
    if (option_given(invocation, "summary"))
        print_summary(&check);
    else if (option_given(invocation, "json"))
        output_json(check.setting.out, standing_check_value(invocation->arena, &check.answer));
    else
        print_all(&check);
    return EXIT_OK;
}
