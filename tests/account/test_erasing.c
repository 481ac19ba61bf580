/* What erasing.h promises, on both engines. */
#include "account/erasing.h"

#include <string.h>

#include "register/erase.h"
#include "register/journal.h"
#include "setting.h"
#include "store/tables.h"

#define NAME "Zebra Sample"
#define ADDRESS "zebra@sample.example"
#define WORD "zebra" /* stands in all that is known of them */

static struct person_id have_zebra(struct setting *s, struct account_id *ret_account)
{
    struct sign_in in = have_account(s, ADDRESS);
    const struct act nobody = nobody_at(0);
    const struct act office = command_at(0);
    struct person_id person = have_person(s, NAME);
    struct refusal refusal = { 0 };
    struct claim_id claim = { 0 };

    DOES(s, claim_ask(s->store, ARENA(s), &nobody, in.account, STR(NAME), STR("The zebra."),
                      &refusal, &claim));
    assert_null(refusal.error);
    DOES(s, claim_accept(s->store, ARENA(s), &office, claim, person, &person));
    *ret_account = in.account;
    return person;
}

static int64_t erase(struct setting *s, const struct act *act, struct person_id person)
{
    int64_t left = 1;
    int64_t pieces = 0;

    for (; left > 0; pieces++)
        DOES(s, record_erase(s->store, ARENA(s), act, person, &left));
    return pieces;
}

/* ---- whether a word stands anywhere in the database ---- */

static bool has_word(struct str text)
{
    for (; text.n >= strlen(WORD); text = str_drop(text, 1))
        if (strncasecmp(text.p, WORD, strlen(WORD)) == 0)
            return true;
    return false;
}

static size_t places_in(struct setting *s, const struct table *table)
{
    CLEANUP(query_release) struct query query = { 0 };
    size_t places = 0;

    check_ok(s->store, table_read(s->store, table, NULL, 10000, &query));
    while (query_next(&query))
        for (size_t i = 0; i < table->column_count; i++)
            if (table->columns[i].kind == DATUM_TEXT && has_word(query_text(&query, i))) {
                print_message("in %.*s.%.*s\n", STR_ARG(table->name),
                              STR_ARG(table->columns[i].name));
                places++;
            }
    check_ok(s->store, query_end(&query));
    return places;
}

/* But for letters, which go once they have left. */
static size_t places(struct setting *s)
{
    struct tables tables;
    size_t count = 0;

    check_ok(s->store, tables_read(s->store, ARENA(s), &tables));
    for (size_t i = 0; i < tables.count; i++)
        if (!str_eq_c(tables.at[i].name, "outbox") && !str_eq_c(tables.at[i].name, "mail"))
            count += places_in(s, &tables.at[i]);
    return count;
}

/* ---- the tests ---- */

static void nothing_is_left_but_numbers(void **state)
{
    struct setting *s = setting_open();
    struct account_id account;
    struct person_id person = have_zebra(s, &account);
    const struct act act = person_at(person, 0);
    struct journal_report report;
    struct person_row row;

    (void)state;
    assert_true(places(s) > 5);
    erase(s, &act, person);
    assert_int_equal(places(s), 0);
    check_ok(s->store, person_load(s->store, ARENA(s), person, &row));
    assert_true(str_eq_c(row.name, ERASED_NAME));
    check_ok(s->store,
             journal_verify(s->store, ARENA(s), (struct journal_heads){ 0 }, NULL, NULL, &report));
    assert_int_equal(report.faults, 0);
    assert_true(report.erased > 0);
    setting_close(s);
}

static void the_account_is_closed_and_told_so(void **state)
{
    struct setting *s = setting_open();
    struct account_id id;
    struct person_id person = have_zebra(s, &id);
    const struct act act = person_at(person, 0);
    struct account account;

    (void)state;
    erase(s, &act, person);
    check_ok(s->store, account_load(s->store, ARENA(s), id, &account));
    assert_int_equal(account.state, ACCOUNT_STATE_CLOSED);
    assert_string_equal(letter_to(s, ADDRESS)->template, "account-closed");
    assert_int_equal(have_account(s, ADDRESS).account.n, id.n + 1);
    setting_close(s);
}

static void one_that_is_blocked_goes_too(void **state)
{
    struct setting *s = setting_open();
    struct account_id account;
    struct person_id person = have_zebra(s, &account);
    const struct act act = command_at(0);

    (void)state;
    DOES(s, account_block(s->store, ARENA(s), &act, account, STR("a test")));
    erase(s, &act, person);
    assert_int_equal(places(s), 0);
    setting_close(s);
}

static void whoever_has_no_account_has_a_record_all_the_same(void **state)
{
    struct setting *s = setting_open();
    struct person_id person = have_person(s, NAME);
    const struct act act = command_at(0);

    (void)state;
    erase(s, &act, person);
    assert_int_equal(places(s), 0);
    assert_int_equal(erase(s, &act, person), 1); /* again does nothing, and no harm */
    setting_close(s);
}

static void a_role_has_to_end_first(void **state)
{
    struct setting *s = setting_open();
    struct person_id officer = have_role(s, ADDRESS, APPOINTED_OFFICER, SCOPE_ALL);
    const struct act act = person_at(officer, 0);
    int64_t left;

    (void)state;
    REFUSES(s, record_erase(s->store, ARENA(s), &act, officer, &left), ERASING_HOLDS);
    assert_true(places(s) > 0);
    setting_close(s);
}

/* More entries about an account than one operation erases. */
static void a_long_history_goes_in_pieces(void **state)
{
    struct setting *s = setting_open();
    struct account_id account;
    struct person_id person = have_zebra(s, &account);
    const struct act office = command_at(0);

    (void)state;
    for (int i = 0; i < ERASE_PIECE; i++) {
        DOES(s, account_block(s->store, ARENA(s), &office, account, STR("the zebra")));
        DOES(s, account_unblock(s->store, ARENA(s), &office, account, STR("the zebra")));
    }
    assert_true(erase(s, &office, person) > 1);
    assert_int_equal(places(s), 0);
    setting_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_left_but_numbers),
        cmocka_unit_test(the_account_is_closed_and_told_so),
        cmocka_unit_test(one_that_is_blocked_goes_too),
        cmocka_unit_test(whoever_has_no_account_has_a_record_all_the_same),
        cmocka_unit_test(a_role_has_to_end_first),
        cmocka_unit_test(a_long_history_goes_in_pieces),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
