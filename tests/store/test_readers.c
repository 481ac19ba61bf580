/* What readers.h promises, on both engines. */
#include "store/readers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "engine.h"

static struct readers *open_readers(const char *database, size_t count)
{
    const struct store_settings settings = { .database = database };
    struct store_fault fault = { 0 };
    struct readers *readers = NULL;

    check_result(readers_new(&settings, count, &readers, &fault), NULL, &fault, __FILE__, __LINE__);
    return readers;
}

static struct store *take(struct readers *readers)
{
    struct store_fault fault = { 0 };
    struct store *store = NULL;

    check_result(readers_take(readers, &store, &fault), NULL, &fault, __FILE__, __LINE__);
    return store;
}

static struct store *with_items(const char *database)
{
    struct store *store = engine_open_migrated(database);

    check_ok(store, store_script(store, "CREATE TABLE item (key BIGINT PRIMARY KEY)"));
    return store;
}

static void add_item(struct store *store, int64_t key)
{
    check_ok(store, store_run(store, "INSERT INTO item (key) VALUES ($1)", PARAMS(datum_int(key))));
}

static void each_loan_sees_one_state_and_the_next_a_later_one(void **state)
{
    const char *database = engine_database();
    struct store *writer = with_items(database);
    struct readers *readers = open_readers(database, 1);
    struct store *reader = take(readers);

    (void)state;
    assert_int_equal(ask(reader, "SELECT count(*) FROM item"), 0);
    add_item(writer, 1);
    assert_int_equal(ask(reader, "SELECT count(*) FROM item"), 0);
    assert_false(failed(readers_give_back(readers, reader)));
    reader = take(readers);
    assert_int_equal(ask(reader, "SELECT count(*) FROM item"), 1);
    assert_false(failed(readers_give_back(readers, reader)));
    readers_free(readers);
    store_close(writer);
}

static void a_failed_query_is_told_at_the_end_and_hurts_nobody_else(void **state)
{
    const char *database = engine_database();
    struct store *writer = with_items(database);
    struct readers *readers = open_readers(database, 1);
    struct store *reader = take(readers);
    struct query query = { 0 };

    (void)state;
    (void)failed(query_begin(reader, "SELECT key FROM nowhere", NO_PARAMS, &query));
    while (query_next(&query))
        fail_msg("there are no rows nowhere");
    assert_ptr_equal(readers_give_back(readers, reader).error, &STORE_REFUSED);
    reader = take(readers);
    /* Left open by somebody who went home early. */
    check_ok(reader, query_begin(reader, "SELECT count(*) FROM item", NO_PARAMS, &query));
    assert_true(query_next(&query));
    assert_false(failed(readers_give_back(readers, reader)));
    reader = take(readers);
    assert_int_equal(ask(reader, "SELECT count(*) FROM item"), 0);
    assert_false(failed(readers_give_back(readers, reader)));
    readers_free(readers);
    store_close(writer);
}

struct waiting {
    struct readers *readers;
    atomic_bool got;
};

static void *take_and_give_back(void *context)
{
    struct waiting *waiting = context;
    struct store_fault fault;
    struct store *store;

    if (failed(readers_take(waiting->readers, &store, &fault)))
        return waiting;
    atomic_store(&waiting->got, true);
    return failed(readers_give_back(waiting->readers, store)) ? waiting : NULL;
}

static void who_finds_none_waits_for_the_next_that_comes_back(void **state)
{
    const char *database = engine_database();
    struct store *writer = with_items(database);
    struct readers *readers = open_readers(database, 2);
    struct store *one = take(readers);
    struct store *two = take(readers);
    struct waiting waiting = { .readers = readers };
    pthread_t thread;
    void *wrong;

    (void)state;
    assert_ptr_not_equal(one, two);
    assert_int_equal(pthread_create(&thread, NULL, take_and_give_back, &waiting), 0);
    nanosleep(&(struct timespec){ .tv_nsec = 30000000 }, NULL);
    assert_false(atomic_load(&waiting.got));
    assert_false(failed(readers_give_back(readers, two)));
    pthread_join(thread, &wrong);
    assert_null(wrong);
    assert_true(atomic_load(&waiting.got));
    assert_false(failed(readers_give_back(readers, one)));
    readers_free(readers);
    store_close(writer);
}

static void a_database_that_is_not_there_cannot_be_read(void **state)
{
    const struct store_settings settings = {
        .database = engine_is_postgres() ? "postgres://assay@/postgres?host=/nowhere" : "/nowhere/x"
    };
    struct store_fault fault = { 0 };
    struct readers *readers = NULL;

    (void)state;
    assert_ptr_equal(readers_new(&settings, 3, &readers, &fault).error, &STORE_CANNOT_OPEN);
    assert_true(fault.message[0]);
    assert_null(readers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_loan_sees_one_state_and_the_next_a_later_one),
        cmocka_unit_test(a_failed_query_is_told_at_the_end_and_hurts_nobody_else),
        cmocka_unit_test(who_finds_none_waits_for_the_next_that_comes_back),
        cmocka_unit_test(a_database_that_is_not_there_cannot_be_read),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
