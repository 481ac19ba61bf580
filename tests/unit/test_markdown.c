#include "criteria/cases.h"

#include "case_fixture.h"

static void test_markdown_gives_cases_and_documents_where_they_stand(void **state)
{
    struct fixture f;
    struct source documents;
    size_t at;

    (void)state;
    begin(&f, STR("# Title\n\n```criteria\ncriteria x edition 1 {\n}\n```\n"
                  "Text \xc3\xa4 with ```case``` in it.\n"
                  "```` md\n```case\nnot a case\n```\n````\n"
                  "   ```case of a thing\n   case a x asof 2024-01-01\n   until -\n   ```\n"
                  "    ```case\n    code, indented\n    ```\n"
                  "```\ncase of nothing\n```\n"
                  "`````vocabulary\nvocabulary v 1 {\n}\n`````\n"));
    cases_read_markdown(&f.arena, &f.source, &f.diags, &f.list, &documents);
    check_str(faults(&f), "");
    assert_int_equal(f.list.count, 1);
    check_str(f.list.at[0].id, "a");
    assert_int_equal(f.list.at[0].span.line, 14);
    assert_int_equal(f.list.at[0].span.column, 4);
    check_str(documents.name, "t.cases");
    assert_int_equal(documents.text.n, f.source.text.n);
    check_str(str_trim(str_take(documents.text, 50)), "criteria x edition 1 {\n}");
    assert_true(str_find(documents.text, 'v', &at));
    assert_memory_equal(documents.text.p + at, f.source.text.p + at, 18);
    end(&f);
}

static void test_markdown_without_documents_gives_none(void **state)
{
    struct fixture f;
    struct source documents;

    (void)state;
    begin(&f, STR("```case\ncase a x asof 2024-01-01\nuntil -\n```\n"));
    cases_read_markdown(&f.arena, &f.source, &f.diags, &f.list, &documents);
    assert_null(documents.text.p);
    assert_int_equal(f.list.count, 1);
    end(&f);
}

static void test_a_case_does_not_go_on_in_the_next_block(void **state)
{
    struct fixture f;
    struct source documents;

    (void)state;
    begin(&f,
          STR("```case\ncase a x asof 2024-01-01\nuntil -\n```\n```case\nborn 2000-01-01\n```\n"));
    cases_read_markdown(&f.arena, &f.source, &f.diags, &f.list, &documents);
    check_str(faults(&f), "6:1+15 this line stands before the first case (begin with: case ID NAME "
                          "asof DATE)\n");
    end(&f);
}

static void test_a_block_that_does_not_end_is_told(void **state)
{
    struct fixture f;
    struct source documents;

    (void)state;
    begin(&f, STR("````case\ncase a x asof 2024-01-01\nuntil -\n```\n"));
    cases_read_markdown(&f.arena, &f.source, &f.diags, &f.list, &documents);
    assert_int_equal(f.diags.errors, 2);
    check_str(f.diags.list[0].message, "this block does not end");
    assert_int_equal(f.diags.list[0].span.line, 1);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markdown_gives_cases_and_documents_where_they_stand),
        cmocka_unit_test(test_markdown_without_documents_gives_none),
        cmocka_unit_test(test_a_case_does_not_go_on_in_the_next_block),
        cmocka_unit_test(test_a_block_that_does_not_end_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
