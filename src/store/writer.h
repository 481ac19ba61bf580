/*
 * writer.h - the one thread that changes the database.
 *
 * Whatever changes something is an operation: a function that runs on the writer's thread and
 * connection, from reading what it decides on to writing what follows. Nobody else writes, so what
 * it has read stays true until it is done. Operations that wait share a commit; the answer to each
 * is given after it. One that fails is undone alone. When the commit fails, all that shared it fail
 * with it, and nobody was told anything else.
 *
 * An operation that reads nothing from memory that others change can be given up at any point, and
 * then nothing has happened. It should take milliseconds, at most 50; longer work is cut into
 * pieces, each an operation of its own.
 */
#ifndef ASSAY_STORE_WRITER_H
#define ASSAY_STORE_WRITER_H

#include "base/arena.h"
#include "store/store.h"

struct writer;

#define WRITER_GROUP 64 /* operations that share a commit, at most */

struct operation {
    /* Does the work; any failure undoes it. Runs on the writer's thread. */
    struct result (*run)(struct store *store, void *context);
    /* Is told how it ended, on the writer's thread, once that is certain; must not wait. The
       operation is its owner's again, who may have freed it when this returns. */
    void (*done)(struct operation *operation, struct result result);
    void *context;
    struct arena *arena; /* that run uses, or NULL; when it is full the operation fails with
                            ERROR_LIMIT and is undone */

    struct store_fault fault; /* what the engine said when it failed; "" if it was not the engine */
    struct result result;     /* the writer's */
    struct operation *next;   /* the writer's */
};

/*
 * Starts the thread. It takes the connection over, which may write, is claimed and migrated.
 * queue_max is how many operations may wait. NULL when no thread can be started; the connection is
 * still the caller's then.
 */
struct writer *writer_new(struct store *store, size_t queue_max);

/* Takes no more operations, finishes those that wait, and closes the connection. NULL: nothing. */
void writer_free(struct writer *writer);

/* Hands an operation over; `done` is called exactly once then. STORE_QUEUE_FULL and STORE_STOPPED,
   and `done` is not called. */
RESULT writer_submit(struct writer *writer, struct operation *operation);

/* Runs one and waits until it is kept or has failed. *ret_fault, which may be NULL, is written on
   failure. Not for the writer's own thread. */
RESULT writer_perform(struct writer *writer, struct result (*run)(struct store *, void *),
                      void *context, struct arena *arena, struct store_fault *ret_fault);

/* What has been done so far. */
struct writer_counts {
    uint64_t commits;
    uint64_t operations; /* that were kept */
    uint64_t failures;
    size_t waiting;
};
struct writer_counts writer_counts(struct writer *writer);

#endif
