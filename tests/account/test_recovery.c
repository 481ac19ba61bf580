/* How somebody comes back who has lost addresses and keys. */
#include <string.h>

#include "setting.h"

#define ADA "ada@sample.example"
#define NEW "ada@new.example"
#define WAITING (7 * DAYS)

struct office {
    struct act first;
    struct act second;
};

static struct office have_office(struct setting *s)
{
    return (struct office){
        .first = person_at(have_role(s, "one@office.example", APPOINTED_OFFICER, SCOPE_ALL), 0),
        .second = person_at(have_role(s, "two@office.example", APPOINTED_OFFICER, SCOPE_ALL), 0),
    };
}

static struct recovery_id ask_recovery(struct setting *s)
{
    const struct act act = nobody_at(0);
    struct refusal refusal = { 0 };
    struct recovery_id id = { 0 };

    DOES(s, recovery_ask(s->store, ARENA(s), &act, STR(ADA), STR(NEW), STR("My passport."), &HERE,
                         &refusal));
    assert_null(refusal.error);
    assert_string_equal(letter_to(s, NEW)->template, "recovery-asked");
    DOES(s, recovery_confirm(s->store, ARENA(s), &act, token_to(s, NEW), &id));
    return id;
}

static struct recovery approved(struct setting *s, struct account_id account)
{
    struct office office = have_office(s);
    struct recovery_id id = ask_recovery(s);
    struct recovery recovery;

    DOES(s, recovery_approve(s->store, ARENA(s), &office.first, id, account, WAITING));
    DOES(s, recovery_approve(s->store, ARENA(s), &office.second, id, account, WAITING));
    check_ok(s->store, recovery_load(s->store, ARENA(s), id, &recovery));
    assert_int_equal(recovery.state, RECOVERY_WAITING);
    assert_int_equal(recovery.until, NOW + WAITING);
    return recovery;
}

static void a_recovery_gives_the_account_over_after_the_waiting_period(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(WAITING);
    struct sign_in old = have_account(s, ADA);
    struct sign_in in = { 0 };
    struct session session;
    struct account account;

    (void)state;
    DOES(s, password_set(s->store, ARENA(s), &act, old.account, STR("a long enough one"),
                         old.session));
    approved(s, old.account);
    DOES(s, recovery_finish(s->store, ARENA(s), &act, &RULES, token_to(s, NEW), &THERE, &in));
    assert_int_equal(in.account.n, old.account.n);
    have_session(s, in.token, WAITING);
    check_fails(s->store, session_find(s->store, ARENA(s), &RULES, NOW, old.token, &session),
                ACCOUNT_SESSION);
    check_ok(s->store, account_load(s->store, ARENA(s), old.account, &account));
    check_str(account.primary, NEW);
    assert_false(account.has_password);
    check_fails(s->store, account_by_address(s->store, ARENA(s), STR(ADA), &account),
                ACCOUNT_UNKNOWN);
    assert_string_equal(letter_to(s, ADA)->template, "recovery-done");
    REFUSES(s, recovery_finish(s->store, ARENA(s), &act, &RULES, token_to(s, NEW), &THERE, &in),
            ACCOUNT_LINK);
    setting_close(s);
}

static void a_recovery_before_the_waiting_period_is_refused(void **state)
{
    struct setting *s = setting_open();
    const struct act early = nobody_at(WAITING - 1);
    const struct act late = nobody_at(WAITING + 14 * DAYS);
    struct sign_in in;

    (void)state;
    approved(s, have_account(s, ADA).account);
    REFUSES(s, recovery_finish(s->store, ARENA(s), &early, &RULES, token_to(s, NEW), &HERE, &in),
            ACCOUNT_LINK_EARLY);
    REFUSES(s, recovery_finish(s->store, ARENA(s), &late, &RULES, token_to(s, NEW), &HERE, &in),
            ACCOUNT_LINK);
    setting_close(s);
}

static void one_officer_is_not_enough(void **state)
{
    struct setting *s = setting_open();
    struct office office = have_office(s);
    const struct act command = command_at(0);
    struct account_id account = have_account(s, ADA).account;
    struct recovery_id id = ask_recovery(s);
    struct recovery recovery;

    (void)state;
    DOES(s, recovery_approve(s->store, ARENA(s), &office.first, id, account, WAITING));
    REFUSES(s, recovery_approve(s->store, ARENA(s), &office.first, id, account, WAITING),
            ACCOUNT_SAME_OFFICER);
    check_ok(s->store, recovery_load(s->store, ARENA(s), id, &recovery));
    assert_int_equal(recovery.state, RECOVERY_ONE_APPROVED);
    DOES(s, recovery_approve(s->store, ARENA(s), &command, id, account, WAITING));
    REFUSES(s, recovery_approve(s->store, ARENA(s), &office.second, id, account, WAITING),
            ACCOUNT_DECIDED);
    setting_close(s);
}

static void the_command_line_is_one_officer(void **state)
{
    struct setting *s = setting_open();
    const struct act command = command_at(0);
    struct account_id account = have_account(s, ADA).account;
    struct recovery_id id = ask_recovery(s);

    (void)state;
    DOES(s, recovery_approve(s->store, ARENA(s), &command, id, account, WAITING));
    REFUSES(s, recovery_approve(s->store, ARENA(s), &command, id, account, WAITING),
            ACCOUNT_SAME_OFFICER);
    setting_close(s);
}

static void two_officers_for_two_accounts_do_not_agree(void **state)
{
    struct setting *s = setting_open();
    struct office office = have_office(s);
    struct account_id ada = have_account(s, ADA).account;
    struct account_id bob = have_account(s, "bob@sample.example").account;
    struct recovery_id id = ask_recovery(s);

    (void)state;
    DOES(s, recovery_approve(s->store, ARENA(s), &office.first, id, ada, WAITING));
    REFUSES(s, recovery_approve(s->store, ARENA(s), &office.second, id, bob, WAITING),
            ACCOUNT_OTHER_ACCOUNT);
    setting_close(s);
}

static void nobody_approves_their_own_recovery(void **state)
{
    struct setting *s = setting_open();
    struct office office = have_office(s);
    struct recovery_id id = ask_recovery(s);
    struct account own;

    (void)state;
    check_ok(s->store, account_of_person(s->store, ARENA(s),
                                         (struct person_id){ office.first.actor_id }, &own));
    REFUSES(s, recovery_approve(s->store, ARENA(s), &office.first, id, own.id, WAITING),
            ACCOUNT_OWN_CASE);
    DOES(s, recovery_approve(s->store, ARENA(s), &office.second, id, own.id, WAITING));
    REFUSES(s, recovery_approve(s->store, ARENA(s), &office.first, id, own.id, WAITING),
            ACCOUNT_OWN_CASE);
    setting_close(s);
}

static void nobody_without_the_office_approves(void **state)
{
    struct setting *s = setting_open();
    const struct act act = person_at(have_role(s, "x@sample.example", APPOINTED_MEMBER,
                                               (struct scope){ SCOPE_BODY, STR("ethics") }),
                                     0);
    struct account_id account = have_account(s, ADA).account;
    struct recovery_id id = ask_recovery(s);

    (void)state;
    REFUSES(s, recovery_approve(s->store, ARENA(s), &act, id, account, WAITING),
            ACCOUNT_NOT_PERMITTED);
    REFUSES(s, recovery_refuse(s->store, ARENA(s), &act, id, STR("No.")), ACCOUNT_NOT_PERMITTED);
    setting_close(s);
}

static void an_unconfirmed_request_is_not_approved(void **state)
{
    struct setting *s = setting_open();
    struct office office = have_office(s);
    const struct act act = nobody_at(0);
    struct account_id account = have_account(s, ADA).account;
    struct recovery_list open;
    struct refusal refusal;

    (void)state;
    DOES(s, recovery_ask(s->store, ARENA(s), &act, STR(ADA), STR(NEW), STR("My passport."), &HERE,
                         &refusal));
    check_ok(s->store, recoveries_open(s->store, ARENA(s), 10, &open));
    assert_int_equal(open.count, 0);
    REFUSES(s,
            recovery_approve(s->store, ARENA(s), &office.first, (struct recovery_id){ 1 }, account,
                             WAITING),
            ACCOUNT_DECIDED);
    setting_close(s);
}

/* Also one that the account had long before. */
static void every_old_address_is_told_and_can_cancel(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(WAITING - 1);
    struct account_id account = have_account(s, ADA).account;
    struct str recovery_token;
    struct recovery recovery;
    struct sign_in in;

    (void)state;
    DOES(s, store_run(s->store,
                      "INSERT INTO account_address (account, address, folded, main, confirmed_at,"
                      " removed_at) VALUES ($1, 'ada@old.example', 'ada@old.example', 0, 1, 2)",
                      PARAMS(datum_int(account.n))));
    recovery = approved(s, account);
    recovery_token = token_to(s, NEW);
    assert_string_equal(letter_to(s, ADA)->template, "recovery-warning");
    assert_string_equal(letter_to(s, "ada@old.example")->template, "recovery-warning");
    assert_string_equal(letter_to(s, NEW)->template, "recovery-approved");
    DOES(s, recovery_cancel(s->store, ARENA(s), &act, token_to(s, "ada@old.example")));
    check_ok(s->store, recovery_load(s->store, ARENA(s), recovery.id, &recovery));
    assert_int_equal(recovery.state, RECOVERY_CANCELLED);
    REFUSES(s,
            recovery_finish(s->store, ARENA(s), &(struct act){ .now = NOW + WAITING }, &RULES,
                            recovery_token, &HERE, &in),
            ACCOUNT_LINK);
    REFUSES(s, recovery_cancel(s->store, ARENA(s), &act, token_to(s, ADA)), ACCOUNT_LINK);
    assert_string_equal(letter_to(s, NEW)->template, "recovery-cancelled");
    setting_close(s);
}

static void a_refused_recovery_goes_no_further(void **state)
{
    struct setting *s = setting_open();
    struct office office = have_office(s);
    struct account_id account = have_account(s, ADA).account;
    struct recovery_id id = ask_recovery(s);

    (void)state;
    REFUSES(s, recovery_refuse(s->store, ARENA(s), &office.first, id, STR("")), ACCOUNT_STATEMENT);
    DOES(s, recovery_refuse(s->store, ARENA(s), &office.first, id, STR("No proof.")));
    REFUSES(s, recovery_approve(s->store, ARENA(s), &office.first, id, account, WAITING),
            ACCOUNT_DECIDED);
    assert_string_equal(letter_to(s, NEW)->template, "recovery-refused");
    setting_close(s);
}

static void asking_too_often_is_refused(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct refusal refusal;

    (void)state;
    for (int i = 0; i < 4; i++)
        DOES(s, recovery_ask(s->store, ARENA(s), &act, STR(ADA), STR(NEW), STR("My passport."),
                             &HERE, &refusal));
    assert_ptr_equal(refusal.error, &ACCOUNT_TOO_OFTEN);
    assert_int_equal(refusal.again, NOW + 8 * HOURS);
    assert_int_equal(letter_count(s), 3);
    setting_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recovery_gives_the_account_over_after_the_waiting_period),
        cmocka_unit_test(a_recovery_before_the_waiting_period_is_refused),
        cmocka_unit_test(one_officer_is_not_enough),
        cmocka_unit_test(the_command_line_is_one_officer),
        cmocka_unit_test(two_officers_for_two_accounts_do_not_agree),
        cmocka_unit_test(nobody_approves_their_own_recovery),
        cmocka_unit_test(nobody_without_the_office_approves),
        cmocka_unit_test(an_unconfirmed_request_is_not_approved),
        cmocka_unit_test(every_old_address_is_told_and_can_cancel),
        cmocka_unit_test(a_refused_recovery_goes_no_further),
        cmocka_unit_test(asking_too_often_is_refused),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
