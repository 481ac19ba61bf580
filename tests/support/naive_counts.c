#include "naive_records.h"

/* ---- sets of matters and values ---- */

struct entry_of {
    struct str key;
    int64_t low, high;
};

struct set {
    struct entry_of *at;
    size_t count;
    size_t room;
};

static struct entry_of *set_find(const struct set *set, struct str key)
{
    for (size_t i = 0; i < set->count; i++)
        if (str_eq(set->at[i].key, key))
            return &set->at[i];
    return NULL;
}

/* Keeps the greatest low and the greatest high of each key. */
static void set_raise(const struct naive *naive, struct set *set, struct str key, int64_t low,
                      int64_t high)
{
    struct entry_of *entry = set_find(set, key);

    if (!entry) {
        entry = ARENA_PUSH(naive->arena, set->at, set->count, set->room);
        *entry = (struct entry_of){ key, 0, 0 };
    }
    entry->low = low > entry->low ? low : entry->low;
    entry->high = high > entry->high ? high : entry->high;
}

static struct naive_bounds set_total(const struct set *set)
{
    struct naive_bounds total = { 0, 0, 0 };

    for (size_t i = 0; i < set->count; i++) {
        total.lo += set->at[i].low;
        total.hi += set->at[i].high;
    }
    return total;
}

/* ---- aggregates ---- */

static bool has_clause(const struct clause_list *body, enum clause_kind kind)
{
    for (size_t i = 0; i < body->count; i++)
        if (body->at[i].kind == kind)
            return true;
    return false;
}

/* The matters of the records that match, each worth what its best record is. */
static void matters_of(const struct naive *naive, const struct naive_frame *frame,
                       const struct naive_match *match, const struct clause_list *weights,
                       struct set *ret)
{
    for (size_t i = 0; i < naive->dossier->evidence_count; i++) {
        const struct evidence *evidence = &naive->dossier->evidence[i];
        enum finding found = naive_matches(naive, frame, match, evidence, false);
        int64_t low = 1;
        int64_t high = 1;

        if (found == NOT_YET)
            continue;
        if (weights)
            naive_weight(naive, match->kind, weights, evidence, &low, &high);
        set_raise(naive, ret, naive_value(naive, STR("matter"), evidence), found == MET ? low : 0,
                  high);
    }
}

static void add_also(const struct naive *naive, const struct naive_frame *frame,
                     const struct clause *also, const struct set *main, struct naive_bounds *total)
{
    struct naive_match match = naive_resolve(naive, also->record.text, &also->body);
    struct set others = { .count = 0 };
    int64_t low = 0;
    int64_t high = 0;

    matters_of(naive, frame, &match, NULL, &others);
    for (size_t i = 0; i < others.count; i++) {
        const struct entry_of *counted = set_find(main, others.at[i].key);

        low += others.at[i].low > 0 && (!counted || counted->low == 0);
        high += others.at[i].high > 0 && (!counted || counted->high == 0);
    }
    total->lo += low < also->need ? low : also->need;
    total->hi += high < also->need ? high : also->need;
}

static struct naive_bounds count_bounds(const struct naive *naive, const struct naive_frame *frame,
                                        const struct node *node)
{
    struct naive_match match = naive_resolve(naive, node->record.text, &node->body);
    bool weighs = has_clause(&node->body, CLAUSE_WEIGH);
    struct set matters = { .count = 0 };
    struct naive_bounds total;

    matters_of(naive, frame, &match, weighs ? &node->body : NULL, &matters);
    total = set_total(&matters);
    for (size_t i = 0; i < node->body.count; i++)
        if (node->body.at[i].kind == CLAUSE_ALSO)
            add_also(naive, frame, &node->body.at[i], &matters, &total);
    total.need = node->need * (weighs ? 100 : 1);
    return total;
}

static struct naive_bounds distinct_bounds(const struct naive *naive,
                                           const struct naive_frame *frame, const struct node *node)
{
    struct naive_match match = naive_resolve(naive, node->record.text, &node->body);
    const struct field *field =
        kind_field(vocabulary_kind(naive->edition->vocabulary, match.kind), node->field.text);
    bool listed = field->type == FIELD_OF || field->type == FIELD_ORDERED;
    struct set values = { .count = 0 };
    struct naive_bounds total;
    int64_t unknown = 0;

    for (size_t i = 0; i < naive->dossier->evidence_count; i++) {
        const struct evidence *evidence = &naive->dossier->evidence[i];
        enum finding found = naive_matches(naive, frame, &match, evidence, false);
        struct str value = naive_value(naive, node->field.text, evidence);

        if (found == NOT_YET || (value.p && listed && !str_list_has(field->values, value)))
            continue;
        if (value.p)
            set_raise(naive, &values, value, found == MET, 1);
        else
            unknown++;
    }
    total = set_total(&values);
    total.hi += unknown;
    total.need = node->need;
    return total;
}

/* The part of a record's days that every window leaves. False where a cycle has no anchor, so that
   nothing is sure. */
static bool clip(const struct naive *naive, const struct naive_frame *frame,
                 const struct naive_match *match, day *from, day *to)
{
    bool certain = true;

    if (*to > frame->at)
        *to = frame->at;
    if (frame->sliced && *from < frame->slice_from)
        *from = frame->slice_from;
    if (frame->sliced && *to > frame->slice_to)
        *to = frame->slice_to;
    for (size_t i = 0; i < match->count; i++) {
        for (size_t k = 0; k < match->lists[i]->count; k++) {
            const struct clause *clause = &match->lists[i]->at[k];
            day first = DAY_FIRST;
            day last = DAY_LAST;
            day cycle_from;
            day cycle_to;
            int state;

            if (clause->kind == CLAUSE_WITHIN)
                first = day_add_months(frame->at, -clause->duration.months);
            if (clause->kind == CLAUSE_FROM)
                first = clause->date;
            if (clause->kind == CLAUSE_UNTIL)
                last = clause->date;
            if (clause->kind == CLAUSE_BEFORE)
                last = clause->date - 1;
            if (clause->kind == CLAUSE_IN_CYCLE) {
                state = naive_cycle(naive, &cycle_from, &cycle_to);
                certain = certain && state != 0;
                first = state > 0 ? cycle_from : first;
                last = state > 0 ? cycle_to - 1 : state < 0 ? DAY_FIRST : last;
            }
            *from = first > *from ? first : *from;
            *to = last < *to ? last : *to;
        }
    }
    return certain;
}

static struct naive_bounds covered_bounds(const struct naive *naive,
                                          const struct naive_frame *frame, const struct node *node)
{
    struct naive_match match = naive_resolve(naive, node->record.text, &node->body);
    size_t span = (size_t)(frame->at - day_add_months(frame->at, -12 * 60)) + 1;
    char *days = ARENA_ARRAY(naive->arena, span, char); /* counted back from the day */
    struct naive_bounds total = { 0, 0, 365 * node->need / 12 };

    for (size_t i = 0; i < naive->dossier->evidence_count; i++) {
        const struct evidence *evidence = &naive->dossier->evidence[i];
        enum finding found = naive_matches(naive, frame, &match, evidence, true);
        day from = evidence->start;
        day to = evidence->end;
        bool certain = clip(naive, frame, &match, &from, &to) && found == MET;

        for (day d = from; found != NOT_YET && d <= to; d++) {
            char *mark = &days[frame->at - d];

            *mark = certain ? 2 : *mark == 2 ? 2 : 1;
        }
    }
    for (size_t i = 0; i < span; i++) {
        total.lo += days[i] == 2;
        total.hi += days[i] > 0;
    }
    return total;
}

struct naive_bounds naive_in_frame(const struct naive *naive, const struct naive_frame *frame,
                                   const struct node *node)
{
    switch (node->kind) {
    case NODE_COUNT:
        return count_bounds(naive, frame, node);
    case NODE_DISTINCT:
        return distinct_bounds(naive, frame, node);
    case NODE_SUM:
        return naive_sum(naive, frame, node);
    case NODE_COVERED:
        return covered_bounds(naive, frame, node);
    default:
        BUG("node of kind %d is no aggregate", (int)node->kind);
    }
}

/* ---- separately ---- */

/* Hall's condition over one of the two sets, for every subset of the counts. */
static bool can_share(const struct set *matters, const struct node_list *counts, bool high)
{
    for (unsigned subset = 1; subset < 1u << counts->count; subset++) {
        struct set any = { .count = 0 };
        struct arena arena;
        struct naive naive = { .arena = &arena };
        int64_t need = 0;
        bool enough;

        arena_init(&arena, ARENA_UNLIMITED);
        for (size_t c = 0; c < counts->count; c++) {
            if (!(subset >> c & 1))
                continue;
            need += counts->at[c].need;
            for (size_t i = 0; i < matters[c].count; i++)
                if (high || matters[c].at[i].low > 0)
                    set_raise(&naive, &any, matters[c].at[i].key, 1, 1);
        }
        enough = (int64_t)any.count >= need;
        arena_release(&arena);
        if (!enough)
            return false;
    }
    return true;
}

enum finding naive_separately(const struct naive *naive, const struct naive_frame *frame,
                              const struct node *node)
{
    struct set matters[CRITERIA_SEPARATELY_MAX] = { 0 };

    for (size_t c = 0; c < node->children.count; c++) {
        const struct node *child = &node->children.at[c];
        struct naive_match match = naive_resolve(naive, child->record.text, &child->body);

        matters_of(naive, frame, &match, NULL, &matters[c]);
    }
    if (can_share(matters, &node->children, false))
        return MET;
    return can_share(matters, &node->children, true) ? REFER : NOT_YET;
}
