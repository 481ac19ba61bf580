#include "naive_records.h"

/* A record's share in a sum, for one of the two bounds. */
struct share {
    const struct evidence *evidence;
    int64_t n;
};

struct shares {
    struct share *at;
    size_t count;
    size_t room;
};

struct summing {
    const struct naive *naive;
    struct str kind;
    int64_t scale;
    bool high;
};

static int64_t limited(const struct summing *s, const struct clause_list *limits,
                       const struct shares *shares);

static void push(const struct summing *s, struct shares *shares, struct share share)
{
    *ARENA_PUSH(s->naive->arena, shares->at, shares->count, shares->room) = share;
}

static int64_t capped(const struct summing *s, const struct clause *limit,
                      const struct shares *shares)
{
    int64_t total = limited(s, &limit->body, shares);
    int64_t most = quantity_value(limit->quantity) * s->scale;

    return total < most ? total : most;
}

/* A value of a field that the vocabulary lists is a value only if it is listed. */
static struct str value_of(const struct summing *s, struct str field_name,
                           const struct evidence *evidence)
{
    const struct field *field =
        kind_field(vocabulary_kind(s->naive->edition->vocabulary, s->kind), field_name);
    struct str value = naive_value(s->naive, field_name, evidence);

    if (value.p && (field->type == FIELD_OF || field->type == FIELD_ORDERED) &&
        !str_list_has(field->values, value))
        return STR_NONE;
    return value;
}

/* A limit that applies to each value of a field by itself. */
static int64_t capped_each(const struct summing *s, const struct clause *limit,
                           const struct shares *shares)
{
    bool *done = ARENA_ARRAY(s->naive->arena, shares->count, bool);
    int64_t total = 0;

    for (size_t i = 0; i < shares->count; i++) {
        struct shares same = { .count = 0 };
        struct str value = value_of(s, limit->each.text, shares->at[i].evidence);

        if (done[i])
            continue;
        if (!value.p) {
            if (s->high)
                total = naive_add(total, shares->at[i].n);
            continue;
        }
        for (size_t k = i; k < shares->count; k++) {
            struct str other = value_of(s, limit->each.text, shares->at[k].evidence);

            if (!other.p || !str_eq(value, other))
                continue;
            done[k] = true;
            push(s, &same, shares->at[k]);
        }
        total = naive_add(total, capped(s, limit, &same));
    }
    return total;
}

/* The first sibling that a share falls in: NULL for none; *ret_unknown where it cannot be told. */
static const struct clause *falls_in(const struct summing *s, const struct clause_list *limits,
                                     const struct share *share, bool *ret_unknown)
{
    *ret_unknown = false;
    for (size_t i = 0; i < limits->count; i++) {
        const struct clause *limit = &limits->at[i];
        enum finding found;

        if (limit->kind != CLAUSE_LIMIT)
            continue;
        found = limit->own ? naive_own(s->naive, s->kind, limit->own, share->evidence) : MET;
        if (found == MET)
            return limit;
        if (found == REFER) {
            *ret_unknown = true;
            return NULL;
        }
    }
    return NULL;
}

static int64_t limited(const struct summing *s, const struct clause_list *limits,
                       const struct shares *shares)
{
    int64_t total = 0;
    bool unknown;

    for (size_t i = 0; i < shares->count; i++)
        if (!falls_in(s, limits, &shares->at[i], &unknown) && (!unknown || s->high))
            total = naive_add(total, shares->at[i].n);
    for (size_t k = 0; k < limits->count; k++) {
        struct shares fallen = { .count = 0 };
        const struct clause *limit = &limits->at[k];

        if (limit->kind != CLAUSE_LIMIT)
            continue;
        for (size_t i = 0; i < shares->count; i++)
            if (falls_in(s, limits, &shares->at[i], &unknown) == limit)
                push(s, &fallen, shares->at[i]);
        total = naive_add(total, limit->each.text.p ? capped_each(s, limit, &fallen)
                                                    : capped(s, limit, &fallen));
    }
    return total;
}

static bool has_weights(const struct clause_list *body)
{
    for (size_t i = 0; i < body->count; i++)
        if (body->at[i].kind == CLAUSE_WEIGH)
            return true;
    return false;
}

static int64_t unknown_high(const struct node *node, const struct evidence *evidence)
{
    if (str_eq(node->field.text, STR("hours")))
        return ((int64_t)evidence->end - evidence->start + 1) * 24 * 60;
    return NO_BOUND;
}

struct naive_bounds naive_sum(const struct naive *naive, const struct naive_frame *frame,
                              const struct node *node)
{
    struct naive_match match = naive_resolve(naive, node->record.text, &node->body);
    struct summing s = { .naive = naive,
                         .kind = match.kind,
                         .scale = has_weights(&node->body) ? 100 : 1 };
    struct naive_bounds bounds = { .need = quantity_value(node->quantity) * s.scale };
    struct shares low = { .count = 0 };
    struct shares high = { .count = 0 };

    for (size_t i = 0; i < naive->dossier->evidence_count; i++) {
        const struct evidence *evidence = &naive->dossier->evidence[i];
        enum finding found = naive_matches(naive, frame, &match, evidence, false);
        int64_t least = 1;
        int64_t most = 1;
        int64_t n;
        int64_t up;

        if (found == NOT_YET)
            continue;
        if (s.scale == 100)
            naive_weight(naive, s.kind, &node->body, evidence, &least, &most);
        n = naive_measure(naive, s.kind, node->field.text, evidence);
        up = n < 0 ? unknown_high(node, evidence) : n;
        push(&s, &high, (struct share){ evidence, up >= NO_BOUND ? NO_BOUND : up * most });
        if (found == MET)
            push(&s, &low, (struct share){ evidence, n < 0 ? 0 : n * least });
    }
    bounds.lo = limited(&s, &node->body, &low);
    s.high = true;
    bounds.hi = limited(&s, &node->body, &high);
    return bounds;
}
