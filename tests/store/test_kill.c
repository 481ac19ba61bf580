/*
 * A process is killed while its clients write, again and again: what they were told is there, and
 * of no operation is there a half. On both engines. The environment variable ASSAY_KILLS says how
 * often, 30 times if it is not set; `./dev torture` sets it.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "engine.h"
#include "store/writer.h"

enum { KILLS = 30, KILLS_MAX = 100000, CLIENTS = 8 };

static int64_t kills(void)
{
    const char *wanted = getenv("ASSAY_KILLS");
    int64_t n = KILLS;

    if (wanted && !str_to_int(str_from_c(wanted), 1, KILLS_MAX, &n))
        fail_msg("ASSAY_KILLS is '%s'", wanted);
    return n;
}

struct client {
    pthread_t thread;
    struct writer *writer;
    int64_t next; /* its numbers are its own: next, next + CLIENTS, ... */
    int answers;  /* the pipe on which it says what it was told */
};

/* Two rows in two tables, which belong together; between them a question. */
static struct result insert_pair(struct store *store, void *context)
{
    struct client *client = context;
    CLEANUP(query_release) struct query query = { 0 };

    TRY(store_run(store, "INSERT INTO one (key) VALUES ($1)", PARAMS(datum_int(client->next))));
    TRY(query_begin(store, "SELECT key FROM one WHERE key = $1", PARAMS(datum_int(client->next)),
                    &query));
    if (!query_next(&query))
        return (struct result){ &STORE_REFUSED };
    TRY(query_end(&query));
    return store_run(store, "INSERT INTO two (key) VALUES ($1)", PARAMS(datum_int(client->next)));
}

static void *run_client(void *context)
{
    struct client *client = context;
    struct store_fault fault = { 0 };

    for (;; client->next += CLIENTS) {
        if (failed(writer_perform(client->writer, insert_pair, client, NULL, &fault))) {
            fprintf(stderr, "an operation failed: %s\n", fault.message);
            _exit(2);
        }
        /* Eight bytes go into a pipe whole. */
        if (write(client->answers, &client->next, sizeof(client->next)) != sizeof(client->next))
            _exit(3);
    }
    return NULL;
}

/* Writes until it is killed. */
static void run_child(const char *database, int64_t from, int answers)
{
    const struct store_settings settings = { .database = database };
    struct client clients[CLIENTS];
    struct store_fault fault = { 0 };
    struct store *store = NULL;
    struct writer *writer;

    if (failed(store_open(&settings, STORE_WRITE, &store, &fault))) {
        fprintf(stderr, "cannot open: %s\n", fault.message);
        _exit(4);
    }
    /* The server may still be saying goodbye to the process that was killed. */
    while (failed(store_claim(store)))
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    writer = writer_new(store, CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){ .writer = writer, .next = from + i, .answers = answers };
        if (!writer || pthread_create(&clients[i].thread, NULL, run_client, &clients[i]) != 0)
            _exit(5);
    }
    pthread_join(clients[0].thread, NULL);
}

/* Reads what the clients said, and checks that each is there. */
static int64_t check_answers(struct store *store, int answers)
{
    int64_t told = 0;
    int64_t number;
    struct query query = { 0 };

    for (; read(answers, &number, sizeof(number)) == sizeof(number); told++) {
        check_ok(store, query_begin(store, "SELECT key FROM two WHERE key = $1",
                                    PARAMS(datum_int(number)), &query));
        if (!query_next(&query))
            fail_msg("%lld was acknowledged and is not there", (long long)number);
        check_ok(store, query_end(&query));
    }
    return told;
}

/* No row without the other, from that number on. */
static void check_pairs(struct store *store, int64_t from)
{
    char sql[200];

    snprintf(sql, sizeof(sql),
             "SELECT count(*) FROM one WHERE key >= %lld AND NOT EXISTS"
             " (SELECT 1 FROM two WHERE two.key = one.key)",
             (long long)from);
    assert_int_equal(ask(store, sql), 0);
    snprintf(sql, sizeof(sql),
             "SELECT count(*) FROM two WHERE key >= %lld AND NOT EXISTS"
             " (SELECT 1 FROM one WHERE one.key = two.key)",
             (long long)from);
    assert_int_equal(ask(store, sql), 0);
}

static int64_t kill_once(const char *database, int64_t from, int64_t ms)
{
    int answers[2];
    int status;
    pid_t child;
    struct store *store;
    int64_t told;
    char first[8];

    assert_int_equal(pipe(answers), 0);
    assert_true(fcntl(answers[1], F_SETPIPE_SZ, 1 << 20) > 0);
    child = fork();
    if (child == 0)
        run_child(database, from, answers[1]);
    close(answers[1]);
    assert_int_equal(read(answers[0], first, sizeof(first)), sizeof(first)); /* it is at work */
    nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    store = engine_open(database, STORE_WRITE);
    told = check_answers(store, answers[0]);
    check_pairs(store, from);
    store_close(store);
    close(answers[0]);
    return told + 1;
}

static void what_was_acknowledged_survives_a_kill(void **state)
{
    const char *database = engine_database();
    struct store *store = engine_open(database, STORE_WRITE);
    int64_t told = 0;

    (void)state;
    check_ok(store, store_script(store, "CREATE TABLE one (key BIGINT PRIMARY KEY);"
                                        "CREATE TABLE two (key BIGINT PRIMARY KEY)"));
    store_close(store);
    for (int64_t i = 0; i < kills(); i++)
        told += kill_once(database, i * 1000000, 20 + i * 37 % 200);
    print_message("%lld kills; %lld operations were acknowledged\n", (long long)kills(),
                  (long long)told);
    assert_true(told > kills());
    store = engine_open(database, STORE_WRITE);
    assert_true(ask(store, "SELECT count(*) FROM one") >= told);
    check_pairs(store, 0);
    if (!engine_is_postgres())
        assert_int_equal(ask(store, "SELECT count(*) FROM pragma_integrity_check"
                                    " WHERE integrity_check = 'ok'"),
                         1);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_acknowledged_survives_a_kill),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
