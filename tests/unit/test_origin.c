#include "config/origin.h"

#include "unit.h"

static void knows_origins(void **state)
{
    static const char *const texts[] = {
        "https://standards.example.org", "http://localhost",
        "http://localhost:8080",         "https://192.0.2.7",
        "https://[2001:db8::1]",         "http://[::1]:8080",
        "https://xn--bcher-kva.example", "https://a-b.example:65535",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (!is_origin(str_from_c(texts[i])))
            fail_msg("%s was refused", texts[i]);
    }
}

static void refuses_what_is_no_origin(void **state)
{
    static const char *const texts[] = {
        "",
        "https://",
        "standards.example.org",
        "ftp://standards.example.org",
        "HTTPS://standards.example.org",
        "https://Standards.example.org",
        "https://standards.example.org/",
        "https://standards.example.org/path",
        "https://standards.example.org?q",
        "https://standards.example.org:",
        "https://standards.example.org:0",
        "https://standards.example.org:080",
        "https://standards.example.org:65536",
        "https://user@standards.example.org",
        "https://standards..example.org",
        "https://standards.example.org.",
        "https://-standards.example.org",
        "https://standards_.example.org",
        "https://192.0.2.256",
        "https://2001:db8::1",
        "https://[2001:db8::1",
        "https://[192.0.2.7]",
        "https://[2001:db8::1]8080",
        "https://a b.example",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (is_origin(str_from_c(texts[i])))
            fail_msg("%s was taken", texts[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_origins),
        cmocka_unit_test(refuses_what_is_no_origin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
