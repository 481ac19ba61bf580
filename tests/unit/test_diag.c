#include "base/diag.h"

#include <string.h>

#include "unit.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    struct buf out;
};

static void begin(struct fixture *f)
{
    arena_init(&f->arena, ARENA_UNLIMITED);
    diags_init(&f->diags, &f->arena);
    buf_init(&f->out, 1000000);
}

static void end(struct fixture *f)
{
    buf_release(&f->out);
    arena_release(&f->arena);
}

static struct span span_at(const struct source *source, uint32_t offset, uint32_t length,
                           uint32_t line, uint32_t column)
{
    return (struct span){ source, offset, length, line, column };
}

static void a_fault_shows_its_place(void **state)
{
    static const struct source source = {
        STR("schemes/x.criteria"),
        STR("criteria x edition 1 {\n        rol mediator\n}\n"),
    };
    struct fixture f;

    (void)state;
    begin(&f);
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&source, 31, 3, 2, 9),
              STR("expected a field of mediation; did you mean 'role'?"),
              "no field of %s is named '%s'", "mediation", "rol");
    diags_print(&f.diags, &f.out, false);
    check_str(buf_str(&f.out),
              "schemes/x.criteria:2:9: error: no field of mediation is named 'rol'\n"
              "   2 |         rol mediator\n"
              "     |         ^~~\n"
              "   expected a field of mediation; did you mean 'role'?\n");
    end(&f);
}

static void the_marker_counts_code_points_and_keeps_tabs(void **state)
{
    static const struct source source = { STR("s"), STR("\tä\tößü x") };
    struct fixture f;

    (void)state;
    begin(&f);
    diags_add(&f.diags, SEVERITY_WARNING, span_at(&source, 4, 6, 1, 4), STR_NONE, "here");
    diags_print(&f.diags, &f.out, false);
    check_str(buf_str(&f.out), "s:1:4: warning: here\n"
                               "   1 | \tä\tößü x\n"
                               "     | \t \t^~~\n");
    end(&f);
}

static void a_span_over_several_lines_is_marked_to_the_end_of_its_first(void **state)
{
    static const struct source source = { STR("s"), STR("a \"bc\r\ndef\" g\n") };
    struct fixture f;

    (void)state;
    begin(&f);
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&source, 2, 9, 1, 3), STR_NONE, "m");
    diags_print(&f.diags, &f.out, false);
    check_str(buf_str(&f.out), "s:1:3: error: m\n"
                               "   1 | a \"bc\n"
                               "     |   ^~~\n");
    end(&f);
}

static void a_place_at_the_end_of_the_text_can_be_shown(void **state)
{
    static const struct source source = { STR("s"), STR("ab") };
    static const struct source empty = { STR("t"), STR_NONE };
    struct fixture f;

    (void)state;
    begin(&f);
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&source, 2, 0, 1, 3), STR_NONE, "m");
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&empty, 0, 0, 1, 1), STR_NONE, "m");
    diags_print(&f.diags, &f.out, false);
    check_str(buf_str(&f.out), "s:1:3: error: m\n"
                               "   1 | ab\n"
                               "     |   ^\n"
                               "t:1:1: error: m\n"
                               "   1 | \n"
                               "     | ^\n");
    end(&f);
}

static void a_long_line_is_trimmed_around_the_place(void **state)
{
    char text[1001];
    struct source source = { STR("s"), { text, 1000 } };
    struct fixture f;

    (void)state;
    begin(&f);
    memset(text, 'a', 1000);
    memcpy(text + 500, "here", 4);
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&source, 500, 4, 1, 501), STR_NONE, "m");
    diags_print(&f.diags, &f.out, false);
    check_str(
        buf_str(&f.out),
        "s:1:501: error: m\n"
        "   1 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaahereaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaaaaaaaaaaa…\n"
        "     |                                  ^~~~\n");
    end(&f);
}

static void the_marker_ends_where_a_trimmed_line_ends(void **state)
{
    char text[1001];
    struct source source = { STR("s"), { text, 1000 } };
    struct fixture f;
    struct str head;
    struct str rest;

    (void)state;
    begin(&f);
    memset(text, 'a', 1000);
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&source, 0, 1000, 1, 1), STR_NONE, "m");
    diags_print(&f.diags, &f.out, false);
    rest = str_split(buf_str(&f.out), '^', &head);
    assert_int_equal(rest.n, 96); /* the line shows 96 code points: ^, 95 times ~ and a newline */
    for (size_t i = 0; i < 95; i++)
        assert_int_equal(rest.p[i], '~');
    end(&f);
}

static void what_could_steer_a_terminal_is_not_shown(void **state)
{
    static const struct source source = { STR("s"), STR("a\033[2Jb\xff\xc2\x9b") };
    struct fixture f;

    (void)state;
    begin(&f);
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&source, 1, 1, 1, 2), STR("no \033 either"),
              "the word '%s'", "a\033[2Jb");
    diags_print(&f.diags, &f.out, false);
    check_str(buf_str(&f.out), "s:1:2: error: the word 'a?[2Jb'\n"
                               "   1 | a?[2Jb??\n"
                               "     |  ^\n"
                               "   no ? either\n");
    end(&f);
}

static void faults_stand_in_the_order_of_source_and_place(void **state)
{
    static const struct source a = { STR("a"), STR("one two") };
    static const struct source b = { STR("b"), STR("one two") };
    struct fixture f;
    const struct diag *list;

    (void)state;
    begin(&f);
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&b, 0, 3, 1, 1), STR_NONE, "3");
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&a, 4, 3, 1, 5), STR_NONE, "2");
    diags_add(&f.diags, SEVERITY_WARNING, span_at(&b, 0, 3, 1, 1), STR_NONE, "4");
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&a, 0, 3, 1, 1), STR_NONE, "1");
    diags_add(&f.diags, SEVERITY_ERROR, (struct span){ 0 }, STR_NONE, "0");
    diags_print(&f.diags, &f.out, false);
    list = f.diags.list;
    assert_int_equal(f.diags.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(list[i].message.p[0], '0' + (int)i);
    assert_true(str_starts(buf_str(&f.out), STR("error: 0\na:1:1: error: 1\n")));
    end(&f);
}

static void the_same_fault_is_told_once(void **state)
{
    static const struct source source = { STR("s"), STR("one two") };
    struct fixture f;

    (void)state;
    begin(&f);
    for (int i = 0; i < 3; i++)
        diags_add(&f.diags, SEVERITY_ERROR, span_at(&source, 0, 3, 1, 1), STR_NONE, "twice");
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&source, 4, 3, 1, 5), STR_NONE, "twice");
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&source, 0, 3, 1, 1), STR_NONE, "other");
    assert_int_equal(f.diags.count, 3);
    assert_int_equal(f.diags.errors, 3);
    end(&f);
}

static void more_than_the_most_are_counted_and_not_kept(void **state)
{
    static const struct source source = { STR("s"), STR("text") };
    struct fixture f;

    (void)state;
    begin(&f);
    for (int i = 0; i < DIAGS_MAX + 50; i++)
        diags_add(&f.diags, i % 2 ? SEVERITY_WARNING : SEVERITY_ERROR, span_at(&source, 0, 1, 1, 1),
                  STR_NONE, "%d", i);
    assert_int_equal(f.diags.count, DIAGS_MAX);
    assert_int_equal(f.diags.errors, DIAGS_MAX / 2 + 25);
    assert_int_equal(f.diags.warnings, DIAGS_MAX / 2 + 25);
    diags_print(&f.diags, &f.out, false);
    assert_true(str_ends(buf_str(&f.out), STR("\n50 further faults are not shown\n")));
    end(&f);
}

static void colour_is_given_only_when_asked_for(void **state)
{
    static const struct source source = { STR("s"), STR("text") };
    struct fixture f;
    size_t at;

    (void)state;
    begin(&f);
    diags_add(&f.diags, SEVERITY_ERROR, span_at(&source, 0, 4, 1, 1), STR_NONE, "m");
    diags_print(&f.diags, &f.out, false);
    assert_false(str_find(buf_str(&f.out), '\033', &at));
    buf_clear(&f.out);
    diags_print(&f.diags, &f.out, true);
    check_str(buf_str(&f.out), "s:1:1: \033[1;31merror:\033[0m m\n"
                               "   1 | text\n"
                               "     | \033[1;31m^~~~\033[0m\n");
    end(&f);
}

static void hints(void **state)
{
    static const struct str known[] = { STR("role"), STR("mode") };
    static const struct str_list list = { known, 2 };
    struct fixture f;

    (void)state;
    begin(&f);
    check_str(diags_hint(&f.diags, "a field", STR("rol"), list),
              "expected a field; did you mean 'role'?");
    check_str(diags_hint(&f.diags, "a field", STR("xxxxxx"), list), "expected a field");
    check_str(diags_hint(&f.diags, NULL, STR("moda"), list), "did you mean 'mode'?");
    assert_null(diags_hint(&f.diags, NULL, STR("xxxxxx"), list).p);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_shows_its_place),
        cmocka_unit_test(the_marker_counts_code_points_and_keeps_tabs),
        cmocka_unit_test(a_span_over_several_lines_is_marked_to_the_end_of_its_first),
        cmocka_unit_test(a_place_at_the_end_of_the_text_can_be_shown),
        cmocka_unit_test(a_long_line_is_trimmed_around_the_place),
        cmocka_unit_test(the_marker_ends_where_a_trimmed_line_ends),
        cmocka_unit_test(what_could_steer_a_terminal_is_not_shown),
        cmocka_unit_test(faults_stand_in_the_order_of_source_and_place),
        cmocka_unit_test(the_same_fault_is_told_once),
        cmocka_unit_test(more_than_the_most_are_counted_and_not_kept),
        cmocka_unit_test(colour_is_given_only_when_asked_for),
        cmocka_unit_test(hints),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
