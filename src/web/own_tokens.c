/* Tokens of programs: those of a person, and those of an organisation that one speaks for. */
#include "account/api_token.h"
#include "web/own.h"

#define PATH "/account/tokens"
#define USUAL_DAYS 90 /* that the form offers */

/* ---- the shape ---- */

static const char *const state_words[] = { "works", "over", "revoked", NULL };
static const struct shape state_shape = { .kind = IS_WORD, .words = state_words };
static const struct shape_member token_members[] = {
    { "id", &shape_int, false, "Its number, to name it in a form" },
    { "name", &shape_text, false, "What it is for" },
    { "scopes", &shape_texts, false, "The names of the permissions that it has" },
    { "created", &shape_instant, false, "When it was made" },
    { "last", &shape_date, false, "The last day on which it works, in UTC" },
    { "used", &shape_instant, true, "When it was last used; null: never" },
    { "state", &state_shape, false, "Whether it works, is over by its date, or was revoked" },
    { "revoked", &shape_instant, true, "When it was revoked" },
    { 0 },
};
static const struct shape token_shape = { .kind = IS_OBJECT,
                                          .name = "OwnToken",
                                          .members = token_members };
static const struct shape tokens_shape = { .kind = IS_LIST, .item = &token_shape };

static const struct shape_member scope_members[] = {
    { "name", &shape_text, false, "The name of a permission that a token can have" },
    { "chosen", &shape_bool, false, "Whether it was chosen in the form" },
    { 0 },
};
static const struct shape scope_shape = { .kind = IS_OBJECT,
                                          .name = "TokenScope",
                                          .members = scope_members };
static const struct shape scopes_shape = { .kind = IS_LIST, .item = &scope_shape };

static const struct shape_member members[] = {
    OWN_MEMBERS,
    { "organisation", &shape_text, true, "Whose tokens they are; null: one's own" },
    { "speaks", &shape_bool, false, "Whether one speaks for organisations" },
    { "organisations", &shape_texts, false, "The organisations that one speaks for" },
    { "possible", &shape_bool, false, "Whether there is a person whose tokens they would be" },
    { "some", &shape_bool, false, "Whether there ever was a token" },
    { "tokens", &tokens_shape, false, "All that were ever made, the latest first" },
    { "scopes", &scopes_shape, false, "What a new one can be allowed" },
    { "name", &shape_text, false, "What a new one was to be called, to be corrected" },
    { "last", &shape_text, false, "Its last day, as the form has it" },
    { "longest", &shape_int, false, "How many days one can last at most" },
    { "token", &shape_text, true, "The new token itself, shown this one time" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape own_tokens_shape = { .kind = IS_OBJECT,
                                        .name = "OwnTokens",
                                        .members = members };

const struct route_field own_tokens_fields[] = {
    { "do", "make or revoke", true, false },
    { "name", "of make: what it is for", false, false },
    { "scope", "of make: the name of a permission; as often as needed", false, false },
    { "last", "of make: the last day on which it works, YYYY-MM-DD", false, false },
    { "id", "of revoke: the number of the token", false, false },
    { 0 },
};

/* ---- whose they are ---- */

/* The organisation of the path; empty for one's own. */
static struct str organisation_of(const struct call *call)
{
    bool theirs = call->route->permission == PERMISSION_ORGANISATION_TOKEN_MANAGE;

    return theirs ? call->parts[0] : STR("");
}

static struct about about_of(const struct call *call)
{
    struct about about = call_about_self(call);

    if (organisation_of(call).n > 0)
        about = (struct about){ .scope = { SCOPE_ORGANISATION, organisation_of(call) } };
    return about;
}

static enum permission permission_of(const struct call *call)
{
    return organisation_of(call).n > 0 ? PERMISSION_ORGANISATION_TOKEN_MANAGE
                                       : PERMISSION_TOKEN_MANAGE;
}

static struct str path_of(const struct call *call)
{
    struct str organisation = organisation_of(call);

    if (organisation.n == 0)
        return STR(PATH);
    return str_format(call->arena, "/account/organisations/%.*s/tokens", STR_ARG(organisation));
}

/* ---- the view ---- */

/* Of what tokens can have, that which their owner could do. */
static bool is_offered(const struct call *call, enum permission permission)
{
    if (!role_has(ROLE_TOKEN, permission) || permission_row(permission)->sensitive)
        return false;
    if (organisation_of(call).n > 0)
        return role_has(ROLE_PUBLIC, permission) || role_has(ROLE_ORGANISATION_CONTACT, permission);
    return permitted_somewhere(call_who(call), permission);
}

static bool is_chosen(const struct call *call, const char *scope)
{
    const struct form *form = call_form(call);

    for (size_t i = 0; i < form->count; i++) {
        if (str_eq_c(form->at[i].name, "scope") && str_eq_c(form->at[i].value, scope))
            return true;
    }
    return false;
}

static struct value *scopes_value(const struct own *own, bool typed)
{
    struct value *list = value_array(own->arena);

    for (size_t i = PERMISSION_NONE + 1; i < PERMISSIONS; i++) {
        const char *name = permission_row((enum permission)i)->name;
        struct value *scope;

        if (!is_offered(own->call, (enum permission)i))
            continue;
        scope = value_object(own->arena);
        value_set_text(own->arena, scope, "name", str_from_c(name));
        value_set_bool(own->arena, scope, "chosen", typed && is_chosen(own->call, name));
        value_push(own->arena, list, scope);
    }
    return list;
}

static const char *state_of(const struct api_token *token, day today)
{
    if (token->revoked)
        return "revoked";
    return token->last < today ? "over" : "works";
}

static struct value *token_value(const struct own *own, const struct api_token *token, day today)
{
    struct value *value = value_object(own->arena);
    struct value *scopes = value_array(own->arena);

    for (size_t i = 0; i < token->scope_count; i++)
        value_push(own->arena, scopes,
                   value_text(own->arena, str_from_c(permission_row(token->scopes[i])->name)));
    value_set_int(own->arena, value, "id", token->id);
    value_set_text(own->arena, value, "name", token->name);
    value_set(own->arena, value, "scopes", scopes);
    own_set_instant(own, value, "created", token->created);
    value_set(own->arena, value, "last", value_day(own->arena, token->last));
    own_set_instant(own, value, "used", token->used);
    value_set_text(own->arena, value, "state", str_from_c(state_of(token, today)));
    own_set_instant(own, value, "revoked", token->revoked);
    return value;
}

static struct result set_tokens(const struct own *own, struct value *view, day today)
{
    struct str organisation = organisation_of(own->call);
    struct value *list = value_array(own->arena);
    struct api_token_list tokens = { 0 };

    if (organisation.n > 0)
        TRY(api_tokens_of_organisation(own->store, own->arena, organisation, &tokens));
    else if (own->account.person.n)
        TRY(api_tokens_of_person(own->store, own->arena, own->account.person, &tokens));
    for (size_t i = tokens.count; i > 0; i--)
        value_push(own->arena, list, token_value(own, &tokens.at[i - 1], today));
    value_set_bool(own->arena, view, "some", tokens.count > 0);
    value_set(own->arena, view, "tokens", list);
    return OK;
}

static struct value *organisations_value(const struct own *own)
{
    const struct appointment_list *roles = &call_who(own->call)->roles;
    struct value *list = value_array(own->arena);

    for (size_t i = 0; i < roles->count; i++) {
        if (roles->at[i].role == APPOINTED_ORGANISATION_CONTACT)
            value_push(own->arena, list, value_text(own->arena, roles->at[i].scope.id));
    }
    return list;
}

static struct result answer(struct call *call, struct str token, struct value **ret)
{
    const struct act at = { .now = call_now(call) };
    bool typed = call_is_faulty(call) && own_does(call, "make");
    char last[DAY_TEXT_SIZE];
    struct value *organisations;
    struct value *view;
    struct own own;

    TRY(own_begin(call, &own));
    view = own_view(&own);
    own_set_text(&own, view, "organisation", organisation_of(call));
    organisations = organisations_value(&own);
    value_set_bool(own.arena, view, "speaks", organisations->count > 0);
    value_set(own.arena, view, "organisations", organisations);
    value_set_bool(own.arena, view, "possible",
                   organisation_of(call).n > 0 || own.account.person.n > 0);
    TRY(set_tokens(&own, view, act_day(&at)));
    value_set(own.arena, view, "scopes", scopes_value(&own, typed));
    value_set_text(own.arena, view, "name", typed ? own_text(call, "name") : STR(""));
    value_set_text(
        own.arena, view, "last",
        typed ? own_text(call, "last")
              : str_copy(own.arena, str_from_c(day_text(act_day(&at) + USUAL_DAYS, last))));
    value_set_int(own.arena, view, "longest", API_TOKEN_LONGEST);
    own_set_text(&own, view, "token", token);
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

struct result own_tokens_answer(struct call *call, struct value **ret)
{
    const struct about about = about_of(call);
    struct act unused;

    if (organisation_of(call).n > 0)
        TRY(call_permit(call, permission_of(call), &about, &unused));
    return answer(call, STR_NONE, ret);
}

/* ---- changing ---- */

/* The permissions that the form names. */
static struct result read_scopes(const struct call *call, struct api_token_wish *wish)
{
    const struct form *form = call_form(call);
    enum permission *scopes = ARENA_ARRAY(call->arena, form->count + 1, enum permission);

    for (size_t i = 0; i < form->count; i++) {
        if (!str_eq_c(form->at[i].name, "scope"))
            continue;
        if (!permission_parse(form->at[i].value, &scopes[wish->scope_count++]))
            return fail(&ACCOUNT_TOKEN_SCOPE);
    }
    wish->scopes = scopes;
    return OK;
}

/* Faults of the form are told all at once, before the operation finds the first. */
static void read_wish(struct call *call, const struct act *act, struct api_token_wish *wish)
{
    wish->person = call_who(call)->person;
    wish->organisation = organisation_of(call);
    wish->name = own_text(call, "name");
    if (wish->name.n == 0)
        call_fault(call, "name", &ACCOUNT_NAME);
    if (!day_parse(own_text(call, "last"), &wish->last) || wish->last < act_day(act) ||
        wish->last > act_day(act) + API_TOKEN_LONGEST)
        call_fault(call, "last", &ACCOUNT_TOKEN_TERM);
    if (failed(read_scopes(call, wish)) || wish->scope_count == 0)
        call_fault(call, "scope", &ACCOUNT_TOKEN_SCOPE);
}

static struct result make(struct store *store, void *context)
{
    struct own_change *c = context;
    int64_t id;

    return api_token_make(store, c->call->arena, &c->act, c->wish, &id, &c->text);
}

static struct result revoke(struct store *store, void *context)
{
    struct own_change *c = context;

    return api_token_revoke(store, c->call->arena, &c->act, own_number(c->call, "id"));
}

struct result own_tokens_change(struct call *call, struct value **ret)
{
    static const struct own_deed deeds[] = {
        { "make", make, "name", NULL },
        { "revoke", revoke, NULL, "token-revoked" },
    };
    const struct about about = about_of(call);
    struct api_token_wish wish = { .scope_count = 0 };
    struct own_change change = { .call = call, .wish = &wish };
    bool done;

    TRY(call_permit(call, permission_of(call), &about, &change.act));
    if (own_does(call, "make"))
        read_wish(call, &change.act, &wish);
    TRY(own_change_do(&change, deeds, ARRAY_LEN(deeds), str_to_c(call->arena, path_of(call)),
                      &done));
    return answer(call, change.text, ret);
}
