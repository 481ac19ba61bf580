#include "register/fault.h"

#include <string.h>

#include "unit.h"

static struct str printed(struct faults *faults, bool colour)
{
    struct buf out;

    buf_init(&out, 1000000);
    faults_print(faults, STR("f.csv"), &out, colour);
    return buf_take(&out, faults->arena);
}

static int set_up(void **state)
{
    static struct faults faults;
    static struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    faults_init(&faults, &arena);
    *state = &faults;
    return 0;
}

static int tear_down(void **state)
{
    struct faults *faults = *state;

    arena_release(faults->arena);
    return 0;
}

static void places_are_named_as_far_as_they_go(void **state)
{
    struct faults *faults = *state;
    const struct fault_place places[] = {
        { .row = 0 },
        { .heading = STR("credentials[0].from") },
        { .column = 3, .heading = STR("start") },
        { .row = 2 },
        { .row = 3, .heading = STR("date") },
        { .row = 4, .column = 1 },
        { .row = 5, .column = 28, .heading = STR("b"), .value = STR("x") },
    };

    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        faults_add(faults, SEVERITY_ERROR, places[i], STR_NONE, "is wrong");
    check_str(printed(faults, false), "f.csv: error: is wrong\n"
                                      "f.csv: credentials[0].from: error: is wrong\n"
                                      "f.csv: column C (start): error: is wrong\n"
                                      "f.csv: row 2: error: is wrong\n"
                                      "f.csv: row 3, date: error: is wrong\n"
                                      "f.csv: row 4, column A: error: is wrong\n"
                                      "f.csv: row 5, column AB (b): error: 'x' is wrong\n");
}

static void columns_have_the_letters_of_spreadsheets(void **state)
{
    static const struct {
        uint32_t column;
        const char *letters;
    } cases[] = { { 1, "A" },   { 26, "Z" },   { 27, "AA" },   { 52, "AZ" },
                  { 53, "BA" }, { 702, "ZZ" }, { 703, "AAA" }, { 16384, "XFD" } };
    struct faults *faults = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fault fault = { .place = { .column = cases[i].column } };
        struct buf out;

        buf_init(&out, 100);
        fault_write_place(faults, &fault, &out);
        check_str(str_drop(buf_str(&out), 7), cases[i].letters);
        buf_release(&out);
    }
}

static void faults_come_in_the_order_of_the_file(void **state)
{
    struct faults *faults = *state;

    faults->row_name = "record";
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ .row = 3, .column = 1 }, STR_NONE,
               "d");
    faults_add(faults, SEVERITY_WARNING, (struct fault_place){ .row = 2, .column = 2 },
               STR("do something"), "b");
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ .row = 2, .column = 2 }, STR_NONE,
               "c");
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ .row = 2, .column = 1 }, STR_NONE,
               "a");
    assert_int_equal(faults->errors, 3);
    assert_int_equal(faults->warnings, 1);
    check_str(printed(faults, false), "f.csv: record 2, column A: error: a\n"
                                      "f.csv: record 2, column B: warning: b\n"
                                      "   do something\n"
                                      "f.csv: record 2, column B: error: c\n"
                                      "f.csv: record 3, column A: error: d\n");
}

static void colour_marks_the_severity(void **state)
{
    struct faults *faults = *state;

    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ .row = 1 }, STR_NONE, "a");
    faults_add(faults, SEVERITY_WARNING, (struct fault_place){ .row = 2 }, STR_NONE, "b");
    check_str(printed(faults, true), "f.csv: row 1: \033[1;31merror:\033[0m a\n"
                                     "f.csv: row 2: \033[1;35mwarning:\033[0m b\n");
}

static void what_is_shown_is_short_and_harmless(void **state)
{
    struct faults *faults = *state;
    char text[100];

    check_str(fault_shown(faults->arena, STR("a\tb\r\nc")), "a b  c");
    check_str(fault_shown(faults->arena, STR("\x1b[2J\x7f\xc2\x9b"
                                             "1m")),
              "?[2J??1m");
    check_str(fault_shown(faults->arena, STR("a\xe2\x80\xae"
                                             "b\xe2\x81\xa6"
                                             "c\xef\xbb\xbf"
                                             "d\xe2\x80\x8b\xd8\x9c")),
              "a?b?c?d??");
    check_str(fault_shown(faults->arena, STR("\xff\xfe")), "??");
    check_str(fault_shown(faults->arena, STR("")), "");
    assert_null(fault_shown(faults->arena, STR_NONE).p);
    memset(text, 'x', sizeof(text));
    assert_int_equal(fault_shown(faults->arena, (struct str){ text, 60 }).n, 60);
    assert_true(str_ends(fault_shown(faults->arena, (struct str){ text, 61 }), STR("x…")));
    assert_int_equal(fault_shown(faults->arena, (struct str){ text, 61 }).n, 63);
}

static void an_empty_value_is_quoted(void **state)
{
    struct faults *faults = *state;

    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ .value = STR("") }, STR_NONE, "is %d",
               1);
    check_str(printed(faults, false), "f.csv: error: '' is 1\n");
}

static void hints_name_what_is_near(void **state)
{
    const struct str names[] = { STR("role"), STR("mode") };
    const struct str_list list = { names, 2 };
    struct faults *faults = *state;

    check_str(faults_hint(faults, STR("rolle"), list, STR_NONE), "did you mean 'role'?");
    check_str(faults_hint(faults, STR("rolle"), list, STR("or so")), "did you mean 'role'? or so");
    check_str(faults_hint(faults, STR("xyz"), list, STR("or so")), "or so");
    assert_null(faults_hint(faults, STR("xyz"), list, STR_NONE).p);
    check_str(faults_one_of(faults, STR("mod"), list),
              "did you mean 'mode'? write one of role, mode");
    check_str(faults_one_of(faults, STR("xyz"), (struct str_list){ names, 1 }), "write role");
}

/* Past the maximum a fault costs no memory, and no search for a hint. */
static void further_faults_are_only_counted(void **state)
{
    const struct str names[] = { STR("role") };
    const struct str_list list = { names, 1 };
    struct faults *faults = *state;
    size_t used;

    for (size_t i = 0; i < FAULTS_MAX; i++)
        faults_add(faults, SEVERITY_ERROR, (struct fault_place){ .row = 1 }, STR_NONE, "x");
    used = faults->arena->used;
    assert_null(faults_hint(faults, STR("rolle"), list, STR("x")).p);
    assert_null(faults_one_of(faults, STR("rolle"), list).p);
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ .value = STR("v") }, STR_NONE, "x");
    faults_add(faults, SEVERITY_WARNING, (struct fault_place){ .value = STR("v") }, STR_NONE, "x");
    assert_int_equal(faults->arena->used, used);
    assert_int_equal(faults->count, FAULTS_MAX);
    assert_int_equal(faults->errors, FAULTS_MAX + 1);
    assert_int_equal(faults->warnings, 1);
    assert_true(str_ends(printed(faults, false), STR("f.csv: 2 further faults are not shown\n")));
}

static void faults_of_json_name_the_line(void **state)
{
    struct faults *faults = *state;

    faults_add_json(faults, &(struct json_fault){ 2, 3, "this is not JSON" });
    faults_add_json(faults, &(struct json_fault){ 0, 0, "the text is too long" });
    check_str(printed(faults, false),
              "f.csv: error: line 2, column 3 of the file: this is not JSON\n"
              "f.csv: error: the text is too long\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(places_are_named_as_far_as_they_go, set_up, tear_down),
        cmocka_unit_test_setup_teardown(columns_have_the_letters_of_spreadsheets, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(faults_come_in_the_order_of_the_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(colour_marks_the_severity, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_shown_is_short_and_harmless, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_value_is_quoted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hints_name_what_is_near, set_up, tear_down),
        cmocka_unit_test_setup_teardown(further_faults_are_only_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(faults_of_json_name_the_line, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
