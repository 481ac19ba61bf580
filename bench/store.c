/*
 * bench/store.c - durable operations a second through the writer, beside what SQLite does by
 * itself.
 *
 *     store [SECONDS] [FOLDER]    how long each measurement takes (0.5) and where the file is (.)
 *
 * For 1, 8 and 64 clients, each of which waits for its answer before it asks again: operations a
 * second, the mean number that shared a commit, and how long a client waited. Right after each
 * measurement, since a disk is now faster and now slower, loops of SQLite's own calls insert the
 * same rows into the same table on one thread, with as many in a commit: each row in a savepoint of
 * its own, as an operation has to be, and bare. The ratios are medians of those within a round.
 * Progress goes to standard error; the last line on standard output is JSON.
 */
#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/value.h"
#include "store/writer.h"

enum { ROUNDS = 7, CLIENTS_MAX = 64, WAITS_MAX = 4096, TEXT_SIZE = 180 };

static const int client_counts[] = { 1, 8, 64 };

static const char schema[] = "CREATE TABLE entry (id INTEGER PRIMARY KEY AUTOINCREMENT,"
                             " owner INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL)"
                             " STRICT; CREATE INDEX entry_owner ON entry (owner, at)";
static const char insertion[] = "INSERT INTO entry (owner, at, body) VALUES ($1, $2, $3)";

static int64_t microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void give_up(const char *what, const char *why)
{
    fprintf(stderr, "store: %s: %s\n", what, why);
    exit(EXIT_SYSTEM);
}

/* The same rows for both: spread over the index, 180 bytes of text. */
struct row {
    int64_t owner;
    int64_t at;
    char body[TEXT_SIZE];
};

static void make_row(uint64_t number, struct row *row)
{
    uint64_t mixed = (number + 1) * 0x9E3779B97F4A7C15u;

    row->owner = (int64_t)(mixed >> 44);
    row->at = (int64_t)number;
    memset(row->body, 'a' + (int)(mixed % 26), sizeof(row->body));
}

static void remove_files(const char *path)
{
    static const char *const endings[] = { "", "-wal", "-shm" };
    char name[4200];

    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        snprintf(name, sizeof(name), "%s%s", path, endings[i]);
        unlink(name);
    }
}

/* ---- ours ---- */

struct client {
    pthread_t thread;
    struct writer *writer;
    atomic_bool *stop;
    atomic_ullong *numbers;
    struct row row;
    uint64_t done;
    int64_t waits[WAITS_MAX]; /* the latest, in microseconds */
};

static struct result insert_row(struct store *store, void *context)
{
    const struct row *row = context;

    return store_run(store, insertion,
                     PARAMS(datum_int(row->owner), datum_int(row->at),
                            datum_text((struct str){ row->body, sizeof(row->body) })));
}

static void *run_client(void *context)
{
    struct client *client = context;
    struct store_fault fault;

    while (!atomic_load(client->stop)) {
        int64_t begun = microseconds();
        make_row(atomic_fetch_add(client->numbers, 1), &client->row);
        if (failed(writer_perform(client->writer, insert_row, &client->row, NULL, &fault)))
            give_up("an operation failed", fault.message);
        client->waits[client->done++ % WAITS_MAX] = microseconds() - begun;
    }
    return NULL;
}

struct measured {
    double per_second;
    double group;
    int64_t median_wait;
    int64_t worst_wait; /* of 99 in 100 */
};

static int compare_waits(const void *a, const void *b)
{
    const int64_t *left = a;
    const int64_t *right = b;

    return (*left > *right) - (*left < *right);
}

static void measure_waits(struct client *clients, int count, struct measured *measured)
{
    static int64_t all[CLIENTS_MAX * WAITS_MAX];
    size_t n = 0;

    for (int i = 0; i < count; i++)
        for (size_t k = 0; k < clients[i].done && k < WAITS_MAX; k++)
            all[n++] = clients[i].waits[k];
    qsort(all, n, sizeof(*all), compare_waits);
    measured->median_wait = n ? all[n / 2] : 0;
    measured->worst_wait = n ? all[n * 99 / 100] : 0;
}

static struct store *open_database(const char *path)
{
    const struct store_settings settings = { .database = path };
    struct store_fault fault = { 0 };
    struct store *store = NULL;

    remove_files(path);
    if (failed(store_open(&settings, STORE_WRITE, &store, &fault)))
        give_up(path, fault.message);
    if (failed(store_script(store, schema)))
        give_up(path, store_fault(store)->message);
    return store;
}

static struct measured measure_ours(const char *path, int count, double seconds)
{
    static struct client clients[CLIENTS_MAX];
    struct writer *writer = writer_new(open_database(path), 1000);
    atomic_bool stop = false;
    atomic_ullong numbers = 0;
    struct measured measured;
    struct writer_counts counts;
    int64_t begun = microseconds();

    for (int i = 0; i < count; i++) {
        clients[i] = (struct client){ .writer = writer, .stop = &stop, .numbers = &numbers };
        if (pthread_create(&clients[i].thread, NULL, run_client, &clients[i]) != 0)
            give_up("a thread", strerror(errno));
    }
    usleep((useconds_t)(seconds * 1e6));
    counts = writer_counts(writer);
    measured.per_second = (double)counts.operations / ((double)(microseconds() - begun) / 1e6);
    measured.group = (double)counts.operations / (double)counts.commits;
    atomic_store(&stop, true);
    for (int i = 0; i < count; i++)
        pthread_join(clients[i].thread, NULL);
    writer_free(writer);
    measure_waits(clients, count, &measured);
    remove_files(path);
    return measured;
}

/* ---- SQLite's own ---- */

static void must(sqlite3 *db, int code, int expected)
{
    if (code != expected)
        give_up("SQLite", sqlite3_errmsg(db));
}

static sqlite3 *open_raw(const char *path)
{
    sqlite3 *db;

    remove_files(path);
    must(NULL,
         sqlite3_open_v2(path, &db,
                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL),
         SQLITE_OK);
    must(db,
         sqlite3_exec(db,
                      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                      "PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384;"
                      "PRAGMA temp_store = MEMORY",
                      NULL, NULL, NULL),
         SQLITE_OK);
    must(db, sqlite3_exec(db, schema, NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static sqlite3_stmt *prepare_raw(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;

    must(db, sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    return statement;
}

static void step_raw(sqlite3 *db, sqlite3_stmt *statement)
{
    must(db, sqlite3_step(statement), SQLITE_DONE);
    sqlite3_reset(statement);
}

static double measure_raw(const char *path, int group, bool savepoints, double seconds)
{
    sqlite3 *db = open_raw(path);
    sqlite3_stmt *begin = prepare_raw(db, "BEGIN IMMEDIATE");
    sqlite3_stmt *commit = prepare_raw(db, "COMMIT");
    sqlite3_stmt *savepoint = prepare_raw(db, "SAVEPOINT part");
    sqlite3_stmt *release = prepare_raw(db, "RELEASE part");
    sqlite3_stmt *insert = prepare_raw(db, insertion);
    int64_t begun = microseconds();
    int64_t end = begun + (int64_t)(seconds * 1e6);
    uint64_t done = 0;
    struct row row;

    while (microseconds() < end) {
        step_raw(db, begin);
        for (int i = 0; i < group; i++) {
            make_row(done++, &row);
            if (savepoints)
                step_raw(db, savepoint);
            sqlite3_bind_int64(insert, 1, row.owner);
            sqlite3_bind_int64(insert, 2, row.at);
            sqlite3_bind_text(insert, 3, row.body, sizeof(row.body), SQLITE_STATIC);
            step_raw(db, insert);
            if (savepoints)
                step_raw(db, release);
        }
        step_raw(db, commit);
    }
    end = microseconds();
    sqlite3_finalize(begin);
    sqlite3_finalize(commit);
    sqlite3_finalize(savepoint);
    sqlite3_finalize(release);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    remove_files(path);
    return (double)done / ((double)(end - begun) / 1e6);
}

/* ---- both ---- */

static int compare_doubles(const void *a, const void *b)
{
    const double *left = a;
    const double *right = b;

    return (*left > *right) - (*left < *right);
}

static double median(double *numbers)
{
    qsort(numbers, ROUNDS, sizeof(*numbers), compare_doubles);
    return numbers[ROUNDS / 2];
}

static struct value *measure(struct arena *arena, const char *path, int clients, double seconds)
{
    struct value *shown = value_object(arena);
    double ours[ROUNDS];
    double raw[ROUNDS];
    double bare[ROUNDS];
    double ratios[ROUNDS];
    double bare_ratios[ROUNDS];
    struct measured last = { 0 };

    for (int i = 0; i < ROUNDS; i++) {
        last = measure_ours(path, clients, seconds);
        ours[i] = last.per_second;
        raw[i] = measure_raw(path, (int)(last.group + 0.5), true, seconds);
        bare[i] = measure_raw(path, (int)(last.group + 0.5), false, seconds);
        ratios[i] = ours[i] / raw[i];
        bare_ratios[i] = ours[i] / bare[i];
        fprintf(stderr,
                "%2d clients: %6.0f/s in groups of %4.1f, half waited %lld us, 1 in 100 %lld us; "
                "SQLite %6.0f/s, ratio %.2f; bare %6.0f/s, ratio %.2f\n",
                clients, ours[i], last.group, (long long)last.median_wait,
                (long long)last.worst_wait, raw[i], ratios[i], bare[i], bare_ratios[i]);
    }
    value_set_int(arena, shown, "clients", clients);
    value_set_int(arena, shown, "operations_per_second", (int64_t)median(ours));
    value_set_int(arena, shown, "sqlite_per_second", (int64_t)median(raw));
    value_set_int(arena, shown, "percent_of_sqlite", (int64_t)(median(ratios) * 100));
    value_set_int(arena, shown, "bare_per_second", (int64_t)median(bare));
    value_set_int(arena, shown, "percent_of_bare", (int64_t)(median(bare_ratios) * 100));
    value_set_int(arena, shown, "median_wait_us", last.median_wait);
    value_set_int(arena, shown, "p99_wait_us", last.worst_wait);
    return shown;
}

int main(int argc, char **argv)
{
    double seconds = argc > 1 ? strtod(argv[1], NULL) : 0.5;
    char path[4100];
    struct arena arena;
    struct value *all;
    struct buf out;

    if (seconds <= 0 || seconds > 60)
        give_up("seconds", "a number from 0 to 60 is needed");
    snprintf(path, sizeof(path), "%s/bench-store.db", argc > 2 ? argv[2] : ".");
    arena_init(&arena, (size_t)1 << 20);
    buf_init(&out, (size_t)1 << 20);
    all = value_array(&arena);
    for (size_t i = 0; i < ARRAY_LEN(client_counts); i++)
        value_push(&arena, all, measure(&arena, path, client_counts[i], seconds));
    value_write_json(all, JSON_COMPACT, &out);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_release(&out);
    arena_release(&arena);
    return EXIT_OK;
}
