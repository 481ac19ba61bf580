#include "cli/line_diff.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define MANY 5000 /* lines: more pairs than are held against each other */

static void check_lines(struct str old, struct str new, const char *expected)
{
    char *written = NULL;
    size_t size;
    struct output out = { .file = open_memstream(&written, &size), .width = 80 };
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    line_diff_print(&out, &arena, old, new);
    assert_false(failed(output_finish(&out)));
    fclose(out.file);
    if (expected)
        assert_string_equal(written, expected);
    else
        assert_true(size > 0);
    free(written);
    arena_release(&arena);
}

static void lines_that_one_of_them_has_are_shown(void **state)
{
    (void)state;
    check_lines(STR("a\nb\nc\n"), STR("a\nx\nc\n"), "    -2 b\n    +2 x\n");
    check_lines(STR("a\nb\n"), STR("a\nb\nc\n"), "    +3 c\n");
    check_lines(STR("a\nb\nc\n"), STR("b\nc\n"), "    -1 a\n");
    check_lines(STR(""), STR("a\n"), "    +1 a\n");
    check_lines(STR("a\n"), STR(""), "    -1 a\n");
}

static void what_stands_between_two_changes_is_left_out(void **state)
{
    (void)state;
    check_lines(STR("one\nb\nc\nd\ntwo\n"), STR("1\nb\nc\nd\n2\n"),
                "    -1 one\n    +1 1\n    -5 two\n    +5 2\n");
}

static void the_same_shows_nothing(void **state)
{
    (void)state;
    check_lines(STR("a\nb\n"), STR("a\nb\n"), "");
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    (void)state;
    check_lines(STR("a\n"), STR("\033[31m\n"), "    -1 a\n    +1 ?[31m\n");
}

static void large_texts_are_shown_without_looking_for_what_they_share(void **state)
{
    struct buf old;
    struct buf new;

    (void)state;
    buf_init(&old, 1 << 20);
    buf_init(&new, 1 << 20);
    for (int i = 0; i < MANY; i++) {
        buf_format(&old, "old %d\n", i);
        buf_format(&new, "new %d\n", i);
    }
    check_lines(buf_str(&old), buf_str(&new), NULL);
    buf_release(&old);
    buf_release(&new);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_that_one_of_them_has_are_shown),
        cmocka_unit_test(what_stands_between_two_changes_is_left_out),
        cmocka_unit_test(the_same_shows_nothing),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal),
        cmocka_unit_test(large_texts_are_shown_without_looking_for_what_they_share),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
