#include "register/logbook.h"

#include <string.h>

#include "logbook_fixture.h"

static void a_plain_log_is_read(void **state)
{
    check_log("kind,date,hours,role,matter\n"
              "mediation,2024-05-01,2.5,mediator,M-1\n"
              "cpd,2024-05-02,,,\n",
              "e1:2 mediation 2024-05-01 matter=M-1 hours=150 role=mediator\n"
              "e2:3 cpd 2024-05-02\n");
}

static void columns_stand_in_any_order_under_any_of_their_names(void **state)
{
    check_log("Rolle;Aktenzeichen;Beginn;ENDE;Stunden;Art;Bemerkung;Bezahlt\r\n"
              "Mediator;2024/1;30.04.2024;1.5.2024;2,5;Mediation;egal, \"was\";ja\r\n",
              "e1:2 mediation 2024-04-30..2024-05-01 matter=2024/1 hours=150 role=mediator "
              "paid=yes\n");
    check_log("type\tnote on the date\tStart Date\tend_date\tContact hours\tMODE\n"
              "Continuing Development\t\t2024-01-01\t2024-01-02\t\t\n"
              "médiation\t\t2024-01-03\t2024-01-03\t1:30\tFace to Face\n",
              "e1:2 cpd 2024-01-01..2024-01-02\n"
              "e2:3 mediation 2024-01-03 contact-hours=1:30 mode=in-person\n");
}

static void every_type_of_field_is_read(void **state)
{
    check_log("kind,date,points,level,client,contact hours,outcome,paid,programme,days\n"
              "cpd,2024-05-01,12,Master,,,,x,sample-1,\n"
              "mediation,2024-05-01,,,C-7,0.75,No agreement,0,,1\n",
              "e1:2 cpd 2024-05-01 programme=sample-1 points=12 level=master paid=yes\n"
              "e2:3 mediation 2024-05-01 days=1 client=C-7 contact-hours=0:45 outcome=none "
              "paid=no\n");
}

static void a_value_spelt_like_two_is_taken_only_as_written(void **state)
{
    check_log("kind,date,tag\ncpd,2024-05-01,ab\ncpd,2024-05-02,a-b\ncpd,2024-05-03,X\n",
              "e1:2 cpd 2024-05-01 tag=ab\ne2:3 cpd 2024-05-02 tag=a-b\n"
              "e3:4 cpd 2024-05-03 tag=x\n");
    check_refused("kind,date,tag\ncpd,2024-05-01,A B\n",
                  "log: row 2, column C (tag): error: 'A B' is no value that 'tag' has\n"
                  "   write one of a-b, ab, x\n");
}

static void standings_are_read(void **state)
{
    check_log("kind,date,standing,verified on\n"
              "cpd,2024-05-01,,\n"
              "cpd,2024-05-02,Verified,2024-06-01\n"
              "cpd,2024-05-03,geprüft,\n"
              "cpd,2024-05-04,rejected,\n"
              "cpd,2024-05-05,withdrawn,\n"
              "cpd,2024-05-06,Duplicate,\n"
              "cpd,2024-05-07,claimed,\n",
              "e1:2 cpd 2024-05-01\n"
              "e2:3 cpd 2024-05-02 verified@2024-06-01\n"
              "e3:4 cpd 2024-05-03 verified\n"
              "e4:5 cpd 2024-05-04 rejected\n"
              "e5:6 cpd 2024-05-05 withdrawn\n"
              "e6:7 cpd 2024-05-06 duplicate\n"
              "e7:8 cpd 2024-05-07\n");
    check_refused("kind,date,standing,verified on\n"
                  "cpd,2024-05-01,veryfied,2024-06-01\n"
                  "cpd,2024-05-02,,2024-06-01\n"
                  "cpd,2024-05-03,verified,2024-05-02\n"
                  "cpd,2024-05-04,verified,2025-01-01\n",
                  "log: row 2, column C (standing): error: 'veryfied' is no standing\n"
                  "   did you mean 'verified'? write one of verified, claimed, rejected, "
                  "withdrawn, duplicate\n"
                  "log: row 3, column D (verified on): error: '2024-06-01' is a day of "
                  "verification, but the record is not verified\n"
                  "   write verified as its standing, or leave the day empty\n"
                  "log: row 4, column D (verified on): error: '2024-05-02' is before the record "
                  "ends\n"
                  "   correct one of the dates\n"
                  "log: row 5, column D (verified on): error: '2025-01-01' lies in the future\n"
                  "   a logbook holds what has happened\n");
}

static void the_kind_may_be_left_out_only_where_there_is_one(void **state)
{
    struct fixture *f = *state;

    check_refused("date,role\n2024-05-01,mediator\n",
                  "log: error: there is no column `kind`, which says what each record is\n"
                  "   add it; each cell names a kind of record\n");
    check_refused("kind,date\n,2024-05-01\nmeditation,2024-05-02\n",
                  "log: row 2: error: the record has no kind\n"
                  "   write one of cpd, mediation\n"
                  "log: row 3, column A (kind): error: 'meditation' is no kind of record\n"
                  "   did you mean 'mediation'? write one of cpd, mediation\n");
    f->vocabulary = f->single;
    check_log("date,paid\n2024-05-01,no\n", "e1:2 session 2024-05-01 paid=no\n");
}

static void headings_that_are_not_understood_are_told(void **state)
{
    check_refused("kind,date,roll,Parties,Kind of record,,notes,Note\n"
                  "cpd,2024-05-01,,,,x,y,z\n",
                  "log: column C: error: 'roll' is the heading of no column that a logbook has\n"
                  "   did you mean 'role'? a column that is not to be read has a heading that "
                  "begins with \"note\"\n"
                  "log: column D: error: 'Parties' is the heading of no column that a logbook "
                  "has\n"
                  "   a column that is not to be read has a heading that begins with \"note\"\n"
                  "log: column E: error: 'Kind of record' is the heading of no column that a "
                  "logbook has\n"
                  "   a column that is not to be read has a heading that begins with \"note\"\n"
                  "log: row 2, column F: error: 'x' stands in a column without a heading\n"
                  "   name the column in the first row\n");
    check_log("kind,date,note: role,Notes,Comment,\ncpd,2024-05-01,a,b,c,\n",
              "e1:2 cpd 2024-05-01\n");
}

static void a_column_given_twice_is_told(void **state)
{
    check_refused("kind,date,Day,role,Rolle\nmediation,2024-05-01,,,\n",
                  "log: column C: error: 'Day' means the same column as 'date'\n"
                  "   a column that is not to be read has a heading that begins with \"note\"\n"
                  "log: column E: error: 'Rolle' means the same column as 'role'\n"
                  "   a column that is not to be read has a heading that begins with \"note\"\n");
}

static void dates_are_required(void **state)
{
    check_refused("kind,role\nmediation,mediator\n",
                  "log: error: there is no column `date`, nor columns `start` and `end`\n"
                  "   add a column with the date of each record\n");
    check_refused("kind,start\nmediation,2024-05-01\n",
                  "log: error: there is a column `start`, but no column `end`\n"
                  "   add it, or call the only date of a record `date`\n");
    check_refused("kind,end\nmediation,2024-05-01\n",
                  "log: error: there is a column `end`, but no column `start`\n"
                  "   add it, or call the only date of a record `date`\n");
    check_refused("kind,date,start,end\n"
                  "cpd,,,\n"
                  "cpd,2024-05-01,2024-05-01,\n"
                  "cpd,,2024-05-01,\n"
                  "cpd,,,2024-05-01\n"
                  "cpd,,2024-05-02,2024-05-01\n",
                  "log: row 2: error: the record has no date\n"
                  "   say when it took place\n"
                  "log: row 3: error: the record has a date, and a start or an end as well\n"
                  "   leave one of them empty\n"
                  "log: row 4: error: the record has a start, but no end\n"
                  "   give both; a record of one day has the same day twice\n"
                  "log: row 5: error: the record has an end, but no start\n"
                  "   give both; a record of one day has the same day twice\n"
                  "log: row 6, column C (start): error: '2024-05-02' is after the end of the "
                  "record\n"
                  "   correct one of the two\n");
    check_log("kind,date,start,end\ncpd,2024-05-01,,\ncpd,,2024-05-01,2024-05-02\n",
              "e1:2 cpd 2024-05-01\ne2:3 cpd 2024-05-01..2024-05-02\n");
}

static void days_after_today_are_refused(void **state)
{
    struct fixture *f = *state;

    check_log("kind,date\ncpd,2024-12-31\n", "e1:2 cpd 2024-12-31\n");
    check_refused("kind,date\ncpd,2025-01-01\n",
                  "log: row 2, column B (date): error: '2025-01-01' lies in the future\n"
                  "   a logbook holds what has happened\n");
    f->today = DAY_NONE;
    check_log("kind,date\ncpd,2025-01-01\n", "e1:2 cpd 2025-01-01\n");
}

static void a_column_of_dates_is_read_as_a_whole(void **state)
{
    check_log("kind;start;end\ncpd;03/04/2024;03/04/2024\ncpd;13/04/2024;14/04/2024\n",
              "e1:2 cpd 2024-04-03\ne2:3 cpd 2024-04-13..2024-04-14\n");
    check_log("kind,date\ncpd,3/4/2024\ncpd,4/13/2024 0:00\n",
              "e1:2 cpd 2024-03-04\ne2:3 cpd 2024-04-13\n");
    check_refused("kind,date\ncpd,03/04/2024\ncpd,05/05/2024\ncpd,2024-05-13\ncpd,1/2/2024\n"
                  "cpd,1/3/2024\ncpd,1/4/2024\ncpd,1/5/2024\ncpd,1/6/2024\n",
                  "log: column B (date): error: nothing in this column shows whether the day or "
                  "the month stands first: see row 2, 5, 6, 7, 8 and 1 more\n"
                  "   write the dates of this column as YYYY-MM-DD\n");
    check_refused("kind,date\ncpd,13/04/2024\ncpd,04/13/2024\ncpd,01/02/2024\n",
                  "log: column B (date): error: the dates contradict each other: in row 2 the day "
                  "must stand first, and in row 3 the month\n"
                  "   write the dates of this column as YYYY-MM-DD\n");
    /* The end says nothing of the start. */
    check_refused("kind,start,end\ncpd,03/04/2024,13/04/2024\n",
                  "log: column B (start): error: nothing in this column shows whether the day or "
                  "the month stands first: see row 2\n"
                  "   write the dates of this column as YYYY-MM-DD\n");
}

static void hours_and_minutes_are_added_as_a_clock_has_them(void **state)
{
    check_log("kind,date,hours,minutes\n"
              "cpd,2024-05-01,2,30\ncpd,2024-05-01,,90\ncpd,2024-05-01,2.25,\n"
              "cpd,2024-05-01,0,45\ncpd,2024-05-02,,\n",
              "e1:2 cpd 2024-05-01 hours=150\n"
              "e2:3 cpd 2024-05-01 hours=90\n"
              "e3:4 cpd 2024-05-01 hours=135\n"
              "e4:5 cpd 2024-05-01 hours=45\n"
              "e5:6 cpd 2024-05-02\n");
}

static void hours_that_cannot_be_are_refused(void **state)
{
    check_refused("kind,date,hours,minutes\n"
                  "cpd,2024-05-01,2.5,30\n"
                  "cpd,2024-05-01,2,60\n"
                  "cpd,2024-05-01,two,\n"
                  "cpd,2024-05-01,,1.5\n"
                  "cpd,2024-05-01,\"1,250\",\n",
                  "log: row 2, column D (minutes): error: '30' stands beside hours that are not "
                  "whole, or is over 59\n"
                  "   where both are given, hours are whole and minutes are the rest; else leave "
                  "one of them empty\n"
                  "log: row 3, column D (minutes): error: '60' stands beside hours that are not "
                  "whole, or is over 59\n"
                  "   where both are given, hours are whole and minutes are the rest; else leave "
                  "one of them empty\n"
                  "log: row 4, column C (hours): error: 'two' is no time in hours\n"
                  "   write hours as 2.5 or 2:30\n"
                  "log: row 5, column D (minutes): error: '1.5' is no whole number\n"
                  "   write digits only, as in 12\n"
                  "log: row 6, column C (hours): error: '1,250' may be thousands or decimals\n"
                  "   write two decimals, as in 1.25, or hours and minutes, as in 1:15; thousands "
                  "stand without a sign\n");
}

static void a_day_has_24_hours(void **state)
{
    check_log("kind,start,end,hours,days\n"
              "cpd,2024-05-01,2024-05-01,24,\n"
              "cpd,2024-05-01,2024-05-03,72:00,\n"
              "cpd,2024-05-01,2024-05-03,48,2\n",
              "e1:2 cpd 2024-05-01 hours=1440\n"
              "e2:3 cpd 2024-05-01..2024-05-03 hours=4320\n"
              "e3:4 cpd 2024-05-01..2024-05-03 hours=2880 days=2\n");
    check_refused("kind,start,end,hours,days,contact hours,minutes\n"
                  "cpd,2024-05-01,2024-05-01,24:01,,,\n"
                  "cpd,2024-05-01,2024-05-03,48.02,2,,\n"
                  "mediation,2024-05-01,2024-05-01,,,25,\n"
                  "cpd,2024-05-01,2024-05-01,,,,1441\n",
                  "log: row 2, column D (hours): error: '24:01' is more than 24 hours a day: the "
                  "record has 1 day\n"
                  "   give the start and the end of the record, or correct the hours\n"
                  "log: row 3, column D (hours): error: '48.02' is more than 24 hours a day: the "
                  "record has 2 days\n"
                  "   give the start and the end of the record, or correct the hours\n"
                  "log: row 4, column F (contact hours): error: '25' is more than 24 hours a day: "
                  "the record has 1 day\n"
                  "   give the start and the end of the record, or correct the hours\n"
                  "log: row 5, column G (minutes): error: '1441' is more than 24 hours a day: the "
                  "record has 1 day\n"
                  "   give the start and the end of the record, or correct the hours\n");
}

static void days_lie_between_start_and_end(void **state)
{
    check_refused("kind,start,end,days\n"
                  "cpd,2024-05-01,2024-05-03,4\n"
                  "cpd,2024-05-01,2024-05-03,0\n"
                  "cpd,2024-05-01,2024-05-03,x\n",
                  "log: row 2, column D (days): error: '4' is not a number of days between the "
                  "start and the end\n"
                  "   a record has at least one day, and no more than the calendar has from its "
                  "start to its end\n"
                  "log: row 3, column D (days): error: '0' is not a number of days between the "
                  "start and the end\n"
                  "   a record has at least one day, and no more than the calendar has from its "
                  "start to its end\n"
                  "log: row 4, column D (days): error: 'x' is no whole number\n"
                  "   write digits only, as in 12\n");
}

static void references_are_short_and_in_one_piece(void **state)
{
    check_log("kind,date,reference,client\n"
              "mediation,2024-05-01,ÄÖÜ4567890123456789#,c\n",
              "e1:2 mediation 2024-05-01 matter=ÄÖÜ4567890123456789# client=c\n");
    check_refused("kind,date,reference,client\n"
                  "mediation,2024-05-01,123456789012345678901,\n"
                  "mediation,2024-05-02,Smith v Jones,two words\n",
                  "log: row 2, column C (reference): error: '123456789012345678901' is longer "
                  "than 20 characters\n"
                  "   write a short reference that names nobody\n"
                  "log: row 3, column C (reference): error: 'Smith v Jones' holds a space or a "
                  "character that is not seen\n"
                  "   write it in one piece, with hyphens instead of spaces\n"
                  "log: row 3, column D (client): error: 'two words' holds a space or a "
                  "character that is not seen\n"
                  "   write it in one piece, with hyphens instead of spaces\n");
}

static void a_field_of_another_kind_is_refused(void **state)
{
    check_refused("kind,date,role,points\ncpd,2024-05-01,mediator,3\n",
                  "log: row 2, column C (role): error: 'mediator' has no place here: a record of "
                  "the kind 'cpd' has no 'role'\n"
                  "   leave the cell empty, or correct the kind\n");
}

static void values_that_are_not_known_are_refused(void **state)
{
    check_refused("kind,date,role,paid,points,level,mode\n"
                  "mediation,2024-05-01,mediatr,maybe,,,on the phone\n"
                  "cpd,2024-05-01,,yes,-3,mastre,\n",
                  "log: row 2, column C (role): error: 'mediatr' is no value that 'role' has\n"
                  "   did you mean 'mediator'? write one of mediator, adviser, party, observer\n"
                  "log: row 2, column D (paid): error: 'maybe' is no value that 'paid' has\n"
                  "   write one of yes, no\n"
                  "log: row 2, column G (mode): error: 'on the phone' is no value that 'mode' "
                  "has\n"
                  "   write one of in-person, online, hybrid\n"
                  "log: row 3, column E (points): error: '-3' is no whole number\n"
                  "   write digits only, as in 12\n"
                  "log: row 3, column F (level): error: 'mastre' is no value that 'level' has\n"
                  "   did you mean 'master'? write one of none, bachelor, master\n");
}

static void rows_that_repeat_are_warned_of_and_kept(void **state)
{
    struct fixture *f = *state;

    assert_true(read_log(f, STR("kind,date,role,note\n"
                                "mediation,2024-05-01,mediator,a\n"
                                "mediation,2024-05-01,,\n"
                                "mediation,2024-05-01,Mediator,b\n"
                                "cpd,2024-05-01,,\n"
                                "mediation,01.05.2024,mediator,c\n")));
    check_str(told(f), "log: row 4: warning: the same as row 2 in everything that is read\n"
                       "   remove one of them if both are the same event\n"
                       "log: row 6: warning: the same as row 2 in everything that is read\n"
                       "   remove one of them if both are the same event\n");
    assert_int_equal(f->dossier.evidence_count, 5);
}

static void what_makes_a_difference_is_no_repeat(void **state)
{
    struct fixture *f = *state;

    assert_true(read_log(
        f, STR("kind;start;end;hours;days;matter;programme;standing;verified on;role;mode\n"
               "mediation;2024-05-01;2024-05-02;3;2;M;P;verified;2024-06-01;party;online\n"
               "cpd;2024-05-01;2024-05-02;3;2;M;P;verified;2024-06-01;;\n"
               "mediation;2024-04-30;2024-05-02;3;2;M;P;verified;2024-06-01;party;online\n"
               "mediation;2024-05-01;2024-05-03;3;2;M;P;verified;2024-06-01;party;online\n"
               "mediation;2024-05-01;2024-05-02;4;2;M;P;verified;2024-06-01;party;online\n"
               "mediation;2024-05-01;2024-05-02;3;1;M;P;verified;2024-06-01;party;online\n"
               "mediation;2024-05-01;2024-05-02;3;2;N;P;verified;2024-06-01;party;online\n"
               "mediation;2024-05-01;2024-05-02;3;2;M;Q;verified;2024-06-01;party;online\n"
               "mediation;2024-05-01;2024-05-02;3;2;M;P;verified;;party;online\n"
               "mediation;2024-05-01;2024-05-02;3;2;M;P;rejected;;party;online\n"
               "mediation;2024-05-01;2024-05-02;3;2;M;P;verified;2024-06-01;observer;online\n"
               "mediation;2024-05-01;2024-05-02;3;2;M;P;verified;2024-06-01;party;\n")));
    check_str(told(f), "");
}

static void a_programme_is_looked_for_in_the_register(void **state)
{
    struct fixture *f = *state;
    struct accreditation known = { STR("sample-qap"), STR("qap"), DAY_FIRST, DAY_LAST };

    f->dossier.accreditations = &known;
    f->dossier.accreditation_count = 1;
    assert_true(read_log(f, STR("kind,date,programme\ncpd,2024-05-01,sample-qap\n"
                                "cpd,2024-05-02,sample-qup\n")));
    check_str(told(f), "log: row 3, column C (programme): warning: 'sample-qup' is no programme of "
                       "the register, so it counts as not accredited\n"
                       "   did you mean 'sample-qap'?\n");
    check_str(shown(f), "e1:2 cpd 2024-05-01 programme=sample-qap\n"
                        "e2:3 cpd 2024-05-02 programme=sample-qup\n");
}

static void an_admitted_record_must_be_there(void **state)
{
    struct fixture *f = *state;
    struct decision decisions[] = {
        { .kind = DECISION_ADMIT, .record = STR("e2") },
        { .kind = DECISION_ADMIT, .record = STR("e3") },
        { .kind = DECISION_WAIVE },
    };

    f->dossier.decisions = decisions;
    f->dossier.decision_count = ARRAY_LEN(decisions);
    assert_true(read_log(f, STR("kind,date\ncpd,2024-05-01\ncpd,2024-05-02\n")));
    check_str(told(f), "");
    logbook_check_admitted(&f->dossier, &f->faults);
    check_str(told(f), "log: warning: 'e3' is admitted by a decision, but there is no such "
                       "record\n"
                       "   records are numbered e1, e2, … from the first one below the "
                       "headings\n");
}

static void a_second_log_is_added_behind_the_first(void **state)
{
    struct fixture *f = *state;

    assert_true(read_log(f, STR("kind,date\ncpd,2024-05-01\ncpd,2024-05-02\n")));
    assert_false(read_log(f, STR("kind,date\ncpd,2024-05-03\ncpd,never\n")));
    assert_true(read_log(f, STR("[{\"kind\":\"cpd\",\"date\":\"2024-05-04\"}]")));
    check_str(shown(f), "e1:2 cpd 2024-05-01\ne2:3 cpd 2024-05-02\ne3:1 cpd 2024-05-04\n");
}

static void what_is_read_does_not_live_in_the_bytes(void **state)
{
    struct fixture *f = *state;
    char bytes[] = "kind,date,matter,role,client\nmediation,2024-05-01,M-1,Party,C-1\n";

    assert_true(read_log(f, (struct str){ bytes, sizeof(bytes) - 1 }));
    memset(bytes, '#', sizeof(bytes));
    check_str(shown(f), "e1:2 mediation 2024-05-01 matter=M-1 role=party client=C-1\n");
}

/* Nothing that a terminal or a page could take for a command is shown of a value. */
static void values_are_shown_harmlessly(void **state)
{
    check_refused(
        "kind,date\n\"\x1b[31mred\n\xe2\x80\xaegnp\",2024-05-01\n"
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,2024-05-01\n",
        "log: row 2, column A (kind): error: '?[31mred ?gnp' is no kind of record\n"
        "   write one of cpd, mediation\n"
        "log: row 3, column A (kind): error: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxx…' is no kind of record\n"
        "   write one of cpd, mediation\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_plain_log_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(columns_stand_in_any_order_under_any_of_their_names, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_type_of_field_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_value_spelt_like_two_is_taken_only_as_written, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(standings_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_kind_may_be_left_out_only_where_there_is_one, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(headings_that_are_not_understood_are_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_column_given_twice_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dates_are_required, set_up, tear_down),
        cmocka_unit_test_setup_teardown(days_after_today_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_column_of_dates_is_read_as_a_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hours_and_minutes_are_added_as_a_clock_has_them, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(hours_that_cannot_be_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_day_has_24_hours, set_up, tear_down),
        cmocka_unit_test_setup_teardown(days_lie_between_start_and_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(references_are_short_and_in_one_piece, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_field_of_another_kind_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_that_are_not_known_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_that_repeat_are_warned_of_and_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_makes_a_difference_is_no_repeat, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_programme_is_looked_for_in_the_register, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_admitted_record_must_be_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_log_is_added_behind_the_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_read_does_not_live_in_the_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_are_shown_harmlessly, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
