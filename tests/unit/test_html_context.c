#include "http/html_context.h"

#include "unit.h"

static struct html_context after(const char *text)
{
    struct html_context context;

    html_context_init(&context);
    assert_null(html_context_read(&context, str_from_c(text)));
    return context;
}

/* A value, through an address filter or not, may stand after the text. */
static bool takes(const char *text, bool address)
{
    struct html_context context = after(text);

    return !html_context_refusal(&context, address);
}

static void values_stand_in_text(void **state)
{
    (void)state;
    assert_true(takes("", false));
    assert_true(takes("<p class=\"a\" hidden>", false));
    assert_true(takes("<br/>", false));
    assert_true(takes("a < b", false));
    assert_true(takes("<!doctype html>", false));
    assert_true(takes("<!-- a > b -- > --><p>", false));
    assert_true(takes("<!-->", false));
    assert_true(takes("</p title=\">\">", false));
    assert_true(takes("</>", false));
    assert_true(takes("<script>if (a </b/) \"</scripty>\"</script >", false));
    assert_true(takes("<STYLE>a{}</style>", false));
    assert_true(takes("<scripty>", false));
    assert_true(takes("<p a=x>", false));
}

static void values_stand_in_double_quotes(void **state)
{
    (void)state;
    assert_true(takes("<p title=\"", false));
    assert_true(takes("<p title = \"a ' > b ", false));
    assert_true(takes("<p title=\"a:", false));
    assert_true(takes("<input value=''title=\"", false));
    assert_true(takes("<p on=\"", false));
}

static void values_stand_nowhere_else(void **state)
{
    (void)state;
    assert_false(takes("<", true));
    assert_false(takes("<p", true));
    assert_false(takes("<p ", true));
    assert_false(takes("<p title", true));
    assert_false(takes("<p title ", true));
    assert_false(takes("<p title=", true));
    assert_false(takes("<p title=a", true));
    assert_false(takes("<p title='", true));
    assert_false(takes("<!-- ", true));
    assert_false(takes("<!- ", true));
    assert_false(takes("<!doctype ", true));
    assert_false(takes("<?xml ", true));
    assert_false(takes("</p ", true));
    assert_false(takes("<script>", true));
    assert_false(takes("<SCRIPT src=\"/a\">var a = \"", true));
    assert_false(takes("<script></scrip>", true));
    assert_false(takes("<script></style>", true));
    assert_false(takes("<style>", true));
    assert_false(takes("<style>a</", true));
}

static void some_attributes_take_no_value(void **state)
{
    (void)state;
    assert_false(takes("<p onclick=\"", true));
    assert_false(takes("<p OnClick=\"", true));
    assert_false(takes("<p style=\"", true));
    assert_false(takes("<iframe srcdoc=\"", true));
}

static void addresses_take_values_through_a_filter(void **state)
{
    static const char *const texts[] = {
        "<a href=\"",     "<a HREF=\"/x/",    "<img src=\"",           "<form action=\"",
        "<img srcset=\"", "<a xlink:href=\"", "<button formaction=\"", "<a href=\"https://",
        "<a href=\"?a:b",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        assert_true(takes(texts[i], true));
        assert_false(takes(texts[i], false));
    }
    assert_false(takes("<a href=\"javascript:", true));
    assert_false(takes("<a href=\" data:x", true));
    assert_false(takes("<a href=\"averylongschemethatdoesnotfit:", true));
    assert_true(takes("<a href=\"javascript:x\" title=\"", false));
}

static void stray_characters_in_a_tag_are_told(void **state)
{
    static const char *const texts[] = { "<p \"", "<p =", "<p a\"", "<p a <", "<p a=>" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct html_context context;

        html_context_init(&context);
        assert_non_null(html_context_read(&context, str_from_c(texts[i])));
    }
}

/* A section begins after the first text, holds the second, and ends. */
static bool joins(const char *before, const char *inner, struct html_context *ret)
{
    struct html_context start = after(before);

    if (!html_context_cut(&start))
        return false;
    *ret = start;
    return !html_context_read(ret, str_from_c(inner)) && html_context_cut(ret) &&
           html_context_join(ret, &start);
}

static void sections_end_where_they_began(void **state)
{
    struct html_context context;

    (void)state;
    assert_true(joins("<p>", "<b>x", &context));
    assert_true(joins("<p class=\"a", " b", &context));
    assert_true(joins("<input", " checked", &context));
    assert_true(joins("<input ", "checked", &context));
    assert_true(joins("<input ", "checked ", &context));
    assert_true(joins("<input a", " title=\"x\"", &context));
    assert_true(joins("<script>", "x", &context));
    assert_true(joins("<!-- ", " -", &context));
    assert_false(joins("<p>", "<b", &context));
    assert_false(joins("<p>", "<b title=\"", &context));
    assert_false(joins("<p title=\"", "\"", &context));
    assert_false(joins("<p title=\"", "\" href=\"", &context));
    assert_false(joins("<p ", "><script ", &context));
    assert_false(joins("<p title=\"", "\"><style title=\"", &context));
    assert_false(joins("<script>", "</script><style>", &context));
    assert_false(joins("<p>", "<!--", &context));
    assert_false(joins("<", "p>", &context));
    assert_false(joins("<p a=", "\"x\"", &context));
    assert_false(joins("<p a=x", "y", &context));
}

static void a_section_does_not_cut_a_name(void **state)
{
    struct html_context context;

    (void)state;
    assert_false(joins("<scr", "ipt", &context));
    assert_true(joins("<input ", "checked", &context));
    assert_non_null(html_context_read(&context, STR("x")));
    assert_true(joins("<input ", "href", &context));
    assert_non_null(html_context_read(&context, STR("=\"")));
    assert_true(joins("<input ", "checked", &context));
    assert_null(html_context_read(&context, STR(">")));
}

static void the_worse_of_two_addresses_counts(void **state)
{
    struct html_context context;

    (void)state;
    assert_true(joins("<a href=\"", "javascript:", &context));
    assert_non_null(html_context_refusal(&context, true));
    assert_true(joins("<a href=\"javascript", ":", &context));
    assert_non_null(html_context_refusal(&context, true));
    assert_true(joins("<a href=\"", "/", &context));
    assert_null(html_context_read(&context, STR("javascript:")));
    assert_non_null(html_context_refusal(&context, true));
    assert_true(joins("<a href=\"javascript:", "x", &context));
    assert_non_null(html_context_refusal(&context, true));
    assert_true(joins("<a href=\"/", "x", &context));
    assert_null(html_context_refusal(&context, true));
}

static void a_section_may_end_a_comment_later(void **state)
{
    struct html_context context;

    (void)state;
    assert_true(joins("<!-- a", "--", &context));
    assert_null(html_context_read(&context, STR(">")));
    assert_int_equal(context.place, HTML_COMMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_stand_in_text),
        cmocka_unit_test(values_stand_in_double_quotes),
        cmocka_unit_test(values_stand_nowhere_else),
        cmocka_unit_test(some_attributes_take_no_value),
        cmocka_unit_test(addresses_take_values_through_a_filter),
        cmocka_unit_test(stray_characters_in_a_tag_are_told),
        cmocka_unit_test(sections_end_where_they_began),
        cmocka_unit_test(a_section_does_not_cut_a_name),
        cmocka_unit_test(the_worse_of_two_addresses_counts),
        cmocka_unit_test(a_section_may_end_a_comment_later),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
