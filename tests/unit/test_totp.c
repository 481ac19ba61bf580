#include "account/totp.h"

#include "base/attr.h"
#include "hex.h"

#define SECOND INT64_C(1000000)

/* The secret and the codes of RFC 6238, appendix B, of which ours are the last six digits. */
#define PUBLISHED STR("12345678901234567890")

static const struct {
    int64_t seconds;
    const char *code;
} published[] = {
    { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
    { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
};

static void published_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(published); i++) {
        int64_t step = -5;

        assert_true(totp_check(PUBLISHED, str_from_c(published[i].code),
                               published[i].seconds * SECOND, TOTP_NEVER, &step));
        assert_true(step == published[i].seconds / TOTP_STEP_SECONDS);
    }
}

static bool good_at(int64_t seconds, int64_t last_step)
{
    int64_t step = -5;
    bool good = totp_check(PUBLISHED, STR("005924"), seconds * SECOND, last_step, &step);

    assert_true(step == (good ? 1234567890 / 30 : -5));
    return good;
}

static void clocks_may_be_off_by_a_step(void **state)
{
    (void)state;
    /* The code is that of 1234567890 to 1234567919. */
    assert_false(good_at(1234567859, TOTP_NEVER));
    assert_true(good_at(1234567860, TOTP_NEVER));
    assert_true(good_at(1234567890, TOTP_NEVER));
    assert_true(good_at(1234567919, TOTP_NEVER));
    assert_true(good_at(1234567949, TOTP_NEVER));
    assert_false(good_at(1234567950, TOTP_NEVER));
}

static void a_code_is_good_once(void **state)
{
    (void)state;
    assert_true(good_at(1234567890, 1234567890 / 30 - 1));
    assert_false(good_at(1234567890, 1234567890 / 30));
    assert_false(good_at(1234567890, 1234567890 / 30 + 1));
}

static void other_codes_are_refused(void **state)
{
    static const char *const refused[] = { "005925", "00592",  "0059240", "89005924",
                                           "",       "+05924", "005 92",  "5924",
                                           "  5924", "00592a", "005-924", "005924\n" };
    int64_t step = -5;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        if (totp_check(PUBLISHED, str_from_c(refused[i]), 1234567890 * SECOND, TOTP_NEVER, &step))
            fail_msg("'%s' is taken", refused[i]);
    assert_true(step == -5);
}

static void every_single_change_is_refused(void **state)
{
    int64_t step;

    (void)state;
    for (size_t i = 0; i < TOTP_DIGITS; i++)
        for (char digit = '0'; digit <= '9'; digit++) {
            char code[] = "005924";

            if (code[i] == digit)
                continue;
            code[i] = digit;
            assert_false(
                totp_check(PUBLISHED, str_from_c(code), 1234567890 * SECOND, TOTP_NEVER, &step));
        }
}

static void spaces_do_not_matter(void **state)
{
    int64_t step;

    (void)state;
    assert_true(totp_check(PUBLISHED, STR("005 924"), 1234567890 * SECOND, TOTP_NEVER, &step));
    assert_true(totp_check(PUBLISHED, STR(" 005924 "), 1234567890 * SECOND, TOTP_NEVER, &step));
}

static void the_beginning_of_time(void **state)
{
    int64_t step = -5;

    (void)state;
    /* RFC 4226, appendix D: the codes of the counters 0 and 1. */
    assert_true(totp_check(PUBLISHED, STR("755224"), 0, TOTP_NEVER, &step));
    assert_true(step == 0);
    assert_true(totp_check(PUBLISHED, STR("287082"), 0, TOTP_NEVER, &step));
    assert_true(step == 1);
    assert_false(totp_check(PUBLISHED, STR("359152"), 0, TOTP_NEVER, &step));
}

static void new_secrets_differ(void **state)
{
    struct arena arena;
    struct str one;
    struct str other;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    one = totp_secret_new(&arena);
    other = totp_secret_new(&arena);
    assert_int_equal(one.n, TOTP_SECRET_SIZE);
    assert_false(str_eq(one, other));
    arena_release(&arena);
}

static void the_secret_as_it_is_typed(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    check_str(totp_secret_text(&arena, PUBLISHED), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    arena_release(&arena);
}

static void the_address_that_apps_read(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    check_str(totp_uri(&arena, PUBLISHED,
                       STR("Assay: M\xc3\xa9"
                           "diation"),
                       STR("ann+1@mail.example")),
              "otpauth://totp/Assay%20%20M%C3%A9diation:ann%2B1%40mail.example"
              "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Assay%20%20M%C3%A9diation");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_codes),
        cmocka_unit_test(clocks_may_be_off_by_a_step),
        cmocka_unit_test(a_code_is_good_once),
        cmocka_unit_test(other_codes_are_refused),
        cmocka_unit_test(every_single_change_is_refused),
        cmocka_unit_test(spaces_do_not_matter),
        cmocka_unit_test(the_beginning_of_time),
        cmocka_unit_test(new_secrets_differ),
        cmocka_unit_test(the_secret_as_it_is_typed),
        cmocka_unit_test(the_address_that_apps_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
