#include "http/mustache.h"

#include <string.h>

#include "template_fixture.h"

static void values_are_escaped(void **state)
{
    (void)state;
    renders(MUSTACHE_STRICT, "<p title=\"{{x}}\">{{x}}", "{\"x\":\"<a> & \\\"b\\\" 'c'\"}",
            "<p title=\"&lt;a&gt; &amp; &quot;b&quot; &#39;c&#39;\">"
            "&lt;a&gt; &amp; &quot;b&quot; &#39;c&#39;");
    renders(MUSTACHE_STRICT, "{{a}} {{b}} {{c}} {{d}}",
            "{\"a\":true,\"b\":1.5,\"c\":-7,\"d\":null}", "true 1.5 -7 ");
    renders(MUSTACHE_STRICT, "<a href=\"{{x|url}}\">", "{\"x\":\"/a?b&c\"}",
            "<a href=\"/a?b&amp;c\">");
    renders(MUSTACHE_STRICT, "{{n|plural:a & b,<c>}}", "{\"n\":2}", "&lt;c&gt;");
}

static void html_of_the_program_is_not_escaped_in_text(void **state)
{
    struct fixture f;
    struct value *view;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "<p title=\"{{x}}\">{{x}}{{#x}}{{.}}{{/x}}");
    finish(&f);
    view = value_object(&f.arena);
    value_set(&f.arena, view, "x", value_html(&f.arena, STR("<b>")));
    check_str(page(&f, view), "<p title=\"&lt;b&gt;\"><b><b>");
    end(&f);
}

static void what_counts_as_nothing(void **state)
{
    static const char *const nothing[] = { "null", "false", "\"\"", "[]" };
    static const char *const something[] = { "true", "0", "0.0", "\" \"", "[0]", "{}" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(nothing) + ARRAY_LEN(something); i++) {
        bool is_nothing = i < ARRAY_LEN(nothing);
        struct fixture f;
        struct str json;

        begin(&f, MUSTACHE_STRICT, NULL);
        add(&f, "page", "{{#x}}yes{{/x}}{{^x}}no{{/x}}");
        finish(&f);
        json = str_format(&f.arena, "{\"x\":%s}",
                          is_nothing ? nothing[i] : something[i - ARRAY_LEN(nothing)]);
        check_str(page(&f, view_of(&f, json.p)), is_nothing ? "no" : "yes");
        end(&f);
    }
}

static void a_section_asks_whether_a_text_is_a_word(void **state)
{
    const char *text =
        "{{#a.kind.sum-up}}{{x}}{{/a.kind.sum-up}}{{^a.kind.sum-up}}other{{/a.kind.sum-up}}";

    (void)state;
    renders(MUSTACHE_STRICT, text, "{\"a\":{\"kind\":\"sum-up\"},\"x\":\"yes\"}", "yes");
    renders(MUSTACHE_STRICT, text, "{\"a\":{\"kind\":\"sum\"},\"x\":\"yes\"}", "other");
    renders(MUSTACHE_STRICT, text, "{\"a\":{\"kind\":null},\"x\":\"yes\"}", "other");
    renders(MUSTACHE_SPEC, text, "{\"a\":{\"kind\":\"sum-up\"},\"x\":\"yes\"}", "other");
}

static void asking_for_a_word_is_no_drift(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "{{#kind.sum}}{{/kind.sum}}{{^none.sum}}{{/none.sum}}");
    finish(&f);
    page(&f, view_of(&f, "{\"kind\":\"count\",\"none\":null}"));
    assert_int_equal(f.diags.count, 0);
    end(&f);
}

static void asking_a_number_for_a_word_is_drift(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "{{#n.one}}{{/n.one}}");
    finish(&f);
    page(&f, view_of(&f, "{\"n\":1}"));
    has(faults(&f), "the view has no 'n.one'");
    end(&f);
}

static void included_lines_are_indented(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "<ul>\n  {{>list}}\n</ul>\n");
    add(&f, "list", "{{#items}}\n  {{>item}}\n{{/items}}\n\n{{a}}{{>item}}end\n");
    add(&f, "item", "<li>\n  {{.}}\n{{.}}\n");
    finish(&f);
    check_str(page(&f, view_of(&f, "{\"items\":[\"1\\n2\"],\"a\":\"\"}")),
              "<ul>\n    <li>\n      1\n2\n    1\n2\n\n  <li>\n  \n\nend\n</ul>\n");
    end(&f);
}

static void a_block_fills_those_of_the_templates_below(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "layout", "[{{$title}}none{{/title}}|{{$main}}empty{{/main}}]");
    add(&f, "section", "{{<layout}}{{$main}}({{$body}}nobody{{/body}}){{/main}}{{/layout}}");
    add(&f, "page", "{{<section}}{{$body}}{{x}}{{/body}}{{$title}}T{{/title}}{{/section}}");
    finish(&f);
    check_str(page(&f, view_of(&f, "{\"x\":1}")), "[T|(1)]");
    end(&f);
}

static void a_block_in_a_block_of_its_own_name_ends(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "layout", "({{$a}}{{/a}})");
    add(&f, "page", "{{<layout}}{{$a}}x{{$a}}y{{/a}}{{/a}}{{/layout}}");
    finish(&f);
    check_str(page(&f, view_of(&f, "{}")), "(xy)");
    end(&f);
}

static void endless_inclusion_ends_with_an_error(void **state)
{
    struct fixture f;
    struct result result;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "a\n{{>other}}");
    add(&f, "other", "b{{<page}}{{/page}}");
    finish(&f);
    result =
        mustache_render(mustache_find(f.set, STR("page")), view_of(&f, "{}"), &f.diags, &f.out);
    assert_ptr_equal(result.error, &ERROR_TEMPLATE_DEPTH);
    has(faults(&f), "page.html:2:1: error: templates include each other too deeply from here");
    end(&f);
}

static void recursion_over_a_tree_is_fine(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "{{n}}{{#below}}({{>page}}){{/below}}");
    finish(&f);
    check_str(page(&f, view_of(&f, "{\"n\":1,\"below\":[{\"n\":2,\"below\":[]},"
                                   "{\"n\":3,\"below\":[{\"n\":4,\"below\":null}]}]}")),
              "1(2)(3(4))");
    end(&f);
}

static void the_output_is_bounded(void **state)
{
    struct fixture f;
    struct buf small;
    struct result result;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "{{#x}}0123456789{{/x}}");
    finish(&f);
    buf_init(&small, 25);
    result = mustache_render(mustache_find(f.set, STR("page")), view_of(&f, "{\"x\":[1,2,3]}"),
                             NULL, &small);
    assert_ptr_equal(result.error, &ERROR_LIMIT);
    assert_true(small.n <= 25);
    buf_release(&small);
    end(&f);
}

static void the_work_is_bounded(void **state)
{
    struct fixture f;
    struct value *list;
    struct value *view;
    struct result result;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "{{#x}}{{#x}}{{#x}}{{#x}}{{/x}}{{/x}}{{/x}}{{/x}}");
    finish(&f);
    list = value_array(&f.arena);
    for (int i = 0; i < 100; i++)
        value_push(&f.arena, list, value_int(&f.arena, i));
    view = value_object(&f.arena);
    value_set(&f.arena, view, "x", list);
    result = mustache_render(mustache_find(f.set, STR("page")), view, NULL, &f.out);
    assert_ptr_equal(result.error, &ERROR_LIMIT);
    end(&f);
}

static void what_the_view_does_not_have_is_told(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "{{name}}{{naem}}\n{{#p}}{{q.r}}{{/p}}{{^gone}}-{{/gone}}{{n|date}}{{p}}");
    finish(&f);
    page(&f, view_of(&f, "{\"name\":\"Ana\",\"p\":{\"q\":{}},\"n\":3}"));
    assert_int_equal(f.diags.errors, 5);
    has(faults(&f), "page.html:1:9: error: the view has no 'naem'");
    has(faults(&f), "did you mean 'name'?");
    has(faults(&f), "page.html:2:7: error: the view has no 'q.r'");
    has(faults(&f), "the view has no 'gone'");
    has(faults(&f), "the filter does not take such a value");
    has(faults(&f), "a list or an object cannot be printed");
    end(&f);
}

static void null_is_no_drift(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "{{a}}{{a|date}}{{#a}}x{{/a}}");
    finish(&f);
    check_str(page(&f, view_of(&f, "{\"a\":null}")), "");
    assert_int_equal(f.diags.errors, 0);
    end(&f);
}

static struct str spanish(const void *context, struct str text)
{
    static const struct str pairs[][2] = {
        { STR("Hello <b>{{name}}</b>, {{n}} {{n|plural:case,cases}}"),
          STR("{{n}} {{n|plural:caso,casos}}, \302\241<b>{{name}}</b>!") },
        { STR("Hello"), STR("Hola") },
        { STR("November"), STR("noviembre") },
    };

    (void)context;
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        if (str_eq(pairs[i][0], text))
            return pairs[i][1];
    return STR_NONE;
}

static void marked_texts_are_translated(void **state)
{
    const struct language language = { .text = spanish };
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, &language);
    add(&f, "page", "<p title=\"{{#_}}Hello{{/_}}\">{{#_}}Hello{{/_}} {{d|date}} {{#_}}Bye{{/_}}");
    finish(&f);
    check_str(page(&f, view_of(&f, "{\"d\":\"2026-11-23\"}")),
              "<p title=\"Hola\">Hola 23 noviembre 2026 Bye");
    end(&f);
}

static void a_translation_has_filters_of_its_own(void **state)
{
    static const char text[] =
        "{{#_}}Hello <b>{{name}}</b>, {{n}} {{n|plural:case,cases}}{{/_}}\n{{x}}";
    static const char json[] = "{\"name\":\"A&B\",\"n\":2,\"x\":1}";
    const struct language language = { .text = spanish };
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, &language);
    add(&f, "page", text);
    finish(&f);
    check_str(page(&f, view_of(&f, json)), "2 casos, \302\241<b>A&amp;B</b>!\n1");
    end(&f);
    renders(MUSTACHE_STRICT, text, json, "Hello <b>A&amp;B</b>, 2 cases\n1");
}

static void rendering_twice_gives_the_same(void **state)
{
    struct fixture f;
    struct str first;
    const struct value *view;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "{{#x}}\n{{.|number}}\n{{/x}}\n");
    finish(&f);
    view = view_of(&f, "{\"x\":[1,2000]}");
    first = str_copy(&f.arena, page(&f, view));
    check_str(first, "1\n2,000\n");
    check_str(page(&f, view), "1\n2,000\n");
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_escaped),
        cmocka_unit_test(html_of_the_program_is_not_escaped_in_text),
        cmocka_unit_test(what_counts_as_nothing),
        cmocka_unit_test(a_section_asks_whether_a_text_is_a_word),
        cmocka_unit_test(asking_for_a_word_is_no_drift),
        cmocka_unit_test(asking_a_number_for_a_word_is_drift),
        cmocka_unit_test(included_lines_are_indented),
        cmocka_unit_test(a_block_fills_those_of_the_templates_below),
        cmocka_unit_test(a_block_in_a_block_of_its_own_name_ends),
        cmocka_unit_test(endless_inclusion_ends_with_an_error),
        cmocka_unit_test(recursion_over_a_tree_is_fine),
        cmocka_unit_test(the_output_is_bounded),
        cmocka_unit_test(the_work_is_bounded),
        cmocka_unit_test(what_the_view_does_not_have_is_told),
        cmocka_unit_test(null_is_no_drift),
        cmocka_unit_test(marked_texts_are_translated),
        cmocka_unit_test(a_translation_has_filters_of_its_own),
        cmocka_unit_test(rendering_twice_gives_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
