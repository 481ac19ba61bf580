#include "criteria/advise.h"

#include "criteria/bounds.h"
#include "criteria/match.h"
#include "criteria/rule.h"

/* A way to meet something: items to do, or none at all when it is met, or no way. */
struct path {
    bool exists;
    int64_t effort; /* in sixtieths of a unit, so that an hour divides into minutes */
    struct advice_list items;
};

#define EFFORT_UNIT 60

struct adviser {
    struct arena *arena;
    const struct evaluator *evaluator;
    const struct requirement *requirement;
};

static struct path path_of(const struct adviser *a, const struct edition_node *node,
                           const struct frame *frame);

static const struct path no_path = { 0 };

static struct path met_path(void)
{
    return (struct path){ .exists = true };
}

/* ---- items ---- */

static int64_t kind_effort(const struct efforts *efforts, const struct kind *kind)
{
    for (size_t i = 0; i < efforts->kind_count; i++)
        if (str_eq(efforts->kinds[i], kind->name))
            return efforts->kind_efforts[i];
    return efforts->other;
}

static int64_t item_effort(const struct adviser *a, const struct advice *item)
{
    const struct efforts *efforts = &a->evaluator->edition->vocabulary->efforts;
    switch (item->kind) {
    case ADVICE_COUNT:
    case ADVICE_DISTINCT: {
        const struct selection *s = item->first ? item->first : &item->node->selection;
        return item->n * kind_effort(efforts, s->kind) * EFFORT_UNIT;
    }
    case ADVICE_SUM:
        return field_is_time(&item->node->selection.kind->fields[item->node->field])
                   ? item->n * efforts->hour
                   : item->n * efforts->point * EFFORT_UNIT;
    case ADVICE_MONTHS:
        return item->n * efforts->day * EFFORT_UNIT;
    case ADVICE_CREDENTIAL:
        return efforts->credential * EFFORT_UNIT;
    case ADVICE_DECLARE:
        return efforts->declaration * EFFORT_UNIT;
    case ADVICE_JUDGEMENT:
        return efforts->judgement * EFFORT_UNIT;
    case ADVICE_WAIT:
    case ADVICE_NONE:
        return 0;
    }
    BUG("advice of kind %d", (int)item->kind);
}

static bool same_item(const struct advice *a, const struct advice *b)
{
    if (a->kind != b->kind || !str_eq(a->word, b->word) || a->until != b->until)
        return false;
    /* One declaration serves two conditions unless they ask for different editions. */
    if (a->kind == ADVICE_DECLARE)
        return !a->signature.n || !b->signature.n || str_eq(a->signature, b->signature);
    bool aggregate = a->kind == ADVICE_COUNT || a->kind == ADVICE_SUM ||
                     a->kind == ADVICE_DISTINCT || a->kind == ADVICE_MONTHS;
    return !aggregate || (a->signature.p && b->signature.p && str_eq(a->signature, b->signature));
}

/* Identical items merge into the larger, at the place of the first. */
static void list_add(struct arena *arena, struct advice_list *list, const struct advice *item)
{
    for (size_t i = 0; i < list->count; i++) {
        if (!same_item(&list->at[i], item))
            continue;
        if (item->n > list->at[i].n)
            list->at[i].n = item->n;
        if (item->kind == ADVICE_DECLARE && item->signature.n) {
            list->at[i].node = item->node;
            list->at[i].signature = item->signature;
        }
        return;
    }
    *ARENA_PUSH(arena, list->at, list->count, list->room) = *item;
}

static void path_add(const struct adviser *a, struct path *path, const struct path *more)
{
    path->exists = path->exists && more->exists;
    if (!path->exists)
        return;
    for (size_t i = 0; i < more->items.count; i++)
        list_add(a->arena, &path->items, &more->items.at[i]);
    path->effort = 0;
    for (size_t i = 0; i < path->items.count; i++)
        path->effort += item_effort(a, &path->items.at[i]);
}

static struct path path_of_item(const struct adviser *a, struct advice item)
{
    item.requirement = a->requirement;
    struct path path = met_path();
    list_add(a->arena, &path.items, &item);
    path.effort = item_effort(a, &item);
    return path;
}

static bool cheaper(const struct path *a, const struct path *b)
{
    if (!a->exists || !b->exists)
        return a->exists && !b->exists;
    if (a->effort != b->effort)
        return a->effort < b->effort;
    return a->items.count < b->items.count;
}

/* ---- aggregates ---- */

static struct str item_signature(const struct adviser *a, const struct edition_node *node,
                                 const struct frame *frame)
{
    struct str signature = node_signature(a->arena, node);
    if (!frame->sliced)
        return signature;
    return str_format(a->arena, "%d..%d %.*s", frame->slice_from, frame->slice_to,
                      STR_ARG(signature));
}

/* A record dated D can match only if D lies surely in the window. For each `after first` that
   lacks a sure record, one of those comes first. */
static struct path path_to_match(const struct adviser *a, const struct selection *selection,
                                 const struct frame *frame)
{
    struct matcher m;
    matcher_init(a->evaluator, selection, frame, DECIDE, false, &m);
    if (!m.window.sure || frame->on < m.window.from || frame->on > m.window.to)
        return no_path;
    struct path path = met_path();
    struct frame whole = *frame;
    whole.sliced = false;
    for (size_t i = 0; i < selection->after_first_count; i++) {
        if (m.firsts[i].sure != DAY_NONE)
            continue;
        const struct selection *first = &selection->after_first[i];
        struct path before = path_to_match(a, first, &whole);
        path_add(a, &path, &before);
        struct edition_node count = { .kind = NODE_COUNT, .selection = *first };
        struct path one =
            path_of_item(a, (struct advice){ .kind = ADVICE_COUNT,
                                             .word = first->kind->name,
                                             .n = 1,
                                             .first = first,
                                             .signature = node_signature(a->arena, &count) });
        path_add(a, &path, &one);
    }
    return path;
}

static struct path path_of_shortfall(const struct adviser *a, const struct edition_node *node,
                                     const struct frame *frame, int64_t n, struct str signature)
{
    struct path path = path_to_match(a, &node->selection, frame);
    const struct kind *kind = node->selection.kind;
    struct path item = path_of_item(
        a, (struct advice){ .kind = node->kind == NODE_COUNT      ? ADVICE_COUNT
                                    : node->kind == NODE_SUM      ? ADVICE_SUM
                                    : node->kind == NODE_DISTINCT ? ADVICE_DISTINCT
                                                                  : ADVICE_MONTHS,
                            .word = node->kind == NODE_DISTINCT ? kind->fields[node->field].name
                                                                : kind->name,
                            .n = n,
                            .node = node,
                            .signature = signature });
    path_add(a, &path, &item);
    return path;
}

static struct path path_of_aggregate(const struct adviser *a, const struct edition_node *node,
                                     const struct frame *frame)
{
    struct bounds bounds = aggregate_bounds(a->evaluator, node, frame);
    int64_t lacks = (bounds.need - bounds.lo[DECIDE] + bounds.scale - 1) / bounds.scale;
    return path_of_shortfall(a, node, frame, lacks, item_signature(a, node, frame));
}

static struct path path_of_separately(const struct adviser *a, const struct edition_node *node,
                                      const struct frame *frame)
{
    int64_t lacks[CRITERIA_SEPARATELY_MAX];
    separately_lacks(a->evaluator, node, frame, lacks);
    struct path path = met_path();
    for (size_t i = 0; i < node->child_count; i++) {
        if (lacks[i] <= 0)
            continue;
        struct path count = path_of_shortfall(a, &node->children[i], frame, lacks[i], STR_NONE);
        path_add(a, &path, &count);
    }
    return path;
}

static struct path path_of_since(const struct adviser *a, const struct edition_node *node,
                                 const struct frame *frame)
{
    struct first_start first = first_start(a->evaluator, &node->selection, frame, DECIDE);
    if (first.sure == DAY_NONE)
        return no_path;
    return path_of_item(a,
                        (struct advice){ .kind = ADVICE_WAIT,
                                         .until = day_add_months(first.sure, (int32_t)node->need),
                                         .node = node });
}

/* ---- facts and acts ---- */

/* Held, but not long enough: the earliest day on which some stretch that holds D has lasted. */
static day wait_for_holding(const struct adviser *a, const struct edition_node *node,
                            const struct frame *frame)
{
    const struct dossier *seen = &a->evaluator->bundle->acts->seen;
    day earliest = DAY_NONE;
    if (!node->months || node->on != DAY_NONE)
        return DAY_NONE;
    for (size_t i = 0; i < node->names.count; i++) {
        day since = stretch_start(seen->credentials, seen->credential_count, node->names.at[i],
                                  frame->on, DECIDE);
        if (since == DAY_NONE)
            continue;
        day then = day_add_months(since, node->months);
        if (holds_met(node, seen->credentials, seen->credential_count, then, DECIDE) &&
            (earliest == DAY_NONE || then < earliest))
            earliest = then;
    }
    return earliest;
}

static struct path path_of_holds(const struct adviser *a, const struct edition_node *node,
                                 const struct frame *frame)
{
    day wait = wait_for_holding(a, node, frame);
    if (wait != DAY_NONE)
        return path_of_item(a, (struct advice){ .kind = ADVICE_WAIT, .until = wait, .node = node });

    const struct dossier *seen = &a->evaluator->bundle->acts->seen;
    size_t count = seen->credential_count;
    struct credential *with = ARENA_ARRAY(a->arena, count + 1, struct credential);
    for (size_t i = 0; i < count; i++)
        with[i] = seen->credentials[i];
    with[count] = (struct credential){
        .name = node->names.at[0], .from = frame->on, .to = DAY_LAST, .withdrawn = DAY_NONE
    };
    if (!holds_met(node, with, count + 1, frame->on, DECIDE))
        return no_path;
    return path_of_item(
        a, (struct advice){ .kind = ADVICE_CREDENTIAL, .word = node->names.at[0], .node = node });
}

/* The edition that a declaration of D must be of: none asked for, no parts. False where the current
   one is asked for and none is recorded. */
static bool edition_asked(const struct adviser *a, const struct edition_node *node, day on,
                          struct edition_number *ret)
{
    *ret = node->edition;
    if (!node->edition_current)
        return true;
    const struct current_edition *current =
        current_edition_on(a->evaluator->bundle->acts, node->statement, on);
    if (current)
        *ret = current->edition;
    return current != NULL;
}

static struct path path_of_declared(const struct adviser *a, const struct edition_node *node,
                                    const struct frame *frame)
{
    struct edition_number asked;
    if (!edition_asked(a, node, frame->on, &asked))
        return no_path;
    return path_of_item(a, (struct advice){ .kind = ADVICE_DECLARE,
                                            .word = node->statement,
                                            .node = node,
                                            .signature = edition_number_text(a->arena, asked) });
}

static struct path path_of_judgement(const struct adviser *a, struct str body,
                                     const struct edition_node *node)
{
    if (latest_judgement(a->evaluator->bundle->acts, a->requirement->id, body))
        return no_path;
    return path_of_item(a, (struct advice){ .kind = ADVICE_JUDGEMENT, .word = body, .node = node });
}

static struct path path_of_age(const struct adviser *a, const struct edition_node *node)
{
    day born = a->evaluator->bundle->acts->seen.born;
    if (born == DAY_NONE)
        return no_path;
    return path_of_item(a,
                        (struct advice){ .kind = ADVICE_WAIT,
                                         .until = day_add_months(born, (int32_t)(12 * node->need)),
                                         .node = node });
}

/* ---- combinations ---- */

static struct path path_of_all(const struct adviser *a, const struct edition_node *node,
                               const struct frame *frame)
{
    struct path path = met_path();
    for (size_t i = 0; i < node->child_count && path.exists; i++) {
        struct path child = path_of(a, &node->children[i], frame);
        path_add(a, &path, &child);
    }
    return path;
}

/* The cheapest `n` of the children not met yet, in document order. */
static struct path path_of_some(const struct adviser *a, const struct edition_node *node,
                                const struct frame *frame, size_t n)
{
    struct path *paths = ARENA_ARRAY(a->arena, node->child_count, struct path);
    bool *chosen = ARENA_ARRAY(a->arena, node->child_count, bool);
    size_t met = 0;
    for (size_t i = 0; i < node->child_count; i++) {
        paths[i] = path_of(a, &node->children[i], frame);
        met += paths[i].exists && paths[i].items.count == 0;
    }
    struct path path = met_path();
    for (size_t k = met; k < n; k++) {
        size_t best = node->child_count;
        for (size_t i = 0; i < node->child_count; i++)
            if (!chosen[i] && paths[i].exists && paths[i].items.count &&
                (best == node->child_count || cheaper(&paths[i], &paths[best])))
                best = i;
        if (best == node->child_count)
            return no_path;
        chosen[best] = true;
    }
    for (size_t i = 0; i < node->child_count; i++)
        if (chosen[i])
            path_add(a, &path, &paths[i]);
    return path;
}

static struct path path_of_each(const struct adviser *a, const struct edition_node *node,
                                const struct frame *frame)
{
    enum cycle_state state;
    size_t slices = slice_count(a->evaluator, node, frame, &state);
    if (state != CYCLE_KNOWN)
        return no_path;
    struct path path = met_path();
    for (size_t j = 0; j < slices && path.exists; j++) {
        struct frame slice = slice_frame(a->evaluator, node, frame, j);
        struct path inside = path_of_all(a, node, &slice);
        if (slice.slice_to < frame->on && inside.items.count)
            return no_path;
        path_add(a, &path, &inside);
    }
    return path;
}

static struct path path_of(const struct adviser *a, const struct edition_node *node,
                           const struct frame *frame)
{
    if (evaluate_node(a->evaluator, node, frame).in[DECIDE] == MET)
        return met_path();
    switch (node->kind) {
    case NODE_ALL:
        return path_of_all(a, node, frame);
    case NODE_ANY:
        return path_of_some(a, node, frame, 1);
    case NODE_AT_LEAST:
        return path_of_some(a, node, frame, (size_t)node->need);
    case NODE_SEPARATELY:
        return path_of_separately(a, node, frame);
    case NODE_EACH:
        return path_of_each(a, node, frame);
    case NODE_COUNT:
    case NODE_DISTINCT:
    case NODE_SUM:
    case NODE_COVERED:
        return path_of_aggregate(a, node, frame);
    case NODE_SINCE:
        return path_of_since(a, node, frame);
    case NODE_HOLDS:
        return path_of_holds(a, node, frame);
    case NODE_DECLARED:
        return path_of_declared(a, node, frame);
    case NODE_AGE:
        return path_of_age(a, node);
    case NODE_JUDGED:
        return path_of_judgement(a, node->body, node);
    }
    BUG("node of kind %d", (int)node->kind);
}

/* ---- requirements ---- */

static void take_cheaper(struct path *best, struct path path)
{
    if (cheaper(&path, best))
        *best = path;
}

/* The rule, each exemption, and the judgement of each referral that is pending. */
static struct path path_of_requirement(const struct adviser *a, day at)
{
    const struct requirement *requirement = a->requirement;
    struct frame rule = frame_of_rule(a->evaluator, requirement, at);
    struct frame condition = frame_of_condition(a->evaluator, requirement, at);
    struct path best = path_of(a, requirement->rule, &rule);
    for (size_t i = 0; i < requirement->exemption_count; i++) {
        const struct exemption *exemption = &requirement->exemptions[i];
        struct path path = path_of(a, exemption->when, &condition);
        if (exemption->instead) {
            struct path instead = path_of(a, exemption->instead, &rule);
            path_add(a, &path, &instead);
        }
        take_cheaper(&best, path);
    }
    for (size_t i = 0; i < requirement->referral_count; i++) {
        const struct referral *referral = &requirement->referrals[i];
        if (evaluate_node(a->evaluator, referral->when, &condition).in[DECIDE] != NOT_YET)
            take_cheaper(&best, path_of_judgement(a, referral->body, NULL));
    }
    return best;
}

void advise(struct arena *arena, const struct evaluator *evaluator, const struct outcome *outcome,
            struct advice_list *ret)
{
    *ret = (struct advice_list){ 0 };
    const struct edition *edition = evaluator->edition;
    for (size_t i = 0; i < edition->requirement_count; i++) {
        if (outcome->requirements[i].value[DECIDE] == MET)
            continue;
        struct adviser a = { arena, evaluator, &edition->requirements[i] };
        struct path path = path_of_requirement(&a, outcome->requirements[i].at[DECIDE]);
        if (!path.exists)
            path =
                path_of_item(&a, (struct advice){ .kind = ADVICE_NONE, .word = a.requirement->id });
        for (size_t k = 0; k < path.items.count; k++)
            list_add(arena, ret, &path.items.at[k]);
    }
}

const char *advice_kind_name(enum advice_kind kind)
{
    static const char *const names[] = { "count",      "sum",     "distinct",  "months", "wait",
                                         "credential", "declare", "judgement", "none" };
    return names[kind];
}

struct str advice_text(struct arena *arena, const struct advice *advice)
{
    const char *verb = advice_kind_name(advice->kind);
    char date[DAY_TEXT_SIZE];
    switch (advice->kind) {
    case ADVICE_COUNT:
    case ADVICE_SUM:
    case ADVICE_DISTINCT:
    case ADVICE_MONTHS:
        return str_format(arena, "%s %.*s %lld", verb, STR_ARG(advice->word), (long long)advice->n);
    case ADVICE_WAIT:
        return str_format(arena, "%s %s", verb, day_text(advice->until, date));
    case ADVICE_CREDENTIAL:
    case ADVICE_DECLARE:
    case ADVICE_JUDGEMENT:
    case ADVICE_NONE:
        break;
    }
    return str_format(arena, "%s %.*s", verb, STR_ARG(advice->word));
}
