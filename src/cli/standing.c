#include "cli/standing.h"

#include "cli/steps.h"
#include "cli/tones.h"
#include "criteria/reading.h"
#include "register/measure.h"
#include "register/phrases.h"
#include "register/uses.h"

#define STEP 2      /* columns of indentation */
#define IDS_SHOWN 8 /* parts of a list of ids; 'assay explain' shows all */

struct view standing_view(const struct standing_setting *setting,
                          const struct standing_result *result, const struct assessed *assessed)
{
    return (struct view){
        .out = setting->out,
        .from = {
            .arena = setting->arena,
            .scheme = setting->scheme,
            .dossier = setting->dossier,
            .assessed = assessed,
            .evaluator = evaluator_of(assessed->edition, &assessed->bundle, setting->scratch, result->on),
        },
    };
}

/* ---- the verdict ---- */

struct str standing_preview_note(struct arena *arena, const struct standing_result *result)
{
    if (result->verdict[PREVIEW] == result->verdict[DECIDE])
        return STR_NONE;
    if (result->verdict[PREVIEW] == VERDICT_REFER)
        return STR("claims would bring it to a person");
    return str_format(arena, "claims would make it %s", verdict_name(result->verdict[PREVIEW]));
}

void standing_print_verdict(const struct standing_setting *setting,
                            const struct standing_result *result, int indent)
{
    enum verdict verdict = result->verdict[DECIDE];
    struct str note = standing_preview_note(setting->arena, result);

    output_spaces(setting->out, indent);
    output_tone(setting->out, verdict_tone(verdict), str_from_c(phrase_verdict(verdict)));
    if (note.p)
        output_format(setting->out, " (%.*s)", STR_ARG(note));
    output_line(setting->out);
}

/* ---- the rule ---- */

static void print_node(const struct view *view, const struct edition_node *node,
                       const struct frame *frame, int indent, const char *joint);

static void print_children(const struct view *view, const struct edition_node *node,
                           const struct frame *frame, int indent, const char *joint)
{
    for (size_t i = 0; i < node->child_count; i++)
        print_node(view, &node->children[i], frame, indent, i > 0 ? joint : "");
}

static void print_point(const struct view *view, int indent, struct str text)
{
    output_paragraph(view->out, indent, STR("-"), TONE_FAINT, text);
}

/* The periods, each with what it has. */
static void print_slices(const struct view *view, const struct edition_node *each,
                         const struct frame *frame, int indent)
{
    enum cycle_state state;
    size_t count = slice_count(&view->from.evaluator, each, frame, &state);

    if (state == CYCLE_NO_ANCHOR)
        print_point(view, indent, STR("the day the cycle counts from is not recorded"));
    else if (state == CYCLE_NOT_BEGUN)
        print_point(view, indent, STR("the cycle has not begun"));
    for (size_t i = 0; i < count; i++) {
        struct frame slice = slice_frame(&view->from.evaluator, each, frame, i);
        struct str dates =
            str_format(view->from.arena,
                       "%.*s to %.*s:", STR_ARG(phrase_date(view->from.arena, slice.slice_from)),
                       STR_ARG(phrase_date(view->from.arena, slice.slice_to)));

        print_point(view, indent, dates);
        print_children(view, each, &slice, indent + STEP, "");
    }
}

/* At the top of a requirement `all` and `any` need no heading of their own. */
static void print_rule(const struct view *view, const struct edition_node *rule,
                       const struct frame *frame, int indent)
{
    rule = node_without_shell(rule);
    if (rule->kind == NODE_ALL)
        print_children(view, rule, frame, indent, "");
    else if (rule->kind == NODE_ANY)
        print_children(view, rule, frame, indent, "or ");
    else
        print_node(view, rule, frame, indent, "");
}

static void print_node(const struct view *view, const struct edition_node *node,
                       const struct frame *frame, int indent, const char *joint)
{
    struct str text;

    node = node_without_shell(node);
    text = node->child_count == 0 ? measure_text(&view->from, node, frame)
                                  : measure_heading(&view->from, node);
    print_point(view, indent, str_format(view->from.arena, "%s%.*s", joint, STR_ARG(text)));
    if (node->kind == NODE_EACH)
        print_slices(view, node, frame, indent + STEP);
    else
        print_children(view, node, frame, indent + STEP, node->kind == NODE_ANY ? "or " : "");
}

/* ---- requirements ---- */

static struct str state_text(const struct view *view, const struct requirement *requirement,
                             const struct requirement_outcome *outcome)
{
    struct str basis = basis_phrase(&view->from, requirement, &outcome->by[DECIDE]);
    struct str text = str_from_c(phrase_finding(outcome->value[DECIDE]));

    if (basis.p)
        text = str_format(view->from.arena, "%.*s (%.*s)", STR_ARG(text), STR_ARG(basis));
    if (outcome->value[PREVIEW] != outcome->value[DECIDE])
        text = str_format(view->from.arena, "%.*s; with the claims %s", STR_ARG(text),
                          phrase_finding(outcome->value[PREVIEW]));
    return text;
}

/* The exemption that somebody is met by, or those that would spare them what is not met yet. */
static void print_exemptions(const struct view *view, const struct requirement *requirement,
                             const struct requirement_outcome *outcome, int indent)
{
    const struct basis_text *by = &outcome->by[DECIDE];

    for (size_t i = 0; i < requirement->exemption_count; i++) {
        const struct exemption *exemption = &requirement->exemptions[i];
        bool met_by = by->basis == BY_EXEMPTION && str_eq(by->who, exemption->id);

        if (met_by || outcome->value[DECIDE] != MET)
            output_paragraph(
                view->out, indent, STR("Exemption:"), TONE_FAINT,
                reading_of_exemption(view->from.arena, view->from.evaluator.edition, exemption));
    }
}

/* The ids of a group's records, runs of them joined. */
static struct str group_ids(struct arena *arena, const struct use_group *group)
{
    struct str *ids = ARENA_ARRAY(arena, group->listed + 1, struct str);

    for (size_t i = 0; i < group->listed; i++)
        ids[i] = group->records[i]->id;
    return phrase_ids(arena, ids, group->listed, IDS_SHOWN);
}

static void print_counted(const struct view *view, const struct use_group *group, int indent)
{
    struct arena *arena = view->from.arena;
    struct str dates = phrase_date(arena, group->first);

    if (group->last != group->first)
        dates = str_format(arena, "%.*s to %.*s", STR_ARG(dates),
                           STR_ARG(phrase_date(arena, group->last)));
    output_paragraph(view->out, indent, STR("Counted:"), TONE_FAINT,
                     str_format(arena, "%.*s of %.*s (%.*s)",
                                STR_ARG(phrase_count(arena, group->count, "record")),
                                STR_ARG(dates), STR_ARG(group_ids(arena, group))));
}

/* What counts, and by reason what does not. */
static void print_uses(const struct view *view, size_t requirement, int indent)
{
    struct arena *arena = view->from.arena;
    struct use_groups groups;
    struct str *parts;
    size_t part_count = 0;

    uses_of_requirement(&view->from, requirement, ALL_RECORDS, &groups);
    parts = ARENA_ARRAY(arena, groups.count + 1, struct str);
    for (size_t i = 0; i < groups.count; i++)
        if (groups.at[i].reason[DECIDE] == USED)
            print_counted(view, &groups.at[i], indent);
    for (size_t i = 0; i < groups.count; i++) {
        const struct use_group *group = &groups.at[i];
        struct str text =
            use_reason_text(arena, group->reason[DECIDE], group->field[DECIDE], group->count);

        if (group->reason[DECIDE] != USED)
            parts[part_count++] = str_format(arena, "%zu %.*s (%.*s)", group->count, STR_ARG(text),
                                             STR_ARG(group_ids(arena, group)));
    }
    if (part_count > 0)
        output_paragraph(view->out, indent, STR("Not counted:"), TONE_FAINT,
                         phrase_list(arena, parts, part_count, "; ", "; "));
}

static void print_requirement(const struct view *view, size_t number, int indent)
{
    const struct requirement *requirement = &view->from.evaluator.edition->requirements[number];
    const struct requirement_outcome *outcome = &view->from.assessed->outcome.requirements[number];
    struct frame rule = frame_of_rule(&view->from.evaluator, requirement, outcome->at[DECIDE]);
    struct str ring =
        ring_sign(view->out, measure_requirement(&view->from, requirement, outcome, DECIDE));
    enum tone tone = finding_tone(outcome->value[DECIDE]);
    int inner = indent + text_width(ring) + 1;

    output_spaces(view->out, indent);
    output_tone(view->out, tone, ring);
    output_spaces(view->out, 1);
    output_ends(view->out, inner, requirement_title(requirement), TONE_STRONG,
                state_text(view, requirement, outcome), tone);
    if (outcome->at[DECIDE] != view->from.evaluator.on)
        output_paragraph(view->out, inner, STR("Time extended to:"), TONE_FAINT,
                         phrase_date(view->from.arena, outcome->at[DECIDE]));
    if (outcome->by[DECIDE].basis != BY_EXEMPTION)
        print_rule(view, requirement->rule, &rule, inner);
    print_exemptions(view, requirement, outcome, inner);
    print_uses(view, number, inner);
}

static void print_bars(const struct view *view, int indent)
{
    const struct edition *edition = view->from.evaluator.edition;

    for (size_t i = 0; i < edition->bar_count; i++) {
        const struct bar *bar = &edition->bars[i];
        enum finding finding = view->from.assessed->outcome.bars[i];
        bool refused = finding == MET && bar->refuse;

        if (finding == NOT_YET)
            continue;
        output_paragraph(view->out, indent, refused ? STR("Barred:") : STR("To be looked at:"),
                         refused ? TONE_BAD : TONE_WAIT, bar->label.p ? bar->label : bar->id);
    }
}

static void print_until(const struct view *view, int indent)
{
    day until;

    if (view->from.assessed->outcome.verdict[DECIDE] != VERDICT_ELIGIBLE)
        return;
    until = eligible_until(view->from.arena, &view->from.evaluator);
    output_paragraph(view->out, indent, STR("Lasts:"), TONE_STRONG,
                     until == DAY_NONE
                         ? STR("for the next 20 years, if nothing else happens")
                         : str_format(view->from.arena, "until %.*s, if nothing else happens",
                                      STR_ARG(phrase_date(view->from.arena, until))));
}

static void print_assessed(const struct standing_setting *setting,
                           const struct standing_result *result, const struct assessed *assessed,
                           int indent)
{
    struct view view = standing_view(setting, result, assessed);

    if (!assessed->outcome.available)
        output_paragraph(setting->out, indent, STR_NONE, TONE_PLAIN,
                         closed_phrase(setting->arena, assessed->edition, result->on));
    if (assessed->overlay_rejected)
        output_paragraph(setting->out, indent, STR_NONE, TONE_WAIT,
                         STR("The programme's own document is not proved to be as strict as this "
                             "edition, which alone governs."));
    for (size_t i = 0; i < assessed->edition->requirement_count; i++)
        print_requirement(&view, i, indent);
    print_bars(&view, indent);
    steps_print(&view, indent);
    print_until(&view, indent);
    if (!assessed->base)
        return;
    output_paragraph(
        setting->out, indent, STR_NONE, TONE_PLAIN,
        str_format(setting->arena,
                   "It tightens %.*s, edition %.*s, which must be met "
                   "as well:",
                   STR_ARG(assessed->base->edition->name),
                   STR_ARG(edition_number_text(setting->arena, assessed->base->edition->number))));
    print_assessed(setting, result, assessed->base, indent + STEP);
}

static void print_nothing_governs(const struct standing_setting *setting,
                                  const struct standing_result *result, int indent)
{
    day first = result->governing.first_in_force;
    struct str text = STR("No edition is in force on this date.");

    if (first != DAY_NONE)
        text = str_format(setting->arena,
                          "No edition is in force on this date; the first is from "
                          "%.*s on.",
                          STR_ARG(phrase_date(setting->arena, first)));
    output_paragraph(setting->out, indent, STR_NONE, TONE_PLAIN, text);
}

static struct str edition_note(struct arena *arena, const struct standing_result *result)
{
    const struct assessed *best = result->best[DECIDE];

    if (!best)
        return STR_NONE;
    return str_format(arena, "edition %.*s",
                      STR_ARG(edition_number_text(arena, best->edition->number)));
}

void standing_print(const struct standing_setting *setting, struct str title,
                    const struct standing_result *result, int indent)
{
    const struct assessed *decided = result->best[DECIDE];
    const struct assessed *previewed = result->best[PREVIEW];

    output_spaces(setting->out, indent);
    output_ends(setting->out, indent, title, TONE_STRONG, edition_note(setting->arena, result),
                TONE_FAINT);
    standing_print_verdict(setting, result, indent);
    if (!decided) {
        print_nothing_governs(setting, result, indent);
        return;
    }
    print_assessed(setting, result, decided, indent + STEP);
    if (previewed && previewed->edition != decided->edition)
        output_paragraph(
            setting->out, indent + STEP, STR_NONE, TONE_PLAIN,
            str_format(setting->arena, "By claims edition %.*s would govern: %s.",
                       STR_ARG(edition_number_text(setting->arena, previewed->edition->number)),
                       verdict_name(previewed->verdict[PREVIEW])));
}
