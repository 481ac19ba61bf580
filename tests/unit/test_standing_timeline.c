#include "web/standing_timeline.h"

#include "unit.h"

static day at(const char *text)
{
    day d;

    assert_true(day_parse(str_from_c(text), &d));
    return d;
}

static void an_axis_holds_whole_years_and_at_least_two(void **state)
{
    struct timeline_axis axis = timeline_axis(at("2024-06-30"), at("2024-06-30"));

    (void)state;
    assert_int_equal(axis.from, at("2023-01-01"));
    assert_int_equal(axis.to, at("2024-12-31"));
    axis = timeline_axis(at("2012-09-06"), at("2026-11-23"));
    assert_int_equal(axis.from, at("2012-01-01"));
    assert_int_equal(axis.to, at("2026-12-31"));
    assert_int_equal(axis.step, 2);
    axis = timeline_axis(at("2026-11-23"), at("2012-09-06"));
    assert_int_equal(axis.from, at("2012-01-01"));
}

static void an_axis_ends_with_the_calendar(void **state)
{
    struct timeline_axis axis = timeline_axis(DAY_FIRST, DAY_LAST);

    (void)state;
    assert_int_equal(axis.from, DAY_FIRST);
    assert_int_equal(axis.to, DAY_LAST);
    assert_int_equal(timeline_x(&axis, DAY_LAST), TIMELINE_WIDTH);
    axis = timeline_axis(DAY_FIRST, DAY_FIRST);
    assert_int_equal(axis.to, at("0002-12-31"));
}

static void no_axis_has_more_labels_than_fit(void **state)
{
    (void)state;
    for (int32_t years = 0; years < 400; years++) {
        struct timeline_axis axis =
            timeline_axis(day_add_months(at("2024-06-30"), -12 * years), at("2024-06-30"));
        int labels = 0;

        for (int32_t y = civil_from_day(axis.from).year; y <= civil_from_day(axis.to).year; y++)
            labels += y % axis.step == 0;
        assert_in_range(labels, 1, TIMELINE_LABELS_MAX + 1);
    }
}

static void days_lie_within_the_picture_and_in_their_order(void **state)
{
    struct timeline_axis axis = timeline_axis(at("2019-03-01"), at("2026-11-23"));
    int last = 0;

    (void)state;
    assert_int_equal(timeline_x(&axis, axis.from), 0);
    assert_int_equal(timeline_x(&axis, axis.to), TIMELINE_WIDTH);
    for (day d = axis.from - 500; d < axis.to + 500; d++) {
        int x = timeline_x(&axis, d);

        assert_in_range(x, last, TIMELINE_WIDTH);
        last = x;
    }
    assert_int_equal(last, TIMELINE_WIDTH);
}

/* The definition: a window of so many months up to a day begins on the day so many months before.
 */
static bool lies_within(day end, int32_t months, day on)
{
    return day_add_months(on, -months) <= end;
}

static void a_record_counts_to_the_last_day_of_its_window(void **state)
{
    static const int32_t months[] = { 1, 6, 12, 24, 36 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(months); i++) {
        for (day end = at("2023-01-01"); end < at("2025-04-01"); end++) {
            day last = timeline_last_day_within(end, months[i]);

            assert_true(lies_within(end, months[i], last));
            assert_false(lies_within(end, months[i], last + 1));
        }
    }
    assert_int_equal(timeline_last_day_within(at("2022-06-15"), 24), at("2024-06-15"));
    assert_int_equal(timeline_last_day_within(at("2024-02-29"), 12), at("2025-02-28"));
    assert_int_equal(timeline_last_day_within(at("2023-02-28"), 12), at("2024-02-29"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_axis_holds_whole_years_and_at_least_two),
        cmocka_unit_test(an_axis_ends_with_the_calendar),
        cmocka_unit_test(no_axis_has_more_labels_than_fit),
        cmocka_unit_test(days_lie_within_the_picture_and_in_their_order),
        cmocka_unit_test(a_record_counts_to_the_last_day_of_its_window),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
