/* What the office does for people, and how it is shown. */
#include "account/office.h"

#include <string.h>

#include "account/values.h"
#include "setting.h"

#define OFFICER "officer@sample.example"
#define ADMINISTRATOR "administrator@sample.example"
#define ADA "ada@sample.example"

static const struct value *latest(struct setting *s, struct person_id person)
{
    struct history_list list;

    check_ok(s->store, history_of_person(s->store, ARENA(s), person, 0, 1, &list));
    assert_int_equal(list.count, 1);
    return history_entry_value(ARENA(s), &list.at[0]);
}

static bool member_is(const struct value *object, const char *key, const char *text)
{
    const struct value *member = value_get(object, key);

    return member && member->kind == VALUE_TEXT && str_eq_c(member->text, text);
}

static void people_are_added_and_renamed_by_those_who_may(void **state)
{
    struct setting *s = setting_open();
    struct person_id officer = have_role(s, OFFICER, APPOINTED_OFFICER, SCOPE_ALL);
    struct person_id admin = have_role(s, ADMINISTRATOR, APPOINTED_ADMINISTRATOR, SCOPE_ALL);
    struct person_id nobody = have_member(s, ADA, NULL);
    struct act by_officer = person_at(officer, 0);
    const struct act by_admin = person_at(admin, 0);
    const struct act by_nobody = person_at(nobody, 0);
    struct person_id person = { 0 };

    (void)state;
    by_officer.authority = STR("appointment 1");
    REFUSES(s, office_person_add(s->store, ARENA(s), &by_nobody, STR("Bob Sample"), &person),
            ACCOUNT_NOT_PERMITTED);
    DOES(s, office_person_add(s->store, ARENA(s), &by_admin, STR("Bob Sample"), &person));
    REFUSES(s, office_person_rename(s->store, ARENA(s), &by_admin, person, STR("Bob Example")),
            ACCOUNT_NOT_PERMITTED);
    DOES(s, office_person_rename(s->store, ARENA(s), &by_officer, person, STR("Bob Example")));
    assert_true(member_is(latest(s, person), "operation", "person-renamed"));
    assert_false(value_get(latest(s, person), "themself")->boolean);
    assert_int_equal(value_get(value_get(latest(s, person), "actor"), "id")->integer, officer.n);
    assert_true(member_is(value_get(latest(s, person), "details"), "before", "Bob Sample"));
    setting_close(s);
}

static void only_an_administrator_blocks_and_ends_sessions(void **state)
{
    struct setting *s = setting_open();
    const struct act officer = person_at(have_role(s, OFFICER, APPOINTED_OFFICER, SCOPE_ALL), 0);
    const struct act admin =
        person_at(have_role(s, ADMINISTRATOR, APPOINTED_ADMINISTRATOR, SCOPE_ALL), 0);
    struct account_id account;
    struct person_id ada = have_member(s, ADA, &account);
    int64_t ended = 0;

    (void)state;
    REFUSES(s, account_block(s->store, ARENA(s), &officer, account, STR("why")),
            ACCOUNT_NOT_PERMITTED);
    REFUSES(s, office_sessions_end(s->store, ARENA(s), &officer, account, &ended),
            ACCOUNT_NOT_PERMITTED);
    REFUSES(s, account_block(s->store, ARENA(s), &admin, account, STR("  ")), ACCOUNT_STATEMENT);
    DOES(s, office_sessions_end(s->store, ARENA(s), &admin, account, &ended));
    assert_int_equal(ended, 1);
    assert_true(member_is(latest(s, ada), "operation", "sessions-ended"));
    DOES(s, account_block(s->store, ARENA(s), &admin, account, STR("lent to somebody")));
    assert_true(member_is(value_get(latest(s, ada), "details"), "why", "lent to somebody"));
    REFUSES(s, account_unblock(s->store, ARENA(s), &officer, account, STR("why")),
            ACCOUNT_NOT_PERMITTED);
    setting_close(s);
}

static void a_link_for_an_operator_signs_in_once_anywhere_and_is_noted(void **state)
{
    struct setting *s = setting_open();
    const struct act admin =
        person_at(have_role(s, ADMINISTRATOR, APPOINTED_ADMINISTRATOR, SCOPE_ALL), 0);
    const struct act command = command_at(0);
    const struct act soon = nobody_at(OFFICE_LINK_LASTS - 1);
    const struct act late = nobody_at(OFFICE_LINK_LASTS);
    struct account_id account;
    struct person_id ada = have_member(s, ADA, &account);
    struct sign_in in = { 0 };
    struct str token;

    (void)state;
    REFUSES(s, office_sign_in_link(s->store, ARENA(s), &admin, account, &token),
            ACCOUNT_NOT_PERMITTED);
    DOES(s, office_sign_in_link(s->store, ARENA(s), &command, account, &token));
    assert_true(member_is(latest(s, ada), "operation", "sign-in-link-made"));
    assert_true(member_is(latest(s, ada), "authority", "command line"));
    REFUSES(s, sign_in_by_link(s->store, ARENA(s), &late, &RULES, token, &THERE, &in),
            ACCOUNT_LINK);
    DOES(s, sign_in_by_link(s->store, ARENA(s), &soon, &RULES, token, &THERE, &in));
    assert_int_equal(in.account.n, account.n);
    REFUSES(s, sign_in_by_link(s->store, ARENA(s), &soon, &RULES, token, &THERE, &in),
            ACCOUNT_LINK);
    DOES(s, account_block(s->store, ARENA(s), &command, account, STR("a test")));
    REFUSES(s, office_sign_in_link(s->store, ARENA(s), &command, account, &token), ACCOUNT_BLOCKED);
    setting_close(s);
}

static void accounts_are_found_by_addresses_that_they_had(void **state)
{
    struct setting *s = setting_open();
    const struct act self = person_at(have_member(s, ADA, NULL), 0);
    struct account account;
    struct account_list list;

    (void)state;
    check_ok(s->store, accounts_of_address(s->store, ARENA(s), STR("ADA@sample.example"), &list));
    assert_int_equal(list.count, 1);
    check_ok(s->store,
             account_of_person(s->store, ARENA(s), (struct person_id){ self.actor_id }, &account));
    DOES(s, account_close(s->store, ARENA(s), &self, account.id));
    check_ok(s->store, accounts_of_address(s->store, ARENA(s), STR(ADA), &list));
    assert_int_equal(list.count, 0);
    setting_close(s);
}

static void what_the_office_sees_of_an_account_is_not_its_addresses(void **state)
{
    struct setting *s = setting_open();
    struct account_id id;
    struct account account;
    struct value *value;

    (void)state;
    have_member(s, ADA, &id);
    check_ok(s->store, account_load(s->store, ARENA(s), id, &account));
    check_ok(s->store, account_value(s->store, ARENA(s), &account, &value));
    assert_null(value_get(value, "addresses"));
    assert_true(member_is(value, "state", "open"));
    check_ok(s->store, account_whole_value(s->store, ARENA(s), &account, &value));
    assert_true(member_is(value_get(value, "addresses")->items[0], "address", ADA));
    setting_close(s);
}

static void an_appointment_tells_whether_it_holds_on_a_day(void **state)
{
    struct setting *s = setting_open();
    const struct act act = command_at(0);
    struct person_id person =
        have_role(s, ADA, APPOINTED_CHAIR, (struct scope){ SCOPE_BODY, STR("ethics") });
    struct appointment_list list;
    struct value *value;

    (void)state;
    check_ok(s->store, appointments_of_person(s->store, ARENA(s), person, &list));
    check_ok(s->store,
             appointment_value(s->store, ARENA(s), &list.at[0], act_day(&act) - 1, &value));
    assert_false(value_get(value, "holds")->boolean);
    assert_true(value_get(value, "to_begin")->boolean);
    check_ok(s->store, appointment_value(s->store, ARENA(s), &list.at[0], act_day(&act), &value));
    assert_true(value_get(value, "holds")->boolean);
    assert_true(member_is(value, "scope", "body:ethics"));
    assert_int_equal(value_get(value, "last")->kind, VALUE_NULL);
    setting_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_added_and_renamed_by_those_who_may),
        cmocka_unit_test(only_an_administrator_blocks_and_ends_sessions),
        cmocka_unit_test(a_link_for_an_operator_signs_in_once_anywhere_and_is_noted),
        cmocka_unit_test(accounts_are_found_by_addresses_that_they_had),
        cmocka_unit_test(what_the_office_sees_of_an_account_is_not_its_addresses),
        cmocka_unit_test(an_appointment_tells_whether_it_holds_on_a_day),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
