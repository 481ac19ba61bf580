#include "criteria/explain.h"
#include "criteria/match.h"
#include "criteria/reading.h"
#include "register/measure.h"
#include "register/standing_part.h"
#include "register/uses.h"

static const char *const reading_names[READINGS] = { "decide", "preview" };

void set_text_or_null(struct arena *arena, struct value *object, const char *key, struct str text)
{
    value_set(arena, object, key, text.p ? value_text(arena, text) : value_null(arena));
}

void set_day_or_null(struct arena *arena, struct value *object, const char *key, day d)
{
    bool open = d == DAY_NONE || d <= DAY_FIRST || d >= DAY_LAST;

    value_set(arena, object, key, open ? value_null(arena) : value_day(arena, d));
}

void set_name(struct arena *arena, struct value *object, const char *key, const char *name)
{
    value_set_text(arena, object, key, str_from_c(name));
}

static void set_number_or_null(struct arena *arena, struct value *object, const char *key,
                               bool known, int64_t n)
{
    value_set(arena, object, key, known ? value_int(arena, n) : value_null(arena));
}

/* ---- records ---- */

static struct value *record_value(const struct summing *s, const struct evidence *record)
{
    struct arena *arena = s->from.arena;
    const struct kind *kind = vocabulary_kind(s->from.evaluator.edition->vocabulary, record->kind);
    struct value *object = value_object(arena);

    value_set_text(arena, object, "id", record->id);
    set_number_or_null(arena, object, "row", record->line > 0, record->line);
    value_set(arena, object, "from", value_day(arena, record->start));
    value_set(arena, object, "to", value_day(arena, record->end));
    value_set_text(arena, object, "kind", kind && kind->label.p ? kind->label : record->kind);
    set_number_or_null(arena, object, "minutes", record->hours >= 0, record->hours);
    return object;
}

static struct value *group_value(const struct summing *s, const struct use_group *group)
{
    struct arena *arena = s->from.arena;
    bool bettered = group->reason[PREVIEW] != group->reason[DECIDE];
    struct value *object = value_object(arena);
    struct value *records = value_array(arena);

    set_name(arena, object, "reason", unused_reason_name(group->reason[DECIDE]));
    set_text_or_null(arena, object, "by_claims",
                     bettered ? str_from_c(unused_reason_name(group->reason[PREVIEW])) : STR_NONE);
    set_text_or_null(arena, object, "field",
                     group->field[DECIDE].p ? group->field[DECIDE] : group->field[PREVIEW]);
    value_set_text(
        arena, object, "text",
        use_reason_text(arena, group->reason[DECIDE], group->field[DECIDE], group->count));
    value_set_int(arena, object, "count", (int64_t)group->count);
    value_set(arena, object, "from", value_day(arena, group->first));
    value_set(arena, object, "to", value_day(arena, group->last));
    for (size_t i = 0; i < group->listed; i++)
        value_push(arena, records, record_value(s, group->records[i]));
    value_set(arena, object, "records", records);
    value_set_int(arena, object, "more", (int64_t)(group->count - group->listed));
    return object;
}

/* What counts comes first. */
static struct value *groups_value(const struct summing *s, const struct use_groups *groups)
{
    struct value *list = value_array(s->from.arena);

    for (int used = 1; used >= 0; used--)
        for (size_t i = 0; i < groups->count; i++)
            if ((groups->at[i].reason[DECIDE] == USED) == used)
                value_push(s->from.arena, list, group_value(s, &groups->at[i]));
    return list;
}

struct value *summary_uses(const struct summing *s, size_t requirement)
{
    struct use_groups groups;

    uses_of_requirement(&s->from, requirement, s->most, &groups);
    return groups_value(s, &groups);
}

/* ---- nodes ---- */

static struct value *window_value(const struct summing *s, const struct selection *selection,
                                  const struct frame *frame)
{
    struct arena *arena = s->from.arena;
    struct window window = selection_window(&s->from.evaluator, selection, frame);
    struct value *object = value_object(arena);

    if (window.to < window.from)
        window.from = window.to = DAY_NONE;
    set_day_or_null(arena, object, "from", window.from);
    set_day_or_null(arena, object, "to", window.to);
    value_set_bool(arena, object, "empty", window.to == DAY_NONE);
    value_set_bool(arena, object, "known", window.sure);
    set_number_or_null(arena, object, "months", selection->within > 0, selection->within);
    return object;
}

/* What a selection asks for: its window, and what became of the records. */
static struct value *selection_value(const struct summing *s, const struct edition_node *node,
                                     const struct edition_node *parent, const struct frame *frame,
                                     bool also)
{
    struct arena *arena = s->from.arena;
    const struct selection *selection = also ? &node->also->selection : &node->selection;
    struct value *object = value_object(arena);
    struct use_groups groups;

    uses_of_node(&s->from, node, parent, frame, also, s->most, &groups);
    value_set_text(arena, object, "kind", selection->kind->name);
    value_set(arena, object, "window", window_value(s, selection, frame));
    value_set(arena, object, "groups", groups_value(s, &groups));
    return object;
}

static struct value *bounds_value(const struct summing *s, const struct edition_node *node,
                                  const struct frame *frame)
{
    struct arena *arena = s->from.arena;
    struct bounds bounds = aggregate_bounds(&s->from.evaluator, node, frame);
    struct value *object = value_object(arena);

    value_set_int(arena, object, "need", bounds.need);
    value_set_int(arena, object, "scale", bounds.scale);
    set_name(arena, object, "unit", aggregate_unit_name(node));
    for (int reading = 0; reading < READINGS; reading++) {
        struct value *in = value_object(arena);

        value_set_int(arena, in, "lo", bounds.lo[reading]);
        set_number_or_null(arena, in, "hi", bounds.hi[reading] < NO_BOUND, bounds.hi[reading]);
        value_set_int(arena, in, "done", measure_done(&bounds, (enum reading)reading));
        value_set_text(arena, in, "text",
                       measure_amount(&s->from, node, bounds.lo[reading], bounds.scale));
        value_set(arena, object, reading_names[reading], in);
    }
    value_set_text(arena, object, "text",
                   measure_amount(&s->from, node, bounds.need, bounds.scale));
    return object;
}

struct value *summary_judgement(const struct summing *s, const struct requirement *requirement,
                                struct str body)
{
    struct arena *arena = s->from.arena;
    const struct judgement *judgement = NULL;
    struct value *object;

    if (requirement)
        judgement = latest_judgement(s->from.evaluator.bundle->acts, requirement->id, body);
    if (!judgement)
        return value_null(arena);
    object = value_object(arena);
    value_set_text(arena, object, "by", judgement->by);
    value_set_text(arena, object, "title", body_title(s->from.scheme, judgement->by));
    value_set(arena, object, "on", value_day(arena, judgement->on));
    value_set_bool(arena, object, "satisfied", judgement->satisfied);
    return object;
}

static struct value *slices_value(const struct summing *s, const struct edition_node *each,
                                  const struct frame *frame)
{
    struct arena *arena = s->from.arena;
    struct value *list = value_array(arena);
    enum cycle_state state;
    size_t count = slice_count(&s->from.evaluator, each, frame, &state);

    for (size_t i = 0; i < count; i++) {
        struct frame slice = slice_frame(&s->from.evaluator, each, frame, i);
        struct value *object = value_object(arena);
        struct value *children = value_array(arena);

        value_set(arena, object, "from", value_day(arena, slice.slice_from));
        value_set(arena, object, "to", value_day(arena, slice.slice_to));
        for (size_t j = 0; j < each->child_count; j++)
            value_push(arena, children, summary_node(s, &each->children[j], each, &slice));
        value_set(arena, object, "children", children);
        value_push(arena, list, object);
    }
    return list;
}

static struct value *children_value(const struct summing *s, const struct edition_node *node,
                                    const struct frame *frame)
{
    struct arena *arena = s->from.arena;
    struct value *list = value_array(arena);

    for (size_t i = 0; node->kind != NODE_EACH && i < node->child_count; i++)
        value_push(arena, list, summary_node(s, &node->children[i], node, frame));
    return list;
}

struct value *summary_node(const struct summing *s, const struct edition_node *node,
                           const struct edition_node *parent, const struct frame *frame)
{
    struct arena *arena = s->from.arena;
    const struct edition *edition = s->from.evaluator.edition;
    struct findings found = evaluate_node(&s->from.evaluator, node, frame);
    bool reads = node_reads_records(node->kind);
    bool leaf = node->child_count == 0;
    struct value *object = value_object(arena);

    value_set_text(arena, object, "id", node->id);
    set_name(arena, object, "kind", node_kind_name(node->kind));
    value_set_text(arena, object, "text", reading_of_node(arena, edition, node));
    value_set_text(arena, object, "said",
                   leaf ? measure_text(&s->from, node, frame) : measure_heading(&s->from, node));
    for (int reading = 0; reading < READINGS; reading++)
        set_name(arena, object, reading_names[reading], finding_name(found.in[reading]));
    value_set(arena, object, "count",
              node_is_aggregate(node->kind) ? bounds_value(s, node, frame) : value_null(arena));
    value_set(arena, object, "records",
              reads ? selection_value(s, node, parent, frame, false) : value_null(arena));
    value_set(arena, object, "also",
              node->also ? selection_value(s, node, parent, frame, true) : value_null(arena));
    value_set(arena, object, "judgement",
              node->kind == NODE_JUDGED ? summary_judgement(s, frame->requirement, node->body)
                                        : value_null(arena));
    value_set(arena, object, "slices",
              node->kind == NODE_EACH ? slices_value(s, node, frame) : value_array(arena));
    value_set(arena, object, "children", children_value(s, node, frame));
    return object;
}
