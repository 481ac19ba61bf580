#include "cli/tree.h"

#include "cli/standing.h"
#include "criteria/reading.h"
#include "register/measure.h"
#include "register/nearest.h"
#include "register/phrases.h"
#include "register/uses.h"

#define STEP 2
#define ALL_IDS ((size_t)-1)

static void print_node(const struct view *view, const struct edition_node *node,
                       const struct edition_node *parent, const struct frame *frame, int indent);

static struct str title_in_quotes(struct arena *arena, struct str id, struct str label)
{
    return label.p ? str_format(arena, "%.*s \"%.*s\"", STR_ARG(id), STR_ARG(label)) : id;
}

/* ---- records ---- */

static struct str use_text(const struct view *view, const struct use_group *group)
{
    struct arena *arena = view->from.arena;
    struct str text =
        use_reason_text(arena, group->reason[DECIDE], group->field[DECIDE], group->count);

    if (group->reason[PREVIEW] == group->reason[DECIDE])
        return text;
    return str_format(arena, "%.*s; by claims %.*s", STR_ARG(text),
                      STR_ARG(use_reason_text(arena, group->reason[PREVIEW], group->field[PREVIEW],
                                              group->count)));
}

static void print_records(const struct view *view, const struct edition_node *node,
                          const struct edition_node *parent, const struct frame *frame, bool also,
                          int indent)
{
    struct arena *arena = view->from.arena;
    struct use_groups groups;

    uses_of_node(&view->from, node, parent, frame, also, ALL_RECORDS, &groups);
    if (also) {
        output_paragraph(view->out, indent, STR_NONE, TONE_PLAIN, STR("also:"));
        indent += STEP;
    }
    for (size_t i = 0; i < groups.count; i++) {
        const struct use_group *group = &groups.at[i];
        struct str *ids = ARENA_ARRAY(arena, group->listed + 1, struct str);

        for (size_t j = 0; j < group->listed; j++)
            ids[j] = group->records[j]->id;
        output_paragraph(
            view->out, indent,
            str_format(arena, "%zu %.*s:", group->count, STR_ARG(use_text(view, group))),
            TONE_FAINT, phrase_ids(arena, ids, group->listed, ALL_IDS));
    }
}

/* ---- nodes ---- */

static struct str reading_text(const struct view *view, const struct edition_node *node,
                               const struct frame *frame, enum reading reading)
{
    struct findings found = evaluate_node(&view->from.evaluator, node, frame);
    const char *value = finding_name(found.in[reading]);

    if (!node_is_aggregate(node->kind))
        return str_from_c(value);
    return str_format(view->from.arena, "%s %.*s", value,
                      STR_ARG(measure_bounds(&view->from, node, frame, reading)));
}

static struct str readings_text(const struct view *view, struct str decide, struct str preview)
{
    return str_format(view->from.arena, "decide %.*s; preview %.*s", STR_ARG(decide),
                      STR_ARG(preview));
}

static void print_readings(const struct view *view, int indent, struct str decide,
                           struct str preview)
{
    output_paragraph(view->out, indent, STR_NONE, TONE_PLAIN, readings_text(view, decide, preview));
}

static void print_judgement(const struct view *view, const struct requirement *requirement,
                            struct str body, int indent)
{
    const struct judgement *judgement =
        latest_judgement(view->from.evaluator.bundle->acts, requirement->id, body);

    if (!judgement)
        return;
    output_paragraph(view->out, indent, STR_NONE, TONE_PLAIN,
                     str_format(view->from.arena, "judged %s by %.*s on %.*s",
                                judgement->satisfied ? "satisfied" : "not satisfied",
                                STR_ARG(body_title(view->from.scheme, judgement->by)),
                                STR_ARG(phrase_date(view->from.arena, judgement->on))));
}

static void print_slices(const struct view *view, const struct edition_node *each,
                         const struct frame *frame, int indent)
{
    enum cycle_state state;
    size_t count = slice_count(&view->from.evaluator, each, frame, &state);

    for (size_t i = 0; i < count; i++) {
        struct frame slice = slice_frame(&view->from.evaluator, each, frame, i);

        output_paragraph(view->out, indent, STR_NONE, TONE_PLAIN,
                         str_format(view->from.arena, "%.*s to %.*s:",
                                    STR_ARG(phrase_date(view->from.arena, slice.slice_from)),
                                    STR_ARG(phrase_date(view->from.arena, slice.slice_to))));
        for (size_t j = 0; j < each->child_count; j++)
            print_node(view, &each->children[j], each, &slice, indent + STEP);
    }
}

static void print_node(const struct view *view, const struct edition_node *node,
                       const struct edition_node *parent, const struct frame *frame, int indent)
{
    struct str said = node->child_count > 0
                          ? measure_heading(&view->from, node)
                          : reading_of_node(view->from.arena, view->from.evaluator.edition, node);

    output_spaces(view->out, indent);
    output_ends(view->out, indent, node->id, TONE_STRONG,
                readings_text(view, reading_text(view, node, frame, DECIDE),
                              reading_text(view, node, frame, PREVIEW)),
                TONE_PLAIN);
    indent += STEP;
    output_paragraph(view->out, indent, STR_NONE, TONE_PLAIN, said);
    if (node_reads_records(node->kind))
        print_records(view, node, parent, frame, false, indent);
    if (node->also)
        print_records(view, node, parent, frame, true, indent);
    if (node->kind == NODE_JUDGED && frame->requirement)
        print_judgement(view, frame->requirement, node->body, indent);
    if (node->kind == NODE_EACH)
        print_slices(view, node, frame, indent);
    else
        for (size_t i = 0; i < node->child_count; i++)
            print_node(view, &node->children[i], node, frame, indent);
}

/* ---- requirements ---- */

static void print_wording(const struct view *view, const struct item *item, int indent)
{
    for (size_t i = 0; i < item->parts.count; i++) {
        const struct part *part = &item->parts.at[i];
        struct str lead = STR("Wording:");

        if (part->kind != PART_WORDING)
            continue;
        if (part->text.lang.p)
            lead = str_format(view->from.arena, "Wording (%.*s):", STR_ARG(part->text.lang));
        output_paragraph(view->out, indent, lead, TONE_FAINT, part->text.text);
    }
}

static void print_condition(const struct view *view, const char *word,
                            const struct edition_node *node, const struct frame *frame, int indent)
{
    output_paragraph(view->out, indent, str_from_c(word), TONE_FAINT, STR_NONE);
    print_node(view, node, NULL, frame, indent + STEP);
}

static void print_exemptions(const struct view *view, const struct requirement *requirement,
                             const struct frame *rule, const struct frame *condition, int indent)
{
    for (size_t i = 0; i < requirement->exemption_count; i++) {
        const struct exemption *exemption = &requirement->exemptions[i];

        output_paragraph(view->out, indent, STR("Exemption"), TONE_FAINT,
                         title_in_quotes(view->from.arena, exemption->id, exemption->label));
        print_condition(view, "when", exemption->when, condition, indent + STEP);
        if (exemption->instead)
            print_condition(view, "instead", exemption->instead, rule, indent + STEP);
    }
}

static void print_referrals(const struct view *view, const struct requirement *requirement,
                            const struct frame *condition, int indent)
{
    for (size_t i = 0; i < requirement->referral_count; i++) {
        const struct referral *referral = &requirement->referrals[i];

        output_paragraph(view->out, indent, STR("Referral to the"), TONE_FAINT,
                         body_title(view->from.scheme, referral->body));
        print_judgement(view, requirement, referral->body, indent + STEP);
        print_node(view, referral->when, NULL, condition, indent + STEP);
    }
}

static void print_discretions(const struct view *view, const struct requirement *requirement,
                              const struct frame *condition, int indent)
{
    for (size_t i = 0; i < requirement->discretion_count; i++) {
        const struct discretion *discretion = &requirement->discretions[i];

        output_paragraph(
            view->out, indent, STR("Discretion:"), TONE_FAINT,
            reading_of_discretion(view->from.arena, view->from.evaluator.edition, discretion));
        if (discretion->floor)
            print_node(view, discretion->floor, NULL, condition, indent + STEP);
    }
}

static struct str outcome_text(const struct view *view, const struct requirement_outcome *outcome,
                               enum reading reading)
{
    const struct basis_text *by = &outcome->by[reading];
    const char *value = finding_name(outcome->value[reading]);

    if (by->basis == BY_NOTHING)
        return str_from_c(value);
    return str_format(view->from.arena, "%s by %.*s", value,
                      STR_ARG(basis_text(view->from.arena, by->basis, by->who)));
}

static void print_requirement(const struct view *view, const struct requirement *requirement,
                              const struct requirement_outcome *outcome)
{
    day at = outcome->at[DECIDE];
    struct frame rule = frame_of_rule(&view->from.evaluator, requirement, at);
    struct frame condition = frame_of_condition(&view->from.evaluator, requirement, at);

    output_line(view->out);
    output_ends(view->out, 0,
                title_in_quotes(view->from.arena, requirement->id, requirement->label), TONE_STRONG,
                STR_NONE, TONE_PLAIN);
    print_readings(view, STEP, outcome_text(view, outcome, DECIDE),
                   outcome_text(view, outcome, PREVIEW));
    if (at != view->from.evaluator.on)
        output_paragraph(view->out, STEP, STR("Time extended to:"), TONE_FAINT,
                         phrase_date(view->from.arena, at));
    print_wording(view, requirement->source, STEP);
    output_paragraph(
        view->out, STEP, STR("How this is checked:"), TONE_FAINT,
        reading_of_requirement(view->from.arena, view->from.evaluator.edition, requirement));
    print_node(view, requirement->rule, NULL, &rule, STEP);
    print_exemptions(view, requirement, &rule, &condition, STEP);
    print_referrals(view, requirement, &condition, STEP);
    print_discretions(view, requirement, &condition, STEP);
}

static void print_bars(const struct view *view)
{
    const struct edition *edition = view->from.evaluator.edition;
    struct frame frame = { .on = view->from.evaluator.on, .cycle_on = view->from.evaluator.on };

    for (size_t i = 0; i < edition->bar_count; i++) {
        const struct bar *bar = &edition->bars[i];

        output_line(view->out);
        output_paragraph(view->out, 0, STR("Bar"), TONE_STRONG,
                         title_in_quotes(view->from.arena, bar->id, bar->label));
        output_paragraph(view->out, STEP, STR_NONE, TONE_PLAIN,
                         str_format(view->from.arena, "%s; effect: %s",
                                    finding_name(view->from.assessed->outcome.bars[i]),
                                    bar->refuse ? "refuse" : "refer"));
        print_node(view, bar->rule, NULL, &frame, STEP);
    }
}

static void print_advice(const struct view *view)
{
    struct advice_list advice;

    advise(view->from.arena, &view->from.evaluator, &view->from.assessed->outcome, &advice);
    if (advice.count == 0)
        return;
    output_line(view->out);
    output_tone(view->out, TONE_STRONG, STR("Advice"));
    output_line(view->out);
    for (size_t i = 0; i < advice.count; i++)
        output_paragraph(view->out, STEP,
                         str_format(view->from.arena,
                                    "%.*s:", STR_ARG(advice_text(view->from.arena, &advice.at[i]))),
                         TONE_PLAIN, nearest_item(&view->from, &advice.at[i]));
}

static void print_until(const struct view *view)
{
    day until;

    if (view->from.assessed->outcome.verdict[DECIDE] != VERDICT_ELIGIBLE)
        return;
    until = eligible_until(view->from.arena, &view->from.evaluator);
    output_line(view->out);
    output_paragraph(view->out, 0, STR("Lasts until:"), TONE_STRONG,
                     until == DAY_NONE ? STR("nothing ends it within 20 years")
                                       : phrase_date(view->from.arena, until));
}

void tree_print(const struct view *view)
{
    const struct edition *edition = view->from.evaluator.edition;
    const struct outcome *outcome = &view->from.assessed->outcome;
    struct str number = edition_number_text(view->from.arena, edition->number);

    output_ends(view->out, 0, edition->title.p ? edition->title : edition->name, TONE_STRONG,
                str_format(view->from.arena, "%.*s@%.*s", STR_ARG(edition->name), STR_ARG(number)),
                TONE_FAINT);
    print_readings(view, 0, str_from_c(verdict_name(outcome->verdict[DECIDE])),
                   str_from_c(verdict_name(outcome->verdict[PREVIEW])));
    if (!outcome->available)
        output_paragraph(view->out, 0, STR_NONE, TONE_PLAIN,
                         closed_phrase(view->from.arena, edition, view->from.evaluator.on));
    for (size_t i = 0; i < edition->requirement_count; i++)
        print_requirement(view, &edition->requirements[i], &outcome->requirements[i]);
    print_bars(view);
    print_advice(view);
    print_until(view);
}
