#include "account/password.h"

#include <time.h>

#include "account/common_passwords.h"
#include "unit.h"

static const struct error *refusal(struct str password)
{
    const struct str own[] = { STR("ann.sample@mail.example"), STR("ann.sample"),
                               STR("Mediation Board") };

    return password_check(password, (struct str_list){ own, ARRAY_LEN(own) }).error;
}

/* A password of one character so many times, and another at the end. */
static struct str long_password(struct arena *arena, struct str character, size_t points)
{
    char *bytes = arena_alloc(arena, points * character.n);

    for (size_t i = 0; i < points * character.n; i++)
        bytes[i] = character.p[i % character.n];
    bytes[points * character.n - 1] ^= 1;
    return (struct str){ bytes, points * character.n };
}

static void passwords_that_are_taken(void **state)
{
    static const char *const taken[] = {
        "correct horse battery staple",
        "eight8xy",
        "  spaces  ",
        "onlysmallletters",
        "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c\xd1\x87\xd0\xb8", /* 8 of Cyrillic */
        "\xf0\x9f\x90\xb4\xf0\x9f\x94\x8b\xf0\x9f\x93\x8e\xe2\x9c\x93 abcd",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(taken); i++)
        if (refusal(str_from_c(taken[i])))
            fail_msg("'%s': %s", taken[i], refusal(str_from_c(taken[i]))->name);
}

static void short_ones_are_refused(void **state)
{
    (void)state;
    assert_ptr_equal(refusal(STR("")), &PASSWORD_TOO_SHORT);
    assert_ptr_equal(refusal(STR("seven7x")), &PASSWORD_TOO_SHORT);
    /* 7 characters in 14 bytes */
    assert_ptr_equal(refusal(STR("\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c\xd1\x87")),
                     &PASSWORD_TOO_SHORT);
}

static void long_ones_are_refused(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_null(refusal(long_password(&arena, STR("a"), 200)));
    assert_null(refusal(long_password(&arena, STR("\xf0\x9f\x90\xb4"), 200)));
    assert_ptr_equal(refusal(long_password(&arena, STR("a"), 201)), &PASSWORD_TOO_LONG);
    assert_ptr_equal(refusal(long_password(&arena, STR("\xf0\x9f\x90\xb4"), 201)),
                     &PASSWORD_TOO_LONG);
    arena_release(&arena);
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    (void)state;
    assert_ptr_equal(refusal(STR("eight8x\xff")), &PASSWORD_NOT_TEXT);
    assert_ptr_equal(refusal(STR("\xc3\x28 and more")), &PASSWORD_NOT_TEXT);
}

static void common_ones_are_refused(void **state)
{
    (void)state;
    assert_ptr_equal(refusal(STR("password")), &PASSWORD_COMMON);
    assert_ptr_equal(refusal(STR("PassWord")), &PASSWORD_COMMON);
    assert_ptr_equal(refusal(STR("12345678")), &PASSWORD_COMMON);
    assert_ptr_equal(refusal(STR("iloveyou")), &PASSWORD_COMMON);
    assert_null(refusal(STR("password\n12345678"))); /* two lines of the list are no entry of it */
    assert_null(refusal(STR("iloveyou and the hills")));
}

static void one_character_over_and_over_is_refused(void **state)
{
    (void)state;
    assert_ptr_equal(refusal(STR("zzzzzzzzzzzzzzzzz")), &PASSWORD_COMMON);
    assert_ptr_equal(
        refusal(STR("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9")),
        &PASSWORD_COMMON);
}

static void own_words_are_refused(void **state)
{
    (void)state;
    assert_ptr_equal(refusal(STR("ann.sample@mail.example")), &PASSWORD_OWN_WORDS);
    assert_ptr_equal(refusal(STR("Ann.Sample")), &PASSWORD_OWN_WORDS);
    assert_ptr_equal(refusal(STR("mediation board")), &PASSWORD_OWN_WORDS);
    assert_null(refusal(STR("ann.sample goes home")));
}

static void the_list_begins_and_ends(void **state)
{
    (void)state;
    assert_true(common_passwords_has(STR("password")));
    assert_true(common_passwords_has(STR("trustno1")));
    assert_true(common_passwords_has(STR("11234567"))); /* its last */
    assert_false(common_passwords_has(STR("passwor")));
    assert_false(common_passwords_has(STR("password\n")));
    assert_false(common_passwords_has(STR("nterprise")));
    assert_false(common_passwords_has(STR("")));
}

static void check_verify(struct str password, struct str kept, bool expected)
{
    bool fits = !expected;

    assert_false(failed(password_verify(password, kept, &fits)));
    assert_int_equal(fits, expected);
}

static void passwords_are_kept_and_verified(void **state)
{
    struct arena arena;
    struct str kept;
    struct str again;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(password_hash(&arena, STR("correct horse"), &kept)));
    assert_true(str_starts(kept, STR("$argon2id$v=19$m=65536,t=2,p=1$")));
    check_verify(STR("correct horse"), kept, true);
    check_verify(STR("correct horsf"), kept, false);
    check_verify(STR("correct hors"), kept, false);
    check_verify(STR(""), kept, false);
    assert_false(failed(password_hash(&arena, STR("correct horse"), &again)));
    assert_false(str_eq(kept, again));
    arena_release(&arena);
}

static void what_cannot_be_verified_does_not_fit(void **state)
{
    (void)state;
    check_verify(STR("password"), STR("password"), false);
    check_verify(STR("password"), STR("$argon2id$v=19$m=65536,t=2,p=1$"), false);
    check_verify(STR("password"),
                 STR("$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA and far more than "
                     "the hundred and twenty-seven bytes that libsodium has for "
                     "what it keeps of a password"),
                 false);
}

static int64_t processor_time(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static int64_t time_of_verify(struct str kept)
{
    int64_t begin = processor_time();

    check_verify(STR("some password"), kept, false);
    return processor_time() - begin;
}

static void no_account_takes_as_long_as_one(void **state)
{
    struct arena arena;
    struct str kept;
    int64_t with = INT64_MAX;
    int64_t without = INT64_MAX;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(password_hash(&arena, STR("correct horse"), &kept)));
    /* The least of a few, because other work on the machine only adds to it. */
    for (int i = 0; i < 3; i++) {
        int64_t time = time_of_verify(kept);

        with = time < with ? time : with;
        time = time_of_verify(STR_NONE);
        without = time < without ? time : without;
    }
    assert_true(with < 2 * without);
    assert_true(without < 2 * with);
    arena_release(&arena);
}

static void other_parameters_are_old(void **state)
{
    struct arena arena;
    struct str kept;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(password_hash(&arena, STR("correct horse"), &kept)));
    assert_false(password_is_old(kept));
    assert_true(password_is_old(STR("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
                                    "w4v5Ibt9XyQkbtS6O2MS1gYRBy3dNYmHnCKcE9LkGFo")));
    assert_true(password_is_old(STR("no hash at all")));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passwords_that_are_taken),
        cmocka_unit_test(short_ones_are_refused),
        cmocka_unit_test(long_ones_are_refused),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(common_ones_are_refused),
        cmocka_unit_test(one_character_over_and_over_is_refused),
        cmocka_unit_test(own_words_are_refused),
        cmocka_unit_test(the_list_begins_and_ends),
        cmocka_unit_test(passwords_are_kept_and_verified),
        cmocka_unit_test(what_cannot_be_verified_does_not_fit),
        cmocka_unit_test(no_account_takes_as_long_as_one),
        cmocka_unit_test(other_parameters_are_old),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
