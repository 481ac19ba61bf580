#include "account/recovery_codes.h"

#include <string.h>

#include "unit.h"

#define SALT STR("a salt of sixteen")

static bool same_hash(struct sha256_digest a, struct sha256_digest b)
{
    return memcmp(a.bytes, b.bytes, SHA256_SIZE) == 0;
}

static bool fits(struct str salt, struct str typed, struct sha256_digest kept)
{
    struct sha256_digest hash;

    return recovery_code_hash(salt, typed, &hash) && same_hash(hash, kept);
}

static void codes_fit_what_is_kept(void **state)
{
    struct recovery_code codes[RECOVERY_CODE_COUNT];

    (void)state;
    recovery_codes_new(SALT, codes);
    for (size_t i = 0; i < RECOVERY_CODE_COUNT; i++)
        for (size_t j = 0; j < RECOVERY_CODE_COUNT; j++)
            assert_int_equal(fits(SALT, str_from_c(codes[i].text), codes[j].hash), i == j);
}

static void codes_are_made_of_letters_that_do_not_look_alike(void **state)
{
    struct recovery_code codes[RECOVERY_CODE_COUNT];

    (void)state;
    recovery_codes_new(SALT, codes);
    for (size_t i = 0; i < RECOVERY_CODE_COUNT; i++) {
        const char *text = codes[i].text;

        assert_int_equal(strlen(text), RECOVERY_CODE_TEXT_SIZE - 1);
        for (size_t at = 0; text[at]; at++)
            if (at % 5 == 4)
                assert_int_equal(text[at], '-');
            else
                assert_non_null(strchr("0123456789ABCDEFGHJKMNPQRSTVWXYZ", text[at]));
    }
}

/* Each of the 32 letters comes up: 8 draws of 160 letters miss one of them once in 10^16. */
static void all_letters_are_used(void **state)
{
    bool seen[256] = { false };
    size_t kinds = 0;

    (void)state;
    for (int draw = 0; draw < 8; draw++) {
        struct recovery_code codes[RECOVERY_CODE_COUNT];

        recovery_codes_new(SALT, codes);
        for (size_t i = 0; i < RECOVERY_CODE_COUNT; i++)
            for (const char *at = codes[i].text; *at; at++)
                seen[(unsigned char)*at] = true;
    }
    for (size_t i = 0; i < sizeof(seen); i++)
        kinds += seen[i];
    assert_int_equal(kinds, 33); /* and the hyphen */
}

static void codes_may_be_typed_carelessly(void **state)
{
    struct sha256_digest kept;

    (void)state;
    assert_true(recovery_code_hash(SALT, STR("1010-ABCD-EFGH-JKMN"), &kept));
    assert_true(fits(SALT, STR("1010abcdefghjkmn"), kept));
    assert_true(fits(SALT, STR("iolo ABCD efgh jkmn"), kept));
    assert_true(fits(SALT, STR(" -LO1o--ABCD-EFGHJ-KMN "), kept));
    assert_false(fits(SALT, STR("1010-ABCD-EFGH-JKMP"), kept));
}

static void other_texts_are_refused(void **state)
{
    static const char *const refused[] = {
        "",
        "1010-ABCD-EFGH-JKM",
        "1010-ABCD-EFGH-JKMNP",
        "1010-ABCD-EFGH-JKMU",
        "1010-ABCD-EFGH-JKM.",
        "1010-ABCD-EFGH-JKM\xc3\xa9",
    };
    struct sha256_digest hash;

    (void)state;
    memset(&hash, 7, sizeof(hash));
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        if (recovery_code_hash(SALT, str_from_c(refused[i]), &hash))
            fail_msg("'%s' is taken", refused[i]);
    assert_int_equal(hash.bytes[0], 7);
}

static void accounts_have_hashes_of_their_own(void **state)
{
    struct sha256_digest kept;

    (void)state;
    assert_true(recovery_code_hash(SALT, STR("1010-ABCD-EFGH-JKMN"), &kept));
    assert_false(fits(STR("another of sixteen"), STR("1010-ABCD-EFGH-JKMN"), kept));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_fit_what_is_kept),
        cmocka_unit_test(codes_are_made_of_letters_that_do_not_look_alike),
        cmocka_unit_test(all_letters_are_used),
        cmocka_unit_test(codes_may_be_typed_carelessly),
        cmocka_unit_test(other_texts_are_refused),
        cmocka_unit_test(accounts_have_hashes_of_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
