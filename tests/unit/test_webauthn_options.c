#include "account/webauthn.h"
#include "unit.h"

#define CHALLENGE STR("a challenge of thirty-two bytes.")
#define CHALLENGE_TEXT "YSBjaGFsbGVuZ2Ugb2YgdGhpcnR5LXR3byBieXRlcy4"
#define HANDLE STR("a user handle of 32 random bytes")
#define HANDLE_TEXT "YSB1c2VyIGhhbmRsZSBvZiAzMiByYW5kb20gYnl0ZXM"

static const struct webauthn_site SITE = { .id = { "example.org", 11 }, .name = { "Example", 7 } };

static void check_json(struct arena *arena, const struct value *options, const char *expected)
{
    struct buf json;

    buf_init(&json, 20000);
    value_write_json(options, JSON_COMPACT, &json);
    check_str(buf_take(&json, arena), expected);
}

static void options_for_adding(void **state)
{
    const struct webauthn_ceremony asked = { &SITE, CHALLENGE, WEBAUTHN_REQUIRED };
    const struct webauthn_user user = { HANDLE, STR("ann@mail.example"), STR("Ann Sample") };
    const struct webauthn_known known[] = {
        { STR("one"), WEBAUTHN_USB | WEBAUTHN_HYBRID | WEBAUTHN_INTERNAL },
        { STR("two"), 0 },
    };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    check_json(
        &arena,
        webauthn_creation_options(&arena, &asked, &user, (struct webauthn_known_list){ known, 2 }),
        "{\"challenge\":\"" CHALLENGE_TEXT "\",\"timeout\":300000,"
        "\"rp\":{\"id\":\"example.org\",\"name\":\"Example\"},"
        "\"user\":{\"id\":\"" HANDLE_TEXT "\",\"name\":\"ann@mail.example\","
        "\"displayName\":\"Ann Sample\"},"
        "\"pubKeyCredParams\":[{\"type\":\"public-key\",\"alg\":-7},"
        "{\"type\":\"public-key\",\"alg\":-8},{\"type\":\"public-key\",\"alg\":-257}],"
        "\"excludeCredentials\":["
        "{\"type\":\"public-key\",\"id\":\"b25l\",\"transports\":[\"usb\",\"hybrid\",\"internal\"]}"
        ","
        "{\"type\":\"public-key\",\"id\":\"dHdv\",\"transports\":[]}],"
        "\"authenticatorSelection\":{\"residentKey\":\"required\",\"requireResidentKey\":true,"
        "\"userVerification\":\"required\"},\"attestation\":\"none\"}");
    arena_release(&arena);
}

static void options_for_signing_in(void **state)
{
    const struct webauthn_ceremony asked = { &SITE, CHALLENGE, WEBAUTHN_PREFERRED };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    check_json(&arena,
               webauthn_request_options(&arena, &asked, (struct webauthn_known_list){ NULL, 0 }),
               "{\"challenge\":\"" CHALLENGE_TEXT "\",\"timeout\":300000,"
               "\"rpId\":\"example.org\",\"allowCredentials\":[],"
               "\"userVerification\":\"preferred\"}");
    arena_release(&arena);
}

static void the_longest_id_fits(void **state)
{
    const struct webauthn_ceremony asked = { &SITE, CHALLENGE, WEBAUTHN_PREFERRED };
    struct webauthn_known known = { .transports = 0 };
    const struct value *list;
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    known.id = (struct str){ arena_alloc(&arena, 1023), 1023 };
    list = value_get(
        webauthn_request_options(&arena, &asked, (struct webauthn_known_list){ &known, 1 }),
        "allowCredentials");
    assert_int_equal(value_get(list->items[0], "id")->text.n, 1364);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_for_adding),
        cmocka_unit_test(options_for_signing_in),
        cmocka_unit_test(the_longest_id_fits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
