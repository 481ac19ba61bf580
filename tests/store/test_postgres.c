/* What PostgreSQL's side does when the server vanishes, is full, or is another's. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "engine.h"
#include "server.h"
#include "store/readers.h"
#include "store/writer.h"

static struct store *with_items(const char *database)
{
    struct store *store = engine_open_migrated(database);

    check_ok(store, store_script(store, "CREATE TABLE item (key BIGINT PRIMARY KEY, body BYTEA)"));
    return store;
}

static struct writer *begin_writer(const char *database)
{
    struct writer *writer = writer_new(with_items(database), 100);

    assert_non_null(writer);
    return writer;
}

static struct result insert(struct store *store, void *context)
{
    const int64_t *key = context;

    return store_run(store, "INSERT INTO item (key) VALUES ($1)", PARAMS(datum_int(*key)));
}

static struct result perform(struct writer *writer, int64_t key, struct store_fault *fault)
{
    return writer_perform(writer, insert, &key, NULL, fault);
}

static void check_items(const char *database, int64_t expected)
{
    struct store *reader = engine_open(database, STORE_READ);

    assert_int_equal(ask(reader, "SELECT count(*) FROM item"), expected);
    store_close(reader);
}

static void wait_ms(int64_t ms)
{
    nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

/* ---- a server that goes and comes ---- */

static void a_stopped_server_is_said_and_found_again(void **state)
{
    const char *database = engine_database();
    const struct store_settings settings = { .database = database };
    struct writer *writer = begin_writer(database);
    struct readers *readers = NULL;
    struct store *reader;
    struct store_fault fault = { 0 };

    (void)state;
    assert_false(failed(readers_new(&settings, 1, &readers, &fault)));
    assert_false(failed(perform(writer, 1, &fault)));
    server_stop();
    for (int64_t key = 2; key < 6; key++) {
        memset(&fault, 0, sizeof(fault));
        assert_ptr_equal(perform(writer, key, &fault).error, &STORE_GONE);
        assert_true(fault.message[0]);
        assert_ptr_equal(readers_take(readers, &reader, &fault).error, &STORE_GONE);
    }
    server_start();
    wait_ms(600); /* it is not asked more often than that */
    assert_false(failed(perform(writer, 9, &fault)));
    assert_false(failed(readers_take(readers, &reader, &fault)));
    assert_int_equal(ask(reader, "SELECT count(*) FROM item"), 2);
    assert_false(failed(readers_give_back(readers, reader)));
    readers_free(readers);
    writer_free(writer);
}

static void one_that_was_restarted_meanwhile_is_not_noticed(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database);
    struct store_fault fault = { 0 };

    (void)state;
    assert_false(failed(perform(writer, 1, &fault)));
    server_stop();
    server_start();
    assert_false(failed(perform(writer, 2, &fault)));
    check_items(database, 2);
    writer_free(writer);
}

static struct result insert_and_leave(struct store *store, void *context)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(insert(store, context));
    TRY(query_begin(store, "SELECT pg_terminate_backend(pg_backend_pid())", NO_PARAMS, &query));
    return query_end(&query);
}

static void a_connection_that_breaks_fails_its_group_and_no_more(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database);
    struct store_fault fault = { 0 };
    int64_t key = 1;

    (void)state;
    assert_ptr_equal(writer_perform(writer, insert_and_leave, &key, NULL, &fault).error,
                     &STORE_GONE);
    assert_true(fault.message[0]);
    assert_false(failed(perform(writer, 2, &fault)));
    check_items(database, 1);
    writer_free(writer);
}

static void a_connection_that_breaks_at_the_commit_leaves_doubt(void **state)
{
    const char *database = engine_database();
    struct store *store = with_items(database);
    struct writer *writer;
    struct store_fault fault = { 0 };

    (void)state;
    check_ok(store,
             store_script(store, "CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS $$ "
                                 "BEGIN PERFORM pg_terminate_backend(pg_backend_pid());"
                                 " RETURN NULL; END $$;"
                                 "CREATE CONSTRAINT TRIGGER leaving AFTER INSERT ON item"
                                 " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.key = 7)"
                                 " EXECUTE FUNCTION leave()"));
    writer = writer_new(store, 10);
    assert_ptr_equal(perform(writer, 7, &fault).error, &STORE_UNCERTAIN);
    assert_true(fault.message[0]);
    assert_false(failed(perform(writer, 8, &fault)));
    check_items(database, 1);
    writer_free(writer);
}

/* ---- one writer ---- */

static void a_second_writer_is_refused_until_the_first_is_gone(void **state)
{
    const char *database = engine_database();
    struct store *first = engine_open_migrated(database);
    struct store *second = engine_open(database, STORE_WRITE);
    struct store *elsewhere = engine_open_migrated(engine_database());

    (void)state;
    check_fails(second, store_claim(second), STORE_LOCKED);
    assert_true(store_fault(second)->message[0]);
    store_close(first);
    engine_claim(second);
    store_close(second);
    store_close(elsewhere);
}

static void who_lost_the_claim_writes_no_more(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database);
    struct store *thief = engine_open(database, STORE_WRITE);
    struct store_fault fault = { 0 };
    int64_t key = 1;

    (void)state;
    assert_ptr_equal(writer_perform(writer, insert_and_leave, &key, NULL, &fault).error,
                     &STORE_GONE);
    engine_claim(thief);
    for (key = 2; key < 5; key++) {
        assert_ptr_equal(perform(writer, key, &fault).error, &STORE_LOCKED);
        wait_ms(200);
    }
    store_close(thief);
    wait_ms(600);
    assert_false(failed(perform(writer, 9, &fault)));
    check_items(database, 1);
    writer_free(writer);
}

/* ---- a full disk ---- */

static struct result insert_much(struct store *store, void *context)
{
    const int64_t *key = context;
    static char body[100000];

    for (size_t i = 0; i < sizeof(body); i++) /* so that it cannot be made smaller */
        body[i] = (char)(i * i * 31 >> 7 ^ i * 2654435761u >> 13);
    return store_run(store, "INSERT INTO item (key, body) VALUES ($1, $2)",
                     PARAMS(datum_int(*key), datum_bytes((struct str){ body, sizeof(body) })));
}

static void a_full_disk_is_said_and_writing_goes_on_when_there_is_room(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database);
    struct store_fault fault = { 0 };
    int64_t key = 1;

    (void)state;
    assert_false(failed(writer_perform(writer, insert_much, &key, NULL, &fault)));
    server_fill_disk(true);
    for (key = 2; key < 5; key++)
        assert_ptr_equal(writer_perform(writer, insert_much, &key, NULL, &fault).error,
                         &STORE_FULL);
    server_fill_disk(false);
    assert_false(failed(writer_perform(writer, insert_much, &key, NULL, &fault)));
    check_items(database, 2);
    writer_free(writer);
}

/* ---- servers that are not for us ---- */

static void check_cannot_open(const char *database, const struct error *expected, const char *word)
{
    const struct store_settings settings = { .database = database };
    struct store_fault fault = { 0 };
    struct store *store = NULL;

    assert_ptr_equal(store_open(&settings, STORE_WRITE, &store, &fault).error, expected);
    assert_non_null(strstr(fault.message, word));
    assert_null(strstr(fault.message, "secret"));
}

static void an_address_that_leads_nowhere_is_said_without_its_password(void **state)
{
    char address[300];

    (void)state;
    check_cannot_open("postgres://me:secret@/x?host=/nowhere", &STORE_CANNOT_OPEN, "/nowhere");
    check_cannot_open("postgres://me:secret@[::/x", &STORE_CANNOT_OPEN, "postgres://USER");
    check_cannot_open("postgres://me:secret@/x?colour=red", &STORE_CANNOT_OPEN, "postgres://USER");
    snprintf(address, sizeof(address), "postgres://assay:secret@/none?host=%s", server_folder());
    check_cannot_open(address, &STORE_CANNOT_OPEN, "none");
}

static void a_database_that_is_not_utf8_is_refused(void **state)
{
    struct store *store = engine_open(engine_database(), STORE_WRITE);
    char address[300];

    (void)state;
    check_ok(store, store_script(store, "CREATE DATABASE ascii ENCODING 'SQL_ASCII'"
                                        " TEMPLATE template0"));
    store_close(store);
    snprintf(address, sizeof(address), "postgres://assay@/ascii?host=%s", server_folder());
    check_cannot_open(address, &STORE_UNSUITABLE, "SQL_ASCII");
}

static void a_lax_server_is_asked_to_wait_for_its_disk(void **state)
{
    struct store *store = engine_open(engine_database(), STORE_WRITE);

    (void)state;
    check_ok(store, store_script(store, "ALTER ROLE assay SET synchronous_commit = off"));
    store_close(store);
    store = engine_open(engine_database(), STORE_WRITE);
    assert_int_equal(
        ask(store, "SELECT count(*) WHERE current_setting('synchronous_commit') = 'on'"), 1);
    check_ok(store, store_script(store, "ALTER ROLE assay RESET synchronous_commit"));
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stopped_server_is_said_and_found_again),
        cmocka_unit_test(one_that_was_restarted_meanwhile_is_not_noticed),
        cmocka_unit_test(a_connection_that_breaks_fails_its_group_and_no_more),
        cmocka_unit_test(a_connection_that_breaks_at_the_commit_leaves_doubt),
        cmocka_unit_test(a_second_writer_is_refused_until_the_first_is_gone),
        cmocka_unit_test(who_lost_the_claim_writes_no_more),
        cmocka_unit_test(a_full_disk_is_said_and_writing_goes_on_when_there_is_room),
        cmocka_unit_test(an_address_that_leads_nowhere_is_said_without_its_password),
        cmocka_unit_test(a_database_that_is_not_utf8_is_refused),
        cmocka_unit_test(a_lax_server_is_asked_to_wait_for_its_disk),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
