/* The passkeys of an account: listed, named, added and removed. */
#include "account/passkey.h"
#include "account/passkey_error.h"
#include "hash/encode.h"
#include "web/own.h"

#define PATH "/account/passkeys"

/* ---- the shape ---- */

static const struct shape_member passkey_members[] = {
    { "id", &shape_int, false, "Its number, to name it in a form" },
    { "name", &shape_text, false, "What its owner calls it" },
    { "created", &shape_instant, false, "When it was added" },
    { "used", &shape_instant, true, "When it was last used; null: never" },
    { "backed_up", &shape_bool, false, "Whether it is also kept on other devices of its owner" },
    { 0 },
};
static const struct shape passkey_shape = { .kind = IS_OBJECT,
                                            .name = "OwnPasskey",
                                            .members = passkey_members };
static const struct shape passkeys_shape = { .kind = IS_LIST, .item = &passkey_shape };

static const struct shape_member members[] = {
    OWN_MEMBERS,
    { "some", &shape_bool, false, "Whether there is one" },
    { "passkeys", &passkeys_shape, false, "Those of the account, the oldest first" },
    { "name", &shape_text, false, "What a new one may be called, or was to be" },
    { "shown", &shape_bool, false, "Whether there are new recovery codes to be shown" },
    { "codes", &shape_texts, true, "New recovery codes, shown this one time" },
    { "last_way", &shape_bool, false,
      "Whether the recovery codes go with the last one, as there is no authenticator" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape own_passkeys_shape = { .kind = IS_OBJECT,
                                          .name = "OwnPasskeys",
                                          .members = members };

const struct route_field own_passkeys_fields[] = {
    { "do", "add, rename or remove", true, false },
    { "name", "of add and rename: what it is to be called", false, false },
    { "id", "of rename and remove: the number of the passkey", false, false },
    { "challenge", "of add: as the options had it", false, false },
    { "response", "of add: what PublicKeyCredential.toJSON gave, as JSON", false, false },
    { 0 },
};

/* ---- the view ---- */

static struct value *passkey_value(const struct own *own, const struct passkey *passkey)
{
    struct value *value = value_object(own->arena);

    value_set_int(own->arena, value, "id", passkey->id);
    value_set_text(own->arena, value, "name", passkey->name);
    own_set_instant(own, value, "created", passkey->created);
    own_set_instant(own, value, "used", passkey->used);
    value_set_bool(own->arena, value, "backed_up", passkey->backed_up);
    return value;
}

/* What was typed, where it is to be corrected; otherwise the browser's name. */
static struct str name_of_new(const struct own *own)
{
    if (call_is_faulty(own->call) && own_does(own->call, "add"))
        return own_text(own->call, "name");
    return call_session(own->call)->agent;
}

static struct result answer(struct call *call, struct str_list codes, struct value **ret)
{
    struct passkey_list passkeys;
    struct value *list;
    struct value *view;
    struct own own;

    TRY(own_begin(call, &own));
    TRY(passkeys_of_account(own.store, own.arena, own.account.id, &passkeys));
    list = value_array(own.arena);
    for (size_t i = 0; i < passkeys.count; i++)
        value_push(own.arena, list, passkey_value(&own, &passkeys.at[i]));
    view = own_view(&own);
    value_set_bool(own.arena, view, "some", passkeys.count > 0);
    value_set(own.arena, view, "passkeys", list);
    value_set_text(own.arena, view, "name", name_of_new(&own));
    value_set_bool(own.arena, view, "shown", codes.count > 0);
    own_set_texts(&own, view, "codes", codes);
    value_set_bool(own.arena, view, "last_way", !own.account.has_totp);
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

struct result own_passkeys_answer(struct call *call, struct value **ret)
{
    return answer(call, (struct str_list){ 0 }, ret);
}

/* ---- changing ---- */

static struct result add(struct store *store, void *context)
{
    struct own_change *c = context;
    const struct webauthn_site site = call_webauthn_site(c->call);
    struct webauthn_registration registration;
    struct str challenge;

    if (!decode(BASE64URL, own_text(c->call, "challenge"), c->call->arena, &challenge)) {
        c->refusal.error = &PASSKEY_CHALLENGE;
        return OK;
    }
    c->refusal.error =
        webauthn_read_registration(c->call->arena, own_text(c->call, "response"), &registration)
            .error;
    if (c->refusal.error)
        return OK;
    return passkey_add(store, c->call->arena, &c->act, call_session(c->call), &site, challenge,
                       &registration, own_text(c->call, "name"), &c->refusal, &c->codes);
}

static struct result rename_one(struct store *store, void *context)
{
    struct own_change *c = context;

    return passkey_rename(store, c->call->arena, &c->act, c->account, own_number(c->call, "id"),
                          own_text(c->call, "name"));
}

static struct result remove_one(struct store *store, void *context)
{
    struct own_change *c = context;

    return passkey_remove(store, c->call->arena, &c->act, c->account, own_number(c->call, "id"));
}

struct result own_passkeys_change(struct call *call, struct value **ret)
{
    static const struct own_deed deeds[] = {
        { "add", add, "name", NULL },
        { "rename", rename_one, NULL, "passkey-renamed" },
        { "remove", remove_one, NULL, "passkey-removed" },
    };
    struct own_change change;
    bool done;

    TRY(own_change_begin(call, PERMISSION_ACCOUNT_SECURE, &change));
    TRY(own_change_do(&change, deeds, ARRAY_LEN(deeds), PATH, &done));
    /* Codes come with the first one alone, and are shown on this very page. */
    if (done && own_does(call, "add") && change.codes.count == 0)
        call_see_other(call, STR(PATH), "passkey-added");
    return answer(call, change.codes, ret);
}

/* ---- the options of a new one ---- */

static const struct shape_member site_members[] = {
    { "id", &shape_text, false, "The host of this site" },
    { "name", &shape_text, false, "Its name" },
    { 0 },
};
static const struct shape site_shape = { .kind = IS_OBJECT, .members = site_members };
static const struct shape_member user_members[] = {
    { "id", &shape_text, false, "The account's handle" },
    { "name", &shape_text, false, "Its primary address" },
    { "displayName", &shape_text, false, "The person's name, or the address" },
    { 0 },
};
static const struct shape user_shape = { .kind = IS_OBJECT, .members = user_members };
static const struct shape_member algorithm_members[] = {
    { "type", &shape_text, false, "public-key" },
    { "alg", &shape_int, false, "The number of an algorithm, by COSE" },
    { 0 },
};
static const struct shape algorithm_shape = { .kind = IS_OBJECT, .members = algorithm_members };
static const struct shape algorithms_shape = { .kind = IS_LIST, .item = &algorithm_shape };
static const struct shape_member known_members[] = {
    { "type", &shape_text, false, "public-key" },
    { "id", &shape_text, false, "Of a passkey that the account has" },
    { "transports", &shape_texts, false, "How to reach it" },
    { 0 },
};
static const struct shape known_shape = { .kind = IS_OBJECT, .members = known_members };
static const struct shape known_list_shape = { .kind = IS_LIST, .item = &known_shape };
static const struct shape_member selection_members[] = {
    { "residentKey", &shape_text, false, "required" },
    { "requireResidentKey", &shape_bool, false, "The same for older browsers" },
    { "userVerification", &shape_text, false, "required" },
    { 0 },
};
static const struct shape selection_shape = { .kind = IS_OBJECT, .members = selection_members };
static const struct shape_member creation_members[] = {
    { "challenge", &shape_text, false, "To be signed within five minutes" },
    { "timeout", &shape_int, false, "How long a browser waits, in milliseconds" },
    { "rp", &site_shape, false, "This site" },
    { "user", &user_shape, false, "Whose passkey it will be" },
    { "pubKeyCredParams", &algorithms_shape, false, "The algorithms that are known here" },
    { "excludeCredentials", &known_list_shape, false, "Those not to be made again" },
    { "authenticatorSelection", &selection_shape, false, "What the device must be able to do" },
    { "attestation", &shape_text, false, "none" },
    { 0 },
};
const struct shape passkey_creation_shape = { .kind = IS_OBJECT,
                                              .name = "PasskeyCreationOptions",
                                              .members = creation_members };

static struct result draw_challenge(struct store *store, void *context)
{
    struct own_change *c = context;

    return passkey_add_begin(store, c->call->arena, &c->act, call_session(c->call), &c->text);
}

static struct result user_of(const struct own *own, struct webauthn_user *ret)
{
    struct webauthn_user user = { .name = own->account.primary,
                                  .display_name = own->account.primary };
    struct person_row person;

    TRY(passkey_user_handle(own->store, own->arena, own->account.id, &user.handle));
    if (own->account.person.n) {
        TRY(person_load(own->store, own->arena, own->account.person, &person));
        user.display_name = person.name;
    }
    *ret = user;
    return OK;
}

struct result own_passkeys_options(struct call *call, struct value **ret)
{
    const struct webauthn_site site = call_webauthn_site(call);
    struct webauthn_ceremony ceremony = { .site = &site, .verification = WEBAUTHN_REQUIRED };
    struct webauthn_known_list known;
    struct webauthn_user user;
    struct own_change change;
    struct own own;

    TRY(own_change_begin(call, PERMISSION_ACCOUNT_SECURE, &change));
    TRY(call_perform(call, draw_challenge, &change));
    TRY(own_begin(call, &own));
    TRY(user_of(&own, &user));
    TRY(passkeys_known(own.store, own.arena, own.account.id, &known));
    ceremony.challenge = change.text;
    *ret = webauthn_creation_options(own.arena, &ceremony, &user, known);
    return OK;
}
