#include "account/appoint.h"

#include "account/tell.h"

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

/* A letter to the person, if they have an account. */
static struct result tell_person(struct store *store, struct arena *arena, const struct act *act,
                                 const struct appointment *appointment, const char *template)
{
    struct value *data = value_object(arena);
    struct account account;
    struct result found = account_of_person(store, arena, appointment->person, &account);

    if (found.error == &ACCOUNT_UNKNOWN)
        return OK;
    TRY(found);
    value_set_text(arena, data, "role", str_from_c(appointed_role_word(appointment->role)));
    value_set_text(arena, data, "scope", scope_text(arena, appointment->scope));
    value_set(arena, data, "from", value_day(arena, appointment->from));
    if (appointment->last != DAY_LAST)
        value_set(arena, data, "last", value_day(arena, appointment->last));
    if (appointment->ended != DAY_NONE)
        value_set(arena, data, "ended", value_day(arena, appointment->ended));
    return account_letter(store, arena, act, account.id, template, data);
}

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
    return tell_person(store, arena, act, &appointment, "appointment-ended");
}
