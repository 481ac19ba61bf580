/* Appointing somebody, and ending an appointment (office.h). Each row names the permission that its
   roles take; within what, the form says. */
#include "account/appoint.h"
#include "base/attr.h"
#include "http/error.h"
#include "web/office.h"
#include "web/office_parts.h"
#include "web/site.h"

/* The same for a number that nobody has and a name that is not theirs: neither is told apart. */
static const struct error NOBODY = { "nobody", 422, EXIT_INPUT,
                                     "nobody in the register has this number and name" };
static const struct error NO_ROLE = { "no-role", 422, EXIT_INPUT, "choose a role" };
static const struct error NO_SCOPE = { "no-scope", 422, EXIT_INPUT,
                                       "say within what: choose from the list, or give a number" };
static const struct error NO_DAY = { "no-day", 422, EXIT_INPUT, "a date is written 2026-11-24" };
static const struct error PAST = { "past", 422, EXIT_INPUT,
                                   "an end lies today or later: what was done was done" };

/* ---- the page ---- */

static const char *const group_words[] = {
    "office", "chair", "member", "organisation-contact", "programme-contact", NULL
};
static const struct shape group_shape = { .kind = IS_WORD, .words = group_words };

static const struct shape_member choice_members[] = {
    { "id", &shape_text, false, "The word of the body" },
    { "title", &shape_text, false, "Its title" },
    { "chosen", &shape_bool, false, "Whether it is chosen" },
    { 0 },
};
static const struct shape choice_shape = { .kind = IS_OBJECT,
                                           .name = "BodyChoice",
                                           .members = choice_members };
static const struct shape choices_shape = { .kind = IS_LIST, .item = &choice_shape };

static const struct shape_member members[] = {
    { "group", &group_shape, false, "What is appointed to" },
    { "known", &office_person_shape, true, "Who is appointed, where whoever asks may see them" },
    { "needs_name", &shape_bool, false, "Whether the name is asked for beside the number" },
    { "person", &shape_text, false, "The number as it was typed" },
    { "name", &shape_text, false, "The name as it was typed" },
    { "role", &shape_text, false, "Of the office: the role that was chosen" },
    { "officer", &shape_bool, false, "Whether that is officer" },
    { "administrator", &shape_bool, false, "Whether that is administrator" },
    { "bodies", &choices_shape, false, "The bodies within which whoever asks may appoint" },
    { "scope", &shape_text, false, "The body that was chosen, or the number that was typed" },
    { "from", &shape_text, false, "The first day, as it was typed; today at first" },
    { "last", &shape_text, false, "The last day as it was typed; empty: none" },
    { "basis", &shape_text, false, "The decision that it rests on" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape office_appoint_shape = { .kind = IS_OBJECT,
                                            .name = "Appoint",
                                            .members = members };
const struct route_field office_appoint_query[] = {
    { "person", "the number of the person", false, false },
    { "scope", "the word of the body, or a number", false, false },
    { 0 },
};
const struct route_field office_appoint_fields[] = {
    { "person", "the number of the person", true, false },
    { "name", "their name, for those who may not see people", false, false },
    { "role", "administrator or officer, where both are possible", false, false },
    { "scope", "the word of the body, or the number of what it is within", false, false },
    { "from", "the first day; today if not given", false, false },
    { "last", "the last day; none if not given", false, false },
    { "basis", "the decision that it rests on", false, false },
    { 0 },
};

static enum permission permission_of(const struct call *call)
{
    return (enum permission)call->route->permission;
}

/* The role of a row; that of the office stands for both of its roles. */
static enum appointed_role role_of(enum permission permission)
{
    enum appointed_role role = APPOINTED_OFFICER;

    for (size_t i = 0; i < APPOINTED_ROLES; i++)
        if (permission_to_appoint((enum appointed_role)i) == permission)
            role = (enum appointed_role)i;
    return role;
}

/* What was typed; on the page that is opened first, what its address says. */
static struct str typed(const struct call *call, const char *name)
{
    struct str text = call->route->method == POST ? call_field(call, name)
                                                  : form_get(&call->query, str_from_c(name));

    return text.p ? str_trim(text) : STR("");
}

static struct value *bodies_value(const struct call *call, enum permission permission)
{
    const struct scheme *scheme = call_scheme(call);
    struct value *values = value_array(call->arena);
    struct str chosen = typed(call, "scope");

    for (size_t i = 0; i < scheme->bodies.count; i++) {
        const struct scheme_body *body = &scheme->bodies.at[i];
        const struct about about = { .scope = { SCOPE_BODY, body->id.text } };
        struct value *value;

        if (body->state == BODY_DISSOLVED || !office_may(call, permission, &about))
            continue;
        value = value_object(call->arena);
        value_set_text(call->arena, value, "id", body->id.text);
        value_set_text(call->arena, value, "title", body->title);
        value_set_bool(call->arena, value, "chosen", str_eq(chosen, body->id.text));
        value_push(call->arena, values, value);
    }
    return values;
}

static struct result set_known(struct call *call, struct value *view)
{
    struct value *known = value_null(call->arena);
    struct person_id id;
    struct store *store;
    struct result found;

    if (office_may(call, PERMISSION_PERSON_SEE, &ABOUT_NOTHING) &&
        str_to_int(typed(call, "person"), 1, INT64_MAX, &id.n)) {
        TRY(call_store(call, &store));
        found = person_value(store, call->arena, id, &known);
        if (failed(found) && found.error != &PEOPLE_UNKNOWN)
            return found;
    }
    value_set(call->arena, view, "known", known);
    return OK;
}

struct result office_appoint_answer(struct call *call, struct value **ret_view)
{
    const enum permission permission = permission_of(call);
    enum appointed_role role = role_of(permission);
    struct value *view = value_object(call->arena);
    struct str from = typed(call, "from");
    const struct act now = { .now = call_now(call) };

    value_set_text(call->arena, view, "group", str_from_c(office_appoint_word(role)));
    TRY(set_known(call, view));
    value_set_bool(call->arena, view, "needs_name",
                   !office_may(call, PERMISSION_PERSON_SEE, &ABOUT_NOTHING));
    value_set_text(call->arena, view, "person", typed(call, "person"));
    value_set_text(call->arena, view, "name", typed(call, "name"));
    value_set_text(call->arena, view, "role", typed(call, "role"));
    value_set_bool(call->arena, view, "officer", str_eq_c(typed(call, "role"), "officer"));
    value_set_bool(call->arena, view, "administrator",
                   str_eq_c(typed(call, "role"), "administrator"));
    value_set(call->arena, view, "bodies",
              appointed_role_scope(role) == SCOPE_BODY ? bodies_value(call, permission)
                                                       : value_array(call->arena));
    value_set_text(call->arena, view, "scope", typed(call, "scope"));
    value_set(call->arena, view, "from",
              from.n > 0 || call->route->method == POST ? value_text(call->arena, from)
                                                        : value_day(call->arena, act_day(&now)));
    value_set_text(call->arena, view, "last", typed(call, "last"));
    value_set_text(call->arena, view, "basis", typed(call, "basis"));
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}

/* ---- what was sent ---- */

struct appointing {
    struct call *call;
    struct act act;
    struct appointment_wish wish;
    struct appointment_id id;
    day on;
    struct str why;
};

static void take_role(struct appointing *a)
{
    a->wish.role = role_of(permission_of(a->call));
    if (appointed_role_scope(a->wish.role) != SCOPE_INSTALLATION)
        return;
    if (!appointed_role_parse(typed(a->call, "role"), &a->wish.role) ||
        permission_to_appoint(a->wish.role) != permission_of(a->call))
        call_fault(a->call, "role", &NO_ROLE);
}

static void take_scope(struct appointing *a)
{
    struct scope scope = { appointed_role_scope(a->wish.role), typed(a->call, "scope") };
    struct scope parsed;

    if (scope.kind == SCOPE_INSTALLATION)
        scope.id = STR("");
    if (!scope_parse(scope_text(a->call->arena, scope), &parsed) ||
        (scope.kind == SCOPE_BODY && !scheme_body(call_scheme(a->call), scope.id)))
        call_fault(a->call, "scope", &NO_SCOPE);
    a->wish.scope = scope;
}

static void take_day(struct appointing *a, const char *field, day if_empty, day *ret)
{
    struct str text = typed(a->call, field);

    *ret = if_empty;
    if (text.n > 0 && !day_parse(text, ret))
        call_fault(a->call, field, &NO_DAY);
}

/* Those who may not see people name them by number and name, so that nobody learns of others by
   trying numbers. */
static struct result take_person(struct appointing *a)
{
    struct call *call = a->call;
    struct person_row row;
    struct store *store;
    struct result found;

    if (!str_to_int(typed(call, "person"), 1, INT64_MAX, &a->wish.person.n)) {
        call_fault(call, "person", &NOBODY);
        return OK;
    }
    TRY(call_store(call, &store));
    found = person_load(store, call->arena, a->wish.person, &row);
    if (failed(found) && found.error != &PEOPLE_UNKNOWN)
        return found;
    if (failed(found) || (!office_may(call, PERMISSION_PERSON_SEE, &ABOUT_NOTHING) &&
                          !names_alike(call->arena, row.name, typed(call, "name"))))
        call_fault(call, "person", &NOBODY);
    return OK;
}

static struct result make(struct store *store, void *context)
{
    struct appointing *a = context;

    return appoint(store, a->call->arena, &a->act, &a->wish, &a->id);
}

/* Back to the person, for those who may see them; otherwise to what they were appointed within. */
static struct str page_after(const struct call *call, struct person_id person, struct scope scope)
{
    if (office_may(call, PERMISSION_PERSON_SEE, &ABOUT_NOTHING))
        return str_format(call->arena, "/office/people/%lld", (long long)person.n);
    if (scope.kind == SCOPE_BODY)
        return str_format(call->arena, "/bodies/%.*s/appointments", STR_ARG(scope.id));
    return str_format(call->arena, "/office/appointments?scope=%.*s",
                      STR_ARG(scope_text(call->arena, scope)));
}

struct result office_appoint_post(struct call *call, struct value **ret_view)
{
    struct appointing a = { .call = call };
    const struct act now = { .now = call_now(call) };
    struct about about = { .scope = SCOPE_ALL };
    struct result permit;
    bool told;

    take_role(&a);
    take_scope(&a);
    take_day(&a, "from", act_day(&now), &a.wish.from);
    take_day(&a, "last", DAY_LAST, &a.wish.last);
    a.wish.basis = typed(call, "basis");
    about.scope = a.wish.scope;
    permit = call_permit(call, permission_of(call), &about, &a.act);
    /* Who did not say within what is asked for it, rather than turned away. */
    if (failed(permit) && (!call_is_faulty(call) || typed(call, "scope").n > 0))
        return permit;
    TRY(take_person(&a));
    if (!call_is_faulty(call)) {
        TRY(call_told(call, NULL, call_perform(call, make, &a), &told));
        if (!told)
            call_see_other(call, page_after(call, a.wish.person, a.wish.scope), "appointed");
    }
    return office_appoint_answer(call, ret_view);
}

/* ---- ending ---- */

static const struct shape_member end_members[] = {
    { "group", &group_shape, false, "What it is an appointment to" },
    { "appointment", &office_appointments_shape, false, "The one appointment" },
    { "may_see_people", &shape_bool, false, "Whether whoever asks may see the pages of people" },
    { "on", &shape_text, false, "The day from which on it does not hold, as it was typed" },
    { "why", &shape_text, false, "The reason as it was typed" },
    { "back", &shape_text, false, "The page to go back to" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape office_appoint_end_shape = { .kind = IS_OBJECT,
                                                .name = "AppointmentEnd",
                                                .members = end_members };
const struct route_field office_appoint_end_fields[] = {
    { "on", "the day from which on it does not hold; today if not given", false, false },
    { "why", "the reason", false, false },
    { 0 },
};

/* The appointment, for those who may end it. Nobody else is told whether it is there. */
static struct result find(struct call *call, struct appointment *ret, struct office *ret_office)
{
    struct about about = { .scope = SCOPE_ALL };
    struct appointment appointment;
    struct office office = { .call = call, .arena = call->arena };
    struct appointment_id id;

    TRY(office_part(call, 0, &id.n));
    TRY(call_store(call, &office.store));
    TRY(appointment_load(office.store, call->arena, id, &appointment));
    about.scope = appointment.scope;
    if (permission_to_appoint(appointment.role) != permission_of(call) ||
        failed(call_permit(call, permission_of(call), &about, &office.act)))
        return fail(&APPOINTMENT_UNKNOWN);
    office.today = act_day(&office.act);
    *ret = appointment;
    *ret_office = office;
    return OK;
}

struct result office_appoint_end_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);
    struct str on = typed(call, "on");
    struct appointment appointment;
    struct office office;
    struct value *values;

    TRY(find(call, &appointment, &office));
    TRY(office_appointments_value(&office, &(struct appointment_list){ &appointment, 1 }, &values));
    value_set_text(call->arena, view, "group", str_from_c(office_appoint_word(appointment.role)));
    value_set(call->arena, view, "appointment", values);
    office_set_sees(&office, view);
    value_set(call->arena, view, "on",
              on.n > 0 || call->route->method == POST ? value_text(call->arena, on)
                                                      : value_day(call->arena, office.today));
    value_set_text(call->arena, view, "why", typed(call, "why"));
    value_set_text(call->arena, view, "back",
                   page_after(call, appointment.person, appointment.scope));
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}

static struct result end(struct store *store, void *context)
{
    struct appointing *a = context;

    return appoint_end(store, a->call->arena, &a->act, a->id, a->on, a->why);
}

struct result office_appoint_end_post(struct call *call, struct value **ret_view)
{
    struct appointing a = { .call = call, .why = typed(call, "why") };
    struct appointment appointment;
    struct office office;
    bool told;

    TRY(find(call, &appointment, &office));
    a.act = office.act;
    a.id = appointment.id;
    take_day(&a, "on", office.today, &a.on);
    if (!call_is_faulty(call) && a.on < office.today)
        call_fault(call, "on", &PAST);
    if (!call_is_faulty(call)) {
        TRY(call_told(call, NULL, call_perform(call, end, &a), &told));
        if (!told)
            call_see_other(call, page_after(call, appointment.person, appointment.scope),
                           "appointment-ended");
    }
    return office_appoint_end_answer(call, ret_view);
}
