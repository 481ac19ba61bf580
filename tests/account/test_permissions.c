/* Who may do what, and who may appoint whom. */
#include <string.h>

#include "account/appoint.h"
#include "setting.h"

#define ETHICS ((struct scope){ SCOPE_BODY, STR("ethics") })
#define APPEALS ((struct scope){ SCOPE_BODY, STR("appeals") })
#define ORGANISATION ((struct scope){ SCOPE_ORGANISATION, STR("7") })

static struct who who_is(struct setting *s, struct person_id person)
{
    const struct act act = nobody_at(0);
    struct account account;
    struct who who = { 0 };

    check_ok(s->store, account_of_person(s->store, ARENA(s), person, &account));
    check_ok(s->store, who_of_account(s->store, ARENA(s), account.id, act_day(&act), &who));
    return who;
}

/* ---- the table ---- */

static void every_row_is_filled_in_and_named_once(void **state)
{
    (void)state;
    for (size_t i = PERMISSION_NONE + 1; i < PERMISSIONS; i++) {
        const struct permission_row *row = permission_row((enum permission)i);
        enum permission found;

        assert_non_null(row->name);
        assert_non_null(row->about);
        assert_true(row->roles != 0);
        assert_true(permission_parse(str_from_c(row->name), &found));
        assert_int_equal(found, i);
    }
}

static void nothing_sensitive_is_for_programs_or_for_everybody(void **state)
{
    (void)state;
    for (size_t i = PERMISSION_NONE + 1; i < PERMISSIONS; i++) {
        if (permission_row((enum permission)i)->sensitive) {
            assert_false(role_has(ROLE_TOKEN, (enum permission)i));
            assert_false(role_has(ROLE_PUBLIC, (enum permission)i));
        }
    }
}

/* Every role on every permission, in its scope and in another, agrees with the table. */
static void a_role_gives_what_the_table_says_where_it_is_held(void **state)
{
    static const struct {
        enum appointed_role appointed;
        enum role role;
        struct scope scope;
        struct scope elsewhere;
    } held[] = {
        { APPOINTED_ADMINISTRATOR,
          ROLE_ADMINISTRATOR,
          { SCOPE_INSTALLATION, STR("") },
          { SCOPE_BODY, STR("appeals") } },
        { APPOINTED_OFFICER,
          ROLE_OFFICER,
          { SCOPE_INSTALLATION, STR("") },
          { SCOPE_BODY, STR("appeals") } },
        { APPOINTED_CHAIR,
          ROLE_CHAIR,
          { SCOPE_BODY, STR("ethics") },
          { SCOPE_BODY, STR("appeals") } },
        { APPOINTED_MEMBER,
          ROLE_MEMBER,
          { SCOPE_BODY, STR("ethics") },
          { SCOPE_INSTALLATION, STR("") } },
        { APPOINTED_ORGANISATION_CONTACT,
          ROLE_ORGANISATION_CONTACT,
          { SCOPE_ORGANISATION, STR("7") },
          { SCOPE_PROGRAMME, STR("7") } },
        { APPOINTED_PROGRAMME_CONTACT,
          ROLE_PROGRAMME_CONTACT,
          { SCOPE_PROGRAMME, STR("7") },
          { SCOPE_PROGRAMME, STR("8") } },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(held); i++) {
        const struct appointment appointment = {
            .id = { 17 },
            .role = held[i].appointed,
            .scope = held[i].scope,
        };
        const struct who who = { .account = { 1 }, .person = { 1 }, .roles = { &appointment, 1 } };
        const struct about here = { .scope = held[i].scope, .person = { 2 } };
        const struct about there = { .scope = held[i].elsewhere, .person = { 2 } };

        for (size_t p = PERMISSION_NONE + 1; p < PERMISSIONS; p++) {
            enum permission permission = (enum permission)p;
            bool open = role_has(ROLE_PUBLIC, permission) || role_has(ROLE_SIGNED_IN, permission);
            bool has = role_has(held[i].role, permission);
            bool everywhere = held[i].scope.kind == SCOPE_INSTALLATION;

            assert_int_equal(permitted(&who, permission, &here), open || has);
            assert_int_equal(permitted(&who, permission, &there), open || (has && everywhere));
        }
    }
}

static void a_visitor_may_what_is_public_alone(void **state)
{
    const struct who nobody = { 0 };

    (void)state;
    for (size_t i = PERMISSION_NONE + 1; i < PERMISSIONS; i++)
        assert_int_equal(permitted(&nobody, (enum permission)i, &ABOUT_NOTHING),
                         role_has(ROLE_PUBLIC, (enum permission)i));
}

static void somebody_may_for_themselves_what_they_may_not_for_others(void **state)
{
    const struct who ada = { .account = { 1 }, .person = { 5 } };
    const struct about self = { .account = { 1 } };
    const struct about other = { .account = { 2 }, .person = { 6 } };

    (void)state;
    assert_true(permitted(&ada, PERMISSION_ACCOUNT_SECURE, &self));
    assert_false(permitted(&ada, PERMISSION_ACCOUNT_SECURE, &other));
    assert_false(permitted(&ada, PERMISSION_HISTORY_SEE, &other));
    assert_true(permitted(&ada, PERMISSION_HISTORY_SEE, &(struct about){ .person = { 5 } }));
}

static void the_authority_says_which_appointment(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_role(s, "ada@sample.example", APPOINTED_CHAIR, ETHICS);
    struct who who = who_is(s, ada);
    const struct who command = { .command = true };
    const struct about here = { .scope = ETHICS };
    struct permit permit = permit_of(&who, PERMISSION_APPOINT_MEMBER, &here);

    (void)state;
    check_str(permit_authority(ARENA(s), &who, permit), "appointment 1");
    check_str(
        permit_authority(ARENA(s), &command, permit_of(&command, PERMISSION_APPOINT_MEMBER, &here)),
        "command line");
    setting_close(s);
}

/* ---- appointing ---- */

static struct result try_appoint(struct setting *s, struct person_id by, struct person_id whom,
                                 enum appointed_role role, struct scope scope)
{
    const struct act act = person_at(by, 0);
    const struct appointment_wish wish = {
        .person = whom,
        .role = role,
        .scope = scope,
        .from = act_day(&act),
        .last = DAY_LAST,
    };
    struct appointment_id id;

    return appoint(s->store, ARENA(s), &act, &wish, &id);
}

static void a_chair_appoints_members_of_that_body_alone(void **state)
{
    struct setting *s = setting_open();
    struct person_id chair = have_role(s, "ada@sample.example", APPOINTED_CHAIR, ETHICS);
    struct person_id bob = have_member(s, "bob@sample.example", NULL);

    (void)state;
    REFUSES(s, try_appoint(s, chair, bob, APPOINTED_MEMBER, APPEALS), ACCOUNT_NOT_PERMITTED);
    REFUSES(s, try_appoint(s, chair, bob, APPOINTED_CHAIR, ETHICS), ACCOUNT_NOT_PERMITTED);
    REFUSES(s, try_appoint(s, chair, chair, APPOINTED_MEMBER, ETHICS), APPOINTMENT_OF_ONESELF);
    DOES(s, try_appoint(s, chair, bob, APPOINTED_MEMBER, ETHICS));
    assert_string_equal(letter_to(s, "bob@sample.example")->template, "appointed");
    setting_close(s);
}

static void only_an_administrator_appoints_to_the_office(void **state)
{
    struct setting *s = setting_open();
    struct person_id officer = have_role(s, "one@sample.example", APPOINTED_OFFICER, SCOPE_ALL);
    struct person_id admin = have_role(s, "two@sample.example", APPOINTED_ADMINISTRATOR, SCOPE_ALL);
    struct person_id bob = have_member(s, "bob@sample.example", NULL);

    (void)state;
    REFUSES(s, try_appoint(s, officer, bob, APPOINTED_OFFICER, SCOPE_ALL), ACCOUNT_NOT_PERMITTED);
    REFUSES(s, try_appoint(s, officer, bob, APPOINTED_ADMINISTRATOR, SCOPE_ALL),
            ACCOUNT_NOT_PERMITTED);
    REFUSES(s, try_appoint(s, admin, bob, APPOINTED_CHAIR, ETHICS), ACCOUNT_NOT_PERMITTED);
    DOES(s, try_appoint(s, admin, bob, APPOINTED_OFFICER, SCOPE_ALL));
    DOES(s, try_appoint(s, officer, bob, APPOINTED_CHAIR, ETHICS));
    setting_close(s);
}

static void an_ended_appointment_gives_nothing_any_more(void **state)
{
    struct setting *s = setting_open();
    const struct act command = command_at(0);
    struct person_id officer = have_role(s, "one@sample.example", APPOINTED_OFFICER, SCOPE_ALL);
    struct person_id bob = have_member(s, "bob@sample.example", NULL);

    (void)state;
    DOES(s, appoint_end(s->store, ARENA(s), &command, (struct appointment_id){ 1 },
                        act_day(&command), STR("the term is over")));
    assert_string_equal(letter_to(s, "one@sample.example")->template, "appointment-ended");
    REFUSES(s, try_appoint(s, officer, bob, APPOINTED_CHAIR, ETHICS), ACCOUNT_NOT_PERMITTED);
    assert_false(permitted(&(struct who){ 0 }, PERMISSION_APPOINT_CHAIR, &ABOUT_NOTHING));
    assert_int_equal(who_is(s, officer).roles.count, 0);
    setting_close(s);
}

static void a_role_is_given_back_by_its_holder_or_ended_by_those_who_may(void **state)
{
    struct setting *s = setting_open();
    struct person_id member = have_role(s, "ada@sample.example", APPOINTED_MEMBER, ETHICS);
    struct person_id other = have_role(s, "bob@sample.example", APPOINTED_MEMBER, ETHICS);
    const struct act by_other = person_at(other, 0);
    const struct act by_member = person_at(member, 0);

    (void)state;
    REFUSES(s,
            appoint_end(s->store, ARENA(s), &by_other, (struct appointment_id){ 1 },
                        act_day(&by_other), STR("")),
            ACCOUNT_NOT_PERMITTED);
    DOES(s, appoint_end(s->store, ARENA(s), &by_member, (struct appointment_id){ 1 },
                        act_day(&by_member), STR("no time")));
    setting_close(s);
}

static void whoever_speaks_for_an_organisation_names_another(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada =
        have_role(s, "ada@sample.example", APPOINTED_ORGANISATION_CONTACT, ORGANISATION);
    struct person_id bob = have_member(s, "bob@sample.example", NULL);

    (void)state;
    REFUSES(s,
            try_appoint(s, ada, bob, APPOINTED_ORGANISATION_CONTACT,
                        (struct scope){ SCOPE_ORGANISATION, STR("8") }),
            ACCOUNT_NOT_PERMITTED);
    DOES(s, try_appoint(s, ada, bob, APPOINTED_ORGANISATION_CONTACT, ORGANISATION));
    setting_close(s);
}

static void the_table_is_shown_whole(void **state)
{
    struct arena arena;
    const struct value *view;

    (void)state;
    arena_init(&arena, 1 << 20);
    view = permissions_view(&arena);
    assert_int_equal(view->count, PERMISSIONS - 1);
    for (size_t i = PERMISSION_NONE + 1; i < PERMISSIONS; i++) {
        const struct permission_row *row = permission_row((enum permission)i);
        const struct value *roles = value_get(view->items[i - 1], "roles");
        unsigned bits = 0;

        check_str(value_get(view->items[i - 1], "name")->text, row->name);
        assert_int_equal(value_get(view->items[i - 1], "sensitive")->boolean, row->sensitive);
        for (size_t r = 0; r < roles->count; r++) {
            for (size_t role = 0; role < ROLES; role++) {
                if (str_eq_c(roles->items[r]->text, role_word((enum role)role)))
                    bits |= 1U << role;
            }
        }
        assert_int_equal(bits, row->roles);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_filled_in_and_named_once),
        cmocka_unit_test(nothing_sensitive_is_for_programs_or_for_everybody),
        cmocka_unit_test(a_role_gives_what_the_table_says_where_it_is_held),
        cmocka_unit_test(a_visitor_may_what_is_public_alone),
        cmocka_unit_test(somebody_may_for_themselves_what_they_may_not_for_others),
        cmocka_unit_test(the_authority_says_which_appointment),
        cmocka_unit_test(a_chair_appoints_members_of_that_body_alone),
        cmocka_unit_test(only_an_administrator_appoints_to_the_office),
        cmocka_unit_test(an_ended_appointment_gives_nothing_any_more),
        cmocka_unit_test(a_role_is_given_back_by_its_holder_or_ended_by_those_who_may),
        cmocka_unit_test(whoever_speaks_for_an_organisation_names_another),
        cmocka_unit_test(the_table_is_shown_whole),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
