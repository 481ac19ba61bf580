#include "criteria/dossier_lines.h"

#include "case_fixture.h"

static void test_a_record_line_gives_every_part_of_a_record(void **state)
{
    struct fixture f;
    const struct evidence *record;

    (void)state;
    read_line(&f, "mediation 2023-05-10..2023-05-12 hours=2:30 days=2 matter=M#1 programme=p.1 "
                  "role=mediator client=x/y verified@2023-06-01");
    check_str(faults(&f), "");
    assert_int_equal(f.list.at[0].dossier.evidence_count, 1);
    record = &f.list.at[0].dossier.evidence[0];
    check_str(record->id, "e1");
    check_str(record->kind, "mediation");
    assert_int_equal(record->end - record->start, 2);
    check_str(record->matter, "M#1");
    check_str(record->programme, "p.1");
    assert_int_equal(record->hours, 150);
    assert_int_equal(record->days, 2);
    assert_int_equal(record->fact_count, 2);
    check_str(evidence_fact(record, STR("client")), "x/y");
    assert_int_equal(record->standing, STANDING_VERIFIED);
    assert_int_equal(record->verified_on, day_from_civil((struct civil){ 2023, 6, 1 }));
    assert_int_equal(record->line, 2);
    end(&f);
}

static void test_what_a_record_does_not_state_is_absent(void **state)
{
    struct fixture f;
    const struct evidence *record;

    (void)state;
    read_line(&f, "mediation 2023-05-10");
    record = &f.list.at[0].dossier.evidence[0];
    assert_int_equal(record->start, record->end);
    assert_null(record->matter.p);
    assert_null(record->programme.p);
    assert_int_equal(record->hours, -1);
    assert_int_equal(record->days, -1);
    assert_int_equal(record->fact_count, 0);
    assert_int_equal(record->verified_on, DAY_NONE);
    end(&f);
}

static void test_repeated_records_have_ids_in_order(void **state)
{
    struct fixture f;
    const struct dossier *dossier;

    (void)state;
    read_line(&f, "3 x mediation 2023-05-10 role=mediator claimed\n"
                  "training 2023-05-10 id=course-1 rejected\n"
                  "training 2023-05-10 matter=m withdrawn\n"
                  "2 x training 2023-05-10 matter=m duplicate");
    check_str(faults(&f), "");
    dossier = &f.list.at[0].dossier;
    assert_int_equal(dossier->evidence_count, 7);
    check_str(dossier->evidence[2].id, "e3");
    check_str(dossier->evidence[3].id, "course-1");
    check_str(dossier->evidence[4].id, "e5");
    check_str(dossier->evidence[6].id, "e7");
    assert_null(dossier->evidence[2].matter.p);
    check_str(dossier->evidence[6].matter, "m");
    assert_int_equal(dossier->evidence[2].standing, STANDING_CLAIMED);
    assert_int_equal(dossier->evidence[3].standing, STANDING_REJECTED);
    assert_int_equal(dossier->evidence[4].standing, STANDING_WITHDRAWN);
    assert_int_equal(dossier->evidence[6].standing, STANDING_DUPLICATE);
    end(&f);
}

static void test_registers_are_read(void **state)
{
    struct fixture f;
    const struct dossier *d;

    (void)state;
    read_line(&f, "programme q1 qap 2015-01-01..\nprogramme q1 qap 2001-01-01..2002-01-01\n"
                  "credential a.b 2015-01-01.. suspended=2016-01-01..2016-02-01 "
                  "suspended=2017-01-01.. withdrawn=2018-01-01\n"
                  "credential c 2015-01-01..2015-01-01 annulled claimed\n"
                  "credential c 2015-01-01..2015-01-01 annulled@2016-01-01\n"
                  "declared code 2020-01-01\ndeclared code 2020-01-01 edition=1.10\n"
                  "current code 3\ncurrent code 4 2020-01-01\n"
                  "born 1980-02-29\nanchor join 2020-02-29\nanchor issue 2021-02-28\n"
                  "known 2024-01-01");
    check_str(faults(&f), "");
    d = &f.list.at[0].dossier;
    assert_int_equal(d->accreditation_count, 2);
    assert_int_equal(d->accreditations[0].to, DAY_LAST);
    check_str(d->accreditations[1].type, "qap");
    assert_int_equal(d->credential_count, 3);
    assert_int_equal(d->credentials[0].suspension_count, 2);
    assert_int_equal(d->credentials[0].suspensions[1].to, DAY_LAST);
    assert_int_equal(d->credentials[0].withdrawn, day_from_civil((struct civil){ 2018, 1, 1 }));
    assert_false(d->credentials[0].annulled);
    assert_true(d->credentials[1].annulled && d->credentials[1].claimed);
    assert_int_equal(d->credentials[1].annulled_on, DAY_NONE);
    assert_int_equal(d->credentials[2].annulled_on, day_from_civil((struct civil){ 2016, 1, 1 }));
    assert_int_equal(d->declarations[0].edition.parts, 0);
    assert_int_equal(d->declarations[1].edition.part[1], 10);
    assert_int_equal(d->currents[0].from, DAY_FIRST);
    assert_int_equal(d->currents[1].from, day_from_civil((struct civil){ 2020, 1, 1 }));
    assert_int_equal(d->anchor_count, 2);
    assert_int_equal(d->born, day_from_civil((struct civil){ 1980, 2, 29 }));
    assert_int_equal(d->known, day_from_civil((struct civil){ 2024, 1, 1 }));
    end(&f);
}

static void test_human_acts_are_read(void **state)
{
    struct fixture f;
    const struct dossier *d;

    (void)state;
    read_line(&f, "mediation 2023-05-10\n"
                  "decision waive practice by=rap on=2024-01-01 reason=health\n"
                  "decision waive practice on=2024-01-01 by=simi\n"
                  "decision admit practice by=rap on=2024-01-02 record=e1\n"
                  "decision extend digest by=simi on=2024-01-03 until=2025-01-01\n"
                  "judgement experienced satisfied by=p1 on=2024-02-01\n"
                  "judgement experienced not-satisfied by=p1 on=2024-02-02");
    check_str(faults(&f), "");
    d = &f.list.at[0].dossier;
    assert_int_equal(d->decision_count, 4);
    assert_int_equal(d->decisions[0].kind, DECISION_WAIVE);
    check_str(d->decisions[0].reason, "health");
    assert_null(d->decisions[1].reason.p);
    check_str(d->decisions[1].by, "simi");
    assert_int_equal(d->decisions[2].kind, DECISION_ADMIT);
    check_str(d->decisions[2].record, "e1");
    assert_int_equal(d->decisions[3].kind, DECISION_EXTEND);
    assert_int_equal(d->decisions[3].until, day_from_civil((struct civil){ 2025, 1, 1 }));
    assert_int_equal(d->judgement_count, 2);
    assert_true(d->judgements[0].satisfied);
    assert_false(d->judgements[1].satisfied);
    check_str(d->judgements[1].by, "p1");
    end(&f);
}

static void test_faults_of_dates_are_told_where_they_stand(void **state)
{
    (void)state;
    check_fault("born 2023-02-29",
                "2:6+10 there is no day '2023-02-29' (expected a date that exists)\n");
    check_fault("born yesterday",
                "2:6+9 'yesterday' is no date (expected a date, as in 2024-06-15)\n");
    check_fault("mediation 2023-05-10..2023-05-09",
                "2:11+22 the period ends before it begins (expected the earlier date first)\n");
    check_fault("mediation 2023-05-10..", "2:11+12 this period needs an end (expected FROM..TO)\n");
    check_fault("programme q qap 2023-05-10",
                "2:17+10 one date stands where a period is expected (write FROM..TO, or FROM.. "
                "where it has no end)\n");
    check_fault("programme q qap 2023-05-10..2023-02-30",
                "2:29+10 there is no day '2023-02-30' (expected a date that exists)\n");
}

static void test_faults_of_records_are_told_where_they_stand(void **state)
{
    (void)state;
    check_fault("mediation 2023-05-10 hours=2h",
                "2:28+2 these are no hours (expected hours, as in 2.5 or 2:30)\n");
    check_fault("mediation 2023-05-10 days=-1",
                "2:27+2 these are no days (expected a whole number)\n");
    check_fault("mediation 2023-05-10 role=",
                "2:22+5 nothing follows the '=' (leave out a field that is not known)\n");
    check_fault("mediation 2023-05-10 role=a role=b", "2:29+6 the record has this field already\n");
    check_fault("mediation 2023-05-10 hours=1 hours=1",
                "2:30+7 the record has this field already\n");
    check_fault(
        "mediation 2023-05-10 claimd",
        "2:22+6 'claimd' is not known here (expected field=value, or how the record stands; "
        "did you mean 'claimed'?)\n");
    check_fault("mediation 2023-05-10 claimed verified",
                "2:30+8 the record has a standing already, or this field has no '=' (one word says "
                "how a record stands)\n");
    check_fault(
        "2 x mediation 2023-05-10 id=a",
        "2:29+1 several records cannot share an id (write the record with this id on a line "
        "of its own)\n");
    check_fault("0 x mediation 2023-05-10",
                "2:1+1 expected a number from 1 to 100000 before 'x' (expected [N x] KIND "
                "DATE[..DATE] field=value ... [standing])\n");
    check_fault("3 mediation 2023-05-10",
                "2:3+9 expected 'x' after the number of records (expected [N x] KIND DATE[..DATE] "
                "field=value ... [standing])\n");
    check_fault("2 x mediation", "2:5+9 the record has no date (expected [N x] KIND DATE[..DATE] "
                                 "field=value ... [standing])\n");
    check_fault("2 x", "2:3+1 the record has no kind (expected [N x] KIND DATE[..DATE] field=value "
                       "... [standing])\n");
    check_fault("cycle 2023-05-10",
                "2:1+5 this is a word of the language, so no kind is called so (expected a kind of "
                "record)\n");
    check_fault("Mediation 2023-05-10",
                "2:1+9 'Mediation' cannot be a kind of record (expected small letters and digits, "
                "joined by hyphens, a letter first)\n");
    check_fault("training 2023-05-10 weigh=x",
                "2:21+5 this is a word of the language, so no field is called so (expected a field "
                "of the record)\n");
}

static void test_ids_stand_once(void **state)
{
    (void)state;
    check_fault("mediation 2023-05-10 id=a\nmediation 2023-05-10 id=a",
                "3:25+1 another record has this id (records without an id are e1, e2, ... in their "
                "order)\n");
    check_fault("mediation 2023-05-10\nmediation 2023-05-10 id=e1",
                "3:25+2 another record has this id (records without an id are e1, e2, ... in their "
                "order)\n");
    check_fault("mediation 2023-05-10 id=e2\nmediation 2023-05-10 id=e1", "");
    check_fault("mediation 2023-05-10 id=e1", "");
}

static void test_a_dossier_is_refused_past_a_million_records(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, STR_NONE);
    f.source.text = STR("100000 x m 2024-01-01\n100000 x m 2024-01-01\n100000 x m 2024-01-01\n"
                        "100000 x m 2024-01-01\n100000 x m 2024-01-01\n100000 x m 2024-01-01\n"
                        "100000 x m 2024-01-01\n100000 x m 2024-01-01\n100000 x m 2024-01-01\n"
                        "100000 x m 2024-01-01\nm 2024-01-01\n100000 x m 2024-01-01\n");
    struct dossier dossier;
    dossier_read_lines(&f.arena, &f.source, &f.diags, &dossier);
    check_str(faults(&f), "11:1+12 the cases that are read together have more than 1000000 "
                          "records (write smaller cases, or fewer of them in one run)\n");
    assert_int_equal(dossier.evidence_count, 1000000);
    end(&f);
}

static void test_an_admission_of_an_unknown_record_is_doubted(void **state)
{
    (void)state;
    check_fault("mediation 2023-05-10\nmediation 2023-05-10 id=own\n"
                "decision admit r by=b on=2024-01-01 record=own\n"
                "decision admit r by=b on=2024-01-01 record=e2",
                "5:44+2 warning: no record has the id 'e2', so nothing is admitted\n");
}

static void test_dossier_lines_need_no_case(void **state)
{
    struct fixture f;
    struct dossier dossier;

    (void)state;
    begin(&f, STR("2 x mediation 2023-05-10 role=mediator\n# nothing\nknown 2024-01-01\n"));
    dossier_read_lines(&f.arena, &f.source, &f.diags, &dossier);
    check_str(faults(&f), "");
    assert_int_equal(dossier.evidence_count, 2);
    end(&f);
}

static void test_dossier_lines_refuse_lines_of_cases(void **state)
{
    struct fixture f;
    struct dossier dossier;

    (void)state;
    begin(&f, STR("born 2000-01-01\nexpect decide eligible\n"));
    dossier_read_lines(&f.arena, &f.source, &f.diags, &dossier);
    check_str(faults(&f),
              "2:1+6 a line that begins with 'expect' belongs to a case; here, only what "
              "is known of a person can stand\n");
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_record_line_gives_every_part_of_a_record),
        cmocka_unit_test(test_what_a_record_does_not_state_is_absent),
        cmocka_unit_test(test_repeated_records_have_ids_in_order),
        cmocka_unit_test(test_registers_are_read),
        cmocka_unit_test(test_human_acts_are_read),
        cmocka_unit_test(test_faults_of_dates_are_told_where_they_stand),
        cmocka_unit_test(test_faults_of_records_are_told_where_they_stand),
        cmocka_unit_test(test_ids_stand_once),
        cmocka_unit_test(test_a_dossier_is_refused_past_a_million_records),
        cmocka_unit_test(test_an_admission_of_an_unknown_record_is_doubted),
        cmocka_unit_test(test_dossier_lines_need_no_case),
        cmocka_unit_test(test_dossier_lines_refuse_lines_of_cases),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
