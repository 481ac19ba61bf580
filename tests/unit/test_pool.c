#include "http/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "unit.h"

/* A job that waits until it is let go, and is counted. */
struct gated {
    pthread_mutex_t gate;
    atomic_int *begun;
    atomic_int *done;
};

static void wait_at_gate(void *job, struct arena *arena)
{
    struct gated *gated = job;

    arena_alloc(arena, 1000);
    atomic_fetch_add(gated->begun, 1);
    pthread_mutex_lock(&gated->gate);
    pthread_mutex_unlock(&gated->gate);
    atomic_fetch_add(gated->done, arena->used < 2000 ? 1 : 1000);
}

static void wait_for(atomic_int *count, int least)
{
    while (atomic_load(count) < least)
        sched_yield();
}

static void a_full_queue_takes_no_more(void **state)
{
    const struct pool_settings settings = { 1, 2, 10000, wait_at_gate };
    struct pool *pool = pool_new(&settings);
    atomic_int begun = 0;
    atomic_int done = 0;
    struct gated gated = { PTHREAD_MUTEX_INITIALIZER, &begun, &done };

    (void)state;
    pthread_mutex_lock(&gated.gate);
    assert_true(pool_reserve(pool));
    pool_submit(pool, &gated);
    wait_for(&begun, 1);
    assert_true(pool_reserve(pool));
    assert_true(pool_reserve(pool));
    assert_false(pool_reserve(pool));
    pool_submit(pool, &gated);
    assert_false(pool_reserve(pool));
    pool_submit(pool, &gated);
    assert_false(pool_reserve(pool));
    pthread_mutex_unlock(&gated.gate);
    wait_for(&done, 3);
    assert_true(pool_reserve(pool));
    pool_submit(pool, &gated);
    assert_true(pool_stop(pool, 10000));
    assert_int_equal(atomic_load(&done), 4);
    assert_false(pool_reserve(pool));
    pool_free(pool);
}

static void a_stop_waits_no_longer_than_it_is_told(void **state)
{
    const struct pool_settings settings = { 2, 4, 10000, wait_at_gate };
    struct pool *pool = pool_new(&settings);
    atomic_int begun = 0;
    atomic_int done = 0;
    struct gated gated = { PTHREAD_MUTEX_INITIALIZER, &begun, &done };

    (void)state;
    pthread_mutex_lock(&gated.gate);
    for (int i = 0; i < 4; i++) {
        assert_true(pool_reserve(pool));
        pool_submit(pool, &gated);
    }
    assert_false(pool_stop(pool, 20));
    assert_false(pool_stop(pool, 1));
    pthread_mutex_unlock(&gated.gate);
    assert_true(pool_stop(pool, 10000));
    assert_int_equal(atomic_load(&done), 4);
    pool_free(pool);
}

#define JOBS 5000

static void count_job(void *job, struct arena *arena)
{
    atomic_int *counter = job;

    (void)arena;
    atomic_fetch_add(counter, 1);
}

static void *submit_many(void *context)
{
    void **both = context;

    for (int i = 0; i < JOBS; i++) {
        while (!pool_reserve(both[0]))
            sched_yield();
        pool_submit(both[0], both[1]);
    }
    return NULL;
}

static void every_job_is_done_once(void **state)
{
    const struct pool_settings settings = { 3, 8, 1000, count_job };
    struct pool *pool = pool_new(&settings);
    atomic_int counter = 0;
    void *both[] = { pool, &counter };
    pthread_t threads[2];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, submit_many, both), 0);
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        pthread_join(threads[i], NULL);
    pool_free(pool);
    assert_int_equal(atomic_load(&counter), 2 * JOBS);
    pool_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_queue_takes_no_more),
        cmocka_unit_test(a_stop_waits_no_longer_than_it_is_told),
        cmocka_unit_test(every_job_is_done_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
