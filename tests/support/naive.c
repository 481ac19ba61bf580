#include "naive.h"

#include "naive_records.h"

static enum finding bounds_finding(struct naive_bounds bounds)
{
    return bounds.lo >= bounds.need ? MET : bounds.hi >= bounds.need ? REFER : NOT_YET;
}

/* ---- slices ---- */

struct slices {
    enum finding without; /* where there are none: what that means */
    struct naive_frame *at;
    size_t count;
    size_t room;
};

static void add_slice(const struct naive *naive, const struct naive_frame *frame, day from, day to,
                      struct slices *slices)
{
    struct naive_frame *slice = ARENA_PUSH(naive->arena, slices->at, slices->count, slices->room);

    *slice = *frame;
    slice->sliced = true;
    slice->slice_from = from;
    slice->slice_to = to;
}

/* From the earliest to the newest. */
static struct slices slices_of(const struct naive *naive, const struct naive_frame *frame,
                               const struct node *each)
{
    struct slices slices = { .without = MET };
    int32_t n = each->duration.months;
    day cycle_from;
    day cycle_to;
    int state;

    if (each->of_last.months) {
        for (int32_t j = each->of_last.months / n - 1; j >= 0; j--)
            add_slice(naive, frame, day_add_months(frame->at, -(j + 1) * n),
                      j == 0 ? frame->at : day_add_months(frame->at, -j * n) - 1, &slices);
        return slices;
    }
    state = naive_cycle(naive, &cycle_from, &cycle_to);
    slices.without = state == 0 ? REFER : NOT_YET;
    if (state <= 0)
        return slices;
    for (int32_t j = -500; j < 500; j++) {
        day from = naive_boundary(naive, n, j);

        if (from >= cycle_from && from < cycle_to && from <= frame->at)
            add_slice(naive, frame, from, naive_boundary(naive, n, j + 1) - 1, &slices);
    }
    return slices;
}

/* ---- combinations ---- */

static enum finding block(const struct naive *naive, const struct naive_frame *frame,
                          const struct node_list *nodes)
{
    enum finding least = MET;

    for (size_t i = 0; i < nodes->count; i++)
        least = naive_least(least, naive_node(naive, frame, &nodes->at[i]));
    return least;
}

/* The n-th greatest. */
static enum finding nth(const struct naive *naive, const struct naive_frame *frame,
                        const struct node_list *nodes, int64_t n)
{
    int64_t at_least[MET + 1] = { 0 };

    for (size_t i = 0; i < nodes->count; i++) {
        enum finding found = naive_node(naive, frame, &nodes->at[i]);

        for (int f = NOT_YET; f <= (int)found; f++)
            at_least[f]++;
    }
    return at_least[MET] >= n ? MET : at_least[REFER] >= n ? REFER : NOT_YET;
}

static enum finding each(const struct naive *naive, const struct naive_frame *frame,
                         const struct node *node)
{
    struct slices slices = slices_of(naive, frame, node);
    enum finding least = slices.without;

    for (size_t i = 0; i < slices.count; i++) {
        enum finding found = block(naive, &slices.at[i], &node->children);

        least = i == 0 ? found : naive_least(least, found);
    }
    return least;
}

/* ---- other nodes ---- */

static enum finding since(const struct naive *naive, const struct naive_frame *frame,
                          const struct node *node)
{
    struct naive_match match = naive_resolve(naive, node->record.text, &node->body);
    enum finding best = NOT_YET;

    for (size_t i = 0; i < naive->dossier->evidence_count; i++) {
        const struct evidence *evidence = &naive->dossier->evidence[i];
        enum finding found = naive_matches(naive, frame, &match, evidence, false);

        if (found > best && day_add_months(evidence->start, (int32_t)node->need) <= frame->at)
            best = found;
    }
    return best;
}

static bool period_active(const struct naive *naive, const struct credential *period, day on)
{
    if (period->annulled || (period->claimed && naive->reading == DECIDE))
        return false;
    if (on < period->from || on > period->to)
        return false;
    if (period->withdrawn != DAY_NONE && on >= period->withdrawn)
        return false;
    for (size_t i = 0; i < period->suspension_count; i++)
        if (on >= period->suspensions[i].from && on <= period->suspensions[i].to)
            return false;
    return true;
}

static bool active(const struct naive *naive, struct str name, day on)
{
    for (size_t i = 0; i < naive->dossier->credential_count; i++)
        if (str_eq(naive->dossier->credentials[i].name, name) &&
            period_active(naive, &naive->dossier->credentials[i], on))
            return true;
    return false;
}

/* Active on the day, in a period that began early enough, and for long enough. */
static bool held(const struct naive *naive, const struct node *node, struct str name, day on)
{
    bool issued = false;
    day start = on;

    for (size_t i = 0; i < naive->dossier->credential_count; i++) {
        const struct credential *period = &naive->dossier->credentials[i];

        if (str_eq(period->name, name) && period_active(naive, period, on) &&
            (node->issued_before == DAY_NONE || period->from < node->issued_before))
            issued = true;
    }
    if (!issued)
        return false;
    while (active(naive, name, start - 1))
        start--;
    return day_add_months(start, node->duration.months) <= on;
}

static bool ever(const struct naive *naive, const struct node *node, struct str name, day on)
{
    for (size_t i = 0; i < naive->dossier->credential_count; i++) {
        const struct credential *period = &naive->dossier->credentials[i];

        if (!str_eq(period->name, name) || period->from > on || period->annulled ||
            (period->claimed && naive->reading == DECIDE))
            continue;
        if (node->issued_before != DAY_NONE && period->from >= node->issued_before)
            continue;
        if (!node->duration.months)
            return true;
        for (day d = period->from; d <= on && d <= period->to; d++)
            if (period_active(naive, period, d) && held(naive, node, name, d))
                return true;
    }
    return false;
}

static enum finding holds(const struct naive *naive, const struct naive_frame *frame,
                          const struct node *node)
{
    day on = node->on == DAY_NONE ? frame->at : node->on;

    if (on > frame->at)
        return NOT_YET;
    for (size_t i = 0; i < node->names.count; i++) {
        struct str name = node->names.at[i].text;

        if (node->ever ? ever(naive, node, name, on) : held(naive, node, name, on))
            return MET;
    }
    return NOT_YET;
}

static const struct current_edition *current_on(const struct naive *naive, struct str statement,
                                                day on)
{
    const struct current_edition *latest = NULL;

    for (size_t i = 0; i < naive->dossier->current_count; i++) {
        const struct current_edition *one = &naive->dossier->currents[i];

        if (str_eq(one->statement, statement) && one->from <= on &&
            (!latest || one->from >= latest->from))
            latest = one;
    }
    return latest;
}

static enum finding declared(const struct naive *naive, const struct naive_frame *frame,
                             const struct node *node)
{
    enum finding best = NOT_YET;

    for (size_t i = 0; i < naive->dossier->declaration_count; i++) {
        const struct declaration *one = &naive->dossier->declarations[i];
        const struct edition_number *asked = &node->edition;
        enum finding found = MET;

        if (!str_eq(one->statement, node->field.text) || one->on > frame->at)
            continue;
        if (node->duration.months && one->on < day_add_months(frame->at, -node->duration.months))
            continue;
        if (node->edition_current) {
            const struct current_edition *current = current_on(naive, node->field.text, one->on);

            asked = current ? &current->edition : NULL;
        }
        if (!asked || (asked->parts && !one->edition.parts))
            found = REFER;
        else if (asked->parts && !edition_number_eq(*asked, one->edition))
            found = NOT_YET;
        best = found > best ? found : best;
    }
    return best;
}

static enum finding judged(const struct naive *naive, struct str requirement, struct str body)
{
    const struct judgement *latest = NULL;

    for (size_t i = 0; i < naive->dossier->judgement_count; i++) {
        const struct judgement *one = &naive->dossier->judgements[i];

        if (str_eq(one->requirement, requirement) && naive_speaks(naive, body, one->by, one->on) &&
            (!latest || one->on >= latest->on))
            latest = one;
    }
    return !latest ? REFER : latest->satisfied ? MET : NOT_YET;
}

static enum finding age(const struct naive *naive, const struct naive_frame *frame,
                        const struct node *node)
{
    if (naive->dossier->born == DAY_NONE)
        return REFER;
    return day_add_months(naive->dossier->born, 12 * (int32_t)node->need) <= frame->at ? MET
                                                                                       : NOT_YET;
}

enum finding naive_node(const struct naive *naive, const struct naive_frame *frame,
                        const struct node *node)
{
    switch (node->kind) {
    case NODE_ALL:
        return block(naive, frame, &node->children);
    case NODE_ANY:
        return nth(naive, frame, &node->children, 1);
    case NODE_AT_LEAST:
        return nth(naive, frame, &node->children, node->need);
    case NODE_SEPARATELY:
        return naive_separately(naive, frame, node);
    case NODE_EACH:
        return each(naive, frame, node);
    case NODE_COUNT:
    case NODE_DISTINCT:
    case NODE_SUM:
    case NODE_COVERED:
        return bounds_finding(naive_in_frame(naive, frame, node));
    case NODE_SINCE:
        return since(naive, frame, node);
    case NODE_HOLDS:
        return holds(naive, frame, node);
    case NODE_DECLARED:
        return declared(naive, frame, node);
    case NODE_AGE:
        return age(naive, frame, node);
    case NODE_JUDGED:
        return judged(naive, frame->item->word.text, node->judge.text);
    }
    BUG("node of kind %d", (int)node->kind);
}

/* ---- where an aggregate stands ---- */

/* Nodes are known by their place: an edition holds copies of some of them. */
static bool is_node(const struct node *a, const struct node *b)
{
    return a->kind == b->kind && a->span.offset == b->span.offset;
}

static bool find_in(const struct node_list *nodes, const struct node *wanted,
                    struct naive_frame *frame)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *node = &nodes->at[i];

        if (is_node(node, wanted))
            return true;
        if (find_in(&node->children, wanted, frame)) {
            if (node->kind == NODE_EACH)
                frame->each = node;
            return true;
        }
    }
    return false;
}

static bool find_in_part(const struct part *part, const struct node *wanted,
                         struct naive_frame *frame)
{
    struct node_list alone = { .at = (struct node *)&part->node, .count = 1 };

    frame->admits = part->kind == PART_NODE;
    if (part->kind == PART_NODE && find_in(&alone, wanted, frame))
        return true;
    if (find_in(&part->when, wanted, frame))
        return true;
    for (size_t i = 0; i < part->grants.count; i++)
        if (find_in(&part->grants.at[i].block, wanted, frame))
            return true;
    frame->admits = true;
    return find_in(&part->instead, wanted, frame);
}

struct naive_bounds naive_aggregate(const struct naive *naive, const struct naive_frame *frame,
                                    const struct node *aggregate)
{
    struct naive_frame in = *frame;
    struct naive_bounds lowest = { 0, 0, 0 };
    struct slices slices;
    size_t p = 0;

    while (p < in.item->parts.count && !find_in_part(&in.item->parts.at[p], aggregate, &in))
        p++;
    BUG_IF(p == in.item->parts.count);
    if (!in.each)
        return naive_in_frame(naive, &in, aggregate);
    slices = slices_of(naive, &in, in.each);
    for (size_t i = 0; i < slices.count; i++) {
        struct naive_bounds bounds = naive_in_frame(naive, &slices.at[i], aggregate);

        if (i == 0 || bounds.lo < lowest.lo)
            lowest = bounds;
    }
    return lowest;
}

/* ---- requirements ---- */

static enum finding by_rule(const struct naive *naive, const struct naive_frame *rule,
                            const struct naive_frame *condition)
{
    const struct part_list *parts = &rule->item->parts;
    enum finding v = MET;

    for (size_t i = 0; i < parts->count; i++)
        if (parts->at[i].kind == PART_NODE)
            v = naive_least(v, naive_node(naive, rule, &parts->at[i].node));
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->at[i];
        enum finding found;

        if (part->kind != PART_EXEMPT)
            continue;
        found = block(naive, condition, &part->when);
        if (part->has_instead)
            found = naive_least(found, block(naive, rule, &part->instead));
        v = found > v ? found : v;
    }
    return v;
}

static bool holds_judged(const struct node_list *nodes)
{
    for (size_t i = 0; i < nodes->count; i++)
        if (nodes->at[i].kind == NODE_JUDGED || holds_judged(&nodes->at[i].children))
            return true;
    return false;
}

static bool has_judged(const struct item *requirement)
{
    for (size_t i = 0; i < requirement->parts.count; i++) {
        const struct part *part = &requirement->parts.at[i];
        struct node_list alone = { .at = (struct node *)&part->node, .count = 1 };

        if (part->kind == PART_NODE && holds_judged(&alone))
            return true;
        if (part->kind == PART_EXEMPT &&
            (holds_judged(&part->when) || holds_judged(&part->instead)))
            return true;
    }
    return false;
}

static enum finding by_people(const struct naive *naive, const struct naive_frame *condition,
                              enum finding v)
{
    const struct item *item = condition->item;
    struct str owner = naive->edition->owner;
    int best = -1;

    if (v == REFER)
        best = owner.p && !has_judged(item) ? (int)judged(naive, item->word.text, owner) : REFER;
    for (size_t i = 0; i < item->parts.count; i++) {
        const struct part *part = &item->parts.at[i];
        int worth;

        if (part->kind != PART_REFER || block(naive, condition, &part->when) == NOT_YET)
            continue;
        worth = (int)judged(naive, item->word.text, part->body.text);
        best = worth > best ? worth : best;
    }
    return best < 0 ? v : (enum finding)best;
}

static bool waives(const struct naive *naive, const struct naive_frame *condition,
                   const struct part *part, const struct decision *decision)
{
    bool granted = false;

    if (!naive_speaks(naive, part->body.text, decision->by, decision->on))
        return false;
    for (size_t i = 0; i < part->grants.count; i++) {
        const struct grant *grant = &part->grants.at[i];

        if (grant->kind == GRANT_FLOOR && block(naive, condition, &grant->block) != MET)
            return false;
        if (grant->kind != GRANT_WAIVE)
            continue;
        granted = grant->reasons.count == 0;
        for (size_t k = 0; k < grant->reasons.count; k++)
            granted = granted ||
                      (decision->reason.p && str_eq(grant->reasons.at[k].text, decision->reason));
    }
    return granted;
}

static bool waived(const struct naive *naive, const struct naive_frame *condition)
{
    const struct item *item = condition->item;

    for (size_t d = 0; d < naive->dossier->decision_count; d++) {
        const struct decision *decision = &naive->dossier->decisions[d];

        if (decision->kind != DECISION_WAIVE || !str_eq(decision->requirement, item->word.text))
            continue;
        for (size_t i = 0; i < item->parts.count; i++)
            if (item->parts.at[i].kind == PART_DISCRETION &&
                waives(naive, condition, &item->parts.at[i], decision))
                return true;
    }
    return false;
}

static enum finding requirement_at(const struct naive *naive, const struct item *item, day at)
{
    struct naive_frame rule = { .item = item, .at = at, .admits = true };
    struct naive_frame condition = { .item = item, .at = at };
    enum finding v = by_rule(naive, &rule, &condition);

    if (v != MET)
        v = by_people(naive, &condition, v);
    return v != MET && waived(naive, &condition) ? MET : v;
}

/* The day to which a decision extends the requirement, or DAY_NONE. */
static day extended_to(const struct naive *naive, const struct item *item,
                       const struct decision *decision)
{
    if (decision->kind != DECISION_EXTEND || !str_eq(decision->requirement, item->word.text))
        return DAY_NONE;
    for (size_t i = 0; i < item->parts.count; i++) {
        const struct part *part = &item->parts.at[i];

        if (part->kind != PART_DISCRETION ||
            !naive_speaks(naive, part->body.text, decision->by, decision->on))
            continue;
        for (size_t k = 0; k < part->grants.count; k++)
            if (part->grants.at[k].kind == GRANT_EXTEND)
                return part->grants.at[k].date < decision->until ? part->grants.at[k].date
                                                                 : decision->until;
    }
    return DAY_NONE;
}

enum finding naive_requirement(const struct naive *naive, const struct item *requirement)
{
    enum finding best = requirement_at(naive, requirement, naive->on);

    for (size_t i = 0; i < naive->dossier->decision_count; i++) {
        day at = extended_to(naive, requirement, &naive->dossier->decisions[i]);
        enum finding found;

        if (at == DAY_NONE || at <= naive->on)
            continue;
        found = requirement_at(naive, requirement, at);
        best = found > best ? found : best;
    }
    return best;
}

/* ---- the result ---- */

static bool is_open(const struct document *document, day on)
{
    for (size_t i = 0; i < document->items.count; i++) {
        const struct item *item = &document->items.at[i];

        if (item->kind != ITEM_OPEN)
            continue;
        if (item->from != DAY_NONE && on < item->from)
            return false;
        if (item->until != DAY_NONE &&
            (item->until_exclusive ? on >= item->until : on > item->until))
            return false;
    }
    return true;
}

enum verdict naive_verdict(const struct naive *naive)
{
    static const enum verdict verdicts[] = { VERDICT_NOT_YET, VERDICT_REFER, VERDICT_ELIGIBLE };
    const struct document *document = naive->edition->document;
    struct naive facts = *naive;
    enum finding least = MET;
    bool refers = false;

    facts.reading = DECIDE; /* bars use verified facts alone */
    if (!is_open(document, naive->on))
        return VERDICT_UNAVAILABLE;
    for (size_t i = 0; i < document->items.count; i++) {
        const struct item *item = &document->items.at[i];
        struct naive_frame frame = { .item = item, .at = naive->on };
        enum finding found;

        if (item->kind == ITEM_REQUIRE)
            least = naive_least(least, naive_requirement(naive, item));
        if (item->kind != ITEM_BAR)
            continue;
        found = block(&facts, &frame, &item->nodes);
        if (found == MET && item->refuse)
            return VERDICT_BARRED;
        refers = refers || found != NOT_YET;
    }
    if (refers)
        least = naive_least(least, REFER);
    return verdicts[least];
}
