/* What account/asking.h promises, on both engines. */
#include "account/asking.h"

#include "account/token.h"
#include "criteria/library.h"
#include "setting.h"

static const struct verify_rules STRICT_RULES = { .pairs = false };

static const char words[] = "vocabulary walks 1 {\n"
                            "  record walk \"Walk\" { field role of leader, helper }\n"
                            "  record praise \"Praise\" { field giver of party, member }\n"
                            "}\n";
static const struct source source = { STR("walks.vocabulary"), { words, sizeof(words) - 1 } };

static const struct vocabulary *vocabulary_of(struct setting *s)
{
    struct library *library = library_new(ARENA(s));
    struct diags diags;

    diags_init(&diags, ARENA(s));
    library_add(library, &source, &diags);
    assert_false(failed(library_finish(library, &diags)));
    return library_vocabulary_at(library, 0);
}

static struct evidence_id have_walk(struct setting *s, struct person_id person)
{
    const struct act act = person_at(person, 0);
    const struct evidence walk = {
        .kind = STR("walk"),
        .start = act_day(&act) - 3,
        .end = act_day(&act) - 3,
        .hours = 60,
        .days = -1,
    };
    struct evidence_id id = { 0 };

    DOES(s, evidence_add(s->store, ARENA(s), &act, vocabulary_of(s), person, &walk, &id));
    return id;
}

static struct verification_wish wish_of(struct person_id person, const struct evidence_id *id,
                                        const char *address)
{
    return (struct verification_wish){
        .person = person,
        .entries = id,
        .entry_count = 1,
        .role = VERIFIER_COLLEAGUE,
        .name = STR("Dee Sample"),
        .address = str_from_c(address),
    };
}

#define MAILS(s, who, wish)                                                                        \
    verification_mail((s)->store, ARENA(s), &(const struct act[]){ person_at(who, 0) }[0],         \
                      &STRICT_RULES, wish, &id, &token)

static void a_link_in_a_letter_confirms(void **state)
{
    struct setting *s = setting_open();
    struct account_id account;
    struct person_id ada = have_member(s, "ada@sample.example", &account);
    struct evidence_id walk = have_walk(s, ada);
    struct verification_wish wish = wish_of(ada, &walk, "dee@sample.example");
    const struct entry_answer answer = { walk, ANSWER_VERIFIED };
    struct act visitor = nobody_at(0);
    struct evidence_row row = { 0 };
    struct sha256_digest digest;
    struct verification_id id;
    struct str token = STR_NONE;

    (void)state;
    DOES(s, MAILS(s, ada, &wish));
    assert_int_equal(ask(s->store, "SELECT count(*) FROM outbox WHERE template ="
                                   " 'verification-asked' AND address = 'dee@sample.example'"),
                     1);
    digest = token_digest(token);
    DOES(s, verification_answer(s->store, ARENA(s), &visitor, &STRICT_RULES, &digest, &answer, 1,
                                STR("")));
    check_ok(s->store, evidence_load(s->store, ARENA(s), walk, &row));
    assert_int_equal(row.says.standing, STANDING_VERIFIED);
    setting_close(s);
}

static void ones_own_address_is_refused(void **state)
{
    struct setting *s = setting_open();
    struct account_id account;
    struct person_id ada = have_member(s, "ada@sample.example", &account);
    struct evidence_id walk = have_walk(s, ada);
    struct verification_wish wish = wish_of(ada, &walk, "ADA@sample.example");
    struct verification_id id;
    struct str token;

    (void)state;
    REFUSES(s, MAILS(s, ada, &wish), VERIFY_ONESELF);
    setting_close(s);
}

static void asking_for_somebody_else_is_refused(void **state)
{
    struct setting *s = setting_open();
    struct account_id account;
    struct person_id ada = have_member(s, "ada@sample.example", &account);
    struct person_id bea = have_member(s, "bea@sample.example", &account);
    struct evidence_id walk = have_walk(s, ada);
    struct verification_wish wish = wish_of(ada, &walk, "dee@sample.example");
    struct verification_id id;
    struct str token;

    (void)state;
    REFUSES(s, MAILS(s, bea, &wish), ACCOUNT_NOT_PERMITTED);
    setting_close(s);
}

/* Whoever has the address is known, so that the second of a pair is refused. */
static void a_pair_is_found_by_its_addresses(void **state)
{
    struct setting *s = setting_open();
    struct account_id account;
    struct person_id ada = have_member(s, "ada@sample.example", &account);
    struct person_id bea = have_member(s, "bea@sample.example", &account);
    struct evidence_id hers = have_walk(s, ada);
    struct evidence_id theirs = have_walk(s, bea);
    struct verification_wish wish = wish_of(ada, &hers, "bea@sample.example");
    struct verification_wish back = wish_of(bea, &theirs, "ada@sample.example");
    const struct entry_answer answer = { hers, ANSWER_VERIFIED };
    struct act visitor = nobody_at(0);
    struct sha256_digest digest;
    struct verification_id id;
    struct str token = STR_NONE;

    (void)state;
    DOES(s, MAILS(s, ada, &wish));
    digest = token_digest(token);
    DOES(s, verification_answer(s->store, ARENA(s), &visitor, &STRICT_RULES, &digest, &answer, 1,
                                STR("")));
    REFUSES(s, MAILS(s, bea, &back), VERIFY_PAIR);
    setting_close(s);
}

static void an_opinion_is_asked_for_by_letter(void **state)
{
    struct setting *s = setting_open();
    struct account_id account;
    struct person_id ada = have_member(s, "ada@sample.example", &account);
    const struct act act = person_at(ada, 0);
    struct opinion_wish wish = {
        .person = ada,
        .says = { .kind = STR("praise") },
        .name = STR("Dee Sample"),
        .address = STR("dee@sample.example"),
    };
    struct act visitor = nobody_at(0);
    struct sha256_digest digest;
    struct evidence_id given;
    struct opinion_id id;
    struct str token = STR_NONE;

    (void)state;
    DOES(s, opinion_mail(s->store, ARENA(s), &act, vocabulary_of(s), &STRICT_RULES, &wish, &id,
                         &token));
    assert_int_equal(ask(s->store, "SELECT count(*) FROM outbox WHERE template ="
                                   " 'opinion-asked' AND address = 'dee@sample.example'"),
                     1);
    digest = token_digest(token);
    DOES(s,
         opinion_give(s->store, ARENA(s), &visitor, &STRICT_RULES, &digest, STR("Good."), &given));
    setting_close(s);
}

static void only_officers_decide_for_the_office(void **state)
{
    struct setting *s = setting_open();
    struct account_id account;
    struct person_id ada = have_member(s, "ada@sample.example", &account);
    struct person_id chair = have_role(s, "bea@sample.example", APPOINTED_CHAIR,
                                       (struct scope){ SCOPE_BODY, STR("ethics") });
    struct person_id officer = have_role(s, "cid@sample.example", APPOINTED_OFFICER, SCOPE_ALL);
    const struct act by_chair = person_at(chair, 0);
    const struct act by_officer = person_at(officer, 0);
    struct confirmation verdict = { have_walk(s, ada), 1, VERIFIER_OFFICE, STANDING_VERIFIED,
                                    STR("") };

    (void)state;
    REFUSES(s, evidence_confirm_permitted(s->store, ARENA(s), &by_chair, &STRICT_RULES, &verdict),
            ACCOUNT_NOT_PERMITTED);
    DOES(s, evidence_confirm_permitted(s->store, ARENA(s), &by_officer, &STRICT_RULES, &verdict));
    verdict.role = VERIFIER_PARTY;
    verdict.standing = STANDING_REJECTED;
    verdict.why = STR("not so");
    REFUSES(s, evidence_confirm_permitted(s->store, ARENA(s), &by_chair, &STRICT_RULES, &verdict),
            VERIFY_NOT_NAMED);
    setting_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_link_in_a_letter_confirms),
        cmocka_unit_test(ones_own_address_is_refused),
        cmocka_unit_test(asking_for_somebody_else_is_refused),
        cmocka_unit_test(a_pair_is_found_by_its_addresses),
        cmocka_unit_test(an_opinion_is_asked_for_by_letter),
        cmocka_unit_test(only_officers_decide_for_the_office),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
