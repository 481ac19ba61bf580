/* What import.h and likeness.h promise, on both engines. */
#include "register/import.h"

#include <stdio.h>
#include <string.h>

#include "record.h"

struct reading {
    struct faults faults;
    struct import_preview preview;
    struct result result;
};

static struct reading *look(struct record *record, struct person_id person, const char *csv,
                            enum import_basis basis)
{
    struct reading *reading = ARENA_NEW(&record->arena, struct reading);
    struct evidence_rows existing = { 0 };
    struct dossier registers;

    dossier_init(&registers);
    faults_init(&reading->faults, &record->arena);
    check_ok(record->store, evidence_of(STORE(record), person, POSITION_NOW, &existing));
    reading->result = import_preview(&record->arena, str_from_c(csv), record->vocabulary,
                                     &logbook_limits, TODAY, basis, &registers, existing,
                                     &reading->faults, &reading->preview);
    return reading;
}

/* Rows of the preview that may be added. */
static size_t choose(struct record *record, const struct import_preview *preview,
                     const struct import_row ***ret)
{
    const struct import_row **rows =
        ARENA_ARRAY(&record->arena, preview->count, const struct import_row *);
    size_t count = 0;

    for (size_t i = 0; i < preview->count; i++)
        if (!preview->rows[i].faulty && !preview->rows[i].left_out)
            rows[count++] = &preview->rows[i];
    *ret = rows;
    return count;
}

static struct import_id begin(struct record *record, struct person_id person,
                              const struct import_preview *preview, enum import_basis basis,
                              size_t rows)
{
    const struct act act = by(person.n);
    const struct import_wish wish = {
        .person = person,
        .name = STR("logbook.csv"),
        .digest = preview->digest,
        .basis = basis,
        .rows = rows,
    };
    struct import_id id = { 0 };

    DOES(record, import_begin(STORE(record), &act, &wish, &id));
    return id;
}

/* All good rows of a file, in pieces. */
static struct import_id bring(struct record *record, struct person_id person, const char *csv,
                              enum import_basis basis)
{
    struct reading *reading = look(record, person, csv, basis);
    const struct act act = by(person.n);
    const struct import_row **rows;
    size_t count = choose(record, &reading->preview, &rows);
    struct import_id id = begin(record, person, &reading->preview, basis, count);
    struct import_piece piece = { 0 };

    assert_false(failed(reading->result));
    for (size_t at = 0; at < count; at += IMPORT_PIECE) {
        size_t n = count - at < IMPORT_PIECE ? count - at : IMPORT_PIECE;
        DOES(record,
             import_rows(STORE(record), &act, record->vocabulary, id, rows + at, n, &piece));
        assert_int_equal(piece.refused, 0);
    }
    DOES(record, import_end(STORE(record), &act, id));
    return id;
}

static int64_t count_standing(struct record *record, const char *standing)
{
    char sql[200];

    snprintf(sql, sizeof(sql),
             "SELECT count(*) FROM evidence_standing WHERE superseded_position IS NULL"
             " AND standing = '%s'",
             standing);
    return ask(record->store, sql);
}

/* ---- preview ---- */

static void a_preview_says_what_is_good_alike_and_wrong(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_id there =
        have_entry(record, ada, "walk 2026-11-01 2026-11-01 90 m-1 | role leader");
    struct reading *reading = look(record, ada,
                                   "kind,date,hours,reference,role\n"
                                   "walk,2026-11-01,1.5,m-1,leader\n" /* 2: is there */
                                   "walk,2026-11-05,2,,leader\n"      /* 3: good */
                                   "walk,2026-11-05,2,,leader\n"      /* 4: twice */
                                   "walk,2026-13-05,2,,leader\n"      /* 5: no day */
                                   "walk,2026-11-07,2,,boss\n"        /* 6: no value */
                                   "walk,2026-11-08,20,,\n"           /* 7: good */
                                   "walk,2026-11-08,5,,\n"            /* 8: the day is full */
                                   "walk,2026-11-30,5,,\n",           /* 9: the future */
                                   IMPORT_OWN);
    const struct import_row *rows = reading->preview.rows;

    (void)state;
    assert_false(failed(reading->result));
    assert_int_equal(reading->preview.count, 8);
    assert_int_equal(reading->preview.good, 4);
    assert_int_equal(reading->preview.faulty, 4);
    assert_int_equal(reading->preview.duplicates, 2);
    assert_int_equal(rows[0].likeness, LIKE_SAME);
    assert_int_equal(rows[0].like.n, there.n);
    assert_int_equal(rows[1].likeness, LIKE_NOT);
    assert_int_equal(rows[2].likeness, LIKE_SAME);
    assert_int_equal(rows[2].like.n, 0);
    assert_int_equal(rows[2].like_row, 3);
    assert_true(rows[3].faulty);
    assert_true(rows[4].faulty);
    assert_false(rows[5].faulty);
    assert_true(rows[6].faulty);
    assert_true(rows[7].faulty);
    assert_int_equal(reading->faults.errors, 4);
    faults_sort(&reading->faults);
    assert_int_equal(reading->faults.list[2].place.row, 8);
    check_str(reading->faults.list[2].message, EVIDENCE_DAY_FULL.message);
    assert_int_equal(ask(record->store, "SELECT count(*) FROM evidence"), 1);
    record_close(record);
}

static void a_file_with_an_unknown_heading_is_refused(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct reading *reading =
        look(record, ada, "kind,date,ruolo\nwalk,2026-11-01,leader\nwalk,x,\n", IMPORT_OWN);

    (void)state;
    assert_ptr_equal(reading->result.error, &ERROR_INPUT);
    record_close(record);
}

static void ones_own_file_cannot_say_that_others_confirmed(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const char *csv = "kind,date,hours,standing,verified-on\n"
                      "walk,2026-11-01,1,verified,2026-11-03\n"
                      "walk,2026-11-02,1,rejected,\n"
                      "walk,2026-11-03,1,,\n";
    struct reading *reading = look(record, ada, csv, IMPORT_OWN);

    (void)state;
    assert_int_equal(reading->preview.good, 2);
    assert_int_equal(reading->preview.confirmed, 1);
    assert_int_equal(reading->preview.left_out, 1);
    bring(record, ada, csv, IMPORT_OWN);
    assert_int_equal(count_standing(record, "claimed"), 2);
    assert_int_equal(count_standing(record, "verified"), 0);
    record_close(record);
}

static void the_earlier_register_keeps_its_standings(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_history history = { 0 };
    struct evidence_rows rows = { 0 };

    (void)state;
    bring(record, ada,
          "kind,date,hours,standing,verified-on\n"
          "walk,2026-11-01,1,verified,2026-11-03\n"
          "walk,2026-11-02,1,rejected,\n"
          "walk,2026-11-03,1,,\n",
          IMPORT_REGISTER);
    check_ok(record->store, evidence_of(STORE(record), ada, POSITION_NOW, &rows));
    assert_int_equal(rows.count, 3);
    assert_int_equal(rows.at[0].says.standing, STANDING_VERIFIED);
    assert_int_equal(rows.at[0].says.verified_on, TODAY - 21);
    assert_int_equal(rows.at[1].says.standing, STANDING_REJECTED);
    assert_int_equal(rows.at[2].says.standing, STANDING_CLAIMED);
    check_ok(record->store, evidence_history(STORE(record), rows.at[0].id, &history));
    assert_int_equal(history.changes[0].how, HOW_REGISTER);
    check_str(history.changes[0].why, "from the body's earlier register");
    record_close(record);
}

/* ---- pieces ---- */

static void a_piece_that_comes_again_is_not_written_twice(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct act act = by(ada.n);
    struct reading *reading = look(record, ada,
                                   "kind,date,hours\nwalk,2026-11-01,1\nwalk,2026-11-02,1\n"
                                   "walk,2026-11-03,1\n",
                                   IMPORT_OWN);
    const struct import_row **rows;
    struct import_id id =
        begin(record, ada, &reading->preview, IMPORT_OWN, choose(record, &reading->preview, &rows));
    struct import_piece piece = { 0 };
    struct import import = { 0 };

    (void)state;
    DOES(record, import_rows(STORE(record), &act, record->vocabulary, id, rows, 2, &piece));
    assert_int_equal(piece.added, 2);
    DOES(record, import_rows(STORE(record), &act, record->vocabulary, id, rows, 3, &piece));
    assert_int_equal(piece.added, 1);
    assert_int_equal(piece.known, 2);
    DOES(record, import_end(STORE(record), &act, id));
    REFUSES(record, import_rows(STORE(record), &act, record->vocabulary, id, rows, 1, &piece),
            IMPORT_STATE);
    REFUSES(record, import_end(STORE(record), &act, id), IMPORT_STATE);
    check_ok(record->store, import_load(STORE(record), id, &import));
    assert_int_equal(import.added, 3);
    assert_int_equal(import.state, IMPORT_DONE);
    assert_true(import.ended > import.begun);
    record_close(record);
}

static void rows_that_no_longer_fit_are_told(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct act act = by(ada.n);
    struct reading *reading =
        look(record, ada, "kind,date,hours\nwalk,2026-11-01,20\nwalk,2026-11-02,20\n", IMPORT_OWN);
    const struct import_row **rows;
    size_t count = choose(record, &reading->preview, &rows);
    struct import_id id = begin(record, ada, &reading->preview, IMPORT_OWN, count);
    struct import_piece piece = { 0 };

    (void)state;
    have_entry(record, ada, "course 2026-11-02 2026-11-02 300 - |");
    DOES(record, import_rows(STORE(record), &act, record->vocabulary, id, rows, count, &piece));
    assert_int_equal(piece.added, 1);
    assert_int_equal(piece.refused, 1);
    assert_int_equal(piece.refused_row, 3);
    assert_ptr_equal(piece.refused_why, &EVIDENCE_DAY_FULL);
    record_close(record);
}

static void more_rows_than_were_chosen_are_refused(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct act act = by(ada.n);
    struct reading *reading =
        look(record, ada, "kind,date,hours\nwalk,2026-11-01,2\nwalk,x,1\nwalk,2026-11-02,2\n",
             IMPORT_OWN);
    const struct import_row *rows[] = { &reading->preview.rows[0], &reading->preview.rows[2],
                                        &reading->preview.rows[1] };
    struct import_id id = begin(record, ada, &reading->preview, IMPORT_OWN, 1);
    struct import_piece piece;
    struct import_wish wish = { .person = ada, .name = STR("x"), .rows = 0 };

    (void)state;
    REFUSES(record, import_rows(STORE(record), &act, record->vocabulary, id, rows, 2, &piece),
            IMPORT_ROWS);
    REFUSES(record, import_rows(STORE(record), &act, record->vocabulary, id, rows + 2, 1, &piece),
            IMPORT_ROWS);
    REFUSES(record, import_rows(STORE(record), &act, record->vocabulary, id, rows, 0, &piece),
            IMPORT_ROWS);
    REFUSES(record, import_begin(STORE(record), &act, &wish, &id), IMPORT_ROWS);
    wish.name = STR("");
    REFUSES(record, import_begin(STORE(record), &act, &wish, &id), IMPORT_NAME);
    assert_int_equal(ask(record->store, "SELECT count(*) FROM evidence"), 0);
    record_close(record);
}

/* ---- undoing ---- */

static const char *many_rows(struct record *record, size_t count)
{
    struct buf csv;

    buf_init(&csv, 1 << 20);
    buf_add_c(&csv, "kind,date,hours,role\n");
    for (size_t i = 0; i < count; i++) {
        char on[DAY_TEXT_SIZE];
        buf_format(&csv, "walk,%s,2.5,leader\n", day_text(TODAY - 1 - (day)i, on));
    }
    buf_byte(&csv, '\0');
    return buf_take(&csv, &record->arena).p;
}

static void an_import_is_undone_as_a_whole(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct act act = by(ada.n);
    const char *csv = many_rows(record, 300);
    struct import_id id = bring(record, ada, csv, IMPORT_OWN);
    struct import import = { 0 };
    struct import_list list = { 0 };
    int64_t left = 0;

    (void)state;
    have_entry(record, ada, "course 2026-11-02 2026-11-02 300 - |");
    DOES(record, import_undo(STORE(record), &act, id, &left));
    assert_int_equal(left, 50);
    check_ok(record->store, import_load(STORE(record), id, &import));
    assert_int_equal(import.state, IMPORT_UNDOING);
    DOES(record, import_undo(STORE(record), &act, id, &left));
    assert_int_equal(left, 0);
    assert_int_equal(count_standing(record, "withdrawn"), 300);
    assert_int_equal(count_standing(record, "claimed"), 1);
    REFUSES(record, import_undo(STORE(record), &act, id, &left), IMPORT_STATE);
    /* What was withdrawn is like nothing: the file can be brought again. */
    assert_int_equal(look(record, ada, csv, IMPORT_OWN)->preview.duplicates, 0);
    bring(record, ada, csv, IMPORT_OWN);
    check_ok(record->store, imports_of(STORE(record), ada, 10, &list));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.at[1].state, IMPORT_UNDONE);
    assert_true(list.at[1].undone > 0);
    record_close(record);
}

static void what_was_corrected_since_keeps_its_import(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct act act = by(ada.n);
    struct import_id id = bring(record, ada, many_rows(record, 3), IMPORT_OWN);
    struct evidence better = entry(record, "walk 2026-11-01 2026-11-01 90 m-1 | role leader");
    int64_t left;

    (void)state;
    DOES(record, evidence_withdraw(STORE(record), &act, (struct evidence_id){ 1 }, STR("")));
    DOES(record, evidence_correct(STORE(record), &act, record->vocabulary,
                                  (struct evidence_id){ 2 }, 1, &better, STR("")));
    REFUSES(record, import_undo(STORE(record), &act, id, &left), IMPORT_ACTED);
    id.n = 99;
    REFUSES(record, import_undo(STORE(record), &act, id, &left), IMPORT_UNKNOWN);
    record_close(record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_preview_says_what_is_good_alike_and_wrong),
        cmocka_unit_test(a_file_with_an_unknown_heading_is_refused),
        cmocka_unit_test(ones_own_file_cannot_say_that_others_confirmed),
        cmocka_unit_test(the_earlier_register_keeps_its_standings),
        cmocka_unit_test(a_piece_that_comes_again_is_not_written_twice),
        cmocka_unit_test(rows_that_no_longer_fit_are_told),
        cmocka_unit_test(more_rows_than_were_chosen_are_refused),
        cmocka_unit_test(an_import_is_undone_as_a_whole),
        cmocka_unit_test(what_was_corrected_since_keeps_its_import),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
