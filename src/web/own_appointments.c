/* The roles that somebody holds, held and will hold; giving one back. */
#include "account/appoint.h"
#include "web/own.h"

#define PATH "/account/appointments"

/* ---- the shape ---- */

static const char *const state_words[] = { "held", "coming", "over", NULL };
static const struct shape state_shape = { .kind = IS_WORD, .words = state_words };
static const struct shape_member appointment_members[] = {
    { "id", &shape_int, false, "Its number" },
    { "role", &own_role_shape, false, "To what" },
    { "scope", &own_scope_shape, false, "Within what" },
    { "state", &state_shape, false, "Whether it holds today, in UTC" },
    { "from", &shape_date, false, "The first day" },
    { "last", &shape_date, true, "The last day; null: none was set" },
    { "ended", &shape_date, true, "The day from which on it does not hold, if it was ended" },
    { "basis", &shape_text, true, "The decision that it rests on" },
    { "why", &shape_text, true, "Why it was ended" },
    { 0 },
};
static const struct shape appointment_shape = { .kind = IS_OBJECT,
                                                .name = "OwnAppointment",
                                                .members = appointment_members };
static const struct shape appointments_shape = { .kind = IS_LIST, .item = &appointment_shape };

static const struct shape_member members[] = {
    OWN_MEMBERS,
    { "some", &shape_bool, false, "Whether there ever was one" },
    { "appointments", &appointments_shape, false, "All there ever were, the latest first" },
    { "why", &shape_text, false, "The reason in the form, to be corrected" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape own_appointments_shape = { .kind = IS_OBJECT,
                                              .name = "OwnAppointments",
                                              .members = members };

const struct route_field own_appointments_fields[] = {
    { "do", "resign", true, false },
    { "id", "the number of the appointment", true, false },
    { "why", "why it is given back; may be empty", false, false },
    { 0 },
};

/* ---- the view ---- */

static const char *state_of(const struct appointment *appointment, day today)
{
    if (appointment_holds(appointment, today))
        return "held";
    return today < appointment->from &&
                   (appointment->ended == DAY_NONE || appointment->ended > appointment->from)
               ? "coming"
               : "over";
}

static struct value *appointment_value(const struct own *own, const struct appointment *appointment,
                                       day today)
{
    struct value *value = value_object(own->arena);

    value_set_int(own->arena, value, "id", appointment->id.n);
    value_set_text(own->arena, value, "role", str_from_c(appointed_role_word(appointment->role)));
    value_set(own->arena, value, "scope", own_scope_value(own, appointment->scope));
    value_set_text(own->arena, value, "state", str_from_c(state_of(appointment, today)));
    value_set(own->arena, value, "from", value_day(own->arena, appointment->from));
    own_set_day(own, value, "last", appointment->last);
    own_set_day(own, value, "ended", appointment->ended);
    own_set_text(own, value, "basis", appointment->basis);
    own_set_text(own, value, "why", appointment->why);
    return value;
}

struct result own_appointments_answer(struct call *call, struct value **ret)
{
    const struct act at = { .now = call_now(call) };
    struct appointment_list list = { 0 };
    struct value *appointments;
    struct value *view;
    struct own own;

    TRY(own_begin(call, &own));
    if (own.account.person.n)
        TRY(appointments_of_person(own.store, own.arena, own.account.person, &list));
    appointments = value_array(own.arena);
    for (size_t i = list.count; i > 0; i--)
        value_push(own.arena, appointments, appointment_value(&own, &list.at[i - 1], act_day(&at)));
    view = own_view(&own);
    value_set_bool(own.arena, view, "some", list.count > 0);
    value_set(own.arena, view, "appointments", appointments);
    value_set_text(own.arena, view, "why", call_is_faulty(call) ? own_text(call, "why") : STR(""));
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

/* ---- giving one back ---- */

/* One of somebody else is none that they can name here. One that has not begun never will. */
static struct result resign(struct store *store, void *context)
{
    struct own_change *c = context;
    struct appointment_id id = { own_number(c->call, "id") };
    struct appointment appointment;
    day today = act_day(&c->act);

    TRY(appointment_load(store, c->call->arena, id, &appointment));
    if (appointment.person.n != call_who(c->call)->person.n)
        return fail(&APPOINTMENT_UNKNOWN);
    return appoint_end(store, c->call->arena, &c->act, id,
                       today > appointment.from ? today : appointment.from,
                       own_text(c->call, "why"));
}

struct result own_appointments_change(struct call *call, struct value **ret)
{
    static const struct own_deed deeds[] = { { "resign", resign, NULL, "appointment-resigned" } };
    struct own_change change;
    bool done;

    TRY(own_change_begin(call, PERMISSION_APPOINTMENT_RESIGN, &change));
    TRY(own_change_do(&change, deeds, ARRAY_LEN(deeds), PATH, &done));
    return own_appointments_answer(call, ret);
}
