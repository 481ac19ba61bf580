#include "criteria/cases.h"

#include "case_fixture.h"

static void test_a_case_line_names_document_edition_and_day(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, STR("# a comment\n\n  case one young-mediator@2.1 asof 2024-06-15 # more\r\n"
                  "\texpect decide eligible\n"
                  "case two a.renewal asof 2024-02-29\nexpect preview barred decide refer\n"));
    cases_read(&f.arena, &f.source, &f.diags, &f.list);
    check_str(faults(&f), "");
    assert_int_equal(f.list.count, 2);
    check_str(f.list.at[0].id, "one");
    check_str(f.list.at[0].name, "young-mediator");
    check_str(edition_number_text(&f.arena, f.list.at[0].edition), "2.1");
    assert_int_equal(f.list.at[0].span.line, 3);
    assert_int_equal(f.list.at[0].span.column, 3);
    check_str(f.list.at[1].name, "a.renewal");
    assert_int_equal(f.list.at[1].edition.parts, 0);
    assert_int_equal(f.list.at[1].on, day_from_civil((struct civil){ 2024, 2, 29 }));
    assert_true(f.list.at[0].expectations[0].verdict_given[DECIDE]);
    assert_false(f.list.at[0].expectations[0].verdict_given[PREVIEW]);
    assert_int_equal(f.list.at[1].expectations[0].verdict[DECIDE], VERDICT_REFER);
    assert_int_equal(f.list.at[1].expectations[0].verdict[PREVIEW], VERDICT_BARRED);
    end(&f);
}

static void test_expectations_are_read(void **state)
{
    struct fixture f;
    const struct expectation *e;

    (void)state;
    begin(&f, STR("case c doc asof 2024-06-15\nexpect decide not-yet\nexpect preview refer\n"
                  "req a met\nreq b refer   referral:rap\nreq c not-yet -\n"
                  "count a 1 2.5..3.25/20\ncount a 2 0..*/3\n"
                  "advice count mediation 5;wait 2024-07-01 ; none a\nuntil 2026-01-01\n"
                  "editions a@2 b.c@1.1\n"));
    cases_read(&f.arena, &f.source, &f.diags, &f.list);
    check_str(faults(&f), "");
    assert_int_equal(f.list.at[0].expectation_count, 10);
    e = f.list.at[0].expectations;
    assert_int_equal(e[0].kind, EXPECT_VERDICTS);
    assert_int_equal(e[2].value, MET);
    assert_null(e[2].by.p);
    check_str(e[3].by, "referral:rap");
    check_str(e[3].text, "req b refer referral:rap");
    check_str(e[4].by, "-");
    assert_int_equal(e[5].lo, 250);
    assert_int_equal(e[5].hi, 325);
    assert_int_equal(e[5].need, 2000);
    assert_int_equal(e[6].hi, CASE_NO_BOUND);
    assert_int_equal(e[7].item_count, 3);
    check_str(e[7].items[1], "wait 2024-07-01");
    assert_int_equal(e[8].until, day_from_civil((struct civil){ 2026, 1, 1 }));
    check_str(e[9].items[1], "b.c@1.1");
    end(&f);
}

static void test_a_dash_expects_nothing(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, STR("case c doc asof 2024-06-15\nadvice -\nuntil -\neditions -\n"));
    cases_read(&f.arena, &f.source, &f.diags, &f.list);
    check_str(faults(&f), "");
    assert_int_equal(f.list.at[0].expectations[0].item_count, 0);
    assert_int_equal(f.list.at[0].expectations[1].until, DAY_NONE);
    assert_int_equal(f.list.at[0].expectations[2].item_count, 0);
    end(&f);
}

static void test_what_is_not_known_is_told_with_what_is_near(void **state)
{
    (void)state;
    check_fault(
        "expct decide eligible",
        "2:1+5 no line begins with 'expct', unless it is a kind of record with a date behind "
        "it (expected a record, [N x] KIND DATE[..DATE] field=value ... [standing]; did you "
        "mean 'expect'?)\n");
    check_fault("credental a 2020-01-01..",
                "2:1+9 no line begins with 'credental', unless it is a kind of record with a date "
                "behind it (expected a record, [N x] KIND DATE[..DATE] field=value ... [standing]; "
                "did you mean 'credential'?)\n");
    check_fault(
        "credential a 2020-01-01.. withdrawn",
        "2:27+9 'withdrawn' is not known here (expected suspended=FROM..TO, withdrawn=DATE, "
        "annulled or claimed; did you mean 'withdrawn='?)\n");
    check_fault("decision waived a by=b on=2020-01-01",
                "2:10+6 'waived' is not known here (expected waive, admit or extend; did you mean "
                "'waive'?)\n");
    check_fault(
        "decision waive a by=b un=2020-01-01",
        "2:23+2 'un' is not known here (expected by=, on= or reason=; did you mean 'on'?)\n");
    check_fault("expect decide elligible",
                "2:15+9 'elligible' is not known here (expected eligible, not-yet, refer, "
                "unavailable or barred; did you mean 'eligible'?)\n");
    check_fault("req a done", "2:7+4 'done' is not known here (expected met, refer or not-yet)\n");
    check_fault("req a met evidense",
                "2:11+8 'evidense' is not known here (expected evidence, exemption:ID, "
                "referral:BODY, judgement:BODY, waiver:BODY, unclear or -; did you mean "
                "'evidence'?)\n");
    check_fault("advice cuont mediation 5",
                "2:8+5 'cuont' is not known here (expected an item of advice; did you mean "
                "'count'?)\n");
}

static void test_what_is_missing_or_too_much_is_told(void **state)
{
    (void)state;
    check_fault("decision waive a by=b", "2:1+21 'on=' is missing on this line\n");
    check_fault("decision admit a by=b on=2020-01-01",
                "2:1+35 'record=' is missing on this line\n");
    check_fault("decision waive a by=b by=c on=2020-01-01", "2:23+4 'by=' stands here twice\n");
    check_fault("anchor join", "2:1+11 the line is too short (expected anchor NAME DATE)\n");
    check_fault("born 2000-01-01 x",
                "2:17+1 nothing more belongs on this line (expected born DATE)\n");
    check_fault("born 2000-01-01\nborn 2000-01-01", "3:1+4 this line stands here already\n");
    check_fault("anchor a 2000-01-01\nanchor a 2000-01-01", "3:8+1 the anchor has a day already\n");
    check_fault("count a 1 20/20", "2:11+5 these are no bounds (expected LO..HI/NEED, as in "
                                   "18..20/20, or 18..*/20)\n");
    check_fault("count a 1 1.234..2/3", "2:11+10 these are no bounds (expected LO..HI/NEED, as in "
                                        "18..20/20, or 18..*/20)\n");
    check_fault("count a 0 1..2/3",
                "2:9+1 expected which aggregate of the requirement it is, from 1 "
                "(expected count REQUIREMENT NUMBER LO..HI/NEED)\n");
    check_fault("advice count mediation 5 declare x",
                "2:34+1 expected count KIND NUMBER (items are divided by ';')\n");
    check_fault("advice count mediation 5;",
                "2:24+2 an item is missing here (expected ITEM; ITEM)\n");
    check_fault("editions a", "2:10+1 the edition is missing (expected NAME@EDITION)\n");
}

static void test_the_same_thing_is_expected_once(void **state)
{
    (void)state;
    check_fault("until -",
                "3:1+5 the case expects something here already (remove one of the two)\n");
    check_fault("req a met\nreq b met\nreq a met",
                "4:5+1 the case expects something here already (remove one of the two)\n");
    check_fault("count a 1 1..1/1\ncount a 2 1..1/1\ncount a 1 1..1/1",
                "4:9+1 the case expects something here already (remove one of the two)\n");
    check_fault("expect decide refer\nexpect preview refer decide refer",
                "3:22+6 the case expects something here already (remove one of the two)\n");
}

static void test_several_faults_are_all_told(void **state)
{
    (void)state;
    check_fault("born x\nmediation 2023-05-10 hours=x days=y role=a\nreq a",
                "2:6+1 'x' is no date (expected a date, as in 2024-06-15)\n"
                "3:28+1 these are no hours (expected hours, as in 2.5 or 2:30)\n"
                "3:35+1 these are no days (expected a whole number)\n"
                "4:1+5 the line is too short (expected req REQUIREMENT VALUE [BY])\n");
}

static void check_text_fault(struct str text, const char *expected)
{
    struct fixture f;

    begin(&f, text);
    cases_read(&f.arena, &f.source, &f.diags, &f.list);
    check_str(faults(&f), expected);
    end(&f);
}

static void test_faults_of_case_lines(void **state)
{
    (void)state;
    check_text_fault(STR("case a b on 2024-01-01\nuntil -\n"),
                     "1:10+2 expected 'asof' before the date (expected case ID NAME[@EDITION] asof "
                     "DATE)\n");
    check_text_fault(STR("case a b@x asof 2024-01-01\nuntil -\n"),
                     "1:10+1 'x' is no edition (expected numbers with points between, as in "
                     "2024.1)\n");
    check_text_fault(STR("case a B asof 2024-01-01\nuntil -\n"),
                     "1:8+1 'B' cannot be the name of a document (expected words of small letters, "
                     "digits and hyphens, joined by points)\n");
    check_text_fault(STR("until -\nborn x\n"),
                     "1:1+7 this line stands before the first case (begin with: case ID NAME asof "
                     "DATE)\n"
                     "2:6+1 'x' is no date (expected a date, as in 2024-06-15)\n");
    check_text_fault(STR("case a b asof 2024-01-01\ncase b b asof 2024-01-01\nuntil -\n"),
                     "1:1+24 warning: the case expects nothing, so it cannot fail (add a line such "
                     "as: expect decide eligible)\n");
    check_text_fault(STR("case a b asof 2024-01-01\nuntil -\ncase a b asof 2024-01-01\nuntil -\n"),
                     "3:1+24 warning: a case called 'a' stands above\n");
}

static void test_columns_count_characters_not_bytes(void **state)
{
    (void)state;
    check_fault("mediation 2023-05-10 matter=\xc3\xa4\xc3\xb6 hours=x",
                "2:38+1 these are no hours (expected hours, as in 2.5 or 2:30)\n");
}

static void test_bytes_that_are_no_text_are_refused(void **state)
{
    (void)state;
    check_text_fault(STR("case a b asof 2024-01-01\nuntil -\nmediation 2024-01-01 matter=\xff\n"),
                     "3:29+1 from here on, the text is not UTF-8 (save the file as UTF-8)\n");
    check_text_fault(STR("case a b asof 2024-01-01\nuntil -\nborn 2000-01-0\x01\n"),
                     "3:6+10 a control character stands here\n"
                     "3:6+10 there is no day '2000-01-0\x01' (expected a date that exists)\n");
}

static void test_a_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    check_text_fault(STR("\xef\xbb\xbf"
                         "case a b asof 2024-01-01\nuntil -\n"),
                     "");
}

static void parse_document(struct fixture *f, struct parsed_file *ret)
{
    criteria_parse(&f->arena, &f->source, &f->diags, ret);
}

static void test_examples_are_cases_of_their_edition(void **state)
{
    struct fixture f;
    struct parsed_file file;

    (void)state;
    begin(&f, STR("criteria x edition 2.1 {\n"
                  "  require a { count mediation >= 2 }\n"
                  "  example \"Two,\n and no more\" asof 2024-06-15 {\n"
                  "    2 x mediation 2024-01-01 # both count\n"
                  "    expect decide eligible\n"
                  "  }\n"
                  "  example \"None\" asof 2024-06-16 {\n"
                  "    expect decide not-yet\n"
                  "    born 2024\n"
                  "  }\n"
                  "}\n"));
    parse_document(&f, &file);
    assert_int_equal(file.count, 1);
    cases_of_document(&f.arena, &file.at[0].document, &f.diags, &f.list);
    check_str(faults(&f), "10:10+4 '2024' is no date (expected a date, as in 2024-06-15)\n");
    assert_int_equal(f.list.count, 2);
    check_str(f.list.at[0].id, "x@2.1 \"Two,  and no more\"");
    check_str(f.list.at[0].name, "x");
    check_str(edition_number_text(&f.arena, f.list.at[0].edition), "2.1");
    assert_int_equal(f.list.at[0].on, day_from_civil((struct civil){ 2024, 6, 15 }));
    assert_int_equal(f.list.at[0].dossier.evidence_count, 2);
    assert_int_equal(f.list.at[0].dossier.evidence[0].line, 5);
    check_str(f.list.at[1].id, "x@2.1 \"None\"");
    end(&f);
}

static void test_an_example_has_no_case_line(void **state)
{
    struct fixture f;
    struct parsed_file file;

    (void)state;
    begin(&f, STR("criteria x edition 1 {\n"
                  "  require a { count mediation >= 2 }\n"
                  "  example \"One\" asof 2024-06-15 {\n"
                  "    case a x asof 2024-01-01\n"
                  "    expect decide not-yet\n"
                  "  }\n"
                  "}\n"));
    parse_document(&f, &file);
    cases_of_document(&f.arena, &file.at[0].document, &f.diags, &f.list);
    check_str(faults(&f), "4:5+4 an example is one case, of the document it stands in (remove this "
                          "line)\n");
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_case_line_names_document_edition_and_day),
        cmocka_unit_test(test_expectations_are_read),
        cmocka_unit_test(test_a_dash_expects_nothing),
        cmocka_unit_test(test_what_is_not_known_is_told_with_what_is_near),
        cmocka_unit_test(test_what_is_missing_or_too_much_is_told),
        cmocka_unit_test(test_the_same_thing_is_expected_once),
        cmocka_unit_test(test_several_faults_are_all_told),
        cmocka_unit_test(test_faults_of_case_lines),
        cmocka_unit_test(test_columns_count_characters_not_bytes),
        cmocka_unit_test(test_bytes_that_are_no_text_are_refused),
        cmocka_unit_test(test_a_byte_order_mark_is_skipped),
        cmocka_unit_test(test_examples_are_cases_of_their_edition),
        cmocka_unit_test(test_an_example_has_no_case_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
