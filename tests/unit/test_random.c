#include "hash/random.h"

#include <string.h>

#include "unit.h"

static void two_draws_differ(void **state)
{
    char a[32] = { 0 };
    char b[32] = { 0 };

    (void)state;
    random_bytes(a, sizeof(a));
    random_bytes(b, sizeof(b));
    assert_int_not_equal(memcmp(a, b, sizeof(a)), 0);
}

/* 100,000 bytes are more than one call to the system gives. Each value comes about 390 times; a
   generator that is right stays within these bounds but once in more than a million runs. */
static void every_value_comes(void **state)
{
    static unsigned char bytes[100000];
    int count[256] = { 0 };

    (void)state;
    random_bytes(bytes, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++)
        count[bytes[i]]++;
    for (int i = 0; i < 256; i++)
        assert_in_range(count[i], 240, 560);
}

static void only_what_is_asked_for_is_written(void **state)
{
    char bytes[3] = { 1, 0, 2 };

    (void)state;
    random_bytes(bytes + 1, 0);
    assert_int_equal(bytes[1], 0);
    random_bytes(bytes + 1, 1);
    assert_int_equal(bytes[0], 1);
    assert_int_equal(bytes[2], 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_draws_differ),
        cmocka_unit_test(every_value_comes),
        cmocka_unit_test(only_what_is_asked_for_is_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
