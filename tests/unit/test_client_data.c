#include "account/client_data.h"

#include "account/passkey_error.h"
#include "hash/encode.h"
#include "unit.h"

#define CHALLENGE STR("a challenge of thirty-two bytes.")
#define CHALLENGE_TEXT "YSBjaGFsbGVuZ2Ugb2YgdGhpcnR5LXR3byBieXRlcy4"
#define USUAL                                                                                      \
    "\"type\":\"webauthn.get\",\"challenge\":\"" CHALLENGE_TEXT                                    \
    "\",\"origin\":\"https://example.org\""

static const struct error *refusal(const char *json)
{
    const struct str origins[] = { STR("https://example.org"), STR("http://localhost:8080") };
    const struct client_data_expected expected = {
        .type = STR("webauthn.get"),
        .challenge = CHALLENGE,
        .origins = { origins, ARRAY_LEN(origins) },
    };
    struct arena arena;
    struct result result;

    arena_init(&arena, ARENA_UNLIMITED);
    result = client_data_check(&arena, str_from_c(json), &expected);
    arena_release(&arena);
    return result.error;
}

static void check_refused(const struct error *error, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct error *got = refusal(texts[i]);

        if (got != error)
            fail_msg("%s: %s", texts[i], got ? got->name : "it is taken");
    }
}

static void what_browsers_write_is_taken(void **state)
{
    (void)state;
    assert_null(refusal("{" USUAL "}"));
    assert_null(refusal("{" USUAL ",\"crossOrigin\":false}"));
    assert_null(refusal("{" USUAL ",\"other_keys_can_be_added_here\":\"do not compare\"}"));
    assert_null(refusal("{" USUAL ",\"tokenBinding\":{\"status\":\"supported\"}}"));
    assert_null(refusal("{\"origin\":\"http://localhost:8080\",\"challenge\":\"" CHALLENGE_TEXT
                        "\",\"type\":\"webauthn.get\"}"));
}

static void other_types_are_refused(void **state)
{
    static const char *const refused[] = {
        "{\"type\":\"webauthn.create\",\"challenge\":\"" CHALLENGE_TEXT
        "\",\"origin\":\"https://example.org\"}",
        "{\"type\":\"payment.get\",\"challenge\":\"" CHALLENGE_TEXT
        "\",\"origin\":\"https://example.org\"}",
        "{\"type\":\"\",\"challenge\":\"" CHALLENGE_TEXT "\",\"origin\":\"https://example.org\"}",
    };

    (void)state;
    check_refused(&PASSKEY_TYPE, refused, ARRAY_LEN(refused));
}

static void other_challenges_are_refused(void **state)
{
    static const char *const refused[] = {
        "{\"type\":\"webauthn.get\",\"challenge\":\"YSBjaGFsbGVuZ2Ugb2YgdGhpcnR5LXR3byBieXRlcy8\","
        "\"origin\":\"https://example.org\"}",
        "{\"type\":\"webauthn.get\",\"challenge\":\"YSBjaGFsbGVuZ2U\","
        "\"origin\":\"https://example.org\"}",
        "{\"type\":\"webauthn.get\",\"challenge\":\"\",\"origin\":\"https://example.org\"}",
    };

    (void)state;
    check_refused(&PASSKEY_CHALLENGE, refused, ARRAY_LEN(refused));
}

#define WITH_ORIGIN(origin)                                                                        \
    "{\"type\":\"webauthn.get\",\"challenge\":\"" CHALLENGE_TEXT "\",\"origin\":\"" origin "\"}"

static void other_origins_are_refused(void **state)
{
    static const char *const refused[] = {
        WITH_ORIGIN("https://example.com"),
        WITH_ORIGIN("https://www.example.org"),
        WITH_ORIGIN("https://example.org.evil.example"),
        WITH_ORIGIN("https://example.org/"),
        WITH_ORIGIN("https://example.org:443"),
        WITH_ORIGIN("http://example.org"),
        WITH_ORIGIN("HTTPS://example.org"),
        WITH_ORIGIN("https://example.or"),
        WITH_ORIGIN("http://localhost"),
        WITH_ORIGIN("null"),
        WITH_ORIGIN(""),
    };

    (void)state;
    check_refused(&PASSKEY_ORIGIN, refused, ARRAY_LEN(refused));
}

static void pages_within_pages_of_others_are_refused(void **state)
{
    static const char *const refused[] = {
        "{" USUAL ",\"crossOrigin\":true}",
        "{" USUAL ",\"crossOrigin\":true,\"topOrigin\":\"https://evil.example\"}",
        "{" USUAL ",\"crossOrigin\":false,\"topOrigin\":\"https://evil.example\"}",
        "{" USUAL ",\"topOrigin\":\"https://example.org\"}",
    };

    (void)state;
    check_refused(&PASSKEY_FRAMED, refused, ARRAY_LEN(refused));
}

static void what_is_no_client_data_is_refused(void **state)
{
    static const char *const refused[] = {
        "",
        "[]",
        "null",
        "{}",
        "{" USUAL "",
        "{" USUAL "}x",
        "\xef\xbb\xbf{" USUAL "}",
        "{" USUAL ",\"type\":\"webauthn.get\"}",
        "{" USUAL ",\"crossOrigin\":\"false\"}",
        "{" USUAL ",\"crossOrigin\":null}",
        "{" USUAL ",\"a\":[[[[[]]]]]}",
        "{\"type\":\"webauthn.get\",\"challenge\":\"" CHALLENGE_TEXT "\"}",
        "{\"type\":\"webauthn.get\",\"origin\":\"https://example.org\"}",
        "{\"challenge\":\"" CHALLENGE_TEXT "\",\"origin\":\"https://example.org\"}",
        "{\"type\":1,\"challenge\":\"" CHALLENGE_TEXT "\",\"origin\":\"https://example.org\"}",
        /* padded, and in the other alphabet */
        "{\"type\":\"webauthn.get\",\"challenge\":\"" CHALLENGE_TEXT
        "=\",\"origin\":\"https://example.org\"}",
        "{\"type\":\"webauthn.get\",\"challenge\":\"+/\",\"origin\":\"https://example.org\"}",
    };

    (void)state;
    check_refused(&PASSKEY_CLIENT_DATA, refused, ARRAY_LEN(refused));
}

static void the_size_is_bounded(void **state)
{
    struct arena arena;
    struct buf json;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&json, 20000);
    buf_add_c(&json, "{" USUAL ",\"a\":\"");
    buf_repeat(&json, 'a', 9000);
    buf_add_c(&json, "\"}");
    assert_ptr_equal(refusal(str_to_c(&arena, buf_str(&json))), &PASSKEY_CLIENT_DATA);
    buf_release(&json);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_browsers_write_is_taken),
        cmocka_unit_test(other_types_are_refused),
        cmocka_unit_test(other_challenges_are_refused),
        cmocka_unit_test(other_origins_are_refused),
        cmocka_unit_test(pages_within_pages_of_others_are_refused),
        cmocka_unit_test(what_is_no_client_data_is_refused),
        cmocka_unit_test(the_size_is_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
