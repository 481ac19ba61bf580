/* People: looking for them, and what the office knows of one (office.h). */
#include "account/appoint.h"
#include "account/merging.h"
#include "base/attr.h"
#include "web/office.h"
#include "web/office_parts.h"

#define HISTORY_SHOWN 10 /* entries on the page of a person */

/* ---- looking for people ---- */

static const struct shape_member list_members[] = {
    { "words", &shape_text, false, "What was looked for; empty: everybody" },
    { "people", &office_people_shape, false, "In the order of their names" },
    { "after", &shape_int, true, "The number after which to go on; null: these were the last" },
    { "may_add", &shape_bool, false, "Whether whoever asks may add people" },
    { 0 },
};
const struct shape office_list_of_people_shape = { .kind = IS_OBJECT,
                                                   .name = "OfficePeople",
                                                   .members = list_members };
const struct route_field office_people_fields[] = {
    { "words", "the beginning of a name, or of a word in it", false, false },
    { "after", "the number of the person after whom to go on", false, false },
    { 0 },
};

struct result office_people_answer(struct call *call, struct value **ret_view)
{
    struct str words = form_get(&call->query, STR("words"));
    struct value *view = value_object(call->arena);
    struct person_list list;
    struct office office;
    bool more;

    TRY(office_begin(call, PERMISSION_PERSON_SEE, &ABOUT_NOTHING, &office));
    TRY(people_find(office.store, office.arena, words.p ? words : STR(""),
                    (struct person_id){ office_query(call, "after") }, OFFICE_PAGE + 1, &list));
    more = list.count > OFFICE_PAGE;
    if (more)
        list.count = OFFICE_PAGE;
    value_set_text(call->arena, view, "words", words.p ? words : STR(""));
    value_set(call->arena, view, "people", office_people_value(call->arena, &list));
    value_set(call->arena, view, "after",
              more ? value_int(call->arena, list.at[list.count - 1].id.n)
                   : value_null(call->arena));
    value_set_bool(call->arena, view, "may_add",
                   office_may(call, PERMISSION_PERSON_ADD, &ABOUT_NOTHING));
    *ret_view = view;
    return OK;
}

/* ---- one person ---- */

static const struct shape_member person_page_members[] = {
    { "id", &shape_int, false, "The number of the person" },
    { "name", &shape_text, false, "The name" },
    { "created", &shape_instant, false, "When they were added" },
    { "account", &office_account_shape, true,
      "Their account; null: they have none, or it is not for whoever asks to see" },
    { "appointments", &office_appointments_shape, false, "All that they ever had" },
    { "history", &office_history_shape, false, "What was done lately, the latest first" },
    { "may_see_people", &shape_bool, false, "Whether whoever asks may see the pages of people" },
    { "may_rename", &shape_bool, false, "Whether whoever asks may correct the name" },
    { "may_see_record", &shape_bool, false, "Whether whoever asks may see the record" },
    { "may_invite", &shape_bool, false, "Whether they may invite the person, who has no account" },
    { "may_appoint", &office_groups_shape, false, "What they may appoint the person to" },
    { "merges", &office_merges_shape, false, "Merges that they were ever part of" },
    { "has_merges", &shape_bool, false, "Whether there are any" },
    { "may_merge", &shape_bool, false, "Whether whoever asks may undo one" },
    { "alike", &office_alike_people_shape, false,
      "Who is likely the same person; empty where that is not for whoever asks to see" },
    { "has_alike", &shape_bool, false, "Whether there is anybody" },
    { 0 },
};
const struct shape office_person_page_shape = { .kind = IS_OBJECT,
                                                .name = "OfficePersonPage",
                                                .members = person_page_members };

/* That of the one who is kept, or else of one who was merged into them. ACCOUNT_UNKNOWN. */
static struct result account_of_group(const struct office *office, const struct person_group *group,
                                      struct account *ret)
{
    struct result found = fail(&ACCOUNT_UNKNOWN);

    for (size_t i = 0; i < group->count && found.error == &ACCOUNT_UNKNOWN; i++)
        found = account_of_person(office->store, office->arena, group->at[i], ret);
    return found;
}

/* The account, where there is one and whoever asks may see that. */
static struct result account_or_null(const struct office *office, const struct person_group *group,
                                     bool *ret_has, struct value **ret)
{
    struct account account;
    struct result found = account_of_group(office, group, &account);

    if (failed(found) && found.error != &ACCOUNT_UNKNOWN)
        return found;
    *ret_has = !failed(found);
    if (failed(found) || !office_may(office->call, PERMISSION_ACCOUNTS_SEE, &ABOUT_NOTHING)) {
        *ret = value_null(office->arena);
        return OK;
    }
    return account_value(office->store, office->arena, &account, ret);
}

static struct value *may_appoint(const struct office *office, struct person_id person)
{
    struct value *words = value_array(office->arena);

    for (size_t i = 0; i < APPOINTED_ROLES; i++) {
        enum appointed_role role = (enum appointed_role)i;

        if (role == APPOINTED_OFFICER || person.n == call_who(office->call)->person.n ||
            call_who(office->call)->token ||
            !permitted_somewhere(call_who(office->call), permission_to_appoint(role)))
            continue;
        office_push_group(office->arena, words, office_appoint_word(role));
    }
    return words;
}

/* Each of a group keeps the appointments that they were given. */
static struct result appointments_of_group(const struct office *office,
                                           const struct person_group *group,
                                           struct appointment_list *ret)
{
    struct appointment *all = NULL;
    size_t count = 0;
    size_t room = 0;

    for (size_t i = 0; i < group->count; i++) {
        struct appointment_list list;

        TRY(appointments_of_person(office->store, office->arena, group->at[i], &list));
        for (size_t k = 0; k < list.count; k++)
            *ARENA_PUSH(office->arena, all, count, room) = list.at[k];
    }
    *ret = (struct appointment_list){ all, count };
    return OK;
}

static struct result set_page(const struct office *office, const struct person_row *row,
                              struct value *view)
{
    const struct about about = about_person(row->id);
    struct arena *arena = office->arena;
    struct appointment_list appointments;
    struct history_list entries = { 0 };
    struct person_group group;
    struct value *account;
    struct value *roles;
    struct value *history;
    bool has_account;

    TRY(person_group(office->store, row->id, POSITION_NOW, &group));
    /* Somebody who was merged, and looks at themselves, sees what is theirs. */
    if (group.at[0].n != row->id.n)
        group = (struct person_group){ .at = { row->id }, .count = 1 };
    TRY(account_or_null(office, &group, &has_account, &account));
    TRY(appointments_of_group(office, &group, &appointments));
    if (!office_may(office->call, PERMISSION_APPOINTMENTS_SEE, &about))
        appointments.count = 0;
    TRY(office_appointments_value(office, &appointments, &roles));
    if (office_may(office->call, PERMISSION_HISTORY_SEE, &about))
        TRY(history_of_person(office->store, arena, row->id, 0, HISTORY_SHOWN, &entries));
    TRY(office_history_value(office, &entries, &history));
    value_set(arena, view, "account", account);
    value_set(arena, view, "appointments", roles);
    value_set(arena, view, "history", history);
    office_set_sees(office, view);
    value_set_bool(arena, view, "may_rename",
                   office_may(office->call, PERMISSION_PERSON_CHANGE, &about));
    value_set_bool(arena, view, "may_see_record",
                   office_may(office->call, PERMISSION_RECORD_SEE, &about));
    value_set_bool(arena, view, "may_invite",
                   !has_account && office_may(office->call, PERMISSION_PERSON_INVITE, &about));
    value_set(arena, view, "may_appoint", may_appoint(office, row->id));
    return OK;
}

/* Who else they are, or may be. */
static struct result set_same(const struct office *office, struct person_id person,
                              struct value *view)
{
    struct arena *arena = office->arena;
    struct value *merges = value_array(arena);
    struct value *alike = value_array(arena);

    if (office_may(office->call, PERMISSION_ALIKE_SEE, &ABOUT_NOTHING)) {
        TRY(merges_value(office->store, arena, person, &merges));
        TRY(office_like_value(office, person, &alike));
    }
    value_set(arena, view, "merges", merges);
    value_set_bool(arena, view, "has_merges", merges->count > 0);
    value_set_bool(arena, view, "may_merge",
                   office_may(office->call, PERMISSION_PEOPLE_MERGE, &ABOUT_NOTHING));
    value_set(arena, view, "alike", alike);
    value_set_bool(arena, view, "has_alike", alike->count > 0);
    return OK;
}

/* The number of somebody who was merged leads to the one who is kept. */
static struct result lead_on(struct call *call, const struct office *office, struct person_id *id)
{
    struct person_id kept;

    TRY(person_kept(office->store, *id, &kept));
    if (kept.n == id->n || !office_may(call, PERMISSION_PERSON_SEE, &ABOUT_NOTHING))
        return OK;
    call_see_other(call, str_format(call->arena, "/office/people/%lld", (long long)kept.n),
                   "person-merged-into");
    *id = kept;
    return OK;
}

struct result office_person_answer(struct call *call, struct value **ret_view)
{
    struct value *view;
    struct person_row row;
    struct person_id id;
    struct office office;
    struct about about;

    TRY(office_part(call, 0, &id.n));
    about = about_person(id);
    TRY(office_begin(call, PERMISSION_PERSON_SEE, &about, &office));
    TRY(lead_on(call, &office, &id));
    TRY(person_load(office.store, office.arena, id, &row));
    view = person_row_value(call->arena, &row);
    TRY(set_page(&office, &row, view));
    TRY(set_same(&office, id, view));
    *ret_view = view;
    return OK;
}

/* ---- the history of one ---- */

static const struct shape_member history_members[] = {
    { "person", &office_person_shape, false, "Whose it is" },
    { "entries", &office_history_shape, false, "The latest first" },
    { "may_see_people", &shape_bool, false, "Whether whoever asks may see the pages of people" },
    { "before", &shape_int, true, "The position before which to go on; null: no more" },
    { 0 },
};
const struct shape office_person_history_shape = { .kind = IS_OBJECT,
                                                   .name = "OfficeHistory",
                                                   .members = history_members };
const struct route_field office_history_fields[] = {
    { "before", "a position in the journal: what was done before it", false, false },
    { 0 },
};

struct result office_person_history_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);
    struct history_list list;
    struct value *person;
    struct value *entries;
    struct person_id id;
    struct office office;
    struct about about;
    bool more;

    TRY(office_part(call, 0, &id.n));
    about = about_person(id);
    TRY(office_begin(call, PERMISSION_HISTORY_SEE, &about, &office));
    TRY(person_value(office.store, office.arena, id, &person));
    TRY(history_of_person(office.store, office.arena, id, office_query(call, "before"),
                          OFFICE_PAGE + 1, &list));
    more = list.count > OFFICE_PAGE;
    if (more)
        list.count = OFFICE_PAGE;
    TRY(office_history_value(&office, &list, &entries));
    value_set(call->arena, view, "person", person);
    value_set(call->arena, view, "entries", entries);
    office_set_sees(&office, view);
    value_set(call->arena, view, "before",
              more ? value_int(call->arena, list.at[list.count - 1].position)
                   : value_null(call->arena));
    *ret_view = view;
    return OK;
}
