#include "http/grammar.h"

#include "unit.h"

static void knows_tokens(void **state)
{
    (void)state;
    assert_true(is_token(STR("Content-Length")));
    assert_true(is_token(STR("!#$%&'*+-.^_`|~09azAZ")));
    assert_false(is_token(STR("")));
    assert_false(is_token(STR("a b")));
    assert_false(is_token(STR("a:")));
    assert_false(is_token(STR("a\0b")));
    assert_false(is_token(STR("\xc3\xa9")));
}

static void knows_values(void **state)
{
    (void)state;
    assert_true(is_field_value(STR("")));
    assert_true(is_field_value(STR("a \t\xc3\xa9")));
    assert_false(is_field_value(STR("a\0")));
    assert_false(is_field_value(STR("a\r")));
    assert_false(is_field_value(STR("a\x7f")));
}

static void knows_plain_text(void **state)
{
    (void)state;
    assert_true(is_plain_text(STR("a\r\n\t\xc3\xa9")));
    assert_false(is_plain_text(STR("a\0")));
    assert_false(is_plain_text(STR("\x1b[1m")));
    assert_false(is_plain_text(STR("\xff")));
}

static void reads_hexadecimal_digits(void **state)
{
    (void)state;
    assert_int_equal(hex_digit('0'), 0);
    assert_int_equal(hex_digit('f'), 15);
    assert_int_equal(hex_digit('A'), 10);
    assert_int_equal(hex_digit('g'), -1);
    assert_int_equal(hex_digit('/'), -1);
    assert_int_equal(hex_digit(':'), -1);
    assert_true(is_digits(STR("0123")));
    assert_false(is_digits(STR("")));
    assert_false(is_digits(STR("+1")));
}

static void compares_in_any_case(void **state)
{
    (void)state;
    assert_true(str_eq_any_case(STR("Host"), STR("hOST")));
    assert_false(str_eq_any_case(STR("Host"), STR("Hosts")));
    assert_false(str_eq_any_case(STR("a["), STR("a{")));
}

static void trims_only_blanks(void **state)
{
    (void)state;
    check_str(trim_blanks(STR(" \ta b\t ")), "a b");
    check_str(trim_blanks(STR("\ra\n")), "\ra\n");
    check_str(trim_blanks(STR("  ")), "");
}

static void takes_lists_apart(void **state)
{
    struct str list = STR(" a, ,\"b,\\\"c\" ;d,,e");
    struct str element;

    (void)state;
    assert_true(list_next(&list, &element));
    check_str(element, "a");
    assert_true(list_next(&list, &element));
    check_str(element, "\"b,\\\"c\" ;d");
    assert_true(list_next(&list, &element));
    check_str(element, "e");
    assert_false(list_next(&list, &element));
    list = STR("\"open, never closed\\");
    assert_true(list_next(&list, &element));
    check_str(element, "\"open, never closed\\");
    assert_false(list_next(&list, &element));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_tokens),         cmocka_unit_test(knows_values),
        cmocka_unit_test(knows_plain_text),     cmocka_unit_test(reads_hexadecimal_digits),
        cmocka_unit_test(compares_in_any_case), cmocka_unit_test(trims_only_blanks),
        cmocka_unit_test(takes_lists_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
