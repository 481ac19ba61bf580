#include "http/shape.h"

#include "base/result.h"
#include "unit.h"
#include "json/read.h"

static const char *const words[] = { "one", "two", NULL };
static const struct shape word = { .kind = IS_WORD, .words = words };
static const struct shape numbers = { .kind = IS_MAP, .item = &shape_int };

/* A shape that holds itself. */
extern const struct shape test_tree;
static const struct shape trees = { .kind = IS_LIST, .item = &test_tree };
static const struct shape_member members[] = {
    { "name", &shape_text, false, "The name" },
    { "since", &shape_date, true, "From which day on" },
    { "kind", &word, false, "Which kind" },
    { "below", &trees, false, "What is below" },
    { "counts", &numbers, false, "How many, by name" },
    { NULL, NULL, false, NULL },
};
const struct shape test_tree = { .kind = IS_OBJECT, .name = "Tree", .members = members };

#define TREE(name, since, kind, below)                                                             \
    "{\"name\":" name ",\"since\":" since ",\"kind\":" kind ",\"below\":[" below                   \
    "],\"counts\":{\"a b\":1}}"
#define LEAF TREE("\"x\"", "\"2026-11-23\"", "\"one\"", "")

/* What is said of a view written as JSON; "" where it is of the shape. */
static void differs(const struct shape *shape, const char *json, const char *expected)
{
    const struct json_limits limits = { .bytes = 10000, .depth = 20 };
    struct json_fault fault;
    struct value *value;
    struct arena arena;
    struct buf out;

    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&out, 10000);
    assert_false(failed(json_read(&arena, str_from_c(json), &limits, &fault, &value)));
    assert_int_equal(shape_holds(shape, value, &out), *expected == '\0');
    check_str(buf_str(&out), expected);
    buf_release(&out);
    arena_release(&arena);
}

static void a_view_of_its_shape_holds(void **state)
{
    (void)state;
    differs(&test_tree, LEAF, "");
    differs(&test_tree, TREE("\"x\"", "null", "\"two\"", LEAF "," LEAF), "");
    differs(&shape_texts, "[\"a\",\"\"]", "");
    differs(&numbers, "{}", "");
}

static void what_is_null_and_may_not_be_is_told(void **state)
{
    (void)state;
    differs(&test_tree, TREE("null", "null", "\"one\"", ""), "name: is null\n");
    differs(&test_tree, TREE("\"x\"", "null", "null", ""), "kind: is null\n");
    differs(&shape_text, "null", "the view: is null\n");
}

static void what_is_of_another_kind_is_told_with_its_place(void **state)
{
    (void)state;
    differs(&test_tree, TREE("\"x\"", "null", "\"one\"", LEAF "," TREE("1", "null", "\"one\"", "")),
            "below[1].name: is an integer\n");
    differs(&numbers, "{\"a b\":1.5,\"c\":true,\"d\":[],\"e\":{},\"f\":\"\"}",
            "a b: is a real number\nc: is true or false\nd: is a list\ne: is an object\n"
            "f: is a text\n");
    differs(&shape_texts, "[1]", "[0]: is an integer\n");
}

static void a_word_that_is_none_of_its_words_is_told(void **state)
{
    (void)state;
    differs(&test_tree, TREE("\"x\"", "null", "\"three\"", ""),
            "kind: is none of the words of the shape\n");
}

static void a_date_that_is_none_is_told(void **state)
{
    (void)state;
    differs(&test_tree, TREE("\"x\"", "\"2026-02-30\"", "\"one\"", ""),
            "since: is not a date written YYYY-MM-DD\n");
}

static void an_instant_that_is_none_is_told(void **state)
{
    (void)state;
    differs(&shape_instant, "\"2026-11-24\"",
            "the view: is not an instant written YYYY-MM-DDThh:mm:ssZ\n");
}

static void members_that_are_missing_or_too_many_are_told(void **state)
{
    (void)state;
    differs(&test_tree, "{\"name\":\"x\",\"since\":null,\"kind\":\"one\",\"below\":[],\"more\":1}",
            "counts: is not there\nmore: is not in the shape\n");
}

static void html_is_not_text(void **state)
{
    struct arena arena;
    struct buf out;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&out, 1000);
    assert_true(shape_holds(&shape_html, value_html(&arena, STR("<b>")), &out));
    assert_false(shape_holds(&shape_html, value_text(&arena, STR("b")), &out));
    assert_false(shape_holds(&shape_text, value_html(&arena, STR("<b>")), &out));
    check_str(buf_str(&out), "the view: is a text\nthe view: is HTML\n");
    buf_release(&out);
    arena_release(&arena);
}

static void a_scalar_is_anything_but_a_list_or_an_object(void **state)
{
    static const char *const scalars[] = { "\"x\"", "1", "0.5", "true", "null" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(scalars); i++)
        differs(&shape_scalar, scalars[i], "");
    differs(&shape_scalar, "[]", "the view: is a list\n");
    differs(&shape_scalar, "{}", "the view: is an object\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_view_of_its_shape_holds),
        cmocka_unit_test(what_is_null_and_may_not_be_is_told),
        cmocka_unit_test(what_is_of_another_kind_is_told_with_its_place),
        cmocka_unit_test(a_word_that_is_none_of_its_words_is_told),
        cmocka_unit_test(a_date_that_is_none_is_told),
        cmocka_unit_test(an_instant_that_is_none_is_told),
        cmocka_unit_test(members_that_are_missing_or_too_many_are_told),
        cmocka_unit_test(html_is_not_text),
        cmocka_unit_test(a_scalar_is_anything_but_a_list_or_an_object),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
