/* Who may say that two people are one, and what is shown of both (merging.h), on both engines. */
#include "account/merging.h"

#include "account/history.h"
#include "account/values.h"
#include "setting.h"

#define OFFICER "officer@sample.example"
#define ADMINISTRATOR "administrator@sample.example"
#define ADA "ada@sample.example"
#define TOO "too@sample.example"

static const struct value *preview(struct setting *s, struct person_id one, struct person_id other)
{
    struct value *value = NULL;

    check_ok(s->store, merge_preview_value(s->store, ARENA(s), one, other, &value));
    return value;
}

static bool has_conflict(const struct value *shown, const char *kind)
{
    const struct value *list = value_get(shown, "conflicts");

    for (size_t i = 0; i < list->count; i++)
        if (str_eq_c(value_get(list->items[i], "kind")->text, kind))
            return true;
    return false;
}

static struct str latest(struct setting *s, struct person_id person)
{
    struct history_list list;

    check_ok(s->store, history_of_person(s->store, ARENA(s), person, 0, 1, &list));
    return list.at[0].operation;
}

static void officers_alone_decide_who_is_one(void **state)
{
    struct setting *s = setting_open();
    struct person_id officer = have_role(s, OFFICER, APPOINTED_OFFICER, SCOPE_ALL);
    struct person_id admin = have_role(s, ADMINISTRATOR, APPOINTED_ADMINISTRATOR, SCOPE_ALL);
    struct person_id ada = have_person(s, "Ada Sample");
    struct person_id too = have_person(s, "Sample Ada");
    const struct act by_officer = person_at(officer, 0);
    const struct act by_admin = person_at(admin, 0);
    const struct act by_ada = person_at(ada, 0);
    const struct act by_nobody = nobody_at(0);
    struct merge_id merge = { 0 };

    (void)state;
    REFUSES(s, office_merge(s->store, ARENA(s), &by_admin, ada, too, STR("one"), &merge),
            ACCOUNT_NOT_PERMITTED);
    REFUSES(s, office_merge(s->store, ARENA(s), &by_ada, ada, too, STR("one"), &merge),
            ACCOUNT_NOT_PERMITTED);
    REFUSES(s, office_merge(s->store, ARENA(s), &by_nobody, ada, too, STR("one"), &merge),
            ACCOUNT_NOT_PERMITTED);
    REFUSES(s, office_apart(s->store, ARENA(s), &by_admin, ada, too, STR("two")),
            ACCOUNT_NOT_PERMITTED);
    DOES(s, office_merge(s->store, ARENA(s), &by_officer, ada, too, STR("one"), &merge));
    assert_true(str_eq_c(latest(s, ada), "people-merged"));
    assert_true(str_eq_c(latest(s, too), "people-merged"));
    REFUSES(s, office_unmerge(s->store, ARENA(s), &by_admin, merge, STR("two")),
            ACCOUNT_NOT_PERMITTED);
    DOES(s, office_unmerge(s->store, ARENA(s), &by_officer, merge, STR("two")));
    assert_true(str_eq_c(latest(s, ada), "people-unmerged"));
    assert_true(str_eq_c(latest(s, too), "people-unmerged"));
    REFUSES(s, office_unmerge(s->store, ARENA(s), &by_officer, merge, STR("two")), MERGE_UNKNOWN);
    setting_close(s);
}

static void nobody_decides_so_about_themselves(void **state)
{
    struct setting *s = setting_open();
    struct person_id officer = have_role(s, OFFICER, APPOINTED_OFFICER, SCOPE_ALL);
    struct person_id ada = have_person(s, "Ada Sample");
    struct person_id too = have_person(s, "Sample Ada");
    const struct act command = command_at(0);
    const struct act by_officer = person_at(officer, 0);
    struct merge_id merge = { 0 };

    (void)state;
    REFUSES(s, office_merge(s->store, ARENA(s), &by_officer, officer, ada, STR("one"), &merge),
            MERGE_ONESELF);
    REFUSES(s, office_merge(s->store, ARENA(s), &by_officer, ada, officer, STR("one"), &merge),
            MERGE_ONESELF);
    REFUSES(s, office_apart(s->store, ARENA(s), &by_officer, ada, officer, STR("two")),
            MERGE_ONESELF);
    DOES(s, office_merge(s->store, ARENA(s), &command, ada, officer, STR("one"), &merge));
    REFUSES(s, office_unmerge(s->store, ARENA(s), &by_officer, merge, STR("two")), MERGE_ONESELF);
    /* As whichever of the people they were merged from. */
    REFUSES(s, office_merge(s->store, ARENA(s), &by_officer, ada, too, STR("one"), &merge),
            MERGE_ONESELF);
    setting_close(s);
}

/* Each into the other: whoever comes second is told that they are one. */
static void two_merges_of_the_same_people_do_not_cross(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_person(s, "Ada Sample");
    struct person_id too = have_person(s, "Sample Ada");
    struct person_id kept = { 0 };
    const struct act act = command_at(0);
    struct merge_id merge = { 0 };

    (void)state;
    DOES(s, office_merge(s->store, ARENA(s), &act, ada, too, STR("one"), &merge));
    REFUSES(s, office_merge(s->store, ARENA(s), &act, too, ada, STR("one"), &merge), MERGE_SAME);
    check_ok(s->store, person_kept(s->store, too, &kept));
    assert_int_equal(kept.n, ada.n);
    check_ok(s->store, person_kept(s->store, ada, &kept));
    assert_int_equal(kept.n, ada.n);
    assert_int_equal(ask(s->store, "SELECT count(*) FROM person_merge"), 1);
    setting_close(s);
}

static void an_account_each_is_pointed_out_and_both_stay(void **state)
{
    struct setting *s = setting_open();
    struct account_id of_ada;
    struct account_id of_too;
    struct person_id ada = have_member(s, ADA, &of_ada);
    struct person_id too = have_member(s, TOO, &of_too);
    const struct act act = command_at(0);
    struct merge_id merge = { 0 };
    const struct value *shown = preview(s, ada, too);
    struct account account;

    (void)state;
    assert_true(has_conflict(shown, "accounts"));
    assert_int_equal(value_get(value_get(value_get(shown, "other"), "account"), "id")->integer,
                     of_too.n);
    assert_true(str_eq_c(value_get(value_get(shown, "one"), "addresses")->items[0]->text, ADA));
    DOES(s, office_merge(s->store, ARENA(s), &act, ada, too, STR("one"), &merge));
    check_ok(s->store, account_of_person(s->store, ARENA(s), too, &account));
    assert_int_equal(account.id.n, of_too.n);
    assert_true(value_get(preview(s, ada, too), "merged")->boolean);
    assert_int_equal(value_get(value_get(preview(s, ada, too), "other"), "merged_into")->integer,
                     ada.n);
    DOES(s, office_unmerge(s->store, ARENA(s), &act, merge, STR("two")));
    assert_false(value_get(preview(s, ada, too), "merged")->boolean);
    setting_close(s);
}

static void those_who_are_two_stay_so(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_person(s, "Ada Sample");
    struct person_id too = have_person(s, "Sample Ada");
    const struct act act = command_at(0);
    struct merge_id merge = { 0 };
    const struct value *shown = preview(s, ada, too);
    struct value *merges;

    (void)state;
    assert_true(value_get(value_get(shown, "reasons"), "same_name")->boolean);
    assert_int_equal(value_get(shown, "apart")->kind, VALUE_NULL);
    assert_false(has_conflict(shown, "accounts"));
    DOES(s, office_apart(s->store, ARENA(s), &act, ada, too, STR("cousins")));
    assert_true(
        str_eq_c(value_get(value_get(preview(s, too, ada), "apart"), "why")->text, "cousins"));
    /* They can be merged by their numbers all the same. */
    DOES(s, office_merge(s->store, ARENA(s), &act, ada, too, STR("one after all"), &merge));
    check_ok(s->store, merges_value(s->store, ARENA(s), too, &merges));
    assert_int_equal(merges->count, 1);
    assert_true(str_eq_c(value_get(merges->items[0], "why")->text, "one after all"));
    assert_int_equal(value_get(merges->items[0], "by")->kind, VALUE_NULL);
    assert_int_equal(value_get(merges->items[0], "undone")->kind, VALUE_NULL);
    setting_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(officers_alone_decide_who_is_one),
        cmocka_unit_test(nobody_decides_so_about_themselves),
        cmocka_unit_test(two_merges_of_the_same_people_do_not_cross),
        cmocka_unit_test(an_account_each_is_pointed_out_and_both_stay),
        cmocka_unit_test(those_who_are_two_stay_so),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
