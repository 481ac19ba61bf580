#include "register/record_standing.h"
#include "web/budget.h"
#include "web/office_record.h"

#define THINGS_SHOWN 50 /* of a list */

static const struct error NO_DAY = { "no-day", 422, EXIT_INPUT, "a date is written 2026-11-24" };
static const struct error DAY_TO_COME = { "day-to-come", 422, EXIT_INPUT,
                                          "a record is shown as of today or a day before" };

/* ---- whose, and when ---- */

/* The day of the query; today means now. */
static struct result take_day(const struct office *office, day *ret)
{
    struct str text = form_get(&office->call->query, STR("at"));
    day at;

    *ret = DAY_NONE;
    if (text.n == 0)
        return OK;
    if (!day_parse(text, &at))
        return fail(&NO_DAY);
    if (at > office->today)
        return fail(&DAY_TO_COME);
    if (at < office->today)
        *ret = at;
    return OK;
}

static struct str at_query(struct arena *arena, day at)
{
    char text[DAY_TEXT_SIZE];

    if (at == DAY_NONE)
        return STR("");
    return str_format(arena, "?at=%s", day_text(at, text));
}

struct result looking_begin(struct call *call, struct looking *ret)
{
    struct looking l = { .wish = { .position = POSITION_NOW, .most = THINGS_SHOWN } };
    struct person_group now;
    struct person_row row;
    struct about about;

    TRY(office_part(call, 0, &l.person.n));
    about = about_person(l.person);
    TRY(office_begin(call, PERMISSION_RECORD_SEE, &about, &l.office));
    TRY(person_load(l.office.store, call->arena, l.person, &row));
    TRY(take_day(&l.office, &l.at));
    l.at_query = at_query(call->arena, l.at);
    TRY(person_group(l.office.store, l.person, POSITION_NOW, &now));
    if (now.at[0].n != l.person.n) {
        l.person = now.at[0];
        call_see_other(call,
                       str_format(call->arena, "/office/people/%lld/record%.*s",
                                  (long long)l.person.n, STR_ARG(l.at_query)),
                       "person-merged-into");
    }
    if (l.at != DAY_NONE)
        TRY(position_of_day(l.office.store, l.at, &l.wish.position));
    TRY(person_group(l.office.store, l.person, l.wish.position, &l.group));
    l.wish.person = l.group.at[0];
    *ret = l;
    return OK;
}

struct result looking_set(const struct looking *looking, struct value *view)
{
    struct arena *arena = looking->office.arena;
    struct value *person;

    TRY(person_value(looking->office.store, arena, looking->person, &person));
    value_set(arena, view, "person", person);
    value_set(arena, view, "at",
              looking->at == DAY_NONE ? value_null(arena) : value_day(arena, looking->at));
    value_set(arena, view, "today", value_day(arena, looking->office.today));
    office_set_sees(&looking->office, view);
    return OK;
}

/* ---- where they stand ---- */

struct result looking_summaries(const struct looking *looking, struct str_list names, size_t most,
                                struct value **ret_then, struct value **ret_now)
{
    const struct office *office = &looking->office;
    struct budget budget = budget_of(office->call, 2);
    const struct record_question question = {
        .scheme = call_scheme(office->call),
        .person = looking->person,
        .at = looking->at,
        .position = looking->wish.position,
        .today = office->today,
        .names = names,
        .go_on = budget_lasts,
        .context = &budget,
    };
    struct standing_check then;
    struct standing_check now;

    *ret_then = NULL;
    TRY(record_standing(office->store, office->arena, &question, &then, &now));
    TRY(budget_summary(&budget, &now, most, ret_now));
    return looking->at == DAY_NONE ? OK : budget_summary(&budget, &then, most, ret_then);
}
