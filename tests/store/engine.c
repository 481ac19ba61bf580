#include "engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "server.h"

#define DATABASES 400

static char folder[64];
static char databases[DATABASES][200];
static size_t count;

bool engine_is_postgres(void)
{
    const char *engine = getenv("ASSAY_ENGINE");

    return engine && strcmp(engine, "postgres") == 0;
}

void engine_or_skip(void)
{
    if (!engine_is_postgres() || server_begin())
        return;
    fputs("PostgreSQL is not installed: nothing was tested on it\n", stderr);
    exit(getenv("CI") ? 1 : 77);
}

void engine_stop(void)
{
    server_stop();
}

void engine_start(void)
{
    server_start();
}

void engine_fill_disk(bool full)
{
    server_fill_disk(full);
}

int engine_begin(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/assay-store-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

int engine_end(void **state)
{
    char command[100];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    server_end();
    return system(command);
}

/* An installation is a schema of its own there, which is much cheaper than a database. */
static void make_schema(const char *name)
{
    char address[200];
    char sql[100];
    struct store *store;

    snprintf(address, sizeof(address), "postgres://assay@/postgres?host=%s", server_folder());
    store = engine_open(address, STORE_WRITE);
    snprintf(sql, sizeof(sql), "CREATE SCHEMA %s", name);
    check_ok(store, store_script(store, sql));
    store_close(store);
}

const char *engine_database(void)
{
    char name[20];
    char *address = databases[count];

    assert_true(count < DATABASES);
    snprintf(name, sizeof(name), "t%zu", count++);
    if (!engine_is_postgres()) {
        snprintf(address, sizeof(databases[0]), "%s/%s.db", folder, name);
        return address;
    }
    make_schema(name);
    snprintf(address, sizeof(databases[0]),
             "postgres://assay@/postgres?host=%s&options=-csearch_path%%3D%s", server_folder(),
             name);
    return address;
}

void check_result(struct result result, const struct error *expected,
                  const struct store_fault *fault, const char *file, int line)
{
    if (result.error == expected)
        return;
    print_error("expected %s, got %s: %s [%s]\n", expected ? expected->name : "OK",
                result.error ? result.error->name : "OK", fault ? fault->message : "",
                fault ? fault->constraint : "");
    _fail(file, line);
}

struct store *engine_open(const char *database, enum store_access access)
{
    const struct store_settings settings = { .database = database };
    struct store_fault fault = { 0 };
    struct store *store = NULL;

    check_result(store_open(&settings, access, &store, &fault), NULL, &fault, __FILE__, __LINE__);
    return store;
}

void engine_claim(struct store *store)
{
    for (int i = 0; i < 1000 && failed(store_claim(store)); i++)
        nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
    check_ok(store, store_claim(store));
}

struct store *engine_open_migrated(const char *database)
{
    struct store *store = engine_open(database, STORE_WRITE);

    engine_claim(store);
    check_ok(store, migrate(store, migrations_of_program(), NOW, "test"));
    return store;
}

int64_t ask(struct store *store, const char *sql)
{
    struct query query = { 0 };
    int64_t answer;

    check_ok(store, query_begin(store, sql, NO_PARAMS, &query));
    assert_true(query_next(&query));
    answer = query_int(&query, 0);
    assert_false(query_next(&query));
    check_ok(store, query_end(&query));
    return answer;
}
