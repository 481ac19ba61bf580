#include "http/pool.h"

#include <pthread.h>
#include <time.h>

struct pool {
    struct pool_settings settings;
    pthread_mutex_t lock;
    pthread_cond_t wake;  /* a job was submitted, or the pool stops */
    pthread_cond_t ended; /* a worker ended */
    pthread_t *threads;
    size_t started;
    size_t running; /* workers that have not ended */
    bool stopping;
    void **jobs; /* a ring of queue_max */
    size_t first;
    size_t waiting;
    size_t reserved; /* waiting jobs included */
};

/* The next job, or NULL when the pool stops and there is none. */
static void *take_job(struct pool *pool)
{
    void *job = NULL;

    pthread_mutex_lock(&pool->lock);
    while (pool->waiting == 0 && !pool->stopping)
        pthread_cond_wait(&pool->wake, &pool->lock);
    if (pool->waiting > 0) {
        job = pool->jobs[pool->first];
        pool->first = (pool->first + 1) % pool->settings.queue_max;
        pool->waiting--;
        pool->reserved--;
    }
    pthread_mutex_unlock(&pool->lock);
    return job;
}

static void *run_worker(void *context)
{
    struct pool *pool = context;
    struct arena arena;
    void *job;

    arena_init(&arena, pool->settings.arena_max);
    while ((job = take_job(pool)) != NULL) {
        pool->settings.work(job, &arena);
        arena_clear(&arena);
        arena.limit = pool->settings.arena_max; /* a job may have raised it for itself */
    }
    arena_release(&arena);
    pthread_mutex_lock(&pool->lock);
    pool->running--;
    pthread_cond_signal(&pool->ended);
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static void begin_stop(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    begin_stop(pool);
    for (size_t i = 0; i < pool->started; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->wake);
    pthread_cond_destroy(&pool->ended);
    pthread_mutex_destroy(&pool->lock);
    memory_free(pool->threads);
    memory_free(pool->jobs);
    memory_free(pool);
}

static void init_ended(pthread_cond_t *ended)
{
    pthread_condattr_t attributes;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(ended, &attributes);
    pthread_condattr_destroy(&attributes);
}

struct pool *pool_new(const struct pool_settings *settings)
{
    struct pool *pool = memory_alloc(1, sizeof(*pool));

    BUG_IF(settings->workers == 0 || settings->queue_max == 0);
    pool->settings = *settings;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wake, NULL);
    init_ended(&pool->ended);
    pool->threads = memory_alloc(settings->workers, sizeof(*pool->threads));
    pool->jobs = memory_alloc(settings->queue_max, sizeof(*pool->jobs));
    pool->running = settings->workers;
    while (pool->started < settings->workers) {
        if (pthread_create(&pool->threads[pool->started], NULL, run_worker, pool) != 0) {
            pool_free(pool);
            return NULL;
        }
        pool->started++;
    }
    return pool;
}

bool pool_reserve(struct pool *pool)
{
    bool reserved;

    pthread_mutex_lock(&pool->lock);
    reserved = pool->reserved < pool->settings.queue_max && !pool->stopping;
    if (reserved)
        pool->reserved++;
    pthread_mutex_unlock(&pool->lock);
    return reserved;
}

void pool_submit(struct pool *pool, void *job)
{
    pthread_mutex_lock(&pool->lock);
    BUG_IF(!job || pool->waiting >= pool->reserved);
    pool->jobs[(pool->first + pool->waiting) % pool->settings.queue_max] = job;
    pool->waiting++;
    pthread_cond_signal(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
}

size_t pool_waiting(struct pool *pool)
{
    size_t waiting;

    pthread_mutex_lock(&pool->lock);
    waiting = pool->waiting;
    pthread_mutex_unlock(&pool->lock);
    return waiting;
}

static struct timespec in_ms(int64_t ms)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += ms % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

bool pool_stop(struct pool *pool, int64_t ms)
{
    struct timespec until = in_ms(ms);
    size_t running;
    int waited = 0;

    begin_stop(pool);
    pthread_mutex_lock(&pool->lock);
    while (pool->running > 0 && waited == 0)
        waited = pthread_cond_timedwait(&pool->ended, &pool->lock, &until);
    running = pool->running;
    pthread_mutex_unlock(&pool->lock);
    return running == 0;
}
