#include "account/webauthn.h"

#include <string.h>

#include "account/authenticator_data.h"
#include "account/cbor.h"
#include "account/client_data.h"
#include "account/passkey_error.h"
#include "hash/secret.h"
#include "hash/sha256.h"

/* What is signed: the authenticator's data and the hash of the browser's. */
static struct str signed_message(struct arena *arena, struct str authenticator_data,
                                 struct str client_data)
{
    struct sha256_digest digest = sha256(client_data);
    char *bytes = arena_alloc(arena, authenticator_data.n + SHA256_SIZE);

    memcpy(bytes, authenticator_data.p, authenticator_data.n);
    memcpy(bytes + authenticator_data.n, digest.bytes, SHA256_SIZE);
    return (struct str){ bytes, authenticator_data.n + SHA256_SIZE };
}

static struct result check_client_data(struct arena *arena,
                                       const struct webauthn_ceremony *ceremony, struct str type,
                                       struct str client_data)
{
    const struct client_data_expected expected = {
        .type = type,
        .challenge = ceremony->challenge,
        .origins = ceremony->site->origins,
    };

    BUG_IF(ceremony->challenge.n != WEBAUTHN_CHALLENGE_SIZE);
    return client_data_check(arena, client_data, &expected);
}

/* What is asked of the authenticator both when a passkey is made and when it is used. */
static struct result check_authenticator(const struct webauthn_ceremony *ceremony,
                                         const struct authenticator_data *data)
{
    struct sha256_digest site = sha256(ceremony->site->id);

    if (!str_eq(data->site_hash, (struct str){ (const char *)site.bytes, SHA256_SIZE }))
        return fail(&PASSKEY_SITE);
    if (!data->user_present)
        return fail(&PASSKEY_ABSENT);
    if (ceremony->verification == WEBAUTHN_REQUIRED && !data->user_verified)
        return fail(&PASSKEY_NOT_VERIFIED);
    return OK;
}

/* An attestation object that was read. */
struct attestation {
    struct str format;
    struct cbor_item statement;
    struct str authenticator_data;
};

static bool read_attestation(struct str bytes, struct attestation *ret)
{
    struct attestation attestation;
    struct cbor_item object;
    struct cbor_item format;
    struct cbor_item data;

    if (failed(cbor_read(bytes, &object)) || !cbor_get(&object, STR("fmt"), &format) ||
        !cbor_get(&object, STR("attStmt"), &attestation.statement) ||
        !cbor_get(&object, STR("authData"), &data) || format.kind != CBOR_TEXT ||
        attestation.statement.kind != CBOR_MAP || data.kind != CBOR_BYTES)
        return false;
    attestation.format = format.content;
    attestation.authenticator_data = data.content;
    *ret = attestation;
    return true;
}

/* A statement that the passkey's own key has signed says that the key works, nothing more. */
static struct result check_self_signed(struct arena *arena, const struct attestation *attestation,
                                       const struct cose_key *key, struct str client_data)
{
    struct cbor_item algorithm;
    struct cbor_item signature;

    if (attestation->statement.number != 2 ||
        !cbor_get(&attestation->statement, STR("alg"), &algorithm) ||
        !cbor_get(&attestation->statement, STR("sig"), &signature) || signature.kind != CBOR_BYTES)
        return fail(&PASSKEY_ATTESTATION);
    if (!cbor_is_int(&algorithm, key->algorithm) ||
        !cose_verify(key, signed_message(arena, attestation->authenticator_data, client_data),
                     signature.content))
        return fail(&PASSKEY_SELF_SIGNED);
    return OK;
}

static struct result check_statement(struct arena *arena, const struct attestation *attestation,
                                     const struct cose_key *key, struct str client_data,
                                     enum webauthn_attestation *ret)
{
    struct cbor_item certificates;

    if (str_eq(attestation->format, STR("none"))) {
        if (attestation->statement.number != 0)
            return fail(&PASSKEY_ATTESTATION);
        *ret = WEBAUTHN_NONE;
        return OK;
    }
    if (!str_eq(attestation->format, STR("packed")) ||
        cbor_get(&attestation->statement, STR("x5c"), &certificates)) {
        *ret = WEBAUTHN_IGNORED;
        return OK;
    }
    TRY(check_self_signed(arena, attestation, key, client_data));
    *ret = WEBAUTHN_SELF;
    return OK;
}

struct result webauthn_verify_registration(struct arena *arena,
                                           const struct webauthn_ceremony *ceremony,
                                           const struct webauthn_registration *registration,
                                           struct webauthn_credential *ret)
{
    struct attestation attestation;
    struct authenticator_data data;
    enum webauthn_attestation kind;

    TRY(check_client_data(arena, ceremony, STR("webauthn.create"), registration->client_data));
    if (!read_attestation(registration->attestation, &attestation))
        return fail(&PASSKEY_ATTESTATION);
    TRY(authenticator_data_read(attestation.authenticator_data, &data));
    TRY(check_authenticator(ceremony, &data));
    if (!data.has_credential)
        return fail(&PASSKEY_AUTHENTICATOR_DATA);
    if (!str_eq(data.credential_id, registration->id))
        return fail(&PASSKEY_ID);
    TRY(check_statement(arena, &attestation, &data.key, registration->client_data, &kind));
    *ret = (struct webauthn_credential){
        .id = data.credential_id,
        .public_key = data.public_key,
        .algorithm = data.key.algorithm,
        .aaguid = data.aaguid,
        .sign_count = data.sign_count,
        .transports = registration->transports,
        .user_verified = data.user_verified,
        .backup_eligible = data.backup_eligible,
        .backed_up = data.backed_up,
        .attestation = kind,
    };
    return OK;
}

static struct result check_owner(const struct webauthn_stored *stored, bool owner_told,
                                 struct str user_handle)
{
    if (!user_handle.p)
        return owner_told ? OK : fail(&PASSKEY_NO_OWNER);
    return str_eq(user_handle, stored->user_handle) ? OK : fail(&PASSKEY_OWNER);
}

/* Authenticators that do not count say 0 each time. */
static bool counts_on(uint32_t before, uint32_t now)
{
    return now > before || (now == 0 && before == 0);
}

struct result webauthn_verify_assertion(struct arena *arena,
                                        const struct webauthn_ceremony *ceremony,
                                        const struct webauthn_stored *stored, bool owner_told,
                                        const struct webauthn_assertion *assertion,
                                        struct webauthn_use *ret)
{
    struct authenticator_data data;
    struct cose_key key;

    if (!str_eq(assertion->id, stored->id))
        return fail(&PASSKEY_UNKNOWN);
    TRY(check_owner(stored, owner_told, assertion->user_handle));
    TRY(check_client_data(arena, ceremony, STR("webauthn.get"), assertion->client_data));
    TRY(authenticator_data_read(assertion->authenticator_data, &data));
    if (data.has_credential)
        return fail(&PASSKEY_AUTHENTICATOR_DATA);
    TRY(check_authenticator(ceremony, &data));
    TRY(cose_read(stored->public_key, &key));
    if (!cose_verify(&key,
                     signed_message(arena, assertion->authenticator_data, assertion->client_data),
                     assertion->signature))
        return fail(&PASSKEY_SIGNATURE);
    if (data.backup_eligible != stored->backup_eligible)
        return fail(&PASSKEY_BACKUP_CHANGED);
    if (!counts_on(stored->sign_count, data.sign_count))
        return fail(&PASSKEY_COUNTED_BACK);
    *ret = (struct webauthn_use){
        .sign_count = data.sign_count,
        .backed_up = data.backed_up,
        .user_verified = data.user_verified,
    };
    return OK;
}
