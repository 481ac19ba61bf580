/* What pages of accounts answer while the database takes no changes, and that they go on
   afterwards: on both engines. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "engine.h"
#include "house.h"

#define ADDRESS "/account/sign-up"
#define TRIES 2000
#define HELD_MAX 1000

static struct house *house;
static struct browser ada;

/* Somebody else each time, from another network, so that no limit is met. */
static int ask_for_a_link(int number, bool as_json)
{
    struct browser visitor = {
        .network = { FAMILY_V4, { 10, (uint8_t)(number / 250), (uint8_t)(number % 250), 1 } }
    };
    const char *fields = str_format(&house->arena, "address=visitor%d@sample.example", number).p;

    if (as_json)
        house_post_json(house, &visitor, ADDRESS, fields);
    else
        house_post(house, &visitor, ADDRESS, fields);
    return house_status(house);
}

static void is_refused(int status, const char *retry_after, const char *words)
{
    assert_int_equal(house_status(house), status);
    check_str(fixture_header(&house->site, "Retry-After"), retry_after);
    check_str(fixture_header(&house->site, "Cache-Control"), "no-store");
    check_has(house->site.response.body, words);
    assert_null(fixture_header(&house->site, "Set-Cookie").p);
}

/* ---- a full disk ---- */

static struct result set_pages(struct store *store, void *context)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(store, context, NO_PARAMS, &query));
    assert_true(query_next(&query));
    return query_end(&query);
}

/* SQLite's file can grow no further; the server's tables cannot be written. */
static void fill_disk(bool full)
{
    static char tight[] = "PRAGMA max_page_count = 1"; /* and those that it has */
    static char wide[] = "PRAGMA max_page_count = 1000000";

    if (engine_is_postgres())
        engine_fill_disk(full);
    else
        house_perform(house, set_pages, full ? tight : wide);
}

static void a_full_disk_is_told_and_changes_nothing(void **state)
{
    int64_t rows = 0;
    int number = 0;

    (void)state;
    fill_disk(true);
    /* Small changes may still find room in pages that are there. */
    do {
        rows = house_rows(house);
        ask_for_a_link(++number, false);
    } while (house_status(house) == 303 && number < TRIES);
    is_refused(507, "60", "the disk of the database is full; nothing was changed");
    check_has(house->site.response.body, "Tell the people who run this site");
    assert_int_equal(house_rows(house), rows);
    assert_int_equal(ask_for_a_link(number, true), 507);
    is_refused(507, "60", "\"name\": \"database-full\"");
    assert_int_equal(house_rows(house), rows);
    /* Reading goes on. */
    house_get(house, &ada, "/account");
    assert_int_equal(house_status(house), 200);
    fill_disk(false);
    assert_int_equal(ask_for_a_link(number, false), 303);
    assert_true(house_rows(house) > rows);
}

/* ---- a full queue ---- */

static sem_t begun;
static sem_t released;
static sem_t ended;
static struct operation held[HELD_MAX];

static struct result hold_up(struct store *store, void *context)
{
    (void)store;
    (void)context;
    sem_post(&begun);
    while (sem_wait(&released) != 0) {
    }
    return OK;
}

static struct result do_nothing(struct store *store, void *context)
{
    (void)store;
    (void)context;
    return OK;
}

static void note_end(struct operation *operation, struct result result)
{
    (void)operation;
    assert_false(failed(result));
    sem_post(&ended);
}

/* Keeps the writer busy, and lets others wait until it takes no more. Gives how many there are. */
static int fill_queue(void)
{
    int count = 1;

    held[0] = (struct operation){ .run = hold_up, .done = note_end };
    assert_false(failed(writer_submit(house->writer, &held[0])));
    while (sem_wait(&begun) != 0) {
    }
    for (; count < HELD_MAX; count++) {
        struct result result;

        held[count] = (struct operation){ .run = do_nothing, .done = note_end };
        result = writer_submit(house->writer, &held[count]);
        if (failed(result)) {
            assert_ptr_equal(result.error, &STORE_QUEUE_FULL);
            return count;
        }
    }
    fail_msg("the queue is never full");
    return count;
}

static void empty_queue(int count)
{
    sem_post(&released);
    for (int i = 0; i < count; i++)
        while (sem_wait(&ended) != 0) {
        }
}

static void a_full_queue_is_told_and_changes_nothing(void **state)
{
    int64_t rows = house_rows(house);
    int count;

    (void)state;
    sem_init(&begun, 0, 0);
    sem_init(&released, 0, 0);
    sem_init(&ended, 0, 0);
    count = fill_queue();
    assert_int_equal(ask_for_a_link(1, false), 503);
    is_refused(503, "1", "too many changes are waiting; please try again shortly");
    check_has(house->site.response.body, "Nothing was changed.");
    assert_int_equal(ask_for_a_link(1, true), 503);
    is_refused(503, "1", "\"name\": \"too-many-changes\"");
    /* Of somebody who is signed in, too. */
    house_post(house, &ada, "/account/sign-out", "");
    is_refused(503, "1", "too many changes are waiting");
    house_get(house, &ada, "/account");
    assert_int_equal(house_status(house), 200);
    empty_queue(count);
    assert_int_equal(house_rows(house), rows);
    assert_int_equal(ask_for_a_link(1, false), 303);
    house_post(house, &ada, "/account/sign-out", "");
    assert_int_equal(house_status(house), 303);
}

/* ---- a server that is away ---- */

static void wait_ms(long ms)
{
    const struct timespec time = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

    nanosleep(&time, NULL);
}

static void a_database_that_is_gone_is_told_and_comes_back(void **state)
{
    static const char *const words = "the database does not answer; nothing was changed";
    int64_t rows = house_rows(house);

    (void)state;
    if (!engine_is_postgres())
        skip();
    engine_stop();
    house_get(house, &ada, "/account");
    is_refused(503, "1", words);
    check_has(house->site.response.body, "Go back and try again in a minute.");
    house_get_json(house, &ada, "/account/history");
    is_refused(503, "1", "\"name\": \"database-gone\"");
    house_post(house, &ada, "/account/sign-out", "");
    is_refused(503, "1", words);
    assert_int_equal(ask_for_a_link(1, false), 503);
    is_refused(503, "1", words);
    house_get(house, &ada, "/certifications");
    assert_int_equal(house_status(house), 200);
    engine_start();
    wait_ms(600); /* it is not asked more often than that */
    house_get(house, &ada, "/account");
    assert_int_equal(house_status(house), 200);
    assert_int_equal(house_rows(house), rows);
    assert_int_equal(ask_for_a_link(1, false), 303);
}

/* ---- each on a house of its own ---- */

static int open_house(void **state)
{
    (void)state;
    house = house_open();
    house_dweller(house, DWELLER_PERSON, &ada);
    return 0;
}

static int close_house(void **state)
{
    (void)state;
    house_close(house);
    return 0;
}

static int begin(void **state)
{
    if (engine_begin(state) != 0)
        return -1;
    engine_or_skip();
    return 0;
}

#define IN_A_HOUSE(test) cmocka_unit_test_setup_teardown(test, open_house, close_house)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_HOUSE(a_full_disk_is_told_and_changes_nothing),
        IN_A_HOUSE(a_full_queue_is_told_and_changes_nothing),
        IN_A_HOUSE(a_database_that_is_gone_is_told_and_comes_back),
    };

    return cmocka_run_group_tests(tests, begin, engine_end);
}
