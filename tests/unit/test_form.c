#include "http/form.h"

#include "http/error.h"

#include "unit.h"

static const struct form_limits LIMITS = { .fields = 4, .name_bytes = 8, .value_bytes = 16 };

static const struct error *read_text(struct arena *arena, const char *text, struct form *ret)
{
    return form_read(arena, str_from_c(text), &LIMITS, ret).error;
}

static void reads_fields_in_order(void **state)
{
    struct arena arena;
    struct form form;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_null(read_text(&arena, "a=1&b=two+words&a=%C3%A9%26&&c", &form));
    assert_int_equal(form.count, 4);
    check_str(form.at[0].name, "a");
    check_str(form.at[0].value, "1");
    check_str(form.at[1].value, "two words");
    check_str(form.at[2].value, "\xc3\xa9&");
    check_str(form.at[3].name, "c");
    check_str(form.at[3].value, "");
    assert_int_equal(form_count(&form, STR("a")), 2);
    check_str(form_get(&form, STR("a")), "1");
    assert_null(form_get(&form, STR("d")).p);
    arena_release(&arena);
}

static void an_empty_text_has_no_fields(void **state)
{
    struct arena arena;
    struct form form;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_null(read_text(&arena, "", &form));
    assert_int_equal(form.count, 0);
    arena_release(&arena);
}

static void a_value_keeps_its_equals_signs_and_line_breaks(void **state)
{
    struct arena arena;
    struct form form;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_null(read_text(&arena, "a=b=c%0D%0Ad", &form));
    check_str(form.at[0].value, "b=c\r\nd");
    arena_release(&arena);
}

static void refuses_what_is_no_form(void **state)
{
    static const char *const texts[] = {
        "a=%",   "a=%4", "a=%4g", "a=%+1", "%zz=1", "=1",       "&=",          "a=\xc3\xa9",
        "a=b c", "a=\n", "a=%00", "a=%ff", "a=%1b", "a=%C0%AF", "a=%ED%A0%80", "%00=1",
    };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct form form = { NULL, 99 };

        if (read_text(&arena, texts[i], &form) != &HTTP_BAD_FORM)
            fail_msg("%s was not refused", texts[i]);
        assert_int_equal(form.count, 99);
    }
    arena_release(&arena);
}

static void refuses_more_than_the_limits(void **state)
{
    struct arena arena;
    struct form form;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_null(read_text(&arena, "a&b&c&d", &form));
    assert_ptr_equal(read_text(&arena, "a&b&c&d&e", &form), &HTTP_FORM_TOO_LARGE);
    assert_null(read_text(&arena, "12345678=1234567890123456", &form));
    assert_ptr_equal(read_text(&arena, "123456789=1", &form), &HTTP_FORM_TOO_LARGE);
    assert_ptr_equal(read_text(&arena, "a=12345678901234567", &form), &HTTP_FORM_TOO_LARGE);
    assert_null(read_text(&arena, "a=%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41", &form));
    arena_release(&arena);
}

static void percent_decoding_leaves_plus_alone_in_a_path(void **state)
{
    struct arena arena;
    struct str s;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_true(percent_decode(&arena, STR("/a+b%2B%20"), false, &s));
    check_str(s, "/a+b+ ");
    assert_false(percent_decode(&arena, STR("/a%2"), false, &s));
    check_str(s, "/a+b+ ");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_fields_in_order),
        cmocka_unit_test(an_empty_text_has_no_fields),
        cmocka_unit_test(a_value_keeps_its_equals_signs_and_line_breaks),
        cmocka_unit_test(refuses_what_is_no_form),
        cmocka_unit_test(refuses_more_than_the_limits),
        cmocka_unit_test(percent_decoding_leaves_plus_alone_in_a_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
