#include <string.h>

#include "site_fixture.h"

static void a_page_is_shown_to_a_browser(void **state)
{
    struct site_fixture f;

    (void)state;
    fixture_begin(&f);
    check_has(fixture_get(&f, "/"), "<!doctype html>");
    assert_int_equal(f.response.status, 200);
    check_str(fixture_type(&f), "text/html; charset=utf-8");
    fixture_end(&f);
}

static void nothing_there_is_404(void **state)
{
    struct site_fixture f;

    (void)state;
    fixture_begin(&f);
    check_has(fixture_get(&f, "/nothing"), "there is nothing at this address");
    assert_int_equal(f.response.status, 404);
    check_has(fixture_get(&f, "/nothing.json"), "\"name\": \"not-found\"");
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_shown_to_a_browser),
        cmocka_unit_test(nothing_there_is_404),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
