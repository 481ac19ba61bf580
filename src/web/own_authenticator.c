/* The second step after a password or a link: codes of an authenticator. */
#include "account/second_step.h"
#include "account/totp.h"
#include "web/own.h"
#include "web/qr.h"
#include "web/site.h"

#define PATH "/account/authenticator"

/* ---- the shape ---- */

static const struct shape_member begun_members[] = {
    { "secret", &shape_text, false, "The secret in groups of four, to be typed" },
    { "link", &shape_text, false, "The same as an address that authenticators open" },
    { "picture", &qr_shape, true, "That address as a QR code; null where it is too long for one" },
    { 0 },
};
static const struct shape begun_shape = { .kind = IS_OBJECT,
                                          .name = "AuthenticatorBegun",
                                          .members = begun_members };

static const struct shape_member members[] = {
    OWN_MEMBERS,
    { "authenticator", &shape_bool, false, "Whether codes are asked for when signing in" },
    { "begun", &begun_shape, true, "What an app is told; null unless setting up has begun" },
    { "shown", &shape_bool, false, "Whether there are new recovery codes to be shown" },
    { "codes", &shape_texts, true, "New recovery codes, shown this one time" },
    { "last_way", &shape_bool, false,
      "Whether the recovery codes go with it, as there is no passkey" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape own_authenticator_shape = { .kind = IS_OBJECT,
                                               .name = "OwnAuthenticator",
                                               .members = members };

const struct route_field own_authenticator_fields[] = {
    { "do", "begin, confirm or remove", true, false },
    { "code", "of confirm: the six digits that the app shows", false, false },
    { 0 },
};

/* ---- the view ---- */

/* A secret is for whoever has shown who they are. */
static struct result set_begun(const struct own *own, struct value *view)
{
    struct value *value = value_null(own->arena);
    struct str secret;
    struct str uri;

    TRY(totp_begun(own->store, own->arena, own->account.id, &secret));
    if (secret.p && value_get(view, "fresh")->boolean) {
        uri = totp_uri(own->arena, secret, call_scheme(own->call)->title, own->account.primary);
        value = value_object(own->arena);
        value_set_text(own->arena, value, "secret", totp_secret_text(own->arena, secret));
        value_set_text(own->arena, value, "link", uri);
        value_set(own->arena, value, "picture", qr_value(own->arena, uri));
    }
    value_set(own->arena, view, "begun", value);
    return OK;
}

static struct result answer(struct call *call, struct str_list codes, struct value **ret)
{
    struct value *view;
    struct own own;

    TRY(own_begin(call, &own));
    view = own_view(&own);
    value_set_bool(own.arena, view, "authenticator", own.account.has_totp);
    TRY(set_begun(&own, view));
    value_set_bool(own.arena, view, "shown", codes.count > 0);
    own_set_texts(&own, view, "codes", codes);
    value_set_bool(own.arena, view, "last_way", own.account.passkeys == 0);
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

struct result own_authenticator_answer(struct call *call, struct value **ret)
{
    return answer(call, (struct str_list){ 0 }, ret);
}

/* ---- changing ---- */

static struct result begin(struct store *store, void *context)
{
    struct own_change *c = context;

    return totp_begin(store, c->call->arena, &c->act, c->account, &c->text);
}

static struct result confirm(struct store *store, void *context)
{
    struct own_change *c = context;

    return totp_confirm(store, c->call->arena, &c->act, c->account, own_text(c->call, "code"),
                        &c->refusal, &c->codes);
}

static struct result remove_it(struct store *store, void *context)
{
    struct own_change *c = context;

    return totp_remove(store, c->call->arena, &c->act, c->account);
}

struct result own_authenticator_change(struct call *call, struct value **ret)
{
    static const struct own_deed deeds[] = {
        { "begin", begin, NULL, "authenticator-begun" },
        { "confirm", confirm, "code", NULL },
        { "remove", remove_it, NULL, "authenticator-removed" },
    };
    struct own_change change;
    bool done;

    TRY(own_change_begin(call, PERMISSION_ACCOUNT_SECURE, &change));
    TRY(own_change_do(&change, deeds, ARRAY_LEN(deeds), PATH, &done));
    return answer(call, change.codes, ret);
}
