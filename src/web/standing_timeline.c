#include "web/standing_timeline.h"

#include <string.h>

#include "base/buf.h"
#include "criteria/explain.h"
#include "criteria/reading.h"

#define MARKS (TIMELINE_WIDTH + 1)
#define YEAR_MAX 9999
#define EXPIRY_HORIZON 60 /* months ahead */

/* What becomes of a record under a count. */
enum mark { MARK_USED, MARK_CLAIMED, MARK_UNUSED, MARK_KINDS };

static const char *const mark_names[MARK_KINDS] = { "used", "claimed", "unused" };

/* One count, with the days it looks at. */
struct lane {
    const struct edition_node *node;
    const struct edition_node *separately;
    const struct requirement *requirement;
    struct frame frame;
    day from; /* of the window */
    day to;
    bool open; /* the window has no first day */
};

struct timeline {
    struct arena *arena;
    const struct standing_check *check;
    struct evaluator evaluator;
    struct lane lanes[TIMELINE_LANES_MAX];
    size_t count;
    size_t left_out;
    day first; /* of what is drawn */
    day last;
    struct timeline_axis axis;
};

/* ---- the axis ---- */

static day january(int32_t year)
{
    return day_from_civil((struct civil){ year, 1, 1 });
}

struct timeline_axis timeline_axis(day first, day last)
{
    static const int32_t steps[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000 };
    int32_t from = civil_from_day(first < last ? first : last).year;
    int32_t to = civil_from_day(first < last ? last : first).year;
    size_t step = 0;

    if (to == from && from > 1)
        from--;
    if (to == from)
        to++;
    while ((to - from) / steps[step] >= TIMELINE_LABELS_MAX && step + 1 < ARRAY_LEN(steps))
        step++;
    return (struct timeline_axis){
        .from = january(from),
        .to = to == YEAR_MAX ? DAY_LAST : january(to + 1) - 1,
        .step = steps[step],
    };
}

int timeline_x(const struct timeline_axis *axis, day d)
{
    int64_t span = (int64_t)axis->to - axis->from;

    if (d <= axis->from)
        return 0;
    if (d >= axis->to)
        return TIMELINE_WIDTH;
    return (int)(((int64_t)d - axis->from) * TIMELINE_WIDTH / span);
}

day timeline_last_day_within(day end, int32_t months)
{
    day d = day_add_months(end, months);

    /* Months are of uneven length: several days may look back to the same one. */
    while (d < DAY_LAST && day_add_months(d + 1, -months) <= end)
        d++;
    while (d > DAY_FIRST && day_add_months(d, -months) > end)
        d--;
    return d;
}

/* "37.5%": where something lies, for attributes that take a share of the picture. */
static struct str percent(struct arena *arena, int x)
{
    return str_format(arena, "%d.%d%%", x / 10, x % 10);
}

/* ---- which counts there are ---- */

static day earlier(day a, day b)
{
    return a < b ? a : b;
}

static day later(day a, day b)
{
    return a > b ? a : b;
}

static void set_window(struct timeline *t, struct lane *lane)
{
    const struct selection *selection = &lane->node->selection;
    day cycle_from;
    day cycle_to;

    lane->from = selection->from;
    lane->to = earlier(selection->to, lane->frame.on);
    if (selection->within > 0)
        lane->from = later(lane->from, day_add_months(lane->frame.on, -selection->within));
    if (selection->in_cycle &&
        cycle_holding(t->evaluator.edition, t->evaluator.bundle->acts, lane->frame.cycle_on,
                      &cycle_from, &cycle_to) == CYCLE_KNOWN) {
        lane->from = later(lane->from, cycle_from);
        lane->to = earlier(lane->to, cycle_to);
    }
    if (lane->frame.sliced) {
        lane->from = later(lane->from, lane->frame.slice_from);
        lane->to = earlier(lane->to, lane->frame.slice_to);
    }
    lane->open = lane->from == DAY_FIRST;
}

static void add_lane(struct timeline *t, const struct edition_node *node,
                     const struct edition_node *parent, const struct requirement *requirement,
                     const struct frame *frame)
{
    struct lane *lane;

    if (t->count == TIMELINE_LANES_MAX) {
        t->left_out++;
        return;
    }
    lane = &t->lanes[t->count++];
    *lane = (struct lane){
        .node = node,
        .separately = parent && parent->kind == NODE_SEPARATELY ? parent : NULL,
        .requirement = requirement,
        .frame = *frame,
    };
    set_window(t, lane);
}

static void add_node(struct timeline *t, const struct edition_node *node,
                     const struct edition_node *parent, const struct requirement *requirement,
                     const struct frame *frame)
{
    enum cycle_state state;
    size_t slices = 0;

    if (node_reads_records(node->kind)) {
        add_lane(t, node, parent, requirement, frame);
        return;
    }
    if (node->kind == NODE_EACH)
        slices = slice_count(&t->evaluator, node, frame, &state);
    for (size_t i = 0; i < slices; i++) {
        struct frame slice = slice_frame(&t->evaluator, node, frame, i);

        for (size_t j = 0; j < node->child_count; j++)
            add_node(t, &node->children[j], node, requirement, &slice);
    }
    for (size_t i = 0; node->kind != NODE_EACH && i < node->child_count; i++)
        add_node(t, &node->children[i], node, requirement, frame);
}

/* What the requirement asks: its rule, or what is asked instead of it. */
static void add_requirement(struct timeline *t, const struct requirement *requirement,
                            const struct requirement_outcome *outcome)
{
    struct frame frame = frame_of_rule(&t->evaluator, requirement, outcome->at[DECIDE]);
    const struct basis_text *by = &outcome->by[DECIDE];

    if (by->basis == BY_EXEMPTION) {
        for (size_t i = 0; i < requirement->exemption_count; i++) {
            const struct exemption *exemption = &requirement->exemptions[i];

            if (str_eq(exemption->id, by->who) && exemption->instead)
                add_node(t, exemption->instead, NULL, requirement, &frame);
        }
        return;
    }
    add_node(t, requirement->rule, NULL, requirement, &frame);
}

/* ---- the records of a lane ---- */

struct strokes {
    uint16_t at[MARK_KINDS][MARKS]; /* records that end there */
    size_t records[MARK_KINDS];
    day leaving[TIMELINE_EXPIRIES_MAX]; /* last days on which records count, the nearest first */
    size_t leave[TIMELINE_EXPIRIES_MAX];
    size_t leaving_count;
};

static enum mark mark_of(const struct record_use *decide, const struct record_use *preview)
{
    if (decide->reason == USED)
        return MARK_USED;
    return preview->reason == USED ? MARK_CLAIMED : MARK_UNUSED;
}

/* Keeps the nearest days on which something leaves. */
static void note_leaving(struct strokes *strokes, day d)
{
    size_t at = 0;

    while (at < strokes->leaving_count && strokes->leaving[at] < d)
        at++;
    if (at < strokes->leaving_count && strokes->leaving[at] == d) {
        strokes->leave[at]++;
        return;
    }
    if (at == TIMELINE_EXPIRIES_MAX)
        return;
    if (strokes->leaving_count < TIMELINE_EXPIRIES_MAX)
        strokes->leaving_count++;
    for (size_t i = strokes->leaving_count - 1; i > at; i--) {
        strokes->leaving[i] = strokes->leaving[i - 1];
        strokes->leave[i] = strokes->leave[i - 1];
    }
    strokes->leaving[at] = d;
    strokes->leave[at] = 1;
}

static void note_record(const struct timeline *t, const struct lane *lane, enum mark mark,
                        const struct evidence *evidence, struct strokes *strokes)
{
    int32_t within = lane->node->selection.within;
    uint16_t *at = &strokes->at[mark][timeline_x(&t->axis, evidence->end)];
    day last;

    strokes->records[mark]++;
    if (*at < UINT16_MAX)
        (*at)++;
    if (mark == MARK_UNUSED || within == 0 || lane->frame.sliced)
        return;
    last = timeline_last_day_within(evidence->end, within);
    if (last <= day_add_months(lane->frame.on, EXPIRY_HORIZON))
        note_leaving(strokes, last);
}

/* Both readings list the same records in the same order. What they need is given back. */
static void read_records(struct timeline *t, const struct lane *lane, struct strokes *strokes)
{
    struct arena_mark mark = arena_mark(t->arena);
    const struct record_use *decide;
    const struct record_use *preview;
    size_t count = explain_records(t->arena, &t->evaluator, lane->node, lane->separately,
                                   &lane->frame, false, DECIDE, &decide);

    (void)explain_records(t->arena, &t->evaluator, lane->node, lane->separately, &lane->frame,
                          false, PREVIEW, &preview);
    memset(strokes, 0, sizeof(*strokes));
    for (size_t i = 0; i < count; i++)
        note_record(t, lane, mark_of(&decide[i], &preview[i]), decide[i].evidence, strokes);
    arena_rewind(t->arena, mark);
}

/* ---- as data ---- */

/* Strokes from the top to the bottom of a box that is TIMELINE_WIDTH wide and 10 high. */
static struct str path_of(struct arena *arena, const uint16_t at[MARKS])
{
    struct buf path;

    buf_init(&path, (size_t)MARKS * 16);
    for (int x = 0; x < MARKS; x++)
        if (at[x] > 0)
            buf_format(&path, "M%d 0v10", x);
    return buf_take(&path, arena);
}

static struct value *expiries_value(const struct timeline *t, const struct strokes *strokes)
{
    struct value *list = value_array(t->arena);

    for (size_t i = 0; i < strokes->leaving_count; i++) {
        struct value *one = value_object(t->arena);
        int x = timeline_x(&t->axis, strokes->leaving[i]);

        value_set(t->arena, one, "last", value_day(t->arena, strokes->leaving[i]));
        value_set_int(t->arena, one, "records", (int64_t)strokes->leave[i]);
        value_set_int(t->arena, one, "x", x);
        value_set_text(t->arena, one, "at", percent(t->arena, x));
        value_push(t->arena, list, one);
    }
    return list;
}

static struct value *day_or_null(struct arena *arena, day d, bool known)
{
    return known ? value_day(arena, d) : value_null(arena);
}

static struct value *lane_value(struct timeline *t, const struct lane *lane)
{
    struct arena *arena = t->arena;
    struct value *object = value_object(arena);
    struct value *counts = value_object(arena);
    struct value *paths = value_object(arena);
    int x = timeline_x(&t->axis, lane->from);
    struct strokes strokes;

    read_records(t, lane, &strokes);
    value_set_text(arena, object, "text", reading_of_node(arena, t->evaluator.edition, lane->node));
    value_set_text(arena, object, "requirement", lane->requirement->id);
    value_set(arena, object, "from", day_or_null(arena, lane->from, !lane->open));
    value_set(arena, object, "to", value_day(arena, lane->to));
    value_set_int(arena, object, "x", x);
    value_set_int(arena, object, "width",
                  lane->to < lane->from ? 0 : timeline_x(&t->axis, lane->to) - x);
    for (int i = 0; i < MARK_KINDS; i++) {
        value_set_int(arena, counts, mark_names[i], (int64_t)strokes.records[i]);
        value_set_text(arena, paths, mark_names[i], path_of(arena, strokes.at[i]));
    }
    value_set(arena, object, "counts", counts);
    value_set(arena, object, "paths", paths);
    value_set(arena, object, "expiries", expiries_value(t, &strokes));
    return object;
}

static struct value *years_value(const struct timeline *t)
{
    struct value *list = value_array(t->arena);
    int32_t first = civil_from_day(t->axis.from).year;
    int32_t last = civil_from_day(t->axis.to).year;

    for (int32_t year = first; year <= last; year++) {
        struct value *one;
        int x = timeline_x(&t->axis, january(year));

        if (year % t->axis.step != 0)
            continue;
        one = value_object(t->arena);
        value_set_int(t->arena, one, "year", year);
        value_set_int(t->arena, one, "x", x);
        value_set_text(t->arena, one, "at", percent(t->arena, x));
        value_push(t->arena, list, one);
    }
    return list;
}

/* From the first window or record to the day of the question, and to the last that is told of. */
static void set_axis(struct timeline *t)
{
    const struct dossier *dossier = t->check->dossier;

    t->first = t->check->on;
    t->last = t->check->on;
    for (size_t i = 0; i < t->count; i++) {
        const struct lane *lane = &t->lanes[i];
        const struct selection *selection = &lane->node->selection;

        if (!lane->open)
            t->first = earlier(t->first, lane->from);
        if (selection->within > 0 && !lane->frame.sliced)
            t->last =
                later(t->last, day_add_months(t->check->on,
                                              selection->within < 36 ? selection->within : 36));
    }
    for (size_t i = 0; i < dossier->evidence_count; i++) {
        t->first = earlier(t->first, dossier->evidence[i].start);
        t->last = later(t->last, dossier->evidence[i].end);
    }
    t->axis = timeline_axis(t->first, t->last);
}

static struct value *whole_value(struct timeline *t)
{
    struct arena *arena = t->arena;
    struct value *object = value_object(arena);
    struct value *lanes = value_array(arena);
    int x = timeline_x(&t->axis, t->check->on);

    value_set(arena, object, "from", value_day(arena, t->axis.from));
    value_set(arena, object, "to", value_day(arena, t->axis.to));
    value_set(arena, object, "on", value_day(arena, t->check->on));
    value_set_int(arena, object, "x", x);
    value_set_text(arena, object, "at", percent(arena, x));
    value_set_int(arena, object, "left_out", (int64_t)t->left_out);
    value_set(arena, object, "years", years_value(t));
    for (size_t i = 0; i < t->count; i++)
        value_push(arena, lanes, lane_value(t, &t->lanes[i]));
    value_set(arena, object, "lanes", lanes);
    return object;
}

struct value *timeline_value(struct arena *arena, const struct standing_check *check,
                             const struct standing_entry *entry)
{
    const struct assessed *assessed = entry->result.best[DECIDE];
    struct timeline *t;

    if (!assessed)
        return value_null(arena);
    t = ARENA_NEW(arena, struct timeline);
    t->arena = arena;
    t->check = check;
    t->evaluator = evaluator_of(assessed->edition, &assessed->bundle, arena, entry->result.on);
    for (size_t i = 0; i < assessed->edition->requirement_count; i++)
        add_requirement(t, &assessed->edition->requirements[i], &assessed->outcome.requirements[i]);
    if (t->count == 0 || check->dossier->evidence_count == 0)
        return value_null(arena);
    set_axis(t);
    return whole_value(t);
}
