/* What evidence.h, fact.h and person_dossier.h promise, on both engines. */
#include "register/evidence.h"

#include "record.h"
#include "register/journal.h"
#include "register/person_dossier.h"

#define ADDS(record, person, line)                                                                 \
    evidence_add(STORE(record), &act, (record)->vocabulary, person,                                \
                 &(struct evidence[]){ entry(record, line) }[0], &id)

static int64_t position_now(struct record *record)
{
    return ask(record->store, "SELECT max(position) FROM journal");
}

static struct evidence_rows rows_at(struct record *record, struct person_id person,
                                    int64_t position)
{
    struct evidence_rows rows = { 0 };

    check_ok(record->store, evidence_of(STORE(record), person, position, &rows));
    return rows;
}

/* ---- adding ---- */

static void an_entry_is_a_claim_with_what_was_said(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_id id = have_entry(
        record, ada, "walk 2026-11-01 2026-11-02 90 m-1 | role leader mode fast points 12");
    struct evidence_row row = { 0 };

    (void)state;
    check_ok(record->store, evidence_load(STORE(record), id, &row));
    assert_int_equal(row.person.n, ada.n);
    assert_int_equal(row.version, 1);
    check_str(row.says.kind, "walk");
    assert_int_equal(row.says.end - row.says.start, 1);
    assert_int_equal(row.says.hours, 90);
    assert_int_equal(row.says.days, -1);
    check_str(row.says.matter, "m-1");
    assert_null(row.says.programme.p);
    assert_int_equal(row.says.fact_count, 3);
    check_str(evidence_fact(&row.says, STR("mode")), "fast");
    check_str(evidence_fact(&row.says, STR("points")), "12");
    assert_int_equal(row.says.standing, STANDING_CLAIMED);
    assert_int_equal(row.says.verified_on, DAY_NONE);
    check_str(row.says.id, "e1");
    assert_int_equal(ask(record->store, "SELECT count(*) FROM journal WHERE operation ="
                                        " 'evidence-added' AND subject_kind = 'person'"),
                     1);
    record_close(record);
}

static void what_the_vocabulary_does_not_have_is_refused(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct act act = by(ada.n);
    struct evidence_id id;

    (void)state;
    REFUSES(record, ADDS(record, ada, "swim 2026-11-01 2026-11-01 60 - |"), EVIDENCE_VOCABULARY);
    REFUSES(record, ADDS(record, ada, "walk 2026-11-01 2026-11-01 60 - | colour red"),
            EVIDENCE_VOCABULARY);
    REFUSES(record, ADDS(record, ada, "walk 2026-11-01 2026-11-01 60 - | role boss"),
            EVIDENCE_VOCABULARY);
    REFUSES(record, ADDS(record, ada, "walk 2026-11-01 2026-11-01 60 - | points many"),
            EVIDENCE_VOCABULARY);
    REFUSES(record, ADDS(record, ada, "walk 2026-11-01 2026-11-01 60 - | talk long"),
            EVIDENCE_VOCABULARY);
    REFUSES(record, ADDS(record, ada, "walk 2026-11-01 2026-11-01 60 - | hours 3"),
            EVIDENCE_VOCABULARY);
    REFUSES(record, ADDS(record, ada, "walk 2026-11-01 2026-11-01 60 - | mode fast mode slow"),
            EVIDENCE_VOCABULARY);
    record_close(record);
}

static void impossible_days_hours_and_references_are_refused(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct act act = by(ada.n);
    struct evidence late = entry(record, "walk 2026-11-24 2026-11-24 60 - |");
    struct evidence named = late;
    struct evidence_id id;

    (void)state;
    DOES(record, evidence_add(STORE(record), &act, record->vocabulary, ada, &late, &id));
    REFUSES(record, ADDS(record, ada, "walk 2026-11-24 2026-11-25 60 - |"), EVIDENCE_FUTURE);
    REFUSES(record, ADDS(record, ada, "walk 2026-11-02 2026-11-01 60 - |"), EVIDENCE_DATES);
    REFUSES(record, ADDS(record, ada, "walk 1899-12-31 1900-01-01 60 - |"), EVIDENCE_DATES);
    late.days = 2;
    REFUSES(record, evidence_add(STORE(record), &act, record->vocabulary, ada, &late, &id),
            EVIDENCE_DATES);
    REFUSES(record, ADDS(record, ada, "walk 2026-11-01 2026-11-01 1441 - |"), EVIDENCE_HOURS);
    REFUSES(record, ADDS(record, ada, "walk 2026-11-01 2026-11-01 60 123456789012345678901 |"),
            EVIDENCE_REFERENCE);
    named.matter = STR("Doe and Roe");
    REFUSES(record, evidence_add(STORE(record), &act, record->vocabulary, ada, &named, &id),
            EVIDENCE_REFERENCE);
    REFUSES(record, ADDS(record, ((struct person_id){ 99 }), "walk 2026-11-01 2026-11-01 60 - |"),
            PEOPLE_UNKNOWN);
    assert_int_equal(ask(record->store, "SELECT count(*) FROM evidence"), 1);
    record_close(record);
}

static void more_than_24_hours_on_a_day_are_refused(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id bea = have_person(record, "Bea Sample");
    const struct act act = by(ada.n);
    struct evidence_id first = have_entry(record, ada, "walk 2026-11-01 2026-11-01 900 - |");
    struct evidence_id id;

    (void)state;
    REFUSES(record, ADDS(record, ada, "course 2026-11-01 2026-11-01 541 - |"), EVIDENCE_DAY_FULL);
    have_entry(record, bea, "course 2026-11-01 2026-11-01 541 - |");
    DOES(record, ADDS(record, ada, "course 2026-11-01 2026-11-01 540 - |"));
    /* Two full days already hold those 24 hours. */
    REFUSES(record, ADDS(record, ada, "walk 2026-11-01 2026-11-02 1441 - |"), EVIDENCE_DAY_FULL);
    DOES(record, ADDS(record, ada, "walk 2026-11-01 2026-11-02 1440 - |"));
    /* It fits into its day, but not into the two days of the one above. */
    REFUSES(record, ADDS(record, ada, "walk 2026-11-02 2026-11-02 1 - |"), EVIDENCE_DAY_FULL);
    /* What is withdrawn takes no time. */
    DOES(record, evidence_withdraw(STORE(record), &act, first, STR("")));
    DOES(record, ADDS(record, ada, "walk 2026-11-02 2026-11-02 1 - |"));
    record_close(record);
}

/* ---- correcting ---- */

static void a_correction_keeps_what_was_said_before(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_id id = have_entry(record, ada, "walk 2026-11-01 2026-11-01 90 - | mode slow");
    int64_t before = position_now(record);
    const struct act act = by(ada.n);
    struct evidence better = entry(record, "walk 2026-11-02 2026-11-02 1200 m-2 | mode fast");
    struct evidence_history history = { 0 };
    struct evidence_rows rows;

    (void)state;
    DOES(record, evidence_correct(STORE(record), &act, record->vocabulary, id, 1, &better,
                                  STR("wrong day")));
    check_ok(record->store, evidence_history(STORE(record), id, &history));
    assert_int_equal(history.version_count, 2);
    assert_int_equal(history.versions[0].says.hours, 90);
    assert_int_equal(history.versions[0].superseded, history.versions[1].recorded);
    check_str(history.versions[1].why, "wrong day");
    assert_int_equal(history.change_count, 1);
    rows = rows_at(record, ada, before);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].says.hours, 90);
    rows = rows_at(record, ada, POSITION_NOW);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].says.hours, 1200);
    check_str(evidence_fact(&rows.at[0].says, STR("mode")), "fast");
    assert_int_equal(rows_at(record, ada, before - 1).count, 0);
    record_close(record);
}

static void a_correction_of_an_old_version_is_refused(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_id id = have_entry(record, ada, "walk 2026-11-01 2026-11-01 90 - |");
    const struct act act = by(ada.n);
    struct evidence same = entry(record, "walk 2026-11-01 2026-11-01 90 - |");
    struct evidence better = entry(record, "walk 2026-11-01 2026-11-01 95 - |");
    struct evidence future = entry(record, "walk 2026-11-29 2026-11-29 95 - |");

    (void)state;
#define CORRECTS(version, evidence)                                                                \
    evidence_correct(STORE(record), &act, record->vocabulary, id, version, evidence, STR(""))
    REFUSES(record, CORRECTS(1, &same), EVIDENCE_SAME);
    REFUSES(record, CORRECTS(1, &future), EVIDENCE_FUTURE);
    DOES(record, CORRECTS(1, &better));
    REFUSES(record, CORRECTS(1, &same), EVIDENCE_CHANGED);
    DOES(record, evidence_withdraw(STORE(record), &act, id, STR("")));
    REFUSES(record, CORRECTS(2, &same), EVIDENCE_STANDING);
    REFUSES(record, evidence_withdraw(STORE(record), &act, id, STR("")), EVIDENCE_STANDING);
    id.n = 99;
    REFUSES(record, CORRECTS(1, &same), EVIDENCE_UNKNOWN);
    record_close(record);
}

/* A correction that only shifts an entry is not held against itself. */
static void a_corrected_entry_does_not_take_its_time_twice(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_id id = have_entry(record, ada, "walk 2026-11-01 2026-11-01 900 - |");
    const struct act act = by(ada.n);
    struct evidence better = entry(record, "walk 2026-11-01 2026-11-01 901 - |");

    (void)state;
    DOES(record, CORRECTS(1, &better));
    record_close(record);
}

static void a_duplicate_names_the_entry_that_counts(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id bea = have_person(record, "Bea Sample");
    struct evidence_id one = have_entry(record, ada, "walk 2026-11-01 2026-11-01 90 - |");
    struct evidence_id two = have_entry(record, ada, "walk 2026-11-01 2026-11-01 90 - |");
    struct evidence_id hers = have_entry(record, bea, "walk 2026-11-01 2026-11-01 90 - |");
    const struct act act = by(ada.n);
    struct evidence_history history = { 0 };

    (void)state;
    REFUSES(record, evidence_mark_duplicate(STORE(record), &act, two, two, STR("")),
            EVIDENCE_STANDING);
    REFUSES(record, evidence_mark_duplicate(STORE(record), &act, two, hers, STR("")),
            EVIDENCE_STANDING);
    DOES(record, evidence_mark_duplicate(STORE(record), &act, two, one, STR("twice")));
    REFUSES(record, evidence_mark_duplicate(STORE(record), &act, one, two, STR("")),
            EVIDENCE_STANDING);
    assert_string_equal(standing_now(record, two), "duplicate");
    check_ok(record->store, evidence_history(STORE(record), two, &history));
    assert_int_equal(history.changes[1].same_as.n, one.n);
    check_str(history.changes[1].why, "twice");
    assert_int_equal(history.changes[0].superseded, history.changes[1].recorded);
    DOES(record, evidence_unmark_duplicate(STORE(record), &act, two, STR("two walks")));
    assert_string_equal(standing_now(record, two), "claimed");
    REFUSES(record, evidence_unmark_duplicate(STORE(record), &act, two, STR("")),
            EVIDENCE_STANDING);
    record_close(record);
}

/* ---- merges ---- */

static void a_merge_reads_both_and_can_be_undone(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id too = have_person(record, "A. Sample");
    struct person_id bea = have_person(record, "Bea Sample");
    const struct act act = by(0);
    struct merge_list merges = { 0 };
    struct merge_id merge = { 0 };
    int64_t before;

    (void)state;
    have_entry(record, too, "walk 2026-11-01 2026-11-01 900 - |");
    have_entry(record, ada, "walk 2026-11-03 2026-11-03 90 - |");
    before = position_now(record);
    REFUSES(record, person_merge(STORE(record), &act, ada, ada, STR("same"), &merge), MERGE_SAME);
    REFUSES(record, person_merge(STORE(record), &act, ada, too, STR(" "), &merge), MERGE_WHY);
    DOES(record, person_merge(STORE(record), &act, ada, too, STR("same diploma"), &merge));
    assert_int_equal(rows_at(record, ada, POSITION_NOW).count, 2);
    assert_int_equal(rows_at(record, too, POSITION_NOW).count, 2);
    assert_int_equal(rows_at(record, ada, POSITION_NOW).at[0].person.n, too.n);
    assert_int_equal(rows_at(record, ada, before).count, 1);
    {
        struct evidence_id id;
        REFUSES(record, ADDS(record, ada, "walk 2026-11-01 2026-11-01 600 - |"), EVIDENCE_DAY_FULL);
    }
    REFUSES(record, person_merge(STORE(record), &act, too, bea, STR("x"), &merge), MERGE_CHAIN);
    REFUSES(record, person_merge(STORE(record), &act, bea, ada, STR("x"), &merge), MERGE_CHAIN);
    REFUSES(record, person_merge(STORE(record), &act, too, ada, STR("x"), &merge), MERGE_SAME);
    DOES(record, person_unmerge(STORE(record), &act, merge, STR("two people")));
    REFUSES(record, person_unmerge(STORE(record), &act, merge, STR("again")), MERGE_UNKNOWN);
    assert_int_equal(rows_at(record, ada, POSITION_NOW).count, 1);
    assert_int_equal(rows_at(record, too, POSITION_NOW).count, 1);
    check_ok(record->store, merges_of(STORE(record), too, &merges));
    assert_int_equal(merges.count, 1);
    assert_true(merges.at[0].undone > merges.at[0].recorded);
    record_close(record);
}

/* ---- the dossier ---- */

static void record_fact(struct record *record, struct person_id person, const char *kind,
                        const char *name, const char *value, day from)
{
    const struct act act = by(0);
    const struct person_fact fact = {
        .person = person,
        .kind = str_from_c(kind),
        .name = str_from_c(name),
        .value = str_from_c(value),
        .from = from,
        .until = DAY_LAST,
    };
    struct fact_id id;
    int64_t position = 0;

    DOES(record, journal_append(STORE(record), &act, "fact-recorded",
                                (struct journal_subject){ "person", person.n }, NULL, &position));
    DOES(record, fact_record(record->store, &fact, position, &id));
}

static void a_dossier_is_as_known_at_a_position(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_id id = have_entry(record, ada, "walk 2026-11-01 2026-11-01 90 - | mode slow");
    const struct act act = by_after(ada.n, 2);
    struct fact_list facts = { 0 };
    struct dossier dossier;

    (void)state;
    record_fact(record, ada, FACT_BORN, "", "", 4000);
    record_fact(record, ada, FACT_ANCHOR, "join", "", 15000);
    record_fact(record, ada, FACT_DECLARATION, "promise", "\"2.1\"", 16000);
    record_fact(record, ada, FACT_DECLARATION, "promise", "", 16001);
    record_fact(record, ada, "language", "en", "{}", DAY_FIRST);
    DOES(record, evidence_withdraw(STORE(record), &act, id, STR("not mine")));
    dossier_init(&dossier);
    check_ok(record->store, person_dossier(STORE(record), ada, POSITION_NOW, DAY_NONE, &dossier));
    assert_int_equal(dossier.known, DAY_NONE);
    assert_int_equal(dossier.evidence_count, 1);
    assert_int_equal(dossier.evidence[0].standing, STANDING_WITHDRAWN);
    assert_int_equal(dossier.born, 4000);
    assert_int_equal(dossier.anchor_count, 1);
    check_str(dossier.anchors[0].name, "join");
    assert_int_equal(dossier.anchors[0].on, 15000);
    assert_int_equal(dossier.declaration_count, 2);
    assert_int_equal(dossier.declarations[0].edition.parts, 2);
    assert_int_equal(dossier.declarations[1].edition.parts, 0);
    assert_int_equal(dossier.declarations[1].on, 16001);
    dossier_init(&dossier);
    check_ok(record->store, person_dossier_on(STORE(record), ada, TODAY + 1, &dossier));
    assert_int_equal(dossier.known, TODAY + 1);
    assert_int_equal(dossier.evidence[0].standing, STANDING_CLAIMED);
    dossier_init(&dossier);
    check_ok(record->store, person_dossier_on(STORE(record), ada, TODAY - 1, &dossier));
    assert_int_equal(dossier.evidence_count, 0);
    assert_int_equal(dossier.born, DAY_NONE);
    check_ok(record->store, facts_of(STORE(record), ada, STR("language"), POSITION_NOW, &facts));
    assert_int_equal(facts.count, 1);
    check_ok(record->store, facts_of(STORE(record), ada, STR_NONE, POSITION_NOW, &facts));
    assert_int_equal(facts.count, 5);
    record_close(record);
}

static void a_superseded_fact_is_known_where_it_was(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct act act = by(0);
    struct fact_list facts = { 0 };
    int64_t position = 0;
    int64_t before;

    (void)state;
    record_fact(record, ada, FACT_BORN, "", "", 4000);
    before = position_now(record);
    check_ok(record->store, facts_of(STORE(record), ada, STR(FACT_BORN), before, &facts));
    DOES(record, journal_append(STORE(record), &act, "fact-superseded",
                                (struct journal_subject){ "person", ada.n }, NULL, &position));
    DOES(record, fact_supersede(record->store, facts.at[0].id, position));
    check_ok(record->store, facts_of(STORE(record), ada, STR(FACT_BORN), before, &facts));
    assert_int_equal(facts.count, 1);
    assert_int_equal(facts.at[0].superseded, position);
    check_ok(record->store, facts_of(STORE(record), ada, STR(FACT_BORN), position, &facts));
    assert_int_equal(facts.count, 0);
    record_close(record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_is_a_claim_with_what_was_said),
        cmocka_unit_test(what_the_vocabulary_does_not_have_is_refused),
        cmocka_unit_test(impossible_days_hours_and_references_are_refused),
        cmocka_unit_test(more_than_24_hours_on_a_day_are_refused),
        cmocka_unit_test(a_correction_keeps_what_was_said_before),
        cmocka_unit_test(a_correction_of_an_old_version_is_refused),
        cmocka_unit_test(a_corrected_entry_does_not_take_its_time_twice),
        cmocka_unit_test(a_duplicate_names_the_entry_that_counts),
        cmocka_unit_test(a_merge_reads_both_and_can_be_undone),
        cmocka_unit_test(a_dossier_is_as_known_at_a_position),
        cmocka_unit_test(a_superseded_fact_is_known_where_it_was),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
