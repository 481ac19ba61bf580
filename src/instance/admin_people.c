#include "instance/admin_people.h"

#include "account/appoint.h"
#include "account/office.h"
#include "account/values.h"
#include "register/scheme_texts.h"

struct result admin_person(struct admin_call *call, struct person_id *ret)
{
    struct person_row row;
    struct person_id id = { 0 };
    struct result found;

    TRY(admin_int(call, "person", 1, INT64_MAX, &id.n));
    found = person_load(call->store, call->arena, id, &row);
    if (found.error == &PEOPLE_UNKNOWN)
        return admin_refuse(call, &PEOPLE_UNKNOWN, "nobody in the register has the number %lld",
                            (long long)id.n);
    TRY(found);
    *ret = id;
    return OK;
}

static struct result person_output(struct admin_call *call, struct person_id person,
                                   struct value **ret_output)
{
    struct person_row row;

    TRY(person_load(call->store, call->arena, person, &row));
    *ret_output = person_row_value(call->arena, &row);
    return OK;
}

/* {"name"} gives {"id", "name", "created"}. */
struct result admin_person_add(struct admin_call *call, struct value **ret_output)
{
    struct person_id person = { 0 };
    struct str name;

    TRY(admin_text(call, "name", &name));
    TRY(office_person_add(call->store, call->arena, &call->act, name, &person));
    return person_output(call, person, ret_output);
}

/* {"person", "name"} gives {"id", "name", "created"}. */
struct result admin_person_rename(struct admin_call *call, struct value **ret_output)
{
    struct person_id person = { 0 };
    struct str name;

    TRY(admin_person(call, &person));
    TRY(admin_text(call, "name", &name));
    TRY(office_person_rename(call->store, call->arena, &call->act, person, name));
    return person_output(call, person, ret_output);
}

/* ---- appointments ---- */

static struct result take_day(struct admin_call *call, const char *name, day if_missing, day *ret)
{
    struct str text;
    day d = if_missing;

    TRY(admin_text_if_given(call, name, &text));
    if (text.p && !day_parse(text, &d))
        return admin_refuse(call, &ERROR_INPUT, "'%s' has to be a date, YYYY-MM-DD, but is '%.*s'",
                            name, STR_ARG(text));
    *ret = d;
    return OK;
}

static struct str list_of_roles(struct arena *arena)
{
    struct str text = STR("");

    for (size_t i = 0; i < APPOINTED_ROLES; i++)
        text = str_format(arena, "%.*s%s%s", STR_ARG(text),
                          i == 0 ? "" : (i + 1 < APPOINTED_ROLES ? ", " : " and "),
                          appointed_role_word((enum appointed_role)i));
    return text;
}

/* "role", and "scope" as its kind needs it: "ethics" for "body:ethics" will do. */
static struct result take_role(struct admin_call *call, struct appointment_wish *wish)
{
    struct arena *arena = call->arena;
    const char *kind;
    struct str role;
    struct str scope;
    size_t at;

    TRY(admin_text(call, "role", &role));
    TRY(admin_text_if_given(call, "scope", &scope));
    if (!appointed_role_parse(role, &wish->role))
        return admin_refuse(call, &APPOINTMENT_ROLE, "there is no role '%.*s': it is one of %.*s",
                            STR_ARG(role), STR_ARG(list_of_roles(arena)));
    kind = scope_kind_word(appointed_role_scope(wish->role));
    if (appointed_role_scope(wish->role) == SCOPE_INSTALLATION && !scope.p)
        scope = str_from_c(kind);
    if (!scope.p)
        return admin_refuse(call, &APPOINTMENT_ROLE, "a%s %s is appointed within a%s %s: say which",
                            wish->role == APPOINTED_ORGANISATION_CONTACT ? "n" : "",
                            appointed_role_word(wish->role),
                            wish->role == APPOINTED_ORGANISATION_CONTACT ? "n" : "", kind);
    if (appointed_role_scope(wish->role) == SCOPE_INSTALLATION && !str_eq_c(scope, kind))
        return admin_refuse(call, &APPOINTMENT_ROLE,
                            "an %s is appointed within the whole installation: leave '%.*s' out",
                            appointed_role_word(wish->role), STR_ARG(scope));
    if (!str_find(scope, ':', &at) && !str_eq_c(scope, kind))
        scope = str_format(arena, "%s:%.*s", kind, STR_ARG(scope));
    if (!scope_parse(scope, &wish->scope) || wish->scope.kind != appointed_role_scope(wish->role))
        return admin_refuse(call, &APPOINTMENT_ROLE,
                            "'%.*s' is no %s, which the role %.*s is held within", STR_ARG(scope),
                            kind, STR_ARG(role));
    return OK;
}

/* The body has to stand in the scheme, where there is one. */
static struct result check_body(struct admin_call *call, const struct scope *scope)
{
    struct diags diags;
    struct scheme_side side;
    struct result read;

    if (scope->kind != SCOPE_BODY)
        return OK;
    diags_init(&diags, call->arena);
    read = scheme_side_at(call->store, call->arena, SCHEME_NOW, &diags, &side);
    if (read.error == &SCHEME_MISSING)
        return OK;
    TRY(read);
    if (!scheme_body(side.scheme, scope->id))
        return admin_refuse(call, &APPOINTMENT_ROLE, "the scheme has no body '%.*s'",
                            STR_ARG(scope->id));
    return OK;
}

static struct result appointment_output(struct admin_call *call, struct appointment_id id,
                                        struct value **ret_output)
{
    struct appointment appointment;

    TRY(appointment_load(call->store, call->arena, id, &appointment));
    return appointment_value(call->store, call->arena, &appointment, act_day(&call->act),
                             ret_output);
}

/* {"person", "role", "scope", "from", "last", "basis"}, the last four where they are given, gives
   the appointment. */
struct result admin_appointment_make(struct admin_call *call, struct value **ret_output)
{
    struct appointment_wish wish = { 0 };
    struct appointment_id id = { 0 };

    TRY(admin_person(call, &wish.person));
    TRY(take_role(call, &wish));
    TRY(check_body(call, &wish.scope));
    TRY(take_day(call, "from", act_day(&call->act), &wish.from));
    TRY(take_day(call, "last", DAY_LAST, &wish.last));
    TRY(admin_text_if_given(call, "basis", &wish.basis));
    TRY(appoint(call->store, call->arena, &call->act, &wish, &id));
    return appointment_output(call, id, ret_output);
}

/* {"appointment", "on", "why"}, the last two where they are given, gives the appointment. */
struct result admin_appointment_end(struct admin_call *call, struct value **ret_output)
{
    struct appointment_id id = { 0 };
    day on = act_day(&call->act);
    struct str why;

    TRY(admin_int(call, "appointment", 1, INT64_MAX, &id.n));
    TRY(take_day(call, "on", on, &on));
    TRY(admin_text_if_given(call, "why", &why));
    TRY(appoint_end(call->store, call->arena, &call->act, id, on, why));
    return appointment_output(call, id, ret_output);
}
