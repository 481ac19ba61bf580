/* What copy.h promises: one instant, while others write, and damage that is found. */
#include "store/copy.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine.h"

#define ROWS 3000

static struct store *filled(const char *database)
{
    struct store *store = engine_open(database, STORE_WRITE);

    check_ok(store, store_script(store, "CREATE TABLE pair (id INTEGER PRIMARY KEY, other INTEGER"
                                        " REFERENCES pair, filling BLOB) STRICT"));
    check_ok(store, store_begin(store));
    for (int64_t i = 1; i <= ROWS; i++)
        check_ok(store,
                 store_run(store, "INSERT INTO pair (id, filling) VALUES ($1, zeroblob(5000))",
                           PARAMS(datum_int(i))));
    check_ok(store, store_commit(store));
    return store;
}

static void check_whole(const char *path, int64_t rows)
{
    struct store *copy = engine_open(path, STORE_READ);
    char damage[200] = "?";

    check_ok(copy, store_examine(copy, damage, sizeof(damage)));
    assert_string_equal(damage, "");
    assert_int_equal(ask(copy, "SELECT count(*) FROM pair"), rows);
    store_close(copy);
}

static void a_copy_is_of_one_instant_and_keeps_no_writer_waiting(void **state)
{
    const char *database = engine_database();
    const char *target = engine_database();
    struct store *writer = filled(database);
    struct store *reader = engine_open(database, STORE_READ);
    struct store_copy *copy = NULL;
    int64_t done = 0;
    int64_t all = 1;
    int64_t steps = 0;
    char log[220];

    (void)state;
    check_ok(reader, store_begin(reader));
    check_ok(reader, store_copy_begin(reader, target, &copy));
    while (done < all) {
        int64_t before = done;
        check_ok(reader, store_copy_step(copy, &done, &all));
        assert_true(done > before);
        check_ok(writer, store_run(writer, "INSERT INTO pair (id) VALUES ($1)",
                                   PARAMS(datum_int(ROWS + ++steps))));
    }
    assert_true(steps > 2);
    check_ok(reader, store_copy_end(copy));
    store_rollback(reader);
    check_whole(target, ROWS);
    snprintf(log, sizeof(log), "%s-wal", target);
    assert_int_equal(access(log, F_OK), -1);
    assert_int_equal(ask(reader, "SELECT count(*) FROM pair"), ROWS + steps);
    store_close(reader);
    store_close(writer);
}

static void one_that_was_not_finished_leaves_nothing(void **state)
{
    const char *database = engine_database();
    const char *target = engine_database();
    struct store *writer = filled(database);
    struct store *reader = engine_open(database, STORE_READ);
    struct store_copy *copy = NULL;
    int64_t done;
    int64_t all;

    (void)state;
    check_ok(reader, store_begin(reader));
    check_ok(reader, store_copy_begin(reader, target, &copy));
    check_ok(reader, store_copy_step(copy, &done, &all));
    assert_true(done < all);
    check_ok(reader, store_copy_end(copy));
    assert_int_equal(access(target, F_OK), -1);
    store_rollback(reader);
    store_close(reader);
    store_close(writer);
}

static void a_file_that_is_there_is_not_written_over(void **state)
{
    const char *database = engine_database();
    const char *target = engine_database();
    struct store *writer = filled(database);
    struct store *reader = engine_open(database, STORE_READ);
    struct store_copy *copy = NULL;
    int file = open(target, O_CREAT | O_WRONLY, 0600);

    (void)state;
    assert_int_equal(write(file, "mine", 4), 4);
    close(file);
    check_ok(reader, store_begin(reader));
    check_fails(reader, store_copy_begin(reader, target, &copy), STORE_CANNOT_OPEN);
    store_rollback(reader);
    store_close(reader);
    store_close(writer);
    assert_int_equal(access(target, F_OK), 0);
}

static void damage_is_found(void **state)
{
    const char *database = engine_database();
    struct store *store = filled(database);
    char damage[200] = "";
    int file;

    (void)state;
    check_ok(store, store_script(store, "PRAGMA foreign_keys = OFF"));
    check_ok(store, store_run(store, "UPDATE pair SET other = 99999 WHERE id = 7", NO_PARAMS));
    check_ok(store, store_examine(store, damage, sizeof(damage)));
    assert_string_equal(damage, "a row of pair refers to a row of pair that is not there");
    check_ok(store, store_run(store, "UPDATE pair SET other = NULL", NO_PARAMS));
    store_close(store);

    file = open(database, O_WRONLY);
    assert_int_equal(pwrite(file, "damaged", 7, 8 * 4096), 7);
    close(file);
    store = engine_open(database, STORE_READ);
    check_ok(store, store_examine(store, damage, sizeof(damage)));
    assert_string_not_equal(damage, "");
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_is_of_one_instant_and_keeps_no_writer_waiting),
        cmocka_unit_test(one_that_was_not_finished_leaves_nothing),
        cmocka_unit_test(a_file_that_is_there_is_not_written_over),
        cmocka_unit_test(damage_is_found),
    };

    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
