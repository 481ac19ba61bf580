#include "register/standing_compare.h"

#include "base/attr.h"

/* ---- finding what belongs together ---- */

/* The item of a list whose member of that key has the text; NULL if none has. */
static const struct value *find(const struct value *list, const char *key, struct str text)
{
    for (size_t i = 0; list && i < list->count; i++)
        if (str_eq(value_get(list->items[i], key)->text, text))
            return list->items[i];
    return NULL;
}

static const struct value *find_certification(const struct value *summary, struct str name)
{
    const struct value *groups = value_get(summary, "groups");

    for (size_t i = 0; i < groups->count; i++) {
        const struct value *found =
            find(value_get(groups->items[i], "certifications"), "name", name);

        if (found)
            return found;
    }
    return NULL;
}

/* The edition that decides, as an object; NULL where none governs. */
static const struct value *result_of(const struct value *certification)
{
    const struct value *result = certification ? value_get(certification, "result") : NULL;

    return result && result->kind == VALUE_OBJECT ? result : NULL;
}

static const struct value *requirements_of(const struct value *certification)
{
    const struct value *result = result_of(certification);

    return result ? value_get(result, "requirements") : NULL;
}

static struct str text_at(const struct value *object, const char *key)
{
    const struct value *member = object ? value_get(object, key) : NULL;

    return member && member->kind == VALUE_TEXT ? member->text : STR_NONE;
}

/* Where neither stands, too. */
static bool is_same(struct str a, struct str b)
{
    return (!a.p && !b.p) || (a.p && b.p && str_eq(a, b));
}

/* ---- requirements ---- */

static struct value *text_or_null(struct arena *arena, struct str text)
{
    return text.p ? value_text(arena, text) : value_null(arena);
}

/* What a rule asks for and what there is of it, part by part: its leaves. */
static void push_said(struct arena *arena, struct value *list, const struct value *node)
{
    const struct value *slices = value_get(node, "slices");
    const struct value *children = value_get(node, "children");

    for (size_t i = 0; children && i < children->count; i++)
        push_said(arena, list, children->items[i]);
    for (size_t i = 0; slices && i < slices->count; i++) {
        const struct value *parts = value_get(slices->items[i], "children");

        for (size_t k = 0; k < parts->count; k++)
            push_said(arena, list, parts->items[k]);
    }
    if ((!children || children->count == 0) && (!slices || slices->count == 0))
        value_push(arena, list, value_text(arena, text_at(node, "said")));
}

static struct value *finding_value(struct arena *arena, const struct value *requirement)
{
    const struct value *decide;
    struct value *value;
    struct value *said;

    if (!requirement)
        return value_null(arena);
    said = value_array(arena);
    push_said(arena, said, value_get(requirement, "rule"));
    decide = value_get(requirement, "decide");
    value = value_object(arena);
    value_set_text(arena, value, "value", text_at(decide, "value"));
    value_set(arena, value, "by", text_or_null(arena, text_at(decide, "text")));
    value_set_text(arena, value, "asks", text_at(requirement, "text"));
    value_set(arena, value, "said", said);
    return value;
}

static bool lists_differ(const struct value *then, const struct value *now)
{
    if (then->count != now->count)
        return true;
    for (size_t i = 0; i < then->count; i++)
        if (!str_eq(then->items[i]->text, now->items[i]->text))
            return true;
    return false;
}

/* Whether something else came out, was asked, or was there of it. */
static bool findings_differ(const struct value *then, const struct value *now)
{
    static const char *const keys[] = { "value", "by", "asks" };

    if (then->kind != now->kind)
        return true;
    if (then->kind != VALUE_OBJECT)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (!is_same(text_at(then, keys[i]), text_at(now, keys[i])))
            return true;
    return lists_differ(value_get(then, "said"), value_get(now, "said"));
}

static bool push_requirement(struct arena *arena, struct value *list, const struct value *then,
                             const struct value *now)
{
    const struct value *either = now ? now : then;
    struct value *value = value_object(arena);
    struct value *before = finding_value(arena, then);
    struct value *after = finding_value(arena, now);
    bool differs = findings_differ(before, after);

    value_set_text(arena, value, "id", text_at(either, "id"));
    value_set_text(arena, value, "title", text_at(either, "title"));
    value_set_bool(arena, value, "differs", differs);
    value_set(arena, value, "then", before);
    value_set(arena, value, "now", after);
    value_push(arena, list, value);
    return differs;
}

static struct value *requirements_value(struct arena *arena, const struct value *then,
                                        const struct value *now, bool *ret_differ)
{
    const struct value *before = requirements_of(then);
    const struct value *after = requirements_of(now);
    struct value *list = value_array(arena);
    bool differ = false;

    for (size_t i = 0; after && i < after->count; i++)
        differ |= push_requirement(arena, list, find(before, "id", text_at(after->items[i], "id")),
                                   after->items[i]);
    for (size_t i = 0; before && i < before->count; i++)
        if (!find(after, "id", text_at(before->items[i], "id")))
            differ |= push_requirement(arena, list, before->items[i], NULL);
    *ret_differ = differ;
    return list;
}

/* ---- certifications ---- */

static struct value *side_value(struct arena *arena, const struct value *certification)
{
    const struct value *result = result_of(certification);
    const struct value *requirements = requirements_of(certification);
    struct value *value;
    int64_t met = 0;

    if (!certification)
        return value_null(arena);
    for (size_t i = 0; requirements && i < requirements->count; i++)
        met += str_eq_c(text_at(value_get(requirements->items[i], "decide"), "value"), "met");
    value = value_object(arena);
    value_set(arena, value, "edition", text_or_null(arena, text_at(result, "edition")));
    value_set_text(arena, value, "decide", text_at(certification, "decide"));
    value_set_text(arena, value, "preview", text_at(certification, "preview"));
    value_set_int(arena, value, "met", met);
    value_set_int(arena, value, "of", requirements ? (int64_t)requirements->count : 0);
    return value;
}

static struct value *certification_value(struct arena *arena, const struct value *then,
                                         const struct value *now)
{
    const struct value *either = now ? now : then;
    struct value *value = value_object(arena);
    bool edition =
        !is_same(text_at(result_of(then), "edition"), text_at(result_of(now), "edition"));
    struct value *requirements;
    bool differ;

    requirements = requirements_value(arena, then, now, &differ);
    value_set_text(arena, value, "name", text_at(either, "name"));
    value_set_text(arena, value, "title", text_at(either, "title"));
    value_set_bool(arena, value, "beside", value_get(either, "beside")->boolean);
    value_set_bool(arena, value, "differs",
                   differ || edition || !then || !now ||
                       !is_same(text_at(then, "decide"), text_at(now, "decide")) ||
                       !is_same(text_at(then, "preview"), text_at(now, "preview")));
    value_set_bool(arena, value, "edition_differs", edition);
    value_set(arena, value, "then", side_value(arena, then));
    value_set(arena, value, "now", side_value(arena, now));
    value_set(arena, value, "requirements", requirements);
    return value;
}

/* Those of the first summary, each beside that of the other one. */
static void push_all(struct arena *arena, struct value *list, const struct value *then,
                     const struct value *now)
{
    const struct value *groups = value_get(now, "groups");

    for (size_t i = 0; i < groups->count; i++) {
        const struct value *all = value_get(groups->items[i], "certifications");

        for (size_t k = 0; k < all->count; k++)
            value_push(arena, list,
                       certification_value(arena,
                                           find_certification(then, text_at(all->items[k], "name")),
                                           all->items[k]));
    }
}

struct value *standing_compare_value(struct arena *arena, const struct value *then,
                                     const struct value *now)
{
    const struct value *groups = value_get(then, "groups");
    struct value *list = value_array(arena);

    push_all(arena, list, then, now);
    for (size_t i = 0; i < groups->count; i++) {
        const struct value *all = value_get(groups->items[i], "certifications");

        for (size_t k = 0; k < all->count; k++)
            if (!find_certification(now, text_at(all->items[k], "name")))
                value_push(arena, list, certification_value(arena, all->items[k], NULL));
    }
    return list;
}
