#include "base/value.h"

#include "unit.h"

struct fixture {
    struct arena arena;
    struct buf out;
};

static void begin(struct fixture *f)
{
    arena_init(&f->arena, ARENA_UNLIMITED);
    buf_init(&f->out, 100000);
}

static void end(struct fixture *f)
{
    buf_release(&f->out);
    arena_release(&f->arena);
}

static struct str json(struct fixture *f, const struct value *value, enum json_style style)
{
    buf_clear(&f->out);
    value_write_json(value, style, &f->out);
    return buf_str(&f->out);
}

static struct value *sample(struct arena *arena)
{
    struct value *object = value_object(arena);
    struct value *list = value_array(arena);
    struct value *inner = value_object(arena);

    value_push(arena, list, value_int(arena, 1));
    value_push(arena, list, value_null(arena));
    value_push(arena, list, value_day(arena, 19889));
    value_push(arena, list, value_instant(arena, INT64_C(19889) * 86400000000 + 3723999999));
    value_set_bool(arena, inner, "z", true);
    value_set_bool(arena, inner, "a", false);
    value_set_text(arena, object, "name", STR("Ana"));
    value_set_int(arena, object, "count", -20);
    value_set(arena, object, "list", list);
    value_set(arena, object, "inner", inner);
    value_set(arena, object, "none", value_array(arena));
    value_set(arena, object, "nothing", value_object(arena));
    return object;
}

static void compact_keeps_the_order(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    check_str(
        json(&f, sample(&f.arena), JSON_COMPACT),
        "{\"name\":\"Ana\",\"count\":-20,\"list\":[1,null,\"2024-06-15\",\"2024-06-15T01:02:03Z\"],"
        "\"inner\":{\"z\":true,\"a\":false},\"none\":[],\"nothing\":{}}");
    end(&f);
}

static void canonical_sorts_the_keys_of_every_level(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    check_str(json(&f, sample(&f.arena), JSON_CANONICAL),
              "{\"count\":-20,\"inner\":{\"a\":false,\"z\":true},\"list\":[1,null,\"2024-06-15\","
              "\"2024-06-15T01:02:03Z\"],"
              "\"name\":\"Ana\",\"none\":[],\"nothing\":{}}");
    end(&f);
}

static void keys_are_sorted_by_bytes(void **state)
{
    struct fixture f;
    struct value *object;

    (void)state;
    begin(&f);
    object = value_object(&f.arena);
    value_set_int(&f.arena, object, "ä", 1);
    value_set_int(&f.arena, object, "z", 2);
    value_set_int(&f.arena, object, "Z", 3);
    value_set_int(&f.arena, object, "a-b", 4);
    value_set_int(&f.arena, object, "a", 5);
    check_str(json(&f, object, JSON_CANONICAL), "{\"Z\":3,\"a\":5,\"a-b\":4,\"z\":2,\"ä\":1}");
    end(&f);
}

static void pretty_indents(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    check_str(json(&f, sample(&f.arena), JSON_PRETTY), "{\n"
                                                       "  \"name\": \"Ana\",\n"
                                                       "  \"count\": -20,\n"
                                                       "  \"list\": [\n"
                                                       "    1,\n"
                                                       "    null,\n"
                                                       "    \"2024-06-15\",\n"
                                                       "    \"2024-06-15T01:02:03Z\"\n"
                                                       "  ],\n"
                                                       "  \"inner\": {\n"
                                                       "    \"z\": true,\n"
                                                       "    \"a\": false\n"
                                                       "  },\n"
                                                       "  \"none\": [],\n"
                                                       "  \"nothing\": {}\n"
                                                       "}\n");
    end(&f);
}

static void scalars(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    check_str(json(&f, value_int(&f.arena, INT64_MIN), JSON_COMPACT), "-9223372036854775808");
    check_str(json(&f, value_int(&f.arena, INT64_MAX), JSON_COMPACT), "9223372036854775807");
    check_str(json(&f, value_real(&f.arena, 0.1), JSON_COMPACT), "0.1");
    check_str(json(&f, value_real(&f.arena, 1.0 / 3), JSON_COMPACT), "0.3333333333333333");
    check_str(json(&f, value_real(&f.arena, 0.1 + 0.2), JSON_COMPACT), "0.30000000000000004");
    check_str(json(&f, value_real(&f.arena, 5), JSON_COMPACT), "5.0");
    check_str(json(&f, value_real(&f.arena, -0.0), JSON_COMPACT), "-0.0");
    check_str(json(&f, value_real(&f.arena, -1e300), JSON_COMPACT), "-1e+300");
    check_str(json(&f, value_text(&f.arena, STR_NONE), JSON_COMPACT), "\"\"");
    check_str(json(&f, value_html(&f.arena, STR("<b>")), JSON_COMPACT), "\"<b>\"");
    end(&f);
}

static void texts_are_escaped(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    json_write_text(STR("a\"b\\c/ \b\f\n\r\t \x01\x1f\x7f <é小\xf0\x9f\x98\x80>"), &f.out);
    check_str(buf_str(&f.out), "\"a\\\"b\\\\c/ \\b\\f\\n\\r\\t \\u0001\\u001f\x7f "
                               "<é小\xf0\x9f\x98\x80>\"");
    buf_clear(&f.out);
    json_write_text(STR("a\0b"), &f.out);
    check_str(buf_str(&f.out), "\"a\\u0000b\"");
    end(&f);
}

static void bytes_that_are_not_utf8_never_reach_the_output(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    json_write_text(STR("a\xff\xed\xa0\x80\xc3"), &f.out);
    check_str(buf_str(&f.out), "\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_true(str_is_utf8(buf_str(&f.out), NULL));
    end(&f);
}

static void members_are_found_by_key(void **state)
{
    struct fixture f;
    const struct value *object;

    (void)state;
    begin(&f);
    object = sample(&f.arena);
    check_str(value_get(object, "name")->text, "Ana");
    assert_int_equal(value_get(object, "count")->integer, -20);
    assert_null(value_get(object, "absent"));
    assert_null(value_get(value_get(object, "list"), "name"));
    assert_int_equal(value_get(object, "list")->count, 4);
    end(&f);
}

static void an_output_that_is_too_small_is_told(void **state)
{
    struct fixture f;
    struct buf small;

    (void)state;
    begin(&f);
    buf_init(&small, 20);
    value_write_json(sample(&f.arena), JSON_CANONICAL, &small);
    assert_true(small.overflow);
    buf_release(&small);
    end(&f);
}

static void a_member_is_added_to_a_copy(void **state)
{
    struct fixture f;
    struct value *object;
    struct value *with;

    (void)state;
    begin(&f);
    object = value_object(&f.arena);
    with = value_with(&f.arena, object, "page", value_int(&f.arena, 2));
    check_str(json(&f, with, JSON_COMPACT), "{\"page\":2}");
    value_set_int(&f.arena, object, "kept", 1);
    with = value_with(&f.arena, object, "page", value_int(&f.arena, 2));
    check_str(json(&f, with, JSON_COMPACT), "{\"kept\":1,\"page\":2}");
    check_str(json(&f, object, JSON_COMPACT), "{\"kept\":1}");
    end(&f);
}

/* What a tree made in an arena of its own says once that arena is gone; the keys of a map are data
   too. */
static void a_copy_points_to_nothing_outside_its_arena(void **state)
{
    struct fixture f;
    struct arena gone;
    struct value *object;
    struct value *copy;
    size_t size;

    (void)state;
    begin(&f);
    arena_init(&gone, ARENA_UNLIMITED);
    object = sample(&gone);
    value_set_str(&gone, object, str_copy(&gone, STR("key")),
                  value_html(&gone, str_copy(&gone, STR("<b>"))));
    value_set(&gone, object, "real", value_real(&gone, 0.5));
    value_set(&gone, object, "no text", value_text(&gone, STR_NONE));
    size = value_size(object);
    copy = value_copy(&f.arena, object);
    arena_release(&gone);
    assert_int_equal(value_size(copy), size);
    assert_int_equal(value_get(copy, "key")->kind, VALUE_HTML);
    check_str(json(&f, copy, JSON_CANONICAL),
              "{\"count\":-20,\"inner\":{\"a\":false,\"z\":true},\"key\":\"<b>\",\"list\":[1,null,"
              "\"2024-06-15\",\"2024-06-15T01:02:03Z\"],\"name\":\"Ana\",\"no "
              "text\":\"\",\"none\":[],\"nothing\":{},"
              "\"real\":0.5}");
    end(&f);
}

static void the_size_counts_texts_and_keys(void **state)
{
    struct fixture f;
    struct value *object;
    size_t empty;

    (void)state;
    begin(&f);
    object = value_object(&f.arena);
    empty = value_size(object);
    value_set_text(&f.arena, object, "12345", STR("1234567"));
    assert_int_equal(value_size(object), 2 * empty + sizeof(struct member) + 12);
    end(&f);
}

static void an_array_may_be_large(void **state)
{
    struct fixture f;
    struct value *array;

    (void)state;
    begin(&f);
    array = value_array(&f.arena);
    for (int i = 0; i < 10000; i++)
        value_push(&f.arena, array, value_int(&f.arena, 7));
    assert_int_equal(json(&f, array, JSON_COMPACT).n, 20001);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compact_keeps_the_order),
        cmocka_unit_test(canonical_sorts_the_keys_of_every_level),
        cmocka_unit_test(keys_are_sorted_by_bytes),
        cmocka_unit_test(pretty_indents),
        cmocka_unit_test(scalars),
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(bytes_that_are_not_utf8_never_reach_the_output),
        cmocka_unit_test(members_are_found_by_key),
        cmocka_unit_test(an_output_that_is_too_small_is_told),
        cmocka_unit_test(a_member_is_added_to_a_copy),
        cmocka_unit_test(a_copy_points_to_nothing_outside_its_arena),
        cmocka_unit_test(the_size_counts_texts_and_keys),
        cmocka_unit_test(an_array_may_be_large),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
