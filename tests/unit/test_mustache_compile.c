#include "http/mustache.h"

#include <string.h>

#include "template_fixture.h"

static void strict(const char *text, const char *place, const char *words)
{
    refused(MUSTACHE_STRICT, text, place, words);
}

static void tags_that_are_wrong_are_told_with_their_place(void **state)
{
    (void)state;
    strict("a\nb {{x", "page.html:2:3: error: this tag is not closed", "close it with }}");
    strict("{{{x}}", "page.html:1:1: error: this tag is not closed", "close it with }}}");
    strict("é {{}}", "page.html:1:3: error: this tag has no name", "{{}}");
    strict("{{#a}}", "page.html:1:1: error: 'a' is not closed", "expected {{/a}}");
    strict("{{/a}}", "page.html:1:1: error: 'a' is closed but not open", "");
    strict("{{#a}}{{#b}}{{/a}}", "page.html:1:7: error: 'b' is not closed", "");
    strict("{{a b}}", "page.html:1:1: error: 'a b' is no name", "letters, digits, - and _");
    strict("{{a..b}}", "'a..b' is no name", "");
    strict("{{#.a}}{{/.a}}", "'.a' is no name", "");
    refused(MUSTACHE_SPEC, "{{=a=}}", "1:1", "these cannot be delimiters");
    refused(MUSTACHE_SPEC, "{{=<= =>=}}", "1:1", "these cannot be delimiters");
    refused(MUSTACHE_SPEC, "{{a b}}", "1:1", "'a b' is no name");
}

static void all_faults_are_told_at_once(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "{{a b}}\n{{#c}}\n{{n|dat}}\n{{/d}}");
    assert_true(failed(mustache_finish(f.set, &f.diags)));
    assert_int_equal(f.diags.errors, 4);
    end(&f);
}

static void filters_are_checked(void **state)
{
    (void)state;
    strict("<p>{{issued|dat}}", "page.html:1:4: error: there is no filter 'dat'",
           "did you mean 'date'?");
    strict("{{n|plural}}", "the filter plural does not take 0 words",
           "two words or more, such as plural:mediation,mediations");
    strict("{{n|plural:a}}", "does not take 1 words", "");
    strict("{{n|plural:a,}}", "a word after the filter is missing", "");
    strict("{{n|plural:a,b,c,d,e,f,g}}", "there are more words", "");
    strict("{{n|date:a}}", "does not take 1 words", "no words after date");
    strict("{{n|}}", "there is no filter ''", "");
}

static void what_prints_without_escaping_is_refused(void **state)
{
    (void)state;
    strict("<p>{{{x}}}", "page.html:1:4", "a template may not print without escaping");
    strict("<p>\n{{&x}}", "page.html:2:1", "a template may not print without escaping");
}

static void values_where_escaping_does_not_help_are_refused(void **state)
{
    (void)state;
    strict("<p class={{x}}>", "page.html:1:10", "needs double quotes");
    strict("<p {{x}}>", "page.html:1:4", "outside an attribute's quotes");
    strict("<a href=\"{{x}}\">", "page.html:1:10", "needs the filter url");
    strict("<a href=\"/a/{{x|date}}\">", "page.html:1:13", "needs the filter url");
    strict("<a onclick=\"{{x}}\">", "page.html:1:13", "event handler");
    strict("<a style=\"{{x}}\">", "page.html:1:11", "style attribute");
    strict("<script>{{x}}</script>", "page.html:1:9", "script");
    strict("<style>{{x}}</style>", "page.html:1:8", "style sheet");
    strict("<!-- {{x}} -->", "page.html:1:6", "comment");
    strict("<p title='{{x}}'>", "page.html:1:11", "double quotes");
    strict("<a href=\"javascript:a('{{x|part}}')\">", "page.html:1:24", "of this scheme");
}

static void the_shape_of_the_html_is_checked(void **state)
{
    (void)state;
    strict("<p>{{#a}}<b title=\"{{/a}}\">", "page.html:1:20", "at another place in the HTML");
    strict("<p title={{#a}}\"x\"{{/a}}>", "page.html:1:10", "may not begin or end here");
    strict("<scr{{#a}}ipt{{/a}}>", "page.html:1:11", "within a name");
    strict("<p>\n<b =>", "page.html:2:4", "does not belong in a tag");
    strict("<p>a</p", "page.html:1:8", "the template ends within a tag");
    strict("<p title=\"{{>a}}\">", "page.html:1:11", "stand in the text of a page");
    strict("<p {{$a}}{{/a}}>", "page.html:1:4", "stand in the text of a page");
}

static void what_would_never_be_shown_is_refused(void **state)
{
    (void)state;
    strict("{{<page}}\n x {{$a}}{{/a}}{{/page}}", "page.html:2:2",
           "text in a parent outside its blocks is never shown");
    strict("{{<page}}{{x}}{{/page}}", "page.html:1:10",
           "a value in a parent outside its blocks is never shown");
    strict("{{<page}}{{#x}}{{/x}}{{/page}}", "page.html:1:10", "only blocks stand right in");
    strict("{{<page}}{{>page}}{{/page}}", "page.html:1:10", "only blocks stand right in");
}

static void delimiters_stay(void **state)
{
    (void)state;
    strict("{{=<% %>=}}", "page.html:1:1", "always {{ and }}");
}

static void marked_texts_hold_values_only(void **state)
{
    (void)state;
    strict("{{#_}}a {{#b}}c{{/b}}{{/_}}", "page.html:1:9", "holds values only");
    strict("{{#a}}{{#_}}b{{/a}}", "page.html:1:7", "'_' is not closed");
    strict("{{#_}}a", "page.html:1:1", "'_' is not closed");
    strict("{{#_}}a <b{{/_}}", "page.html:1:11", "at another place in the HTML");
}

static struct str bad_translation(const void *context, struct str text)
{
    static const struct str pairs[][2] = {
        { STR("Hello {{name}}"), STR("Hola {{nome}}") },
        { STR("more"), STR("<a href=\"{{name}}\">m\303\241s") },
        { STR("open"), STR("{{/_}}{{#_}}abierto") },
        { STR("tag"), STR("etiqueta <b") },
    };

    (void)context;
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        if (str_eq(pairs[i][0], text))
            return pairs[i][1];
    return STR_NONE;
}

static void translation_refused(const char *text, const char *place, const char *words)
{
    const struct language language = { .text = bad_translation };
    struct fixture f;

    begin(&f, MUSTACHE_STRICT, &language);
    add(&f, "page", text);
    assert_true(failed(mustache_finish(f.set, &f.diags)));
    has(faults(&f), place);
    has(faults(&f), words);
    end(&f);
}

static void translations_are_checked_as_templates_are(void **state)
{
    (void)state;
    translation_refused("<p>{{#_}}Hello {{name}}{{/_}}", "page.html (translation):1:6",
                        "the translation prints 'nome', which the text does not");
    translation_refused("{{#_}}more{{/_}}", "page.html (translation):1:10", "needs the filter url");
    translation_refused("{{#_}}open{{/_}}", "page.html (translation):1:1", "closed but not open");
    translation_refused("{{#_}}open{{/_}}", "page.html (translation):1:7", "values only");
    translation_refused("<i>{{#_}}tag{{/_}}</i>", "page.html:1:13", "another place in the HTML");
}

static void nesting_is_bounded(void **state)
{
    char text[(MUSTACHE_NEST_MAX + 1) * 6 + 1];

    (void)state;
    for (size_t i = 0; i <= MUSTACHE_NEST_MAX; i++)
        memcpy(text + i * 6, "{{#a}}", 6);
    text[sizeof(text) - 1] = '\0';
    strict(text, "page.html:1:193", "too deep in each other");
}

static void good_templates_have_no_faults(void **state)
{
    static const char *const texts[] = {
        "<a href=\"{{x|url}}\" title=\"{{y}}\">{{z}}</a>",
        "<input{{#a}} checked{{/a}}{{#b}} disabled{{/b}}>",
        "<input class=\"a{{#b}} c{{/b}}\" {{#a}}checked{{/a}}>",
        "<p>{{#a}}<b>{{/a}}x{{#a}}</b>{{/a}}",
        "<a href=\"/people/{{id|part}}{{#q}}?q={{.|part}}{{/q}}\">",
        "{{#_}}Hello {{name}}{{/_}}<p title=\"{{#_}}Close{{/_}}\">",
        "{{! a note }}{{#a.b}}{{^.}}-{{/.}}{{/a.b}}",
        "{{<page}} {{! a note }}\n{{$a}}x{{/a}} {{/page}}",
        "<script src=\"/a.js\"></script>{{x}}",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct fixture f;

        begin(&f, MUSTACHE_STRICT, NULL);
        add(&f, "page", texts[i]);
        finish(&f);
        end(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_that_are_wrong_are_told_with_their_place),
        cmocka_unit_test(all_faults_are_told_at_once),
        cmocka_unit_test(filters_are_checked),
        cmocka_unit_test(what_prints_without_escaping_is_refused),
        cmocka_unit_test(values_where_escaping_does_not_help_are_refused),
        cmocka_unit_test(the_shape_of_the_html_is_checked),
        cmocka_unit_test(what_would_never_be_shown_is_refused),
        cmocka_unit_test(delimiters_stay),
        cmocka_unit_test(marked_texts_hold_values_only),
        cmocka_unit_test(translations_are_checked_as_templates_are),
        cmocka_unit_test(nesting_is_bounded),
        cmocka_unit_test(good_templates_have_no_faults),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
