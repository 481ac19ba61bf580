#include "account/passkey_error.h"
#include "account/webauthn.h"
#include "account/webauthn_transport.h"
#include "hash/encode.h"
#include "json/read.h"

/* The largest answers hold a chain of certificates, which is ignored, and much of it twice. */
static const struct json_limits LIMITS = { .bytes = 65536, .depth = 8, .values = 256 };

const struct webauthn_transport_word WEBAUTHN_TRANSPORTS[WEBAUTHN_TRANSPORT_COUNT] = {
    { WEBAUTHN_USB, { "usb", 3 } },       { WEBAUTHN_NFC, { "nfc", 3 } },
    { WEBAUTHN_BLE, { "ble", 3 } },       { WEBAUTHN_SMART_CARD, { "smart-card", 10 } },
    { WEBAUTHN_HYBRID, { "hybrid", 6 } }, { WEBAUTHN_INTERNAL, { "internal", 8 } },
};

unsigned webauthn_transport_bit(struct str word)
{
    for (size_t i = 0; i < WEBAUTHN_TRANSPORT_COUNT; i++)
        if (str_eq(word, WEBAUTHN_TRANSPORTS[i].name))
            return WEBAUTHN_TRANSPORTS[i].bit;
    return 0;
}

static bool get_bytes(struct arena *arena, const struct value *object, const char *key,
                      struct str *ret)
{
    const struct value *member = value_get(object, key);

    return member && member->kind == VALUE_TEXT && decode(BASE64URL, member->text, arena, ret);
}

/* What both kinds of answers have: the credential's id, twice, its type and the response. */
static bool read_answer(struct arena *arena, struct str json, struct str *ret_id,
                        const struct value **ret_response)
{
    struct json_fault fault;
    const struct value *type;
    const struct value *response;
    struct value *answer;
    struct str id;
    struct str raw_id;

    if (failed(json_read(arena, json, &LIMITS, &fault, &answer)))
        return false;
    type = value_get(answer, "type");
    response = value_get(answer, "response");
    if (!response || !type || type->kind != VALUE_TEXT || !str_eq(type->text, STR("public-key")) ||
        !get_bytes(arena, answer, "id", &id) || !get_bytes(arena, answer, "rawId", &raw_id) ||
        !str_eq(id, raw_id))
        return false;
    *ret_id = id;
    *ret_response = response;
    return true;
}

static bool read_transports(const struct value *response, unsigned *ret)
{
    const struct value *list = value_get(response, "transports");
    unsigned transports = 0;

    if (list && list->kind != VALUE_ARRAY)
        return false;
    for (size_t i = 0; list && i < list->count; i++) {
        if (list->items[i]->kind != VALUE_TEXT)
            return false;
        transports |= webauthn_transport_bit(list->items[i]->text);
    }
    *ret = transports;
    return true;
}

struct result webauthn_read_registration(struct arena *arena, struct str json,
                                         struct webauthn_registration *ret)
{
    struct webauthn_registration registration;
    const struct value *response;

    if (!read_answer(arena, json, &registration.id, &response) ||
        !get_bytes(arena, response, "clientDataJSON", &registration.client_data) ||
        !get_bytes(arena, response, "attestationObject", &registration.attestation) ||
        !read_transports(response, &registration.transports))
        return fail(&PASSKEY_RESPONSE);
    *ret = registration;
    return OK;
}

/* Browsers leave the user handle out, or write null, where there is none. */
static bool read_user_handle(struct arena *arena, const struct value *response, struct str *ret)
{
    const struct value *handle = value_get(response, "userHandle");

    if (!handle || handle->kind == VALUE_NULL) {
        *ret = STR_NONE;
        return true;
    }
    return get_bytes(arena, response, "userHandle", ret);
}

struct result webauthn_read_assertion(struct arena *arena, struct str json,
                                      struct webauthn_assertion *ret)
{
    struct webauthn_assertion assertion;
    const struct value *response;

    if (!read_answer(arena, json, &assertion.id, &response) ||
        !get_bytes(arena, response, "clientDataJSON", &assertion.client_data) ||
        !get_bytes(arena, response, "authenticatorData", &assertion.authenticator_data) ||
        !get_bytes(arena, response, "signature", &assertion.signature) ||
        !read_user_handle(arena, response, &assertion.user_handle))
        return fail(&PASSKEY_RESPONSE);
    *ret = assertion;
    return OK;
}
