#include <string.h>

#include "jobs/backoff.h"
#include "jobs/daily.h"
#include "jobs/parts.h"
#include "register/timer.h"

#define RUNS_MAX 200 /* in a turn, before consumers look again */

const struct error JOBS_TIMER_UNKNOWN = {
    .name = "timer-unknown",
    .http_status = 500,
    .exit_code = EXIT_SYSTEM,
    .message = "this program has no timer of that kind; a later version may have set it",
};

/* One timer, within a transaction. */
struct timer_run {
    struct jobs *jobs;
    int64_t now;
    /* What was found; kind STR_NONE: nothing is due. */
    struct str kind;
    int64_t subject;
    int64_t due;
    int64_t failures;
    int64_t next; /* the next instant, where nothing is due */
    int64_t failing;
};

static const struct timer_kind *kind_named(const struct jobs *jobs, struct str name)
{
    for (size_t i = 0; i < jobs->settings.timer_count; i++) {
        if (str_eq_c(name, jobs->settings.timers[i].name))
            return &jobs->settings.timers[i];
    }
    return NULL;
}

static int64_t next_of(const struct timer_kind *kind, int64_t now)
{
    return kind->repeat == TIMER_EVERY ? now + kind->period : daily_after(now, kind->hour);
}

static struct result find_due(struct store *store, struct timer_run *run)
{
    CLEANUP(query_release) struct query query = { 0 };

    run->kind = STR_NONE;
    TRY(query_begin(store,
                    "SELECT kind, subject, due_at, failures, next_at,"
                    " (SELECT count(*) FROM timer AS f WHERE f.failures > 0)"
                    " FROM timer ORDER BY next_at, kind, subject LIMIT 1",
                    NO_PARAMS, &query));
    if (query_next(&query)) {
        run->failing = query_int(&query, 5);
        run->next = query_int(&query, 4);
        if (run->next <= run->now) {
            run->kind = str_copy(&run->jobs->arena, query_text(&query, 0));
            run->subject = query_int(&query, 1);
            run->due = query_int(&query, 2);
            run->failures = query_int(&query, 3);
        }
    }
    return query_end(&query);
}

/* Before it runs: it may set itself again. */
static struct result take_away(struct store *store, const struct timer_run *run,
                               const struct timer_kind *kind)
{
    int64_t next;

    if (kind->repeat == TIMER_ONCE)
        return timer_cancel(store, kind->name, run->subject);
    next = next_of(kind, run->now);
    return store_run(store,
                     "UPDATE timer SET due_at = $3, next_at = $3, ran_at = $4, failures = 0,"
                     " failure = NULL WHERE kind = $1 AND subject = $2",
                     PARAMS(datum_text(run->kind), datum_int(run->subject), datum_int(next),
                            datum_int(run->now)));
}

static struct result run_due(struct store *store, void *context)
{
    struct timer_run *run = context;
    struct job_call *call = ARENA_NEW(&run->jobs->arena, struct job_call);
    const struct timer_kind *kind;
    bool more = false;

    TRY(find_due(store, run));
    if (!run->kind.p)
        return OK;
    kind = kind_named(run->jobs, run->kind);
    if (!kind)
        return fail(&JOBS_TIMER_UNKNOWN);
    *call = (struct job_call){
        .store = store,
        .arena = &run->jobs->arena,
        .act = {
            .now = run->now,
            .actor = ACTOR_SYSTEM,
            .authority = str_format(&run->jobs->arena, "timer %s", kind->name),
        },
        .context = kind->context,
    };
    TRY(take_away(store, run, kind));
    TRY(kind->run(call, run->subject, run->due, &more));
    return more ? timer_set(store, kind->name, run->subject, run->due) : OK;
}

/* ---- failures ---- */

struct timer_failure {
    const struct timer_run *run;
    struct str text;
    int64_t next_at;
};

static struct result note_failure(struct store *store, void *context)
{
    const struct timer_failure *failure = context;

    return store_run(store,
                     "UPDATE timer SET failures = failures + 1, failure = $3, next_at = $4"
                     " WHERE kind = $1 AND subject = $2",
                     PARAMS(datum_text(failure->run->kind), datum_int(failure->run->subject),
                            datum_text(failure->text), datum_int(failure->next_at)));
}

static struct result after_failure(struct timer_run *run, struct result result,
                                   const struct store_fault *fault)
{
    struct timer_failure failure = { .run = run };

    if (is_of_database(result) || !run->kind.p)
        return result;
    failure.text = failure_text(&run->jobs->arena, result, fault);
    failure.next_at = run->now + backoff(run->failures + 1, run->subject);
    return jobs_perform(run->jobs, note_failure, &failure, NULL);
}

/* ---- a turn ---- */

struct result timers_turn(struct jobs *jobs, int64_t now, bool *ret_ran, bool *ret_more,
                          int64_t *ret_next)
{
    for (int runs = 0; runs < RUNS_MAX; runs++) {
        struct timer_run run = { .jobs = jobs, .now = now, .next = INT64_MAX };
        struct store_fault fault = { 0 };
        struct result result;

        arena_clear(&jobs->arena);
        result = perform(jobs, run_due, &run, &jobs->arena, &fault);
        if (failed(result))
            TRY(after_failure(&run, result, &fault));
        jobs->timers_failing = run.failing;
        if (!failed(result) && !run.kind.p) {
            if (run.next < *ret_next)
                *ret_next = run.next;
            return OK;
        }
        *ret_ran = true;
    }
    *ret_more = true;
    return OK;
}

struct result timers_begin(struct store *store, const struct jobs *jobs, int64_t now)
{
    for (size_t i = 0; i < jobs->settings.timer_count; i++) {
        const struct timer_kind *kind = &jobs->settings.timers[i];
        int64_t first;

        if (kind->repeat == TIMER_ONCE)
            continue;
        first = kind->repeat == TIMER_EVERY ? now : next_of(kind, now);
        TRY(store_run(store,
                      "INSERT INTO timer (kind, subject, due_at, next_at, failures)"
                      " VALUES ($1, 0, $2, $2, 0) ON CONFLICT (kind, subject) DO NOTHING",
                      PARAMS(datum_text(str_from_c(kind->name)), datum_int(first))));
    }
    return store_run(store, "UPDATE timer SET next_at = $1 WHERE failures > 0 AND next_at > $1",
                     PARAMS(datum_int(now)));
}
