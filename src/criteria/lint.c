#include "criteria/lint.h"

#include "criteria/diff_parts.h"
#include "criteria/reading.h"

struct linter {
    struct arena *arena;
    struct diags *diags;
    struct differ differ; /* of the edition against itself */
};

/* Of a node that stands in the text: any but the root of a block. */
static struct span span_of(const struct edition_node *node)
{
    BUG_IF(!node || !node->source);
    return node->source->span;
}

/* ---- branches that can never matter ---- */

/* Whether a value of `node` is never better, or never worse, than that of `other`. */
static bool is_never(struct linter *l, unsigned wanted, const struct edition_node *node,
                     const struct edition_node *other)
{
    return prove_nodes(&l->differ, other, node, NULL) & wanted;
}

/* The sibling beside which the child makes no difference. Of two that are the same, the first
   makes one. */
static const struct edition_node *sibling_that_decides(struct linter *l,
                                                       const struct edition_node *parent,
                                                       size_t child, unsigned wanted)
{
    const struct edition_node *node = &parent->children[child];
    for (size_t i = 0; i < parent->child_count; i++) {
        const struct edition_node *other = &parent->children[i];
        if (i == child || !is_never(l, wanted, node, other))
            continue;
        if (i < child || !is_never(l, wanted, other, node))
            return other;
    }
    return NULL;
}

static void lint_branches(struct linter *l, const struct edition_node *node)
{
    bool any = node->kind == NODE_ANY;
    if (!any && node->kind != NODE_ALL && node->kind != NODE_EACH)
        return;
    for (size_t i = 0; i < node->child_count; i++) {
        const struct edition_node *other =
            sibling_that_decides(l, node, i, any ? NOT_BETTER : NOT_WORSE);
        if (!other)
            continue;
        diags_add(l->diags, SEVERITY_WARNING, span_of(&node->children[i]),
                  STR("leave it out, or ask for something that the other does not"),
                  any ? "this branch can never matter: whoever meets it also meets the branch on "
                        "line %u"
                      : "this condition can never matter: whoever meets the condition on line %u "
                        "also meets it",
                  (unsigned)span_of(other).line);
    }
}

/* ---- what no record can meet ---- */

/* The values of a field that the selection lets through: bit i for the i-th. */
static uint64_t allowed_values(const struct selection *selection, size_t field)
{
    size_t count = selection->kind->fields[field].values.count;
    uint64_t allowed = count < 64 ? ((uint64_t)1 << count) - 1 : UINT64_MAX;
    for (size_t i = 0; i < selection->own_count; i++)
        if (selection->own[i].field == field)
            allowed &= selection->own[i].allowed;
    return allowed;
}

static bool has_values(const struct selection *selection, size_t field)
{
    enum field_type type = selection->kind->fields[field].type;
    return type == FIELD_OF || type == FIELD_ORDERED;
}

static void lint_selection(struct linter *l, const struct selection *selection, struct span span)
{
    for (size_t i = 0; i < selection->own_count; i++) {
        size_t field = selection->own[i].field;
        if (!has_values(selection, field) || allowed_values(selection, field))
            continue;
        diags_add(l->diags, SEVERITY_WARNING, span,
                  STR("terms bring conditions of their own: look at them too"),
                  "no record can match: the conditions on '%.*s' exclude one another",
                  STR_ARG(selection->kind->fields[field].name));
    }
    if (selection->from > selection->to)
        diags_add(l->diags, SEVERITY_WARNING, span,
                  STR("terms bring dates of their own: look at them too"),
                  "no record can match: the last day it may end on comes before the first");
    for (size_t i = 0; i < selection->after_first_count; i++)
        lint_selection(l, &selection->after_first[i], span);
}

/* ---- needs that cannot be reached ---- */

#define UNLIMITED INT64_MAX

static int64_t limited_sum(int64_t a, int64_t b)
{
    int64_t sum;
    return a == UNLIMITED || b == UNLIMITED || __builtin_add_overflow(a, b, &sum) ? UNLIMITED : sum;
}

/* Whether every record falls under one of the siblings: one takes all, or they share out all the
   values of one field that records may have. */
static bool take_every_record(const struct selection *selection, const struct limit *limits,
                              size_t count)
{
    uint64_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        if (!limits[i].filtered)
            return true;
        if (limits[i].own.field != limits[0].own.field ||
            !has_values(selection, limits[i].own.field))
            return false;
        taken |= limits[i].own.allowed;
    }
    return count > 0 && (allowed_values(selection, limits[0].own.field) & ~taken) == 0;
}

static int64_t most_of_all(const struct selection *selection, const struct limit *limits,
                           size_t count);

static int64_t most_of(const struct selection *selection, const struct limit *limit)
{
    if (limit->each) {
        int64_t most;
        int values = __builtin_popcountll(allowed_values(selection, limit->each_field));
        if (!has_values(selection, limit->each_field) ||
            __builtin_mul_overflow(limit->most, (int64_t)values, &most))
            return UNLIMITED;
        return most;
    }
    int64_t inner = most_of_all(selection, limit->inner, limit->inner_count);
    return inner < limit->most ? inner : limit->most;
}

static int64_t most_of_all(const struct selection *selection, const struct limit *limits,
                           size_t count)
{
    int64_t most = 0;
    if (!take_every_record(selection, limits, count))
        return UNLIMITED;
    for (size_t i = 0; i < count; i++)
        most = limited_sum(most, most_of(selection, &limits[i]));
    return most;
}

static void lint_sum(struct linter *l, const struct edition_node *node)
{
    const struct field *measure = &node->selection.kind->fields[node->field];
    int64_t most = most_of_all(&node->selection, node->limits, node->limit_count);
    if (most >= node->need)
        return;
    diags_add(l->diags, SEVERITY_WARNING, span_of(node), STR("raise a limit, or lower the need"),
              "nobody can meet this: it needs %.*s, and its limits let at most %.*s count",
              STR_ARG(reading_of_quantity(l->arena, measure, node->need)),
              STR_ARG(reading_of_quantity(l->arena, measure, most)));
}

static void lint_distinct(struct linter *l, const struct edition_node *node)
{
    if (!has_values(&node->selection, node->field))
        return;
    int values = __builtin_popcountll(allowed_values(&node->selection, node->field));
    if (values >= node->need)
        return;
    diags_add(l->diags, SEVERITY_WARNING, span_of(node), STR("lower the need"),
              "nobody can meet this: it needs %lld different values of '%.*s', and only %d can "
              "match",
              (long long)node->need, STR_ARG(node->selection.kind->fields[node->field].name),
              values);
}

/* ---- the tree ---- */

static void lint_node(struct linter *l, const struct edition_node *node)
{
    if (!node)
        return;
    lint_branches(l, node);
    if (node_reads_records(node->kind))
        lint_selection(l, &node->selection, span_of(node));
    if (node->also)
        lint_selection(l, &node->also->selection, span_of(node));
    if (node->kind == NODE_SUM)
        lint_sum(l, node);
    if (node->kind == NODE_DISTINCT)
        lint_distinct(l, node);
    for (size_t i = 0; i < node->child_count; i++)
        lint_node(l, &node->children[i]);
}

static struct span exemption_span(const struct requirement *requirement, struct str id)
{
    const struct part_list *parts = &requirement->source->parts;
    for (size_t i = 0; i < parts->count; i++)
        if (parts->at[i].kind == PART_EXEMPT && str_eq(parts->at[i].id.text, id))
            return parts->at[i].span;
    return requirement->source->span;
}

/* An exemption is worth the lesser of its two conditions, so either of them can make it idle. */
static void lint_exemption(struct linter *l, const struct requirement *requirement,
                           const struct exemption *exemption)
{
    bool idle =
        is_never(l, NOT_BETTER, exemption->when, requirement->rule) ||
        (exemption->instead && is_never(l, NOT_BETTER, exemption->instead, requirement->rule));
    if (idle)
        diags_add(l->diags, SEVERITY_WARNING, exemption_span(requirement, exemption->id),
                  STR("ask for less than the rule, or leave the exemption out"),
                  "exemption '%.*s' can never matter: it asks for no less than its rule",
                  STR_ARG(exemption->id));
    lint_node(l, exemption->when);
    lint_node(l, exemption->instead);
}

static bool has_wording(const struct requirement *requirement)
{
    const struct part_list *parts = &requirement->source->parts;
    for (size_t i = 0; i < parts->count; i++)
        if (parts->at[i].kind == PART_WORDING)
            return true;
    return false;
}

static void lint_requirement(struct linter *l, const struct requirement *requirement)
{
    if (!has_wording(requirement))
        diags_add(l->diags, SEVERITY_WARNING, requirement->source->span,
                  STR("add 'wording' with the text that is to be adopted"),
                  "requirement '%.*s' has no wording", STR_ARG(requirement->id));
    lint_node(l, requirement->rule);
    for (size_t i = 0; i < requirement->exemption_count; i++)
        lint_exemption(l, requirement, &requirement->exemptions[i]);
    for (size_t i = 0; i < requirement->referral_count; i++)
        lint_node(l, requirement->referrals[i].when);
    for (size_t i = 0; i < requirement->discretion_count; i++)
        lint_node(l, requirement->discretions[i].floor);
}

static bool has_example(const struct document *document)
{
    for (size_t i = 0; i < document->items.count; i++)
        if (document->items.at[i].kind == ITEM_EXAMPLE)
            return true;
    return false;
}

void edition_lint(struct arena *arena, const struct edition *edition, struct diags *diags)
{
    struct linter l = { .arena = arena, .diags = diags };
    differ_init(&l.differ, arena, edition, edition);
    if (!edition->owner.p)
        diags_add(diags, SEVERITY_WARNING, edition->document->span,
                  STR("add 'owner' with the body that answers for decisions under it"),
                  "the document has no owner");
    if (!has_example(edition->document))
        diags_add(diags, SEVERITY_WARNING, edition->document->span,
                  STR("add an 'example': a case, and what should come of it"),
                  "the document has no example");
    if (!edition->requirement_count)
        diags_add(diags, SEVERITY_WARNING, edition->document->span,
                  STR("add a 'require' with what is asked for"),
                  "the document asks for nothing, so everybody is eligible");
    for (size_t i = 0; i < edition->requirement_count; i++)
        lint_requirement(&l, &edition->requirements[i]);
    for (size_t i = 0; i < edition->bar_count; i++)
        lint_node(&l, edition->bars[i].rule);
}

/* ---- questions ---- */

static size_t count_judged(const struct edition_node *node)
{
    if (!node)
        return 0;
    size_t count = node->kind == NODE_JUDGED;
    for (size_t i = 0; i < node->child_count; i++)
        count += count_judged(&node->children[i]);
    return count;
}

struct questions edition_questions(const struct edition *edition)
{
    struct questions questions = { 0 };
    for (size_t i = 0; i < edition->requirement_count; i++) {
        const struct requirement *requirement = &edition->requirements[i];
        questions.judged += count_judged(requirement->rule);
        for (size_t k = 0; k < requirement->exemption_count; k++)
            questions.judged += count_judged(requirement->exemptions[k].when) +
                                count_judged(requirement->exemptions[k].instead);
        for (size_t k = 0; k < requirement->referral_count; k++)
            questions.judged += count_judged(requirement->referrals[k].when);
        for (size_t k = 0; k < requirement->discretion_count; k++)
            questions.judged += count_judged(requirement->discretions[k].floor);
        questions.referrals += requirement->referral_count;
        questions.discretions += requirement->discretion_count;
    }
    return questions;
}
