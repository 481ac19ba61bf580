#include "account/cose.h"

#include "account/passkey_error.h"
#include "device_fixture.h"

static const enum cose_algorithm ALL[] = { COSE_ES256, COSE_EDDSA, COSE_RS256 };

static void check_refused(struct str bytes, const struct error *error)
{
    struct cose_key key = { .first = STR("kept") };
    struct result result = cose_read(bytes, &key);

    if (result.error != error)
        fail_msg("%s", failed(result) ? result.error->name : "it is read");
    check_str(key.first, "kept");
}

static void keys_verify_what_they_signed(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(ALL); i++) {
        struct device device;
        struct cose_key key;
        struct str signature;

        device_init(&device, &arena, ALL[i]);
        signature = device_sign_bytes(&device, &arena, STR("a message"));
        assert_false(failed(cose_read(device.cose, &key)));
        assert_int_equal(key.algorithm, ALL[i]);
        assert_true(cose_verify(&key, STR("a message"), signature));
        assert_false(cose_verify(&key, STR("a massage"), signature));
        assert_false(cose_verify(&key, STR("a message"), str_take(signature, signature.n - 1)));
        assert_false(cose_verify(&key, STR("a message"), STR("")));
        device_release(&device);
    }
    arena_release(&arena);
}

static void every_changed_byte_of_a_signature_is_refused(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(ALL); i++) {
        struct device device;
        struct cose_key key;
        struct str signature;
        char *bytes;

        device_init(&device, &arena, ALL[i]);
        signature = device_sign_bytes(&device, &arena, STR("a message"));
        assert_false(failed(cose_read(device.cose, &key)));
        bytes = arena_alloc(&arena, signature.n);
        memcpy(bytes, signature.p, signature.n);
        for (size_t at = 0; at < signature.n; at++) {
            bytes[at] ^= 1;
            assert_false(cose_verify(&key, STR("a message"), (struct str){ bytes, signature.n }));
            bytes[at] ^= (char)0x81;
            assert_false(cose_verify(&key, STR("a message"), (struct str){ bytes, signature.n }));
            bytes[at] ^= (char)0x80;
        }
        assert_true(cose_verify(&key, STR("a message"), (struct str){ bytes, signature.n }));
        device_release(&device);
    }
    arena_release(&arena);
}

/* A key that is changed anywhere is refused, or it is another, which did not sign. */
static void every_changed_byte_of_a_key_is_noticed(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(ALL); i++) {
        struct device device;
        struct str signature;
        char *bytes;

        device_init(&device, &arena, ALL[i]);
        signature = device_sign_bytes(&device, &arena, STR("a message"));
        bytes = arena_alloc(&arena, device.cose.n);
        memcpy(bytes, device.cose.p, device.cose.n);
        for (size_t at = 0; at < device.cose.n; at++) {
            struct cose_key key;

            bytes[at] ^= 1;
            if (!failed(cose_read((struct str){ bytes, device.cose.n }, &key)))
                assert_false(cose_verify(&key, STR("a message"), signature));
            bytes[at] ^= 1;
        }
        device_release(&device);
    }
    arena_release(&arena);
}

static void points_off_the_curve_are_refused(void **state)
{
    struct arena arena;
    struct device device;
    struct str point;
    struct str x;
    char y[32];

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    device_init(&device, &arena, COSE_ES256);
    point = public_point(&arena, &device);
    x = str_take(str_drop(point, 1), 32);
    memcpy(y, point.p + 33, sizeof(y));
    y[31] ^= 1;
    check_refused(es256_cose(&arena, x, (struct str){ y, sizeof(y) }), &PASSKEY_KEY);
    memset(y, 0, sizeof(y));
    check_refused(es256_cose(&arena, x, (struct str){ y, sizeof(y) }), &PASSKEY_KEY);
    check_refused(es256_cose(&arena, (struct str){ y, sizeof(y) }, (struct str){ y, sizeof(y) }),
                  &PASSKEY_KEY);
    /* A coordinate that is not below the field's prime. */
    memset(y, 0xff, sizeof(y));
    check_refused(es256_cose(&arena, x, (struct str){ y, sizeof(y) }), &PASSKEY_KEY);
    /* One byte too few, one too many. */
    check_refused(es256_cose(&arena, x, str_drop(point, 34)), &PASSKEY_KEY);
    check_refused(es256_cose(&arena, x, str_drop(point, 32)), &PASSKEY_KEY);
    device_release(&device);
    arena_release(&arena);
}

static void points_of_small_order_are_refused(void **state)
{
    static const char *const points[] = {
        "0100000000000000000000000000000000000000000000000000000000000000", /* the neutral one */
        "0000000000000000000000000000000000000000000000000000000000000000", /* order 4 */
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", /* order 2 */
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", /* order 8 */
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", /* 0, another way */
        "0200000000000000000000000000000000000000000000000000000000000000", /* on no curve */
    };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(points); i++)
        check_refused(eddsa_cose(&arena, from_hex(&arena, points[i])), &PASSKEY_KEY);
    check_refused(eddsa_cose(&arena, STR("too short")), &PASSKEY_KEY);
    arena_release(&arena);
}

/* A modulus of that many bytes: `first`, then ones, then `last`. */
static struct str modulus(struct arena *arena, size_t bytes, unsigned first, unsigned last)
{
    char *at = arena_alloc(arena, bytes);

    memset(at, 1, bytes);
    at[0] = (char)first;
    at[bytes - 1] = (char)last;
    return (struct str){ at, bytes };
}

static void moduli_out_of_bounds_are_refused(void **state)
{
    const struct str e = STR("\x01\x00\x01");
    struct arena arena;
    struct cose_key key;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    check_refused(rs256_cose(&arena, modulus(&arena, 255, 0xff, 1), e), &PASSKEY_KEY);
    check_refused(rs256_cose(&arena, modulus(&arena, 256, 0x7f, 1), e), &PASSKEY_KEY);
    assert_false(failed(cose_read(rs256_cose(&arena, modulus(&arena, 256, 0x80, 1), e), &key)));
    assert_false(failed(cose_read(rs256_cose(&arena, modulus(&arena, 512, 0xff, 1), e), &key)));
    check_refused(rs256_cose(&arena, modulus(&arena, 513, 0x01, 1), e), &PASSKEY_KEY);
    check_refused(rs256_cose(&arena, modulus(&arena, 300, 0x00, 1), e), &PASSKEY_KEY);
    check_refused(rs256_cose(&arena, modulus(&arena, 300, 0x80, 2), e), &PASSKEY_KEY);
    check_refused(rs256_cose(&arena, STR(""), e), &PASSKEY_KEY);
    arena_release(&arena);
}

static void other_exponents_are_refused(void **state)
{
    const struct str refused[] = { STR("\x03"),
                                   STR("\x01"),
                                   STR(""),
                                   STR("\x00\x01\x00\x01"),
                                   STR("\x01\x00\x00"),
                                   STR("\x01\x00\x01\x01") };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        check_refused(rs256_cose(&arena, modulus(&arena, 256, 0x80, 1), refused[i]), &PASSKEY_KEY);
    arena_release(&arena);
}

static void other_algorithms_are_refused(void **state)
{
    static const char *const refused[] = {
        "a0",         /* none */
        "a10102",     /* the same */
        "a1033822",   /* ES384 */
        "a10300",     /* reserved */
        "a1034126",   /* a byte string */
        "a103390101", /* RS384 */
        "a10307",     /* 7, not -7 */
    };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        check_refused(from_hex(&arena, refused[i]), &PASSKEY_ALGORITHM);
    arena_release(&arena);
}

static struct str changed(struct arena *arena, struct str bytes, size_t at, unsigned byte)
{
    char *copy = arena_alloc(arena, bytes.n);

    memcpy(copy, bytes.p, bytes.n);
    copy[at] = (char)byte;
    return (struct str){ copy, bytes.n };
}

static void malformed_keys_are_refused(void **state)
{
    struct arena arena;
    struct device device;
    struct buf more;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    device_init(&device, &arena, COSE_ES256);
    check_refused(STR(""), &PASSKEY_KEY);
    check_refused(from_hex(&arena, "80"), &PASSKEY_KEY);
    check_refused(str_take(device.cose, device.cose.n - 1), &PASSKEY_KEY);
    /* a5 01 02 03 26 20 01 21 58 20 …: another kind of key, another curve. */
    check_refused(changed(&arena, device.cose, 2, 0x01), &PASSKEY_KEY);
    check_refused(changed(&arena, device.cose, 6, 0x02), &PASSKEY_KEY);
    check_refused(changed(&arena, device.cose, 7, 0x23), &PASSKEY_KEY);
    /* A member more, and a byte behind it. */
    buf_init(&more, FIXTURE_MAX);
    add_number(&more, 0xa6, 1);
    buf_add(&more, str_drop(device.cose, 1));
    add_hex(&more, &arena, "0241ff");
    check_refused(buf_str(&more), &PASSKEY_KEY);
    buf_clear(&more);
    buf_add(&more, device.cose);
    buf_byte(&more, 0);
    check_refused(buf_str(&more), &PASSKEY_KEY);
    buf_release(&more);
    device_release(&device);
    arena_release(&arena);
}

static void the_first_key_of_more_bytes(void **state)
{
    struct arena arena;
    struct device device;
    struct buf more;
    struct cose_key key;
    struct str rest;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    device_init(&device, &arena, COSE_EDDSA);
    buf_init(&more, FIXTURE_MAX);
    buf_add(&more, device.cose);
    buf_add_c(&more, "rest");
    assert_false(failed(cose_read_first(buf_str(&more), &key, &rest)));
    check_str(rest, "rest");
    buf_release(&more);
    device_release(&device);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_verify_what_they_signed),
        cmocka_unit_test(every_changed_byte_of_a_signature_is_refused),
        cmocka_unit_test(every_changed_byte_of_a_key_is_noticed),
        cmocka_unit_test(points_off_the_curve_are_refused),
        cmocka_unit_test(points_of_small_order_are_refused),
        cmocka_unit_test(moduli_out_of_bounds_are_refused),
        cmocka_unit_test(other_exponents_are_refused),
        cmocka_unit_test(other_algorithms_are_refused),
        cmocka_unit_test(malformed_keys_are_refused),
        cmocka_unit_test(the_first_key_of_more_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
