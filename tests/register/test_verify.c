/* What verify.h promises, on both engines. */
#include "register/verify.h"

#include "record.h"

static const struct verify_rules STRICT_RULES = { .pairs = false };
static const struct verify_rules LENIENT_RULES = { .pairs = true };

static const char WALK[] = "walk 2026-11-01 2026-11-01 90 m-1 | role leader";

static struct confirmation confirmation_of(struct evidence_id id, enum verifier_role role,
                                           enum standing standing)
{
    return (struct confirmation){ id, 1, role, standing,
                                  standing == STANDING_REJECTED ? STR("not so") : STR("") };
}

static struct witness_id name(struct record *record, struct evidence_id id, enum verifier_role role,
                              struct person_id person)
{
    const struct act act = by(0);
    const struct witness witness = { .evidence = id, .role = role, .person = person };
    struct witness_id named = { 0 };

    DOES(record, witness_add(STORE(record), &act, &witness, &named));
    return named;
}

static void appoint(struct record *record, struct person_id person, enum appointed_role role,
                    enum scope_kind kind, const char *scope)
{
    const struct act act = by(0);
    const struct appointment_wish wish = {
        .person = person,
        .role = role,
        .scope = { kind, str_from_c(scope) },
        .from = TODAY - 10,
        .last = DAY_LAST,
    };
    struct appointment_id id;

    DOES(record, appointment_make(STORE(record), &act, &wish, &id));
}

#define CONFIRMS(record, rules, who, id, role, standing)                                           \
    evidence_confirm(STORE(record), &(const struct act[]){ by((who).n) }[0], rules,                \
                     &(const struct confirmation[]){ confirmation_of(id, role, standing) }[0])

/* ---- by role ---- */

static void whom_an_entry_names_can_confirm_it(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id bea = have_person(record, "Bea Sample");
    struct evidence_id id = have_entry(record, ada, WALK);
    struct evidence_history history = { 0 };
    struct evidence_rows rows = { 0 };

    (void)state;
    REFUSES(record, CONFIRMS(record, &STRICT_RULES, bea, id, VERIFIER_COLLEAGUE, STANDING_VERIFIED),
            VERIFY_NOT_NAMED);
    name(record, id, VERIFIER_COLLEAGUE, bea);
    check_ok(record->store, claims_naming(STORE(record), bea, 10, &rows));
    assert_int_equal(rows.count, 1);
    REFUSES(record, CONFIRMS(record, &STRICT_RULES, bea, id, VERIFIER_REVIEWER, STANDING_VERIFIED),
            VERIFY_NOT_NAMED);
    DOES(record, CONFIRMS(record, &STRICT_RULES, bea, id, VERIFIER_COLLEAGUE, STANDING_VERIFIED));
    check_ok(record->store, evidence_history(STORE(record), id, &history));
    assert_int_equal(history.change_count, 2);
    assert_int_equal(history.changes[1].standing, STANDING_VERIFIED);
    assert_int_equal(history.changes[1].verified_on, TODAY);
    assert_int_equal(history.changes[1].how, HOW_ROLE);
    check_str(history.changes[1].role, "colleague");
    assert_int_equal(history.changes[1].by.n, bea.n);
    check_ok(record->store, claims_naming(STORE(record), bea, 10, &rows));
    assert_int_equal(rows.count, 0);
    record_close(record);
}

static void nobody_confirms_what_they_did_themselves(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id too = have_person(record, "A. Sample");
    struct evidence_id id = have_entry(record, ada, WALK);
    const struct act act = by(0);
    const struct witness herself = { .evidence = id, .role = VERIFIER_COLLEAGUE, .person = ada };
    struct witness_id named;
    struct merge_id merge;

    (void)state;
    REFUSES(record, witness_add(STORE(record), &act, &herself, &named), VERIFY_ONESELF);
    name(record, id, VERIFIER_COLLEAGUE, too);
    appoint(record, ada, APPOINTED_OFFICER, SCOPE_INSTALLATION, "");
    REFUSES(record, CONFIRMS(record, &LENIENT_RULES, ada, id, VERIFIER_OFFICE, STANDING_VERIFIED),
            VERIFY_ONESELF);
    DOES(record, person_merge(STORE(record), &act, ada, too, STR("same"), &merge));
    REFUSES(record,
            CONFIRMS(record, &LENIENT_RULES, too, id, VERIFIER_COLLEAGUE, STANDING_VERIFIED),
            VERIFY_ONESELF);
    record_close(record);
}

static void contacts_confirm_for_what_the_entry_names(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id con = have_person(record, "Con Sample");
    struct person_id org = have_person(record, "Org Sample");
    struct evidence stated = entry(record, "walk 2026-11-01 2026-11-01 90 - |");
    struct evidence_id other = have_entry(record, ada, "walk 2026-11-02 2026-11-02 90 - |");
    const struct act act = by(ada.n);
    const struct witness provider = { .evidence = other,
                                      .role = VERIFIER_PROVIDER,
                                      .scope = { SCOPE_ORGANISATION, STR("7") } };
    const struct witness wrong = { .evidence = other,
                                   .role = VERIFIER_PROVIDER,
                                   .scope = { SCOPE_PROGRAMME, STR("7") } };
    struct evidence_id id = { 0 };
    struct evidence_rows rows = { 0 };
    struct witness_id named;

    (void)state;
    stated.programme = STR("4");
    DOES(record, evidence_add(STORE(record), &act, record->vocabulary, ada, &stated, &id));
    appoint(record, con, APPOINTED_PROGRAMME_CONTACT, SCOPE_PROGRAMME, "4");
    appoint(record, org, APPOINTED_ORGANISATION_CONTACT, SCOPE_ORGANISATION, "7");
    check_ok(
        record->store,
        claims_naming_scope(STORE(record), (struct scope){ SCOPE_PROGRAMME, STR("4") }, 10, &rows));
    assert_int_equal(rows.count, 1);
    REFUSES(record,
            CONFIRMS(record, &STRICT_RULES, con, other, VERIFIER_PROGRAMME, STANDING_VERIFIED),
            VERIFY_NOT_NAMED);
    DOES(record, CONFIRMS(record, &STRICT_RULES, con, id, VERIFIER_PROGRAMME, STANDING_VERIFIED));
    REFUSES(record,
            CONFIRMS(record, &STRICT_RULES, org, other, VERIFIER_PROVIDER, STANDING_VERIFIED),
            VERIFY_NOT_NAMED);
    REFUSES(record, witness_add(STORE(record), &act, &wrong, &named), VERIFY_ROLE);
    DOES(record, witness_add(STORE(record), &act, &provider, &named));
    check_ok(record->store,
             claims_naming_scope(STORE(record), (struct scope){ SCOPE_ORGANISATION, STR("7") }, 10,
                                 &rows));
    assert_int_equal(rows.count, 1);
    DOES(record, CONFIRMS(record, &STRICT_RULES, org, other, VERIFIER_PROVIDER, STANDING_VERIFIED));
    record_close(record);
}

static void whom_is_named_no_more_cannot_confirm(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id bea = have_person(record, "Bea Sample");
    struct evidence_id id = have_entry(record, ada, WALK);
    struct witness_id named = name(record, id, VERIFIER_PARTY, bea);
    const struct act act = by(ada.n);
    struct witness_list list = { 0 };

    (void)state;
    assert_int_equal(name(record, id, VERIFIER_PARTY, bea).n, named.n);
    DOES(record, witness_remove(STORE(record), &act, named));
    check_ok(record->store, witnesses_of(STORE(record), id, &list));
    assert_int_equal(list.count, 0);
    REFUSES(record, CONFIRMS(record, &STRICT_RULES, bea, id, VERIFIER_PARTY, STANDING_VERIFIED),
            VERIFY_NOT_NAMED);
    REFUSES(record, witness_remove(STORE(record), &act, named), EVIDENCE_UNKNOWN);
    record_close(record);
}

static void pairs_that_confirm_each_other_are_refused(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id bea = have_person(record, "Bea Sample");
    struct person_id cid = have_person(record, "Cid Sample");
    struct evidence_id hers = have_entry(record, ada, WALK);
    struct evidence_id his = have_entry(record, cid, WALK);
    struct evidence_id theirs = have_entry(record, bea, WALK);
    struct verify_pair *pairs;
    size_t count;

    (void)state;
    name(record, hers, VERIFIER_COLLEAGUE, bea);
    name(record, theirs, VERIFIER_COLLEAGUE, ada);
    name(record, theirs, VERIFIER_COLLEAGUE, cid);
    name(record, his, VERIFIER_COLLEAGUE, ada);
    DOES(record, CONFIRMS(record, &STRICT_RULES, bea, hers, VERIFIER_COLLEAGUE, STANDING_VERIFIED));
    REFUSES(record,
            CONFIRMS(record, &STRICT_RULES, ada, theirs, VERIFIER_COLLEAGUE, STANDING_VERIFIED),
            VERIFY_PAIR);
    /* A confirms C confirms B confirms A: a longer ring is none. */
    DOES(record, CONFIRMS(record, &STRICT_RULES, ada, his, VERIFIER_COLLEAGUE, STANDING_VERIFIED));
    DOES(record,
         CONFIRMS(record, &STRICT_RULES, cid, theirs, VERIFIER_COLLEAGUE, STANDING_VERIFIED));
    check_ok(record->store, verify_pairs(STORE(record), 10, &pairs, &count));
    assert_int_equal(count, 0);
    theirs = have_entry(record, bea, "walk 2026-11-05 2026-11-05 90 - |");
    name(record, theirs, VERIFIER_COLLEAGUE, ada);
    DOES(record,
         CONFIRMS(record, &LENIENT_RULES, ada, theirs, VERIFIER_COLLEAGUE, STANDING_VERIFIED));
    check_ok(record->store, verify_pairs(STORE(record), 10, &pairs, &count));
    assert_int_equal(count, 1);
    assert_int_equal(pairs[0].low.n, ada.n);
    assert_int_equal(pairs[0].high.n, bea.n);
    assert_int_equal(pairs[0].of_low, 1);
    record_close(record);
}

static void what_was_decided_only_the_same_or_the_office_changes(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id bea = have_person(record, "Bea Sample");
    struct person_id cid = have_person(record, "Cid Sample");
    struct person_id off = have_person(record, "Off Sample");
    struct evidence_id id = have_entry(record, ada, WALK);
    const struct act act = by(bea.n);
    const struct confirmation silent = { id, 1, VERIFIER_PARTY, STANDING_REJECTED, STR(" ") };

    (void)state;
    name(record, id, VERIFIER_PARTY, bea);
    name(record, id, VERIFIER_PARTY, cid);
    appoint(record, off, APPOINTED_OFFICER, SCOPE_INSTALLATION, "");
    REFUSES(record, evidence_confirm(STORE(record), &act, &STRICT_RULES, &silent), VERIFY_WHY);
    DOES(record, CONFIRMS(record, &STRICT_RULES, bea, id, VERIFIER_PARTY, STANDING_REJECTED));
    assert_string_equal(standing_now(record, id), "rejected");
    REFUSES(record, CONFIRMS(record, &STRICT_RULES, cid, id, VERIFIER_PARTY, STANDING_VERIFIED),
            EVIDENCE_STANDING);
    REFUSES(record, CONFIRMS(record, &STRICT_RULES, bea, id, VERIFIER_PARTY, STANDING_REJECTED),
            EVIDENCE_STANDING);
    DOES(record, CONFIRMS(record, &STRICT_RULES, bea, id, VERIFIER_PARTY, STANDING_VERIFIED));
    REFUSES(record, CONFIRMS(record, &STRICT_RULES, cid, id, VERIFIER_OFFICE, STANDING_REJECTED),
            VERIFY_NOT_NAMED);
    DOES(record, CONFIRMS(record, &STRICT_RULES, off, id, VERIFIER_OFFICE, STANDING_REJECTED));
    assert_string_equal(standing_now(record, id), "rejected");
    record_close(record);
}

static void a_correction_makes_what_was_confirmed_a_claim_again(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id bea = have_person(record, "Bea Sample");
    struct evidence_id id = have_entry(record, ada, WALK);
    struct evidence better = entry(record, "walk 2026-11-01 2026-11-01 120 m-1 | role leader");
    const struct act act = by(ada.n);

    (void)state;
    name(record, id, VERIFIER_COLLEAGUE, bea);
    DOES(record, CONFIRMS(record, &STRICT_RULES, bea, id, VERIFIER_COLLEAGUE, STANDING_VERIFIED));
    DOES(record,
         evidence_correct(STORE(record), &act, record->vocabulary, id, 1, &better, STR("longer")));
    assert_string_equal(standing_now(record, id), "claimed");
    REFUSES(record, CONFIRMS(record, &STRICT_RULES, bea, id, VERIFIER_COLLEAGUE, STANDING_VERIFIED),
            EVIDENCE_CHANGED);
    record_close(record);
}

/* ---- by link ---- */

static struct verification_wish wish_of(struct person_id person, const struct evidence_id *entries,
                                        size_t count, const char *secret)
{
    return (struct verification_wish){
        .person = person,
        .entries = entries,
        .entry_count = count,
        .role = VERIFIER_COLLEAGUE,
        .name = STR("Dee Sample"),
        .address = STR("dee@sample.example"),
        .digest = sha256(str_from_c(secret)),
        .until = NOW + INT64_C(1000000),
    };
}

static void a_link_shows_what_must_be_confirmed_and_no_more(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct evidence_id ids[] = {
        have_entry(record, ada, WALK),
        have_entry(record, ada, "walk 2026-10-01 2026-10-01 60 m-2 | mode fast"),
    };
    struct evidence_id hidden = have_entry(record, ada, "course 2026-10-03 2026-10-03 60 - |");
    struct verification_wish wish = wish_of(ada, ids, 2, "secret");
    const struct act act = by(ada.n);
    struct verification_id id = { 0 };
    struct verification seen = { 0 };

    (void)state;
    DOES(record, verification_ask(STORE(record), &act, &STRICT_RULES, &wish, &id));
    check_ok(record->store, verification_look(STORE(record), NOW, &wish.digest, &seen));
    check_str(seen.person_name, "Ada Sample");
    assert_int_equal(seen.role, VERIFIER_COLLEAGUE);
    assert_int_equal(seen.entry_count, 2);
    for (size_t i = 0; i < seen.entry_count; i++) {
        assert_int_not_equal(seen.entries[i].id.n, hidden.n);
        assert_null(seen.entries[i].says.matter.p);
        assert_int_equal(seen.entries[i].state, ASKED_OPEN);
    }
    check_str(evidence_fact(&seen.entries[0].says, STR("mode")), "fast");
    check_fails(record->store, verification_look(STORE(record), wish.until, &wish.digest, &seen),
                VERIFY_LINK);
    wish.digest = sha256(STR("guess"));
    check_fails(record->store, verification_look(STORE(record), NOW, &wish.digest, &seen),
                VERIFY_LINK);
    record_close(record);
}

static void a_link_is_answered_once(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct evidence_id ids[] = {
        have_entry(record, ada, WALK),
        have_entry(record, ada, "walk 2026-10-01 2026-10-01 60 m-2 | mode fast"),
        have_entry(record, ada, "walk 2026-10-02 2026-10-02 60 m-2 | mode fast"),
        have_entry(record, ada, "walk 2026-10-05 2026-10-05 60 m-2 | mode fast"),
    };
    const struct entry_answer answers[] = {
        { ids[0], ANSWER_VERIFIED },
        { ids[1], ANSWER_REJECTED },
        { ids[3], ANSWER_VERIFIED },
    };
    const struct entry_answer strange[] = { { { 99 }, ANSWER_VERIFIED } };
    struct evidence better = entry(record, "walk 2026-10-05 2026-10-05 61 m-2 | mode fast");
    struct verification_wish wish = wish_of(ada, ids, 4, "secret");
    const struct act act = by(ada.n);
    struct act answering = by(0);
    struct evidence_history history = { 0 };
    struct verification_row *rows;
    struct verification_id id = { 0 };
    size_t count = 0;

    (void)state;
    answering.actor = ACTOR_PERSON;
#define ANSWERS_LINK(who, list, n, why)                                                            \
    verification_answer(STORE(record), who, &STRICT_RULES, &wish.digest, list, n, why)
    DOES(record, verification_ask(STORE(record), &act, &STRICT_RULES, &wish, &id));
    DOES(record,
         evidence_correct(STORE(record), &act, record->vocabulary, ids[3], 1, &better, STR("")));
    REFUSES(record, ANSWERS_LINK(&act, answers, 3, STR("")), VERIFY_ONESELF);
    REFUSES(record, ANSWERS_LINK(&answering, strange, 1, STR("")), VERIFY_ENTRIES);
    REFUSES(record, ANSWERS_LINK(&answering, answers, 3, STR("")), VERIFY_WHY);
    DOES(record, ANSWERS_LINK(&answering, answers, 3, STR("I was not there")));
    REFUSES(record, ANSWERS_LINK(&answering, answers, 3, STR("I was not there")), VERIFY_LINK);
    assert_string_equal(standing_now(record, ids[0]), "verified");
    assert_string_equal(standing_now(record, ids[1]), "rejected");
    assert_string_equal(standing_now(record, ids[2]), "claimed");
    assert_string_equal(standing_now(record, ids[3]), "claimed"); /* it says something else now */
    check_ok(record->store, evidence_history(STORE(record), ids[1], &history));
    assert_int_equal(history.changes[1].how, HOW_LINK);
    check_str(history.changes[1].by_name, "Dee Sample");
    check_str(history.changes[1].why, "I was not there");
    assert_int_equal(history.changes[1].verification, id.n);
    check_ok(record->store, verifications_of(STORE(record), ada, 10, &rows, &count));
    assert_int_equal(count, 1);
    assert_true(rows[0].answered);
    assert_int_equal(rows[0].entries, 4);
    assert_int_equal(rows[0].verified, 1);
    assert_int_equal(rows[0].rejected, 1);
    record_close(record);
}

static void a_link_that_was_called_back_works_no_more(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    const struct evidence_id ids[] = { have_entry(record, ada, WALK) };
    struct verification_wish wish = wish_of(ada, ids, 1, "secret");
    struct verification_wish again = wish_of(ada, ids, 1, "other");
    const struct act act = by(ada.n);
    struct verification_id id = { 0 };
    struct verification seen;

    (void)state;
    DOES(record, verification_ask(STORE(record), &act, &STRICT_RULES, &wish, &id));
    REFUSES(record, verification_ask(STORE(record), &act, &STRICT_RULES, &again, &id), VERIFY_OPEN);
    DOES(record, verification_cancel(STORE(record), &act, id));
    REFUSES(record, verification_cancel(STORE(record), &act, id), VERIFY_LINK);
    check_fails(record->store, verification_look(STORE(record), NOW, &wish.digest, &seen),
                VERIFY_LINK);
    DOES(record, verification_ask(STORE(record), &act, &STRICT_RULES, &again, &id));
    record_close(record);
}

static void what_cannot_be_asked_is_refused(void **state)
{
    struct record *record = record_open();
    struct person_id ada = have_person(record, "Ada Sample");
    struct person_id bea = have_person(record, "Bea Sample");
    const struct evidence_id twice[] = { have_entry(record, ada, WALK), { 1 } };
    const struct evidence_id hers[] = { have_entry(record, bea, WALK) };
    struct verification_wish wish = wish_of(ada, twice, 1, "secret");
    const struct act act = by(ada.n);
    struct verification_id id;

    (void)state;
#define ASKS() verification_ask(STORE(record), &act, &STRICT_RULES, &wish, &id)
    wish.role = VERIFIER_OFFICE;
    REFUSES(record, ASKS(), VERIFY_ROLE);
    wish.role = VERIFIER_PARTY;
    wish.address = STR("dee");
    REFUSES(record, ASKS(), VERIFY_NAME);
    wish.address = STR("dee@sample.example");
    wish.name = STR("");
    REFUSES(record, ASKS(), VERIFY_NAME);
    wish.name = STR("Dee Sample");
    wish.verifier = ada;
    REFUSES(record, ASKS(), VERIFY_ONESELF);
    wish.verifier.n = 0;
    wish.entry_count = 2;
    REFUSES(record, ASKS(), VERIFY_ENTRIES);
    wish.entry_count = 0;
    REFUSES(record, ASKS(), VERIFY_ENTRIES);
    wish.entries = hers;
    wish.entry_count = 1;
    REFUSES(record, ASKS(), VERIFY_ENTRIES);
    name(record, hers[0], VERIFIER_PARTY, ada);
    DOES(record, CONFIRMS(record, &STRICT_RULES, ada, hers[0], VERIFIER_PARTY, STANDING_VERIFIED));
    wish.entries = twice;
    wish.verifier = bea;
    REFUSES(record, ASKS(), VERIFY_PAIR);
    record_close(record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whom_an_entry_names_can_confirm_it),
        cmocka_unit_test(nobody_confirms_what_they_did_themselves),
        cmocka_unit_test(contacts_confirm_for_what_the_entry_names),
        cmocka_unit_test(whom_is_named_no_more_cannot_confirm),
        cmocka_unit_test(pairs_that_confirm_each_other_are_refused),
        cmocka_unit_test(what_was_decided_only_the_same_or_the_office_changes),
        cmocka_unit_test(a_correction_makes_what_was_confirmed_a_claim_again),
        cmocka_unit_test(a_link_shows_what_must_be_confirmed_and_no_more),
        cmocka_unit_test(a_link_is_answered_once),
        cmocka_unit_test(a_link_that_was_called_back_works_no_more),
        cmocka_unit_test(what_cannot_be_asked_is_refused),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
