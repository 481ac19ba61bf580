#include "http/guard.h"

#include "http/error.h"
#include "unit.h"

#define BASE STR("https://standards.example.org")

static bool passes(const struct header *headers, size_t count)
{
    struct arena arena;
    const struct request request = {
        .arena = &arena, .method = STR("POST"), .headers = headers, .header_count = count
    };
    struct result result;

    arena_init(&arena, ARENA_UNLIMITED);
    result = guard_post(&request, BASE);
    arena_release(&arena);
    assert_true(!failed(result) || result.error == &HTTP_FOREIGN_ORIGIN);
    return !failed(result);
}

static bool passes_with(const char *name, const char *value)
{
    const struct header header = { str_from_c(name), str_from_c(value) };

    return passes(&header, 1);
}

static void a_form_of_the_site_passes(void **state)
{
    (void)state;
    assert_true(passes_with("Sec-Fetch-Site", "same-origin"));
    assert_true(passes_with("Origin", "https://standards.example.org"));
}

static void what_is_no_browser_passes(void **state)
{
    (void)state;
    assert_true(passes(NULL, 0));
}

static void a_form_of_another_site_is_refused(void **state)
{
    static const char *const sites[] = { "cross-site", "same-site", "none", "", "Same-Origin" };
    static const char *const origins[] = { "https://example.org",
                                           "http://standards.example.org",
                                           "https://standards.example.org:8443",
                                           "https://standards.example.org/",
                                           "https://standards.example.org.example.com",
                                           "null",
                                           "" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sites); i++)
        assert_false(passes_with("Sec-Fetch-Site", sites[i]));
    for (size_t i = 0; i < ARRAY_LEN(origins); i++)
        assert_false(passes_with("Origin", origins[i]));
}

static void the_newer_header_counts_and_may_not_stand_twice(void **state)
{
    const struct header good_origin[] = {
        { STR("Sec-Fetch-Site"), STR("cross-site") },
        { STR("Origin"), STR("https://standards.example.org") },
    };
    const struct header twice[] = {
        { STR("Sec-Fetch-Site"), STR("same-origin") },
        { STR("Sec-Fetch-Site"), STR("cross-site") },
    };

    (void)state;
    assert_false(passes(good_origin, 2));
    assert_false(passes(twice, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_of_the_site_passes),
        cmocka_unit_test(what_is_no_browser_passes),
        cmocka_unit_test(a_form_of_another_site_is_refused),
        cmocka_unit_test(the_newer_header_counts_and_may_not_stand_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
