#include "cli/output.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

static struct arena arena;
static char written[8192];
static struct output out;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 1024 * 1024);
    memset(written, 0, sizeof(written));
    out = (struct output){ .file = fmemopen(written, sizeof(written), "w"), .width = 20 };
    assert_non_null(out.file);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fclose(out.file);
    arena_release(&arena);
    return 0;
}

static void check_written(const char *expected)
{
    assert_false(failed(output_finish(&out)));
    assert_string_equal(written, expected);
}

static void controls_and_broken_bytes_become_question_marks(void **state)
{
    (void)state;
    output_str(&out, STR("a\033[31mb\x7f\xc2\x9b\xff\tc\nd \xc3\xa9"));
    check_written("a?[31mb????c\nd \xc3\xa9");
}

static void raw_bytes_stay(void **state)
{
    (void)state;
    output_raw(&out, STR("\033[1m"));
    check_written("\033[1m");
}

static void tones_show_where_colour_is_wanted(void **state)
{
    (void)state;
    output_tone(&out, TONE_GOOD, STR("met"));
    out.colour = true;
    output_tone(&out, TONE_GOOD, STR("met"));
    output_tone(&out, TONE_PLAIN, STR("met"));
    output_tone(&out, TONE_BAD, STR(""));
    check_written("met\033[32mmet\033[0mmet");
}

static void paragraphs_wrap_below_their_text(void **state)
{
    (void)state;
    output_paragraph(&out, 2, STR("Lead:"), TONE_STRONG, STR("one two three four five"));
    check_written("  Lead: one two\n        three four\n        five\n");
}

static void long_words_are_not_broken(void **state)
{
    (void)state;
    output_paragraph(&out, 0, STR_NONE, TONE_PLAIN, STR("a bbbbbbbbbbbbbbbbbbbbbbbbbb c"));
    check_written("a\nbbbbbbbbbbbbbbbbbbbbbbbbbb\nc\n");
}

static void a_unit_stays_with_its_number(void **state)
{
    (void)state;
    output_paragraph(&out, 0, STR_NONE, TONE_PLAIN, STR("up to as many as 15 h more"));
    check_written("up to as many as\n15 h more\n");
}

static void letters_of_several_bytes_count_once(void **state)
{
    (void)state;
    output_paragraph(&out, 0, STR_NONE, TONE_PLAIN,
                     STR("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9 "
                         "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9 z"));
    check_written("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9 "
                  "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\nz\n");
}

static void a_lead_alone_has_no_space_behind_it(void **state)
{
    (void)state;
    output_paragraph(&out, 2, STR("when"), TONE_FAINT, STR_NONE);
    check_written("  when\n");
}

static void ends_stand_at_both_margins(void **state)
{
    (void)state;
    output_ends(&out, 0, STR("left"), TONE_PLAIN, STR("right"), TONE_PLAIN);
    output_ends(&out, 0, STR("a long left part"), TONE_PLAIN, STR("right"), TONE_PLAIN);
    output_ends(&out, 0, STR("left"), TONE_PLAIN, STR_NONE, TONE_PLAIN);
    check_written("left           right\na long left part\n               right\nleft\n");
}

static void tables_align_and_leave_no_spaces_behind(void **state)
{
    static const bool right[] = { false, true, false };
    static const char *const cells[] = { "a", "1", "", "bbb", "10", "one two three" };
    struct table table;

    (void)state;
    table_init(&table, &arena, 3, right);
    for (size_t i = 0; i < ARRAY_LEN(cells); i++)
        table_cell(&table, TONE_PLAIN, str_from_c(cells[i]));
    table_print(&table, &out, 1);
    check_written(" a     1\n bbb  10  one two\n          three\n");
}

static void a_failed_write_is_told(void **state)
{
    struct output full = { .file = fopen("/dev/full", "w") };

    (void)state;
    assert_non_null(full.file);
    output_c(&full, "text");
    assert_true(output_finish(&full).error == &ERROR_WRITE);
    fclose(full.file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(controls_and_broken_bytes_become_question_marks, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(raw_bytes_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tones_show_where_colour_is_wanted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(paragraphs_wrap_below_their_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_words_are_not_broken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_unit_stays_with_its_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(letters_of_several_bytes_count_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lead_alone_has_no_space_behind_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ends_stand_at_both_margins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tables_align_and_leave_no_spaces_behind, set_up, tear_down),
        cmocka_unit_test(a_failed_write_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
