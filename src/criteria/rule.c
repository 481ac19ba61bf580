#include "criteria/rule.h"

#include "base/buf.h"
#include "hash/sha256.h"

/* A canonical print repeats its source but for indentation, which CRITERIA_DEPTH_MAX bounds; the
   JSON of a document has no more than CRITERIA_NODES_MAX conditions. */
#define HASHED_MAX ((size_t)256 * 1024 * 1024)

static struct value *texts_value(struct arena *arena, struct str_list texts)
{
    struct value *array = value_array(arena);
    for (size_t i = 0; i < texts.count; i++)
        value_push(arena, array, value_text(arena, texts.at[i]));
    return array;
}

/* Reads the same whatever order the texts were written in. */
static struct value *sorted_texts_value(struct arena *arena, struct str_list texts)
{
    struct str *sorted = ARENA_ARRAY(arena, texts.count, struct str);
    for (size_t i = 0; i < texts.count; i++) {
        size_t at = i;
        for (; at > 0 && str_cmp(texts.at[i], sorted[at - 1]) < 0; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = texts.at[i];
    }
    return texts_value(arena, (struct str_list){ sorted, texts.count });
}

static struct str json_text(struct arena *arena, const struct value *value)
{
    struct buf buf;
    buf_init(&buf, HASHED_MAX);
    value_write_json(value, JSON_CANONICAL, &buf);
    BUG_IF(buf.overflow);
    return buf_take(&buf, arena);
}

/* Sorts items by their JSON and keeps one of each: conditions that all must hold have no order. */
static struct value *sorted_items(struct arena *arena, const struct value *items)
{
    struct str *texts = ARENA_ARRAY(arena, items->count, struct str);
    struct value **sorted = ARENA_ARRAY(arena, items->count, struct value *);
    struct value *array = value_array(arena);
    size_t count = 0;
    for (size_t i = 0; i < items->count; i++) {
        struct str text = json_text(arena, items->items[i]);
        size_t at = count;
        while (at > 0 && str_cmp(text, texts[at - 1]) < 0)
            at--;
        if (at > 0 && str_eq(text, texts[at - 1]))
            continue;
        for (size_t k = count; k > at; k--) {
            texts[k] = texts[k - 1];
            sorted[k] = sorted[k - 1];
        }
        texts[at] = text;
        sorted[at] = items->items[i];
        count++;
    }
    for (size_t i = 0; i < count; i++)
        value_push(arena, array, sorted[i]);
    return array;
}

/* ---- selections ---- */

static void set_test(struct arena *arena, struct value *object, const struct kind *kind,
                     const struct own_test *test)
{
    const struct field *field = &kind->fields[test->field];
    value_set_text(arena, object, "field", field->name);
    if (!test->at_least)
        value_set(arena, object, test->negated ? "not-in" : "in", texts_value(arena, test->values));
    else if (field->type == FIELD_ORDERED)
        value_set_text(arena, object, "at-least", field->values.at[test->least]);
    else
        value_set_int(arena, object, "at-least", test->least);
}

static struct value *test_value(struct arena *arena, const struct kind *kind,
                                const struct own_test *test)
{
    struct value *object = value_object(arena);
    set_test(arena, object, kind, test);
    return object;
}

static const char *accredited_name(enum accredited when)
{
    switch (when) {
    case ACCREDITED_AT_END:
        return "at-end";
    case ACCREDITED_AT_START:
        return "at-start";
    case ACCREDITED_THROUGHOUT:
        return "throughout";
    }
    BUG("no such time of accreditation: %d", (int)when);
}

static void set_windows(struct arena *arena, struct value *object,
                        const struct selection *selection)
{
    if (selection->from != DAY_FIRST)
        value_set(arena, object, "from", value_day(arena, selection->from));
    if (selection->to != DAY_LAST)
        value_set(arena, object, "until", value_day(arena, selection->to));
    if (selection->within)
        value_set_int(arena, object, "within-months", selection->within);
    if (selection->in_cycle)
        value_set_bool(arena, object, "in-cycle", true);
}

struct value *rule_of_selection(struct arena *arena, const struct selection *selection)
{
    struct value *object = value_object(arena);
    struct value *fields = value_array(arena);
    struct value *programmes = value_array(arena);
    struct value *after = value_array(arena);

    for (size_t i = 0; i < selection->own_count; i++)
        value_push(arena, fields, test_value(arena, selection->kind, &selection->own[i]));
    for (size_t i = 0; i < selection->programme_count; i++) {
        struct value *programme = value_object(arena);
        value_set(arena, programme, "types", texts_value(arena, selection->programmes[i].types));
        value_set_text(arena, programme, "accredited",
                       str_from_c(accredited_name(selection->programmes[i].when)));
        value_push(arena, programmes, programme);
    }
    for (size_t i = 0; i < selection->after_first_count; i++)
        value_push(arena, after, rule_of_selection(arena, &selection->after_first[i]));

    value_set_text(arena, object, "kind", selection->kind->name);
    if (fields->count)
        value_set(arena, object, "fields", sorted_items(arena, fields));
    if (programmes->count)
        value_set(arena, object, "programmes", sorted_items(arena, programmes));
    if (after->count)
        value_set(arena, object, "after-first", sorted_items(arena, after));
    set_windows(arena, object, selection);
    return object;
}

/* ---- nodes ---- */

static struct value *limits_value(struct arena *arena, const struct kind *kind,
                                  const struct limit *limits, size_t count)
{
    struct value *array = value_array(arena);
    for (size_t i = 0; i < count; i++) {
        const struct limit *limit = &limits[i];
        struct value *object = value_object(arena);
        value_set_int(arena, object, "most", limit->most);
        if (limit->each)
            value_set_text(arena, object, "each", kind->fields[limit->each_field].name);
        if (limit->filtered)
            value_set(arena, object, "of", test_value(arena, kind, &limit->own));
        if (limit->inner_count)
            value_set(arena, object, "limits",
                      limits_value(arena, kind, limit->inner, limit->inner_count));
        value_push(arena, array, object);
    }
    return array;
}

static void set_aggregate(struct arena *arena, struct value *object,
                          const struct edition_node *node)
{
    const struct kind *kind = node->selection.kind;
    if (node->kind == NODE_DISTINCT)
        value_set_text(arena, object, "field", kind->fields[node->field].name);
    if (node->kind == NODE_SUM)
        value_set_text(arena, object, "measure", kind->fields[node->field].name);
    value_set(arena, object, "records", rule_of_selection(arena, &node->selection));
    if (node->weight_count) {
        struct value *weights = value_array(arena);
        for (size_t i = 0; i < node->weight_count; i++) {
            struct value *weight = test_value(arena, kind, &node->weights[i].own);
            value_set_int(arena, weight, "percent", node->weights[i].percent);
            value_push(arena, weights, weight);
        }
        value_set(arena, object, "weights", weights);
    }
    if (node->limit_count)
        value_set(arena, object, "limits",
                  limits_value(arena, kind, node->limits, node->limit_count));
    if (node->also) {
        struct value *also = value_object(arena);
        value_set_int(arena, also, "most", node->also->most);
        value_set(arena, also, "records", rule_of_selection(arena, &node->also->selection));
        value_set(arena, object, "also", also);
    }
}

static void set_holds(struct arena *arena, struct value *object, const struct edition_node *node)
{
    value_set(arena, object, "credentials", sorted_texts_value(arena, node->names));
    if (node->ever)
        value_set_bool(arena, object, "ever", true);
    if (node->on != DAY_NONE)
        value_set(arena, object, "on", value_day(arena, node->on));
    if (node->months)
        value_set_int(arena, object, "for-months", node->months);
    if (node->issued_before != DAY_NONE)
        value_set(arena, object, "issued-before", value_day(arena, node->issued_before));
}

static void set_declared(struct arena *arena, struct value *object, const struct edition_node *node)
{
    value_set_text(arena, object, "statement", node->statement);
    if (node->edition_current)
        value_set_text(arena, object, "edition", STR("current"));
    else if (node->edition.parts)
        value_set_text(arena, object, "edition", edition_number_text(arena, node->edition));
    if (node->months)
        value_set_int(arena, object, "within-months", node->months);
}

static const char *node_name(enum node_kind kind)
{
    switch (kind) {
    case NODE_ALL:
        return "all";
    case NODE_ANY:
        return "any";
    case NODE_SEPARATELY:
        return "separately";
    case NODE_AT_LEAST:
        return "at-least";
    case NODE_EACH:
        return "each";
    case NODE_COUNT:
        return "count";
    case NODE_DISTINCT:
        return "count-distinct";
    case NODE_SUM:
        return "sum";
    case NODE_COVERED:
        return "months-covered";
    case NODE_SINCE:
        return "months-since-first";
    case NODE_HOLDS:
        return "holds";
    case NODE_DECLARED:
        return "declared";
    case NODE_AGE:
        return "age";
    case NODE_JUDGED:
        return "judged";
    }
    BUG("no such kind of node: %d", (int)kind);
}

static bool node_has_need(enum node_kind kind)
{
    return node_reads_records(kind) || kind == NODE_AT_LEAST || kind == NODE_AGE;
}

/* A node without its need; its children keep theirs. */
static struct value *rule_without_need(struct arena *arena, const struct edition_node *node)
{
    struct value *object = value_object(arena);
    value_set_text(arena, object, "node", str_from_c(node_name(node->kind)));
    if (node_reads_records(node->kind))
        set_aggregate(arena, object, node);
    if (node->kind == NODE_HOLDS)
        set_holds(arena, object, node);
    if (node->kind == NODE_DECLARED)
        set_declared(arena, object, node);
    if (node->kind == NODE_JUDGED) {
        value_set_text(arena, object, "question", node->question);
        value_set_text(arena, object, "by", node->body);
    }
    if (node->kind == NODE_EACH) {
        value_set_int(arena, object, "months", node->slice_months);
        if (node->last_months)
            value_set_int(arena, object, "last-months", node->last_months);
        else
            value_set_bool(arena, object, "in-cycle", true);
    }
    if (node->child_count) {
        struct value *children = value_array(arena);
        for (size_t i = 0; i < node->child_count; i++)
            value_push(arena, children, rule_of_node(arena, &node->children[i]));
        value_set(arena, object, "of", children);
    }
    return object;
}

struct value *rule_of_node(struct arena *arena, const struct edition_node *node)
{
    struct value *object = rule_without_need(arena, node);
    if (node_has_need(node->kind))
        value_set_int(arena, object, "need", node->need);
    return object;
}

struct str node_signature(struct arena *arena, const struct edition_node *node)
{
    return json_text(arena, rule_without_need(arena, node));
}

/* ---- requirements ---- */

static struct value *exemptions_value(struct arena *arena, const struct requirement *requirement)
{
    struct value *array = value_array(arena);
    for (size_t i = 0; i < requirement->exemption_count; i++) {
        const struct exemption *exemption = &requirement->exemptions[i];
        struct value *object = value_object(arena);
        value_set_text(arena, object, "id", exemption->id);
        value_set(arena, object, "when", rule_of_node(arena, exemption->when));
        if (exemption->instead)
            value_set(arena, object, "instead", rule_of_node(arena, exemption->instead));
        value_push(arena, array, object);
    }
    return array;
}

static struct value *referrals_value(struct arena *arena, const struct requirement *requirement)
{
    struct value *array = value_array(arena);
    for (size_t i = 0; i < requirement->referral_count; i++) {
        struct value *object = value_object(arena);
        value_set_text(arena, object, "by", requirement->referrals[i].body);
        value_set(arena, object, "when", rule_of_node(arena, requirement->referrals[i].when));
        value_push(arena, array, object);
    }
    return array;
}

static struct value *discretions_value(struct arena *arena, const struct requirement *requirement)
{
    struct value *array = value_array(arena);
    for (size_t i = 0; i < requirement->discretion_count; i++) {
        const struct discretion *discretion = &requirement->discretions[i];
        struct value *object = value_object(arena);
        value_set_text(arena, object, "by", discretion->body);
        if (discretion->waive)
            value_set_bool(arena, object, "waive", true);
        if (discretion->reasons.count)
            value_set(arena, object, "reasons", texts_value(arena, discretion->reasons));
        if (discretion->admit)
            value_set_bool(arena, object, "admit", true);
        if (discretion->extend_until != DAY_NONE)
            value_set(arena, object, "extend-until", value_day(arena, discretion->extend_until));
        if (discretion->floor)
            value_set(arena, object, "floor", rule_of_node(arena, discretion->floor));
        value_push(arena, array, object);
    }
    return array;
}

static void set_list(struct arena *arena, struct value *object, const char *key, struct value *list)
{
    if (list->count)
        value_set(arena, object, key, list);
}

struct value *rule_of_requirement(struct arena *arena, const struct requirement *requirement)
{
    struct value *object = value_object(arena);
    value_set_text(arena, object, "id", requirement->id);
    value_set(arena, object, "rule", rule_of_node(arena, requirement->rule));
    set_list(arena, object, "exemptions", exemptions_value(arena, requirement));
    set_list(arena, object, "referrals", referrals_value(arena, requirement));
    set_list(arena, object, "discretions", discretions_value(arena, requirement));
    return object;
}

/* ---- documents ---- */

static struct value *vocabulary_value(struct arena *arena, const struct vocabulary *vocabulary)
{
    if (vocabulary->inferred)
        return value_null(arena);
    struct value *object = value_object(arena);
    value_set_text(arena, object, "name", vocabulary->name);
    value_set_text(arena, object, "edition", edition_number_text(arena, vocabulary->edition));
    return object;
}

static struct value *cycle_value(struct arena *arena, const struct edition *edition)
{
    struct value *object = value_object(arena);
    value_set_int(arena, object, "months", edition->cycle_months);
    if (edition->anchor.p)
        value_set_text(arena, object, "anchor", edition->anchor);
    else
        value_set_text(
            arena, object, "year",
            str_format(arena, "%02d-%02d", (int)edition->anchor_month, (int)edition->anchor_mday));
    return object;
}

static struct value *open_value(struct arena *arena, const struct edition *edition)
{
    struct value *object = value_object(arena);
    if (edition->open_from != DAY_FIRST)
        value_set(arena, object, "from", value_day(arena, edition->open_from));
    if (edition->open_until != DAY_LAST)
        value_set(arena, object, "until", value_day(arena, edition->open_until));
    return object;
}

static struct value *valid_value(struct arena *arena, const struct edition *edition)
{
    struct value *object = value_object(arena);
    if (edition->valid_months)
        value_set_int(arena, object, "months", edition->valid_months);
    if (edition->grace_months)
        value_set_int(arena, object, "grace-months", edition->grace_months);
    if (edition->renew_months)
        value_set_int(arena, object, "renew-months", edition->renew_months);
    return object;
}

static struct value *clause_value(struct arena *arena, const struct transition_rule *rule)
{
    struct value *object = value_object(arena);
    switch (rule->kind) {
    case RULE_ACCEPT_APPLICATIONS:
    case RULE_REQUIRE_APPLICATIONS:
        value_set_text(arena, object, "clause",
                       rule->kind == RULE_ACCEPT_APPLICATIONS ? STR("accept-old")
                                                              : STR("require-old"));
        if (rule->from != DAY_FIRST)
            value_set(arena, object, "from", value_day(arena, rule->from));
        value_set(arena, object, "until", value_day(arena, rule->until));
        break;
    case RULE_ACCEPT_STARTED:
        value_set_text(arena, object, "clause", STR("accept-old-started"));
        value_set(arena, object, "records", rule_of_selection(arena, &rule->started.selection));
        value_set(arena, object, "started-before", value_day(arena, rule->started.started_before));
        value_set_int(arena, object, "months", rule->started.months);
        break;
    case RULE_HOLDERS_RENEWAL:
        value_set_text(arena, object, "clause", STR("holders-keep"));
        value_set_text(arena, object, "until", STR("renewal"));
        break;
    case RULE_HOLDERS_DATE:
        value_set_text(arena, object, "clause", STR("holders-keep"));
        value_set(arena, object, "until", value_day(arena, rule->until));
        break;
    }
    return object;
}

static struct value *transitions_value(struct arena *arena, const struct edition *edition)
{
    struct value *array = value_array(arena);
    for (size_t i = 0; i < edition->transition_count; i++) {
        const struct transition *transition = &edition->transitions[i];
        struct value *object = value_object(arena);
        struct value *clauses = value_array(arena);
        for (size_t k = 0; k < transition->rule_count; k++)
            value_push(arena, clauses, clause_value(arena, &transition->rules[k]));
        if (!str_eq(transition->name, edition->name))
            value_set_text(arena, object, "name", transition->name);
        value_set_text(arena, object, "edition", edition_number_text(arena, transition->edition));
        value_set(arena, object, "clauses", clauses);
        value_push(arena, array, object);
    }
    return array;
}

static struct value *bars_value(struct arena *arena, const struct edition *edition)
{
    struct value *array = value_array(arena);
    for (size_t i = 0; i < edition->bar_count; i++) {
        const struct bar *bar = &edition->bars[i];
        struct value *object = value_object(arena);
        value_set_text(arena, object, "id", bar->id);
        value_set(arena, object, "rule", rule_of_node(arena, bar->rule));
        value_set_text(arena, object, "effect", bar->refuse ? STR("refuse") : STR("refer"));
        value_push(arena, array, object);
    }
    return array;
}

struct value *rule_of_edition(struct arena *arena, const struct edition *edition)
{
    struct value *object = value_object(arena);
    struct value *requirements = value_array(arena);
    for (size_t i = 0; i < edition->requirement_count; i++)
        value_push(arena, requirements, rule_of_requirement(arena, &edition->requirements[i]));

    value_set(arena, object, "vocabulary", vocabulary_value(arena, edition->vocabulary));
    if (edition->owner.p)
        value_set_text(arena, object, "owner", edition->owner);
    if (edition->open_from != DAY_FIRST || edition->open_until != DAY_LAST)
        value_set(arena, object, "open", open_value(arena, edition));
    if (edition->in_force_from != DAY_FIRST)
        value_set(arena, object, "in-force-from", value_day(arena, edition->in_force_from));
    if (edition->valid)
        value_set(arena, object, "valid", valid_value(arena, edition));
    if (edition->cycle_months)
        value_set(arena, object, "cycle", cycle_value(arena, edition));
    if (edition->tightens.p) {
        struct value *tightens = value_object(arena);
        value_set_text(arena, tightens, "name", edition->tightens);
        value_set_text(arena, tightens, "edition",
                       edition_number_text(arena, edition->tightens_edition));
        value_set(arena, object, "tightens", tightens);
    }
    set_list(arena, object, "requirements", requirements);
    set_list(arena, object, "bars", bars_value(arena, edition));
    set_list(arena, object, "transitions", transitions_value(arena, edition));
    return object;
}

/* ---- hashes ---- */

/* The hashes of a text and of a rule that were made since the mark, which are given back. */
static struct hashes take_hashes(struct arena *arena, struct arena_mark mark, struct str text,
                                 const struct value *rule)
{
    char text_hex[SHA256_HEX_SIZE], rule_hex[SHA256_HEX_SIZE];
    sha256_hex(sha256(text), text_hex);
    sha256_hex(sha256(json_text(arena, rule)), rule_hex);
    arena_rewind(arena, mark);
    return (struct hashes){
        .text = str_copy(arena, str_from_c(text_hex)),
        .rule = str_copy(arena, str_from_c(rule_hex)),
    };
}

struct hashes edition_hashes(struct arena *arena, const struct edition *edition)
{
    struct arena_mark mark = arena_mark(arena);
    struct buf print;
    buf_init(&print, HASHED_MAX);
    criteria_print_document(edition->document, &print);
    BUG_IF(print.overflow);
    struct str text = buf_take(&print, arena);
    return take_hashes(arena, mark, text, rule_of_edition(arena, edition));
}

struct str requirement_text(struct arena *arena, const struct requirement *requirement)
{
    struct buf print;
    buf_init(&print, HASHED_MAX);
    criteria_print_item(requirement->source, 0, &print);
    BUG_IF(print.overflow);
    return buf_take(&print, arena);
}

static bool selection_in_cycle(const struct selection *selection)
{
    for (size_t i = 0; i < selection->after_first_count; i++)
        if (selection_in_cycle(&selection->after_first[i]))
            return true;
    return selection->in_cycle;
}

bool node_in_cycle(const struct edition_node *node)
{
    if (!node)
        return false;
    if (node->kind == NODE_EACH && !node->last_months)
        return true;
    if (node_reads_records(node->kind) && selection_in_cycle(&node->selection))
        return true;
    if (node->also && selection_in_cycle(&node->also->selection))
        return true;
    for (size_t i = 0; i < node->child_count; i++)
        if (node_in_cycle(&node->children[i]))
            return true;
    return false;
}

bool requirement_in_cycle(const struct requirement *requirement)
{
    if (node_in_cycle(requirement->rule))
        return true;
    for (size_t i = 0; i < requirement->exemption_count; i++)
        if (node_in_cycle(requirement->exemptions[i].when) ||
            node_in_cycle(requirement->exemptions[i].instead))
            return true;
    for (size_t i = 0; i < requirement->referral_count; i++)
        if (node_in_cycle(requirement->referrals[i].when))
            return true;
    for (size_t i = 0; i < requirement->discretion_count; i++)
        if (node_in_cycle(requirement->discretions[i].floor))
            return true;
    return false;
}

struct hashes requirement_hashes(struct arena *arena, const struct edition *edition,
                                 const struct requirement *requirement)
{
    struct arena_mark mark = arena_mark(arena);
    struct value *rule = value_object(arena);
    value_set(arena, rule, "vocabulary", vocabulary_value(arena, edition->vocabulary));
    if (requirement_in_cycle(requirement))
        value_set(arena, rule, "cycle", cycle_value(arena, edition));
    value_set(arena, rule, "requirement", rule_of_requirement(arena, requirement));
    return take_hashes(arena, mark, requirement_text(arena, requirement), rule);
}
