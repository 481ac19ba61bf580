#include "criteria/match.h"

static enum finding least(enum finding a, enum finding b)
{
    return a < b ? a : b;
}

static day later(day a, day b)
{
    return a > b ? a : b;
}

static day earlier(day a, day b)
{
    return a < b ? a : b;
}

int64_t row_value(const struct rows *rows, const struct kind *kind, size_t field, size_t row)
{
    if (field == FIELD_MATTER)
        return rows->at[row].matter;
    if (field == FIELD_HOURS)
        return rows->at[row].hours;
    unsigned first, unknown, other;
    if (kind_field_bits(kind, field, &first, &unknown, &other)) {
        uint64_t bits = rows->at[row].bits;
        if (bits >> unknown & 1)
            return COLUMN_UNKNOWN;
        if (bits >> other & 1)
            return COLUMN_OTHER;
        for (unsigned bit = first; bit < unknown; bit++)
            if (bits >> bit & 1)
                return bit - first;
    }
    BUG_IF(!rows->columns[field]);
    return rows->columns[field][row];
}

enum finding own_test_on_row(const struct rows *rows, const struct kind *kind,
                             const struct own_test *test, size_t row)
{
    if (test->no | test->unsure) {
        uint64_t bits = rows->at[row].bits;
        return bits & test->no ? NOT_YET : bits & test->unsure ? REFER : MET;
    }
    int64_t value = row_value(rows, kind, test->field, row);
    if (value == COLUMN_UNKNOWN)
        return REFER;
    if (test->at_least && field_is_measure(&kind->fields[test->field]))
        return value >= test->least ? MET : NOT_YET;
    if (value == COLUMN_OTHER)
        return test->negated ? MET : NOT_YET;
    return test->allowed >> value & 1 ? MET : NOT_YET;
}

enum finding programme_test_on_row(const struct evaluator *evaluator, const struct rows *rows,
                                   const struct programme_test *test, size_t row)
{
    int64_t programme = rows->columns[FIELD_PROGRAMME][row];
    if (programme == COLUMN_UNKNOWN)
        return REFER;
    const struct row *r = &rows->at[row];
    day from = test->when == ACCREDITED_AT_END ? r->end : r->start;
    day to = test->when == ACCREDITED_AT_START ? r->start : r->end;
    return programme_accredited(evaluator->bundle->acts, programme, test->types, from, to)
               ? MET
               : NOT_YET;
}

enum finding after_first_on_row(const struct first_start *first, const struct row *row)
{
    if (first->sure != DAY_NONE && row->start >= first->sure)
        return MET;
    return first->possible != DAY_NONE && row->start >= first->possible ? REFER : NOT_YET;
}

day window_day(const struct frame *frame)
{
    if (!frame->span)
        return frame->on;
    int64_t on = (int64_t)frame->on + frame->span;
    return on < DAY_FIRST ? DAY_FIRST : on > DAY_LAST ? DAY_LAST : (day)on;
}

/* S4, S14 and S15. */
struct window selection_window(const struct evaluator *evaluator, const struct selection *selection,
                               const struct frame *frame)
{
    struct window w = { .sure = true };
    w.slice_from = frame->sliced ? frame->slice_from : DAY_FIRST;
    w.slice_to = earlier(frame->on, frame->sliced ? frame->slice_to : DAY_LAST);
    w.from = later(selection->from, w.slice_from);
    w.to = earlier(selection->to, w.slice_to);
    if (selection->within)
        w.from = later(w.from, day_add_months(window_day(frame), -selection->within));
    if (!selection->in_cycle)
        return w;
    day from, to;
    switch (
        cycle_holding(evaluator->edition, evaluator->bundle->acts, frame->cycle_on, &from, &to)) {
    case CYCLE_KNOWN:
        w.from = later(w.from, from);
        w.to = earlier(w.to, to);
        break;
    case CYCLE_NO_ANCHOR:
        w.sure = false;
        break;
    case CYCLE_NOT_BEGUN:
        w.to = DAY_NONE; /* before every day */
        break;
    }
    return w;
}

static bool admission_stands(const struct evaluator *evaluator,
                             const struct requirement *requirement, const struct decision *decision)
{
    if (!str_eq(decision->requirement, requirement->id))
        return false;
    for (size_t i = 0; i < requirement->discretion_count; i++) {
        const struct discretion *discretion = &requirement->discretions[i];
        if (discretion->admit &&
            body_speaks(evaluator->bundle->acts, discretion->body, decision->by, decision->on))
            return true;
    }
    return false;
}

static void find_admitted(struct matcher *m, const struct frame *frame)
{
    const struct bundle *bundle = m->evaluator->bundle;
    if (!frame->admits || !frame->requirement || !bundle->admitted_count)
        return;
    bool *rows = ARENA_ARRAY(m->evaluator->scratch, m->rows->count, bool);
    for (size_t i = 0; i < bundle->admitted_count; i++) {
        const struct admitted *admitted = &bundle->admitted[i];
        if (admitted->kind == m->selection->kind_index &&
            admission_stands(m->evaluator, frame->requirement, admitted->decision))
            rows[admitted->row] = true;
    }
    m->admitted = rows;
}

void matcher_init(const struct evaluator *evaluator, const struct selection *selection,
                  const struct frame *frame, enum reading reading, bool clips, struct matcher *ret)
{
    *ret = (struct matcher){ .evaluator = evaluator,
                             .selection = selection,
                             .rows = &evaluator->bundle->kinds[selection->kind_index],
                             .reading = reading,
                             .clips = clips,
                             .on = frame->on,
                             .window = selection_window(evaluator, selection, frame) };
    find_admitted(ret, frame);
    if (!selection->after_first_count)
        return;
    struct first_start *firsts =
        ARENA_ARRAY(evaluator->scratch, selection->after_first_count, struct first_start);
    for (size_t i = 0; i < selection->after_first_count; i++)
        firsts[i] = first_start(evaluator, &selection->after_first[i], frame, reading);
    ret->firsts = firsts;
}

bool matcher_admits(const struct matcher *matcher, size_t row)
{
    return matcher->admitted && matcher->admitted[row];
}

/* Records that end after D are never used, save where they are clipped (S4, S14). */
static bool row_is_placed(const struct matcher *m, const struct row *row, day from, day to)
{
    return m->clips ? row->start <= to && row->end >= from : row->end >= from && row->end <= to;
}

enum finding matcher_row(const struct matcher *matcher, size_t row)
{
    const struct selection *s = matcher->selection;
    const struct row *r = &matcher->rows->at[row];
    const struct window *w = &matcher->window;
    if (matcher->reading == DECIDE && r->bits & ROW_CLAIMED)
        return NOT_YET;
    if (matcher_admits(matcher, row)) {
        /* Its slice binds, and D; months covered are clipped to the windows all the same. */
        bool placed = matcher->clips ? row_is_placed(matcher, r, w->from, w->to)
                                     : row_is_placed(matcher, r, w->slice_from, w->slice_to);
        return !placed ? NOT_YET : matcher->clips && !w->sure ? REFER : MET;
    }
    if (!row_is_placed(matcher, r, w->from, w->to) || r->bits & s->no)
        return NOT_YET;
    enum finding match = w->sure && !(r->bits & s->unsure) ? MET : REFER;
    for (size_t i = 0; i < s->asked && match; i++)
        match = least(match, own_test_on_row(matcher->rows, s->kind, &s->own[i], row));
    for (size_t i = 0; i < s->programme_count && match; i++)
        match = least(match, programme_test_on_row(matcher->evaluator, matcher->rows,
                                                   &s->programmes[i], row));
    for (size_t i = 0; i < s->after_first_count && match; i++)
        match = least(match, after_first_on_row(&matcher->firsts[i], r));
    return match;
}

size_t pick_rows(const struct evaluator *evaluator, const struct selection *selection,
                 const struct frame *frame, enum reading reading, bool clips,
                 const struct picked **ret, struct matcher *ret_matcher)
{
    matcher_init(evaluator, selection, frame, reading, clips, ret_matcher);
    size_t rows = ret_matcher->rows->count;
    struct picked *picked = ARENA_ARRAY(evaluator->scratch, rows, struct picked);
    size_t count = 0;
    for (size_t i = 0; i < rows; i++) {
        enum finding match = matcher_row(ret_matcher, i);
        if (match != NOT_YET)
            picked[count++] = (struct picked){ (uint32_t)i, match == MET };
    }
    *ret = picked;
    return count;
}

struct first_start first_start(const struct evaluator *evaluator, const struct selection *selection,
                               const struct frame *frame, enum reading reading)
{
    struct frame whole = *frame;
    whole.sliced = false;
    whole.admits = false;
    struct matcher matcher;
    matcher_init(evaluator, selection, &whole, reading, false, &matcher);
    struct first_start first = { DAY_NONE, DAY_NONE };
    for (size_t i = 0; i < matcher.rows->count; i++) {
        enum finding match = matcher_row(&matcher, i);
        day start = matcher.rows->at[i].start;
        if (match == MET && (first.sure == DAY_NONE || start < first.sure))
            first.sure = start;
        if (match != NOT_YET && (first.possible == DAY_NONE || start < first.possible))
            first.possible = start;
    }
    return first;
}
