/*
 * Why each record counts or does not. The order of the questions is the order of the closed list:
 * what the record is comes before how it stands, so that nobody is sent to have a record verified
 * that could not count anyway.
 */
#include <string.h>

#include "criteria/bounds.h"
#include "criteria/explain.h"
#include "criteria/match.h"

const char *unused_reason_name(enum unused_reason reason)
{
    static const char *const names[] = {
        "used",
        "field-differs",
        "field-unknown",
        "outside-window",
        "outside-slice",
        "after-reference-date",
        "before-the-first",
        "unverified",
        "rejected",
        "withdrawn",
        "duplicate",
        "same-matter",
        "over-limit",
        "used-by-another-count",
        "not-accredited-then",
    };
    return names[reason];
}

struct explaining {
    struct arena *arena;
    const struct evaluator *evaluator;
    const struct edition_node *node;
    const struct selection *selection;
    const struct rows *rows;
    struct matcher matcher;
    struct record_use *uses; /* per evidence; evidence NULL: of another kind */
    bool *counted;           /* per row: USED as far as matching and standing go */
};

static enum unused_reason place_reason(const struct explaining *x, const struct row *row)
{
    const struct window *w = &x->matcher.window;
    bool clips = x->matcher.clips;
    if ((clips ? row->start : row->end) > x->matcher.on)
        return AFTER_REFERENCE_DATE;
    day last = clips ? row->start : row->end; /* must lie before the window's end */
    if (row->end >= w->from && last <= w->to)
        return USED;
    return row->end >= w->slice_from && last <= w->slice_to ? OUTSIDE_WINDOW : OUTSIDE_SLICE;
}

/* The first own test that a row does not pass, or may not. */
static enum unused_reason own_reason(const struct explaining *x, size_t row, struct str *ret_field)
{
    const struct selection *s = x->selection;
    enum unused_reason reason = USED;
    for (size_t i = 0; i < s->own_count; i++) {
        enum finding match = own_test_on_row(x->rows, s->kind, &s->own[i], row);
        if (match == MET || (match == REFER && reason != USED))
            continue;
        *ret_field = s->kind->fields[s->own[i].field].name;
        if (match == NOT_YET)
            return FIELD_DIFFERS;
        reason = FIELD_UNKNOWN;
    }
    return reason;
}

static enum unused_reason others_reason(const struct explaining *x, size_t row,
                                        struct str *ret_field)
{
    const struct selection *s = x->selection;
    enum unused_reason reason = x->matcher.window.sure ? USED : FIELD_UNKNOWN;
    if (reason == FIELD_UNKNOWN)
        *ret_field = x->evaluator->edition->anchor;
    for (size_t i = 0; i < s->after_first_count; i++) {
        enum finding match = after_first_on_row(&x->matcher.firsts[i], &x->rows->at[row]);
        if (match == NOT_YET)
            return BEFORE_THE_FIRST;
        if (match == REFER)
            reason = FIELD_UNKNOWN;
    }
    for (size_t i = 0; i < s->programme_count; i++) {
        enum finding match = programme_test_on_row(x->evaluator, x->rows, &s->programmes[i], row);
        if (match == NOT_YET)
            return NOT_ACCREDITED_THEN;
        if (match == REFER) {
            reason = FIELD_UNKNOWN;
            *ret_field = s->kind->fields[FIELD_PROGRAMME].name;
        }
    }
    return reason;
}

static enum unused_reason row_reason(const struct explaining *x, size_t row, struct str *ret_field)
{
    const struct row *r = &x->rows->at[row];
    bool unverified = x->matcher.reading == DECIDE && r->bits & ROW_CLAIMED;
    if (matcher_admits(&x->matcher, row)) {
        enum unused_reason reason = place_reason(x, r);
        if (reason == OUTSIDE_WINDOW && !x->matcher.clips)
            reason = USED;
        return reason == USED && unverified ? UNVERIFIED : reason;
    }
    enum unused_reason own = own_reason(x, row, ret_field);
    if (own == FIELD_DIFFERS)
        return own;
    enum unused_reason placed = place_reason(x, r);
    if (placed != USED)
        return placed;
    struct str field = STR_NONE;
    enum unused_reason others = others_reason(x, row, &field);
    if (own == USED && field.p)
        *ret_field = field;
    if (others != USED && others != FIELD_UNKNOWN)
        return others;
    if (unverified)
        return UNVERIFIED;
    return own == USED ? others : own;
}

/* ---- what the aggregate does with the rows that match ---- */

static void set_reason(struct explaining *x, size_t row, enum unused_reason reason)
{
    x->uses[x->rows->evidence[row]].reason = reason;
    x->counted[row] = reason == USED;
}

/* A matter counts once, by its record of the greatest weight: the first of those. */
static int64_t row_percent(const struct explaining *x, size_t row)
{
    for (size_t i = 0; i < x->node->weight_count; i++)
        if (own_test_on_row(x->rows, x->selection->kind, &x->node->weights[i].own, row) == MET)
            return x->node->weights[i].percent;
    return 100;
}

static void once_a_matter(struct explaining *x)
{
    for (size_t i = 0; i < x->rows->count;) {
        uint32_t matter = x->rows->at[i].matter;
        size_t best = x->rows->count;
        size_t first = i;
        for (; i < x->rows->count && x->rows->at[i].matter == matter; i++)
            if (x->counted[i] &&
                (best == x->rows->count || row_percent(x, i) > row_percent(x, best)))
                best = i;
        for (size_t k = first; k < i; k++)
            if (x->counted[k] && k != best)
                set_reason(x, k, SAME_MATTER);
    }
}

/* Of an `also`: matters that the main body has counted serve there, and at most n more count. */
static void also_beside(struct explaining *x, const struct frame *frame)
{
    const struct picked *picked;
    struct matcher m;
    size_t count =
        pick_rows(x->evaluator, &x->node->selection, frame, x->matcher.reading, false, &picked, &m);
    bool *main = ARENA_ARRAY(x->arena, x->evaluator->bundle->matter_count, bool);
    for (size_t i = 0; i < count; i++)
        if (picked[i].sure)
            main[m.rows->at[picked[i].row].matter] = true;
    int64_t room = x->node->also->most;
    for (size_t i = 0; i < x->rows->count; i++) {
        if (!x->counted[i])
            continue;
        if (main[x->rows->at[i].matter])
            set_reason(x, i, USED_BY_ANOTHER_COUNT);
        else if (room-- <= 0)
            set_reason(x, i, OVER_LIMIT);
    }
}

static void not_shared(struct explaining *x, const struct edition_node *separately,
                       const struct frame *frame)
{
    int8_t *serves = ARENA_ARRAY(x->arena, x->evaluator->bundle->matter_count, int8_t);
    separately_assign(x->evaluator, separately, frame, x->matcher.reading, serves);
    int8_t mine = (int8_t)(x->node - separately->children);
    for (size_t i = 0; i < x->rows->count; i++) {
        int8_t serving = serves[x->rows->at[i].matter];
        if (x->counted[i] && serving >= 0 && serving != mine)
            set_reason(x, i, USED_BY_ANOTHER_COUNT);
    }
}

struct filled {
    const struct limit *limit;
    int64_t value;
    int64_t used;
};

struct filling {
    struct explaining *x;
    struct filled *at;
    size_t count, room;
};

static struct filled *filled_for(struct filling *f, const struct limit *limit, int64_t value)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->at[i].limit == limit && f->at[i].value == value)
            return &f->at[i];
    struct filled *filled = ARENA_PUSH(f->x->arena, f->at, f->count, f->room);
    *filled = (struct filled){ limit, value, 0 };
    return filled;
}

/* How much of the amount still has room under the limits, innermost first; takes it. */
static int64_t fill(struct filling *f, const struct limit *limits, size_t limit_count, size_t row,
                    int64_t amount, int64_t scale)
{
    for (size_t i = 0; i < limit_count; i++) {
        const struct limit *limit = &limits[i];
        enum finding match =
            limit->filtered ? own_test_on_row(f->x->rows, f->x->selection->kind, &limit->own, row)
                            : MET;
        if (match == NOT_YET)
            continue;
        int64_t value =
            limit->each ? row_value(f->x->rows, f->x->selection->kind, limit->each_field, row) : 0;
        if (match == REFER || value < 0)
            return 0; /* left out of the lower bound */
        amount = fill(f, limit->inner, limit->inner_count, row, amount, scale);
        struct filled *filled = filled_for(f, limit, value);
        int64_t room = limit->most * scale - filled->used;
        amount = amount < room ? amount : room;
        filled->used += amount;
        return amount;
    }
    return amount;
}

static void within_limits(struct explaining *x)
{
    struct filling f = { .x = x };
    int64_t scale = x->node->weight_count ? 100 : 1;
    for (size_t i = 0; i < x->rows->count; i++) {
        if (!x->counted[i])
            continue;
        int64_t measure = row_value(x->rows, x->selection->kind, x->node->field, i);
        int64_t worth = x->node->weight_count ? row_percent(x, i) : 1;
        if (measure > 0 &&
            fill(&f, x->node->limits, x->node->limit_count, i, measure * worth, scale) == 0)
            set_reason(x, i, OVER_LIMIT);
    }
}

/* A record that does not state what is summed adds nothing that is sure. */
static void without_measure(struct explaining *x)
{
    for (size_t i = 0; i < x->rows->count; i++) {
        if (!x->counted[i] || row_value(x->rows, x->selection->kind, x->node->field, i) >= 0)
            continue;
        set_reason(x, i, FIELD_UNKNOWN);
        x->uses[x->rows->evidence[i]].field = x->selection->kind->fields[x->node->field].name;
    }
}

static void explain_counted(struct explaining *x, const struct edition_node *separately,
                            const struct frame *frame, bool also)
{
    if (x->node->kind == NODE_SUM)
        without_measure(x);
    if (x->node->limit_count)
        within_limits(x);
    if (x->node->kind == NODE_COUNT ||
        (x->node->kind == NODE_DISTINCT && x->node->field == FIELD_MATTER))
        once_a_matter(x);
    if (also)
        also_beside(x, frame);
    if (separately)
        not_shared(x, separately, frame);
}

static enum unused_reason standing_reason(enum standing standing)
{
    switch (standing) {
    case STANDING_REJECTED:
        return REJECTED;
    case STANDING_WITHDRAWN:
        return WITHDRAWN;
    case STANDING_DUPLICATE:
        return DUPLICATE;
    case STANDING_VERIFIED:
    case STANDING_CLAIMED:
        break;
    }
    return USED;
}

/* Records of the kind that were known at T; those that are not packed stand in no row. */
static void list_records(struct explaining *x)
{
    const struct dossier *dossier = x->evaluator->bundle->dossier;
    for (size_t i = 0; i < dossier->evidence_count; i++) {
        const struct evidence *e = &dossier->evidence[i];
        if (!str_eq(e->kind, x->selection->kind->name) ||
            (dossier->known != DAY_NONE && e->start > dossier->known))
            continue;
        x->uses[i].evidence = e;
        x->uses[i].reason = standing_reason(evidence_standing(e, dossier->known));
    }
}

size_t explain_records(struct arena *arena, const struct evaluator *evaluator,
                       const struct edition_node *node, const struct edition_node *separately,
                       const struct frame *frame, bool also, enum reading reading,
                       const struct record_use **ret)
{
    const struct selection *selection = also ? &node->also->selection : &node->selection;
    struct explaining x = { .arena = arena,
                            .evaluator = evaluator,
                            .node = node,
                            .selection = selection,
                            .rows = &evaluator->bundle->kinds[selection->kind_index] };
    size_t records = evaluator->bundle->dossier->evidence_count;
    x.uses = ARENA_ARRAY(arena, records, struct record_use);
    x.counted = ARENA_ARRAY(arena, x.rows->count, bool);
    matcher_init(evaluator, selection, frame, reading, node->kind == NODE_COVERED, &x.matcher);
    list_records(&x);
    for (size_t i = 0; i < x.rows->count; i++) {
        struct record_use *use = &x.uses[x.rows->evidence[i]];
        struct str field = STR_NONE;
        set_reason(&x, i, row_reason(&x, i, &field));
        if (use->reason == FIELD_DIFFERS || use->reason == FIELD_UNKNOWN)
            use->field = field;
    }
    explain_counted(&x, separately, frame, also);

    size_t count = 0;
    for (size_t i = 0; i < records; i++)
        if (x.uses[i].evidence)
            x.uses[count++] = x.uses[i];
    *ret = x.uses;
    return count;
}
