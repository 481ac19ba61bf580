#include "criteria/cases.h"

#include <stdlib.h>

#include "base/files.h"
#include "case_fixture.h"

#define WORLD                                                                                      \
    "vocabulary v 1 { record mediation { field role of mediator, party; field points integer } "   \
    "}\n"                                                                                          \
    "criteria x edition 1 { vocabulary v 1\n"                                                      \
    "  require a { count mediation >= 2 { role mediator } }\n"                                     \
    "  require b { any { sum points mediation >= 10; age >= 30 years }\n"                          \
    "    exempt e \"E\" when { count mediation >= 9 { weigh 50% role party } } }\n"                \
    "}\n"                                                                                          \
    "criteria y edition 1 { vocabulary v 1; in force from 2030-01-01\n"                            \
    "  require a { count mediation >= 2 }\n"                                                       \
    "}\n"

struct world {
    struct arena arena;
    struct arena scratch;
    struct source source;
    struct diags diags;
    struct library *library;
};

static void begin_world(struct world *world)
{
    *world = (struct world){ .source = { STR("w.criteria"), STR(WORLD) } };
    arena_init(&world->arena, ARENA_UNLIMITED);
    arena_init(&world->scratch, ARENA_UNLIMITED);
    diags_init(&world->diags, &world->arena);
    world->library = library_new(&world->arena);
    library_add(world->library, &world->source, &world->diags);
    assert_false(failed(library_finish(world->library, &world->diags)));
    assert_int_equal(world->diags.errors, 0);
}

static void end_world(struct world *world)
{
    arena_release(&world->scratch);
    arena_release(&world->arena);
}

/* What the only case of a text tells when it is run: its messages, one a line. */
static void check_run(const char *text, const char *expected)
{
    struct world world;
    struct fixture f;
    struct case_result result;

    begin_world(&world);
    begin(&f, str_from_c(text));
    cases_read(&f.arena, &f.source, &f.diags, &f.list);
    cases_check(&f.list, world.library, &f.diags);
    check_str(faults(&f), "");
    assert_int_equal(f.list.count, 1);
    case_run(&f.arena, &world.scratch, world.library, &f.list.at[0], &result);
    for (size_t i = 0; i < result.message_count; i++)
        buf_format(&f.out, "%.*s\n", STR_ARG(result.messages[i]));
    check_str(buf_str(&f.out), expected);
    assert_int_equal(result.passed, result.message_count == 0);
    assert_ptr_equal(result.test, &f.list.at[0]);
    assert_int_equal(world.scratch.used, 0);
    end(&f);
    end_world(&world);
}

static void test_a_case_passes_when_everything_comes_out_as_expected(void **state)
{
    (void)state;
    check_run("case c x asof 2024-06-15\n"
              "2 x mediation 2024-01-01 role=mediator points=4\n"
              "3 x mediation 2024-01-01 role=party\n"
              "mediation 2024-01-01 points=1 role=mediator claimed\n"
              "expect decide refer preview refer\n"
              "req a met evidence\nreq b refer unclear\n"
              "count a 1 2..2/2\ncount b 1 8..*/10\ncount b 2 3.5..3.5/9\n"
              "advice sum mediation 2\nuntil -\neditions x@1\n",
              "");
}

static void test_a_failing_expectation_says_what_came_out(void **state)
{
    (void)state;
    check_run("case c x asof 2024-06-15\n"
              "2 x mediation 2024-01-01 role=mediator points=4\n"
              "3 x mediation 2024-01-01 role=party points=0\n"
              "born 2000-01-01\n"
              "expect decide eligible  preview refer\n"
              "req a refer\nreq b met\n"
              "count a 1 2..3/2\ncount b 1 8..*/10\ncount b 2 3..3/9\n"
              "advice sum mediation 2; wait 2030-01-01\nuntil 2024-06-15\neditions x@2 x@1\n",
              "t.cases:5: case c: expected decide eligible preview refer, came out decide not-yet "
              "preview not-yet\n"
              "t.cases:6: case c: expected req a refer, came out met evidence\n"
              "t.cases:7: case c: expected req b met, came out not-yet -\n"
              "t.cases:8: case c: expected count a 1 2..3/2, came out 2..2/2\n"
              "t.cases:9: case c: expected count b 1 8..*/10, came out 8..8/10\n"
              "t.cases:10: case c: expected count b 2 3..3/9, came out 3.5..3.5/9\n"
              "t.cases:11: case c: expected advice sum mediation 2; wait 2030-01-01, came out wait "
              "2030-01-01\n"
              "t.cases:12: case c: expected until 2024-06-15, came out -\n"
              "t.cases:13: case c: expected editions x@2 x@1, came out x@1\n");
}

static void test_by_is_compared_only_where_it_is_given(void **state)
{
    (void)state;
    check_run("case c x asof 2024-06-15\n2 x mediation 2024-01-01 role=mediator\nreq a met\n", "");
    check_run(
        "case c x asof 2024-06-15\n2 x mediation 2024-01-01 role=mediator\nreq a met unclear\n",
        "t.cases:3: case c: expected req a met unclear, came out met evidence\n");
}

static void test_one_half_of_expect_stands_alone(void **state)
{
    (void)state;
    check_run(
        "case c x asof 2024-06-15\nmediation 2024-01-01 role=party points=0\nborn 2010-01-01\n"
        "expect preview eligible\n",
        "t.cases:4: case c: expected preview eligible, came out preview not-yet\n");
}

static void test_what_does_not_exist_fails_a_case(void **state)
{
    (void)state;
    check_run("case c z asof 2024-06-15\nexpect decide eligible\n",
              "t.cases:1: case c: expected a document z, but none is loaded\n");
    check_run("case c x@2 asof 2024-06-15\nexpect decide eligible\n",
              "t.cases:1: case c: expected a document x@2, but none is loaded\n");
    check_run("case c x asof 2024-06-15\nreq z met\ncount z 1 1..1/1\ncount b 3 1..1/1\n",
              "t.cases:2: case c: expected req z met, but x@1 has no requirement 'z'\n"
              "t.cases:3: case c: expected count z 1 1..1/1, but x@1 has no requirement 'z'\n"
              "t.cases:4: case c: expected count b 3 1..1/1, but the requirement counts only 2 "
              "things\n");
}

static void test_where_nothing_governs_there_is_nothing_to_look_at(void **state)
{
    (void)state;
    check_run("case c y asof 2024-06-15\n"
              "expect decide unavailable preview unavailable\n"
              "req a met\ncount a 1 0..0/2\nadvice -\nuntil -\neditions -\n",
              "t.cases:3: case c: expected req a met, but no edition governs on that day\n"
              "t.cases:4: case c: expected count a 1 0..0/2, but no edition governs on that day\n");
}

static void test_a_measure_that_is_no_number_is_a_fault(void **state)
{
    struct world world;
    struct fixture f;

    (void)state;
    begin_world(&world);
    begin(&f, STR("case c x asof 2024-06-15\n"
                  "2 x mediation 2024-01-01 role=juggler points=many colour=red\n"
                  "3 x juggling 2024-01-01 points=many\n"
                  "expect decide eligible\n"));
    cases_read(&f.arena, &f.source, &f.diags, &f.list);
    cases_check(&f.list, world.library, &f.diags);
    check_str(faults(&f),
              "2:46+4 'points' of mediation cannot be 'many' (expected a whole number)\n");
    end(&f);
    end_world(&world);
}

/* ---- the notation's own page ---- */

static void add_faults(struct fixture *f, struct case_result *result)
{
    for (size_t i = 0; i < result->message_count; i++)
        buf_format(&f->out, "%.*s\n", STR_ARG(result->messages[i]));
}

/* Runs every case of a Markdown text that brings its own documents. */
static void check_page(struct str text, size_t least)
{
    struct fixture f;
    struct source documents;
    struct library *library;
    struct arena scratch;

    begin(&f, text);
    arena_init(&scratch, ARENA_UNLIMITED);
    cases_read_markdown(&f.arena, &f.source, &f.diags, &f.list, &documents);
    library = library_new(&f.arena);
    library_add(library, &documents, &f.diags);
    assert_false(failed(library_finish(library, &f.diags)));
    for (size_t i = 0; i < library_document_count(library); i++)
        cases_of_document(&f.arena, library_document_at(library, i), &f.diags, &f.list);
    cases_check(&f.list, library, &f.diags);
    assert_int_equal(f.diags.errors, 0);
    assert_in_range(f.list.count, least, SIZE_MAX);
    for (size_t i = 0; i < f.list.count; i++) {
        struct case_result result;

        case_run(&f.arena, &scratch, library, &f.list.at[i], &result);
        add_faults(&f, &result);
    }
    check_str(buf_str(&f.out), "");
    arena_release(&scratch);
    end(&f);
}

static void test_cases_of_a_page_run_against_its_documents(void **state)
{
    (void)state;
    check_page(STR("# A page\n"
                   "```vocabulary\n"
                   "vocabulary v 1 { record mediation { field role of mediator, party } }\n"
                   "```\n"
                   "```criteria\n"
                   "criteria x edition 1 {\n"
                   "  vocabulary v 1\n"
                   "  require a \"A\" { count mediation >= 2 { role mediator } }\n"
                   "  example \"Two\" asof 2024-06-15 {\n"
                   "    2 x mediation 2024-01-01 role=mediator\n"
                   "    expect decide eligible\n"
                   "  }\n"
                   "}\n"
                   "```\n"
                   "```case\n"
                   "case one x asof 2024-06-15\n"
                   "mediation 2024-01-01 role=mediator\n"
                   "expect decide not-yet\n"
                   "```\n"),
               2);
}

static void test_the_page_of_the_language_passes(void **state)
{
    const char *folder = getenv("ASSAY_VECTORS");
    struct arena arena;
    struct str page = STR_NONE;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    if (!folder ||
        failed(file_read(&arena,
                         str_to_c(&arena, str_format(&arena, "%s/../criteria-language.md", folder)),
                         CRITERIA_FILE_MAX, &page))) {
        arena_release(&arena);
        skip();
    }
    check_page(page, 3);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_case_passes_when_everything_comes_out_as_expected),
        cmocka_unit_test(test_a_failing_expectation_says_what_came_out),
        cmocka_unit_test(test_by_is_compared_only_where_it_is_given),
        cmocka_unit_test(test_one_half_of_expect_stands_alone),
        cmocka_unit_test(test_what_does_not_exist_fails_a_case),
        cmocka_unit_test(test_where_nothing_governs_there_is_nothing_to_look_at),
        cmocka_unit_test(test_a_measure_that_is_no_number_is_a_fault),
        cmocka_unit_test(test_cases_of_a_page_run_against_its_documents),
        cmocka_unit_test(test_the_page_of_the_language_passes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
