/*
 * bench/store.c - durable operations a second through the writer, beside what the engine does by
 * itself.
 *
 *     store [SECONDS] [WHERE]
 *
 * SECONDS is how long each measurement takes (0.5); WHERE is the folder of the file (.), or the
 * address of a PostgreSQL database, postgres://..., in which a table assay_bench is made and
 * dropped.
 *
 * For 1, 8 and 64 clients, each of which waits for its answer before it asks again: operations a
 * second, the mean number that shared a commit, and how long a client waited. Right after each
 * measurement, since a disk is now faster and now slower, the engine's own calls insert the same
 * rows into the same table on one thread and connection, with as many in a commit (bench/engines/):
 * each row in a savepoint of its own, as an operation has to be, and bare. The ratios are medians
 * of those within a round. Progress goes to standard error; the last line on standard output is
 * JSON.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/value.h"
#include "engines/raw.h"
#include "store/writer.h"

enum { ROUNDS = 7, CLIENTS_MAX = 64, WAITS_MAX = 4096 };

static const int client_counts[] = { 1, 8, 64 };

static bool is_postgres(const char *where)
{
    return store_engine_of(where) == STORE_POSTGRES;
}

/* ---- ours ---- */

struct client {
    pthread_t thread;
    struct writer *writer;
    atomic_bool *stop;
    atomic_ullong *numbers;
    struct raw_row row;
    uint64_t done;
    int64_t waits[WAITS_MAX]; /* the latest, in microseconds */
};

static struct result insert_row(struct store *store, void *context)
{
    const struct raw_row *row = context;

    return store_run(store, raw_insertion,
                     PARAMS(datum_int(row->owner), datum_int(row->at),
                            datum_text((struct str){ row->body, sizeof(row->body) })));
}

static void *run_client(void *context)
{
    struct client *client = context;
    struct store_fault fault;

    while (!atomic_load(client->stop)) {
        int64_t begun = raw_microseconds();
        raw_row(atomic_fetch_add(client->numbers, 1), &client->row);
        if (failed(writer_perform(client->writer, insert_row, &client->row, NULL, &fault)))
            raw_give_up("an operation failed", fault.message);
        client->waits[client->done++ % WAITS_MAX] = raw_microseconds() - begun;
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

static struct store *open_database(const char *where)
{
    const struct store_settings settings = { .database = where };
    struct store_fault fault = { 0 };
    struct store *store = NULL;

    if (!is_postgres(where))
        raw_remove_files(where);
    if (failed(store_open(&settings, STORE_WRITE, &store, &fault)))
        raw_give_up(where, fault.message);
    if (failed(store_script(store, is_postgres(where) ? raw_postgres_schema : raw_sqlite_schema)))
        raw_give_up(where, store_fault(store)->message);
    return store;
}

static struct measured measure_ours(const char *where, int count, double seconds)
{
    static struct client clients[CLIENTS_MAX];
    struct writer *writer = writer_new(open_database(where), 1000);
    atomic_bool stop = false;
    atomic_ullong numbers = 0;
    struct measured measured;
    struct writer_counts counts;
    int64_t begun = raw_microseconds();

    for (int i = 0; i < count; i++) {
        clients[i] = (struct client){ .writer = writer, .stop = &stop, .numbers = &numbers };
        if (pthread_create(&clients[i].thread, NULL, run_client, &clients[i]) != 0)
            raw_give_up("a thread", strerror(errno));
    }
    usleep((useconds_t)(seconds * 1e6));
    counts = writer_counts(writer);
    measured.per_second = (double)counts.operations / ((double)(raw_microseconds() - begun) / 1e6);
    measured.group = (double)counts.operations / (double)counts.commits;
    atomic_store(&stop, true);
    for (int i = 0; i < count; i++)
        pthread_join(clients[i].thread, NULL);
    writer_free(writer);
    measure_waits(clients, count, &measured);
    return measured;
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

static struct value *measure(struct arena *arena, const char *where, int clients, double seconds)
{
    double (*measure_raw)(const char *, int, bool, double) = is_postgres(where) ? raw_postgres
                                                                                : raw_sqlite;
    struct value *shown = value_object(arena);
    double ours[ROUNDS];
    double raw[ROUNDS];
    double bare[ROUNDS];
    double ratios[ROUNDS];
    double bare_ratios[ROUNDS];
    struct measured last = { 0 };

    for (int i = 0; i < ROUNDS; i++) {
        last = measure_ours(where, clients, seconds);
        ours[i] = last.per_second;
        raw[i] = measure_raw(where, (int)(last.group + 0.5), true, seconds);
        bare[i] = measure_raw(where, (int)(last.group + 0.5), false, seconds);
        ratios[i] = ours[i] / raw[i];
        bare_ratios[i] = ours[i] / bare[i];
        fprintf(stderr,
                "%2d clients: %6.0f/s in groups of %4.1f, half waited %lld us, 1 in 100 %lld us; "
                "the engine %6.0f/s, ratio %.2f; bare %6.0f/s, ratio %.2f\n",
                clients, ours[i], last.group, (long long)last.median_wait,
                (long long)last.worst_wait, raw[i], ratios[i], bare[i], bare_ratios[i]);
    }
    value_set_int(arena, shown, "clients", clients);
    value_set_int(arena, shown, "operations_per_second", (int64_t)median(ours));
    value_set_int(arena, shown, "engine_per_second", (int64_t)median(raw));
    value_set_int(arena, shown, "percent_of_engine", (int64_t)(median(ratios) * 100));
    value_set_int(arena, shown, "bare_per_second", (int64_t)median(bare));
    value_set_int(arena, shown, "percent_of_bare", (int64_t)(median(bare_ratios) * 100));
    value_set_int(arena, shown, "median_wait_us", last.median_wait);
    value_set_int(arena, shown, "p99_wait_us", last.worst_wait);
    return shown;
}

int main(int argc, char **argv)
{
    double seconds = argc > 1 ? strtod(argv[1], NULL) : 0.5;
    char where[4100];
    struct arena arena;
    struct value *all;
    struct buf out;

    if (seconds <= 0 || seconds > 60)
        raw_give_up("seconds", "a number from 0 to 60 is needed");
    if (argc > 2 && is_postgres(argv[2]))
        snprintf(where, sizeof(where), "%s", argv[2]);
    else
        snprintf(where, sizeof(where), "%s/bench-store.db", argc > 2 ? argv[2] : ".");
    arena_init(&arena, (size_t)1 << 20);
    buf_init(&out, (size_t)1 << 20);
    all = value_array(&arena);
    for (size_t i = 0; i < ARRAY_LEN(client_counts); i++)
        value_push(&arena, all, measure(&arena, where, client_counts[i], seconds));
    value_write_json(all, JSON_COMPACT, &out);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_release(&out);
    arena_release(&arena);
    return EXIT_OK;
}
