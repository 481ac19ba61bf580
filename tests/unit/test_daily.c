#include "jobs/daily.h"

#include <stdlib.h>
#include <time.h>

#include "unit.h"

#define HOUR INT64_C(3600000000)
#define DAY (24 * HOUR)
#define MIDNIGHT INT64_C(1795478400000000) /* 2026-11-24 00:00 UTC */
#define MARCH_28 INT64_C(1774656000000000) /* 2026-03-28 00:00 UTC */

static void zone(const char *name)
{
    setenv("TZ", name, 1);
    tzset();
}

static void it_is_that_hour_once_a_day(void **state)
{
    (void)state;
    zone(":UTC");
    assert_int_equal(daily_after(MIDNIGHT, 7), MIDNIGHT + 7 * HOUR);
    assert_int_equal(daily_after(MIDNIGHT + 7 * HOUR - 1, 7), MIDNIGHT + 7 * HOUR);
    assert_int_equal(daily_after(MIDNIGHT + 7 * HOUR, 7), MIDNIGHT + DAY + 7 * HOUR);
    assert_int_equal(daily_after(MIDNIGHT + 23 * HOUR, 0), MIDNIGHT + DAY);
}

static void the_hour_is_that_of_the_zone(void **state)
{
    (void)state;
    zone(":Asia/Kolkata"); /* half past one in UTC is seven there */
    assert_int_equal(daily_after(MIDNIGHT, 7), MIDNIGHT + HOUR + HOUR / 2);
    zone(":Europe/Amsterdam");
    assert_int_equal(daily_after(MIDNIGHT, 7), MIDNIGHT + 6 * HOUR);
}

static void clocks_that_are_moved_keep_one_a_day(void **state)
{
    (void)state;
    zone(":Europe/Amsterdam"); /* from two to three on 29 March 2026 */
    assert_int_equal(daily_after(MARCH_28, 7), MARCH_28 + 6 * HOUR);
    assert_int_equal(daily_after(MARCH_28 + 6 * HOUR, 7), MARCH_28 + DAY + 5 * HOUR);
    assert_int_equal(daily_after(MARCH_28 + 12 * HOUR, 2), MARCH_28 + DAY + HOUR);
    assert_int_equal(daily_after(MARCH_28 + DAY + HOUR, 2), MARCH_28 + 2 * DAY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_that_hour_once_a_day),
        cmocka_unit_test(the_hour_is_that_of_the_zone),
        cmocka_unit_test(clocks_that_are_moved_keep_one_a_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
