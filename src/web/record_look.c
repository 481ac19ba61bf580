#include "web/record_look.h"

#include "base/attr.h"
#include "web/standing_shape.h"

/* ---- looking ---- */

struct result record_check(const struct record *record, const struct dossier *dossier, day on,
                           struct str_list names, struct budget *budget, struct standing_check *ret)
{
    const struct standing_question question = {
        .scheme = record->scheme,
        .dossier = dossier,
        .on = on,
        .names = names,
        .go_on = budget_lasts,
        .context = budget,
    };

    return standing_check(record->arena, &question, ret);
}

/* ---- the shape of a glance ---- */

static const struct shape_member certification_members[] = {
    { "name", &shape_text, false, "The name of the certification, or of a document beside one" },
    { "title", &shape_text, false, "Its title" },
    { "readings", &standing_readings_shape, false, "The two results, and how far each is" },
    { "differ", &shape_bool, false, "Whether claims would change the result" },
    { "first_in_force", &shape_date, true,
      "The first day on which an edition is in force, where none is yet" },
    { "nearest", &standing_nearest_shape, true,
      "What is missing, and the nearest way; null where nothing is or no way leads there" },
    { "lasts", &standing_lasts_shape, true, "How long the result stands; null unless eligible" },
    { 0 },
};
static const struct shape certification_shape = { .kind = IS_OBJECT,
                                                  .name = "RecordCertification",
                                                  .members = certification_members };
static const struct shape certifications_shape = { .kind = IS_LIST, .item = &certification_shape };

static const struct shape_member group_members[] = {
    { "title", &shape_text, true, "The group of certifications; null for those in none" },
    { "certifications", &certifications_shape, false, "In the order of the scheme" },
    { 0 },
};
static const struct shape group_shape = { .kind = IS_OBJECT, .members = group_members };
static const struct shape groups_shape = { .kind = IS_LIST, .item = &group_shape };

static const struct shape_member glance_members[] = {
    { "on", &shape_date, false, "The day it is" },
    { "records", &standing_records_shape, false, "The records that were looked at" },
    { "none", &shape_bool, false, "Whether there are no records yet" },
    { "groups", &groups_shape, false, "Where the person stands, by the groups of the scheme" },
    { 0 },
};
const struct shape record_glance_shape = { .kind = IS_OBJECT,
                                           .name = "RecordGlance",
                                           .members = glance_members };

/* ---- at a glance ---- */

static struct value *of_result(struct arena *arena, const struct value *result, const char *key)
{
    return result->kind == VALUE_OBJECT ? (struct value *)value_get(result, key)
                                        : value_null(arena);
}

static struct value *certification_value(struct arena *arena, const struct value *whole)
{
    static const char *const kept[] = { "name", "title", "readings", "differ", "first_in_force" };
    const struct value *result = value_get(whole, "result");
    struct value *value = value_object(arena);

    for (size_t i = 0; i < ARRAY_LEN(kept); i++)
        value_set(arena, value, kept[i], (struct value *)value_get(whole, kept[i]));
    value_set(arena, value, "nearest", of_result(arena, result, "nearest"));
    value_set(arena, value, "lasts", of_result(arena, result, "lasts"));
    return value;
}

static struct value *group_value(struct arena *arena, const struct value *whole)
{
    const struct value *all = value_get(whole, "certifications");
    struct value *certifications = value_array(arena);
    struct value *value = value_object(arena);

    for (size_t i = 0; i < all->count; i++)
        value_push(arena, certifications, certification_value(arena, all->items[i]));
    value_set(arena, value, "title", (struct value *)value_get(whole, "title"));
    value_set(arena, value, "certifications", certifications);
    return value;
}

struct value *record_glance(struct arena *arena, const struct value *summary)
{
    const struct value *all = value_get(summary, "groups");
    const struct value *records = value_get(summary, "records");
    struct value *groups = value_array(arena);
    struct value *value = value_object(arena);

    for (size_t i = 0; i < all->count; i++)
        value_push(arena, groups, group_value(arena, all->items[i]));
    value_set(arena, value, "on", (struct value *)value_get(summary, "on"));
    value_set(arena, value, "records", (struct value *)records);
    value_set_bool(arena, value, "none", value_get(records, "count")->integer == 0);
    value_set(arena, value, "groups", groups);
    return value;
}
