#include "jobs/jobs.h"

#include <time.h>

#include "jobs/parts.h"

#define POLL_MS 200     /* how soon a change is noticed */
#define NAP_MS 60000    /* how long an errand sleeps at most: the clock may be set */
#define TROUBLE_MS 5000 /* after a failure of the database */

struct jobs *jobs_new(const struct jobs_settings *settings)
{
    struct jobs *jobs = memory_alloc(1, sizeof(*jobs));
    pthread_condattr_t attr;

    jobs->settings = *settings;
    jobs->standings = memory_alloc(settings->consumer_count + 1, sizeof(*jobs->standings));
    jobs->errands = memory_alloc(settings->errand_count + 1, sizeof(*jobs->errands));
    arena_init(&jobs->arena, JOB_ARENA_MAX);
    pthread_mutex_init(&jobs->own_lock, NULL);
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&jobs->wake, &attr);
    pthread_condattr_destroy(&attr);
    return jobs;
}

/* ---- failures ---- */

bool is_of_database(struct result result)
{
    static const struct error *const errors[] = {
        &STORE_BUSY, &STORE_FULL,      &STORE_READ_ONLY,  &STORE_GONE,    &STORE_CORRUPT,
        &STORE_IO,   &STORE_UNCERTAIN, &STORE_QUEUE_FULL, &STORE_STOPPED,
    };

    for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
        if (result.error == errors[i])
            return true;
    }
    return false;
}

struct str failure_text(struct arena *arena, struct result result, const struct store_fault *fault)
{
    if (!fault->message[0])
        return str_from_c(result.error->message);
    return str_format(arena, "%s: %s", result.error->message, fault->message);
}

struct result jobs_perform(struct jobs *jobs, struct result (*run)(struct store *, void *),
                           void *context, struct arena *arena)
{
    return perform(jobs, run, context, arena, NULL);
}

/* One at a time, so that whoever counts those of others meets none of ours half counted. */
struct result perform(struct jobs *jobs, struct result (*run)(struct store *, void *),
                      void *context, struct arena *arena, struct store_fault *ret_fault)
{
    struct result result;

    pthread_mutex_lock(&jobs->own_lock);
    result = writer_perform(jobs->settings.writer, run, context, arena, ret_fault);
    jobs->own += !failed(result);
    pthread_mutex_unlock(&jobs->own_lock);
    return result;
}

bool jobs_stopping(const struct jobs *jobs)
{
    return jobs->stopping;
}

/* ---- a turn ---- */

struct beginning {
    const struct jobs *jobs;
    int64_t now;
};

/* What failed before the program was started is tried at once: it may be another program. */
static struct result begin(struct store *store, void *context)
{
    const struct beginning *beginning = context;
    const struct jobs_settings *settings = &beginning->jobs->settings;

    for (size_t i = 0; i < settings->consumer_count; i++)
        TRY(store_run(store,
                      "INSERT INTO consumer (name, position, failures, next_at)"
                      " VALUES ($1, 0, 0, 0) ON CONFLICT (name) DO NOTHING",
                      PARAMS(datum_text(str_from_c(settings->consumers[i].name)))));
    TRY(store_run(store, "UPDATE consumer SET next_at = 0", NO_PARAMS));
    return timers_begin(store, beginning->jobs, beginning->now);
}

/* Timers and consumers. What a consumer has taken may have set a timer, so there is another turn
   then. */
static struct result turn(struct jobs *jobs, int64_t now, bool *ret_changed, int64_t *ret_next)
{
    int64_t next = INT64_MAX;
    bool changed = false;
    bool ran = false;
    bool more = false;

    if (!jobs->begun) {
        struct beginning beginning = { jobs, now };

        TRY(jobs_perform(jobs, begin, &beginning, NULL));
        jobs->begun = true;
    }
    TRY(timers_turn(jobs, now, &ran, &more, &next));
    TRY(consumers_turn(jobs, now, &changed, &more, &next));
    *ret_changed = changed || ran;
    *ret_next = more || changed ? now : next;
    return OK;
}

struct result jobs_turn(struct jobs *jobs, int64_t now, int64_t *ret_next)
{
    int64_t next = now;
    bool changed;

    while (next <= now) {
        TRY(turn(jobs, now, &changed, &next));
        for (size_t i = 0; i < jobs->settings.errand_count; i++) {
            const struct errand *errand = &jobs->settings.errands[i];
            int64_t again = INT64_MAX;

            TRY(errand->run(jobs, now, errand->context, &again));
            if (again < next)
                next = again;
        }
    }
    *ret_next = next;
    return OK;
}

/* ---- threads ---- */

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

static void announce_change(struct jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->changes++;
    pthread_cond_broadcast(&jobs->wake);
    pthread_mutex_unlock(&jobs->lock);
}

/* Operations of others: whenever there are more, there may be something to do. */
static uint64_t operations_of_others(struct jobs *jobs)
{
    uint64_t others;

    pthread_mutex_lock(&jobs->own_lock);
    others = writer_counts(jobs->settings.writer).operations - jobs->own;
    pthread_mutex_unlock(&jobs->own_lock);
    return others;
}

/* Waits for that long, or until it is to stop. */
static void rest(struct jobs *jobs, int64_t ms)
{
    struct timespec until = in_ms(ms);

    pthread_mutex_lock(&jobs->lock);
    while (!jobs->stopping && pthread_cond_timedwait(&jobs->wake, &jobs->lock, &until) == 0)
        continue;
    pthread_mutex_unlock(&jobs->lock);
}

static void *run_turns(void *context)
{
    struct jobs *jobs = context;
    uint64_t seen = UINT64_MAX;
    int64_t next = INT64_MIN;

    while (!jobs->stopping) {
        int64_t now = jobs->settings.now(NULL);
        uint64_t others = operations_of_others(jobs);
        bool changed = false;

        if (others == seen && now < next) {
            rest(jobs, POLL_MS);
        } else if (failed(turn(jobs, now, &changed, &next))) {
            seen = UINT64_MAX;
            rest(jobs, TROUBLE_MS);
        } else {
            if (changed || others != seen)
                announce_change(jobs);
            seen = others;
        }
    }
    return NULL;
}

/* Sleeps until that instant, a change, or the end. */
static void await_change(struct errand_thread *thread, int64_t ms)
{
    struct jobs *jobs = thread->jobs;
    struct timespec until = in_ms(ms < NAP_MS ? ms : NAP_MS);

    pthread_mutex_lock(&jobs->lock);
    while (!jobs->stopping && jobs->changes == thread->seen &&
           pthread_cond_timedwait(&jobs->wake, &jobs->lock, &until) == 0)
        continue;
    thread->seen = jobs->changes;
    pthread_mutex_unlock(&jobs->lock);
}

static void *run_errand(void *context)
{
    struct errand_thread *thread = context;
    struct jobs *jobs = thread->jobs;

    while (!jobs->stopping) {
        int64_t now = jobs->settings.now(NULL);
        int64_t next = INT64_MAX;

        if (failed(thread->errand->run(jobs, now, thread->errand->context, &next)))
            rest(jobs, TROUBLE_MS);
        else if (next > now)
            await_change(thread, (next - now) / 1000 + 1);
    }
    return NULL;
}

bool jobs_start(struct jobs *jobs)
{
    jobs->started = pthread_create(&jobs->thread, NULL, run_turns, jobs) == 0;
    for (size_t i = 0; jobs->started && i < jobs->settings.errand_count; i++) {
        struct errand_thread *thread = &jobs->errands[i];

        *thread = (struct errand_thread){ .jobs = jobs, .errand = &jobs->settings.errands[i] };
        if (pthread_create(&thread->thread, NULL, run_errand, thread) != 0)
            return false;
        jobs->errands_started++;
    }
    return jobs->started;
}

void jobs_free(struct jobs *jobs)
{
    if (!jobs)
        return;
    jobs->stopping = true;
    announce_change(jobs);
    if (jobs->started)
        pthread_join(jobs->thread, NULL);
    for (size_t i = 0; i < jobs->errands_started; i++)
        pthread_join(jobs->errands[i].thread, NULL);
    pthread_cond_destroy(&jobs->wake);
    pthread_mutex_destroy(&jobs->lock);
    pthread_mutex_destroy(&jobs->own_lock);
    arena_release(&jobs->arena);
    memory_free(jobs->errands);
    memory_free(jobs->standings);
    memory_free(jobs);
}

/* ---- metrics ---- */

void jobs_write_metrics(struct jobs *jobs, struct buf *out)
{
    const struct jobs_settings *settings = &jobs->settings;

    buf_add_c(out, "# HELP assay_consumer_lag Entries of the journal that are yet to be taken.\n"
                   "# TYPE assay_consumer_lag gauge\n");
    for (size_t i = 0; i < settings->consumer_count; i++)
        buf_format(out, "assay_consumer_lag{consumer=\"%s\"} %lld\n", settings->consumers[i].name,
                   (long long)jobs->standings[i].lag);
    buf_add_c(out, "# HELP assay_consumer_failures Failures in a row.\n"
                   "# TYPE assay_consumer_failures gauge\n");
    for (size_t i = 0; i < settings->consumer_count; i++)
        buf_format(out, "assay_consumer_failures{consumer=\"%s\"} %lld\n",
                   settings->consumers[i].name, (long long)jobs->standings[i].failures);
    buf_format(out,
               "# HELP assay_timers_failing Timers whose last run failed.\n"
               "# TYPE assay_timers_failing gauge\n"
               "assay_timers_failing %lld\n",
               (long long)jobs->timers_failing);
}
