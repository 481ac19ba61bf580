/* Who holds what, on a day, in all or within something (office.h). */
#include "http/error.h"
#include "web/office.h"
#include "web/office_parts.h"
#include "web/site.h"

static const struct error NO_DAY = { "no-day", 422, EXIT_INPUT, "a date is written 2026-11-24" };
static const struct error NO_SCOPE = {
    "no-scope", 422, EXIT_INPUT,
    "this is one of installation, body:WORD, organisation:N and programme:N"
};

static const struct shape_member members[] = {
    { "appointments", &office_appointments_shape, false, "By number" },
    { "on", &shape_date, true, "The day on which they hold; null: all that ever were" },
    { "scope", &shape_text, true, "Within what; null: within anything" },
    { "within", &office_within_shape, true, "The same in its parts" },
    { "after", &shape_int, true, "The number after which to go on; null: these were the last" },
    { "may_see_people", &shape_bool, false, "Whether whoever asks may see the pages of people" },
    { "may_appoint", &office_groups_shape, false, "What they may appoint to within it" },
    { 0 },
};
const struct shape office_appointments_page_shape = { .kind = IS_OBJECT,
                                                      .name = "OfficeAppointments",
                                                      .members = members };
const struct route_field office_appointments_fields[] = {
    { "on", "a day; all: all that ever were; today if not given", false, false },
    { "scope", "installation, body:WORD, organisation:N or programme:N", false, false },
    { "after", "the number of the appointment after which to go on", false, false },
    { 0 },
};
const struct route_field office_body_fields[] = {
    { "on", "a day; all: all that ever were; today if not given", false, false },
    { 0 },
};

static struct result take_day(const struct call *call, day today, day *ret)
{
    struct str text = form_get(&call->query, STR("on"));

    *ret = today;
    if (text.n == 0)
        return OK;
    if (str_eq_c(text, "all")) {
        *ret = DAY_NONE;
        return OK;
    }
    return day_parse(text, ret) ? OK : fail(&NO_DAY);
}

/* The roles within a scope that whoever asks may appoint to. */
static struct value *may_appoint(const struct office *office, struct scope scope)
{
    static const struct {
        enum scope_kind kind;
        enum permission permission;
        const char *word;
    } rows[] = {
        { SCOPE_INSTALLATION, PERMISSION_APPOINT_OFFICE, "office" },
        { SCOPE_BODY, PERMISSION_APPOINT_CHAIR, "chair" },
        { SCOPE_BODY, PERMISSION_APPOINT_MEMBER, "member" },
        { SCOPE_ORGANISATION, PERMISSION_APPOINT_ORGANISATION_CONTACT, "organisation-contact" },
        { SCOPE_PROGRAMME, PERMISSION_APPOINT_PROGRAMME_CONTACT, "programme-contact" },
    };
    const struct about about = { .scope = scope };
    struct value *words = value_array(office->arena);

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].kind == scope.kind && office_may(office->call, rows[i].permission, &about))
            office_push_group(office->arena, words, rows[i].word);
    return words;
}

static void set_scope(const struct office *office, const struct scope *scope, struct value *view)
{
    struct arena *arena = office->arena;

    value_set(arena, view, "scope",
              scope ? value_text(arena, scope_text(arena, *scope)) : value_null(arena));
    value_set(arena, view, "within",
              scope ? office_within_value(office, *scope) : value_null(arena));
    office_set_sees(office, view);
    value_set(arena, view, "may_appoint", scope ? may_appoint(office, *scope) : value_array(arena));
}

/* Within a scope, or NULL: in all, page by page. */
static struct result answer_within(struct call *call, const struct scope *scope,
                                   struct value **ret_view)
{
    const struct about about = { .scope = scope ? *scope : SCOPE_ALL };
    struct value *view = value_object(call->arena);
    struct appointment_list list;
    struct office office;
    struct value *values;
    bool more = false;
    day on;

    TRY(office_begin(call, PERMISSION_APPOINTMENTS_SEE, &about, &office));
    TRY(take_day(call, office.today, &on));
    if (scope)
        TRY(appointments_within(office.store, office.arena, *scope, on, &list));
    else
        TRY(appointments_all(office.store, office.arena, on,
                             (struct appointment_id){ office_query(call, "after") },
                             OFFICE_PAGE + 1, &list));
    more = !scope && list.count > OFFICE_PAGE;
    if (more)
        list.count = OFFICE_PAGE;
    TRY(office_appointments_value(&office, &list, &values));
    value_set(call->arena, view, "appointments", values);
    value_set(call->arena, view, "on",
              on == DAY_NONE ? value_null(call->arena) : value_day(call->arena, on));
    value_set(call->arena, view, "after",
              more ? value_int(call->arena, list.at[list.count - 1].id.n)
                   : value_null(call->arena));
    set_scope(&office, scope, view);
    *ret_view = view;
    return OK;
}

struct result office_appointments_answer(struct call *call, struct value **ret_view)
{
    struct str text = form_get(&call->query, STR("scope"));
    struct scope scope;

    if (text.n == 0)
        return answer_within(call, NULL, ret_view);
    if (!scope_parse(text, &scope))
        return fail(&NO_SCOPE);
    return answer_within(call, &scope, ret_view);
}

struct result office_body_appointments_answer(struct call *call, struct value **ret_view)
{
    const struct scope scope = { SCOPE_BODY, call->parts[0] };

    if (!scheme_body(call_scheme(call), call->parts[0]))
        return fail(&HTTP_NOT_FOUND);
    return answer_within(call, &scope, ret_view);
}
