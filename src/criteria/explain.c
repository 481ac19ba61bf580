#include "criteria/explain.h"

#include "criteria/reading.h"

struct explainer {
    struct arena *arena;
    const struct evaluator *evaluator;
    const struct edition *edition;
};

static const char *const reading_names[READINGS] = { "decide", "preview" };

const char *node_kind_name(enum node_kind kind)
{
    static const char *const names[] = {
        "all",
        "any",
        "separately",
        "at-least",
        "each",
        "count",
        "count-distinct",
        "sum",
        "months-covered",
        "months-since-first",
        "holds",
        "declared",
        "age",
        "judged",
    };
    return names[kind];
}

const char *aggregate_unit_name(const struct edition_node *node)
{
    if (node->kind == NODE_COVERED)
        return "days";
    if (node->kind == NODE_COUNT)
        return "matters";
    if (node->kind == NODE_DISTINCT)
        return "values";
    return field_is_time(&node->selection.kind->fields[node->field]) ? "minutes" : "units";
}

static void set_name(struct arena *arena, struct value *object, const char *key, const char *name)
{
    value_set_text(arena, object, key, str_from_c(name));
}

static void set_day(struct arena *arena, struct value *object, const char *key, day d)
{
    value_set(arena, object, key, d == DAY_NONE ? value_null(arena) : value_day(arena, d));
}

static void set_optional(struct arena *arena, struct value *object, const char *key,
                         struct str text)
{
    if (text.p)
        value_set_text(arena, object, key, text);
}

/* ---- nodes ---- */

static struct value *explain_node(const struct explainer *x, const struct edition_node *node,
                                  const struct edition_node *parent, const struct frame *frame);

static struct value *explain_uses(const struct explainer *x, const struct edition_node *node,
                                  const struct edition_node *separately, const struct frame *frame,
                                  bool also)
{
    const struct record_use *uses[READINGS];
    size_t count = 0;
    for (int reading = 0; reading < READINGS; reading++)
        count = explain_records(x->arena, x->evaluator, node, separately, frame, also,
                                (enum reading)reading, &uses[reading]);
    struct value *list = value_array(x->arena);
    for (size_t i = 0; i < count; i++) {
        struct value *record = value_object(x->arena);
        value_set_text(x->arena, record, "id", uses[DECIDE][i].evidence->id);
        for (int reading = 0; reading < READINGS; reading++)
            set_name(x->arena, record, reading_names[reading],
                     unused_reason_name(uses[reading][i].reason));
        set_optional(x->arena, record, "field",
                     uses[DECIDE][i].field.p ? uses[DECIDE][i].field : uses[PREVIEW][i].field);
        value_push(x->arena, list, record);
    }
    return list;
}

static void explain_bounds(const struct explainer *x, const struct edition_node *node,
                           const struct frame *frame, struct value *const in[READINGS],
                           struct value *object)
{
    struct bounds bounds = aggregate_bounds(x->evaluator, node, frame);
    for (int reading = 0; reading < READINGS; reading++) {
        value_set_int(x->arena, in[reading], "lo", bounds.lo[reading]);
        value_set(x->arena, in[reading], "hi",
                  bounds.hi[reading] >= NO_BOUND ? value_null(x->arena)
                                                 : value_int(x->arena, bounds.hi[reading]));
    }
    value_set_int(x->arena, object, "need", bounds.need);
    value_set_int(x->arena, object, "scale", bounds.scale);
    const struct field *measure = &node->selection.kind->fields[node->field];
    set_name(x->arena, object, "unit", aggregate_unit_name(node));
    value_set_text(x->arena, object, "record", node->selection.kind->name);
    if (node->kind == NODE_SUM || node->kind == NODE_DISTINCT)
        value_set_text(x->arena, object, "field", measure->name);
}

static struct value *explain_slices(const struct explainer *x, const struct edition_node *each,
                                    const struct frame *frame)
{
    struct value *slices = value_array(x->arena);
    enum cycle_state state;
    size_t count = slice_count(x->evaluator, each, frame, &state);
    for (size_t j = 0; j < count; j++) {
        struct frame slice_of = slice_frame(x->evaluator, each, frame, j);
        struct value *slice = value_object(x->arena), *children = value_array(x->arena);
        set_day(x->arena, slice, "from", slice_of.slice_from);
        set_day(x->arena, slice, "to", slice_of.slice_to);
        for (size_t i = 0; i < each->child_count; i++)
            value_push(x->arena, children, explain_node(x, &each->children[i], each, &slice_of));
        value_set(x->arena, slice, "children", children);
        value_push(x->arena, slices, slice);
    }
    return slices;
}

/* The branch of an `any` that gives its value: the first of the greatest. */
static void explain_choice(const struct explainer *x, const struct edition_node *node,
                           const struct frame *frame, struct value *const in[READINGS])
{
    const struct edition_node *chosen[READINGS] = { NULL, NULL };
    enum finding best[READINGS] = { NOT_YET, NOT_YET };
    for (size_t i = 0; i < node->child_count; i++) {
        struct findings found = evaluate_node(x->evaluator, &node->children[i], frame);
        for (int reading = 0; reading < READINGS; reading++)
            if (!chosen[reading] || found.in[reading] > best[reading]) {
                chosen[reading] = &node->children[i];
                best[reading] = found.in[reading];
            }
    }
    for (int reading = 0; reading < READINGS; reading++)
        if (chosen[reading])
            value_set_text(x->arena, in[reading], "chosen", chosen[reading]->id);
}

static void explain_judgement(const struct explainer *x, struct str requirement, struct str body,
                              struct value *object)
{
    const struct judgement *judgement =
        latest_judgement(x->evaluator->bundle->acts, requirement, body);
    if (!judgement)
        return;
    struct value *said = value_object(x->arena);
    value_set_text(x->arena, said, "by", judgement->by);
    set_day(x->arena, said, "on", judgement->on);
    value_set_bool(x->arena, said, "satisfied", judgement->satisfied);
    value_set(x->arena, object, "judgement", said);
}

static struct value *explain_node(const struct explainer *x, const struct edition_node *node,
                                  const struct edition_node *parent, const struct frame *frame)
{
    struct value *object = value_object(x->arena), *in[READINGS];
    value_set_text(x->arena, object, "id", node->id);
    set_name(x->arena, object, "kind", node_kind_name(node->kind));
    value_set_text(x->arena, object, "text", reading_of_node(x->arena, x->edition, node));
    struct findings found = evaluate_node(x->evaluator, node, frame);
    for (int reading = 0; reading < READINGS; reading++) {
        in[reading] = value_object(x->arena);
        set_name(x->arena, in[reading], "value", finding_name(found.in[reading]));
        value_set(x->arena, object, reading_names[reading], in[reading]);
    }
    const struct edition_node *separately = parent && parent->kind == NODE_SEPARATELY ? parent
                                                                                      : NULL;
    if (node_is_aggregate(node->kind))
        explain_bounds(x, node, frame, in, object);
    if (node_reads_records(node->kind))
        value_set(x->arena, object, "records", explain_uses(x, node, separately, frame, false));
    if (node->also)
        value_set(x->arena, object, "also", explain_uses(x, node, NULL, frame, true));
    if (node->kind == NODE_ANY)
        explain_choice(x, node, frame, in);
    if (node->kind == NODE_JUDGED && frame->requirement)
        explain_judgement(x, frame->requirement->id, node->body, object);
    if (node->kind == NODE_EACH) {
        value_set(x->arena, object, "slices", explain_slices(x, node, frame));
    } else if (node->child_count) {
        struct value *children = value_array(x->arena);
        for (size_t i = 0; i < node->child_count; i++)
            value_push(x->arena, children, explain_node(x, &node->children[i], node, frame));
        value_set(x->arena, object, "children", children);
    }
    return object;
}

/* ---- requirements ---- */

static struct value *explain_texts(const struct explainer *x, const struct item *item)
{
    struct value *texts = value_array(x->arena);
    for (size_t i = 0; i < item->parts.count; i++) {
        const struct part *part = &item->parts.at[i];
        if (part->kind != PART_WORDING)
            continue;
        struct value *text = value_object(x->arena);
        value_set_text(x->arena, text, "language",
                       part->text.lang.p ? part->text.lang : x->edition->language);
        value_set_text(x->arena, text, "text", part->text.text);
        value_push(x->arena, texts, text);
    }
    return texts;
}

static struct value *explain_modifiers(const struct explainer *x,
                                       const struct requirement *requirement, day at,
                                       struct value *object)
{
    struct frame rule = frame_of_rule(x->evaluator, requirement, at);
    struct frame condition = frame_of_condition(x->evaluator, requirement, at);
    struct value *exemptions = value_array(x->arena), *referrals = value_array(x->arena),
                 *discretions = value_array(x->arena);
    for (size_t i = 0; i < requirement->exemption_count; i++) {
        const struct exemption *exemption = &requirement->exemptions[i];
        struct value *one = value_object(x->arena);
        value_set_text(x->arena, one, "id", exemption->id);
        set_optional(x->arena, one, "label", exemption->label);
        value_set(x->arena, one, "when", explain_node(x, exemption->when, NULL, &condition));
        if (exemption->instead)
            value_set(x->arena, one, "instead", explain_node(x, exemption->instead, NULL, &rule));
        value_push(x->arena, exemptions, one);
    }
    for (size_t i = 0; i < requirement->referral_count; i++) {
        const struct referral *referral = &requirement->referrals[i];
        struct value *one = value_object(x->arena);
        value_set_text(x->arena, one, "body", referral->body);
        explain_judgement(x, requirement->id, referral->body, one);
        value_set(x->arena, one, "when", explain_node(x, referral->when, NULL, &condition));
        value_push(x->arena, referrals, one);
    }
    for (size_t i = 0; i < requirement->discretion_count; i++) {
        const struct discretion *discretion = &requirement->discretions[i];
        struct value *one = value_object(x->arena);
        value_set_text(x->arena, one, "body", discretion->body);
        value_set_text(x->arena, one, "text",
                       reading_of_discretion(x->arena, x->edition, discretion));
        if (discretion->floor)
            value_set(x->arena, one, "floor", explain_node(x, discretion->floor, NULL, &condition));
        value_push(x->arena, discretions, one);
    }
    value_set(x->arena, object, "exemptions", exemptions);
    value_set(x->arena, object, "referrals", referrals);
    value_set(x->arena, object, "discretions", discretions);
    return object;
}

static struct value *explain_requirement(const struct explainer *x,
                                         const struct requirement *requirement,
                                         const struct requirement_outcome *outcome)
{
    struct value *object = value_object(x->arena);
    value_set_text(x->arena, object, "id", requirement->id);
    set_optional(x->arena, object, "label", requirement->label);
    value_set(x->arena, object, "wording", explain_texts(x, requirement->source));
    value_set_text(x->arena, object, "text",
                   reading_of_requirement(x->arena, x->edition, requirement));
    for (int reading = 0; reading < READINGS; reading++) {
        struct value *in = value_object(x->arena);
        set_name(x->arena, in, "value", finding_name(outcome->value[reading]));
        value_set_text(x->arena, in, "by",
                       basis_text(x->arena, outcome->by[reading].basis, outcome->by[reading].who));
        set_day(x->arena, in, "at", outcome->at[reading]);
        value_set(x->arena, object, reading_names[reading], in);
    }
    struct frame rule = frame_of_rule(x->evaluator, requirement, outcome->at[DECIDE]);
    value_set(x->arena, object, "rule", explain_node(x, requirement->rule, NULL, &rule));
    return explain_modifiers(x, requirement, outcome->at[DECIDE], object);
}

static struct value *explain_bars(const struct explainer *x, const struct outcome *outcome)
{
    struct value *bars = value_array(x->arena);
    struct frame frame = { .on = x->evaluator->on, .cycle_on = x->evaluator->on };
    for (size_t i = 0; i < x->edition->bar_count; i++) {
        const struct bar *bar = &x->edition->bars[i];
        struct value *one = value_object(x->arena);
        value_set_text(x->arena, one, "id", bar->id);
        set_optional(x->arena, one, "label", bar->label);
        set_name(x->arena, one, "effect", bar->refuse ? "refuse" : "refer");
        set_name(x->arena, one, "value", finding_name(outcome->bars[i]));
        value_set(x->arena, one, "rule", explain_node(x, bar->rule, NULL, &frame));
        value_push(x->arena, bars, one);
    }
    return bars;
}

/* ---- advice and the whole ---- */

static struct value *explain_advice(const struct explainer *x, const struct outcome *outcome)
{
    struct advice_list advice;
    advise(x->arena, x->evaluator, outcome, &advice);
    struct value *list = value_array(x->arena);
    for (size_t i = 0; i < advice.count; i++) {
        const struct advice *item = &advice.at[i];
        struct value *one = value_object(x->arena);
        set_name(x->arena, one, "kind", advice_kind_name(item->kind));
        value_set_text(x->arena, one, "item", advice_text(x->arena, item));
        value_set_text(x->arena, one, "requirement", item->requirement->id);
        if (item->kind == ADVICE_WAIT)
            set_day(x->arena, one, "until", item->until);
        else
            value_set_text(x->arena, one, "word", item->word);
        if (item->n)
            value_set_int(x->arena, one, "n", item->n);
        if (item->kind == ADVICE_SUM)
            value_set_text(x->arena, one, "measure",
                           item->node->selection.kind->fields[item->node->field].name);
        if (item->first)
            value_set_text(x->arena, one, "matching",
                           reading_of_selection(x->arena, x->edition, item->first));
        else if (item->node && node_reads_records(item->node->kind))
            value_set_text(x->arena, one, "matching",
                           reading_of_selection(x->arena, x->edition, &item->node->selection));
        value_push(x->arena, list, one);
    }
    return list;
}

static struct value *explain_assessed(struct arena *arena, const struct assessed *assessed, day on)
{
    struct evaluator evaluator = evaluator_of(assessed->edition, &assessed->bundle, arena, on);
    struct explainer x = { arena, &evaluator, assessed->edition };
    const struct edition *edition = assessed->edition;
    struct value *object = value_object(arena);
    value_set_text(arena, object, "name", edition->name);
    value_set_text(arena, object, "edition", edition_number_text(arena, edition->number));
    set_optional(arena, object, "title", edition->title);
    value_set_text(arena, object, "text_hash", edition->text_hash);
    value_set_text(arena, object, "rule_hash", edition->rule_hash);
    set_name(arena, object, "decide", verdict_name(assessed->outcome.verdict[DECIDE]));
    set_name(arena, object, "preview", verdict_name(assessed->outcome.verdict[PREVIEW]));
    value_set_bool(arena, object, "available", assessed->outcome.available);
    struct value *requirements = value_array(arena);
    for (size_t i = 0; i < edition->requirement_count; i++)
        value_push(
            arena, requirements,
            explain_requirement(&x, &edition->requirements[i], &assessed->outcome.requirements[i]));
    value_set(arena, object, "requirements", requirements);
    value_set(arena, object, "bars", explain_bars(&x, &assessed->outcome));
    value_set(arena, object, "advice", explain_advice(&x, &assessed->outcome));
    set_day(arena, object, "until", eligible_until(arena, &evaluator));
    if (assessed->base)
        value_set(arena, object, "tightens", explain_assessed(arena, assessed->base, on));
    if (assessed->overlay_rejected)
        value_set_bool(arena, object, "overlay_rejected", true);
    return object;
}

static struct value *explain_editions(struct arena *arena, const struct standing_result *result)
{
    struct value *editions = value_array(arena);
    for (size_t i = 0; i < result->governing.count; i++) {
        const struct governing *governing = &result->governing.at[i];
        struct value *one = value_object(arena);
        value_set_text(arena, one, "name", governing->name);
        value_set_text(arena, one, "edition", edition_number_text(arena, governing->number));
        value_set_bool(arena, one, "loaded", governing->edition != NULL);
        value_push(arena, editions, one);
    }
    return editions;
}

struct value *explain_result(struct arena *arena, const struct standing_result *result)
{
    struct value *object = value_object(arena);
    value_set_text(arena, object, "name", result->name);
    set_day(arena, object, "on", result->on);
    for (int reading = 0; reading < READINGS; reading++)
        set_name(arena, object, reading_names[reading], verdict_name(result->verdict[reading]));
    value_set(arena, object, "editions", explain_editions(arena, result));
    if (!result->governing.count)
        set_day(arena, object, "first_in_force", result->governing.first_in_force);
    const struct assessed *decided = result->best[DECIDE], *previewed = result->best[PREVIEW];
    if (decided)
        value_set(arena, object, "result", explain_assessed(arena, decided, result->on));
    /* Claims may open an older edition that decides nothing yet. */
    if (previewed && (!decided || previewed->edition != decided->edition))
        value_set(arena, object, "preview_result", explain_assessed(arena, previewed, result->on));
    return object;
}
