#include "register/phrases.h"

#include "unit.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static day parsed(const char *text)
{
    day d = DAY_NONE;

    assert_true(day_parse(str_from_c(text), &d));
    return d;
}

static void dates_are_written_out(void **state)
{
    (void)state;
    check_str(phrase_date(&arena, parsed("2026-11-23")), "23 November 2026");
    check_str(phrase_date(&arena, parsed("2024-02-29")), "29 February 2024");
    check_str(phrase_date(&arena, parsed("1999-01-01")), "1 January 1999");
    check_str(phrase_date(&arena, parsed("0001-12-31")), "31 December 1");
}

static void counts_agree_with_their_noun(void **state)
{
    (void)state;
    check_str(phrase_count(&arena, 0, "record"), "0 records");
    check_str(phrase_count(&arena, 1, "record"), "1 record");
    check_str(phrase_count(&arena, 2, "record"), "2 records");
}

static struct str ids(const char *text, size_t most)
{
    struct str list[32];
    struct str rest = str_from_c(text);
    size_t count = 0;

    while (rest.p)
        rest = str_split(rest, ' ', &list[count++]);
    return phrase_ids(&arena, list, count, most);
}

static void runs_of_three_ids_are_joined(void **state)
{
    (void)state;
    check_str(ids("e1", 9), "e1");
    check_str(ids("e1 e2", 9), "e1, e2");
    check_str(ids("e1 e2 e3", 9), "e1-e3");
    check_str(ids("e1 e2 e3 e5 e7 e8 e9 e10", 9), "e1-e3, e5, e7-e10");
    check_str(ids("a1 b2 c3", 9), "a1, b2, c3");
    check_str(ids("x y z", 9), "x, y, z");
    check_str(ids("e1 e3 e2", 9), "e1, e3, e2");
    check_str(ids("e08 e09 e10", 9), "e08, e09, e10");
}

static void further_ids_are_counted(void **state)
{
    (void)state;
    check_str(ids("e1 e3 e5 e7 e9", 2), "e1, e3 and 3 more");
    check_str(ids("e1 e2 e3 e5 e7", 1), "e1-e3 and 2 more");
    check_str(ids("e1 e3", 2), "e1, e3");
}

static void lists_have_their_own_last_joint(void **state)
{
    const struct str items[] = { STR("a"), STR("b"), STR("c") };

    (void)state;
    check_str(phrase_list(&arena, items, 0, ", ", " and "), "");
    check_str(phrase_list(&arena, items, 1, ", ", " and "), "a");
    check_str(phrase_list(&arena, items, 2, ", ", " and "), "a and b");
    check_str(phrase_list(&arena, items, 3, ", ", " and "), "a, b and c");
}

static void nobody_is_told_of_failure(void **state)
{
    (void)state;
    assert_string_equal(phrase_verdict(VERDICT_NOT_YET), "Not yet");
    assert_string_equal(phrase_finding(NOT_YET), "not yet");
    assert_string_equal(phrase_finding(REFER), "a person must look");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_written_out),
        cmocka_unit_test(counts_agree_with_their_noun),
        cmocka_unit_test(runs_of_three_ids_are_joined),
        cmocka_unit_test(further_ids_are_counted),
        cmocka_unit_test(lists_have_their_own_last_joint),
        cmocka_unit_test(nobody_is_told_of_failure),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
