#include "account/passkey_error.h"
#include "account/webauthn.h"
#include "unit.h"

/* What PublicKeyCredential.toJSON makes, with short bytes: "id", "client", "object" and so on. */
#define REGISTRATION(id, more)                                                                     \
    "{\"id\":\"" id "\",\"rawId\":\"aWQ\",\"type\":\"public-key\","                                \
    "\"authenticatorAttachment\":\"platform\",\"clientExtensionResults\":{\"credProps\":"          \
    "{\"rk\":true}},\"response\":{\"clientDataJSON\":\"Y2xpZW50\","                                \
    "\"attestationObject\":\"b2JqZWN0\",\"authenticatorData\":\"ZGF0YQ\","                         \
    "\"publicKey\":\"a2V5\",\"publicKeyAlgorithm\":-7" more "}}"

#define ASSERTION(handle)                                                                          \
    "{\"id\":\"aWQ\",\"rawId\":\"aWQ\",\"type\":\"public-key\",\"clientExtensionResults\":{},"     \
    "\"response\":{\"clientDataJSON\":\"Y2xpZW50\",\"authenticatorData\":\"ZGF0YQ\","              \
    "\"signature\":\"c2lnbmF0dXJl\"" handle "}}"

static void a_registration_is_read(void **state)
{
    struct webauthn_registration registration;
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(webauthn_read_registration(
        &arena,
        STR(REGISTRATION("aWQ", ",\"transports\":[\"internal\",\"of a later year\",\"usb\"]")),
        &registration)));
    check_str(registration.id, "id");
    check_str(registration.client_data, "client");
    check_str(registration.attestation, "object");
    assert_int_equal(registration.transports, WEBAUTHN_INTERNAL | WEBAUTHN_USB);
    assert_false(
        failed(webauthn_read_registration(&arena, STR(REGISTRATION("aWQ", "")), &registration)));
    assert_int_equal(registration.transports, 0);
    arena_release(&arena);
}

static void an_assertion_is_read(void **state)
{
    struct webauthn_assertion assertion;
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(
        webauthn_read_assertion(&arena, STR(ASSERTION(",\"userHandle\":\"dXNlcg\"")), &assertion)));
    check_str(assertion.id, "id");
    check_str(assertion.client_data, "client");
    check_str(assertion.authenticator_data, "data");
    check_str(assertion.signature, "signature");
    check_str(assertion.user_handle, "user");
    assert_false(failed(webauthn_read_assertion(&arena, STR(ASSERTION("")), &assertion)));
    assert_null(assertion.user_handle.p);
    assert_false(failed(
        webauthn_read_assertion(&arena, STR(ASSERTION(",\"userHandle\":null")), &assertion)));
    assert_null(assertion.user_handle.p);
    arena_release(&arena);
}

static void registrations_that_are_malformed_are_refused(void **state)
{
    static const char *const refused[] = {
        "",
        "null",
        "[]",
        "{}",
        REGISTRATION("aWE", ""),                           /* another id than rawId */
        REGISTRATION("aWQ=", ""),                          /* padded */
        REGISTRATION("aW Q", ""),                          /* no digit */
        REGISTRATION("aWQ", ",\"transports\":\"usb\""),    /* no list */
        REGISTRATION("aWQ", ",\"transports\":[1]"),        /* of no texts */
        REGISTRATION("aWQ", ",\"clientDataJSON\":\"YQ\""), /* a member twice */
        REGISTRATION("aWQ", ",\"a\":[[[[[[[[[1]]]]]]]]]"), /* deep */
        REGISTRATION("aWQ", "") "x",                       /* something behind it */
        ASSERTION(""),                                     /* the other kind */
        "{\"id\":\"aWQ\",\"rawId\":\"aWQ\",\"type\":\"public-key\"}",
        "{\"id\":\"aWQ\",\"rawId\":\"aWQ\",\"type\":\"public-key\",\"response\":\"x\"}",
        "{\"id\":\"aWQ\",\"rawId\":\"aWQ\",\"type\":\"password\",\"response\":{"
        "\"clientDataJSON\":\"Y2xpZW50\",\"attestationObject\":\"b2JqZWN0\"}}",
        "{\"id\":\"aWQ\",\"rawId\":\"aWQ\",\"response\":{"
        "\"clientDataJSON\":\"Y2xpZW50\",\"attestationObject\":\"b2JqZWN0\"}}",
        "{\"id\":\"aWQ\",\"type\":\"public-key\",\"response\":{"
        "\"clientDataJSON\":\"Y2xpZW50\",\"attestationObject\":\"b2JqZWN0\"}}",
        "{\"id\":\"aWQ\",\"rawId\":\"aWQ\",\"type\":\"public-key\",\"response\":{"
        "\"clientDataJSON\":{},\"attestationObject\":\"b2JqZWN0\"}}",
    };
    struct webauthn_registration registration = { .transports = 99 };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        if (webauthn_read_registration(&arena, str_from_c(refused[i]), &registration).error !=
            &PASSKEY_RESPONSE)
            fail_msg("%s", refused[i]);
    assert_int_equal(registration.transports, 99);
    arena_release(&arena);
}

static void assertions_that_are_malformed_are_refused(void **state)
{
    static const char *const refused[] = {
        "",
        REGISTRATION("aWQ", ""), /* the other kind */
        ASSERTION(",\"userHandle\":7"),
        ASSERTION(",\"userHandle\":\"=\""),
        ASSERTION(",\"signature\":\"YQ\""),
        "{\"id\":\"aWQ\",\"rawId\":\"aWQ\",\"type\":\"public-key\",\"response\":{"
        "\"clientDataJSON\":\"Y2xpZW50\",\"authenticatorData\":\"ZGF0YQ\"}}",
        "{\"id\":\"aWQ\",\"rawId\":\"aWQ\",\"type\":\"public-key\",\"response\":{"
        "\"clientDataJSON\":\"Y2xpZW50\",\"signature\":\"ZGF0YQ\"}}",
    };
    struct webauthn_assertion assertion = { .id = STR("kept") };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        if (webauthn_read_assertion(&arena, str_from_c(refused[i]), &assertion).error !=
            &PASSKEY_RESPONSE)
            fail_msg("%s", refused[i]);
    check_str(assertion.id, "kept");
    arena_release(&arena);
}

static void the_size_is_bounded(void **state)
{
    struct webauthn_registration registration;
    struct arena arena;
    struct buf json;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&json, 100000);
    buf_add_c(&json, REGISTRATION("aWQ", ""));
    buf_repeat(&json, ' ', 60000);
    assert_false(failed(webauthn_read_registration(&arena, buf_str(&json), &registration)));
    buf_repeat(&json, ' ', 10000);
    assert_ptr_equal(webauthn_read_registration(&arena, buf_str(&json), &registration).error,
                     &PASSKEY_RESPONSE);
    buf_release(&json);
    arena_release(&arena);
}

static void words_for_transports(void **state)
{
    (void)state;
    assert_int_equal(webauthn_transport_bit(STR("smart-card")), WEBAUTHN_SMART_CARD);
    assert_int_equal(webauthn_transport_bit(STR("ble")), WEBAUTHN_BLE);
    assert_int_equal(webauthn_transport_bit(STR("nfc")), WEBAUTHN_NFC);
    assert_int_equal(webauthn_transport_bit(STR("USB")), 0);
    assert_int_equal(webauthn_transport_bit(STR("")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_registration_is_read),
        cmocka_unit_test(an_assertion_is_read),
        cmocka_unit_test(registrations_that_are_malformed_are_refused),
        cmocka_unit_test(assertions_that_are_malformed_are_refused),
        cmocka_unit_test(the_size_is_bounded),
        cmocka_unit_test(words_for_transports),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
