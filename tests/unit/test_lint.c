#include "criteria/lint.h"

#include "criteria_fixture.h"

#define EXAMPLE "\nexample \"E\" asof 2024-01-01 {\nexpect decide not-yet\n}\n"

/* All that is found, a line each: "LINE MESSAGE". The body begins on line 3 of its text. */
static void check_lint(const char *body, const char *expected)
{
    struct arena arena;
    struct diags diags;
    struct buf out;
    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    buf_init(&out, 65536);
    const struct edition *edition = load_body(&arena, body);
    edition_lint(&arena, edition, &diags);
    assert_int_equal(diags.errors, 0);
    for (size_t i = 0; i < diags.count; i++)
        buf_format(&out, "%u %.*s\n", (unsigned)diags.list[i].span.line,
                   STR_ARG(diags.list[i].message));
    check_str(buf_str(&out), expected);
    buf_release(&out);
    arena_release(&arena);
}

/* One requirement with wording, an owner and an example, whose rule begins on line 5. */
static void check_rule(const char *lines, const char *expected)
{
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    struct str body = str_format(&arena,
                                 "owner board; cycle 2 years from join\n"
                                 "require r { wording \"W\"\n%s\n}" EXAMPLE,
                                 lines);
    check_lint(str_to_c(&arena, body), expected);
    arena_release(&arena);
}

static void test_a_sound_document_has_no_findings(void **state)
{
    (void)state;
    check_lint("owner board\nrequire r { wording \"W\"; age >= 18 years }" EXAMPLE, "");
}

static void test_what_is_missing(void **state)
{
    (void)state;
    check_lint("require r { age >= 18 years }\nrequire s { wording de \"W\"; age >= 19 years }",
               "1 the document has no owner\n"
               "1 the document has no example\n"
               "3 requirement 'r' has no wording\n");
}

static void test_a_document_that_asks_for_nothing(void **state)
{
    (void)state;
    check_lint("owner board" EXAMPLE,
               "1 the document asks for nothing, so everybody is eligible\n");
}

static void test_branches_that_can_never_matter(void **state)
{
    (void)state;
    check_rule("any {\ncount mediation >= 20 { within 24 months }\n"
               "count mediation >= 20 { within 36 months }\n}",
               "6 this branch can never matter: whoever meets it also meets the branch on line "
               "7\n");
    check_rule("all {\ncount mediation >= 20 { within 24 months }\n"
               "count mediation >= 20 { within 36 months }\n}",
               "7 this condition can never matter: whoever meets the condition on line 6 also "
               "meets it\n");
    check_rule("count mediation >= 5\ncount mediation >= 6",
               "5 this condition can never matter: whoever meets the condition on line 6 also "
               "meets it\n");
    check_rule("any {\nholds first-card\nage >= 18 years\nholds first-card\n}",
               "8 this branch can never matter: whoever meets it also meets the branch on line "
               "6\n");
    check_rule("any {\nage >= 18 years\nall {\nage >= 20 years\nholds first-card\n}\n}",
               "7 this branch can never matter: whoever meets it also meets the branch on line "
               "6\n");
    check_rule("each 12 months of last 24 months {\ncount mediation >= 2\ncount mediation >= 1\n}",
               "7 this condition can never matter: whoever meets the condition on line 6 also "
               "meets it\n");
    check_rule("age >= 18 years\nrefer to board when { any {\nholds first-card\n"
               "holds first-card ever\n} }",
               "7 this branch can never matter: whoever meets it also meets the branch on line "
               "8\n");
}

static void test_branches_that_may_matter(void **state)
{
    (void)state;
    check_rule("any { count mediation >= 20 { within 24 months };"
               " count mediation >= 25 { within 36 months } }",
               "");
    check_rule("any { count mediation >= 20; sum hours mediation >= 200 h }", "");
    check_rule("count mediation >= 6 { role mediator }\ncount mediation >= 7", "");
    check_rule("any { count mediation >= 3; all { count mediation >= 2;"
               " count mediation >= 1 { paid yes } } }",
               "");
    /* two of the same make a difference where they are counted */
    check_rule("at least 1 of { count mediation >= 20; count mediation >= 21 }", "");
    check_rule("separately { count mediation >= 20; count mediation >= 21 }", "");
}

static void test_exemptions_stricter_than_their_rule(void **state)
{
    (void)state;
    check_rule("count mediation >= 5\nexempt e \"E\" when { count mediation >= 6 }",
               "6 exemption 'e' can never matter: it asks for no less than its rule\n");
    check_rule("count mediation >= 5\nexempt e \"E\" when { holds first-card }"
               " instead { count mediation >= 5 { role mediator } }",
               "6 exemption 'e' can never matter: it asks for no less than its rule\n");
    check_rule("count mediation >= 5\nexempt e \"E\" when { count mediation >= 5 }"
               " instead { age >= 18 years }",
               "6 exemption 'e' can never matter: it asks for no less than its rule\n");
    check_rule("count mediation >= 5 { role mediator }\n"
               "exempt e \"E\" when { count mediation >= 6 }\n"
               "exempt f \"F\" when { holds first-card }"
               " instead { count mediation >= 4 { role mediator } }",
               "");
}

static void test_needs_above_the_sum_of_limits(void **state)
{
    (void)state;
    check_rule("sum hours mediation >= 10 h { at most 5 h mode online; at most 4 h }",
               "5 nobody can meet this: it needs 10 h, and its limits let at most 9 h count\n");
    check_rule("sum hours mediation >= 10 h {\nat most 5 h mode online, hybrid\n"
               "at most 4 h mode in-person\n}",
               "5 nobody can meet this: it needs 10 h, and its limits let at most 9 h count\n");
    check_rule("sum hours mediation >= 10 h {\nmode online, hybrid\nat most 5 h mode online\n"
               "at most 4 h mode hybrid\n}",
               "5 nobody can meet this: it needs 10 h, and its limits let at most 9 h count\n");
    check_rule("sum hours mediation >= 10 h { at most 12 h { at most 3 h each mode } }",
               "5 nobody can meet this: it needs 10 h, and its limits let at most 9 h count\n");
    check_rule("sum points training >= 4 { at most 1 each course }",
               "5 nobody can meet this: it needs 4, and its limits let at most 2 count\n");
}

static void test_needs_within_reach_of_their_limits(void **state)
{
    (void)state;
    check_rule("sum hours mediation >= 10 h { at most 5 h mode online; at most 5 h }", "");
    check_rule("sum hours mediation >= 10 h { at most 5 h mode online; at most 4 h mode hybrid }",
               "");
    check_rule("sum hours mediation >= 10 h { at most 5 h mode online; at most 4 h role party }",
               "");
    check_rule("sum hours mediation >= 10 h { at most 1 h each client }", "");
    check_rule("sum hours mediation >= 10 h { at most 1 h each matter mode online; at most 1 h }",
               "");
    check_rule("sum hours mediation >= 10 h", "");
}

static void test_what_no_record_can_meet(void **state)
{
    (void)state;
    check_rule("count distinct course of training >= 3",
               "5 nobody can meet this: it needs 3 different values of 'course', and only 2 can "
               "match\n");
    check_rule("count distinct course of training >= 2 { course basic }",
               "5 nobody can meet this: it needs 2 different values of 'course', and only 1 can "
               "match\n");
    check_rule("count distinct course of training >= 2\ncount distinct client of mediation >= 99",
               "");
    check_rule("count mediation >= 1 { mode online; mode hybrid }",
               "5 no record can match: the conditions on 'mode' exclude one another\n");
    check_rule("count mediation >= 1 { from 2020-01-02; before 2020-01-02 }",
               "5 no record can match: the last day it may end on comes before the first\n");
    check_rule("count mediation >= 1 { from 2020-01-02; until 2020-01-02 }", "");
}

static void test_findings_in_bars_and_floors(void **state)
{
    (void)state;
    check_rule("age >= 18 years\n"
               "discretion rap { waive; floor {\nage >= 1 years\nage >= 2 years\n} }\n}\n"
               "bar b \"B\" {\nany {\nage >= 80 years\nage >= 90 years\n}\n} effect refer\n"
               "require s { wording \"W\"; age >= 3 years",
               "7 this condition can never matter: whoever meets the condition on line 8 also "
               "meets it\n"
               "14 this branch can never matter: whoever meets it also meets the branch on line "
               "13\n");
}

static void test_questions_are_counted(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    const struct edition *edition = load_body(
        &arena, "require r { any { holds first-card; judged \"A?\" by board }\n"
                "exempt e \"E\" when { judged \"B?\" by rap }\n"
                "refer to appraisal-committee when { age >= 18 years }\n"
                "discretion board { waive }\ndiscretion rap { admit } }\n"
                "require s { judged \"C?\" by board; refer to rap when { age >= 18 years } }");
    struct questions questions = edition_questions(edition);
    assert_int_equal(questions.judged, 3);
    assert_int_equal(questions.referrals, 2);
    assert_int_equal(questions.discretions, 2);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sound_document_has_no_findings),
        cmocka_unit_test(test_what_is_missing),
        cmocka_unit_test(test_a_document_that_asks_for_nothing),
        cmocka_unit_test(test_branches_that_can_never_matter),
        cmocka_unit_test(test_branches_that_may_matter),
        cmocka_unit_test(test_exemptions_stricter_than_their_rule),
        cmocka_unit_test(test_needs_above_the_sum_of_limits),
        cmocka_unit_test(test_needs_within_reach_of_their_limits),
        cmocka_unit_test(test_what_no_record_can_meet),
        cmocka_unit_test(test_findings_in_bars_and_floors),
        cmocka_unit_test(test_questions_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
