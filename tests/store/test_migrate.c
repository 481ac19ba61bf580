/* What migrate.h promises, on both engines. */
#include "store/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "engine.h"
#include "hash/sha256.h"
#include "schema.h"
#include "store/installation.h"

#define SOME_MAX 8

/* Migrations of a test's own. */
struct some {
    struct embedded_file files[SOME_MAX];
    char hashes[SOME_MAX][SHA256_HEX_SIZE];
    struct migrations migrations;
};

static void add(struct some *some, const char *name, const char *sql)
{
    size_t i = some->migrations.count++;
    struct str text = str_from_c(sql);

    sha256_hex(sha256(text), some->hashes[i]);
    some->files[i] = (struct embedded_file){
        .name = name, .bytes = sql, .size = text.n, .sha256 = some->hashes[i]
    };
    some->migrations.at = some->files;
}

static void add_three(struct some *some)
{
    *some = (struct some){ 0 };
    add(some, "0001-people.sql",
        "CREATE TABLE person (id ID, name TEXT NOT NULL, photo BYTES) STRICT;"
        "CREATE TABLE pet (id ID, owner INT64 NOT NULL REFERENCES person) STRICT;");
    add(some, "0002-born.sql",
        "ALTER TABLE person ADD COLUMN born INT64; CREATE INDEX person_born ON person (born, id);");
    add(some, "0003-names.sql", "CREATE UNIQUE INDEX person_name ON person (name);");
}

static struct migrations first(const struct some *some, size_t count)
{
    return (struct migrations){ some->files, count };
}

static struct result migrate_now(struct store *store, struct migrations migrations)
{
    return migrate(store, migrations, NOW, "1.2.3");
}

static void check_schema(struct store *store, struct str expected)
{
    struct buf out;

    buf_init(&out, 100000);
    schema_write(store, &out);
    if (!str_eq(buf_str(&out), expected))
        print_error("the schema is:\n%.*s", STR_ARG(buf_str(&out)));
    assert_true(str_eq(buf_str(&out), expected));
    buf_release(&out);
}

/* ---- the program's own ---- */

static void the_schema_is_the_one_that_is_written_down(void **state)
{
    struct store *store = engine_open_migrated(engine_database());
    const char *source = getenv("ASSAY_SOURCE");
    struct arena arena;
    struct str expected;
    char path[4200];

    (void)state;
    arena_init(&arena, 1 << 20);
    snprintf(path, sizeof(path), "%s/tests/store/schema.txt", source ? source : ".");
    assert_false(failed(file_read(&arena, path, 1 << 20, &expected)));
    check_schema(store, expected);
    arena_release(&arena);
    store_close(store);
}

static void an_upgraded_schema_is_that_of_a_new_database(void **state)
{
    struct migrations all = migrations_of_program();
    struct buf fresh;
    struct store *store = engine_open_migrated(engine_database());

    (void)state;
    buf_init(&fresh, 100000);
    schema_write(store, &fresh);
    store_close(store);
    for (size_t from = 1; from < all.count; from++) {
        const char *database = engine_database();
        store = engine_open(database, STORE_WRITE);
        check_ok(store, migrate_now(store, (struct migrations){ all.at, from }));
        store_close(store);
        store = engine_open_migrated(database);
        check_schema(store, buf_str(&fresh));
        store_close(store);
    }
    buf_release(&fresh);
}

static void all_tables_are_strict(void **state)
{
    struct store *store = engine_open_migrated(engine_database());

    (void)state;
    if (!engine_is_postgres()) { /* the other always is */
        assert_int_equal(ask(store, "SELECT count(*) FROM pragma_table_list WHERE strict = 0"
                                    " AND type = 'table' AND name NOT LIKE 'sqlite_%'"),
                         0);
        assert_true(ask(store, "SELECT count(*) FROM pragma_table_list WHERE strict = 1") >= 4);
    }
    store_close(store);
}

static void an_installation_has_one_id_for_good(void **state)
{
    const char *database = engine_database();
    struct store *store = engine_open_migrated(database);
    char id[INSTALLATION_ID_SIZE] = "x";
    char again[INSTALLATION_ID_SIZE] = "x";

    (void)state;
    check_ok(store, installation_id(store, id));
    assert_string_equal(id, "");
    check_ok(store, installation_ensure(store, NOW, "1", id));
    assert_int_equal(strlen(id), INSTALLATION_ID_SIZE - 1);
    store_close(store);
    store = engine_open_migrated(database);
    check_ok(store, installation_ensure(store, NOW + 1, "2", again));
    assert_string_equal(again, id);
    assert_int_equal(ask(store, "SELECT count(*) FROM installation"), 1);
    store_close(store);
}

/* ---- others ---- */

static void each_is_applied_once_in_order(void **state)
{
    const char *database = engine_database();
    struct store *store = engine_open(database, STORE_WRITE);
    struct some some;

    (void)state;
    add_three(&some);
    check_fails(store, migrate_check(store, some.migrations), STORE_OLDER);
    check_ok(store, migrate_now(store, first(&some, 1)));
    check_ok(store, store_run(store, "INSERT INTO person (name) VALUES ('a')", NO_PARAMS));
    check_fails(store, migrate_check(store, some.migrations), STORE_OLDER);
    check_ok(store, migrate_now(store, some.migrations));
    check_ok(store, migrate_now(store, some.migrations));
    check_ok(store, migrate_check(store, some.migrations));
    assert_int_equal(ask(store, "SELECT count(*) FROM migration"), 3);
    assert_int_equal(ask(store, "SELECT count(*) FROM migration WHERE program = '1.2.3'"
                                " AND applied_at = 1795478400000000"),
                     3);
    assert_int_equal(ask(store, "SELECT count(*) FROM person WHERE born IS NULL"), 1);
    check_schema(store, STR("migration.number INT64 not null key 1\n"
                            "migration.name TEXT not null\n"
                            "migration.sha256 TEXT not null\n"
                            "migration.applied_at INT64 not null\n"
                            "migration.program TEXT not null\n"
                            "person.id ID not null key 1\n"
                            "person.name TEXT not null\n"
                            "person.photo BYTES null\n"
                            "person.born INT64 null\n"
                            "pet.id ID not null key 1\n"
                            "pet.owner INT64 not null\n"
                            "index person_born (born, id)\n"
                            "unique index person_name (name)\n"));
    store_close(store);
}

static void a_key_is_never_given_twice(void **state)
{
    struct store *store = engine_open(engine_database(), STORE_WRITE);
    const char *insert = "INSERT INTO person (name) VALUES ($1) RETURNING id";
    struct query query = { 0 };
    struct some some;
    int64_t ids[2];

    (void)state;
    add_three(&some);
    check_ok(store, migrate_now(store, some.migrations));
    for (int i = 0; i < 2; i++) {
        check_ok(store, query_begin(store, insert, PARAMS(datum_text(STR("a"))), &query));
        assert_true(query_next(&query));
        ids[i] = query_int(&query, 0);
        check_ok(store, query_end(&query));
        check_ok(store, store_run(store, "DELETE FROM person", NO_PARAMS));
    }
    assert_true(ids[1] > ids[0]);
    store_close(store);
}

static void a_changed_one_is_refused_with_both_hashes(void **state)
{
    struct store *store = engine_open(engine_database(), STORE_WRITE);
    struct some some;
    struct some other;

    (void)state;
    add_three(&some);
    add_three(&other);
    check_ok(store, migrate_now(store, some.migrations));
    other.migrations.count = 1;
    add(&other, "0002-born.sql", "ALTER TABLE person ADD COLUMN born TEXT;");
    check_fails(store, migrate_now(store, other.migrations), STORE_CHANGED);
    assert_non_null(strstr(store_fault(store)->message, "0002-born.sql"));
    assert_non_null(strstr(store_fault(store)->message, some.hashes[1]));
    assert_non_null(strstr(store_fault(store)->message, other.hashes[1]));
    check_fails(store, migrate_check(store, other.migrations), STORE_CHANGED);
    check_ok(store, migrate_check(store, some.migrations));
    store_close(store);
}

static void a_newer_database_is_refused(void **state)
{
    struct store *store = engine_open(engine_database(), STORE_WRITE);
    struct some some;

    (void)state;
    add_three(&some);
    check_ok(store, migrate_now(store, some.migrations));
    check_fails(store, migrate_now(store, first(&some, 2)), STORE_NEWER);
    assert_non_null(strstr(store_fault(store)->message, "0003-names.sql"));
    check_fails(store, migrate_check(store, first(&some, 2)), STORE_NEWER);
    store_close(store);
}

static void one_that_fails_leaves_nothing(void **state)
{
    struct store *store = engine_open(engine_database(), STORE_WRITE);
    struct some some;
    struct some good;

    (void)state;
    add_three(&some);
    add(&some, "0004-half.sql",
        "CREATE TABLE half (id ID) STRICT; INSERT INTO person (name) VALUES ('x'), ('x');");
    check_fails(store, migrate_now(store, some.migrations), STORE_CONSTRAINT);
    assert_int_equal(ask(store, "SELECT count(*) FROM migration"), 3);
    assert_int_equal(ask(store, "SELECT count(*) FROM person"), 0);
    add_three(&good);
    add(&good, "0004-half.sql", "CREATE TABLE half (id ID) STRICT;");
    check_ok(store, migrate_now(store, good.migrations));
    assert_int_equal(ask(store, "SELECT count(*) FROM half"), 0);
    store_close(store);
}

static void a_missing_row_is_noticed(void **state)
{
    struct store *store = engine_open(engine_database(), STORE_WRITE);
    struct some some;

    (void)state;
    add_three(&some);
    check_ok(store, migrate_now(store, some.migrations));
    check_ok(store, store_run(store, "DELETE FROM migration WHERE number = 2", NO_PARAMS));
    check_fails(store, migrate_now(store, some.migrations), STORE_CHANGED);
    store_close(store);
}

static void a_table_may_be_made_anew_under_those_that_refer_to_it(void **state)
{
    struct store *store = engine_open(engine_database(), STORE_WRITE);
    struct some some;
    int64_t rows;

    (void)state;
    add_three(&some);
    check_ok(store, migrate_now(store, some.migrations));
    check_ok(store, store_script(store, "INSERT INTO person (name) VALUES ('a');"
                                        "INSERT INTO pet (owner) SELECT id FROM person"));
    if (engine_is_postgres()) { /* which changes tables in place */
        add(&some, "0004-anew.sql", "ALTER TABLE person DROP COLUMN photo;");
    } else {
        add(&some, "0004-anew.sql",
            "CREATE TABLE new_person (id ID, name TEXT NOT NULL, born INT64) STRICT;"
            "INSERT INTO new_person SELECT id, name, born FROM person;"
            "DROP TABLE person; ALTER TABLE new_person RENAME TO person;");
    }
    check_ok(store, migrate_now(store, some.migrations));
    assert_int_equal(ask(store, "SELECT count(*) FROM pet JOIN person ON person.id = owner"), 1);
    check_fails(store, store_change(store, "DELETE FROM person", NO_PARAMS, &rows),
                STORE_CONSTRAINT);
    if (!engine_is_postgres()) {
        add(&some, "0005-dangling.sql", "DELETE FROM person;");
        check_fails(store, migrate_now(store, some.migrations), STORE_CONSTRAINT);
        assert_int_equal(ask(store, "SELECT count(*) FROM person"), 1);
    }
    store_close(store);
}

/* ---- several at once ---- */

#define PROCESSES 5

static int migrate_in_child(const char *database, struct migrations migrations)
{
    const struct store_settings settings = { .database = database };
    struct store_fault fault = { 0 };
    struct store *store = NULL;
    struct result result = store_open(&settings, STORE_WRITE, &store, &fault);

    if (!failed(result)) {
        result = migrate_now(store, migrations);
        fault = *store_fault(store);
        store_close(store);
    }
    if (failed(result))
        fprintf(stderr, "%s: %s\n", result.error->name, fault.message);
    return failed(result);
}

static void several_that_start_at_once_all_succeed(void **state)
{
    struct some some;

    (void)state;
    add_three(&some);
    for (int round = 0; round < 5; round++) {
        const char *database = engine_database();
        struct store *store;
        pid_t children[PROCESSES];
        for (int i = 0; i < PROCESSES; i++) {
            children[i] = fork();
            if (children[i] == 0)
                _exit(migrate_in_child(database, some.migrations));
        }
        for (int i = 0; i < PROCESSES; i++) {
            int status = -1;
            assert_int_equal(waitpid(children[i], &status, 0), children[i]);
            assert_int_equal(status, 0);
        }
        store = engine_open(database, STORE_WRITE);
        check_ok(store, migrate_check(store, some.migrations));
        assert_int_equal(ask(store, "SELECT count(*) FROM migration"), 3);
        store_close(store);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_schema_is_the_one_that_is_written_down),
        cmocka_unit_test(an_upgraded_schema_is_that_of_a_new_database),
        cmocka_unit_test(all_tables_are_strict),
        cmocka_unit_test(an_installation_has_one_id_for_good),
        cmocka_unit_test(each_is_applied_once_in_order),
        cmocka_unit_test(a_key_is_never_given_twice),
        cmocka_unit_test(a_changed_one_is_refused_with_both_hashes),
        cmocka_unit_test(a_newer_database_is_refused),
        cmocka_unit_test(one_that_fails_leaves_nothing),
        cmocka_unit_test(a_missing_row_is_noticed),
        cmocka_unit_test(a_table_may_be_made_anew_under_those_that_refer_to_it),
        cmocka_unit_test(several_that_start_at_once_all_succeed),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
