/* What writer.h promises, on both engines. */
#include "engine.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "store/writer.h"

/* ---- a writer whose thread can be held up, so that operations gather behind it ---- */

static void make_table(struct store *store)
{
    check_ok(store, store_script(store, "CREATE TABLE item (key BIGINT PRIMARY KEY, place BIGINT);"
                                        "CREATE TABLE owner (key BIGINT PRIMARY KEY REFERENCES item"
                                        " (key) DEFERRABLE INITIALLY DEFERRED)"));
}

static struct writer *begin_writer(const char *database, size_t queue_max)
{
    struct store *store = engine_open_migrated(database);
    struct writer *writer;

    make_table(store);
    writer = writer_new(store, queue_max);
    assert_non_null(writer);
    return writer;
}

struct held {
    struct operation operation;
    pthread_mutex_t gate;
    pthread_barrier_t runs;
};

static struct result wait_at_gate(struct store *store, void *context)
{
    struct held *held = context;

    (void)store;
    pthread_barrier_wait(&held->runs);
    pthread_mutex_lock(&held->gate);
    pthread_mutex_unlock(&held->gate);
    return OK;
}

static void ignore_done(struct operation *operation, struct result result)
{
    (void)operation;
    (void)result;
}

static void hold_up(struct writer *writer, struct held *held)
{
    *held = (struct held){
        .operation = { .run = wait_at_gate, .done = ignore_done, .context = held },
        .gate = PTHREAD_MUTEX_INITIALIZER,
    };
    pthread_barrier_init(&held->runs, NULL, 2);
    pthread_mutex_lock(&held->gate);
    assert_false(failed(writer_submit(writer, &held->operation)));
    pthread_barrier_wait(&held->runs);
}

static void let_go(struct held *held)
{
    pthread_mutex_unlock(&held->gate);
}

/* ---- operations ---- */

struct item {
    struct operation operation;
    int64_t key;
    int64_t order; /* in which it ran */
    const struct error *own_error;
    const struct error *told;
    bool answered;
};

static int64_t ran; /* by the writer's thread alone */

static struct result insert(struct store *store, void *context)
{
    struct item *item = context;

    item->order = ran++;
    TRY(store_run(store, "INSERT INTO item (key, place) VALUES ($1, $2)",
                  PARAMS(datum_int(item->key), datum_int(item->order))));
    return (struct result){ item->own_error };
}

static struct result insert_dangling(struct store *store, void *context)
{
    struct item *item = context;

    return store_run(store, "INSERT INTO owner (key) VALUES ($1)", PARAMS(datum_int(item->key)));
}

static void note_answer(struct operation *operation, struct result result)
{
    struct item *item = operation->context;

    item->told = result.error;
    item->answered = true;
}

static struct result submit(struct writer *writer, struct item *item, int64_t key)
{
    *item = (struct item){ .key = key, .own_error = item->own_error };
    item->operation = (struct operation){ .run = insert, .done = note_answer, .context = item };
    return writer_submit(writer, &item->operation);
}

static struct result perform(struct writer *writer, struct item *item, struct store_fault *fault)
{
    return writer_perform(writer, insert, item, NULL, fault);
}

static int64_t count_items(const char *database)
{
    struct store *reader = engine_open(database, STORE_READ);
    int64_t count = ask(reader, "SELECT count(*) FROM item");

    store_close(reader);
    return count;
}

/* ---- tests ---- */

static void what_is_acknowledged_is_there_for_others(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database, 10);

    (void)state;
    for (int64_t i = 1; i <= 5; i++) {
        struct item item = { .key = i };
        assert_false(failed(perform(writer, &item, NULL)));
        assert_int_equal(count_items(database), i);
    }
    assert_int_equal(writer_counts(writer).commits, 5);
    writer_free(writer);
}

static void those_that_wait_share_a_commit_in_their_order(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database, 200);
    static struct item items[100];
    struct held held;

    (void)state;
    ran = 0;
    hold_up(writer, &held);
    for (int64_t i = 0; i < 100; i++)
        assert_false(failed(submit(writer, &items[i], i)));
    assert_int_equal(writer_counts(writer).waiting, 100);
    let_go(&held);
    assert_false(failed(perform(writer, &(struct item){ .key = 1000 }, NULL)));
    for (int64_t i = 0; i < 100; i++) {
        assert_true(items[i].answered);
        assert_null(items[i].told);
        assert_int_equal(items[i].order, i);
    }
    /* At most 64 share one; on a slow machine fewer, since a group waits no longer than so. */
    assert_in_range(writer_counts(writer).commits, 2, 20);
    assert_int_equal(writer_counts(writer).operations, 102);
    assert_int_equal(count_items(database), 101);
    writer_free(writer);
}

static void one_that_fails_is_undone_alone(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database, 200);
    static struct item items[30];
    struct held held;

    (void)state;
    hold_up(writer, &held);
    for (int64_t i = 0; i < 30; i++) {
        items[i].own_error = i % 3 == 1 ? &ERROR_INPUT : NULL;
        /* Every third meets the key of the one before it. */
        assert_false(failed(submit(writer, &items[i], i % 3 == 2 ? i - 2 : i)));
    }
    let_go(&held);
    assert_false(failed(perform(writer, &(struct item){ .key = 1000 }, NULL)));
    for (int64_t i = 0; i < 30; i++) {
        const struct error *expected[] = { NULL, &ERROR_INPUT, &STORE_CONSTRAINT };
        assert_ptr_equal(items[i].told, expected[i % 3]);
        assert_string_equal(items[i].operation.fault.constraint, i % 3 == 2 ? "item.key" : "");
    }
    assert_in_range(writer_counts(writer).commits, 1, 5);
    assert_int_equal(writer_counts(writer).failures, 20);
    assert_int_equal(count_items(database), 11);
    writer_free(writer);
}

static void a_commit_that_fails_fails_all_that_share_it(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database, 200);
    struct item items[3] = { 0 };
    struct held held;

    (void)state;
    hold_up(writer, &held);
    for (int64_t i = 0; i < 3; i++) {
        items[i].key = i;
        items[i].operation = (struct operation){ .run = i == 1 ? insert_dangling : insert,
                                                 .done = note_answer,
                                                 .context = &items[i] };
        items[i].key = i == 1 ? 77 : i;
        assert_false(failed(writer_submit(writer, &items[i].operation)));
    }
    let_go(&held);
    while (writer_counts(writer).failures < 3)
        sched_yield();
    assert_false(failed(perform(writer, &(struct item){ .key = 1000 }, NULL)));
    for (int i = 0; i < 3; i++) {
        assert_ptr_equal(items[i].told, &STORE_CONSTRAINT);
        assert_true(strlen(items[i].operation.fault.message) > 0);
    }
    assert_int_equal(count_items(database), 1);
    writer_free(writer);
}

static void a_full_queue_takes_no_more(void **state)
{
    struct writer *writer = begin_writer(engine_database(), 3);
    struct item items[4] = { 0 };
    struct held held;

    (void)state;
    hold_up(writer, &held);
    for (int64_t i = 0; i < 3; i++)
        assert_false(failed(submit(writer, &items[i], i)));
    assert_ptr_equal(submit(writer, &items[3], 3).error, &STORE_QUEUE_FULL);
    let_go(&held);
    while (writer_counts(writer).waiting > 0)
        sched_yield();
    assert_false(failed(perform(writer, &items[3], NULL)));
    writer_free(writer);
    assert_false(items[3].answered);
}

static void *free_writer(void *writer)
{
    writer_free(writer);
    return NULL;
}

static void what_waits_is_finished_at_the_end(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database, 200);
    static struct item items[150];
    struct item late = { 0 };
    struct held held;
    pthread_t thread;

    (void)state;
    hold_up(writer, &held);
    for (int64_t i = 0; i < 150; i++)
        assert_false(failed(submit(writer, &items[i], i)));
    assert_int_equal(pthread_create(&thread, NULL, free_writer, writer), 0);
    while (submit(writer, &late, 1000).error != &STORE_STOPPED)
        sched_yield();
    let_go(&held);
    pthread_join(thread, NULL);
    for (int i = 0; i < 150; i++)
        assert_true(items[i].answered && !items[i].told);
    assert_true(count_items(database) >= 150);
}

static struct result insert_and_fill_arena(struct store *store, void *context)
{
    struct arena *arena = context;
    struct query query = { 0 };

    TRY(store_run(store, "INSERT INTO item (key) VALUES (5)", NO_PARAMS));
    TRY(query_begin(store, "SELECT key FROM item", NO_PARAMS, &query));
    while (query_next(&query)) {
        for (;;)
            arena_alloc(arena, 1000);
    }
    return query_end(&query);
}

static void a_full_arena_ends_the_operation_and_not_the_writer(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database, 10);
    struct arena arena;
    jmp_buf elsewhere;

    (void)state;
    arena_init(&arena, 100000);
    arena_on_full(&arena, &elsewhere);
    for (int i = 0; i < 40; i++) {
        assert_ptr_equal(writer_perform(writer, insert_and_fill_arena, &arena, &arena, NULL).error,
                         &ERROR_LIMIT);
        assert_ptr_equal(arena.full, &elsewhere);
        arena_clear(&arena);
    }
    arena_release(&arena);
    assert_false(failed(perform(writer, &(struct item){ .key = 5 }, NULL)));
    assert_int_equal(count_items(database), 1);
    writer_free(writer);
}

static struct result insert_twice(struct store *store, void *context)
{
    (void)context;
    (void)failed(store_run(store, "INSERT INTO item (key) VALUES (5)", NO_PARAMS));
    (void)failed(store_run(store, "INSERT INTO item (key) VALUES (5)", NO_PARAMS));
    (void)failed(store_run(store, "INSERT INTO item (key) VALUES (6)", NO_PARAMS));
    return OK;
}

static void a_failure_that_is_not_looked_at_counts(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database, 10);
    struct store_fault fault = { 0 };

    (void)state;
    assert_ptr_equal(writer_perform(writer, insert_twice, NULL, NULL, &fault).error,
                     &STORE_CONSTRAINT);
    assert_string_equal(fault.constraint, "item.key");
    assert_int_equal(count_items(database), 0);
    writer_free(writer);
}

#define CLIENTS 8
#define EACH 100

struct client {
    pthread_t thread;
    struct writer *writer;
    int64_t number;
};

static void *run_client(void *context)
{
    struct client *client = context;

    for (int64_t i = 0; i < EACH; i++) {
        struct item item = { .key = client->number * EACH + i };
        if (failed(perform(client->writer, &item, NULL)))
            return client;
    }
    return NULL;
}

static void many_clients_get_each_their_own_answer(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database, CLIENTS);
    struct client clients[CLIENTS];
    void *wrong;

    (void)state;
    for (int64_t i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){ .writer = writer, .number = i };
        assert_int_equal(pthread_create(&clients[i].thread, NULL, run_client, &clients[i]), 0);
    }
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(clients[i].thread, &wrong);
        assert_null(wrong);
    }
    assert_int_equal(count_items(database), (int64_t)CLIENTS * EACH);
    assert_int_equal(writer_counts(writer).operations, CLIENTS * EACH);
    writer_free(writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_acknowledged_is_there_for_others),
        cmocka_unit_test(those_that_wait_share_a_commit_in_their_order),
        cmocka_unit_test(one_that_fails_is_undone_alone),
        cmocka_unit_test(a_commit_that_fails_fails_all_that_share_it),
        cmocka_unit_test(a_full_queue_takes_no_more),
        cmocka_unit_test(what_waits_is_finished_at_the_end),
        cmocka_unit_test(a_full_arena_ends_the_operation_and_not_the_writer),
        cmocka_unit_test(a_failure_that_is_not_looked_at_counts),
        cmocka_unit_test(many_clients_get_each_their_own_answer),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
