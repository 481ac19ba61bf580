#include "web/clock.h"

#include <time.h>

#include "unit.h"

/* Kiritimati is 14 hours ahead of UTC all year, Pago Pago 11 behind: their dates are never the
   same, and differ from UTC's at one time of the day or another. */
static void today_is_that_of_the_zone(void **state)
{
    time_t before = time(NULL);
    day east;
    day west;

    (void)state;
    clock_set_zone(STR("Pacific/Kiritimati"));
    east = clock_today(NULL);
    clock_set_zone(STR("Pacific/Pago_Pago"));
    west = clock_today(NULL);
    assert_in_range(east, (before + 14 * 3600) / 86400, (time(NULL) + 14 * 3600) / 86400);
    assert_in_range(west, (before - 11 * 3600) / 86400, (time(NULL) - 11 * 3600) / 86400);
    assert_true(east > west);
    clock_set_zone(STR("UTC"));
    assert_in_range(clock_today(NULL), before / 86400, time(NULL) / 86400);
}

static void time_only_grows(void **state)
{
    int64_t before = clock_now_ms(NULL);
    const struct timespec wait = { 0, 3000000 };

    (void)state;
    nanosleep(&wait, NULL);
    assert_true(clock_now_ms(NULL) > before);
}

static void the_instant_is_in_microseconds_utc(void **state)
{
    const int64_t before = (int64_t)time(NULL) * 1000000;

    (void)state;
    assert_in_range(clock_now(NULL), before - 1000000, before + 60000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(today_is_that_of_the_zone),
        cmocka_unit_test(time_only_grows),
        cmocka_unit_test(the_instant_is_in_microseconds_utc),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
