#include "register/cell.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

static const struct date_column unsure = { .day_first = 0 };

static void check_date_in(const struct date_column *column, struct str cell, const char *expected,
                          int line)
{
    struct complaint complaint = { "", NULL };
    char text[DAY_TEXT_SIZE];
    day d;

    if (!date_read(cell, column, &d, &complaint)) {
        fprintf(stderr, "%.*s %s\n", STR_ARG(cell), complaint.says);
        _assert_string_equal(complaint.says, expected, __FILE__, line);
        return;
    }
    _assert_string_equal(day_text(d, text), expected, __FILE__, line);
}

#define check_date(cell, expected) check_date_in(&unsure, STR(cell), (expected), __LINE__)

static void no_date_at(struct str cell, const char *words, int line)
{
    struct complaint complaint;
    day d = 12345;

    _assert_true(!date_read(cell, &unsure, &d, &complaint), cell.p, __FILE__, line);
    _assert_int_equal(d, 12345, __FILE__, line);
    if (!strstr(complaint.says, words))
        _assert_string_equal(complaint.says, words, __FILE__, line);
    _assert_true(complaint.hint != NULL, "a hint", __FILE__, line);
}

#define no_date(cell, words) no_date_at(STR(cell), (words), __LINE__)

static void iso_dates_are_read(void **state)
{
    (void)state;
    check_date("2024-05-31", "2024-05-31");
    check_date("2024-5-1", "2024-05-01");
    check_date("2024/05/31", "2024-05-31");
    check_date("2024/5/1", "2024-05-01");
    check_date("2024-02-29", "2024-02-29");
    check_date("1900-01-01", "1900-01-01");
}

static void local_dates_with_one_reading_are_read(void **state)
{
    (void)state;
    check_date("31.05.2024", "2024-05-31");
    check_date("1.5.2024", "2024-05-01");
    check_date("05.05.2024", "2024-05-05");
    check_date("1 May 2024", "2024-05-01");
    check_date("01 MAY 2024", "2024-05-01");
    check_date("31-Dec-2023", "2023-12-31");
    check_date("1. September 2023", "2023-09-01");
    check_date("Sept 1, 2023", "2023-09-01");
    check_date("February 29, 2024", "2024-02-29");
    check_date("Feb. 29 2024", "2024-02-29");
}

static void a_time_of_day_is_dropped(void **state)
{
    (void)state;
    check_date("2024-05-01 00:00:00", "2024-05-01");
    check_date("2024-05-01T23:59:59.999", "2024-05-01");
    check_date("2024-05-01 9:30", "2024-05-01");
    check_date("01.05.2024 00:00", "2024-05-01");
    check_date("1 May 2024 8:00", "2024-05-01");
}

static void a_time_that_may_be_another_day_elsewhere_is_refused(void **state)
{
    (void)state;
    no_date("2024-05-01T23:00:00Z", "no time of day");
    no_date("2024-05-01T23:00:00+02:00", "no time of day");
    no_date("2024-05-01 25:00", "no time of day");
    no_date("2024-05-01 10:60", "no time of day");
    no_date("5/1/2024 12:00:00 AM", "no time of day");
    no_date("12:30", "is no date");
}

static void days_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    no_date("2023-02-29", "is no day of the calendar");
    no_date("31.04.2024", "is no day of the calendar");
    no_date("2024-13-01", "is no day of the calendar");
    no_date("2024-00-10", "is no day of the calendar");
    no_date("32/01/2024", "is no day of the calendar");
    no_date("13/13/2024", "is no day of the calendar");
    no_date("30 February 2024", "is no day of the calendar");
}

static void years_of_two_digits_are_refused(void **state)
{
    (void)state;
    no_date("01.05.24", "no year of four digits");
    no_date("13/05/24", "no year of four digits");
    no_date("24-05-13", "no year of four digits");
    no_date("1 May 24", "no year of four digits");
    no_date("01-May-24", "no year of four digits");
}

static void day_numbers_of_spreadsheets_are_explained(void **state)
{
    (void)state;
    no_date("45413", "is a spreadsheet's own number of a day");
    no_date("1", "is a spreadsheet's own number of a day");
    no_date("20240501", "is no date");
    no_date("45413.5", "is no date");
}

static void years_before_1900_are_refused(void **state)
{
    (void)state;
    no_date("1899-12-31", "before the year 1900");
    no_date("0202-05-01", "before the year 1900");
}

static void other_texts_are_no_dates(void **state)
{
    (void)state;
    no_date("soon", "is no date");
    no_date("May 2024", "is no date");
    no_date("2024", "is a spreadsheet's own number of a day");
    no_date("2024-05", "is no date");
    no_date("1 Mai 2024", "is no date");
    no_date("1st May 2024", "is no date");
    no_date("2024-05-01-02", "is no date");
    no_date("-2024-05-01", "is no date");
    no_date("2024--05-01", "is no date");
    no_date("2024-05/01", "is no date");
    no_date("+1.5.2024", "is no date");
    no_date("1.5.20240", "is no date");
    no_date("123.5.2024", "is no date");
    no_date("2024-05-01 or so", "is no date");
    no_date("1 May 2024 BC", "is no date");
    no_date("May May 2024", "is no date");
    no_date("1 2 May", "is no date");
}

static struct date_column surveyed(const char *const *cells, size_t count)
{
    struct date_column column = { .day_first = 0 };

    for (size_t i = 0; i < count; i++)
        date_survey(str_from_c(cells[i]), (uint32_t)i + 2, &column);
    return column;
}

#define SURVEY(...)                                                                                \
    surveyed((const char *const[]){ __VA_ARGS__ },                                                 \
             ARRAY_LEN(((const char *const[]){ __VA_ARGS__ })))

static void a_column_decides_whether_the_day_stands_first(void **state)
{
    struct date_column day_first = SURVEY("03/04/2024", "", "13/04/2024 10:00", "2024-01-01");
    struct date_column month_first = SURVEY("3-4-2024", "4-13-2024");

    (void)state;
    assert_int_equal(day_first.day_first, 4);
    assert_int_equal(day_first.month_first, 0);
    assert_int_equal(day_first.undecided, 1);
    assert_int_equal(day_first.undecided_rows[0], 2);
    assert_false(date_is_undecided(STR("03/04/2024"), &day_first));
    check_date_in(&day_first, STR("03/04/2024"), "2024-04-03", __LINE__);
    check_date_in(&day_first, STR("13/04/2024 10:00"), "2024-04-13", __LINE__);

    assert_int_equal(month_first.month_first, 3);
    assert_false(date_is_undecided(STR("3-4-2024"), &month_first));
    check_date_in(&month_first, STR("3-4-2024"), "2024-03-04", __LINE__);
    check_date_in(&month_first, STR("4-13-2024"), "2024-04-13", __LINE__);
}

static void a_column_that_says_nothing_decides_nothing(void **state)
{
    struct date_column column = SURVEY("03/04/2024", "05/05/2024", "1.2.2024", "2024-02-13",
                                       "12/11/2024", "13/13/2024", "99/01/2024x");

    (void)state;
    assert_int_equal(column.day_first, 0);
    assert_int_equal(column.month_first, 0);
    assert_int_equal(column.undecided, 2);
    assert_true(date_is_undecided(STR("03/04/2024"), &column));
    assert_false(date_is_undecided(STR("1.2.2024"), &column));
    assert_false(date_is_undecided(STR("05/05/2024"), &column));
    check_date_in(&column, STR("05/05/2024"), "2024-05-05", __LINE__);
}

static void a_column_that_contradicts_itself_decides_nothing(void **state)
{
    struct date_column column = SURVEY("13/04/2024", "04/13/2024", "03/04/2024");

    (void)state;
    assert_int_equal(column.day_first, 2);
    assert_int_equal(column.month_first, 3);
    assert_true(date_is_undecided(STR("03/04/2024"), &column));
    assert_false(date_is_undecided(STR("13/04/2024"), &column));
}

static void only_the_first_undecided_rows_are_kept(void **state)
{
    struct date_column column = { .day_first = 0 };

    (void)state;
    for (uint32_t row = 2; row < 100; row++)
        date_survey(STR("03/04/2024"), row, &column);
    assert_int_equal(column.undecided, 98);
    assert_int_equal(column.undecided_rows[UNDECIDED_ROWS - 1], 1 + UNDECIDED_ROWS);
}

static void check_hours_at(struct str cell, bool number, int64_t expected, int line)
{
    struct complaint complaint = { "", NULL };
    int64_t minutes = -1;

    if (!hours_read(cell, number, &minutes, &complaint))
        fprintf(stderr, "%.*s %s\n", STR_ARG(cell), complaint.says);
    _assert_int_equal(minutes, expected, __FILE__, line);
}

#define check_hours(cell, expected) check_hours_at(STR(cell), false, (expected), __LINE__)

static void no_hours_at(struct str cell, const char *words, int line)
{
    struct complaint complaint;
    int64_t minutes = -7;

    _assert_true(!hours_read(cell, false, &minutes, &complaint), cell.p, __FILE__, line);
    _assert_int_equal(minutes, -7, __FILE__, line);
    if (!strstr(complaint.says, words))
        _assert_string_equal(complaint.says, words, __FILE__, line);
}

#define no_hours(cell, words) no_hours_at(STR(cell), (words), __LINE__)

static void hours_are_read_in_every_common_form(void **state)
{
    (void)state;
    check_hours("3", 180);
    check_hours("0", 0);
    check_hours("2.5", 150);
    check_hours("2,5", 150);
    check_hours("2.25", 135);
    check_hours("2.33", 140);
    check_hours("2,3333333333333335", 140);
    check_hours("0.125", 8);
    check_hours("0,333", 20);
    check_hours("2:30", 150);
    check_hours("02:05", 125);
    check_hours("26:00:00", 1560);
    check_hours("2 h 30", 150);
    check_hours("2h30", 150);
    check_hours("2h30m", 150);
    check_hours("2 Std. 30 Min.", 150);
    check_hours("2,5 Stunden", 150);
    check_hours("2 hours", 120);
    check_hours("90 min", 90);
    check_hours("90 Minuten", 90);
    check_hours("1250", 75000);
    check_hours_at(STR("1.333"), true, 80, __LINE__);
}

static void hours_with_two_readings_are_refused(void **state)
{
    (void)state;
    no_hours("1,250", "may be thousands or decimals");
    no_hours("1.250", "may be thousands or decimals");
    no_hours("12.500 h", "may be thousands or decimals");
}

static void other_texts_are_no_hours(void **state)
{
    (void)state;
    no_hours("two", "is no time in hours");
    no_hours("-2", "is no time in hours");
    no_hours("+2", "is no time in hours");
    no_hours("2.", "is no time in hours");
    no_hours(".5", "is no time in hours");
    no_hours("1,234.5", "is no time in hours");
    no_hours("2:3", "is no time in hours");
    no_hours("2:60", "is no time in hours");
    no_hours("2:30:15", "is no time in hours");
    no_hours("2:30 pm", "is no time in hours");
    no_hours("2 d", "is no time in hours");
    no_hours("2.5 h 30", "is no time in hours");
    no_hours("2 h 60", "is no time in hours");
    no_hours("2 h 30 h", "is no time in hours");
    no_hours("2 h 30 min 5", "is no time in hours");
    no_hours("1.5 min", "is no time in hours");
    no_hours("90 min 2", "is no time in hours");
    no_hours("h", "is no time in hours");
    no_hours("99999999", "is no time in hours");
    no_hours("99999999:00", "is no time in hours");
    no_hours("1e3", "is no time in hours");
    no_hours("2 h -5", "is no time in hours");
}

static void whole_numbers_are_digits(void **state)
{
    struct complaint complaint;
    int64_t number = 5;

    (void)state;
    assert_true(whole_read(STR("012"), &number, &complaint));
    assert_int_equal(number, 12);
    assert_true(whole_read(STR("999999999"), &number, &complaint));
    assert_false(whole_read(STR("1000000000"), &number, &complaint));
    assert_false(whole_read(STR("-1"), &number, &complaint));
    assert_false(whole_read(STR("1.0"), &number, &complaint));
    assert_false(whole_read(STR("1 000"), &number, &complaint));
    assert_int_equal(number, 999999999);
}

static void ids_stand_in_one_piece(void **state)
{
    struct complaint complaint;

    (void)state;
    assert_true(id_check(STR("2024/17-ü#;,"), &complaint));
    assert_false(id_check(STR("a b"), &complaint));
    assert_false(id_check(STR("a\tb"), &complaint));
    assert_false(id_check(STR("a\xc2\xa0"
                              "b"),
                          &complaint));
    assert_false(id_check(STR("a\xe2\x80\xae"
                              "b"),
                          &complaint));
    assert_false(id_check(STR("a\x7f"), &complaint));
    assert_false(id_check(STR("a\xc2\x85"), &complaint));
    assert_false(id_check(STR("\xff"), &complaint));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(iso_dates_are_read),
        cmocka_unit_test(local_dates_with_one_reading_are_read),
        cmocka_unit_test(a_time_of_day_is_dropped),
        cmocka_unit_test(a_time_that_may_be_another_day_elsewhere_is_refused),
        cmocka_unit_test(days_that_do_not_exist_are_refused),
        cmocka_unit_test(years_of_two_digits_are_refused),
        cmocka_unit_test(day_numbers_of_spreadsheets_are_explained),
        cmocka_unit_test(years_before_1900_are_refused),
        cmocka_unit_test(other_texts_are_no_dates),
        cmocka_unit_test(a_column_decides_whether_the_day_stands_first),
        cmocka_unit_test(a_column_that_says_nothing_decides_nothing),
        cmocka_unit_test(a_column_that_contradicts_itself_decides_nothing),
        cmocka_unit_test(only_the_first_undecided_rows_are_kept),
        cmocka_unit_test(hours_are_read_in_every_common_form),
        cmocka_unit_test(hours_with_two_readings_are_refused),
        cmocka_unit_test(other_texts_are_no_hours),
        cmocka_unit_test(whole_numbers_are_digits),
        cmocka_unit_test(ids_stand_in_one_piece),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
