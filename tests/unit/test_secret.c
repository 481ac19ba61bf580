#include "hash/secret.h"

#include "unit.h"

static void equal_bytes_are_equal(void **state)
{
    (void)state;
    assert_true(secret_equal(STR("token"), STR("token")));
    assert_true(secret_equal(STR("a\0b"), STR("a\0b")));
    assert_true(secret_equal(STR(""), STR_NONE));
}

static void other_bytes_are_not(void **state)
{
    (void)state;
    assert_false(secret_equal(STR("token"), STR("Token")));
    assert_false(secret_equal(STR("token"), STR("tokem")));
    assert_false(secret_equal(STR("a\0b"), STR("a\0c")));
    assert_false(secret_equal(STR("token"), STR("toke")));
    assert_false(secret_equal(STR("token"), STR("")));
}

static void wiped_bytes_are_gone(void **state)
{
    char bytes[] = "keep secret";

    (void)state;
    secret_wipe(bytes + 5, 6);
    check_str(str_take(str_from_c(bytes), 5), "keep ");
    for (size_t i = 5; i < sizeof(bytes); i++)
        assert_int_equal(bytes[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_bytes_are_equal),
        cmocka_unit_test(other_bytes_are_not),
        cmocka_unit_test(wiped_bytes_are_gone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
