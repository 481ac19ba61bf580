/* How an account becomes that of a person. */
#include <string.h>

#include "account/history.h"
#include "setting.h"

#define ADA "ada@sample.example"
#define BOB "bob@sample.example"

static struct str invite(struct setting *s, struct person_id person, const char *address)
{
    const struct act act = command_at(0);
    struct str token = STR_NONE;

    DOES(s, person_invite(s->store, ARENA(s), &act, person, str_from_c(address), &token));
    return token;
}

static struct claim_id ask_claim(struct setting *s, struct account_id account)
{
    const struct act act = nobody_at(0);
    struct refusal refusal = { 0 };
    struct claim_id claim = { 0 };

    DOES(s, claim_ask(s->store, ARENA(s), &act, account, STR("Ada Sample"), STR("My passport."),
                      &refusal, &claim));
    assert_null(refusal.error);
    return claim;
}

/* ---- invitations ---- */

static void an_invitation_makes_an_account_of_a_person(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(14 * DAYS - 1);
    struct person_id person = have_person(s, "Ada Sample");
    struct account account;
    struct sign_in in;

    (void)state;
    invite(s, person, ADA);
    assert_string_equal(letter_to(s, ADA)->template, "invitation");
    assert_int_equal(letter_to(s, ADA)->about, person.n);
    DOES(s, claim_by_link(s->store, ARENA(s), &act, &RULES, NULL, token_to(s, ADA), &HERE, &in));
    check_ok(s->store, account_of_person(s->store, ARENA(s), person, &account));
    assert_int_equal(account.id.n, in.account.n);
    assert_int_equal(have_session(s, in.token, 14 * DAYS).person.n, person.n);
    setting_close(s);
}

static void an_invitation_works_once_and_for_two_weeks(void **state)
{
    struct setting *s = setting_open();
    const struct act late = nobody_at(14 * DAYS);
    const struct act act = nobody_at(0);
    struct str token = invite(s, have_person(s, "Ada Sample"), ADA);
    struct sign_in in;

    (void)state;
    REFUSES(s, claim_by_link(s->store, ARENA(s), &late, &RULES, NULL, token, &HERE, &in),
            ACCOUNT_LINK);
    DOES(s, claim_by_link(s->store, ARENA(s), &act, &RULES, NULL, token, &HERE, &in));
    REFUSES(s, claim_by_link(s->store, ARENA(s), &act, &RULES, NULL, token, &HERE, &in),
            ACCOUNT_LINK);
    setting_close(s);
}

static void a_second_invitation_makes_the_first_useless(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct person_id person = have_person(s, "Ada Sample");
    struct str first = invite(s, person, ADA);
    struct str second = invite(s, person, BOB);
    struct sign_in in;

    (void)state;
    REFUSES(s, claim_by_link(s->store, ARENA(s), &act, &RULES, NULL, first, &HERE, &in),
            ACCOUNT_LINK);
    DOES(s, claim_by_link(s->store, ARENA(s), &act, &RULES, NULL, second, &HERE, &in));
    setting_close(s);
}

static void an_invited_address_with_an_account_signs_in_first(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct sign_in ada = have_account(s, ADA);
    struct session session = have_session(s, ada.token, 0);
    struct str token = invite(s, have_person(s, "Ada Sample"), ADA);
    struct sign_in in;

    (void)state;
    REFUSES(s, claim_by_link(s->store, ARENA(s), &act, &RULES, NULL, token, &HERE, &in),
            ACCOUNT_SIGN_IN_FIRST);
    DOES(s, claim_by_link(s->store, ARENA(s), &act, &RULES, &session, token, &HERE, &in));
    assert_int_equal(in.account.n, ada.account.n);
    assert_null(in.token.p);
    setting_close(s);
}

static void an_account_of_one_person_claims_no_other(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct account_id account;
    struct session session = { 0 };
    struct str token;
    struct sign_in in;

    (void)state;
    have_member(s, ADA, &account);
    session.account = account;
    token = invite(s, have_person(s, "Bob Sample"), BOB);
    REFUSES(s, claim_by_link(s->store, ARENA(s), &act, &RULES, &session, token, &HERE, &in),
            ACCOUNT_HAS_PERSON);
    setting_close(s);
}

static void a_person_with_an_account_is_not_invited(void **state)
{
    struct setting *s = setting_open();
    const struct act act = command_at(0);
    struct person_id person = have_member(s, ADA, NULL);
    struct str token;

    (void)state;
    REFUSES(s, person_invite(s->store, ARENA(s), &act, person, STR(BOB), &token),
            ACCOUNT_PERSON_TAKEN);
    setting_close(s);
}

static void somebody_without_a_role_invites_nobody(void **state)
{
    struct setting *s = setting_open();
    const struct act act = person_at(have_member(s, ADA, NULL), 0);
    struct person_id person = have_person(s, "Bob Sample");
    struct str token;

    (void)state;
    REFUSES(s, person_invite(s->store, ARENA(s), &act, person, STR(BOB), &token),
            ACCOUNT_NOT_PERMITTED);
    setting_close(s);
}

static void only_the_command_line_makes_an_administrator_of_nothing(void **state)
{
    struct setting *s = setting_open();
    const struct act person = nobody_at(0);
    const struct act command = command_at(0);
    struct appointment_list roles;
    struct person_id ada;
    struct sign_in in;
    struct str token;

    (void)state;
    REFUSES(s,
            administrator_create(s->store, ARENA(s), &person, STR("Ada Sample"), STR(ADA), &ada,
                                 &token),
            ACCOUNT_NOT_PERMITTED);
    DOES(s, administrator_create(s->store, ARENA(s), &command, STR("Ada Sample"), STR(ADA), &ada,
                                 &token));
    assert_int_equal(letter_count(s), 0);
    DOES(s, claim_by_link(s->store, ARENA(s), &person, &RULES, NULL, token, &HERE, &in));
    check_ok(s->store, roles_on(s->store, ARENA(s), ada, act_day(&command), &roles));
    assert_int_equal(roles.count, 1);
    assert_int_equal(roles.at[0].role, APPOINTED_ADMINISTRATOR);
    setting_close(s);
}

/* ---- requests ---- */

static void an_officer_accepts_a_request_for_a_person(void **state)
{
    struct setting *s = setting_open();
    const struct act act = person_at(have_role(s, BOB, APPOINTED_OFFICER, SCOPE_ALL), 0);
    struct sign_in ada = have_account(s, ADA);
    struct claim_id claim = ask_claim(s, ada.account);
    struct person_id person = have_person(s, "Ada Sample");
    struct person_id accepted;
    struct claim_list open;
    struct claim loaded;

    (void)state;
    check_ok(s->store, claims_open(s->store, ARENA(s), 10, &open));
    assert_int_equal(open.count, 1);
    check_str(open.at[0].address, ADA);
    DOES(s, claim_accept(s->store, ARENA(s), &act, claim, person, &accepted));
    assert_int_equal(accepted.n, person.n);
    check_ok(s->store, claim_of_account(s->store, ARENA(s), ada.account, &loaded));
    assert_int_equal(loaded.state, CLAIM_ACCEPTED);
    assert_string_equal(letter_to(s, ADA)->template, "claim-accepted");
    REFUSES(s, claim_accept(s->store, ARENA(s), &act, claim, person, &accepted), ACCOUNT_DECIDED);
    REFUSES(s, claim_refuse(s->store, ARENA(s), &act, claim, STR("No.")), ACCOUNT_DECIDED);
    setting_close(s);
}

static void a_request_may_make_a_new_person(void **state)
{
    struct setting *s = setting_open();
    const struct act act = command_at(0);
    struct claim_id claim = ask_claim(s, have_account(s, ADA).account);
    struct person_id person;
    struct person_row row;

    (void)state;
    DOES(s, claim_accept(s->store, ARENA(s), &act, claim, (struct person_id){ 0 }, &person));
    check_ok(s->store, person_load(s->store, ARENA(s), person, &row));
    check_str(row.name, "Ada Sample");
    setting_close(s);
}

static void a_request_is_refused_with_a_reason(void **state)
{
    struct setting *s = setting_open();
    const struct act act = command_at(0);
    struct sign_in ada = have_account(s, ADA);
    struct claim_id claim = ask_claim(s, ada.account);
    struct claim loaded;

    (void)state;
    REFUSES(s, claim_refuse(s->store, ARENA(s), &act, claim, STR(" ")), ACCOUNT_STATEMENT);
    DOES(s, claim_refuse(s->store, ARENA(s), &act, claim, STR("The passport is missing.")));
    check_ok(s->store, claim_load(s->store, ARENA(s), claim, &loaded));
    assert_int_equal(loaded.state, CLAIM_REFUSED);
    check_str(loaded.reason, "The passport is missing.");
    ask_claim(s, ada.account);
    setting_close(s);
}

static void a_second_request_while_one_waits_is_refused(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct sign_in ada = have_account(s, ADA);
    struct refusal refusal;
    struct claim_id claim;

    (void)state;
    ask_claim(s, ada.account);
    REFUSES(s,
            claim_ask(s->store, ARENA(s), &act, ada.account, STR("Ada"), STR("Proof"), &refusal,
                      &claim),
            ACCOUNT_CLAIM_OPEN);
    setting_close(s);
}

static void a_request_for_a_person_with_an_account_is_refused(void **state)
{
    struct setting *s = setting_open();
    const struct act act = command_at(0);
    struct person_id bob = have_member(s, BOB, NULL);
    struct sign_in ada = have_account(s, ADA);
    struct claim_id claim = ask_claim(s, ada.account);
    struct person_id accepted;

    (void)state;
    REFUSES(s, claim_accept(s->store, ARENA(s), &act, claim, bob, &accepted), ACCOUNT_PERSON_TAKEN);
    setting_close(s);
}

static void nobody_without_the_office_decides_a_request(void **state)
{
    struct setting *s = setting_open();
    const struct act act = person_at(have_role(s, BOB, APPOINTED_ADMINISTRATOR, SCOPE_ALL), 0);
    struct sign_in ada = have_account(s, ADA);
    struct claim_id claim = ask_claim(s, ada.account);
    struct person_id person = have_person(s, "Ada Sample");

    (void)state;
    REFUSES(s, claim_accept(s->store, ARENA(s), &act, claim, person, &person),
            ACCOUNT_NOT_PERMITTED);
    REFUSES(s, claim_refuse(s->store, ARENA(s), &act, claim, STR("No.")), ACCOUNT_NOT_PERMITTED);
    setting_close(s);
}

/* An officer who lost their account may not give themselves another. */
static void an_officer_decides_no_request_for_themselves(void **state)
{
    struct setting *s = setting_open();
    struct person_id officer = have_role(s, BOB, APPOINTED_OFFICER, SCOPE_ALL);
    const struct act act = person_at(officer, 0);
    struct account old;
    struct claim_id claim;

    (void)state;
    check_ok(s->store, account_of_person(s->store, ARENA(s), officer, &old));
    DOES(s, account_close(s->store, ARENA(s), &act, old.id));
    claim = ask_claim(s, have_account(s, ADA).account);
    REFUSES(s, claim_accept(s->store, ARENA(s), &act, claim, officer, &officer), ACCOUNT_OWN_CASE);
    setting_close(s);
}

/* ---- history ---- */

static void what_others_did_stands_in_the_persons_own_history(void **state)
{
    struct setting *s = setting_open();
    struct person_id administrator = have_role(s, BOB, APPOINTED_ADMINISTRATOR, SCOPE_ALL);
    struct act act = person_at(administrator, HOURS);
    struct account_id account;
    struct person_id ada = have_member(s, ADA, &account);
    struct history_list history, rest;
    int64_t ended;

    (void)state;
    act.authority = STR("appointment 1");
    DOES(s,
         sessions_revoke_all(s->store, ARENA(s), &act, account, (struct session_id){ 0 }, &ended));
    check_ok(s->store, history_of_person(s->store, ARENA(s), ada, 0, 100, &history));
    assert_true(history.count > 3);
    check_str(history.at[0].operation, "sessions-ended");
    assert_int_equal(history.at[0].actor.n, administrator.n);
    check_str(history.at[0].actor_name, BOB);
    check_str(history.at[0].authority, "appointment 1");
    assert_false(history.at[0].by_themself);
    check_str(history.at[history.count - 1].operation, "person-added");
    check_ok(s->store,
             history_of_person(s->store, ARENA(s), ada, history.at[0].position, 2, &rest));
    assert_int_equal(rest.count, 2);
    assert_int_equal(rest.at[0].position, history.at[1].position);
    check_ok(s->store, history_of_account(s->store, ARENA(s), account, 0, 100, &rest));
    assert_int_equal(rest.count, history.count);
    setting_close(s);
}

static void a_closed_account_leaves_the_person_free_and_its_history_there(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(HOURS);
    struct account_id account;
    struct person_id ada = have_member(s, ADA, &account);
    struct account loaded;
    struct history_list history;

    (void)state;
    DOES(s, account_close(s->store, ARENA(s), &act, account));
    check_fails(s->store, account_by_address(s->store, ARENA(s), STR(ADA), &loaded),
                ACCOUNT_UNKNOWN);
    REFUSES(s, account_close(s->store, ARENA(s), &act, account), ACCOUNT_CLOSED);
    invite(s, ada, ADA);
    check_ok(s->store, history_of_person(s->store, ARENA(s), ada, 0, 100, &history));
    check_str(history.at[0].operation, "person-invited");
    check_str(history.at[1].operation, "account-closed");
    setting_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_invitation_makes_an_account_of_a_person),
        cmocka_unit_test(an_invitation_works_once_and_for_two_weeks),
        cmocka_unit_test(a_second_invitation_makes_the_first_useless),
        cmocka_unit_test(an_invited_address_with_an_account_signs_in_first),
        cmocka_unit_test(an_account_of_one_person_claims_no_other),
        cmocka_unit_test(a_person_with_an_account_is_not_invited),
        cmocka_unit_test(somebody_without_a_role_invites_nobody),
        cmocka_unit_test(only_the_command_line_makes_an_administrator_of_nothing),
        cmocka_unit_test(an_officer_accepts_a_request_for_a_person),
        cmocka_unit_test(a_request_may_make_a_new_person),
        cmocka_unit_test(a_request_is_refused_with_a_reason),
        cmocka_unit_test(a_second_request_while_one_waits_is_refused),
        cmocka_unit_test(a_request_for_a_person_with_an_account_is_refused),
        cmocka_unit_test(nobody_without_the_office_decides_a_request),
        cmocka_unit_test(an_officer_decides_no_request_for_themselves),
        cmocka_unit_test(what_others_did_stands_in_the_persons_own_history),
        cmocka_unit_test(a_closed_account_leaves_the_person_free_and_its_history_there),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
