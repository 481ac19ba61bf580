#include "web/own.h"

#include "web/site.h"

const struct error OWN_DO = { "unknown-act", 422, EXIT_INPUT,
                              "this page does not know what is to be done; open it anew" };

struct result own_begin(struct call *call, struct own *ret)
{
    struct own own = { .call = call, .arena = call->arena };

    TRY(call_store(call, &own.store));
    TRY(account_load(own.store, call->arena, call_who(call)->account, &own.account));
    *ret = own;
    return OK;
}

struct value *own_view(const struct own *own)
{
    const struct session *session = call_session(own->call);
    struct value *view = value_object(own->arena);

    value_set_bool(own->arena, view, "fresh",
                   session && session_is_fresh(session, call_now(own->call)));
    return view;
}

bool own_does(const struct call *call, const char *what)
{
    return str_eq_c(call_field(call, "do"), what);
}

struct result own_change_begin(struct call *call, enum permission permission,
                               struct own_change *ret)
{
    const struct about about = call_about_self(call);
    struct own_change change = { .call = call, .account = call_who(call)->account };

    TRY(call_permit(call, permission, &about, &change.act));
    *ret = change;
    return OK;
}

struct result own_change_do(struct own_change *change, const struct own_deed *deeds, size_t count,
                            const char *path, bool *ret_done)
{
    struct call *call = change->call;
    const struct own_deed *deed = NULL;
    bool told;

    for (size_t i = 0; i < count; i++) {
        if (own_does(call, deeds[i].what))
            deed = &deeds[i];
    }
    *ret_done = false;
    if (!deed) {
        call_fault(call, NULL, &OWN_DO);
        return OK;
    }
    if (call_is_faulty(call))
        return OK;
    TRY(call_told(call, deed->field, call_perform(call, deed->run, change), &told));
    if (told || call_refuse(call, deed->field, &change->refusal))
        return OK;
    if (deed->notice)
        call_see_other(call, str_from_c(path), deed->notice);
    *ret_done = true;
    return OK;
}

struct str own_text(const struct call *call, const char *name)
{
    struct str text = str_trim(call_field(call, name));

    return text.p ? text : STR("");
}

int64_t own_number(const struct call *call, const char *name)
{
    int64_t number;

    return str_to_int(call_field(call, name), 1, INT64_MAX, &number) ? number : 0;
}

/* ---- values ---- */

void own_set_instant(const struct own *own, struct value *object, const char *key, int64_t instant)
{
    value_set(own->arena, object, key,
              instant ? value_instant(own->arena, instant) : value_null(own->arena));
}

void own_set_text(const struct own *own, struct value *object, const char *key, struct str text)
{
    value_set(own->arena, object, key,
              text.n > 0 ? value_text(own->arena, text) : value_null(own->arena));
}

void own_set_texts(const struct own *own, struct value *object, const char *key,
                   struct str_list texts)
{
    struct value *list = value_array(own->arena);

    for (size_t i = 0; i < texts.count; i++)
        value_push(own->arena, list, value_text(own->arena, texts.at[i]));
    value_set(own->arena, object, key, texts.count > 0 ? list : value_null(own->arena));
}

void own_set_day(const struct own *own, struct value *object, const char *key, day on)
{
    bool is = on != DAY_NONE && on != DAY_LAST;

    value_set(own->arena, object, key, is ? value_day(own->arena, on) : value_null(own->arena));
}

/* ---- roles and what they are held within ---- */

static const char *const scope_words[] = { "installation", "body", "organisation", "programme",
                                           NULL };
static const struct shape scope_kind_shape = { .kind = IS_WORD, .words = scope_words };
static const struct shape_member scope_members[] = {
    { "kind", &scope_kind_shape, false, "What kind of thing it is" },
    { "id", &shape_text, true, "The word of a body, or a number; null for the installation" },
    { "title", &shape_text, true, "The title of a body of the scheme" },
    { 0 },
};
const struct shape own_scope_shape = { .kind = IS_OBJECT,
                                       .name = "RoleScope",
                                       .members = scope_members };

static const char *const role_words[] = {
    "administrator", "officer", "chair", "member", "organisation-contact", "programme-contact", NULL
};
const struct shape own_role_shape = { .kind = IS_WORD, .words = role_words };

struct value *own_scope_value(const struct own *own, struct scope scope)
{
    const struct scheme_body *body = NULL;
    struct value *value = value_object(own->arena);

    if (scope.kind == SCOPE_BODY)
        body = scheme_body(call_scheme(own->call), scope.id);
    value_set_text(own->arena, value, "kind", str_from_c(scope_kind_word(scope.kind)));
    own_set_text(own, value, "id", scope.id);
    own_set_text(own, value, "title", body ? body->title : STR_NONE);
    return value;
}
