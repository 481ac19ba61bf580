#include "markdown/markdown.h"

#include "unit.h"

static void shows(const char *text, int n, const char *html)
{
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    check_str(markdown_html(&arena, str_from_c(text), n), html);
    arena_release(&arena);
}

static void the_title_is_left_to_the_page(void **state)
{
    (void)state;
    shows("# About\n\nA *text*.\n", 2, "<p>A <em>text</em>.</p>\n");
    shows("A text.\n\n# About\n", 2, "<p>A text.</p>\n<h2>About</h2>\n");
    shows("# One\n# Two\n", 2, "<h2>Two</h2>\n");
    shows("", 2, "");
}

static void headings_move_down_together(void **state)
{
    (void)state;
    shows("## Part\n### Piece\n", 2, "<h3>Part</h3>\n<h4>Piece</h4>\n");
    shows("> ## Part\n", 3, "<blockquote>\n<h4>Part</h4>\n</blockquote>\n");
    shows("##### Piece\n###### Bit\n", 3, "<h6>Piece</h6>\n<h6>Bit</h6>\n");
}

static void raw_html_is_left_out(void **state)
{
    (void)state;
    shows("<script>alert(1)</script>\n", 2, "<!-- raw HTML omitted -->\n");
    shows("A <b onclick=\"x\">b</b>.\n", 2,
          "<p>A <!-- raw HTML omitted -->b<!-- raw HTML omitted -->.</p>\n");
    shows("1 < 2 & \"so\" > 0\n", 2, "<p>1 &lt; 2 &amp; &quot;so&quot; &gt; 0</p>\n");
}

static void links_that_run_something_lead_nowhere(void **state)
{
    (void)state;
    shows("[a](javascript:alert(1))\n", 2, "<p><a href=\"\">a</a></p>\n");
    shows("[a](<JaVaScRiPt:alert(1)>)\n", 2, "<p><a href=\"\">a</a></p>\n");
    shows("[a](/bodies)\n", 2, "<p><a href=\"/bodies\">a</a></p>\n");
    shows("[a](/x \"y\\\" z=\\\"\")\n", 2,
          "<p><a href=\"/x\" title=\"y&quot; z=&quot;\">a</a></p>\n");
}

static void a_full_arena_is_left_with_nothing_lost(void **state)
{
    static const struct str text = { "**A text** of more bytes than an arena of sixteen holds.",
                                     55 };
    struct arena arena;

    (void)state;
    arena_init(&arena, 16);
    assert_true(leaves_full(&arena, markdown_html(&arena, text, 2)));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_title_is_left_to_the_page),
        cmocka_unit_test(headings_move_down_together),
        cmocka_unit_test(raw_html_is_left_out),
        cmocka_unit_test(links_that_run_something_lead_nowhere),
        cmocka_unit_test(a_full_arena_is_left_with_nothing_lost),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
