#include "http/cookie.h"

#include "base/attr.h"
#include "unit.h"

static struct arena arena;

static struct str of(struct str first, struct str second, const char *name)
{
    const struct header headers[] = {
        { STR("Host"), STR("a=host") },
        { STR("cookie"), first },
        { STR("Cookie"), second },
    };
    const struct request request = { .headers = headers, .header_count = ARRAY_LEN(headers) };

    return cookie_get(&request, str_from_c(name));
}

static void a_cookie_is_found_by_its_whole_name(void **state)
{
    (void)state;
    check_str(of(STR("ab=1; a=2;b=3"), STR(""), "a"), "2");
    check_str(of(STR("ab=1; a=2;b=3"), STR(""), "b"), "3");
    check_str(of(STR("x=1"), STR("a=4"), "a"), "4");
    check_str(of(STR("a=1=2"), STR(""), "a"), "1=2");
    assert_null(of(STR("ab=1; A=2"), STR("b=1"), "a").p);
    assert_null(of(STR("a"), STR(""), "a").p);
}

static void of_two_the_first_counts(void **state)
{
    (void)state;
    check_str(of(STR("a=1; a=2"), STR("a=3"), "a"), "1");
}

static struct response response_with(const struct cookie *cookie)
{
    struct response response;

    response_init(&response, &arena);
    cookie_set(&response, cookie);
    return response;
}

static void a_cookie_is_not_for_scripts_or_other_sites(void **state)
{
    struct response response =
        response_with(&(struct cookie){ STR("__Host-assay"), STR("ab-_9"), 60, true });

    (void)state;
    assert_int_equal(response.header_count, 1);
    check_str(response.headers[0].name, "Set-Cookie");
    check_str(response.headers[0].value,
              "__Host-assay=ab-_9; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
    response = response_with(&(struct cookie){ STR("assay"), STR(""), 0, false });
    check_str(response.headers[0].value, "assay=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
}

static void a_value_that_ends_the_header_or_the_cookie_is_refused(void **state)
{
    static const struct str values[] = { STR("a;b"),        STR("a\r\nX: y"), STR("a b"),
                                         STR("a,b"),        STR("\"a\""),     STR("a\0b"),
                                         STR("caf\xc3\xa9") };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        struct response response =
            response_with(&(struct cookie){ STR("assay"), values[i], 60, true });

        assert_true(response.faulty);
        assert_int_equal(response.header_count, 0);
    }
}

static int begin(void **state)
{
    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
        cmocka_unit_test(of_two_the_first_counts),
        cmocka_unit_test(a_cookie_is_not_for_scripts_or_other_sites),
        cmocka_unit_test(a_value_that_ends_the_header_or_the_cookie_is_refused),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
