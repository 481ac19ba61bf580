#include "base/date.h"

#include "unit.h"

static day parsed(const char *text)
{
    day d = DAY_NONE;

    if (!day_parse(str_from_c(text), &d))
        fail_msg("%s is not read as a date", text);
    return d;
}

static void check_day(day got, const char *expected)
{
    char text[DAY_TEXT_SIZE];

    assert_string_equal(day_text(got, text), expected);
}

static void known_days(void **state)
{
    (void)state;
    assert_int_equal(parsed("1970-01-01"), 0);
    assert_int_equal(parsed("1969-12-31"), -1);
    assert_int_equal(parsed("2000-02-29"), 11016);
    assert_int_equal(parsed("2024-06-15"), 19889);
    assert_int_equal(parsed("0001-01-01"), DAY_FIRST);
    assert_int_equal(parsed("9999-12-31"), DAY_LAST);
}

/* Counts the calendar day by day, with no formula to share a fault with. */
static void every_day_of_the_calendar_is_there_once(void **state)
{
    static const int32_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    day d = DAY_FIRST;

    (void)state;
    for (int32_t year = 1; year <= 9999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

        for (int32_t month = 1; month <= 12; month++) {
            int32_t length = lengths[month - 1] + (leap && month == 2 ? 1 : 0);

            assert_int_equal(month_length(year, month), length);
            for (int32_t mday = 1; mday <= length; mday++, d++) {
                struct civil civil = civil_from_day(d);

                if (civil.year != year || civil.month != month || civil.mday != mday ||
                    day_from_civil(civil) != d)
                    fail_msg("day %d is not %d-%d-%d", d, year, month, mday);
            }
        }
    }
    assert_int_equal(d, DAY_LAST + 1);
}

static void leap_years(void **state)
{
    (void)state;
    assert_int_equal(month_length(2024, 2), 29);
    assert_int_equal(month_length(2023, 2), 28);
    assert_int_equal(month_length(1900, 2), 28);
    assert_int_equal(month_length(2000, 2), 29);
    assert_int_equal(month_length(2100, 2), 28);
    assert_int_equal(month_length(4, 2), 29);
    assert_true(civil_exists((struct civil){ 2024, 2, 29 }));
    assert_false(civil_exists((struct civil){ 2023, 2, 29 }));
    assert_false(civil_exists((struct civil){ 0, 12, 31 }));
    assert_false(civil_exists((struct civil){ 10000, 1, 1 }));
    assert_false(civil_exists((struct civil){ 2024, 13, 1 }));
    assert_false(civil_exists((struct civil){ 2024, 0, 1 }));
    assert_false(civil_exists((struct civil){ 2024, 4, 31 }));
    assert_false(civil_exists((struct civil){ 2024, 4, 0 }));
}

static void months_stop_at_the_last_day_of_a_shorter_month(void **state)
{
    (void)state;
    check_day(day_add_months(parsed("2024-01-31"), 1), "2024-02-29");
    check_day(day_add_months(parsed("2023-01-31"), 1), "2023-02-28");
    check_day(day_add_months(parsed("2024-02-29"), 12), "2025-02-28");
    check_day(day_add_months(parsed("2024-02-29"), 48), "2028-02-29");
    check_day(day_add_months(parsed("2024-03-31"), -1), "2024-02-29");
    check_day(day_add_months(parsed("2024-05-31"), -6), "2023-11-30");
    check_day(day_add_months(parsed("2024-12-31"), -24), "2022-12-31");
    check_day(day_add_months(parsed("2024-01-15"), 0), "2024-01-15");
    check_day(day_add_months(parsed("2024-01-15"), -1), "2023-12-15");
    check_day(day_add_months(parsed("2023-12-15"), 1), "2024-01-15");
}

static void months_up_go_to_the_first_day_after_a_shorter_month(void **state)
{
    (void)state;
    check_day(day_add_months_up(parsed("2024-01-31"), 1), "2024-03-01");
    check_day(day_add_months_up(parsed("2024-02-29"), 12), "2025-03-01");
    check_day(day_add_months_up(parsed("2024-02-29"), 48), "2028-02-29");
    check_day(day_add_months_up(parsed("2024-03-31"), -1), "2024-03-01");
    check_day(day_add_months_up(parsed("2024-10-31"), 1), "2024-12-01");
    check_day(day_add_months_up(parsed("2024-12-31"), 2), "2025-03-01");
    check_day(day_add_months_up(parsed("2024-06-15"), 36), "2027-06-15");
}

static void months_are_clamped_to_the_calendar(void **state)
{
    (void)state;
    assert_int_equal(day_add_months(parsed("0001-01-31"), -1), DAY_FIRST);
    assert_int_equal(day_add_months(parsed("2024-01-01"), INT32_MIN), DAY_FIRST);
    assert_int_equal(day_add_months(parsed("9999-12-01"), 1), DAY_LAST);
    assert_int_equal(day_add_months(parsed("2024-01-01"), INT32_MAX), DAY_LAST);
    assert_int_equal(day_add_months_up(parsed("0001-12-31"), -12), DAY_FIRST);
    assert_int_equal(day_add_months_up(DAY_LAST, 1), DAY_LAST);
    assert_int_equal(day_add_months_up(DAY_FIRST, INT32_MIN), DAY_FIRST);
    check_day(day_add_months(parsed("0001-02-15"), -1), "0001-01-15");
    check_day(day_add_months(parsed("9999-11-30"), 1), "9999-12-30");
    check_day(day_add_months_up(parsed("9999-10-31"), 1), "9999-12-01");
    assert_int_equal(day_add_months(DAY_FIRST, 9999 * 12 - 1), parsed("9999-12-01"));
}

static void only_whole_dates_that_exist_are_read(void **state)
{
    static const char *const refused[] = {
        "",           "2024",        "2024-6-15",   "2024-06-15 ", " 2024-06-15", "2024-06-31",
        "2023-02-29", "2024-00-10",  "2024-13-01",  "2024-01-00",  "2024/01/01",  "2024-01-1a",
        "-024-01-01", "+024-01-01",  "2024-+1-01",  "2024-01--1",  "0000-01-01",  "10000-01-01",
        "20240101",   "2024-01-01T", "２024-01-01",
    };
    day d = 42;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        if (day_parse(str_from_c(refused[i]), &d))
            fail_msg("'%s' is read as a date", refused[i]);
    assert_false(day_parse(STR_NONE, &d));
    assert_int_equal(d, 42);
    check_day(parsed("0999-09-09"), "0999-09-09");
}

static void instants_are_written_to_the_second(void **state)
{
    char text[INSTANT_SIZE];

    (void)state;
    check_str(str_from_c(instant_utc(0, text)), "1970-01-01T00:00:00Z");
    check_str(str_from_c(instant_utc(-1, text)), "1969-12-31T23:59:59Z");
    check_str(str_from_c(instant_utc(INT64_C(1795485909999999), text)), "2026-11-24T02:05:09Z");
}

static void only_whole_instants_are_read(void **state)
{
    static const char *const refused[] = {
        "",
        "2026-11-24",
        "2026-11-24T02:05",
        "2026-11-24 02:05Z",
        "2026-11-24T24:00Z",
        "2026-11-24T23:60Z",
        "2026-11-24T23:59:60Z",
        "2026-11-31T02:05Z",
        "2026-11-24T02:05:09+",
        "2026-11-24T02:05.09Z",
        "2026-11-24T-2:05Z",
    };
    struct instant_parts parts = { .hour = 42 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        if (instant_parse(str_from_c(refused[i]), &parts))
            fail_msg("'%s' is read as an instant", refused[i]);
    assert_false(instant_parse(STR_NONE, &parts));
    assert_int_equal(parts.hour, 42);
    assert_true(instant_parse(STR("2026-11-24T02:05:09Z"), &parts));
    check_day(parts.on, "2026-11-24");
    assert_int_equal(parts.hour * 10000 + parts.minute * 100 + parts.second, 20509);
    assert_true(instant_parse(STR("2026-11-24T23:59Z"), &parts));
    assert_int_equal(parts.hour * 10000 + parts.minute * 100 + parts.second, 235900);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days),
        cmocka_unit_test(every_day_of_the_calendar_is_there_once),
        cmocka_unit_test(leap_years),
        cmocka_unit_test(months_stop_at_the_last_day_of_a_shorter_month),
        cmocka_unit_test(months_up_go_to_the_first_day_after_a_shorter_month),
        cmocka_unit_test(months_are_clamped_to_the_calendar),
        cmocka_unit_test(only_whole_dates_that_exist_are_read),
        cmocka_unit_test(instants_are_written_to_the_second),
        cmocka_unit_test(only_whole_instants_are_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
