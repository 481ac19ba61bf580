/*
 * Records as the office sees them, and people who stand twice in the register, asked by browsers
 * and programs, on both engines. Statements are counted by a function that stands in for
 * query_begin.
 */
#include <stdio.h>
#include <string.h>

#include "account/merging.h"
#include "base/attr.h"
#include "engine.h"
#include "house.h"
#include "register/evidence.h"
#include "register/standing.h"
#include "json/read.h"

/* ---- statements ---- */

static int statements;

/* What the linker calls in place of query_begin, and what it has put aside. */
struct result __real_query_begin(struct store *store, const char *sql, struct params params,
                                 struct query *ret);
struct result __wrap_query_begin(struct store *store, const char *sql, struct params params,
                                 struct query *ret);

struct result __wrap_query_begin(struct store *store, const char *sql, struct params params,
                                 struct query *ret)
{
    statements++;
    return __real_query_begin(store, sql, params, ret);
}

/* ---- what tests share ---- */

static struct house *house;
static struct browser officer;
static struct person_id ada;
static struct person_id too;
static struct account_id of_ada;
static struct account_id of_too;

static void begin(void)
{
    house = house_open();
    house_dweller(house, DWELLER_OFFICER, &officer);
    ada = house_person(house, "Ada Sample", "ada@sample.example", &of_ada);
    too = house_person(house, "Sample Ada", "too@sample.example", &of_too);
}

/* An address with the number of one at '@', and that of the other at '^'. */
static const char *path(const char *address, struct person_id one, struct person_id other)
{
    struct buf out;

    buf_init(&out, 200);
    for (; *address; address++) {
        if (*address == '@' || *address == '^')
            buf_format(&out, "%lld", (long long)(*address == '@' ? one.n : other.n));
        else
            buf_byte(&out, *address);
    }
    return str_to_c(&house->arena, buf_take(&out, &house->arena));
}

static const struct value *asks(struct browser *browser, const char *at, int status)
{
    const struct json_limits limits = { .bytes = (size_t)8 << 20, .depth = 64 };
    struct str body = house_get_json(house, browser, at);
    struct json_fault fault;
    struct value *view = NULL;

    if (house_status(house) != status)
        fail_msg("%s is answered %d:\n%.*s", at, house_status(house), STR_ARG(body));
    assert_false(failed(json_read(&house->arena, body, &limits, &fault, &view)));
    return view;
}

static void posts(const char *at, const char *fields, int status)
{
    struct str body = house_post(house, &officer, at, fields);

    if (house_status(house) != status)
        fail_msg("%s is answered %d:\n%.*s", at, house_status(house), STR_ARG(body));
}

static int64_t number(const struct value *object, const char *key)
{
    return value_get(object, key)->integer;
}

struct adding {
    struct person_id person;
    int count;
};

static struct result add_entries(struct store *store, void *context)
{
    const struct adding *adding = context;
    const struct act act = house_act(house);
    const struct vocabulary *vocabulary = spoken_vocabulary(house->site.scheme->library);

    for (int i = 0; i < adding->count; i++) {
        const struct evidence says = {
            .kind = STR("mediation"),
            .start = 18000 + i * 2,
            .end = 18000 + i * 2,
            .matter = STR_NONE,
            .programme = STR_NONE,
            .hours = 60,
            .days = -1,
            .verified_on = DAY_NONE,
        };
        struct evidence_id id;

        TRY(evidence_add(store, &house->arena, &act, vocabulary, adding->person, &says, &id));
    }
    return OK;
}

static void have_entries(struct person_id person, int count)
{
    struct adding adding = { person, count };

    house_perform(house, add_entries, &adding);
}

/* ---- one who stands twice ---- */

static void the_old_number_leads_to_the_new_one(void **state)
{
    (void)state;
    begin();
    have_entries(too, 2);
    posts(path("/office/alike/@/^/merge", ada, too), "why=The+same+diploma", 303);
    house_get(house, &officer, path("/office/people/@", too, ada));
    assert_int_equal(house_status(house), 303);
    assert_string_equal(house_location(house),
                        path("/office/people/@?done=person-merged-into", ada, too));
    /* A program gets the one who is kept. */
    assert_int_equal(number(asks(&officer, path("/office/people/@", too, ada), 200), "id"), ada.n);
    house_get(house, &officer, path("/office/people/@/record?at=2026-11-22", too, ada));
    assert_string_equal(
        house_location(house),
        path("/office/people/@/record?at=2026-11-22&done=person-merged-into", ada, too));
    assert_int_equal(
        number(value_get(asks(&officer, path("/office/people/@/record", ada, too), 200), "counts"),
               "count"),
        2);
    /* The history of the old number is there still. */
    asks(&officer, path("/office/people/@/history", too, ada), 200);
    house_close(house);
}

static void both_accounts_read_one_logbook_until_it_is_undone(void **state)
{
    struct browser at_ada = { 0 };
    struct browser at_too = { 0 };

    (void)state;
    begin();
    have_entries(ada, 3);
    have_entries(too, 2);
    house_sign_in(house, of_ada, true, &at_ada);
    house_sign_in(house, of_too, true, &at_too);
    assert_int_equal(value_get(asks(&at_ada, "/record/logbook", 200), "entries")->count, 3);
    posts(path("/office/alike/@/^/merge", ada, too), "why=The+same+diploma", 303);
    assert_int_equal(value_get(asks(&at_ada, "/record/logbook", 200), "entries")->count, 5);
    assert_int_equal(value_get(asks(&at_too, "/record/logbook", 200), "entries")->count, 5);
    posts("/office/merges/1/undo", "why=Two+after+all", 303);
    assert_int_equal(value_get(asks(&at_ada, "/record/logbook", 200), "entries")->count, 3);
    assert_int_equal(value_get(asks(&at_too, "/record/logbook", 200), "entries")->count, 2);
    house_close(house);
}

static void what_cannot_be_merged_is_said_and_changes_nothing(void **state)
{
    struct person_id third;
    int64_t rows;

    (void)state;
    begin();
    third = house_person(house, "Third Sample", "third@sample.example", NULL);
    posts(path("/office/alike/@/^/merge", ada, too), "why=One", 303);
    rows = house_rows(house);
    posts(path("/office/alike/@/^/merge", too, ada), "why=One", 409);
    posts(path("/office/alike/@/^/merge", ada, too), "why=One", 409);
    posts(path("/office/alike/@/^/merge", third, ada), "why=One", 409);
    posts(path("/office/alike/@/^/merge", ada, ada), "why=One", 409);
    posts(path("/office/alike/@/^/apart", ada, too), "why=Two", 409);
    posts(path("/office/alike/@/^/merge", ada, third), "why=+", 422);
    posts(path("/office/alike/@/^/merge", ada, (struct person_id){ 999999 }), "why=One", 404);
    posts("/office/merges/9/undo", "why=Two", 404);
    assert_int_equal(house_rows(house), rows);
    house_close(house);
}

/* An officer who is one of the two. */
static void nobody_merges_themselves(void **state)
{
    struct person_id self;

    (void)state;
    begin();
    self.n = house_ask(house, "SELECT max(person) FROM appointment WHERE role = 'officer'");
    posts(path("/office/alike/@/^/merge", ada, self), "why=One", 403);
    posts(path("/office/alike/@/^/apart", self, ada), "why=Two", 403);
    house_close(house);
}

/* ---- the record ---- */

static void a_day_that_is_none_or_to_come_is_refused(void **state)
{
    (void)state;
    begin();
    asks(&officer, path("/office/people/@/record?at=soon", ada, too), 422);
    asks(&officer, path("/office/people/@/record?at=2026-11-24", ada, too), 422);
    asks(&officer, path("/office/people/@/record/standing/nothing", ada, too), 404);
    /* Today is now. */
    assert_int_equal(
        value_get(asks(&officer, path("/office/people/@/record?at=2026-11-23", ada, too), 200),
                  "at")
            ->kind,
        VALUE_NULL);
    house_close(house);
}

static void a_logbook_is_read_on_by_the_addresses_that_the_page_gives(void **state)
{
    const struct value *further;
    size_t seen = 0;
    const char *at;

    (void)state;
    begin();
    have_entries(ada, 120);
    at = path("/office/people/@/record", ada, too);
    do {
        const struct value *view = asks(&officer, at, 200);

        seen += value_get(view, "entries")->count;
        further = value_get(view, "further");
        at = further->kind == VALUE_TEXT ? str_to_c(&house->arena, further->text) : NULL;
    } while (at);
    assert_int_equal(seen, 120);
    house_close(house);
}

static int statements_of(const char *at)
{
    int before = statements;

    asks(&officer, at, 200);
    return statements - before;
}

static void the_number_of_statements_does_not_grow_with_the_records(void **state)
{
    static const char *const pages[] = {
        "/office/people/@/record",
        "/office/people/@/record?at=2026-11-22",
        "/office/people/@/record/standing/imi-certified-mediator",
        "/office/people/@",
        "/office/alike/@/^",
    };
    int before[ARRAY_LEN(pages)];

    (void)state;
    begin();
    have_entries(ada, 1);
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        (void)statements_of(path(pages[i], ada, too));
        before[i] = statements_of(path(pages[i], ada, too));
        assert_true(before[i] > 0);
    }
    have_entries(too, 60);
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        /* Of `too`, who had nothing, as of `ada` with an entry; it is what they have that grows. */
        int after = statements_of(path(pages[i], too, ada));

        if (after > before[i])
            fail_msg("%s: %d statements with one entry, %d with sixty", pages[i], before[i], after);
    }
    house_close(house);
}

static void a_correction_stands_in_the_history_of_the_person(void **state)
{
    struct browser at_ada = { 0 };
    const struct value *entry;
    struct str body;

    (void)state;
    begin();
    have_entries(ada, 1);
    posts("/office/entries/1/correct",
          "kind=mediation&start=2019-04-15&hours=2&version=1&why=The+file+says+two", 303);
    entry = value_get(asks(&officer, path("/office/people/@/record", ada, too), 200), "entries")
                ->items[0];
    assert_int_equal(number(entry, "version"), 2);
    assert_int_equal(number(entry, "minutes"), 120);
    house_sign_in(house, of_ada, true, &at_ada);
    body = house_get(house, &at_ada, "/account/history");
    check_has(body, "Sample officer");
    /* What was corrected meanwhile is looked at again. */
    posts("/office/entries/1/correct", "kind=mediation&start=2019-04-15&hours=3&version=1&why=Late",
          409);
    house_close(house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_old_number_leads_to_the_new_one),
        cmocka_unit_test(both_accounts_read_one_logbook_until_it_is_undone),
        cmocka_unit_test(what_cannot_be_merged_is_said_and_changes_nothing),
        cmocka_unit_test(nobody_merges_themselves),
        cmocka_unit_test(a_day_that_is_none_or_to_come_is_refused),
        cmocka_unit_test(a_logbook_is_read_on_by_the_addresses_that_the_page_gives),
        cmocka_unit_test(the_number_of_statements_does_not_grow_with_the_records),
        cmocka_unit_test(a_correction_stands_in_the_history_of_the_person),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
