#include "web/standing_complete.h"

#include "web/standing_timeline.h"

#define FACE_MAX 6 /* characters that fit into a ring */

static const struct standing_entry *entry_of(const struct standing_check *checked,
                                             const struct value *item)
{
    struct str name = value_get(item, "name")->text;

    for (size_t i = 0; i < checked->count; i++)
        if (str_eq(checked->entries[i].name, name))
            return &checked->entries[i];
    BUG("'%.*s' was checked", STR_ARG(name));
}

/* One reading of a certification: its result, and how much of it is done. */
static struct value *reading_value(struct arena *arena, const struct value *item,
                                   const struct value *requirements, const char *reading)
{
    struct value *object = value_object(arena);
    size_t count = requirements ? requirements->count : 0;
    int64_t done = 0;
    int64_t met = 0;

    for (size_t i = 0; i < count; i++) {
        const struct value *in = value_get(requirements->items[i], reading);

        done += value_get(in, "done")->integer;
        met += str_eq(value_get(in, "value")->text, STR("met")) ? 1 : 0;
    }
    value_set_text(arena, object, "reading", str_from_c(reading));
    value_set_text(arena, object, "verdict", value_get(item, reading)->text);
    value_set_int(arena, object, "met", met);
    value_set_int(arena, object, "of", (int64_t)count);
    value_set_int(arena, object, "done", count > 0 ? done / (int64_t)count : 0);
    value_set_bool(arena, object, "full", count > 0 && met == (int64_t)count);
    return object;
}

static bool is_short(const struct value *text)
{
    return str_code_points(text->text) <= FACE_MAX;
}

/* The count of a rule that is furthest and fits into a ring. */
static void find_face(const struct value *node, const struct value **best)
{
    const struct value *count = value_get(node, "count");
    const struct value *children = value_get(node, "children");

    if (count->kind == VALUE_OBJECT && is_short(value_get(count, "text")) &&
        is_short(value_get(value_get(count, "decide"), "text")) &&
        (!*best || value_get(value_get(count, "decide"), "done")->integer >
                       value_get(value_get(*best, "decide"), "done")->integer))
        *best = count;
    for (size_t i = 0; i < children->count; i++)
        find_face(children->items[i], best);
}

/* What stands within the ring of a requirement; null where no one count says it. */
static struct value *face_value(struct arena *arena, const struct value *requirement)
{
    const struct value *best = NULL;
    struct value *face;

    find_face(value_get(requirement, "rule"), &best);
    if (!best)
        return value_null(arena);
    face = value_object(arena);
    value_set_text(arena, face, "have", value_get(value_get(best, "decide"), "text")->text);
    value_set_text(arena, face, "need", value_get(best, "text")->text);
    return face;
}

/* ---- whether lists hold anything ---- */

static void complete_groups(struct arena *arena, const struct value *groups)
{
    for (size_t i = 0; i < groups->count; i++)
        value_set_bool(arena, groups->items[i], "cut",
                       value_get(groups->items[i], "more")->integer > 0);
}

static void complete_node(struct arena *arena, struct value *node)
{
    const struct value *children = value_get(node, "children");
    const struct value *slices = value_get(node, "slices");

    value_set_bool(arena, node, "parts", children->count + slices->count > 0);
    for (size_t i = 0; i < children->count; i++)
        complete_node(arena, children->items[i]);
    for (size_t i = 0; i < slices->count; i++) {
        const struct value *parts = value_get(slices->items[i], "children");

        for (size_t j = 0; j < parts->count; j++)
            complete_node(arena, parts->items[j]);
    }
    if (value_get(node, "records")->kind == VALUE_OBJECT)
        complete_groups(arena, value_get(value_get(node, "records"), "groups"));
    if (value_get(node, "also")->kind == VALUE_OBJECT)
        complete_groups(arena, value_get(value_get(node, "also"), "groups"));
}

/* The node that stands under a key of an object, if one does. */
static void complete_under(struct arena *arena, const struct value *object, const char *key)
{
    for (size_t i = 0; i < object->count; i++)
        if (str_eq_c(object->members[i].key, key) && object->members[i].value->kind == VALUE_OBJECT)
            complete_node(arena, object->members[i].value);
}

/* The nodes that stand under a key of each of a list. */
static void complete_each(struct arena *arena, const struct value *list, const char *key)
{
    for (size_t i = 0; i < list->count; i++)
        complete_under(arena, list->items[i], key);
}

/* ---- requirements and certifications ---- */

static bool differs(const struct value *decide, const struct value *preview)
{
    return !str_eq(value_get(decide, "value")->text, value_get(preview, "value")->text);
}

static void complete_requirement(struct arena *arena, struct value *requirement)
{
    const struct value *decide = value_get(requirement, "decide");
    const struct value *preview = value_get(requirement, "preview");

    complete_under(arena, requirement, "rule");
    complete_each(arena, value_get(requirement, "exemptions"), "when");
    complete_each(arena, value_get(requirement, "exemptions"), "instead");
    complete_each(arena, value_get(requirement, "referrals"), "when");
    complete_each(arena, value_get(requirement, "discretions"), "floor");
    complete_groups(arena, value_get(requirement, "groups"));
    value_set_bool(arena, requirement, "records", value_get(requirement, "groups")->count > 0);
    value_set(arena, requirement, "face", face_value(arena, requirement));
    value_set_bool(arena, requirement, "differ", differs(decide, preview));
    value_set_bool(arena, requirement, "full", value_get(decide, "done")->integer == 1000);
}

static void complete_edition(struct arena *arena, struct value *result)
{
    const struct value *requirements = value_get(result, "requirements");
    const struct value *tightens = value_get(result, "tightens");

    for (size_t i = 0; i < requirements->count; i++)
        complete_requirement(arena, requirements->items[i]);
    complete_each(arena, value_get(result, "bars"), "rule");
    value_set_bool(arena, result, "ending", value_get(result, "days")->count > 0);
    value_set_bool(arena, result, "later", value_get(result, "more_days")->integer > 0);
    if (tightens->kind == VALUE_OBJECT)
        complete_edition(arena, (struct value *)tightens);
}

static void complete(struct arena *arena, const struct standing_check *checked, struct value *item)
{
    const struct standing_entry *entry = entry_of(checked, item);
    const struct assessed *assessed = entry->result.best[DECIDE];
    const struct value *requirements = value_get(value_get(item, "result"), "requirements");
    struct value *readings = value_array(arena);

    value_push(arena, readings, reading_value(arena, item, requirements, "decide"));
    value_push(arena, readings, reading_value(arena, item, requirements, "preview"));
    value_set(arena, item, "readings", readings);
    value_set_bool(arena, item, "differ",
                   entry->result.verdict[DECIDE] != entry->result.verdict[PREVIEW]);
    if (requirements)
        complete_edition(arena, (struct value *)value_get(item, "result"));
    value_set(arena, item, "text_hash",
              assessed ? value_text(arena, assessed->edition->text_hash) : value_null(arena));
    value_set(arena, item, "rule_hash",
              assessed ? value_text(arena, assessed->edition->rule_hash) : value_null(arena));
    value_set(arena, item, "timeline", timeline_value(arena, checked, entry));
}

struct result summary_complete(struct arena *arena, const struct standing_check *check,
                               bool (*go_on)(void *context), void *context, struct value *summary)
{
    const struct value *groups = value_get(summary, "groups");

    for (size_t i = 0; i < groups->count; i++) {
        const struct value *list = value_get(groups->items[i], "certifications");

        for (size_t j = 0; j < list->count; j++) {
            if (!go_on(context))
                return fail(&ERROR_LIMIT);
            complete(arena, check, list->items[j]);
        }
    }
    return OK;
}
