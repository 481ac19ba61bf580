/*
 * jobs.h - what the program does by itself, beside answering: consumers follow the journal, timers
 * do what is due, errands do what takes longer than a transaction may.
 *
 * - A consumer has a row that says up to which position of the journal it has come. Taking a page
 *   of entries, writing what follows from them and moving that cursor are one transaction.
 * - A timer is a row as well (register/timer.h); running it and taking it away, or setting its next
 *   instant, are one transaction. However long the program did not run, a timer that has come due
 *   meanwhile runs once.
 * - An errand has to do with the world outside: a mail server, a file. It claims in one transaction
 *   what it is going to do, does it, and notes in another how that ended.
 *
 * So all that happens in the database happens exactly once. What an errand has done and could not
 * note, because the process ended in between, is done again.
 *
 * Consumers and timers share one thread; each errand has its own, so that a server that does not
 * answer holds up nobody else. What fails is told in its row, waits (backoff.h), and does not stop
 * the others.
 */
#ifndef ASSAY_JOBS_JOBS_H
#define ASSAY_JOBS_JOBS_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/value.h"
#include "register/act.h"
#include "store/writer.h"

struct jobs;

/* What is done within a transaction of the writer. */
struct job_call {
    struct store *store;
    struct arena *arena;
    struct act act; /* of the program itself, by the authority of "timer NAME" or "consumer NAME" */
    void *context;  /* as its row has it */
};

struct consumer {
    const char *name; /* of its row; never changed once it was in use */
    int64_t page;     /* entries at most in one transaction, which should take milliseconds */
    /* Takes what came after position `from`, up to and with `to`. */
    struct result (*take)(const struct job_call *call, int64_t from, int64_t to);
    void *context;
};

enum timer_repeat {
    TIMER_ONCE,  /* when operations set it */
    TIMER_EVERY, /* at once, and again each period */
    TIMER_DAILY, /* at an hour of the day in the installation's zone */
};

/* Those that come again have the subject 0 and are there by themselves. */
struct timer_kind {
    const char *name;
    enum timer_repeat repeat;
    int64_t period; /* TIMER_EVERY, in microseconds */
    int hour;       /* TIMER_DAILY */
    /* `due` is the instant that was set. With *ret_more true it is called again, in a transaction
       of its own: long work is done in pieces. */
    struct result (*run)(const struct job_call *call, int64_t subject, int64_t due, bool *ret_more);
    void *context;
};

struct errand {
    const char *name;
    /* *ret_next is the instant from which on there may be something to do again; it is also called
       whenever something has changed. A failure is one of the database, and is tried again. */
    struct result (*run)(struct jobs *jobs, int64_t now, void *context, int64_t *ret_next);
    void *context;
};

struct jobs_settings {
    struct writer *writer;
    int64_t (*now)(void *context); /* microseconds UTC; the context is NULL */
    const struct consumer *consumers;
    size_t consumer_count;
    const struct timer_kind *timers;
    size_t timer_count;
    const struct errand *errands;
    size_t errand_count;
};

extern const struct error JOBS_TIMER_UNKNOWN; /* of a kind that this program does not have */

/* Keeps the settings' tables, which outlive it. Starts nothing. */
struct jobs *jobs_new(const struct jobs_settings *settings);

/* Starts the threads. False where there can be none; nothing runs then. */
NODISCARD bool jobs_start(struct jobs *jobs);

/* Ends the threads, an errand at the next point at which it asks jobs_stopping. NULL: nothing. */
void jobs_free(struct jobs *jobs);

/* Without threads, for tests: does all that there is to do at `now`, errands too. *ret_next is when
   there will be more, INT64_MAX if nothing is known. */
RESULT jobs_turn(struct jobs *jobs, int64_t now, int64_t *ret_next);

/* ---- for errands ---- */

bool jobs_stopping(const struct jobs *jobs);

/* An operation of the writer, kept or undone when this returns. `arena` may be NULL. */
RESULT jobs_perform(struct jobs *jobs, struct result (*run)(struct store *store, void *context),
                    void *context, struct arena *arena);

/* ---- how it goes ---- */

/* The journal's last position, consumers and timers as their rows have them:
   {"journal", "consumers": [...], "timers": [...]}. At most `timers_max` timers, the next first. */
RESULT jobs_view(struct store *store, struct arena *arena, int64_t timers_max,
                 struct value **ret_view);

/* For Prometheus: entries that consumers have yet to take, and failures in a row. */
void jobs_write_metrics(struct jobs *jobs, struct buf *out);

#endif
