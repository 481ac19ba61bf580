#include "register/csv.h"

#include <string.h>

#include "base/buf.h"
#include "unit.h"

#define WIDTH 6

/* The rows of a text as [number: cell|cell], with what was faulty. */
static struct str rows_of(struct arena *arena, struct str text, struct faults *faults)
{
    struct csv_row row;
    struct csv csv;
    struct buf out;

    buf_init(&out, 100000);
    if (!csv_init(&csv, arena, text, WIDTH, faults))
        return STR("no separator");
    while (csv_next(&csv, faults, &row)) {
        buf_format(&out, "[%u: ", row.number);
        for (size_t i = 0; i < row.count; i++) {
            struct str cell = csv_text(arena, row.cells[i]);

            buf_format(&out, "%s%.*s", i > 0 ? "|" : "", STR_ARG(cell));
        }
        if (row.surplus > 0)
            buf_format(&out, " surplus %zu", row.surplus);
        buf_add_c(&out, row.faulty ? "!]" : "]");
    }
    return buf_take(&out, arena);
}

static void check_rows_at(struct str text, const char *expected, const char *file, int line)
{
    struct arena arena;
    struct faults faults;

    arena_init(&arena, ARENA_UNLIMITED);
    faults_init(&faults, &arena);
    check_str_at(rows_of(&arena, text, &faults), expected, file, line);
    _assert_int_equal(faults.errors, 0, file, line);
    arena_release(&arena);
}

#define check_rows(text, expected) check_rows_at(STR(text), (expected), __FILE__, __LINE__)

/* The same with one fault, at that row and column, whose message holds the words. */
static void check_fault_at(struct str text, const char *expected, uint32_t row, uint32_t column,
                           const char *words, const char *file, int line)
{
    struct arena arena;
    struct faults faults;

    arena_init(&arena, ARENA_UNLIMITED);
    faults_init(&faults, &arena);
    check_str_at(rows_of(&arena, text, &faults), expected, file, line);
    _assert_int_equal(faults.errors, 1, file, line);
    _assert_int_equal(faults.list[0].place.row, row, file, line);
    _assert_int_equal(faults.list[0].place.column, column, file, line);
    _assert_true(strstr(str_to_c(&arena, faults.list[0].message), words) != NULL, words, file,
                 line);
    arena_release(&arena);
}

#define check_fault(text, expected, row, column, words)                                            \
    check_fault_at(STR(text), (expected), (row), (column), (words), __FILE__, __LINE__)

static void each_separator_is_found(void **state)
{
    (void)state;
    check_rows("a,b\n1,2\n", "[1: a|b][2: 1|2]");
    check_rows("a;b\n1,5;2\n", "[1: a|b][2: 1,5|2]");
    check_rows("a\tb\n1;5\t2,5\n", "[1: a|b][2: 1;5|2,5]");
    check_rows("\"a, or so\";b\n1;2\n", "[1: a, or so|b][2: 1|2]");
    check_rows("alone\n1;2\n", "[1: alone][2: 1;2]");
    check_rows("alone\n1,2\n", "[1: alone][2: 1|2]");
    check_rows("\n ;;\n\na;b\n", "[4: a|b]");
}

static void headings_with_two_separators_are_refused(void **state)
{
    (void)state;
    check_fault("a,b;c\n1,2;3\n", "no separator", 0, 0, "more than one of comma");
    check_fault("a\tb,c\n", "no separator", 0, 0, "more than one of comma");
}

static void a_first_line_may_name_the_separator(void **state)
{
    (void)state;
    check_rows("sep=;\r\na,b;c\r\n1;2\r\n", "[1: a,b|c][2: 1|2]");
    check_rows("\"sep=,\"\na,b;c\n", "[1: a|b;c]");
    check_rows("sep=\t\na,b\tc\n", "[1: a,b|c]");
    check_rows("sep=|\na|b\n", "[1: sep=|][2: a|b]");
    check_rows("sep=,", "");
}

static void every_line_end_ends_a_row(void **state)
{
    (void)state;
    check_rows("a,b\r\n1,2\r3,4\n5,6", "[1: a|b][2: 1|2][3: 3|4][4: 5|6]");
    check_rows("a,b\r\r1,2\r", "[1: a|b][3: 1|2]");
    check_rows("a,b\n\r1,2", "[1: a|b][3: 1|2]");
}

static void blank_rows_are_counted_and_passed_over(void **state)
{
    (void)state;
    check_rows("a,b\n\n,\n \t\n1,2\n\n", "[1: a|b][5: 1|2]");
    check_rows("a,b\n\xc2\xa0,\xe2\x80\xaf\n1,2\n", "[1: a|b][3: 1|2]");
    check_rows("", "");
    check_rows("\n\n", "");
    check_rows(",,\n", "");
}

static void quotes_hold_separators_line_ends_and_quotes(void **state)
{
    (void)state;
    check_rows("a,b\n\"1,1\",\"two\r\nlines\"\n3,4\n", "[1: a|b][2: 1,1|two\r\nlines][3: 3|4]");
    check_rows("a,b\n\"say \"\"yes\"\"\",\"\"\n", "[1: a|b][2: say \"yes\"|]");
    check_rows("a\n\"\"\"\"\n\"\"\"\"\"\"\n", "[1: a][2: \"][3: \"\"]");
    check_rows("a,b\n5\" pipe,it's\n", "[1: a|b][2: 5\" pipe|it's]");
    check_rows("a,b\n\"\",x\n", "[1: a|b][2: |x]");
}

static void empty_cells_keep_their_place(void **state)
{
    (void)state;
    check_rows("a,b,c\n,2,\n1\n,,3", "[1: a|b|c][2: |2|][3: 1][4: ||3]");
}

static void a_quote_that_is_not_closed_is_told_where_it_opens(void **state)
{
    (void)state;
    check_fault("a,b\n1,\"two\n3,4\n", "[1: a|b][2: 1|two\n3,4\n!]", 2, 2, "never closed");
    check_fault("a,b\n\"", "[1: a|b][2: !]", 2, 1, "never closed");
    check_fault("a,b\n\"x\"\"", "[1: a|b][2: x\"!]", 2, 1, "never closed");
}

static void text_around_quotes_is_told(void **state)
{
    (void)state;
    check_fault("a,b\n\"1\"st,2\n3,4\n", "[1: a|b][2: 1|2!][3: 3|4]", 2, 1, "follows the closing");
    check_fault("a,b\n1, \"2, 3\"\n", "[1: a|b][2: 1|2, 3!]", 2, 2, "space before the opening");
    check_fault("a,b\n1,\"2\" \n", "[1: a|b][2: 1|2!]", 2, 2, "follows the closing");
}

static void cells_past_the_width_are_not_kept(void **state)
{
    (void)state;
    check_rows("a\n1,2,3,4,5,6,,\n", "[1: a][2: 1|2|3|4|5|6]");
    check_rows("a\n1,2,3,4,5,6,,8,9\n", "[1: a][2: 1|2|3|4|5|6 surplus 8]");
}

/* A row of five million separators, and one cell of five million bytes, take no memory of theirs.
 */
static void hostile_rows_take_no_memory(void **state)
{
    const char *const fillings[] = { ",", "x", "\"\"", " " };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(fillings); i++) {
        struct arena arena;
        struct faults faults;
        struct csv_row row;
        struct csv csv;
        struct buf text;

        buf_init(&text, 6000000);
        buf_add_c(&text, i == 2 ? "a,b\n\"" : "a,b\n");
        while (text.n < 5000000)
            buf_add_c(&text, fillings[i]);
        buf_add_c(&text, i == 2 ? "\",y\n" : ",y\n");
        arena_init(&arena, 64000);
        faults_init(&faults, &arena);
        assert_true(csv_init(&csv, &arena, buf_str(&text), WIDTH, &faults));
        assert_true(csv_next(&csv, &faults, &row));
        assert_true(csv_next(&csv, &faults, &row));
        assert_int_equal(row.number, 2);
        assert_int_equal(row.count, i == 0 ? WIDTH : 2);
        assert_false(csv_next(&csv, &faults, &row));
        assert_int_equal(faults.errors, 0);
        arena_release(&arena);
        buf_release(&text);
    }
}

static void a_copy_is_a_place_to_come_back_to(void **state)
{
    struct arena arena;
    struct faults faults;
    struct csv_row row;
    struct csv csv;
    struct csv mark;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    faults_init(&faults, &arena);
    assert_true(csv_init(&csv, &arena, STR("a\n1\n2\n"), WIDTH, &faults));
    assert_true(csv_next(&csv, NULL, &row));
    mark = csv;
    for (int i = 0; i < 2; i++) {
        csv = mark;
        assert_true(csv_next(&csv, NULL, &row));
        assert_int_equal(row.number, 2);
        check_str(row.cells[0].text, "1");
        assert_true(csv_next(&csv, NULL, &row));
        assert_false(csv_next(&csv, NULL, &row));
    }
    arena_release(&arena);
}

static void faults_are_not_told_to_nobody(void **state)
{
    struct arena arena;
    struct faults faults;
    struct csv_row row;
    struct csv csv;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    faults_init(&faults, &arena);
    assert_true(csv_init(&csv, &arena, STR("\"a\"b"), WIDTH, &faults));
    assert_true(csv_next(&csv, NULL, &row));
    assert_true(row.faulty);
    assert_int_equal(faults.errors, 0);
    arena_release(&arena);
}

static void odd_white_space_is_trimmed(void **state)
{
    (void)state;
    check_str(csv_trim(STR(" \xc2\xa0 x y \xe2\x80\xaf\t")), "x y");
    check_str(csv_trim(STR("\xc2\xa0")), "");
    check_str(csv_trim(STR("")), "");
    check_str(csv_trim(STR("\xe2\x80\xafé\xc2\xa0\xc2\xa0")), "é");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_separator_is_found),
        cmocka_unit_test(headings_with_two_separators_are_refused),
        cmocka_unit_test(a_first_line_may_name_the_separator),
        cmocka_unit_test(every_line_end_ends_a_row),
        cmocka_unit_test(blank_rows_are_counted_and_passed_over),
        cmocka_unit_test(quotes_hold_separators_line_ends_and_quotes),
        cmocka_unit_test(empty_cells_keep_their_place),
        cmocka_unit_test(a_quote_that_is_not_closed_is_told_where_it_opens),
        cmocka_unit_test(text_around_quotes_is_told),
        cmocka_unit_test(cells_past_the_width_are_not_kept),
        cmocka_unit_test(hostile_rows_take_no_memory),
        cmocka_unit_test(a_copy_is_a_place_to_come_back_to),
        cmocka_unit_test(faults_are_not_told_to_nobody),
        cmocka_unit_test(odd_white_space_is_trimmed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
