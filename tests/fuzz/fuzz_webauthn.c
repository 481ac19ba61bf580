/*
 * Answers about passkeys, made of any bytes: the JSON of a browser as a whole, and the parts of an
 * answer, each with two bytes before it that say how long it is. The question is made to fit, so
 * that what stands behind it is reached. What is taken keeps to its promises.
 */
#include "account/webauthn.h"

#include "hash/encode.h"
#include "json/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HANDLE STR("a user handle of 32 random bytes")

static const struct str ORIGINS[] = { { "https://example.org", 19 } };
static const struct webauthn_site SITE = {
    .id = { "example.org", 11 },
    .name = { "Example", 7 },
    .origins = { ORIGINS, 1 },
};

static struct str take_part(struct str *rest)
{
    size_t length;
    struct str part;

    if (rest->n < 2)
        return STR("");
    length = (size_t)((uint8_t)rest->p[0] << 8 | (uint8_t)rest->p[1]);
    *rest = str_drop(*rest, 2);
    part = str_take(*rest, length);
    *rest = str_drop(*rest, part.n);
    return part;
}

static bool within(struct str part, struct str whole)
{
    return part.p >= whole.p && part.p + part.n <= whole.p + whole.n;
}

/* The question that the client data answer; some other, if they cannot be read. */
static struct str challenge_of(struct arena *arena, struct str client_data)
{
    static const struct json_limits limits = { .bytes = 8192, .depth = 4, .values = 64 };
    const struct str other = STR("a challenge of thirty-two bytes.");
    struct json_fault fault;
    struct value *client;
    const struct value *challenge;
    struct str bytes;

    if (failed(json_read(arena, client_data, &limits, &fault, &client)))
        return other;
    challenge = value_get(client, "challenge");
    if (!challenge || challenge->kind != VALUE_TEXT ||
        !decode(BASE64URL, challenge->text, arena, &bytes) || bytes.n != WEBAUTHN_CHALLENGE_SIZE)
        return other;
    return bytes;
}

static void try_registration(struct arena *arena, struct str rest)
{
    struct webauthn_registration registration = { .transports = WEBAUTHN_USB };
    struct webauthn_credential credential;
    struct webauthn_ceremony ceremony = { &SITE, STR_NONE, WEBAUTHN_PREFERRED };
    struct cose_key key;

    registration.id = take_part(&rest);
    registration.client_data = take_part(&rest);
    registration.attestation = take_part(&rest);
    ceremony.challenge = challenge_of(arena, registration.client_data);
    if (failed(webauthn_verify_registration(arena, &ceremony, &registration, &credential)))
        return;
    BUG_IF(!str_eq(credential.id, registration.id));
    BUG_IF(credential.id.n == 0 || credential.id.n > 1023);
    BUG_IF(credential.aaguid.n != 16 || !within(credential.aaguid, registration.attestation));
    BUG_IF(!within(credential.public_key, registration.attestation));
    BUG_IF(failed(cose_read(credential.public_key, &key)));
    BUG_IF(key.algorithm != credential.algorithm);
    BUG_IF(credential.backed_up && !credential.backup_eligible);
    ceremony.verification = WEBAUTHN_REQUIRED;
    BUG_IF(failed(webauthn_verify_registration(arena, &ceremony, &registration, &credential)) ==
           credential.user_verified);
}

static void try_assertion(struct arena *arena, struct str rest)
{
    struct webauthn_stored stored = { .id = STR("id"), .user_handle = HANDLE };
    struct webauthn_assertion assertion = { .id = STR("id") };
    struct webauthn_ceremony ceremony = { &SITE, STR_NONE, WEBAUTHN_PREFERRED };
    struct webauthn_use use;

    stored.public_key = take_part(&rest);
    assertion.client_data = take_part(&rest);
    assertion.authenticator_data = take_part(&rest);
    assertion.signature = take_part(&rest);
    stored.backup_eligible = assertion.authenticator_data.n > 32 &&
                             assertion.authenticator_data.p[32] & 0x08;
    ceremony.challenge = challenge_of(arena, assertion.client_data);
    if (failed(webauthn_verify_assertion(arena, &ceremony, &stored, true, &assertion, &use)))
        return;
    BUG_IF(use.backed_up && !stored.backup_eligible);
    /* The same answer is not good for who was asked without a name, nor after a higher count. */
    BUG_IF(!failed(webauthn_verify_assertion(arena, &ceremony, &stored, false, &assertion, &use)));
    stored.sign_count = UINT32_MAX;
    BUG_IF(!failed(webauthn_verify_assertion(arena, &ceremony, &stored, true, &assertion, &use)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = { (const char *)data, size };
    struct webauthn_registration registration;
    struct webauthn_assertion assertion;
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    if (size > 0 && data[0] == 'r')
        try_registration(&arena, str_drop(bytes, 1));
    else if (size > 0 && data[0] == 'a')
        try_assertion(&arena, str_drop(bytes, 1));
    else {
        if (!failed(webauthn_read_registration(&arena, bytes, &registration)))
            BUG_IF(!registration.client_data.p || !registration.attestation.p);
        if (!failed(webauthn_read_assertion(&arena, bytes, &assertion)))
            BUG_IF(!assertion.client_data.p || !assertion.signature.p);
    }
    arena_release(&arena);
    return 0;
}
