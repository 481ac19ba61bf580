#include "account/appoint.h"

#include "account/tell.h"
#include "register/timer.h"

/* Who may make an appointment, and end it. */
static const enum permission permissions[APPOINTED_ROLES] = {
    [APPOINTED_ADMINISTRATOR] = PERMISSION_APPOINT_OFFICE,
    [APPOINTED_OFFICER] = PERMISSION_APPOINT_OFFICE,
    [APPOINTED_CHAIR] = PERMISSION_APPOINT_CHAIR,
    [APPOINTED_MEMBER] = PERMISSION_APPOINT_MEMBER,
    [APPOINTED_ORGANISATION_CONTACT] = PERMISSION_APPOINT_ORGANISATION_CONTACT,
    [APPOINTED_PROGRAMME_CONTACT] = PERMISSION_APPOINT_PROGRAMME_CONTACT,
};

enum permission permission_to_appoint(enum appointed_role role)
{
    return permissions[role];
}

static struct value *data_of(struct arena *arena, const struct appointment *appointment)
{
    struct value *data = value_object(arena);

    value_set_text(arena, data, "role", str_from_c(appointed_role_word(appointment->role)));
    value_set_text(arena, data, "scope", scope_text(arena, appointment->scope));
    value_set(arena, data, "from", value_day(arena, appointment->from));
    if (appointment->last != DAY_LAST)
        value_set(arena, data, "last", value_day(arena, appointment->last));
    if (appointment->ended != DAY_NONE)
        value_set(arena, data, "ended", value_day(arena, appointment->ended));
    return data;
}

/* A letter to the person, if they have an account. */
static struct result tell_person(struct store *store, struct arena *arena, const struct act *act,
                                 const struct appointment *appointment, const char *template)
{
    struct account account;
    struct result found = account_of_person(store, arena, appointment->person, &account);

    if (found.error == &ACCOUNT_UNKNOWN)
        return OK;
    TRY(found);
    return account_letter(store, arena, act, account.id, template, data_of(arena, appointment));
}

/* ---- reminders ---- */

/* The last day on which it holds. DAY_LAST: no end was set. */
static day last_day_of(const struct appointment *appointment)
{
    return appointment->ended == DAY_NONE ? appointment->last : appointment->ended - 1;
}

/* Sets, moves or cancels. Where the time is past, or the role would be reminded of on the day on
   which it begins, the letter of this act is all that is told. */
static struct result set_reminder(struct store *store, const struct act *act,
                                  const struct appointment *appointment)
{
    day last = last_day_of(appointment);
    day on = last - APPOINTMENT_REMINDED;

    if (last == DAY_LAST || on <= act_day(act) || on <= appointment->from)
        return timer_cancel(store, APPOINTMENT_REMINDER, appointment->id.n);
    return timer_set(store, APPOINTMENT_REMINDER, appointment->id.n, on * DAYS);
}

/* Whether the person holds the same role on the day after it. */
static struct result find_renewal(struct store *store, struct arena *arena,
                                  const struct appointment *appointment, bool *ret)
{
    struct appointment_list held;
    bool found = false;

    TRY(roles_on(store, arena, appointment->person, appointment->last + 1, &held));
    for (size_t i = 0; i < held.count; i++)
        found = found || (held.at[i].role == appointment->role &&
                          scope_eq(held.at[i].scope, appointment->scope));
    *ret = found;
    return OK;
}

static struct result remind(struct store *store, struct arena *arena, const struct act *act,
                            const struct appointment *appointment)
{
    struct value *payload = value_object(arena);
    struct account account;
    struct result found = account_of_person(store, arena, appointment->person, &account);

    if (found.error == &ACCOUNT_UNKNOWN)
        return OK;
    TRY(found);
    TRY(account_news(store, arena, act, account.id, "appointment-reminder",
                     data_of(arena, appointment)));
    value_set_int(arena, payload, "appointment", appointment->id.n);
    value_set_text(arena, payload, "role", str_from_c(appointed_role_word(appointment->role)));
    value_set_text(arena, payload, "scope", scope_text(arena, appointment->scope));
    value_set(arena, payload, "last", value_day(arena, appointment->last));
    return journal_append(store, arena, act, "appointment-reminded",
                          (struct journal_subject){ "person", appointment->person.n }, payload,
                          NULL);
}

struct result appointment_remind(struct store *store, struct arena *arena, const struct act *act,
                                 struct appointment_id id)
{
    struct appointment appointment;
    bool renewed;

    TRY(appointment_load(store, arena, id, &appointment));
    /* Whichever way its end was set. */
    appointment.last = last_day_of(&appointment);
    appointment.ended = DAY_NONE;
    if (appointment.last < act_day(act))
        return OK;
    TRY(find_renewal(store, arena, &appointment, &renewed));
    return renewed ? OK : remind(store, arena, act, &appointment);
}

/* ---- making and ending ---- */

struct result appoint(struct store *store, struct arena *arena, const struct act *act,
                      const struct appointment_wish *wish, struct appointment_id *ret)
{
    const struct about about = { .scope = wish->scope };
    struct appointment appointment;
    struct appointment_id id;

    if (wish->role >= APPOINTED_ROLES)
        return fail(&APPOINTMENT_ROLE);
    TRY(act_permitted(store, arena, act, permissions[wish->role], &about));
    TRY(appointment_make(store, arena, act, wish, &id));
    TRY(appointment_load(store, arena, id, &appointment));
    TRY(tell_person(store, arena, act, &appointment, "appointed"));
    TRY(set_reminder(store, act, &appointment));
    *ret = id;
    return OK;
}

struct result appoint_end(struct store *store, struct arena *arena, const struct act *act,
                          struct appointment_id id, day on, struct str why)
{
    struct appointment appointment;
    struct about about = { 0 };

    TRY(appointment_load(store, arena, id, &appointment));
    about.scope = appointment.scope;
    if (act->actor != ACTOR_PERSON || act->actor_id != appointment.person.n)
        TRY(act_permitted(store, arena, act, permissions[appointment.role], &about));
    TRY(appointment_end(store, arena, act, id, on, why));
    TRY(appointment_load(store, arena, id, &appointment));
    TRY(set_reminder(store, act, &appointment));
    return tell_person(store, arena, act, &appointment, "appointment-ended");
}
