/* The addresses of an account: added at both ends, made primary, removed. */
#include <string.h>

#include "setting.h"

#define ADA "ada@sample.example"
#define NEW "ada@new.example"
#define BOB "bob@sample.example"

static struct refusal add(struct setting *s, struct account_id account, const char *address,
                          int64_t after)
{
    const struct act act = nobody_at(after);
    struct refusal refusal = { 0 };

    DOES(s, address_add_begin(s->store, ARENA(s), &act, account, str_from_c(address), &refusal));
    return refusal;
}

static bool confirm(struct setting *s, const char *address)
{
    const struct act act = nobody_at(MINUTES);
    bool done = false;

    DOES(s, address_confirm(s->store, ARENA(s), &act, token_to(s, address), &done));
    return done;
}

static size_t count_addresses(struct setting *s, struct account_id account)
{
    struct address_list list = { 0 };

    check_ok(s->store, account_addresses(s->store, ARENA(s), account, &list));
    return list.count;
}

static void add_and_confirm(struct setting *s, struct account_id account)
{
    assert_null(add(s, account, NEW, 0).error);
    assert_false(confirm(s, NEW));
    assert_true(confirm(s, ADA));
}

static void an_address_is_added_when_both_ends_have_confirmed_it(void **state)
{
    struct setting *s = setting_open();
    struct account_id account = have_account(s, ADA).account;

    (void)state;
    assert_null(add(s, account, NEW, 0).error);
    assert_string_equal(letter_to(s, NEW)->template, "address-new");
    assert_string_equal(letter_to(s, ADA)->template, "address-current");
    assert_false(confirm(s, ADA));
    assert_int_equal(count_addresses(s, account), 1);
    assert_true(confirm(s, NEW));
    assert_int_equal(count_addresses(s, account), 2);
    assert_string_equal(letter_to(s, ADA)->template, "address-added");
    setting_close(s);
}

static void one_end_twice_is_refused(void **state)
{
    struct setting *s = setting_open();
    struct account_id account = have_account(s, ADA).account;
    const struct act act = nobody_at(MINUTES);
    bool done;

    (void)state;
    add(s, account, NEW, 0);
    assert_false(confirm(s, NEW));
    REFUSES(s, address_confirm(s->store, ARENA(s), &act, token_to(s, NEW), &done), ACCOUNT_LINK);
    assert_int_equal(count_addresses(s, account), 1);
    setting_close(s);
}

static void a_confirmation_after_a_day_is_refused(void **state)
{
    struct setting *s = setting_open();
    const struct act late = nobody_at(DAYS);
    bool done;

    (void)state;
    add(s, have_account(s, ADA).account, NEW, 0);
    REFUSES(s, address_confirm(s->store, ARENA(s), &late, token_to(s, NEW), &done), ACCOUNT_LINK);
    setting_close(s);
}

static void an_address_of_another_account_looks_the_same_and_is_not_added(void **state)
{
    struct setting *s = setting_open();
    struct account_id account = have_account(s, ADA).account;
    int64_t links;

    (void)state;
    have_account(s, BOB);
    add(s, account, NEW, 0);
    links = ask(s->store, "SELECT count(*) FROM account_link");
    assert_null(add(s, account, BOB, 0).error);
    assert_int_equal(ask(s->store, "SELECT count(*) FROM account_link"), 2 * links);
    assert_string_equal(letter_to(s, BOB)->template, "address-wanted");
    assert_string_equal(letter_to(s, BOB)->token, "");
    assert_string_equal(letter_to(s, ADA)->template, "address-current");
    setting_close(s);
}

static void an_address_that_another_account_took_meanwhile_is_refused(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(MINUTES);
    struct account_id account = have_account(s, ADA).account;
    bool done;

    (void)state;
    add(s, account, NEW, 0);
    confirm(s, ADA);
    have_account(s, NEW);
    REFUSES(s, address_confirm(s->store, ARENA(s), &act, token_to(s, NEW), &done),
            ACCOUNT_ADDRESS_TAKEN);
    setting_close(s);
}

static struct address_change_list changes(struct setting *s, struct account_id account,
                                          int64_t after)
{
    struct address_change_list list;

    if (failed(address_changes(s->store, ARENA(s), NOW + after, account, &list)))
        fail_msg("%s", "the changes cannot be read");
    return list;
}

static void an_address_is_listed_as_asked_for_until_both_ends_confirm_it(void **state)
{
    struct setting *s = setting_open();
    struct account_id account = have_account(s, ADA).account;
    struct account_id other = have_account(s, BOB).account;
    struct address_change_list list;

    (void)state;
    assert_int_equal(changes(s, account, 0).count, 0);
    add(s, account, NEW, 0);
    assert_int_equal(changes(s, other, 0).count, 0);
    list = changes(s, account, DAYS - 1);
    assert_int_equal(list.count, 1);
    check_str(list.at[0].address, NEW);
    assert_int_equal(list.at[0].until, NOW + DAYS);
    assert_false(list.at[0].at_new || list.at[0].at_current);
    assert_int_equal(changes(s, account, DAYS).count, 0);
    confirm(s, NEW);
    list = changes(s, account, 0);
    assert_true(list.count == 1 && list.at[0].at_new && !list.at[0].at_current);
    confirm(s, ADA);
    assert_int_equal(changes(s, account, 0).count, 0);
    setting_close(s);
}

static void an_address_that_it_has_is_refused(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct account_id account = have_account(s, ADA).account;
    struct refusal refusal;

    (void)state;
    REFUSES(
        s,
        address_add_begin(s->store, ARENA(s), &act, account, STR("Ada@sample.example"), &refusal),
        ACCOUNT_HAS_ADDRESS);
    REFUSES(s, address_add_begin(s->store, ARENA(s), &act, account, STR("nonsense"), &refusal),
            ACCOUNT_ADDRESS);
    setting_close(s);
}

static void addresses_added_too_often_are_refused(void **state)
{
    struct setting *s = setting_open();
    struct account_id account = have_account(s, ADA).account;

    (void)state;
    for (int i = 0; i < 5; i++)
        assert_null(add(s, account, NEW, 0).error);
    assert_ptr_equal(add(s, account, NEW, 0).error, &ACCOUNT_TOO_OFTEN);
    setting_close(s);
}

static void the_primary_address_moves_and_then_the_old_one_can_go(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(HOURS);
    struct account_id account = have_account(s, ADA).account;
    struct address_list list;
    struct account other;

    (void)state;
    add_and_confirm(s, account);
    check_ok(s->store, account_addresses(s->store, ARENA(s), account, &list));
    assert_true(list.at[0].primary);
    check_str(list.at[1].address, NEW);
    REFUSES(s, address_remove(s->store, ARENA(s), &act, account, list.at[0].id),
            ACCOUNT_LAST_ADDRESS);
    DOES(s, address_make_primary(s->store, ARENA(s), &act, account, list.at[1].id));
    assert_string_equal(letter_to(s, ADA)->template, "address-primary");
    DOES(s, address_remove(s->store, ARENA(s), &act, account, list.at[0].id));
    assert_string_equal(letter_to(s, ADA)->template, "address-removed");
    assert_int_equal(count_addresses(s, account), 1);
    check_fails(s->store, account_by_address(s->store, ARENA(s), STR(ADA), &other),
                ACCOUNT_UNKNOWN);
    setting_close(s);
}

static void an_address_of_somebody_else_is_not_touched(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct account_id bob = have_account(s, BOB).account;
    struct account_id ada = have_account(s, ADA).account;
    struct address_list list;

    (void)state;
    check_ok(s->store, account_addresses(s->store, ARENA(s), bob, &list));
    REFUSES(s, address_remove(s->store, ARENA(s), &act, ada, list.at[0].id),
            ACCOUNT_ADDRESS_UNKNOWN);
    REFUSES(s, address_make_primary(s->store, ARENA(s), &act, ada, list.at[0].id),
            ACCOUNT_ADDRESS_UNKNOWN);
    setting_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_added_when_both_ends_have_confirmed_it),
        cmocka_unit_test(one_end_twice_is_refused),
        cmocka_unit_test(a_confirmation_after_a_day_is_refused),
        cmocka_unit_test(an_address_of_another_account_looks_the_same_and_is_not_added),
        cmocka_unit_test(an_address_that_another_account_took_meanwhile_is_refused),
        cmocka_unit_test(an_address_is_listed_as_asked_for_until_both_ends_confirm_it),
        cmocka_unit_test(an_address_that_it_has_is_refused),
        cmocka_unit_test(addresses_added_too_often_are_refused),
        cmocka_unit_test(the_primary_address_moves_and_then_the_old_one_can_go),
        cmocka_unit_test(an_address_of_somebody_else_is_not_touched),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
