/* One's own profile: as it stands, as others see it, and what stood there (record.h). */
#include "web/record_profile.h"
#include "base/attr.h"
#include "register/people.h"

#define PAGE 50 /* versions */

/* ---- the shapes ---- */

static const struct shape_member members[] = {
    RECORD_MEMBERS,
    { "register_name", &shape_text, false, "The name that the register shows" },
    { "named", &shape_bool, false, "Whether the profile has a name" },
    { "count", &shape_int, false, "How many items there are" },
    { "groups", &profile_groups_shape, false, "The items, by what they tell" },
    { 0 },
};
const struct shape record_profile_shape = { .kind = IS_OBJECT,
                                            .name = "RecordProfile",
                                            .members = members };

static const char *const viewer_words[] = { "stranger", "member", NULL };
static const struct shape viewer_shape = { .kind = IS_WORD, .words = viewer_words };

static const struct shape_member preview_members[] = {
    RECORD_MEMBERS,
    { "as", &viewer_shape, false, "Who would see this" },
    { "name", &shape_text, true, "The name that they see; null: none" },
    { "count", &shape_int, false, "How many items they see" },
    { "none", &shape_bool, false, "Whether they see none" },
    { "hidden", &shape_int, false, "How many they do not see" },
    { "groups", &profile_groups_shape, false, "Those that they see, by what they tell" },
    { 0 },
};
const struct shape record_profile_preview_shape = { .kind = IS_OBJECT,
                                                    .name = "RecordProfilePreview",
                                                    .members = preview_members };
const struct route_field record_profile_preview_query[] = {
    { "as", "stranger or member; a stranger if not said", false, false },
    { 0 },
};

static const char *const by_words[] = { "you", "person", "command", "token", "system", NULL };
static const struct shape by_shape = { .kind = IS_WORD, .words = by_words };

static const struct shape_member version_members[] = {
    { "item", &profile_item_shape, false, "The item" },
    { "since", &shape_instant, false, "Since when it stood there" },
    { "until", &shape_instant, true, "Until when; null: it stands there" },
    { "by", &by_shape, false, "Who set it" },
    { "by_name", &shape_text, true, "The name of another person" },
    { 0 },
};
static const struct shape version_shape = { .kind = IS_OBJECT,
                                            .name = "ProfileVersion",
                                            .members = version_members };
static const struct shape versions_shape = { .kind = IS_LIST, .item = &version_shape };

static const struct shape_member history_members[] = {
    RECORD_MEMBERS,
    { "versions", &versions_shape, false, "What stood in the profile, the latest first" },
    { "none", &shape_bool, false, "Whether there is nothing" },
    { "older", &shape_int, true, "What to ask for to see those before; null: there are none" },
    { 0 },
};
const struct shape record_profile_history_shape = { .kind = IS_OBJECT,
                                                    .name = "RecordProfileHistory",
                                                    .members = history_members };
const struct route_field record_profile_history_query[] = {
    { "before", "the number of an item: those set before it", false, false },
    { 0 },
};

/* ---- as it stands ---- */

static bool has_kind(const struct fact_list *facts, enum profile_kind kind)
{
    for (size_t i = 0; i < facts->count; i++)
        if (str_eq_c(facts->at[i].kind, profile_kind_word(kind)))
            return true;
    return false;
}

struct result record_profile_answer(struct call *call, struct value **ret)
{
    struct fact_list facts;
    struct person_row row;
    struct record record;
    struct value *view;

    TRY(record_begin(call, &record));
    TRY(person_load(record.store, call->arena, record.person, &row));
    TRY(profile_view(record.store, call->arena, record.person, VIEWER_SELF, POSITION_NOW, &facts));
    view = record_view(&record, "profile");
    value_set_text(call->arena, view, "register_name", row.name);
    value_set_bool(call->arena, view, "named", has_kind(&facts, PROFILE_NAME));
    value_set_int(call->arena, view, "count", (int64_t)facts.count);
    value_set(call->arena, view, "groups",
              profile_groups_value(call->arena, record.scheme, &facts, true));
    *ret = view;
    return OK;
}

/* ---- as others see it ---- */

static struct value *name_seen(struct arena *arena, const struct scheme *scheme,
                               const struct fact_list *facts)
{
    for (size_t i = 0; i < facts->count; i++)
        if (str_eq_c(facts->at[i].kind, profile_kind_word(PROFILE_NAME)))
            return value_text(
                arena, value_get(profile_item_value(arena, scheme, &facts->at[i]), "title")->text);
    return value_null(arena);
}

struct result record_profile_preview_answer(struct call *call, struct value **ret)
{
    bool member = str_eq_c(form_get(&call->query, STR("as")), "member");
    struct arena *arena = call->arena;
    struct record record;
    struct fact_list seen;
    struct fact_list all;
    struct value *view;

    TRY(record_begin(call, &record));
    TRY(profile_view(record.store, arena, record.person, VIEWER_SELF, POSITION_NOW, &all));
    TRY(profile_view(record.store, arena, record.person, member ? VIEWER_MEMBER : VIEWER_STRANGER,
                     POSITION_NOW, &seen));
    view = record_view(&record, "profile");
    value_set_text(arena, view, "as", member ? STR("member") : STR("stranger"));
    value_set(arena, view, "name", name_seen(arena, record.scheme, &seen));
    value_set_int(arena, view, "count", (int64_t)seen.count);
    value_set_bool(arena, view, "none", seen.count == 0);
    value_set_int(arena, view, "hidden", (int64_t)all.count - (int64_t)seen.count);
    value_set(arena, view, "groups", profile_groups_value(arena, record.scheme, &seen, false));
    *ret = view;
    return OK;
}

/* ---- what stood there ---- */

static struct value *version_value(const struct record *record,
                                   const struct profile_version *version)
{
    struct arena *arena = record->arena;
    struct value *value = value_object(arena);
    bool own = version->by.n == record->person.n;

    value_set(arena, value, "item", profile_item_value(arena, record->scheme, &version->fact));
    value_set(arena, value, "since", value_instant(arena, version->since));
    value_set(arena, value, "until",
              version->until ? value_instant(arena, version->until) : value_null(arena));
    value_set_text(arena, value, "by", own ? STR("you") : version->actor);
    value_set(arena, value, "by_name",
              own || !version->by_name.p ? value_null(arena) : value_text(arena, version->by_name));
    return value;
}

struct result record_profile_history_answer(struct call *call, struct value **ret)
{
    struct arena *arena = call->arena;
    struct profile_versions versions;
    struct value *list = value_array(arena);
    struct record record;
    struct value *view;
    int64_t before;

    if (!str_to_int(form_get(&call->query, STR("before")), 1, INT64_MAX, &before))
        before = INT64_MAX;
    TRY(record_begin(call, &record));
    TRY(profile_history(record.store, arena, record.person, before, PAGE + 1, &versions));
    for (size_t i = 0; i < versions.count && i < PAGE; i++)
        value_push(arena, list, version_value(&record, &versions.at[i]));
    view = record_view(&record, "profile");
    value_set(arena, view, "versions", list);
    value_set_bool(arena, view, "none", list->count == 0);
    value_set(arena, view, "older",
              versions.count > PAGE ? value_int(arena, versions.at[PAGE - 1].fact.id.n)
                                    : value_null(arena));
    *ret = view;
    return OK;
}
