/*
 * parts.h - what the files of this room share.
 */
#ifndef ASSAY_JOBS_PARTS_H
#define ASSAY_JOBS_PARTS_H

#include <pthread.h>

#include "jobs/jobs.h"

#define JOB_ARENA_MAX ((size_t)16 << 20) /* bytes, of one transaction */

/* How a consumer stood when it was last looked at; for metrics. */
struct consumer_standing {
    _Atomic int64_t lag;
    _Atomic int64_t failures;
};

struct errand_thread {
    struct jobs *jobs;
    const struct errand *errand;
    pthread_t thread;
    uint64_t seen; /* of jobs->changes */
};

struct jobs {
    struct jobs_settings settings;
    struct consumer_standing *standings;
    _Atomic int64_t timers_failing;
    struct arena arena; /* of the thread of consumers and timers */
    bool begun;         /* rows of consumers and periodic timers are there */
    bool started;
    pthread_t thread;
    struct errand_thread *errands;
    size_t errands_started;
    atomic_bool stopping;
    pthread_mutex_t own_lock;
    uint64_t own;         /* operations of ours that were kept */
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t wake;
    uint64_t changes; /* how often something changed that errands may wait for */
};

/* Whether it is the database that cannot do it now: then nothing can be noted either, and all is
   tried again soon. */
bool is_of_database(struct result result);

/* An operation of ours. */
RESULT perform(struct jobs *jobs, struct result (*run)(struct store *, void *), void *context,
               struct arena *arena, struct store_fault *ret_fault);

/* What is kept of a failure. */
struct str failure_text(struct arena *arena, struct result result, const struct store_fault *fault);

/* ---- consumers.c ---- */

/* Takes what there is, up to some pages. *ret_moved is set if any cursor was moved, *ret_more if
   there is more; *ret_next is lowered to the instant of the next attempt after a failure. */
RESULT consumers_turn(struct jobs *jobs, int64_t now, bool *ret_moved, bool *ret_more,
                      int64_t *ret_next);

/* ---- timers.c ---- */

/* The same of timers. */
RESULT timers_turn(struct jobs *jobs, int64_t now, bool *ret_ran, bool *ret_more,
                   int64_t *ret_next);

/* In the first transaction: timers that come again are there. */
RESULT timers_begin(struct store *store, const struct jobs *jobs, int64_t now);

#endif
