#include "criteria/diff_parts.h"

#include "criteria/reading.h"

unsigned prove_less(int64_t old, int64_t new)
{
    return (new <= old ? NOT_WORSE : 0u) | (new >= old ? NOT_BETTER : 0u);
}

unsigned prove_more(int64_t old, int64_t new)
{
    return prove_less(new, old);
}

static unsigned prove_if(bool not_worse, bool not_better)
{
    return (not_worse ? NOT_WORSE : 0u) | (not_better ? NOT_BETTER : 0u);
}

/* ---- fields ---- */

/* Everything that several tests ask of one field: all of it must hold. */
struct asked {
    const struct field *field;
    bool at_all;      /* something is asked, so that a record must state the field */
    bool others;      /* a value that the vocabulary does not have matches */
    uint64_t allowed; /* bit i: the field's i-th value matches */
    int64_t least;    /* of a measure */
};

static struct asked asked_of(const struct field *field, const struct own_test *tests, size_t count,
                             const struct kind *kind)
{
    struct asked asked = { .field = field, .others = true, .allowed = UINT64_MAX };
    for (size_t i = 0; i < count; i++) {
        if (&kind->fields[tests[i].field] != field)
            continue;
        asked.at_all = true;
        asked.others &= tests[i].negated;
        if (tests[i].at_least && field_is_measure(field)) {
            if (tests[i].least > asked.least)
                asked.least = tests[i].least;
        } else {
            asked.allowed &= tests[i].allowed;
        }
    }
    return asked;
}

static bool has_value(const struct field *field, struct str value, size_t *ret_at)
{
    for (size_t i = 0; i < field->values.count; i++) {
        if (str_eq(field->values.at[i], value)) {
            *ret_at = i;
            return true;
        }
    }
    return false;
}

/*
 * Whether every value that the narrow one lets through passes the wide one, in either vocabulary:
 * a value that only one of them has counts as known and as unknown, so that the proof holds
 * however a dossier spells it.
 */
static bool values_within(const struct asked *narrow, const struct asked *wide)
{
    const struct field *a = narrow->field, *b = wide->field;
    size_t at;
    for (size_t i = 0; i < a->values.count; i++)
        if ((narrow->allowed >> i & 1) &&
            !(has_value(b, a->values.at[i], &at) && (wide->allowed >> at & 1)))
            return false;
    if (!narrow->others)
        return true;
    for (size_t i = 0; i < b->values.count; i++)
        if (!has_value(a, b->values.at[i], &at) && !(wide->allowed >> i & 1))
            return false;
    return wide->others;
}

static bool has_values(const struct field *field)
{
    return field->type == FIELD_OF || field->type == FIELD_ORDERED;
}

static unsigned prove_asked(const struct asked *old, const struct asked *new)
{
    if (!old->at_all || !new->at_all)
        return prove_if(!new->at_all, !old->at_all);
    if (old->field->type != new->field->type)
        return NOTHING_PROVED;
    if (field_is_measure(old->field))
        return prove_less(old->least, new->least);
    if (!has_values(old->field))
        return NOTHING_PROVED; /* an id, of which a document can list no values */
    return prove_if(values_within(old, new), values_within(new, old));
}

/* "mediator, conciliator", "not party", ">= 4 h" */
static void add_tests(struct buf *out, const struct field *field, const struct own_test *tests,
                      size_t count, const struct kind *kind)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        const struct own_test *test = &tests[i];
        if (&kind->fields[test->field] != field)
            continue;
        if (any)
            buf_add_c(out, " and ");
        any = true;
        buf_add_c(out, test->at_least ? ">= " : test->negated ? "not " : "");
        for (size_t k = 0; k < test->values.count; k++) {
            buf_add_c(out, k > 0 ? ", " : "");
            buf_add(out, test->values.at[k]);
        }
        if (test->at_least && field->type == FIELD_ORDERED)
            buf_add(out, field->values.at[test->least]);
        else if (test->at_least && field_is_time(field))
            buf_format(out, "%lld min", (long long)test->least);
        else if (test->at_least)
            buf_int(out, test->least);
    }
    if (!any)
        buf_add_c(out, "anything");
}

#define NOTE_MAX ((size_t)64 * 1024)

static struct str tests_text(struct arena *arena, const struct field *field,
                             const struct selection *selection)
{
    struct buf out;
    buf_init(&out, NOTE_MAX);
    add_tests(&out, field, selection->own, selection->own_count, selection->kind);
    return buf_take(&out, arena);
}

static unsigned prove_field(struct differ *d, const struct selection *old,
                            const struct selection *new, struct str name, struct str where,
                            struct notes *notes)
{
    const struct field *old_field = kind_field(old->kind, name);
    const struct field *new_field = kind_field(new->kind, name);
    /* A field that only one vocabulary has is asked for by that one's document alone. */
    const struct field *known = old_field ? old_field : new_field;
    struct asked a = asked_of(old_field, old->own, old->own_count, old->kind);
    struct asked b = asked_of(new_field, new->own, new->own_count, new->kind);
    unsigned proved = prove_asked(&a, &b);
    if (notes && proved != SAME)
        note_change(d, notes, where, proved, "%.*s: %.*s -> %.*s", STR_ARG(known->name),
                    STR_ARG(tests_text(d->arena, old_field, old)),
                    STR_ARG(tests_text(d->arena, new_field, new)));
    return proved;
}

static bool asks_field_before(const struct selection *selection, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(selection->kind->fields[selection->own[i].field].name, name))
            return true;
    return false;
}

/* Every field that either asks for, once. */
static unsigned prove_fields(struct differ *d, const struct selection *old,
                             const struct selection *new, struct str where, struct notes *notes)
{
    unsigned proved = SAME;
    for (size_t i = 0; i < old->own_count; i++) {
        struct str name = old->kind->fields[old->own[i].field].name;
        if (!asks_field_before(old, i, name))
            proved &= prove_field(d, old, new, name, where, notes);
    }
    for (size_t i = 0; i < new->own_count; i++) {
        struct str name = new->kind->fields[new->own[i].field].name;
        if (!asks_field_before(new, i, name) && !asks_field_before(old, old->own_count, name))
            proved &= prove_field(d, old, new, name, where, notes);
    }
    return proved;
}

/* Whether two fields of that name are one field, with the same values. */
static bool same_field(const struct field *a, const struct field *b)
{
    size_t at;
    if (!str_eq(a->name, b->name) || a->type != b->type || a->values.count != b->values.count)
        return false;
    for (size_t i = 0; i < a->values.count; i++)
        if (!has_value(b, a->values.at[i], &at))
            return false;
    return true;
}

/* Whether a weight or a limit still picks the same records. */
static bool same_test(const struct kind *old_kind, const struct own_test *old,
                      const struct kind *new_kind, const struct own_test *new)
{
    const struct field *a = &old_kind->fields[old->field];
    const struct field *b = &new_kind->fields[new->field];
    if (!str_eq(a->name, b->name))
        return false;
    struct asked was = asked_of(a, old, 1, old_kind);
    struct asked is = asked_of(b, new, 1, new_kind);
    return prove_asked(&was, &is) == SAME;
}

/* ---- programmes and what comes first ---- */

static bool types_within(struct str_list narrow, struct str_list wide)
{
    for (size_t i = 0; i < narrow.count; i++)
        if (!str_list_has(wide, narrow.at[i]))
            return false;
    return true;
}

static unsigned prove_programme(const struct programme_test *old, const struct programme_test *new)
{
    unsigned types =
        prove_if(types_within(old->types, new->types), types_within(new->types, old->types));
    unsigned when = prove_if(old->when == new->when || old->when == ACCREDITED_THROUGHOUT,
                             old->when == new->when || new->when == ACCREDITED_THROUGHOUT);
    return types & when;
}

/* "qap, cmtp accredited at start" */
static struct str programmes_text(struct arena *arena, const struct selection *selection)
{
    static const char *const when[] = {
        [ACCREDITED_AT_END] = " accredited",
        [ACCREDITED_AT_START] = " accredited at start",
        [ACCREDITED_THROUGHOUT] = " accredited throughout",
    };
    struct buf out;
    if (selection->programme_count == 0)
        return STR("any or none");
    buf_init(&out, NOTE_MAX);
    for (size_t i = 0; i < selection->programme_count; i++) {
        const struct programme_test *test = &selection->programmes[i];
        buf_add_c(&out, i > 0 ? " and " : "");
        for (size_t k = 0; k < test->types.count; k++) {
            buf_add_c(&out, k > 0 ? ", " : "");
            buf_add(&out, test->types.at[k]);
        }
        buf_add_c(&out, when[test->when]);
    }
    return buf_take(&out, arena);
}

static unsigned prove_programmes(struct differ *d, const struct selection *old,
                                 const struct selection *new, struct str where, struct notes *notes)
{
    struct pairs pairs;
    pairs_init(d->arena, old->programme_count, new->programme_count, &pairs);
    for (size_t i = 0; i < pairs.old_count; i++)
        for (size_t j = 0; j < pairs.new_count; j++)
            if (pairs_are_compared(&pairs, i, j))
                pairs.proved[i * pairs.new_count + j] =
                    (unsigned char)prove_programme(&old->programmes[i], &new->programmes[j]);
    unsigned proved = pairs_prove(d->arena, &pairs, JOINED_ALL);
    if (notes && proved != SAME)
        note_change(d, notes, where, proved, "programme: %.*s -> %.*s",
                    STR_ARG(programmes_text(d->arena, old)),
                    STR_ARG(programmes_text(d->arena, new)));
    return proved;
}

static unsigned prove_after_first(struct differ *d, const struct selection *old,
                                  const struct selection *new, struct str where,
                                  struct notes *notes)
{
    struct pairs pairs;
    pairs_init(d->arena, old->after_first_count, new->after_first_count, &pairs);
    for (size_t i = 0; i < pairs.old_count; i++)
        for (size_t j = 0; j < pairs.new_count; j++)
            if (pairs_are_compared(&pairs, i, j))
                pairs.proved[i * pairs.new_count + j] = (unsigned char)prove_selections(
                    d, &old->after_first[i], &new->after_first[j], where, NULL);
    unsigned proved = pairs_prove(d->arena, &pairs, JOINED_ALL);
    note_change(d, notes, where, proved, "after first: %s",
                old->after_first_count == 0   ? "added"
                : new->after_first_count == 0 ? "removed"
                                              : "changed");
    return proved;
}

/* ---- windows ---- */

static struct str day_or(struct arena *arena, day d, day none)
{
    char text[DAY_TEXT_SIZE];
    return d == none ? STR("any") : str_copy(arena, str_from_c(day_text(d, text)));
}

static struct str months_or_any(struct arena *arena, int32_t months)
{
    return months ? reading_of_months(arena, months) : STR("any");
}

static int64_t months_or_more(int32_t months)
{
    return months ? months : INT64_MAX;
}

static unsigned prove_windows(struct differ *d, const struct selection *old,
                              const struct selection *new, struct str where, struct notes *notes)
{
    struct arena *arena = d->arena;
    unsigned from = prove_less(old->from, new->from);
    unsigned to = prove_more(old->to, new->to);
    unsigned within = prove_more(months_or_more(old->within), months_or_more(new->within));
    unsigned cycle = prove_if(!new->in_cycle, !old->in_cycle);
    if (old->in_cycle && new->in_cycle)
        cycle = d->same_cycle ? SAME : NOTHING_PROVED;
    if (notes && from != SAME)
        note_change(d, notes, where, from, "from: %.*s -> %.*s",
                    STR_ARG(day_or(arena, old->from, DAY_FIRST)),
                    STR_ARG(day_or(arena, new->from, DAY_FIRST)));
    if (notes && to != SAME)
        note_change(d, notes, where, to, "until: %.*s -> %.*s",
                    STR_ARG(day_or(arena, old->to, DAY_LAST)),
                    STR_ARG(day_or(arena, new->to, DAY_LAST)));
    if (notes && within != SAME)
        note_change(d, notes, where, within, "within: %.*s -> %.*s",
                    STR_ARG(months_or_any(arena, old->within)),
                    STR_ARG(months_or_any(arena, new->within)));
    note_change(d, notes, where, cycle, "in cycle: %s",
                !old->in_cycle   ? "added"
                : !new->in_cycle ? "removed"
                                 : "the cycle changed");
    return from & to & within & cycle;
}

unsigned prove_selections(struct differ *d, const struct selection *old,
                          const struct selection *new, struct str where, struct notes *notes)
{
    if (!str_eq(old->kind->name, new->kind->name)) {
        note_change(d, notes, where, NOTHING_PROVED, "kind: %.*s -> %.*s", STR_ARG(old->kind->name),
                    STR_ARG(new->kind->name));
        return NOTHING_PROVED;
    }
    unsigned fields = prove_fields(d, old, new, where, notes);
    unsigned programmes = prove_programmes(d, old, new, where, notes);
    unsigned after = prove_after_first(d, old, new, where, notes);
    return fields & programmes & after & prove_windows(d, old, new, where, notes);
}

/* ---- weights, limits, also ---- */

static unsigned prove_weights(struct differ *d, const struct edition_node *old,
                              const struct edition_node *new, struct notes *notes)
{
    const struct kind *old_kind = old->selection.kind, *new_kind = new->selection.kind;
    unsigned proved = SAME;
    size_t i = 0;
    for (; i < old->weight_count && i < new->weight_count; i++) {
        const struct weight *was = &old->weights[i], *is = &new->weights[i];
        unsigned line = same_test(old_kind, &was->own, new_kind, &is->own)
                            ? prove_more(was->percent, is->percent)
                            : NOTHING_PROVED;
        note_change(d, notes, new->id, line, "weight: %d %% -> %d %%", (int)was->percent,
                    (int)is->percent);
        proved &= line;
    }
    /* What no line picks counts in full, so the last line may go where it took something off. */
    for (size_t k = i; k < old->weight_count; k++) {
        unsigned line = prove_more(old->weights[k].percent, 100);
        note_change(d, notes, new->id, line, "weight of %d %% removed",
                    (int)old->weights[k].percent);
        proved &= line;
    }
    for (size_t k = i; k < new->weight_count; k++) {
        unsigned line = prove_more(100, new->weights[k].percent);
        note_change(d, notes, new->id, line, "weight of %d %% added", (int)new->weights[k].percent);
        proved &= line;
    }
    return proved;
}

struct limits {
    const struct kind *kind;
    const struct field *measure;
    const struct limit *at;
    size_t count;
};

static struct limits limits_within(const struct limits *of, const struct limit *limit)
{
    return (struct limits){ of->kind, of->measure, limit->inner, limit->inner_count };
}

static bool same_place(const struct limits *old, size_t i, const struct limits *new, size_t j)
{
    const struct limit *a = &old->at[i], *b = &new->at[j];
    if (a->each != b->each || a->filtered != b->filtered)
        return false;
    if (a->each &&
        !same_field(&old->kind->fields[a->each_field], &new->kind->fields[b->each_field]))
        return false;
    return !a->filtered || same_test(old->kind, &a->own, new->kind, &b->own);
}

/* Siblings that select disjoint values of one field: a record of one is never another's. */
static bool are_disjoint(const struct limits *limits)
{
    for (size_t i = 0; i < limits->count; i++) {
        const struct limit *a = &limits->at[i];
        if (!a->filtered || !has_values(&limits->kind->fields[a->own.field]))
            return false;
        for (size_t k = 0; k < i; k++) {
            const struct limit *b = &limits->at[k];
            bool both_others = a->own.negated && b->own.negated;
            if (b->own.field != a->own.field || (a->own.allowed & b->own.allowed) || both_others)
                return false;
        }
    }
    return true;
}

static bool is_paired_after(const size_t *pairs, size_t count, size_t i)
{
    for (size_t k = i + 1; k < count; k++)
        if (pairs[k] != NO_PAIR)
            return true;
    return false;
}

/* Pairs the limits that pick the same records; false when their order has changed. */
static bool pair_limits(const struct limits *old, const struct limits *new, struct pairs *pairs)
{
    size_t last = 0;
    for (size_t i = 0; i < old->count; i++) {
        for (size_t j = 0; j < new->count && pairs->of_old[i] == NO_PAIR; j++) {
            if (pairs->of_new[j] != NO_PAIR || !same_place(old, i, new, j))
                continue;
            pairs->of_old[i] = j;
            pairs->of_new[j] = i;
        }
        if (pairs->of_old[i] == NO_PAIR)
            continue;
        if (pairs->of_old[i] < last)
            return false;
        last = pairs->of_old[i];
    }
    return true;
}

/* What one side has and the other has not; `one_less` is what is proved where it is safe to take
   such a limit away, or to bring it in. */
static unsigned prove_unpaired(struct differ *d, const struct limits *limits, const size_t *pairs,
                               unsigned one_less, struct str where, struct notes *notes)
{
    unsigned proved = SAME;
    bool disjoint = are_disjoint(limits);
    for (size_t i = 0; i < limits->count; i++) {
        if (pairs[i] != NO_PAIR)
            continue;
        bool safe = disjoint || !is_paired_after(pairs, limits->count, i);
        unsigned line = safe ? one_less : NOTHING_PROVED;
        if (notes)
            note_change(d, notes, where, line, "limit of %.*s %s",
                        STR_ARG(reading_of_quantity(d->arena, limits->measure, limits->at[i].most)),
                        one_less == NOT_WORSE ? "removed" : "added");
        proved &= line;
    }
    return proved;
}

static unsigned prove_limits(struct differ *d, const struct limits *old, const struct limits *new,
                             struct str where, struct notes *notes)
{
    struct pairs pairs;
    pairs_init(d->arena, old->count, new->count, &pairs);
    if (!pair_limits(old, new, &pairs)) {
        note_change(d, notes, where, NOTHING_PROVED, "order of the limits changed");
        return NOTHING_PROVED;
    }
    unsigned proved = prove_unpaired(d, old, pairs.of_old, NOT_WORSE, where, notes);
    proved &= prove_unpaired(d, new, pairs.of_new, NOT_BETTER, where, notes);
    for (size_t i = 0; i < old->count; i++) {
        if (pairs.of_old[i] == NO_PAIR)
            continue;
        const struct limit *was = &old->at[i], *is = &new->at[pairs.of_old[i]];
        unsigned most = prove_more(was->most, is->most);
        if (notes && most != SAME)
            note_change(d, notes, where, most, "limit: %.*s -> %.*s",
                        STR_ARG(reading_of_quantity(d->arena, old->measure, was->most)),
                        STR_ARG(reading_of_quantity(d->arena, new->measure, is->most)));
        struct limits was_inner = limits_within(old, was), is_inner = limits_within(new, is);
        proved &= most & prove_limits(d, &was_inner, &is_inner, where, notes);
    }
    return proved;
}

static unsigned prove_also(struct differ *d, const struct edition_node *old,
                           const struct edition_node *new, struct notes *notes)
{
    unsigned proved = prove_if(new->also || !old->also, old->also || !new->also);
    if (!old->also || !new->also) {
        note_change(d, notes, new->id, proved, "also: %s", new->also ? "added" : "removed");
        return proved;
    }
    proved = prove_more(old->also->most, new->also->most);
    note_change(d, notes, new->id, proved, "also: at most %lld -> %lld", (long long)old->also->most,
                (long long)new->also->most);
    return proved &
           prove_selections(d, &old->also->selection, &new->also->selection, new->id, notes);
}

/* ---- aggregates ---- */

static const struct field *aggregate_field(const struct edition_node *node)
{
    return &node->selection.kind->fields[node->field];
}

static struct str need_text(struct arena *arena, const struct edition_node *node)
{
    if (node->kind == NODE_SUM)
        return reading_of_quantity(arena, aggregate_field(node), node->need);
    return str_format(arena, "%lld", (long long)node->need);
}

unsigned prove_aggregates(struct differ *d, const struct edition_node *old,
                          const struct edition_node *new, struct notes *notes)
{
    bool of_field = new->kind == NODE_SUM || new->kind == NODE_DISTINCT;
    if (of_field && str_eq(old->selection.kind->name, new->selection.kind->name) &&
        !same_field(aggregate_field(old), aggregate_field(new))) {
        note_change(d, notes, new->id, NOTHING_PROVED, "%s: %.*s -> %.*s",
                    new->kind == NODE_SUM ? "measure" : "field",
                    STR_ARG(aggregate_field(old)->name), STR_ARG(aggregate_field(new)->name));
        return NOTHING_PROVED;
    }
    unsigned proved = prove_selections(d, &old->selection, &new->selection, new->id, notes);
    if (!str_eq(old->selection.kind->name, new->selection.kind->name))
        return proved;
    unsigned need = prove_less(old->need, new->need);
    if (notes && need != SAME)
        note_change(d, notes, new->id, need, "need %.*s -> %.*s", STR_ARG(need_text(d->arena, old)),
                    STR_ARG(need_text(d->arena, new)));
    struct limits was = { old->selection.kind, NULL, old->limits, old->limit_count };
    struct limits is = { new->selection.kind, NULL, new->limits, new->limit_count };
    if (new->kind == NODE_SUM) {
        was.measure = aggregate_field(old);
        is.measure = aggregate_field(new);
    }
    proved &= need;
    proved &= prove_weights(d, old, new, notes);
    proved &= prove_limits(d, &was, &is, new->id, notes);
    proved &= prove_also(d, old, new, notes);
    return proved;
}
