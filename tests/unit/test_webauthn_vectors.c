/* The standard's examples of passkeys, and what becomes of them when a byte is changed. */
#include "account/webauthn.h"

#include <string.h>

#include "account/passkey_error.h"
#include "webauthn_fixture.h"
#include "webauthn_vectors.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct webauthn_ceremony ceremony(struct str challenge)
{
    return (struct webauthn_ceremony){ &SITE, challenge, WEBAUTHN_PREFERRED };
}

static const struct webauthn_vector *vector_named(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(webauthn_vectors); i++)
        if (strcmp(webauthn_vectors[i].name, name) == 0)
            return &webauthn_vectors[i];
    fail_msg("there is no vector %s", name);
    return NULL;
}

static struct result register_vector(const struct webauthn_vector *vector,
                                     struct webauthn_credential *ret)
{
    const struct webauthn_ceremony asked =
        ceremony(from_hex(&arena, vector->registration.challenge));
    const struct webauthn_registration registration = {
        .id = from_hex(&arena, vector->id),
        .client_data = from_hex(&arena, vector->registration.client_data),
        .attestation = from_hex(&arena, vector->registration.attestation),
        .transports = WEBAUTHN_USB,
    };

    return webauthn_verify_registration(&arena, &asked, &registration, ret);
}

static struct webauthn_assertion assertion_of(const struct webauthn_vector *vector)
{
    return (struct webauthn_assertion){
        .id = from_hex(&arena, vector->id),
        .client_data = from_hex(&arena, vector->assertion.client_data),
        .authenticator_data = from_hex(&arena, vector->assertion.authenticator_data),
        .signature = from_hex(&arena, vector->assertion.signature),
        .user_handle = STR_NONE,
    };
}

static struct webauthn_stored stored_of(const struct webauthn_credential *credential)
{
    return (struct webauthn_stored){
        .id = credential->id,
        .public_key = credential->public_key,
        .user_handle = HANDLE,
        .sign_count = credential->sign_count,
        .backup_eligible = credential->backup_eligible,
    };
}

static void check_example(const char *name, enum cose_algorithm algorithm,
                          enum webauthn_attestation attestation)
{
    const struct webauthn_vector *vector = vector_named(name);
    const struct webauthn_ceremony asked = ceremony(from_hex(&arena, vector->assertion.challenge));
    struct webauthn_assertion assertion = assertion_of(vector);
    struct webauthn_credential credential;
    struct webauthn_stored stored;
    struct webauthn_use use;

    check_result(register_vector(vector, &credential), NULL);
    assert_int_equal(credential.algorithm, algorithm);
    assert_int_equal(credential.attestation, attestation);
    assert_int_equal(credential.transports, WEBAUTHN_USB);
    assert_int_equal(credential.aaguid.n, 16);
    assert_true(str_eq(credential.id, assertion.id));
    stored = stored_of(&credential);
    check_result(webauthn_verify_assertion(&arena, &asked, &stored, true, &assertion, &use), NULL);
    assert_int_equal(use.sign_count, 0);
}

static void published_examples(void **state)
{
    (void)state;
    check_example("none.ES256", COSE_ES256, WEBAUTHN_NONE);
    check_example("packed-self.ES256", COSE_ES256, WEBAUTHN_SELF);
    check_example("none.ES256.long-credential-id", COSE_ES256, WEBAUTHN_NONE);
    check_example("packed.RS256", COSE_RS256, WEBAUTHN_IGNORED);
    check_example("packed.EdDSA", COSE_EDDSA, WEBAUTHN_IGNORED);
}

static void published_examples_within_other_pages_are_refused(void **state)
{
    struct webauthn_credential credential;

    (void)state;
    check_result(register_vector(vector_named("none.ES256.crossOrigin"), &credential),
                 &PASSKEY_FRAMED);
    check_result(register_vector(vector_named("none.ES256.topOrigin"), &credential),
                 &PASSKEY_FRAMED);
}

static void what_an_example_says(void **state)
{
    struct webauthn_credential credential;

    (void)state;
    check_result(register_vector(vector_named("none.ES256"), &credential), NULL);
    assert_true(str_eq(credential.aaguid, from_hex(&arena, "8446ccb9ab1db374750b2367ff6f3a1f")));
    assert_false(credential.user_verified);
    assert_true(credential.backup_eligible);
    assert_true(credential.backed_up);
    check_result(register_vector(vector_named("packed-self.ES256"), &credential), NULL);
    assert_true(credential.user_verified);
}

/* A copy in which one byte is another. */
static struct str flipped(struct str bytes, size_t at, unsigned bits)
{
    char *copy = arena_alloc(&arena, bytes.n);

    memcpy(copy, bytes.p, bytes.n);
    copy[at] ^= (char)bits;
    return (struct str){ copy, bytes.n };
}

/* All of what is signed, and the signature. */
static void every_changed_byte_of_an_assertion_is_refused(void **state)
{
    static const char *const names[] = { "none.ES256", "packed.EdDSA", "packed.RS256" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const struct webauthn_vector *vector = vector_named(names[i]);
        const struct webauthn_ceremony asked =
            ceremony(from_hex(&arena, vector->assertion.challenge));
        const struct webauthn_assertion good = assertion_of(vector);
        struct webauthn_credential credential;
        struct webauthn_stored stored;

        check_result(register_vector(vector, &credential), NULL);
        stored = stored_of(&credential);
        for (int part = 0; part < 4; part++) {
            struct webauthn_assertion bad = good;
            struct str *const parts[] = { &bad.client_data, &bad.authenticator_data, &bad.signature,
                                          &bad.id };
            size_t n = parts[part]->n;

            for (size_t at = 0; at < n; at++) {
                struct arena_mark mark = arena_mark(&arena);
                struct webauthn_use use;

                bad = good;
                *parts[part] = flipped(*parts[part], at, at % 2 ? 1 : 0x80);
                if (!failed(webauthn_verify_assertion(&arena, &asked, &stored, true, &bad, &use)))
                    fail_msg("%s: part %d, byte %zu", names[i], part, at);
                arena_rewind(&arena, mark);
            }
        }
    }
}

/* Where the passkey's own key signs the statement about it, nothing can be changed but the name of
   the statement's format, the six letters from the seventh byte on: others are ignored. */
static void every_changed_byte_of_a_self_signed_registration_is_refused(void **state)
{
    const struct webauthn_vector *vector = vector_named("packed-self.ES256");
    const struct webauthn_ceremony asked =
        ceremony(from_hex(&arena, vector->registration.challenge));
    const struct webauthn_registration good = {
        .id = from_hex(&arena, vector->id),
        .client_data = from_hex(&arena, vector->registration.client_data),
        .attestation = from_hex(&arena, vector->registration.attestation),
    };

    (void)state;
    for (int part = 0; part < 3; part++) {
        struct webauthn_registration bad = good;
        struct str *const parts[] = { &bad.id, &bad.client_data, &bad.attestation };
        size_t n = parts[part]->n;

        for (size_t at = 0; at < n; at++)
            for (unsigned bit = 0; bit < 8; bit++) {
                struct arena_mark mark = arena_mark(&arena);
                struct webauthn_credential credential;

                bad = good;
                *parts[part] = flipped(*parts[part], at, 1u << bit);
                if (!failed(webauthn_verify_registration(&arena, &asked, &bad, &credential)) &&
                    (part != 2 || at < 6 || at >= 12 || credential.attestation != WEBAUTHN_IGNORED))
                    fail_msg("part %d, byte %zu, bit %u", part, at, bit);
                arena_rewind(&arena, mark);
            }
    }
}

static void what_is_cut_off_is_refused(void **state)
{
    const struct webauthn_vector *vector = vector_named("packed-self.ES256");
    const struct webauthn_ceremony asked =
        ceremony(from_hex(&arena, vector->registration.challenge));
    struct str whole = from_hex(&arena, vector->registration.attestation);

    (void)state;
    for (size_t n = 0; n < whole.n; n++) {
        const struct webauthn_registration cut = {
            .id = from_hex(&arena, vector->id),
            .client_data = from_hex(&arena, vector->registration.client_data),
            .attestation = str_take(whole, n),
        };
        struct webauthn_credential credential;

        check_result(webauthn_verify_registration(&arena, &asked, &cut, &credential),
                     &PASSKEY_ATTESTATION);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples),
        cmocka_unit_test(published_examples_within_other_pages_are_refused),
        cmocka_unit_test(what_an_example_says),
        cmocka_unit_test(every_changed_byte_of_an_assertion_is_refused),
        cmocka_unit_test(every_changed_byte_of_a_self_signed_registration_is_refused),
        cmocka_unit_test(what_is_cut_off_is_refused),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
