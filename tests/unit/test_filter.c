#include "http/filter.h"

#include "unit.h"

static struct filter_use use_of(const char *name)
{
    struct filter_use use = { .filter = filter_find(str_from_c(name)) };

    assert_non_null(use.filter);
    return use;
}

static void shows(const struct filter_use *use, const struct value *value,
                  const struct language *language, const char *expected)
{
    struct buf out;

    buf_init(&out, 1000);
    assert_true(filter_write(use, value, language, &out));
    check_str(buf_str(&out), expected);
    buf_release(&out);
}

static void shows_int(const char *name, int64_t number, const char *expected)
{
    struct value value = { .kind = VALUE_INT, .integer = number };
    struct filter_use use = use_of(name);

    shows(&use, &value, NULL, expected);
}

static void shows_text(const char *name, struct str text, const char *expected)
{
    struct value value = { .kind = VALUE_TEXT, .text = text };
    struct filter_use use = use_of(name);

    shows(&use, &value, NULL, expected);
}

static void dates(void **state)
{
    (void)state;
    shows_text("date", STR("2026-11-23"), "23 November 2026");
    shows_text("date", STR("0999-01-01"), "1 January 999");
    shows_text("date", STR("2026-11"), "November 2026");
    shows_text("date", STR("2026"), "2026");
    shows_text("instant", STR("2026-11-23T04:05:59Z"), "23 November 2026, 04:05 UTC");
    shows_text("instant", STR("2026-11-23T14:30Z"), "23 November 2026, 14:30 UTC");
}

static void numbers(void **state)
{
    (void)state;
    shows_int("number", 0, "0");
    shows_int("number", 999, "999");
    shows_int("number", 1000, "1,000");
    shows_int("number", -1002003, "-1,002,003");
    shows_int("number", INT64_MIN, "-9,223,372,036,854,775,808");
    shows_int("number", INT64_MAX, "9,223,372,036,854,775,807");
}

static void durations(void **state)
{
    (void)state;
    shows_int("duration", 0, "0 min");
    shows_int("duration", 59, "59 min");
    shows_int("duration", 60, "1 h");
    shows_int("duration", 150, "2 h 30 min");
    shows_int("duration", -90, "-1 h 30 min");
    shows_int("duration", INT64_MIN, "-153722867280912930 h 8 min");
}

static void plurals_of_english(void **state)
{
    struct filter_use use = use_of("plural");
    struct value value = { .kind = VALUE_INT, .integer = 1 };

    (void)state;
    use.words[0] = STR("mediation");
    use.words[1] = STR("mediations");
    use.count = 2;
    shows(&use, &value, NULL, "mediation");
    value.integer = 0;
    shows(&use, &value, NULL, "mediations");
    value.integer = -1;
    shows(&use, &value, NULL, "mediations");
}

static struct str upper_november(const void *context, struct str text)
{
    (void)context;
    return str_eq_c(text, "November") ? STR("NOVEMBER") : STR_NONE;
}

static size_t by_last_digit(const void *context, int64_t number)
{
    (void)context;
    return (size_t)(number % 10);
}

static void other_languages_have_other_forms(void **state)
{
    const struct language language = { .text = upper_november, .form = by_last_digit };
    struct filter_use date = use_of("date");
    struct filter_use plural = use_of("plural");
    struct value day_value = { .kind = VALUE_TEXT, .text = STR("2026-11-23") };
    struct value number = { .kind = VALUE_INT, .integer = 12 };

    (void)state;
    shows(&date, &day_value, &language, "23 NOVEMBER 2026");
    plural.words[0] = STR("none");
    plural.words[1] = STR("one");
    plural.words[2] = STR("two");
    plural.count = 3;
    shows(&plural, &number, &language, "two");
    number.integer = 19;
    shows(&plural, &number, &language, "two");
}

static void addresses(void **state)
{
    (void)state;
    shows_text("url", STR("javascript:x"), "#");
    shows_text("url", STR("/a b"), "/a%20b");
    shows_text("part", STR("a/b"), "a%2Fb");
    shows_int("part", 12, "12");
    assert_true(filter_is_for_addresses(filter_find(STR("url"))));
    assert_true(filter_is_for_addresses(filter_find(STR("part"))));
    assert_false(filter_is_for_addresses(filter_find(STR("date"))));
}

static void values_of_other_kinds_are_refused(void **state)
{
    static const char *const names[] = { "date",   "duration", "instant", "number",
                                         "plural", "part",     "url" };
    struct value value = { .kind = VALUE_BOOL, .boolean = true };
    struct value text = { .kind = VALUE_TEXT, .text = STR("2026-02-30") };
    struct filter_use date = use_of("date");
    struct buf out;

    (void)state;
    buf_init(&out, 100);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct filter_use use = use_of(names[i]);

        assert_false(filter_write(&use, &value, NULL, &out));
    }
    assert_false(filter_write(&date, &text, NULL, &out));
    assert_int_equal(out.n, 0);
    buf_release(&out);
}

static void every_filter_says_what_words_it_takes(void **state)
{
    struct arena arena;
    struct str_list names;
    const char *takes;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    names = filter_names(&arena);
    assert_int_equal(names.count, 7);
    for (size_t i = 0; i < names.count; i++) {
        const struct filter *filter = filter_find(names.at[i]);
        bool plural = str_eq_c(names.at[i], "plural");

        assert_int_equal(filter_accepts(filter, 0, &takes), !plural);
        assert_int_equal(filter_accepts(filter, 2, &takes), plural);
        assert_false(filter_accepts(filter, 1, &takes));
        assert_non_null(takes);
    }
    assert_null(filter_find(STR("upper")));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),
        cmocka_unit_test(numbers),
        cmocka_unit_test(durations),
        cmocka_unit_test(plurals_of_english),
        cmocka_unit_test(other_languages_have_other_forms),
        cmocka_unit_test(addresses),
        cmocka_unit_test(values_of_other_kinds_are_refused),
        cmocka_unit_test(every_filter_says_what_words_it_takes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
