/* What opinion.h and audit.h promise, on both engines. */
#include "register/opinion.h"

#include <stdio.h>
#include <string.h>

#include "record.h"
#include "register/audit.h"

static const struct verify_rules RULES = { .pairs = false };

static struct opinion_wish wish_of(struct record *record, struct person_id person,
                                   const char *address, bool confidential)
{
    return (struct opinion_wish){
        .person = person,
        .says = entry(record, "praise 2026-01-01 2026-01-01 - m-1 | giver party"),
        .name = STR("Dee Sample"),
        .address = str_from_c(address),
        .confidential = confidential,
        .digest = sha256(str_from_c(address)),
        .until = NOW + INT64_C(1000000),
    };
}

static struct act visitor(void)
{
    struct act act = by(0);

    act.actor = ACTOR_PERSON;
    return act;
}

#define ASKS(record, who, wish)                                                                    \
    opinion_ask(STORE(record), &(const struct act[]){ by((who).n) }[0], (record)->vocabulary,      \
                &RULES, wish, &asked)
#define GIVES(record, wish, text)                                                                  \
    opinion_give(STORE(record), &(const struct act[]){ visitor() }[0], &RULES, &(wish).digest,     \
                 STR(text), &given)

static void an_opinion_becomes_a_verified_entry(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct opinion_wish wish = wish_of(record, ada, "dee@sample.example", false);
    struct opinion_request *requests;
    struct opinion_asked seen = { 0 };
    struct evidence_row row = { 0 };
    struct opinion *opinions;
    struct opinion_id asked;
    struct evidence_id given = { 0 };
    size_t count = 0;

    (void)state;
    DOES(record, ASKS(record, ada, &wish));
    check_ok(record->store, opinion_look(STORE(record), NOW, &wish.digest, &seen));
    check_str(seen.person_name, "Ada Sample");
    check_str(seen.kind, "praise");
    DOES(record, GIVES(record, wish, "Listened well."));
    REFUSES(record, GIVES(record, wish, "Again."), OPINION_LINK);
    check_ok(record->store, evidence_load(STORE(record), given, &row));
    assert_int_equal(row.says.standing, STANDING_VERIFIED);
    assert_int_equal(row.says.end, TODAY);
    check_str(row.says.matter, "m-1");
    check_str(evidence_fact(&row.says, STR("giver")), "party");
    check_ok(record->store,
             opinions_given(STORE(record), ada, OPINION_SUBJECT, 10, &opinions, &count));
    assert_int_equal(count, 1);
    check_str(opinions[0].name, "Dee Sample");
    check_str(opinions[0].text, "Listened well.");
    check_ok(record->store,
             opinions_asked(STORE(record), ada, OPINION_SUBJECT, 10, &requests, &count));
    assert_true(requests[0].told && requests[0].given);
    record_close(record);
}

static void who_said_what_stays_confidential(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct opinion_wish wish = wish_of(record, ada, "dee@sample.example", true);
    struct evidence_history history = { 0 };
    struct opinion_request *requests;
    struct opinion *opinions;
    struct opinion_id asked;
    struct evidence_id given = { 0 };
    size_t count = 0;

    (void)state;
    wish.giver = have_person(record, "Dee Sample");
    DOES(record, ASKS(record, ada, &wish));
    DOES(record, GIVES(record, wish, "Spoke too much."));
    check_ok(record->store,
             opinions_given(STORE(record), ada, OPINION_SUBJECT, 10, &opinions, &count));
    assert_int_equal(count, 1);
    assert_null(opinions[0].name.p);
    assert_int_equal(opinions[0].id.n, 0);
    check_str(opinions[0].text, "Spoke too much.");
    check_ok(record->store,
             opinions_asked(STORE(record), ada, OPINION_SUBJECT, 10, &requests, &count));
    assert_false(requests[0].told);
    assert_false(requests[0].given);
    check_ok(record->store, evidence_history(STORE(record), given, &history));
    assert_int_equal(history.changes[0].by.n, 0);
    assert_null(history.changes[0].by_name.p);
    assert_int_equal(ask(record->store, "SELECT count(*) FROM journal WHERE operation ="
                                        " 'opinion-given' AND subject_kind = 'person'"),
                     0);
    check_ok(record->store,
             opinions_given(STORE(record), ada, OPINION_OFFICE, 10, &opinions, &count));
    check_str(opinions[0].name, "Dee Sample");
    check_ok(record->store,
             opinions_asked(STORE(record), ada, OPINION_OFFICE, 10, &requests, &count));
    assert_true(requests[0].given);
    record_close(record);
}

static void opinions_of_oneself_and_wrong_ones_are_refused(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct opinion_wish wish = wish_of(record, ada, "dee@sample.example", false);
    struct opinion_wish again = wish;
    struct evidence_id given;
    struct opinion_id asked;

    (void)state;
    wish.giver = ada;
    REFUSES(record, ASKS(record, ada, &wish), VERIFY_ONESELF);
    wish.giver.n = 0;
    wish.address = STR("dee");
    REFUSES(record, ASKS(record, ada, &wish), VERIFY_NAME);
    wish = again;
    wish.says.kind = STR("applause");
    REFUSES(record, ASKS(record, ada, &wish), EVIDENCE_VOCABULARY);
    wish = again;
    DOES(record, ASKS(record, ada, &wish));
    again.digest = sha256(STR("other"));
    REFUSES(record, ASKS(record, ada, &again), OPINION_OPEN);
    REFUSES(record, GIVES(record, wish, " "), OPINION_TEXT);
    {
        const struct act herself = by(ada.n);
        REFUSES(
            record,
            opinion_give(STORE(record), &herself, &RULES, &wish.digest, STR("Splendid."), &given),
            VERIFY_ONESELF);
        DOES(record, opinion_cancel(STORE(record), &herself, asked));
        REFUSES(record, opinion_cancel(STORE(record), &herself, asked), OPINION_LINK);
    }
    REFUSES(record, GIVES(record, wish, "Late."), OPINION_LINK);
    record_close(record);
}

/* ---- audits ---- */

static struct audit_wish audit_of(const char *seed, size_t wanted)
{
    return (struct audit_wish){
        .seed = str_from_c(seed),
        .any_standing = true,
        .from = DAY_FIRST,
        .until = DAY_LAST,
        .wanted = wanted,
        .position = POSITION_NOW,
    };
}

/* Worked out by hand: sha256sum of the text that audit.h describes. */
static void a_lot_is_as_it_is_documented(void **state)
{
    char hex[SHA256_HEX_SIZE];
    struct sha256_digest again = sha256(STR("assay audit 1\nwinter draw\n17"));
    struct sha256_digest lot = audit_lot(STR("winter draw"), (struct evidence_id){ 17 });

    (void)state;
    assert_memory_equal(lot.bytes, again.bytes, sizeof(lot.bytes));
    assert_string_equal(sha256_hex(lot, hex),
                        "a6e88205eee1318d7071c4a8529427a988e32ab4ad397ffb870d7191837e6de1");
}

static void a_sample_can_be_drawn_again(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct audit_wish wish = audit_of("winter draw", 5);
    struct audit_sample one = { 0 };
    struct audit_sample two = { 0 };

    (void)state;
    for (int i = 1; i <= 20; i++) {
        char line[100];
        snprintf(line, sizeof(line), "%s 2026-10-%02d 2026-10-%02d 60 - |",
                 i % 2 ? "walk" : "course", i, i);
        have_entry(record, ada, line);
    }
    check_ok(record->store, audit_draw(STORE(record), &wish, &one));
    assert_int_equal(one.population, 20);
    assert_int_equal(one.count, 5);
    for (size_t i = 1; i < one.count; i++) {
        struct sha256_digest a = audit_lot(wish.seed, one.at[i - 1]);
        struct sha256_digest b = audit_lot(wish.seed, one.at[i]);
        assert_true(memcmp(a.bytes, b.bytes, sizeof(a.bytes)) < 0);
    }
    /* A larger sample begins with the smaller, and nothing outside it has a smaller lot. */
    wish.wanted = 20;
    check_ok(record->store, audit_draw(STORE(record), &wish, &two));
    for (size_t i = 0; i < one.count; i++)
        assert_int_equal(one.at[i].n, two.at[i].n);
    wish.kind = STR("walk");
    check_ok(record->store, audit_draw(STORE(record), &wish, &two));
    assert_int_equal(two.population, 10);
    wish.from = TODAY - 40;
    check_ok(record->store, audit_draw(STORE(record), &wish, &two));
    assert_int_equal(two.population, 3);
    wish.any_standing = false;
    wish.standing = STANDING_VERIFIED;
    check_fails(record->store, audit_draw(STORE(record), &wish, &two), AUDIT_SIZE);
    wish.seed = STR(" ");
    check_fails(record->store, audit_draw(STORE(record), &wish, &two), AUDIT_SEED);
    record_close(record);
}

static void an_audit_keeps_its_sample_and_results(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct evidence_id id = have_entry(record, ada, "walk 2026-10-01 2026-10-01 60 - |");
    struct audit_wish wish = audit_of("winter draw", 5);
    struct audit_sample sample = { 0 };
    const struct act act = by(0);
    struct audit audit = { 0 };
    struct audit_id opened = { 0 };

    (void)state;
    wish.kind = STR("walk");
    check_ok(record->store, audit_draw(STORE(record), &wish, &sample));
    DOES(record, audit_open(STORE(record), &act, &wish, &sample, &opened));
    check_ok(record->store, audit_load(STORE(record), opened, &audit));
    check_str(audit.wish.seed, "winter draw");
    check_str(audit.wish.kind, "walk");
    assert_true(audit.wish.any_standing);
    assert_int_equal(audit.wish.position, audit.drawn - 1);
    assert_int_equal(audit.population, 1);
    assert_int_equal(audit.entry_count, 1);
    assert_int_equal(audit.entries[0].evidence.n, id.n);
    assert_int_equal(audit.entries[0].result, AUDIT_WAITING);
    REFUSES(record, audit_close(STORE(record), &act, opened, 2, AUDIT_IN_ORDER, STR("")),
            AUDIT_UNKNOWN);
    DOES(record,
         audit_close(STORE(record), &act, opened, 1, AUDIT_NOT_IN_ORDER, STR("no minutes")));
    REFUSES(record, audit_close(STORE(record), &act, opened, 1, AUDIT_IN_ORDER, STR("")),
            AUDIT_RESULT);
    check_ok(record->store, audit_load(STORE(record), opened, &audit));
    assert_int_equal(audit.entries[0].result, AUDIT_NOT_IN_ORDER);
    check_str(audit.entries[0].note, "no minutes");
    opened.n = 9;
    check_fails(record->store, audit_load(STORE(record), opened, &audit), AUDIT_UNKNOWN);
    record_close(record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_opinion_becomes_a_verified_entry),
        cmocka_unit_test(who_said_what_stays_confidential),
        cmocka_unit_test(opinions_of_oneself_and_wrong_ones_are_refused),
        cmocka_unit_test(a_lot_is_as_it_is_documented),
        cmocka_unit_test(a_sample_can_be_drawn_again),
        cmocka_unit_test(an_audit_keeps_its_sample_and_results),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
