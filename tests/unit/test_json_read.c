#include "json/read.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "unit.h"

static const struct json_limits limits = { .bytes = 100000, .depth = 20 };

/* The text is read, and printed anew gives `expected`. */
static void check_read(struct str text, const char *expected)
{
    struct json_fault fault;
    struct value *value;
    struct arena arena;
    struct buf out;

    arena_init(&arena, ARENA_UNLIMITED);
    if (failed(json_read(&arena, text, &limits, &fault, &value)))
        fail_msg("%.*s: %u:%u: %s", STR_ARG(text), fault.line, fault.column, fault.message);
    buf_init(&out, 1000000);
    value_write_json(value, JSON_COMPACT, &out);
    check_str(buf_str(&out), expected);
    buf_release(&out);
    arena_release(&arena);
}

static void check_refused(struct str text, uint32_t line, uint32_t column, const char *words)
{
    struct value *value = NULL;
    struct json_fault fault;
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    assert_ptr_equal(json_read(&arena, text, &limits, &fault, &value).error, &ERROR_INPUT);
    assert_null(value);
    if (!strstr(fault.message, words))
        fail_msg("%.*s: '%s' does not say '%s'", STR_ARG(text), fault.message, words);
    assert_int_equal(fault.line, line);
    assert_int_equal(fault.column, column);
    arena_release(&arena);
}

static void all_kinds_of_value(void **state)
{
    (void)state;
    check_read(STR(" { \"z\" : [ null , true , false , 0 , -0 , 12 , \"\" ] , \"a\" : { } } \n"),
               "{\"z\":[null,true,false,0,0,12,\"\"],\"a\":{}}");
    check_read(STR("\"alone\""), "\"alone\"");
    check_read(STR("7"), "7");
    check_read(STR("null"), "null");
    check_read(STR("[]"), "[]");
    check_read(STR("[1.5,-2e3,0.1]"), "[1.5,-2000.0,0.1]");
    check_read(STR("\"\\u00e4\\ud83d\\ude00\\n\\/\\\\\\\"\""), "\"ä\xf0\x9f\x98\x80\\n/\\\\\\\"\"");
    check_read(STR("{\"\":1,\" \":2}"), "{\"\":1,\" \":2}");
}

static void integers_keep_every_digit(void **state)
{
    (void)state;
    check_read(STR("[9223372036854775807,-9223372036854775808,9007199254740993]"),
               "[9223372036854775807,-9223372036854775808,9007199254740993]");
}

static void kinds_of_number_differ(void **state)
{
    struct json_fault fault;
    struct value *value;
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(json_read(&arena, STR("[1,1.0]"), &limits, &fault, &value)));
    assert_int_equal(value->items[0]->kind, VALUE_INT);
    assert_int_equal(value->items[1]->kind, VALUE_REAL);
    arena_release(&arena);
}

static void what_is_not_json_is_refused_at_its_place(void **state)
{
    (void)state;
    check_refused(STR("[1,\n  x]"), 2, 3, "not JSON");
    check_refused(STR("{'a':1}"), 1, 2, "not JSON");
    check_refused(STR("[1,]"), 1, 4, "not JSON");
    check_refused(STR("{\"a\":1,}"), 1, 8, "not JSON");
    check_refused(STR("[01]"), 1, 2, "not JSON");
    check_refused(STR("[NaN]"), 1, 4, "not JSON");
    check_refused(STR("// c\n1"), 1, 1, "not JSON");
    check_refused(STR("[1"), 1, 2, "ends in the middle");
    check_refused(STR(""), 1, 1, "ends in the middle");
    check_refused(STR_NONE, 1, 1, "ends in the middle");
    check_refused(STR("\"a"), 1, 2, "ends in the middle");
}

static void something_after_the_value_is_refused(void **state)
{
    (void)state;
    check_refused(STR("[1] x"), 1, 5, "follows");
    check_refused(STR("{}{}"), 1, 3, "follows");
    check_refused(STR("1\0"), 1, 2, "not JSON");
    check_refused(STR("1 2"), 1, 3, "follows");
}

static void a_key_that_comes_twice_is_refused(void **state)
{
    (void)state;
    check_refused(STR("{\"a\":1,\"a\":1}"), 1, 10, "twice");
    check_refused(STR("[{\"b\":{\"a\":1,\n\"\\u0061\":2}}]"), 2, 8, "twice");
    check_read(STR("[{\"a\":1},{\"a\":{\"a\":2}}]"), "[{\"a\":1},{\"a\":{\"a\":2}}]");
}

static void a_nul_in_a_text_is_refused(void **state)
{
    (void)state;
    check_refused(STR("[\"a\\u0000b\"]"), 1, 11, "U+0000");
    check_refused(STR("{\"a\\u0000b\":1}"), 1, 11, "U+0000");
    check_refused(STR("[\"a\0b\"]"), 1, 4, "not JSON");
}

static void bytes_that_are_not_utf8_are_refused(void **state)
{
    (void)state;
    check_refused(STR("[\"a\xff\"]"), 1, 3, "UTF-8");
    check_refused(STR("[\"\xed\xa0\x80\"]"), 1, 2, "UTF-8");
    check_refused(STR("[\"\xc0\xaf\"]"), 1, 2, "UTF-8");
    check_refused(STR("[\"\\ud800\"]"), 1, 9, "not JSON");
}

static void numbers_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    check_refused(STR("[9223372036854775808]"), 1, 20, "too large");
    check_refused(STR("[-9223372036854775809]"), 1, 21, "too large");
    check_refused(STR("[1e400]"), 1, 6, "too large");
}

static void a_text_over_the_limit_is_refused(void **state)
{
    struct json_limits small = { .bytes = 5, .depth = 2 };
    struct json_fault fault;
    struct value *value;
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(json_read(&arena, STR("[1,2]"), &small, &fault, &value)));
    assert_ptr_equal(json_read(&arena, STR("[1,23]"), &small, &fault, &value).error, &ERROR_LIMIT);
    assert_int_equal(fault.line, 0);
    arena_release(&arena);
}

static void depth_over_the_limit_is_refused(void **state)
{
    struct json_limits shallow = { .bytes = 100, .depth = 2 };
    struct json_fault fault;
    struct value *value;
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(
        failed(json_read(&arena, STR("[{},[],{\"[[[\":\"\\\"{{{\"}]"), &shallow, &fault, &value)));
    assert_ptr_equal(
        json_read(&arena, STR("[\n \"ä\\\"[\", {\"a\":[]}]"), &shallow, &fault, &value).error,
        &ERROR_LIMIT);
    assert_int_equal(fault.line, 2);
    assert_int_equal(fault.column, 15);
    shallow.depth = 0;
    assert_false(failed(json_read(&arena, STR("1"), &shallow, &fault, &value)));
    assert_true(failed(json_read(&arena, STR("[]"), &shallow, &fault, &value)));
    arena_release(&arena);
}

/* Commas and brackets in texts are no values. */
static void too_many_values_are_refused(void **state)
{
    struct json_limits few = { .bytes = 100, .depth = 5, .values = 4, .nested = 2 };
    struct json_fault fault;
    struct value *value;
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(json_read(&arena, STR("[1,2,\",[,{,\"]"), &few, &fault, &value)));
    assert_ptr_equal(json_read(&arena, STR("[1,2,\n3,4]"), &few, &fault, &value).error,
                     &ERROR_LIMIT);
    assert_int_equal(fault.line, 2);
    assert_int_equal(fault.column, 2);
    assert_string_equal(fault.message, "the text holds too many values");
    assert_false(failed(json_read(&arena, STR("[{}]"), &few, &fault, &value)));
    assert_ptr_equal(json_read(&arena, STR("[{},[]]"), &few, &fault, &value).error, &ERROR_LIMIT);
    assert_int_equal(fault.column, 5);
    assert_string_equal(fault.message, "the text holds too many arrays and objects");
    arena_release(&arena);
}

static void the_deepest_that_may_be_allowed_is_read(void **state)
{
    struct json_limits deep = { .bytes = 10000, .depth = JSON_DEPTH_MAX };
    char text[2 * JSON_DEPTH_MAX];
    struct json_fault fault;
    struct value *value;
    struct arena arena;

    (void)state;
    memset(text, '[', JSON_DEPTH_MAX);
    memset(text + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(
        failed(json_read(&arena, (struct str){ text, sizeof(text) }, &deep, &fault, &value)));
    for (size_t i = 1; i < JSON_DEPTH_MAX; i++)
        value = value->items[0];
    assert_int_equal(value->count, 0);
    arena_release(&arena);
}

static void very_many_keys_are_read_quickly(void **state)
{
    struct json_limits large = { .bytes = 2000000, .depth = 1 };
    struct json_fault fault;
    struct value *value;
    struct arena arena;
    struct buf text;

    (void)state;
    buf_init(&text, large.bytes);
    for (int i = 0; i < 100000; i++)
        buf_format(&text, "%s\"k%d\":%d", i ? "," : "{", i, i);
    buf_byte(&text, '}');
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(json_read(&arena, buf_str(&text), &large, &fault, &value)));
    assert_int_equal(value->count, 100000);
    check_str(value->members[99999].key, "k99999");
    arena_release(&arena);
    buf_release(&text);
}

/* Under the leak checker this also shows that the reader's own memory is given back. */
static void an_arena_that_is_too_small_is_left_by_its_exit(void **state)
{
    const struct str text = STR("{\"a\":[1,2,3],\"b\":\"text\"}");
    struct json_fault fault;
    struct value *value;
    struct arena arena;
    size_t needed;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(json_read(&arena, text, &limits, &fault, &value)));
    needed = arena.used;
    arena_release(&arena);
    for (volatile size_t limit = 0; limit <= needed; limit += 16) {
        bool left;

        arena_init(&arena, limit);
        left = leaves_full(&arena, (void)failed(json_read(&arena, text, &limits, &fault, &value)));
        assert_int_equal(left, limit < needed);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_kinds_of_value),
        cmocka_unit_test(integers_keep_every_digit),
        cmocka_unit_test(kinds_of_number_differ),
        cmocka_unit_test(what_is_not_json_is_refused_at_its_place),
        cmocka_unit_test(something_after_the_value_is_refused),
        cmocka_unit_test(a_key_that_comes_twice_is_refused),
        cmocka_unit_test(a_nul_in_a_text_is_refused),
        cmocka_unit_test(bytes_that_are_not_utf8_are_refused),
        cmocka_unit_test(numbers_that_do_not_fit_are_refused),
        cmocka_unit_test(a_text_over_the_limit_is_refused),
        cmocka_unit_test(depth_over_the_limit_is_refused),
        cmocka_unit_test(too_many_values_are_refused),
        cmocka_unit_test(the_deepest_that_may_be_allowed_is_read),
        cmocka_unit_test(very_many_keys_are_read_quickly),
        cmocka_unit_test(an_arena_that_is_too_small_is_left_by_its_exit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
