#include "http/escape.h"

#include "unit.h"

static void check(void (*escape)(struct str, struct buf *), struct str text, const char *expected)
{
    struct buf out;

    buf_init(&out, 1000);
    escape(text, &out);
    check_str(buf_str(&out), expected);
    buf_release(&out);
}

static void html_escapes_what_has_a_meaning(void **state)
{
    (void)state;
    check(escape_html, STR("<a href=\"x\">'a' & b</a>"),
          "&lt;a href=&quot;x&quot;&gt;&#39;a&#39; &amp; b&lt;/a&gt;");
    check(escape_html, STR("Zoë 小"), "Zoë 小");
    check(escape_html, STR("&amp;"), "&amp;amp;");
    check(escape_html, STR_NONE, "");
}

static void an_address_keeps_its_structure(void **state)
{
    (void)state;
    check(escape_url, STR("https://example.org/a?b=c&d=%20#e"),
          "https://example.org/a?b=c&d=%20#e");
    check(escape_url, STR("/people/ana maría"), "/people/ana%20mar%C3%ADa");
    check(escape_url, STR("a\"b<c>\\\n\x01"), "a%22b%3Cc%3E%5C%0A%01");
    check(escape_url, STR("  mailto:ana@example.org "), "mailto:ana@example.org");
    check(escape_url, STR("?q=a:b"), "?q=a:b");
    check(escape_url, STR("a/b:c"), "a/b:c");
    check(escape_url, STR(""), "");
}

static void an_address_that_might_be_a_script_is_refused(void **state)
{
    (void)state;
    check(escape_url, STR("javascript:alert(1)"), "#");
    check(escape_url, STR(" JavaScript:alert(1)"), "#");
    check(escape_url, STR("java\nscript:alert(1)"), "#");
    check(escape_url, STR("data:text/html,x"), "#");
    check(escape_url, STR(":x"), "#");
    check(escape_url, STR("httpsx:x"), "#");
    check(escape_url, STR("HTTPS://example.org"), "HTTPS://example.org");
}

static void a_part_keeps_nothing_that_has_a_meaning(void **state)
{
    (void)state;
    check(escape_url_part, STR("a/b?c=d&e:f%"), "a%2Fb%3Fc%3Dd%26e%3Af%25");
    check(escape_url_part, STR("A-z.0_9~"), "A-z.0_9~");
    check(escape_url_part, STR("a\0b é"), "a%00b%20%C3%A9");
}

static void schemes(void **state)
{
    (void)state;
    assert_true(url_scheme_is_safe(STR("Tel")));
    assert_false(url_scheme_is_safe(STR("htt")));
    assert_false(url_scheme_is_safe(STR_NONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_escapes_what_has_a_meaning),
        cmocka_unit_test(an_address_keeps_its_structure),
        cmocka_unit_test(an_address_that_might_be_a_script_is_refused),
        cmocka_unit_test(a_part_keeps_nothing_that_has_a_meaning),
        cmocka_unit_test(schemes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
