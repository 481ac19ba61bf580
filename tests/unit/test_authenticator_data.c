#include "account/authenticator_data.h"

#include "account/passkey_error.h"
#include "device_fixture.h"

static struct arena arena;
static struct device device;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    device_init(&device, &arena, COSE_ES256);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    device_release(&device);
    arena_release(&arena);
    return 0;
}

/* What a device says that makes a passkey. */
static struct said usual(void)
{
    return (struct said){ .site = "example.org",
                          .flags = UP | AT,
                          .count = 0x01020304,
                          .id = device.id,
                          .cose = device.cose };
}

static void check_refused(struct str bytes, const struct error *error)
{
    struct authenticator_data data = { .sign_count = 99 };
    struct result result = authenticator_data_read(bytes, &data);

    if (result.error != error)
        fail_msg("%s", failed(result) ? result.error->name : "it is read");
    assert_int_equal(data.sign_count, 99);
}

static void all_of_it_is_read(void **state)
{
    struct said said = usual();
    struct sha256_digest site = sha256(STR("example.org"));
    struct authenticator_data data;

    (void)state;
    said.flags |= BE | BS;
    assert_false(failed(authenticator_data_read(said_bytes(&arena, &said), &data)));
    assert_memory_equal(data.site_hash.p, site.bytes, SHA256_SIZE);
    assert_true(data.user_present);
    assert_false(data.user_verified);
    assert_true(data.backup_eligible);
    assert_true(data.backed_up);
    assert_true(data.has_credential);
    assert_int_equal(data.sign_count, 0x01020304);
    check_str(data.aaguid, "model of sixteen");
    assert_true(str_eq(data.credential_id, device.id));
    assert_true(str_eq(data.public_key, device.cose));
    assert_int_equal(data.key.algorithm, COSE_ES256);
}

static void each_flag_has_its_meaning(void **state)
{
    struct said said = { .site = "example.org" };
    struct authenticator_data data;

    (void)state;
    for (unsigned flags = 0; flags < 0x40; flags++) {
        said.flags = flags;
        if ((flags & (BE | BS)) == BS) {
            check_refused(said_bytes(&arena, &said), &PASSKEY_BACKUP);
            continue;
        }
        assert_false(failed(authenticator_data_read(said_bytes(&arena, &said), &data)));
        assert_int_equal(data.user_present, (flags & UP) != 0);
        assert_int_equal(data.user_verified, (flags & UV) != 0);
        assert_int_equal(data.backup_eligible, (flags & BE) != 0);
        assert_int_equal(data.backed_up, (flags & BS) != 0);
        assert_false(data.has_credential);
    }
}

static void what_is_cut_off_is_refused(void **state)
{
    struct said said = usual();
    struct str bytes = said_bytes(&arena, &said);

    (void)state;
    for (size_t n = 0; n < bytes.n; n++) {
        struct authenticator_data data;

        if (!failed(authenticator_data_read(str_take(bytes, n), &data)))
            fail_msg("%zu of %zu bytes are read", n, bytes.n);
    }
    check_refused(str_take(bytes, 36), &PASSKEY_AUTHENTICATOR_DATA);
    check_refused(str_take(bytes, 37), &PASSKEY_AUTHENTICATOR_DATA);
    check_refused(str_take(bytes, 60), &PASSKEY_AUTHENTICATOR_DATA);
    check_refused(str_take(bytes, bytes.n - 1), &PASSKEY_KEY);
}

static void bytes_behind_the_end_are_refused(void **state)
{
    struct said said = usual();

    (void)state;
    said.extensions = "00";
    check_refused(said_bytes(&arena, &said), &PASSKEY_AUTHENTICATOR_DATA);
    said.extensions = "a0"; /* extensions, and no flag that says so */
    check_refused(said_bytes(&arena, &said), &PASSKEY_AUTHENTICATOR_DATA);
    said.flags = UP;
    check_refused(said_bytes(&arena, &said), &PASSKEY_AUTHENTICATOR_DATA);
}

static void extensions_are_left_alone(void **state)
{
    struct said said = usual();
    struct authenticator_data data;

    (void)state;
    said.flags |= ED;
    said.extensions = "a16b6372656450726f7465637402"; /* credProtect: 2 */
    assert_false(failed(authenticator_data_read(said_bytes(&arena, &said), &data)));
    assert_true(str_eq(data.public_key, device.cose));
    said.flags = UP | ED;
    assert_false(failed(authenticator_data_read(said_bytes(&arena, &said), &data)));
}

static void malformed_extensions_are_refused(void **state)
{
    static const char *const refused[] = { NULL, "80", "00", "a1", "a16161", "bf", "a000", "ff" };
    struct said said = usual();

    (void)state;
    said.flags |= ED;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        said.extensions = refused[i];
        check_refused(said_bytes(&arena, &said), &PASSKEY_AUTHENTICATOR_DATA);
    }
}

static void ids_that_are_empty_or_too_long_are_refused(void **state)
{
    struct said said = usual();
    struct authenticator_data data;

    (void)state;
    said.id = STR("");
    check_refused(said_bytes(&arena, &said), &PASSKEY_ID);
    said.id = (struct str){ arena_alloc(&arena, 1024), 1023 };
    assert_false(failed(authenticator_data_read(said_bytes(&arena, &said), &data)));
    assert_int_equal(data.credential_id.n, 1023);
    said.id.n = 1024;
    check_refused(said_bytes(&arena, &said), &PASSKEY_ID);
}

/* Decoders have spent seconds and gigabytes on eighty bytes like these. */
static void a_key_that_declares_too_much_costs_nothing(void **state)
{
    static const char *const keys[] = { "bb0000000100000000", "9b0000000100000000",
                                        "a1015b0000000100000000", "a5bb7fffffffffffffff" };
    struct said said = usual();

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        said.cose = from_hex(&arena, keys[i]);
        assert_in_range(said_bytes(&arena, &said).n, 80, 96);
        check_refused(said_bytes(&arena, &said), &PASSKEY_KEY);
        /* The same where extensions are. */
        said.cose = device.cose;
        said.flags |= ED;
        said.extensions = keys[i];
        check_refused(said_bytes(&arena, &said), &PASSKEY_AUTHENTICATOR_DATA);
        said = usual();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_it_is_read),
        cmocka_unit_test(each_flag_has_its_meaning),
        cmocka_unit_test(what_is_cut_off_is_refused),
        cmocka_unit_test(bytes_behind_the_end_are_refused),
        cmocka_unit_test(extensions_are_left_alone),
        cmocka_unit_test(malformed_extensions_are_refused),
        cmocka_unit_test(ids_that_are_empty_or_too_long_are_refused),
        cmocka_unit_test(a_key_that_declares_too_much_costs_nothing),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
