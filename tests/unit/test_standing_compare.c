#include "register/standing_compare.h"

#include "base/result.h"
#include "unit.h"
#include "json/read.h"

static struct arena arena;

/* A summary as standing.h makes it, as far as it is compared. */
#define REQUIREMENT(id, value, text, said)                                                         \
    "{\"id\":\"" id "\",\"title\":\"" id " title\",\"text\":\"" text                               \
    "\",\"decide\":{\"value\":\"" value "\",\"text\":null},\"rule\":{\"said\":\"" said "\"}}"
#define CERTIFICATION(name, verdict, result)                                                       \
    "{\"name\":\"" name "\",\"title\":\"" name " title\",\"beside\":false,\"decide\":\"" verdict   \
    "\",\"preview\":\"" verdict "\",\"result\":" result "}"
#define RESULT_OF(edition, requirements)                                                           \
    "{\"edition\":\"" edition "\",\"requirements\":[" requirements "]}"
#define SUMMARY(certifications) "{\"groups\":[{\"certifications\":[" certifications "]}]}"

static struct value *read(const char *json)
{
    const struct json_limits limits = { .bytes = 100000, .depth = 20 };
    struct json_fault fault;
    struct value *value = NULL;

    assert_false(failed(json_read(&arena, str_from_c(json), &limits, &fault, &value)));
    return value;
}

static const struct value *compare(const char *then, const char *now)
{
    return standing_compare_value(&arena, read(then), read(now));
}

static const struct value *side(const struct value *list, const char *which)
{
    return value_get(list->items[0], which);
}

static const struct value *requirement(const struct value *list, size_t at)
{
    return value_get(list->items[0], "requirements")->items[at];
}

/* The only part of a requirement. */
static struct str said(const struct value *of, const char *which)
{
    const struct value *parts = value_get(value_get(of, which), "said");

    assert_int_equal(parts->count, 1);
    return parts->items[0]->text;
}

static bool is(const struct value *object, const char *key)
{
    return value_get(object, key)->boolean;
}

static void what_is_the_same_does_not_differ(void **state)
{
    static const char summary[] = SUMMARY(
        CERTIFICATION("guide", "not-yet",
                      RESULT_OF("1", REQUIREMENT("walks", "not-yet", "20 walks", "3 of 20"))));
    const struct value *list = compare(summary, summary);

    (void)state;
    assert_int_equal(list->count, 1);
    assert_false(is(list->items[0], "differs"));
    assert_false(is(list->items[0], "edition_differs"));
    assert_false(is(requirement(list, 0), "differs"));
    assert_int_equal(value_get(side(list, "now"), "met")->integer, 0);
    assert_int_equal(value_get(side(list, "now"), "of")->integer, 1);
}

static void another_finding_and_another_edition_are_pointed_out(void **state)
{
    const struct value *list = compare(
        SUMMARY(CERTIFICATION(
            "guide", "not-yet",
            RESULT_OF("1", REQUIREMENT("walks", "not-yet", "20 walks", "3 of 20") "," REQUIREMENT(
                               "age", "met", "18 years",
                               "30 years") "," REQUIREMENT("oath", "met", "an oath", "an oath")))),
        SUMMARY(CERTIFICATION(
            "guide", "eligible",
            RESULT_OF("2", REQUIREMENT("walks", "met", "20 walks", "21 of 20") "," REQUIREMENT(
                               "age", "met", "18 years",
                               "30 years") "," REQUIREMENT("map", "met", "a map", "a map")))));

    (void)state;
    assert_true(is(list->items[0], "differs"));
    assert_true(is(list->items[0], "edition_differs"));
    assert_true(is(requirement(list, 0), "differs"));
    assert_true(str_eq_c(said(requirement(list, 0), "then"), "3 of 20"));
    assert_true(str_eq_c(said(requirement(list, 0), "now"), "21 of 20"));
    assert_false(is(requirement(list, 1), "differs"));
    /* One that is new, and one that is asked for no more. */
    assert_int_equal(value_get(requirement(list, 2), "then")->kind, VALUE_NULL);
    assert_int_equal(value_get(requirement(list, 3), "now")->kind, VALUE_NULL);
    assert_true(is(requirement(list, 3), "differs"));
    assert_int_equal(value_get(side(list, "then"), "met")->integer, 2);
    assert_int_equal(value_get(side(list, "now"), "met")->integer, 3);
}

/* Two parts, of which the second has changed. */
#define EITHER(count)                                                                              \
    "{\"id\":\"way\",\"title\":\"way "                                                             \
    "title\",\"text\":\"either\",\"decide\":{\"value\":\"met\",\"text\":null},"                    \
    "\"rule\":{\"said\":\"any of these:\",\"slices\":[],\"children\":[{\"said\":\"a map\"},"       \
    "{\"said\":\"" count "\",\"children\":[],\"slices\":[]}]}}"

static void what_changed_within_a_rule_is_a_difference(void **state)
{
    const struct value *list =
        compare(SUMMARY(CERTIFICATION("guide", "eligible", RESULT_OF("1", EITHER("21 of 20")))),
                SUMMARY(CERTIFICATION("guide", "eligible", RESULT_OF("1", EITHER("22 of 20")))));
    const struct value *parts = value_get(value_get(requirement(list, 0), "now"), "said");

    (void)state;
    assert_true(is(requirement(list, 0), "differs"));
    assert_true(is(list->items[0], "differs"));
    assert_int_equal(parts->count, 2);
    assert_true(str_eq_c(parts->items[1]->text, "22 of 20"));
}

static void what_was_not_shown_or_did_not_govern_is_null(void **state)
{
    const struct value *list = compare(SUMMARY(CERTIFICATION("old", "not-yet", RESULT_OF("1", ""))),
                                       SUMMARY(CERTIFICATION("new", "unavailable", "null")));

    (void)state;
    assert_int_equal(list->count, 2);
    assert_int_equal(side(list, "then")->kind, VALUE_NULL);
    assert_int_equal(value_get(side(list, "now"), "edition")->kind, VALUE_NULL);
    assert_true(str_eq_c(value_get(list->items[1], "name")->text, "old"));
    assert_int_equal(value_get(list->items[1], "now")->kind, VALUE_NULL);
    assert_true(is(list->items[1], "differs"));
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_the_same_does_not_differ, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_finding_and_another_edition_are_pointed_out, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_changed_within_a_rule_is_a_difference, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_was_not_shown_or_did_not_govern_is_null, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
