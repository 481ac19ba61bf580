#include "register/profile.h"

#include "register/erase.h"
#include "register/evidence_part.h"
#include "register/people_names.h"
#include "register/profile_part.h"

const struct error PROFILE_KIND = { "profile-kind", 422, EXIT_INPUT,
                                    "a profile has no such kind of item" };
const struct error PROFILE_VALUE = {
    "profile-value", 422, EXIT_INPUT,
    "something is missing, not known, too long, or not of the kind that is asked for"
};
const struct error PROFILE_TERM = { "profile-term", 422, EXIT_INPUT,
                                    "the scheme has no such area, style or statement" };
const struct error PROFILE_DAYS = { "profile-days", 422, EXIT_INPUT,
                                    "the days are not those that such an item has" };
const struct error PROFILE_MANY = { "profile-many", 409, EXIT_NO,
                                    "there are 100 of these already, or one of the same name" };
const struct error PROFILE_UNKNOWN = { "profile-unknown", 404, EXIT_NO,
                                       "there is no such item, or it was changed meanwhile" };

/* ---- changing ---- */

static struct value *payload_of(struct arena *arena, const struct person_fact *fact)
{
    struct value *payload = value_object(arena);

    value_set_text(arena, payload, "kind", fact->kind);
    if (fact->name.n > 0)
        value_set_text(arena, payload, "name", fact->name);
    if (fact->value.n > 0)
        value_set_text(arena, payload, "value", fact->value);
    if (fact->from != DAY_FIRST)
        value_set(arena, payload, "from", value_day(arena, fact->from));
    if (fact->until != DAY_LAST)
        value_set(arena, payload, "until", value_day(arena, fact->until));
    value_set_text(arena, payload, "visible", str_from_c(visible_word(fact->visible)));
    return payload;
}

static const struct person_fact *find(struct fact_list list, struct fact_id id)
{
    for (size_t i = 0; i < list.count; i++)
        if (list.at[i].id.n == id.n)
            return &list.at[i];
    return NULL;
}

/* Which item the new one takes the place of, if any. */
static struct result taken_place(const struct profile_item *item, struct fact_list list,
                                 struct fact_id instead, struct fact_id *ret)
{
    struct fact_id place = instead;

    if (instead.n && !find(list, instead))
        return fail(&PROFILE_UNKNOWN);
    if (!instead.n && profile_is_single(item->kind) && list.count > 0)
        place = list.at[0].id;
    if (!place.n && list.count >= PROFILE_ITEMS_MAX)
        return fail(&PROFILE_MANY);
    for (size_t i = 0; i < list.count; i++)
        if (profile_named(item->kind) != PROFILE_NOT_NAMED && item->kind != PROFILE_DECLARATION &&
            list.at[i].id.n != place.n && str_eq(list.at[i].name, item->name))
            return fail(&PROFILE_MANY);
    *ret = place;
    return OK;
}

/* The names that a person is found by: the one that is shown, how it is written in Latin letters,
   and those they had. */
static struct result write_names(struct store *store, struct arena *arena, struct person_id person)
{
    struct str names[2 + PROFILE_ITEMS_MAX];
    struct person_row row;
    struct fact_list list;
    size_t count = 0;

    TRY(person_load(store, arena, person, &row));
    TRY(facts_of(store, arena, person, STR_NONE, POSITION_NOW, &list));
    for (size_t i = 0; i < list.count; i++) {
        const struct value *value;
        struct person_name name;

        if (!str_eq_c(list.at[i].kind, profile_kind_word(PROFILE_NAME)) &&
            !str_eq_c(list.at[i].kind, profile_kind_word(PROFILE_FORMER_NAME)))
            continue;
        value = profile_value(arena, &list.at[i]);
        if (!person_name_read(value, &name) || count + 2 > ARRAY_LEN(names))
            continue;
        names[count++] = person_name_display(arena, &name);
        if (name.latin.p)
            names[count++] = name.latin;
    }
    TRY(person_names_write(store, arena, person, row.name));
    return person_aliases_write(store, arena, person, (struct str_list){ names, count });
}

/* The register shows a new name everywhere. */
static struct result apply_name(struct store *store, struct arena *arena, const struct act *act,
                                struct person_id person, const struct profile_item *item)
{
    struct person_name name;

    if (item->kind == PROFILE_NAME && person_name_read(item->value, &name))
        TRY(person_rename(store, arena, act, person, person_name_display(arena, &name)));
    return write_names(store, arena, person);
}

static struct result put_fact(struct store *store, struct arena *arena, const struct act *act,
                              const char *operation, const struct person_fact *fact,
                              struct fact_id instead, struct fact_id *ret)
{
    int64_t position;

    TRY(journal_append(store, arena, act, operation, person_subject(fact->person),
                       payload_of(arena, fact), &position));
    if (instead.n)
        TRY(fact_supersede(store, instead, position));
    return fact_record(store, fact, position, ret);
}

static bool says_same(const struct person_fact *a, const struct person_fact *b)
{
    return str_eq(a->name, b->name) && str_eq(a->value, b->value) && a->from == b->from &&
           a->until == b->until;
}

struct result profile_set(struct store *store, struct arena *arena, const struct act *act,
                          const struct profile_terms *terms, struct person_id person,
                          const struct profile_item *item, struct fact_id instead,
                          struct fact_id *ret)
{
    struct person_fact fact = {
        .person = person,
        .name = item->name.p ? item->name : STR(""),
        .from = item->from,
        .until = item->until,
        .visible = item->visible,
    };
    const struct person_fact *before;
    struct fact_list list;
    struct fact_id id;

    TRY(profile_check(terms, item, act_day(act)));
    TRY(person_has_record(store, arena, person));
    TRY(profile_finish_value(arena, terms, item, &fact.value));
    fact.kind = str_from_c(profile_kind_word(item->kind));
    TRY(facts_of(store, arena, person, fact.kind, POSITION_NOW, &list));
    TRY(taken_place(item, list, instead, &instead));
    before = instead.n ? find(list, instead) : NULL;
    if (before && says_same(before, &fact))
        return profile_show(store, arena, act, person, instead, item->visible, ret);
    TRY(put_fact(store, arena, act, "profile-set", &fact, instead, &id));
    if (item->kind == PROFILE_NAME || item->kind == PROFILE_FORMER_NAME)
        TRY(apply_name(store, arena, act, person, item));
    *ret = id;
    return OK;
}

/* A current item of a person, which is of the profile. */
static struct result load(struct store *store, struct arena *arena, struct person_id person,
                          struct fact_id id, struct person_fact *ret)
{
    const struct person_fact *fact;
    enum profile_kind kind;
    struct fact_list list;

    TRY(facts_of(store, arena, person, STR_NONE, POSITION_NOW, &list));
    fact = find(list, id);
    if (!fact || !profile_kind_parse(fact->kind, &kind))
        return fail(&PROFILE_UNKNOWN);
    *ret = *fact;
    return OK;
}

struct result profile_remove(struct store *store, struct arena *arena, const struct act *act,
                             struct person_id person, struct fact_id id)
{
    struct person_fact fact;
    int64_t position;

    TRY(load(store, arena, person, id, &fact));
    TRY(journal_append(store, arena, act, "profile-removed", person_subject(person),
                       payload_of(arena, &fact), &position));
    TRY(fact_supersede(store, id, position));
    return write_names(store, arena, person);
}

struct result profile_show(struct store *store, struct arena *arena, const struct act *act,
                           struct person_id person, struct fact_id id, enum visible visible,
                           struct fact_id *ret)
{
    struct person_fact fact;

    TRY(load(store, arena, person, id, &fact));
    if (fact.visible == visible) {
        *ret = id;
        return OK;
    }
    fact.visible = visible;
    return put_fact(store, arena, act, "profile-shown", &fact, id, ret);
}

/* ---- seeing ---- */

static bool sees(enum viewer viewer, const struct person_fact *fact)
{
    enum profile_kind kind;

    if (!profile_kind_parse(fact->kind, &kind))
        return false;
    return viewer == VIEWER_SELF || fact->visible == VISIBLE_PUBLIC ||
           (viewer == VIEWER_MEMBER && fact->visible == VISIBLE_MEMBERS);
}

/* Of two people who are one, the item of the one who was kept stands where there can be only one.
 */
static bool has_single(const struct person_fact *list, size_t count, const struct person_fact *fact)
{
    enum profile_kind kind;

    if (!profile_kind_parse(fact->kind, &kind) || !profile_is_single(kind))
        return false;
    for (size_t i = 0; i < count; i++)
        if (str_eq(list[i].kind, fact->kind))
            return true;
    return false;
}

struct result profile_view(struct store *store, struct arena *arena, struct person_id person,
                           enum viewer viewer, int64_t position, struct fact_list *ret)
{
    struct person_group group;
    struct person_fact *list = NULL;
    size_t count = 0;
    size_t room = 0;

    TRY(person_group(store, person, position, &group));
    for (size_t i = 0; i < group.count; i++) {
        struct fact_list facts;

        TRY(facts_of(store, arena, group.at[i], STR_NONE, position, &facts));
        for (size_t k = 0; k < facts.count; k++)
            if (sees(viewer, &facts.at[k]) && !has_single(list, count, &facts.at[k]))
                *ARENA_PUSH(arena, list, count, room) = facts.at[k];
    }
    *ret = (struct fact_list){ list, count };
    return OK;
}
