/* What store.h promises, on both engines. */
#include "engine.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/rows.h"

/* A table in a new database, of types that both engines understand as they stand. */
static struct store *with_things(void)
{
    struct store *store = engine_open(engine_database(), STORE_WRITE);
    const char *bytes = engine_is_postgres() ? "BYTEA" : "BLOB";
    char sql[300];

    snprintf(sql, sizeof(sql),
             "CREATE TABLE thing (key BIGINT PRIMARY KEY, name TEXT UNIQUE, body %s,"
             " amount BIGINT NOT NULL DEFAULT 0,"
             " CONSTRAINT amount_is_small CHECK (amount < 100));"
             "CREATE TABLE part (thing BIGINT NOT NULL REFERENCES thing (key), a BIGINT, b BIGINT,"
             " UNIQUE (a, b))",
             bytes);
    check_ok(store, store_script(store, sql));
    return store;
}

static struct result insert(struct store *store, int64_t key, struct str name)
{
    return store_run(store, "INSERT INTO thing (key, name) VALUES ($1, $2)",
                     PARAMS(datum_int(key), datum_text(name)));
}

/* ---- values ---- */

static void check_integer(struct store *store, int64_t integer)
{
    struct query query = { 0 };

    check_ok(store, store_run(store, "DELETE FROM thing", NO_PARAMS));
    check_ok(store, insert(store, integer, STR("x")));
    check_ok(store, query_begin(store, "SELECT key FROM thing WHERE key = $1",
                                PARAMS(datum_int(integer)), &query));
    assert_true(query_next(&query));
    assert_int_equal(query_int(&query, 0), integer);
    check_ok(store, query_end(&query));
}

static void integers_come_back_as_they_were(void **state)
{
    struct store *store = with_things();
    const int64_t integers[] = { 0, 1, -1, INT64_MAX, INT64_MIN, 255, 256, -256, 1LL << 32 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(integers); i++)
        check_integer(store, integers[i]);
    store_close(store);
}

static void texts_and_bytes_come_back_as_they_were(void **state)
{
    struct store *store = with_things();
    char all[256];
    struct query query = { 0 };

    (void)state;
    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    check_ok(store, store_run(store, "INSERT INTO thing (key, name, body) VALUES ($1, $2, $3)",
                              PARAMS(datum_int(1), datum_text(STR("Łukasz 王小明 '\"\\")),
                                     datum_bytes((struct str){ all, sizeof(all) }))));
    check_ok(store, store_run(store, "INSERT INTO thing (key, name, body) VALUES ($1, $2, $3)",
                              PARAMS(datum_int(2), datum_text(STR("")), datum_bytes(STR("")))));
    check_ok(store,
             query_begin(store, "SELECT name, body FROM thing ORDER BY key", NO_PARAMS, &query));
    assert_true(query_next(&query));
    check_str(query_text(&query, 0), "Łukasz 王小明 '\"\\");
    assert_int_equal(query_bytes(&query, 1).n, 256);
    assert_memory_equal(query_bytes(&query, 1).p, all, 256);
    assert_true(query_next(&query));
    assert_non_null(query_text(&query, 0).p);
    assert_int_equal(query_text(&query, 0).n, 0);
    assert_non_null(query_bytes(&query, 1).p);
    assert_int_equal(query_bytes(&query, 1).n, 0);
    assert_false(query_next(&query));
    check_ok(store, query_end(&query));
    store_close(store);
}

static void what_is_absent_is_null(void **state)
{
    struct store *store = with_things();
    struct query query = { 0 };

    (void)state;
    check_ok(store, store_run(store, "INSERT INTO thing (key, name, body) VALUES ($1, $2, $3)",
                              PARAMS(datum_int(1), datum_text(STR_NONE), datum_null())));
    check_ok(store, query_begin(store, "SELECT key, name, body FROM thing", NO_PARAMS, &query));
    assert_true(query_next(&query));
    assert_int_equal(query_kind(&query, 0), DATUM_INT);
    assert_int_equal(query_kind(&query, 1), DATUM_NULL);
    assert_null(query_text(&query, 1).p);
    assert_null(query_bytes(&query, 2).p);
    assert_int_equal(query_int_or(&query, 1, -7), -7);
    assert_int_equal(query_int_or(&query, 0, -7), 1);
    query_release(&query);
    store_close(store);
}

struct thing {
    int64_t key;
    struct str name;
};

static void take_thing(const struct query *query, struct arena *arena, void *ret)
{
    *(struct thing *)ret =
        (struct thing){ query_int(query, 0), str_copy(arena, query_text(query, 1)) };
}

static void all_rows_are_read_at_once(void **state)
{
    struct store *store = with_things();
    const struct thing *things;
    struct arena arena;
    struct rows rows;

    (void)state;
    arena_init(&arena, 1 << 20);
    check_ok(store, store_begin(store));
    for (int64_t key = 0; key < 100; key++)
        check_ok(store, insert(store, key, str_format(&arena, "n%" PRId64, key)));
    check_ok(store, store_commit(store));
    check_ok(store, rows_read(store, &arena,
                              "SELECT key, name FROM thing WHERE key < $1 ORDER BY key DESC",
                              PARAMS(datum_int(90)), take_thing, sizeof(struct thing), &rows));
    things = rows.at;
    assert_int_equal(rows.count, 90);
    for (size_t i = 0; i < rows.count; i++)
        assert_int_equal(things[i].key, 89 - i);
    check_str(things[7].name, "n82");
    check_ok(store, rows_read(store, &arena, "SELECT key, name FROM thing WHERE key < 0", NO_PARAMS,
                              take_thing, sizeof(struct thing), &rows));
    assert_int_equal(rows.count, 0);
    assert_null(rows.at);
    check_fails(store,
                rows_read(store, &arena, "SELECT nothing FROM nowhere", NO_PARAMS, take_thing,
                          sizeof(struct thing), &rows),
                STORE_REFUSED);
    arena_release(&arena);
    store_close(store);
}

static void a_text_with_a_nul_or_bad_bytes_is_refused(void **state)
{
    struct store *store = with_things();

    (void)state;
    check_fails(store, insert(store, 1, STR("a\0b")), STORE_TEXT);
    check_fails(store, insert(store, 1, STR("a\xff")), STORE_TEXT);
    assert_non_null(strstr(store_fault(store)->message, "$2"));
    check_ok(store, insert(store, 1, STR("ab")));
    store_close(store);
}

static void parameters_are_found_by_number(void **state)
{
    struct store *store = with_things();
    struct query query = { 0 };

    (void)state;
    check_ok(store, store_run(store, "INSERT INTO thing (name, key, amount) VALUES ($3, $1, $2)",
                              PARAMS(datum_int(7), datum_int(8), datum_text(STR("nine")))));
    check_ok(store, query_begin(store,
                                "SELECT amount FROM thing WHERE name = $2 AND key = $1"
                                " AND key < $1 + 1",
                                PARAMS(datum_int(7), datum_text(STR("nine"))), &query));
    assert_true(query_next(&query));
    assert_int_equal(query_int(&query, 0), 8);
    query_release(&query);
    store_close(store);
}

static void a_parameter_may_be_null_at_one_time_and_not_at_another(void **state)
{
    struct store *store = with_things();

    (void)state;
    check_ok(store, insert(store, 1, STR_NONE));
    check_ok(store, insert(store, 2, STR("two")));
    check_ok(store, insert(store, 3, STR_NONE));
    assert_int_equal(ask(store, "SELECT count(*) FROM thing WHERE name IS NULL"), 2);
    store_close(store);
}

static void texts_compare_as_bytes(void **state)
{
    struct store *store = engine_open_migrated(engine_database());

    (void)state;
    check_ok(store, store_run(store,
                              "INSERT INTO installation (one, id, created_at, program)"
                              " VALUES (1, 'a', 0, 'Z')",
                              NO_PARAMS));
    assert_int_equal(ask(store, "SELECT count(*) FROM installation WHERE program < id"), 1);
    assert_int_equal(ask(store, "SELECT count(*) FROM installation WHERE 'B' < id"), 1);
    store_close(store);
}

static void rows_that_changed_are_counted(void **state)
{
    struct store *store = with_things();
    int64_t rows = -1;

    (void)state;
    for (int64_t i = 0; i < 5; i++)
        check_ok(store, insert(store, i, STR_NONE));
    check_ok(store, store_change(store, "UPDATE thing SET amount = 1 WHERE key < $1",
                                 PARAMS(datum_int(3)), &rows));
    assert_int_equal(rows, 3);
    check_ok(store, store_change(store, "DELETE FROM thing WHERE key > 100", NO_PARAMS, &rows));
    assert_int_equal(rows, 0);
    store_close(store);
}

static void queries_may_stand_within_each_other(void **state)
{
    struct store *store = with_things();
    const char *sql = "SELECT key FROM thing WHERE key >= $1 ORDER BY key";
    int64_t sum = 0;

    (void)state;
    for (int64_t i = 0; i < 4; i++)
        check_ok(store, insert(store, i, STR_NONE));
    for (int round = 0; round < 3; round++) {
        struct query outer = { 0 };
        check_ok(store, query_begin(store, sql, PARAMS(datum_int(0)), &outer));
        while (query_next(&outer)) {
            struct query inner = { 0 };
            int64_t from = query_int(&outer, 0);
            check_ok(store, query_begin(store, sql, PARAMS(datum_int(from)), &inner));
            while (query_next(&inner))
                sum += query_int(&inner, 0);
            check_ok(store, query_end(&inner));
        }
        check_ok(store, query_end(&outer));
    }
    assert_int_equal(sum, 3 * (6 + 6 + 5 + 3));
    store_close(store);
}

/* ---- statements that are kept ---- */

static void more_statements_than_are_kept_all_work(void **state)
{
    const char *database = engine_database();
    const struct store_settings settings = { .database = database, .statements = 4 };
    struct store_fault fault = { 0 };
    struct store *store = NULL;
    char sql[100];

    (void)state;
    check_result(store_open(&settings, STORE_WRITE, &store, &fault), NULL, &fault, __FILE__,
                 __LINE__);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 11; i++) {
            snprintf(sql, sizeof(sql), "SELECT %d + 1", i);
            assert_int_equal(ask(store, sql), i + 1);
        }
        /* One that cannot be understood takes no place for good. */
        check_fails(store, store_run(store, "SELEC", NO_PARAMS), STORE_REFUSED);
    }
    store_close(store);
}

static void a_statement_is_prepared_again_after_a_failure_on_the_way(void **state)
{
    struct store *store = with_things();
    const char *sql = "INSERT INTO thing (key, amount) VALUES ($1, 5)";

    (void)state;
    check_ok(store, insert(store, 1, STR_NONE));
    check_ok(store, store_begin(store));
    /* The second is sent after one that fails, where answers are not waited for. */
    if (!failed(insert(store, 1, STR_NONE)))
        (void)!failed(store_run(store, sql, PARAMS(datum_int(2))));
    store_rollback(store);
    check_ok(store, store_run(store, sql, PARAMS(datum_int(2))));
    assert_int_equal(ask(store, "SELECT count(*) FROM thing WHERE amount = 5"), 1);
    store_close(store);
}

/* ---- failures ---- */

static void check_constraint(struct store *store, const char *sql, const char *name)
{
    int64_t rows;

    check_fails(store, store_change(store, sql, NO_PARAMS, &rows), STORE_CONSTRAINT);
    assert_string_equal(store_fault(store)->constraint, name);
    assert_true(strlen(store_fault(store)->message) > 0);
}

static void a_broken_constraint_is_named(void **state)
{
    struct store *store = with_things();

    (void)state;
    check_ok(store, insert(store, 1, STR("one")));
    check_ok(store, store_run(store, "INSERT INTO part (thing, a, b) VALUES (1, 1, 1)", NO_PARAMS));
    check_constraint(store, "INSERT INTO thing (key) VALUES (1)", "thing.key");
    check_constraint(store, "INSERT INTO thing (key, name) VALUES (2, 'one')", "thing.name");
    check_constraint(store, "INSERT INTO part (thing, a, b) VALUES (1, 1, 1)", "part.a, part.b");
    check_constraint(store, "INSERT INTO part (thing) VALUES (NULL)", "part.thing");
    check_constraint(store, "INSERT INTO part (thing) VALUES (77)", "");
    check_constraint(store, "INSERT INTO thing (key, amount) VALUES (9, 100)", "amount_is_small");
    store_close(store);
}

static void a_statement_that_is_not_understood_is_refused(void **state)
{
    struct store *store = with_things();
    struct query query = { 0 };

    (void)state;
    check_fails(store, query_begin(store, "SELECT a FROM nowhere", NO_PARAMS, &query),
                STORE_REFUSED);
    assert_non_null(strstr(store_fault(store)->message, "nowhere"));
    assert_false(query_next(&query));
    store_close(store);
}

static void nothing_of_a_transaction_is_kept_after_a_failure(void **state)
{
    struct store *store = with_things();

    (void)state;
    check_ok(store, insert(store, 1, STR_NONE));
    check_ok(store, store_begin(store));
    check_ok(store, insert(store, 2, STR_NONE));
    (void)failed(insert(store, 1, STR_NONE));
    (void)failed(insert(store, 3, STR_NONE));
    check_fails(store, store_commit(store), STORE_CONSTRAINT);
    assert_string_equal(store_fault(store)->constraint, "thing.key");
    assert_false(store_in_transaction(store));
    assert_int_equal(ask(store, "SELECT count(*) FROM thing"), 1);
    store_close(store);
}

static void a_failure_lasts_as_long_as_its_transaction(void **state)
{
    struct store *store = with_things();
    int64_t rows;

    (void)state;
    check_ok(store, store_begin(store));
    check_fails(store,
                store_change(store, "INSERT INTO part (thing) VALUES (NULL)", NO_PARAMS, &rows),
                STORE_CONSTRAINT);
    check_fails(store, insert(store, 1, STR_NONE), STORE_CONSTRAINT);
    store_rollback(store);
    check_ok(store, insert(store, 1, STR_NONE));
    assert_int_equal(ask(store, "SELECT count(*) FROM thing"), 1);
    store_close(store);
}

/* ---- transactions ---- */

static void a_part_is_undone_alone(void **state)
{
    struct store *store = with_things();

    (void)state;
    check_ok(store, store_begin(store));
    check_ok(store, store_savepoint(store));
    check_ok(store, insert(store, 1, STR_NONE));
    check_ok(store, store_savepoint_keep(store));
    check_ok(store, store_savepoint(store));
    check_ok(store, insert(store, 2, STR_NONE));
    check_ok(store, store_savepoint_undo(store));
    check_ok(store, store_savepoint(store));
    (void)failed(insert(store, 1, STR_NONE));
    (void)failed(insert(store, 3, STR_NONE));
    check_fails(store, store_savepoint_keep(store), STORE_CONSTRAINT);
    check_ok(store, store_savepoint_undo(store));
    check_ok(store, store_savepoint(store));
    check_ok(store, insert(store, 4, STR_NONE));
    check_ok(store, store_savepoint_keep(store));
    check_ok(store, store_commit(store));
    assert_int_equal(ask(store, "SELECT count(*) FROM thing WHERE key IN (1, 4)"), 2);
    assert_int_equal(ask(store, "SELECT count(*) FROM thing"), 2);
    store_close(store);
}

static void a_part_is_undone_before_the_server_has_answered(void **state)
{
    struct store *store = with_things();

    (void)state;
    check_ok(store, insert(store, 1, STR_NONE));
    check_ok(store, store_begin(store));
    check_ok(store, store_savepoint(store));
    check_ok(store, insert(store, 2, STR_NONE));
    (void)failed(insert(store, 1, STR_NONE));
    check_ok(store, store_savepoint_undo(store));
    check_ok(store, insert(store, 3, STR_NONE));
    check_ok(store, store_commit(store));
    assert_int_equal(ask(store, "SELECT count(*) FROM thing WHERE key IN (1, 3)"), 2);
    assert_int_equal(ask(store, "SELECT count(*) FROM thing"), 2);
    store_close(store);
}

static void more_is_sent_than_fits_on_the_way(void **state)
{
    struct store *store = with_things();

    (void)state;
    check_ok(store, store_begin(store));
    for (int64_t i = 0; i < 1000; i++)
        check_ok(store, insert(store, i, STR_NONE));
    check_ok(store, store_commit(store));
    assert_int_equal(ask(store, "SELECT count(*) FROM thing"), 1000);
    store_close(store);
}

static void a_reader_sees_one_state_until_it_ends(void **state)
{
    const char *database = engine_database();
    struct store *writer = engine_open_migrated(database);
    struct store *reader = engine_open(database, STORE_READ);
    const char *count = "SELECT count(*) FROM installation";

    (void)state;
    check_ok(reader, store_begin(reader));
    assert_int_equal(ask(reader, count), 0);
    check_ok(writer, store_begin(writer));
    check_ok(writer, store_run(writer,
                               "INSERT INTO installation (one, id, created_at, program)"
                               " VALUES (1, 'a', 0, 'b')",
                               NO_PARAMS));
    assert_int_equal(ask(writer, count), 1);
    assert_int_equal(ask(reader, count), 0);
    check_ok(writer, store_commit(writer));
    assert_int_equal(ask(reader, count), 0);
    store_rollback(reader);
    assert_int_equal(ask(reader, count), 1);
    store_close(reader);
    store_close(writer);
}

static void a_reader_changes_nothing(void **state)
{
    const char *database = engine_database();
    struct store *writer = engine_open_migrated(database);
    struct store *reader = engine_open(database, STORE_READ);
    int64_t rows;

    (void)state;
    check_fails(reader, store_change(reader, "DELETE FROM installation", NO_PARAMS, &rows),
                STORE_READ_ONLY);
    check_ok(reader, store_begin(reader));
    check_fails(reader, store_change(reader, "DELETE FROM installation", NO_PARAMS, &rows),
                STORE_READ_ONLY);
    store_rollback(reader);
    check_fails(reader, store_script(reader, "CREATE TABLE x (a BIGINT)"), STORE_READ_ONLY);
    store_close(reader);
    store_close(writer);
}

static void what_was_not_committed_is_gone_after_closing(void **state)
{
    const char *database = engine_database();
    struct store *store = engine_open_migrated(database);

    (void)state;
    check_ok(store, store_begin(store));
    check_ok(store, store_run(store,
                              "INSERT INTO installation (one, id, created_at, program)"
                              " VALUES (1, 'a', 0, 'b')",
                              NO_PARAMS));
    store_close(store);
    store = engine_open(database, STORE_WRITE);
    assert_int_equal(ask(store, "SELECT count(*) FROM installation"), 0);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_come_back_as_they_were),
        cmocka_unit_test(texts_and_bytes_come_back_as_they_were),
        cmocka_unit_test(what_is_absent_is_null),
        cmocka_unit_test(all_rows_are_read_at_once),
        cmocka_unit_test(a_text_with_a_nul_or_bad_bytes_is_refused),
        cmocka_unit_test(parameters_are_found_by_number),
        cmocka_unit_test(a_parameter_may_be_null_at_one_time_and_not_at_another),
        cmocka_unit_test(texts_compare_as_bytes),
        cmocka_unit_test(rows_that_changed_are_counted),
        cmocka_unit_test(queries_may_stand_within_each_other),
        cmocka_unit_test(more_statements_than_are_kept_all_work),
        cmocka_unit_test(a_statement_is_prepared_again_after_a_failure_on_the_way),
        cmocka_unit_test(a_broken_constraint_is_named),
        cmocka_unit_test(a_statement_that_is_not_understood_is_refused),
        cmocka_unit_test(nothing_of_a_transaction_is_kept_after_a_failure),
        cmocka_unit_test(a_failure_lasts_as_long_as_its_transaction),
        cmocka_unit_test(a_part_is_undone_alone),
        cmocka_unit_test(a_part_is_undone_before_the_server_has_answered),
        cmocka_unit_test(more_is_sent_than_fits_on_the_way),
        cmocka_unit_test(a_reader_sees_one_state_until_it_ends),
        cmocka_unit_test(a_reader_changes_nothing),
        cmocka_unit_test(what_was_not_committed_is_gone_after_closing),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
