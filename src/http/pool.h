/*
 * pool.h - a fixed number of worker threads behind a queue of stated length.
 *
 * Each worker has an arena of its own, which is clear when a job begins.
 */
#ifndef ASSAY_HTTP_POOL_H
#define ASSAY_HTTP_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"

struct pool;

struct pool_settings {
    size_t workers;
    size_t queue_max; /* jobs that wait for a worker */
    size_t arena_max; /* bytes of each worker's arena */
    void (*work)(void *job, struct arena *arena);
};

/* NULL when a thread cannot be started. */
struct pool *pool_new(const struct pool_settings *settings);

/* Reserves a place in the queue; false when it is full. Each place reserved is used by one submit,
   which cannot fail. */
NODISCARD bool pool_reserve(struct pool *pool);
void pool_submit(struct pool *pool, void *job);

/* How many jobs wait for a worker. */
size_t pool_waiting(struct pool *pool);

/*
 * Lets the workers end once the queue is empty, and waits for that up to `ms` milliseconds. False
 * when a worker is still at work then; ask again. No place can be reserved from now on.
 */
NODISCARD bool pool_stop(struct pool *pool, int64_t ms);

/* Waits for the workers to end, however long that takes, and frees the pool. NULL: nothing. */
void pool_free(struct pool *pool);

#endif
