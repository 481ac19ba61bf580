#include "hash/sha256.h"

#include "unit.h"

static void check_hex(struct sha256_digest digest, const char *expected)
{
    char hex[SHA256_HEX_SIZE];

    assert_string_equal(sha256_hex(digest, hex), expected);
}

/* The examples of FIPS 180-4. */
static void published_examples(void **state)
{
    (void)state;
    check_hex(sha256(STR("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_hex(sha256(STR_NONE), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_hex(sha256(STR("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_hex(sha256(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void pieces_give_the_hash_of_the_whole(void **state)
{
    struct sha256 hash;

    (void)state;
    sha256_init(&hash);
    for (int i = 0; i < 1000; i++) {
        sha256_add(&hash, STR_NONE);
        for (int j = 0; j < 100; j++)
            sha256_add(&hash, STR("aaaaaaaaaa"));
    }
    check_hex(sha256_end(&hash),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    sha256_release(&hash);
}

static void a_hash_begins_anew_after_its_end(void **state)
{
    struct sha256 hash;

    (void)state;
    sha256_init(&hash);
    sha256_add(&hash, STR("something else"));
    (void)sha256_end(&hash);
    sha256_add(&hash, STR("a"));
    sha256_add(&hash, STR("bc"));
    check_hex(sha256_end(&hash),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256_release(&hash);
    sha256_release(&hash);
}

static void hexadecimal_is_read_back(void **state)
{
    struct sha256_digest digest;

    (void)state;
    assert_true(sha256_from_hex(
        STR("00ff67bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), &digest));
    check_hex(digest, "00ff67bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void other_hexadecimal_is_refused(void **state)
{
    struct sha256_digest digest = { { 42 } };

    (void)state;
    assert_false(sha256_from_hex(STR(""), &digest));
    assert_false(sha256_from_hex(
        STR("00ff67bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a"), &digest));
    assert_false(sha256_from_hex(
        STR("00ff67bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0"), &digest));
    assert_false(sha256_from_hex(
        STR("00FF67bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), &digest));
    assert_false(sha256_from_hex(
        STR("00gf67bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), &digest));
    assert_int_equal(digest.bytes[0], 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples),
        cmocka_unit_test(pieces_give_the_hash_of_the_whole),
        cmocka_unit_test(a_hash_begins_anew_after_its_end),
        cmocka_unit_test(hexadecimal_is_read_back),
        cmocka_unit_test(other_hexadecimal_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
