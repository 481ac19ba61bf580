/*
 * What aggregates count, as lower and upper bounds in both readings (S6, S10 to S14).
 *
 * Counts and sums of hours without weights, limits, columns or human acts take the fast paths,
 * which see each row once for both readings. Everything else picks its rows per reading first.
 */
#include "criteria/bounds.h"

#include <stdlib.h>
#include <string.h>

#include "criteria/match.h"

#define MINUTES_A_DAY 1440

static int64_t add(int64_t a, int64_t b)
{
    return a >= NO_BOUND || b >= NO_BOUND - a ? NO_BOUND : a + b;
}

static int64_t least_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* ---- fast paths ---- */

/* Rows, their window and their masks, ready to be passed over once. */
struct pass {
    const struct row *at;
    const struct row *end;
    day from;
    uint32_t span;
    uint64_t no;
    uint64_t unsure;
};

/* Sums over the rows that match: all of them, the claimed, the unsure, and those that are both.
   Sums rather than branches, because what a record is can hardly be predicted. */
struct tally {
    int64_t all, claimed, unsure, both;
};

static inline void tally_row(struct tally *tally, const struct pass *pass, const struct row *row,
                             int64_t n)
{
    uint64_t bits = row->bits;
    bool in_window = (uint32_t)row->end - (uint32_t)pass->from <= pass->span;
    int64_t hit = -(int64_t)(in_window & !(bits & pass->no)); /* all ones, or none */
    int64_t claimed = -(int64_t)(bits & ROW_CLAIMED);
    int64_t unsure = -(int64_t)((bits & pass->unsure) != 0);
    n &= hit;
    tally->all += n;
    tally->claimed += n & claimed;
    tally->unsure += n & unsure;
    tally->both += n & claimed & unsure;
}

static void tally_lower(const struct tally *tally, struct bounds *ret)
{
    ret->lo[PREVIEW] += tally->all - tally->unsure;
    ret->lo[DECIDE] += tally->all - tally->unsure - tally->claimed + tally->both;
}

static void tally_upper(const struct tally *tally, struct bounds *ret)
{
    ret->hi[PREVIEW] += tally->all;
    ret->hi[DECIDE] += tally->all - tally->claimed;
}

static void count_rows(const struct pass *pass, struct bounds *ret)
{
    struct tally tally = { 0 };
    for (const struct row *row = pass->at; row < pass->end; row++)
        tally_row(&tally, pass, row, 1);
    tally_lower(&tally, ret);
    tally_upper(&tally, ret);
}

/* Which of the four bounds a matching row raises: lo and hi in DECIDE, lo and hi in PREVIEW, as
   bits; by whether it is claimed (1) and unsure (2). */
static const uint8_t raises[4] = { 15, 12, 10, 8 };

static void count_matters(const struct pass *pass, struct bounds *ret)
{
    const struct row *row = pass->at;
    int64_t counts[16] = { 0 };
    while (row < pass->end) {
        uint32_t matter = row->matter;
        unsigned raised = 0;
        for (; row < pass->end && row->matter == matter; row++)
            if ((uint32_t)row->end - (uint32_t)pass->from <= pass->span && !(row->bits & pass->no))
                raised |= raises[(row->bits & ROW_CLAIMED) | (row->bits & pass->unsure ? 2 : 0)];
        counts[raised]++;
    }
    for (unsigned raised = 1; raised < 16; raised++) {
        ret->lo[DECIDE] += raised & 1 ? counts[raised] : 0;
        ret->hi[DECIDE] += raised & 2 ? counts[raised] : 0;
        ret->lo[PREVIEW] += raised & 4 ? counts[raised] : 0;
        ret->hi[PREVIEW] += raised & 8 ? counts[raised] : 0;
    }
}

static int64_t most_hours(const struct row *row)
{
    return row->hours >= 0 ? row->hours : ((int64_t)row->end - row->start + 1) * MINUTES_A_DAY;
}

static void sum_hours(const struct pass *pass, struct bounds *ret)
{
    struct tally least = { 0 }, most = { 0 };
    for (const struct row *row = pass->at; row < pass->end; row++) {
        tally_row(&least, pass, row, row->hours < 0 ? 0 : row->hours);
        tally_row(&most, pass, row, most_hours(row));
    }
    tally_lower(&least, ret);
    tally_upper(&most, ret);
}

static bool is_fast(const struct evaluator *evaluator, const struct edition_node *node,
                    const struct frame *frame)
{
    const struct selection *s = &node->selection;
    bool plain = node->kind == NODE_COUNT || (node->kind == NODE_SUM && node->field == FIELD_HOURS);
    return plain && !s->asked && !s->programme_count && !s->after_first_count &&
           !node->weight_count && !node->limit_count && !node->also &&
           !(evaluator->bundle->admitted_count && frame->admits);
}

/* False when the node is not of the plain sort, or its window is not sure. */
static bool bounds_fast(const struct evaluator *evaluator, const struct edition_node *node,
                        const struct frame *frame, struct bounds *ret)
{
    if (!is_fast(evaluator, node, frame))
        return false;
    const struct selection *s = &node->selection;
    struct window window = selection_window(evaluator, s, frame);
    if (!window.sure)
        return false;
    if (window.from > window.to)
        return true;
    const struct rows *rows = &evaluator->bundle->kinds[s->kind_index];
    struct pass pass = { .at = rows->at,
                         .end = rows->at + rows->count,
                         .from = window.from,
                         .span = (uint32_t)window.to - (uint32_t)window.from,
                         .no = s->no,
                         .unsure = s->unsure };
    if (node->kind == NODE_SUM)
        sum_hours(&pass, ret);
    else if (rows->own_matters)
        count_rows(&pass, ret);
    else
        count_matters(&pass, ret);
    return true;
}

/* ---- counts ---- */

struct range {
    int64_t lo;
    int64_t hi;
};

/* The percentages a row may be worth: those of the lines that may be the first to match. */
static struct range row_weight(const struct edition_node *node, const struct rows *rows, size_t row)
{
    struct range weight = { INT64_MAX, 0 };
    for (size_t i = 0; i <= node->weight_count; i++) {
        bool last = i == node->weight_count;
        enum finding match =
            last ? MET : own_test_on_row(rows, node->selection.kind, &node->weights[i].own, row);
        if (match == NOT_YET)
            continue;
        int64_t percent = last ? 100 : node->weights[i].percent;
        weight.lo = least_of(weight.lo, percent);
        weight.hi = percent > weight.hi ? percent : weight.hi;
        if (match == MET)
            break;
    }
    return weight;
}

static struct range count_picked(const struct edition_node *node, const struct rows *rows,
                                 const struct picked *picked, size_t count)
{
    struct range total = { 0, 0 };
    for (size_t i = 0; i < count;) {
        uint32_t matter = rows->at[picked[i].row].matter;
        struct range best = { 0, 0 };
        for (; i < count && rows->at[picked[i].row].matter == matter; i++) {
            struct range weight = { 1, 1 };
            if (node->weight_count)
                weight = row_weight(node, rows, picked[i].row);
            if (picked[i].sure && weight.lo > best.lo)
                best.lo = weight.lo;
            if (weight.hi > best.hi)
                best.hi = weight.hi;
        }
        total.lo += best.lo;
        total.hi += best.hi;
    }
    return total;
}

enum { MAIN_SURE = 1, MAIN_POSSIBLE = 2, ALSO_SURE = 4, ALSO_POSSIBLE = 8 };

/* A count with an `also`: matters of the other description that the main body has not counted. */
static struct range count_also(const struct evaluator *evaluator, const struct edition_node *node,
                               const struct frame *frame, enum reading reading,
                               const struct rows *rows, const struct picked *picked, size_t count)
{
    uint8_t *marks = ARENA_ARRAY(evaluator->scratch, evaluator->bundle->matter_count, uint8_t);
    for (size_t i = 0; i < count; i++)
        marks[rows->at[picked[i].row].matter] |= picked[i].sure ? MAIN_SURE | MAIN_POSSIBLE
                                                                : MAIN_POSSIBLE;
    struct matcher matcher;
    count = pick_rows(evaluator, &node->also->selection, frame, reading, false, &picked, &matcher);
    for (size_t i = 0; i < count; i++)
        marks[matcher.rows->at[picked[i].row].matter] |= picked[i].sure ? ALSO_SURE | ALSO_POSSIBLE
                                                                        : ALSO_POSSIBLE;

    struct range main = { 0, 0 }, also = { 0, 0 };
    for (uint32_t i = 0; i < evaluator->bundle->matter_count; i++) {
        main.lo += (marks[i] & MAIN_SURE) != 0;
        main.hi += (marks[i] & MAIN_POSSIBLE) != 0;
        also.lo += (marks[i] & (MAIN_SURE | ALSO_SURE)) == ALSO_SURE;
        also.hi += (marks[i] & (MAIN_POSSIBLE | ALSO_POSSIBLE)) == ALSO_POSSIBLE;
    }
    return (struct range){ main.lo + least_of(also.lo, node->also->most),
                           main.hi + least_of(also.hi, node->also->most) };
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t count_distinct(int64_t *values, size_t count)
{
    if (count)
        qsort(values, count, sizeof(*values), by_number);
    int64_t distinct = 0;
    for (size_t i = 0; i < count; i++)
        distinct += i == 0 || values[i] != values[i - 1];
    return distinct;
}

/* A value that the vocabulary does not have is no value: it matches nothing. */
static struct range distinct_picked(const struct evaluator *evaluator,
                                    const struct edition_node *node, const struct rows *rows,
                                    const struct picked *picked, size_t count)
{
    int64_t *sure = ARENA_ARRAY(evaluator->scratch, count, int64_t);
    int64_t *possible = ARENA_ARRAY(evaluator->scratch, count, int64_t);
    size_t sure_count = 0, possible_count = 0;
    int64_t unknown = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t value = row_value(rows, node->selection.kind, node->field, picked[i].row);
        unknown += value == COLUMN_UNKNOWN;
        if (value < 0)
            continue;
        possible[possible_count++] = value;
        if (picked[i].sure)
            sure[sure_count++] = value;
    }
    return (struct range){ count_distinct(sure, sure_count),
                           count_distinct(possible, possible_count) + unknown };
}

/* ---- sums ---- */

struct amount {
    uint32_t row;
    int64_t n;
    int64_t value; /* of the `each` field, while a limit groups by it */
};

struct limiting {
    struct arena *scratch;
    const struct rows *rows;
    const struct kind *kind;
    int64_t scale;
    bool high; /* the upper bound: what is unknown goes free; else it is left out */
};

static int64_t limited(const struct limiting *l, const struct limit *limits, size_t limit_count,
                       struct amount *amounts, size_t count);

static int by_value(const void *a, const void *b)
{
    const struct amount *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* One limit over the amounts that fall under it; those of unknown group are apart. */
static int64_t limit_apply(const struct limiting *l, const struct limit *limit,
                           struct amount *amounts, size_t count)
{
    int64_t most = limit->most * l->scale;
    if (!limit->each)
        return least_of(limited(l, limit->inner, limit->inner_count, amounts, count), most);
    for (size_t i = 0; i < count; i++)
        amounts[i].value = row_value(l->rows, l->kind, limit->each_field, amounts[i].row);
    if (count)
        qsort(amounts, count, sizeof(*amounts), by_value);
    int64_t total = 0;
    for (size_t i = 0; i < count;) {
        size_t group = i;
        int64_t value = amounts[i].value;
        while (i < count && amounts[i].value == value)
            i++;
        if (value >= 0)
            total = add(total, least_of(limited(l, limit->inner, limit->inner_count,
                                                amounts + group, i - group),
                                        most));
        else
            for (size_t k = group; k < i && l->high; k++)
                total = add(total, amounts[k].n);
    }
    return total;
}

enum { UNDER_NONE = -1, UNDER_UNKNOWN = -2 };

static int limit_over(const struct limiting *l, const struct limit *limits, size_t limit_count,
                      size_t row)
{
    for (size_t i = 0; i < limit_count; i++) {
        enum finding match =
            limits[i].filtered ? own_test_on_row(l->rows, l->kind, &limits[i].own, row) : MET;
        if (match != NOT_YET)
            return match == MET ? (int)i : UNDER_UNKNOWN;
    }
    return UNDER_NONE;
}

/* The amounts' sum under sibling limits: each falls under the first whose filter it matches. */
static int64_t limited(const struct limiting *l, const struct limit *limits, size_t limit_count,
                       struct amount *amounts, size_t count)
{
    int64_t total = 0;
    if (!limit_count) {
        for (size_t i = 0; i < count; i++)
            total = add(total, amounts[i].n);
        return total;
    }
    struct arena_mark mark = arena_mark(l->scratch);
    int *over = ARENA_ARRAY(l->scratch, count, int);
    struct amount *under = ARENA_ARRAY(l->scratch, count, struct amount);
    for (size_t i = 0; i < count; i++) {
        over[i] = limit_over(l, limits, limit_count, amounts[i].row);
        if (over[i] == UNDER_NONE || (over[i] == UNDER_UNKNOWN && l->high))
            total = add(total, amounts[i].n);
    }
    for (size_t s = 0; s < limit_count; s++) {
        size_t n = 0;
        for (size_t i = 0; i < count; i++)
            if (over[i] == (int)s)
                under[n++] = amounts[i];
        total = add(total, limit_apply(l, &limits[s], under, n));
    }
    arena_rewind(l->scratch, mark);
    return total;
}

/* A measure of a row, from below and above (S10). */
static struct range row_measure(const struct edition_node *node, const struct rows *rows,
                                size_t row)
{
    int64_t value = row_value(rows, node->selection.kind, node->field, row);
    if (value >= 0)
        return (struct range){ value, value };
    return (struct range){ 0, node->field == FIELD_HOURS ? most_hours(&rows->at[row]) : NO_BOUND };
}

static struct range sum_picked(const struct evaluator *evaluator, const struct edition_node *node,
                               const struct rows *rows, const struct picked *picked, size_t count)
{
    struct amount *low = ARENA_ARRAY(evaluator->scratch, count, struct amount);
    struct amount *high = ARENA_ARRAY(evaluator->scratch, count, struct amount);
    size_t low_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct range measure = row_measure(node, rows, picked[i].row);
        if (node->weight_count) {
            struct range weight = row_weight(node, rows, picked[i].row);
            measure.lo *= weight.lo;
            measure.hi = measure.hi >= NO_BOUND ? NO_BOUND : measure.hi * weight.hi;
        }
        high[i] = (struct amount){ picked[i].row, measure.hi, 0 };
        if (picked[i].sure)
            low[low_count++] = (struct amount){ picked[i].row, measure.lo, 0 };
    }
    struct limiting l = { .scratch = evaluator->scratch,
                          .rows = rows,
                          .kind = node->selection.kind,
                          .scale = node->weight_count ? 100 : 1 };
    struct range sum;
    sum.lo = limited(&l, node->limits, node->limit_count, low, low_count);
    l.high = true;
    sum.hi = limited(&l, node->limits, node->limit_count, high, count);
    return sum;
}

/* ---- months ---- */

struct interval {
    day from;
    day to;
};

static int by_from(const void *a, const void *b)
{
    const struct interval *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

static int64_t days_covered(struct interval *intervals, size_t count)
{
    if (count)
        qsort(intervals, count, sizeof(*intervals), by_from);
    int64_t days = 0;
    day covered = DAY_FIRST - 1; /* every day up to here is counted or empty */
    for (size_t i = 0; i < count; i++) {
        day from = intervals[i].from > covered ? intervals[i].from : covered + 1;
        if (intervals[i].to < from)
            continue;
        days += intervals[i].to - from + 1;
        covered = intervals[i].to;
    }
    return days;
}

static struct range cover_picked(const struct evaluator *evaluator, const struct matcher *matcher,
                                 const struct picked *picked, size_t count)
{
    const struct window *w = &matcher->window;
    struct interval *sure = ARENA_ARRAY(evaluator->scratch, count, struct interval);
    struct interval *possible = ARENA_ARRAY(evaluator->scratch, count, struct interval);
    size_t sure_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &matcher->rows->at[picked[i].row];
        struct interval clipped = { row->start > w->from ? row->start : w->from,
                                    row->end < w->to ? row->end : w->to };
        possible[i] = clipped;
        if (picked[i].sure)
            sure[sure_count++] = clipped;
    }
    return (struct range){ days_covered(sure, sure_count), days_covered(possible, count) };
}

static int64_t days_of_months(int64_t months)
{
    return 365 * months / 12;
}

/* ---- all of them ---- */

static struct range bounds_slow(const struct evaluator *evaluator, const struct edition_node *node,
                                const struct frame *frame, enum reading reading)
{
    const struct picked *picked;
    struct matcher m;
    size_t count = pick_rows(evaluator, &node->selection, frame, reading,
                             node->kind == NODE_COVERED, &picked, &m);
    switch (node->kind) {
    case NODE_COUNT:
        return node->also ? count_also(evaluator, node, frame, reading, m.rows, picked, count)
                          : count_picked(node, m.rows, picked, count);
    case NODE_DISTINCT:
        return distinct_picked(evaluator, node, m.rows, picked, count);
    case NODE_SUM:
        return sum_picked(evaluator, node, m.rows, picked, count);
    case NODE_COVERED:
        return cover_picked(evaluator, &m, picked, count);
    default:
        BUG("node %d has no bounds", (int)node->kind);
    }
}

struct bounds aggregate_bounds(const struct evaluator *evaluator, const struct edition_node *node,
                               const struct frame *frame)
{
    struct bounds bounds = { .scale = node->weight_count ? 100 : 1 };
    bounds.need =
        (node->kind == NODE_COVERED ? days_of_months(node->need) : node->need) * bounds.scale;
    if (bounds_fast(evaluator, node, frame, &bounds))
        return bounds;
    struct arena_mark mark = arena_mark(evaluator->scratch);
    for (int reading = 0; reading < READINGS; reading++) {
        struct range range = bounds_slow(evaluator, node, frame, (enum reading)reading);
        bounds.lo[reading] = range.lo;
        bounds.hi[reading] = range.hi;
    }
    arena_rewind(evaluator->scratch, mark);
    return bounds;
}

/* ---- separately (S13) ---- */

struct sharing {
    int64_t matters[READINGS][2][1u << CRITERIA_SEPARATELY_MAX]; /* by the counts they match */
};

static void mark_matters(const struct evaluator *evaluator, const struct edition_node *node,
                         const struct frame *frame, enum reading reading, uint8_t *sure,
                         uint8_t *possible)
{
    for (size_t c = 0; c < node->child_count; c++) {
        const struct picked *picked;
        struct matcher m;
        size_t count =
            pick_rows(evaluator, &node->children[c].selection, frame, reading, false, &picked, &m);
        for (size_t i = 0; i < count; i++) {
            uint32_t matter = m.rows->at[picked[i].row].matter;
            possible[matter] |= (uint8_t)(1u << c);
            if (picked[i].sure)
                sure[matter] |= (uint8_t)(1u << c);
        }
    }
}

static int64_t matters_matching(const int64_t *by_mask, unsigned masks, unsigned any_of)
{
    int64_t matters = 0;
    for (unsigned mask = 1; mask < masks; mask++)
        if (mask & any_of)
            matters += by_mask[mask];
    return matters;
}

static int64_t needs_of(const struct edition_node *node, unsigned set)
{
    int64_t need = 0;
    for (size_t c = 0; c < node->child_count; c++)
        if (set >> c & 1)
            need += node->children[c].need;
    return need;
}

/* The most that the counts of `among` can be served together, with no matter shared. */
static int64_t served(const struct edition_node *node, const int64_t *by_mask, unsigned masks,
                      unsigned among)
{
    int64_t most = needs_of(node, among);
    for (unsigned set = among; set; set = (set - 1) & among)
        most = least_of(most, matters_matching(by_mask, masks, set) + needs_of(node, among & ~set));
    return most;
}

static void share(const struct evaluator *evaluator, const struct edition_node *node,
                  const struct frame *frame, struct sharing *ret)
{
    *ret = (struct sharing){ 0 };
    uint32_t matters = evaluator->bundle->matter_count;
    for (int reading = 0; reading < READINGS; reading++) {
        struct arena_mark mark = arena_mark(evaluator->scratch);
        uint8_t *sure = ARENA_ARRAY(evaluator->scratch, matters, uint8_t);
        uint8_t *possible = ARENA_ARRAY(evaluator->scratch, matters, uint8_t);
        mark_matters(evaluator, node, frame, (enum reading)reading, sure, possible);
        for (uint32_t i = 0; i < matters; i++) {
            ret->matters[reading][0][sure[i]]++;
            ret->matters[reading][1][possible[i]]++;
        }
        arena_rewind(evaluator->scratch, mark);
    }
}

struct findings separately_findings(const struct evaluator *evaluator,
                                    const struct edition_node *node, const struct frame *frame)
{
    struct sharing sharing;
    share(evaluator, node, frame, &sharing);
    unsigned masks = 1u << node->child_count;
    int64_t need = needs_of(node, masks - 1);
    struct findings findings;
    for (int reading = 0; reading < READINGS; reading++) {
        bool sure = served(node, sharing.matters[reading][0], masks, masks - 1) == need;
        bool possible = served(node, sharing.matters[reading][1], masks, masks - 1) == need;
        findings.in[reading] = sure ? MET : possible ? REFER : NOT_YET;
    }
    return findings;
}

void separately_lacks(const struct evaluator *evaluator, const struct edition_node *node,
                      const struct frame *frame, int64_t *ret_lacks)
{
    struct sharing sharing;
    share(evaluator, node, frame, &sharing);
    unsigned masks = 1u << node->child_count;
    int64_t before = 0;
    for (size_t c = 0; c < node->child_count; c++) {
        int64_t now = served(node, sharing.matters[DECIDE][0], masks, (2u << c) - 1);
        ret_lacks[c] = node->children[c].need - (now - before);
        before = now;
    }
}

/* How many matters of each class (the counts they match, as a mask) serve which count. */
struct serving {
    int64_t idle[1u << CRITERIA_SEPARATELY_MAX];
    int64_t of[1u << CRITERIA_SEPARATELY_MAX][CRITERIA_SEPARATELY_MAX];
    unsigned masks;
    size_t counts;
};

/* Gives a count one more matter: a free one, or one that another count can do without because it
   finds another itself. */
static bool serve_one(struct serving *s, size_t count, unsigned *visited)
{
    *visited |= 1u << count;
    for (unsigned mask = 1; mask < s->masks; mask++) {
        if (!(mask >> count & 1))
            continue;
        if (s->idle[mask]) {
            s->idle[mask]--;
            s->of[mask][count]++;
            return true;
        }
        for (size_t other = 0; other < s->counts; other++) {
            if (*visited >> other & 1 || !s->of[mask][other] || !serve_one(s, other, visited))
                continue;
            s->of[mask][other]--;
            s->of[mask][count]++;
            return true;
        }
    }
    return false;
}

void separately_assign(const struct evaluator *evaluator, const struct edition_node *node,
                       const struct frame *frame, enum reading reading, int8_t *ret_count)
{
    uint32_t matters = evaluator->bundle->matter_count;
    struct arena_mark mark = arena_mark(evaluator->scratch);
    uint8_t *sure = ARENA_ARRAY(evaluator->scratch, matters, uint8_t);
    uint8_t *possible = ARENA_ARRAY(evaluator->scratch, matters, uint8_t);
    mark_matters(evaluator, node, frame, reading, sure, possible);
    struct serving s = { .masks = 1u << node->child_count, .counts = node->child_count };
    for (uint32_t i = 0; i < matters; i++)
        s.idle[sure[i]]++;
    for (size_t c = 0; c < node->child_count; c++) {
        unsigned visited = 0;
        for (int64_t n = 0; n < node->children[c].need && serve_one(&s, c, &visited); n++)
            visited = 0;
    }
    for (uint32_t i = 0; i < matters; i++) {
        ret_count[i] = -1;
        for (size_t c = 0; c < node->child_count && ret_count[i] < 0; c++)
            if (s.of[sure[i]][c]) {
                s.of[sure[i]][c]--;
                ret_count[i] = (int8_t)c;
            }
    }
    arena_rewind(evaluator->scratch, mark);
}
