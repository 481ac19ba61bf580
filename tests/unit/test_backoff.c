#include "jobs/backoff.h"

#include "unit.h"

#define MINUTE INT64_C(60000000)

static void waits_grow_to_six_hours(void **state)
{
    static const int64_t minutes[] = { 1, 5, 30, 120, 360, 360, 360 };

    (void)state;
    for (int i = 0; i < 7; i++) {
        for (int64_t seed = 0; seed < 200; seed++) {
            int64_t wait = backoff(i + 1, seed);

            assert_true(wait >= minutes[i] * MINUTE);
            assert_true(wait < minutes[i] * MINUTE * 9 / 8);
        }
    }
}

static void the_same_letter_waits_the_same_and_others_do_not(void **state)
{
    int64_t different = 0;

    (void)state;
    for (int64_t seed = 1; seed < 100; seed++) {
        assert_int_equal(backoff(2, seed), backoff(2, seed));
        different += backoff(2, seed) != backoff(2, seed - 1);
    }
    assert_true(different > 95);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_grow_to_six_hours),
        cmocka_unit_test(the_same_letter_waits_the_same_and_others_do_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
