/*
 * bench/exchange.c - how fast an installation is exported and imported, beside what other programs
 * do with the same rows on the same disk.
 *
 *     exchange [ROWS] [FOLDER]
 *
 * ROWS is how many rows of sample data there are (1,000,000), a third of them entries of the
 * journal and as many payloads and people; FOLDER is where the files are made (.). In the same run,
 * and each three times: the export beside copying as many bytes from file to file and beside
 * sqlite3's .dump; the import beside sqlite3 reading that dump into a new file, without syncing, as
 * the import does until its end. Without a program sqlite3 the peers are left out. Progress goes to
 * standard error; the last line on standard output is JSON, of the medians.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/value.h"
#include "instance/export.h"
#include "instance/import.h"
#include "register/journal.h"
#include "store/installation.h"
#include "store/migrate.h"

enum { ROUNDS = 3, GROUP = 5000 };

#define NOW INT64_C(1795478400000000)

NORETURN static void give_up(const char *what, const char *why)
{
    fprintf(stderr, "exchange: %s: %s\n", what, why);
    exit(EXIT_SYSTEM);
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void ok(struct result result, struct store *store)
{
    if (failed(result))
        give_up(result.error->name, store ? store_fault(store)->message : "");
}

static struct store *open_store(const char *path, enum store_access access)
{
    const struct store_settings settings = { .database = path };
    struct store_fault fault = { 0 };
    struct store *store = NULL;

    if (failed(store_open(&settings, access, &store, &fault)))
        give_up(path, fault.message);
    return store;
}

/* ---- the rows ---- */

static void add(struct store *store, struct arena *arena, int64_t i)
{
    const struct act act = { NOW + i, ACTOR_PERSON, i % 100 + 1, STR("sample data") };
    struct value *payload = value_object(arena);
    struct str name = str_format(arena, "Sample Person %lld", (long long)i);

    value_set_text(arena, payload, "name", name);
    value_set_int(arena, payload, "number", i);
    ok(journal_append(store, arena, &act, "person-added", (struct journal_subject){ "person", i },
                      payload, NULL),
       store);
    ok(store_run(store, "INSERT INTO person (name, created_at) VALUES ($1, $2)",
                 PARAMS(datum_text(name), datum_int(NOW + i))),
       store);
}

static void fill(const char *path, int64_t rows)
{
    struct store *store = open_store(path, STORE_WRITE);
    char id[INSTALLATION_ID_SIZE];
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    ok(migrate(store, migrations_of_program(), NOW, "bench"), store);
    for (int64_t i = 0; i < rows / 3; i += GROUP) {
        ok(store_begin(store), store);
        ok(installation_ensure(store, NOW, "bench", id), store);
        for (int64_t k = i; k < i + GROUP && k < rows / 3; k++)
            add(store, &arena, k + 1);
        ok(store_commit(store), store);
        arena_clear(&arena);
    }
    arena_release(&arena);
    store_close(store);
}

/* ---- what is measured ---- */

static double measure_export(const char *database, const char *file, struct export_done *done)
{
    struct store *store = open_store(database, STORE_READ);
    FILE *out = fopen(file, "w");
    struct str message = STR("");
    const struct export_settings settings = { .store = store, .out = out };
    double begun = seconds();
    struct arena arena;

    if (!out)
        give_up(file, strerror(errno));
    arena_init(&arena, ARENA_UNLIMITED);
    ok(store_begin(store), store);
    if (failed(export_write(&settings, &arena, (struct told){ 0 }, done, &message)))
        give_up("export", str_to_c(&arena, message));
    fclose(out);
    store_close(store);
    arena_release(&arena);
    return seconds() - begun;
}

static double measure_import(const char *file, const char *database)
{
    FILE *in = fopen(file, "r");
    const struct import_settings settings = {
        .name = file,
        .in = in,
        .database = database,
        .now = NOW,
    };
    struct str message = STR("");
    double begun = seconds();
    struct import_done done;
    struct arena arena;

    if (!in)
        give_up(file, strerror(errno));
    arena_init(&arena, ARENA_UNLIMITED);
    unlink(database);
    if (failed(import_read(&settings, &arena, (struct told){ 0 }, &done, &message)))
        give_up("import", str_to_c(&arena, message));
    fclose(in);
    arena_release(&arena);
    return seconds() - begun;
}

/* The same bytes from one file to another. */
static double measure_copy(const char *from, const char *to)
{
    static char chunk[1 << 16];
    double begun = seconds();
    FILE *in = fopen(from, "r");
    FILE *out = fopen(to, "w");
    size_t got;

    if (!in || !out)
        give_up(to, strerror(errno));
    while ((got = fread(chunk, 1, sizeof(chunk), in)) > 0)
        fwrite(chunk, 1, got, out);
    fclose(in);
    fclose(out);
    return seconds() - begun;
}

/* Runs sqlite3 DATABASE with its input from and its output to files; below 0 where there is none.
 */
static double measure_sqlite3(const char *database, const char *command, const char *in,
                              const char *out)
{
    double begun = seconds();
    pid_t child = fork();
    int status;

    if (child == 0) {
        int input = open(in, O_RDONLY);
        int output = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(input, STDIN_FILENO);
        dup2(output, STDOUT_FILENO);
        execlp("sqlite3", "sqlite3", "-cmd", "PRAGMA synchronous = OFF", database, command,
               (char *)NULL);
        _exit(127);
    }
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return -1;
    return seconds() - begun;
}

/* ---- all of it ---- */

static int compare(const void *a, const void *b)
{
    const double *left = a;
    const double *right = b;

    return (*left > *right) - (*left < *right);
}

static double median(double *numbers)
{
    qsort(numbers, ROUNDS, sizeof(*numbers), compare);
    return numbers[ROUNDS / 2];
}

static int64_t megabytes_used(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

int main(int argc, char **argv)
{
    int64_t rows = 1000000;
    const char *folder = argc > 2 ? argv[2] : ".";
    double times[5][ROUNDS];
    double middle[5];
    struct export_done done = { 0 };
    struct arena arena;
    const char *paths[6];
    static const char *const names[] = {
        "from.db", "to.db", "lines", "copy", "dump.sql", "read.db"
    };

    if (argc > 1 && !str_to_int(str_from_c(argv[1]), 3, 100000000, &rows))
        give_up("rows", "a number of at least 3 is needed");
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        paths[i] = str_to_c(&arena, str_format(&arena, "%s/bench-exchange-%s", folder, names[i]));
        unlink(paths[i]);
    }
    fprintf(stderr, "exchange: making %lld rows\n", (long long)rows);
    fill(paths[0], rows);
    for (int i = 0; i < ROUNDS; i++) {
        times[0][i] = measure_export(paths[0], paths[2], &done);
        times[1][i] = measure_copy(paths[2], paths[3]);
        times[2][i] = measure_sqlite3(paths[0], ".dump", "/dev/null", paths[4]);
        times[3][i] = measure_import(paths[2], paths[1]);
        unlink(paths[5]);
        times[4][i] = measure_sqlite3(paths[5],
                                      str_to_c(&arena, str_format(&arena, ".read %s", paths[4])),
                                      "/dev/null", "/dev/null");
        fprintf(stderr,
                "export %.2f s, copying its bytes %.2f s, .dump %.2f s; import %.2f s, .read "
                "%.2f s\n",
                times[0][i], times[1][i], times[2][i], times[3][i], times[4][i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(times); i++)
        middle[i] = median(times[i]);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        unlink(paths[i]);
    printf("{\"rows\":%lld,\"bytes\":%lld,\"export_rows_per_second\":%lld,"
           "\"import_rows_per_second\":%lld,\"percent_of_copy\":%lld,",
           (long long)done.rows, (long long)done.bytes, (long long)((double)done.rows / middle[0]),
           (long long)((double)done.rows / middle[3]), (long long)(middle[1] / middle[0] * 100));
    if (middle[2] > 0 && middle[4] > 0)
        printf("\"percent_of_dump\":%lld,\"percent_of_read\":%lld,",
               (long long)(middle[2] / middle[0] * 100), (long long)(middle[4] / middle[3] * 100));
    printf("\"megabytes\":%lld}\n", (long long)megabytes_used());
    arena_release(&arena);
    return EXIT_OK;
}
