/* Tokens of programs. */
#include <string.h>

#include "account/api_token.h"
#include "setting.h"

#define ADA "ada@sample.example"
#define ORGANISATION ((struct scope){ SCOPE_ORGANISATION, STR("7") })

static const enum permission see[] = { PERMISSION_PERSON_SEE };

static struct api_token_wish wish_of(struct person_id person)
{
    const struct act act = nobody_at(0);

    return (struct api_token_wish){
        .name = STR("a sample program"),
        .person = person,
        .scopes = see,
        .scope_count = 1,
        .last = act_day(&act) + 30,
    };
}

static struct str make(struct setting *s, struct person_id by, const struct api_token_wish *wish)
{
    const struct act act = person_at(by, 0);
    struct str token = STR_NONE;
    int64_t id;

    DOES(s, api_token_make(s->store, ARENA(s), &act, wish, &id, &token));
    return token;
}

static void refuses(struct setting *s, struct person_id by, const struct api_token_wish *wish,
                    const struct error *error)
{
    const struct act act = person_at(by, 0);
    struct str token;
    int64_t id;

    REFUSES(s, api_token_make(s->store, ARENA(s), &act, wish, &id, &token), *error);
}

static void a_token_may_what_its_scopes_say_and_no_more(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_role(s, ADA, APPOINTED_OFFICER, SCOPE_ALL);
    struct api_token_wish wish = wish_of(ada);
    struct str token = make(s, ada, &wish);
    struct who who;

    (void)state;
    assert_true(str_starts(token, STR("assay_")));
    check_ok(s->store, who_of_token(s->store, ARENA(s), NOW, token, &who));
    assert_true(permitted(&who, PERMISSION_PERSON_SEE, &ABOUT_NOTHING));
    assert_true(permitted(&who, PERMISSION_READ_PUBLIC, &ABOUT_NOTHING));
    for (size_t i = PERMISSION_NONE + 1; i < PERMISSIONS; i++) {
        if (i != PERMISSION_PERSON_SEE && !role_has(ROLE_PUBLIC, (enum permission)i))
            assert_false(permitted(&who, (enum permission)i, &ABOUT_NOTHING));
    }
    check_str(
        permit_authority(ARENA(s), &who, permit_of(&who, PERMISSION_PERSON_SEE, &ABOUT_NOTHING)),
        "token 1, appointment 1");
    setting_close(s);
}

static void a_token_has_no_role_that_its_owner_has_lost(void **state)
{
    struct setting *s = setting_open();
    const struct act command = command_at(0);
    struct person_id ada = have_role(s, ADA, APPOINTED_OFFICER, SCOPE_ALL);
    struct api_token_wish wish = wish_of(ada);
    struct str token = make(s, ada, &wish);
    struct who who;

    (void)state;
    DOES(s, appointment_end(s->store, ARENA(s), &command, (struct appointment_id){ 1 },
                            act_day(&command), STR("")));
    check_ok(s->store, who_of_token(s->store, ARENA(s), NOW, token, &who));
    assert_false(permitted(&who, PERMISSION_PERSON_SEE, &ABOUT_NOTHING));
    assert_true(permitted(&who, PERMISSION_PERSON_SEE, &(struct about){ .person = ada }));
    setting_close(s);
}

static void a_token_ends_with_its_day_with_its_account_and_when_revoked(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_member(s, ADA, NULL);
    const struct act act = person_at(ada, 0);
    const struct act command = command_at(0);
    struct api_token_wish wish = wish_of(ada);
    struct str token = make(s, ada, &wish);
    struct account account;
    struct who who;

    (void)state;
    check_ok(s->store, who_of_token(s->store, ARENA(s), NOW + 31 * DAYS - 1, token, &who));
    check_fails(s->store, who_of_token(s->store, ARENA(s), NOW + 31 * DAYS, token, &who),
                ACCOUNT_TOKEN);
    check_ok(s->store, account_of_person(s->store, ARENA(s), ada, &account));
    DOES(s, account_block(s->store, ARENA(s), &command, account.id, STR("a test")));
    check_fails(s->store, who_of_token(s->store, ARENA(s), NOW, token, &who), ACCOUNT_TOKEN);
    DOES(s, account_unblock(s->store, ARENA(s), &command, account.id, STR("it is over")));
    check_ok(s->store, who_of_token(s->store, ARENA(s), NOW, token, &who));
    DOES(s, api_token_revoke(s->store, ARENA(s), &act, 1));
    check_fails(s->store, who_of_token(s->store, ARENA(s), NOW, token, &who), ACCOUNT_TOKEN);
    REFUSES(s, api_token_revoke(s->store, ARENA(s), &act, 1), ACCOUNT_DECIDED);
    REFUSES(s, api_token_revoke(s->store, ARENA(s), &act, 2), ACCOUNT_TOKEN_UNKNOWN);
    setting_close(s);
}

static void what_is_no_token_is_refused(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_member(s, ADA, NULL);
    struct api_token_wish wish = wish_of(ada);
    struct str token = make(s, ada, &wish);
    struct who who;

    (void)state;
    check_fails(s->store, who_of_token(s->store, ARENA(s), NOW, str_drop(token, 6), &who),
                ACCOUNT_TOKEN);
    check_fails(s->store,
                who_of_token(s->store, ARENA(s), NOW,
                             STR("assay_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), &who),
                ACCOUNT_TOKEN);
    setting_close(s);
}

static void a_token_that_asks_for_too_much_is_refused(void **state)
{
    static const enum permission secure[] = { PERMISSION_ACCOUNT_SECURE };
    struct setting *s = setting_open();
    const struct act now = nobody_at(0);
    struct person_id ada = have_member(s, ADA, NULL);
    struct api_token_wish wish = wish_of(ada);

    (void)state;
    wish.scopes = secure;
    refuses(s, ada, &wish, &ACCOUNT_TOKEN_SCOPE);
    wish.scope_count = 0;
    refuses(s, ada, &wish, &ACCOUNT_TOKEN_SCOPE);
    wish = wish_of(ada);
    wish.last = act_day(&now) + API_TOKEN_LONGEST + 1;
    refuses(s, ada, &wish, &ACCOUNT_TOKEN_TERM);
    wish.last = act_day(&now) - 1;
    refuses(s, ada, &wish, &ACCOUNT_TOKEN_TERM);
    wish = wish_of(ada);
    wish.name = STR(" ");
    refuses(s, ada, &wish, &ACCOUNT_NAME);
    setting_close(s);
}

static void nobody_makes_or_revokes_a_token_of_somebody_else(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_member(s, ADA, NULL);
    struct person_id bob = have_role(s, "bob@sample.example", APPOINTED_ADMINISTRATOR, SCOPE_ALL);
    const struct act by_bob = person_at(bob, 0);
    struct api_token_wish wish = wish_of(ada);

    (void)state;
    refuses(s, bob, &wish, &ACCOUNT_NOT_PERMITTED);
    make(s, ada, &wish);
    REFUSES(s, api_token_revoke(s->store, ARENA(s), &by_bob, 1), ACCOUNT_NOT_PERMITTED);
    setting_close(s);
}

static void an_organisations_token_speaks_for_it_alone(void **state)
{
    static const enum permission appointments[] = { PERMISSION_APPOINTMENTS_SEE };
    struct setting *s = setting_open();
    struct person_id ada = have_role(s, ADA, APPOINTED_ORGANISATION_CONTACT, ORGANISATION);
    const struct about own = { .scope = ORGANISATION };
    const struct about other = { .scope = { SCOPE_ORGANISATION, STR("8") } };
    struct api_token_wish wish = wish_of((struct person_id){ 0 });
    struct api_token_list list;
    struct str token;
    struct who who;

    (void)state;
    wish.organisation = STR("8");
    wish.scopes = appointments;
    refuses(s, ada, &wish, &ACCOUNT_NOT_PERMITTED);
    wish.organisation = STR("7");
    token = make(s, ada, &wish);
    check_ok(s->store, who_of_token(s->store, ARENA(s), NOW, token, &who));
    assert_true(permitted(&who, PERMISSION_APPOINTMENTS_SEE, &own));
    assert_false(permitted(&who, PERMISSION_APPOINTMENTS_SEE, &other));
    DOES(s, api_token_seen(s->store, 1, NOW + 9));
    DOES(s, api_token_seen(s->store, 1, NOW + 3));
    check_ok(s->store, api_tokens_of_organisation(s->store, ARENA(s), STR("7"), &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].used, NOW + 9);
    assert_int_equal(list.at[0].scope_count, 1);
    assert_int_equal(list.at[0].scopes[0], PERMISSION_APPOINTMENTS_SEE);
    setting_close(s);
}

static void a_token_does_not_come_back_with_a_new_account(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_member(s, ADA, NULL);
    const struct act act = person_at(ada, HOURS);
    const struct act command = command_at(HOURS);
    struct api_token_wish wish = wish_of(ada);
    struct str token = make(s, ada, &wish);
    struct account account;
    struct str invitation;
    struct sign_in in;
    struct who who;

    (void)state;
    check_ok(s->store, account_of_person(s->store, ARENA(s), ada, &account));
    DOES(s, account_close(s->store, ARENA(s), &act, account.id));
    check_fails(s->store, who_of_token(s->store, ARENA(s), NOW, token, &who), ACCOUNT_TOKEN);
    DOES(s, person_invite(s->store, ARENA(s), &command, ada, STR(ADA), &invitation));
    DOES(s, claim_by_link(s->store, ARENA(s), &act, &RULES, NULL, invitation, &HERE, &in));
    check_fails(s->store, who_of_token(s->store, ARENA(s), NOW, token, &who), ACCOUNT_TOKEN);
    setting_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_may_what_its_scopes_say_and_no_more),
        cmocka_unit_test(a_token_has_no_role_that_its_owner_has_lost),
        cmocka_unit_test(a_token_ends_with_its_day_with_its_account_and_when_revoked),
        cmocka_unit_test(a_token_does_not_come_back_with_a_new_account),
        cmocka_unit_test(what_is_no_token_is_refused),
        cmocka_unit_test(a_token_that_asks_for_too_much_is_refused),
        cmocka_unit_test(nobody_makes_or_revokes_a_token_of_somebody_else),
        cmocka_unit_test(an_organisations_token_speaks_for_it_alone),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
