#include "store/writer.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <time.h>

/* A group takes no more operations in after this long, so that a few slow ones do not keep all the
   others waiting. */
#define GROUP_MS 50

/* While the server is away, it is asked again after this long; until then operations fail at
   once, instead of each waiting for a connection in vain. */
#define AWAY_MS 500

struct writer {
    struct store *store;
    pthread_t thread;
    bool ready;            /* connected, and the one that writes */
    struct result refused; /* why not, when it was last tried */
    int64_t refused_at;
    struct operation *taken; /* out of the queue, and not run yet */

    atomic_size_t waiting; /* in the queue or taken; only raised under the lock */

    pthread_mutex_t lock; /* of all below */
    pthread_cond_t wake;
    struct operation *first;
    struct operation **last;
    size_t queue_max;
    bool stopping;
    struct writer_counts counts;
};

/* The operations of one commit, in the order in which they ran. */
struct group {
    struct operation *first;
    struct operation **last;
    size_t count;
    int64_t begun;
};

/* Of a clock that only goes forward, and tells no time of day. */
static int64_t milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- the queue ---- */

struct result writer_submit(struct writer *writer, struct operation *operation)
{
    struct result result = OK;

    operation->next = NULL;
    operation->fault.message[0] = '\0';
    operation->fault.constraint[0] = '\0';
    pthread_mutex_lock(&writer->lock);
    if (writer->stopping) {
        result = fail(&STORE_STOPPED);
    } else if (atomic_load(&writer->waiting) >= writer->queue_max) {
        result = fail(&STORE_QUEUE_FULL);
    } else {
        if (!writer->first)
            pthread_cond_signal(&writer->wake);
        *writer->last = operation;
        writer->last = &operation->next;
        atomic_fetch_add(&writer->waiting, 1);
    }
    pthread_mutex_unlock(&writer->lock);
    return result;
}

/* Waits for an operation. False when there is none and the writer stops. */
static bool wait_for_work(struct writer *writer)
{
    bool work;

    if (writer->taken)
        return true;
    pthread_mutex_lock(&writer->lock);
    while (!writer->first && !writer->stopping)
        pthread_cond_wait(&writer->wake, &writer->lock);
    work = writer->first != NULL;
    pthread_mutex_unlock(&writer->lock);
    return work;
}

/* The operation that has waited longest, or NULL. All that wait are taken out of the queue at once,
   so that the lock is rarely fought over. */
static struct operation *next_operation(struct writer *writer)
{
    struct operation *operation;

    if (!writer->taken) {
        pthread_mutex_lock(&writer->lock);
        writer->taken = writer->first;
        writer->first = NULL;
        writer->last = &writer->first;
        pthread_mutex_unlock(&writer->lock);
    }
    operation = writer->taken;
    if (operation) {
        writer->taken = operation->next;
        atomic_fetch_sub(&writer->waiting, 1);
    }
    return operation;
}

/* ---- one operation ---- */

/* Runs it so that an arena that is full ends it, and not the request it belongs to: that one's
   way out lies on another thread's stack. */
static struct result run_within_arena(struct store *store, struct operation *operation)
{
    jmp_buf *outer = operation->arena ? operation->arena->full : NULL;
    jmp_buf full;
    struct result result;

    if (!operation->arena)
        return operation->run(store, operation->context);
    arena_on_full(operation->arena, &full);
    if (setjmp(full) == 0)
        result = operation->run(store, operation->context);
    else
        result = fail(&ERROR_LIMIT);
    arena_on_full(operation->arena, outer);
    return result;
}

/* Runs it in a part of the transaction, which is kept or undone. Where it cannot be undone there
   is no transaction any more, and the commit says so. */
static void run_operation(struct store *store, struct operation *operation)
{
    struct result undone = OK;

    operation->result = store_savepoint(store);
    if (!failed(operation->result)) {
        operation->result = run_within_arena(store, operation);
        if (!failed(operation->result))
            operation->result = store_savepoint_keep(store);
        if (failed(operation->result)) {
            operation->fault = *store_fault(store);
            undone = store_savepoint_undo(store);
        }
    }
    (void)undone;
}

/* ---- a group ---- */

static void add(struct group *group, struct operation *operation)
{
    operation->next = NULL;
    *group->last = operation;
    group->last = &operation->next;
    group->count++;
}

/* Tells everybody how it ended: `shared` for those that did not fail by themselves. */
static void reply(struct writer *writer, struct group *group, struct result shared)
{
    uint64_t kept = 0;

    for (struct operation *at = group->first; at; at = at->next) {
        if (failed(at->result))
            continue;
        at->result = shared;
        if (failed(shared))
            at->fault = *store_fault(writer->store);
        else
            kept++;
    }
    pthread_mutex_lock(&writer->lock);
    writer->counts.commits += kept > 0;
    writer->counts.operations += kept;
    writer->counts.failures += group->count - kept;
    pthread_mutex_unlock(&writer->lock);
    for (struct operation *at = group->first, *next; at; at = next) {
        next = at->next; /* `done` may free it */
        at->done(at, at->result);
    }
}

/* Connects and claims again if the server has vanished. */
static struct result get_ready(struct writer *writer)
{
    if (!store_alive(writer->store))
        writer->ready = false;
    if (writer->ready)
        return OK;
    if (failed(writer->refused) && milliseconds() - writer->refused_at < AWAY_MS)
        return writer->refused;
    writer->refused = store_alive(writer->store) ? OK : store_revive(writer->store);
    if (!failed(writer->refused))
        writer->refused = store_claim(writer->store);
    writer->ready = !failed(writer->refused);
    writer->refused_at = milliseconds();
    return writer->refused;
}

static bool takes_more(const struct writer *writer, const struct group *group)
{
    return group->count < WRITER_GROUP && store_in_transaction(writer->store) &&
           milliseconds() - group->begun < GROUP_MS;
}

static void run_group(struct writer *writer)
{
    struct group group = { .begun = milliseconds() };
    struct operation *operation;
    struct result result = get_ready(writer);

    group.last = &group.first;
    if (!failed(result))
        result = store_begin(writer->store);
    if (failed(result)) {
        store_rollback(writer->store);
        /* Whoever waits has the same answer to expect. */
        while ((operation = next_operation(writer)) != NULL) {
            operation->result = OK;
            add(&group, operation);
            if (!writer->taken)
                break;
        }
    } else {
        while (takes_more(writer, &group) && (operation = next_operation(writer)) != NULL) {
            run_operation(writer->store, operation);
            add(&group, operation);
        }
        result = store_commit(writer->store);
    }
    reply(writer, &group, result);
}

static void *run_writer(void *context)
{
    struct writer *writer = context;

    while (wait_for_work(writer))
        run_group(writer);
    return NULL;
}

/* ---- its life ---- */

struct writer *writer_new(struct store *store, size_t queue_max)
{
    struct writer *writer = memory_alloc(1, sizeof(*writer));

    BUG_IF(queue_max == 0);
    writer->store = store;
    writer->ready = true;
    writer->last = &writer->first;
    writer->queue_max = queue_max;
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->wake, NULL);
    if (pthread_create(&writer->thread, NULL, run_writer, writer) != 0) {
        pthread_cond_destroy(&writer->wake);
        pthread_mutex_destroy(&writer->lock);
        memory_free(writer);
        return NULL;
    }
    return writer;
}

void writer_free(struct writer *writer)
{
    if (!writer)
        return;
    pthread_mutex_lock(&writer->lock);
    writer->stopping = true;
    pthread_cond_signal(&writer->wake);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    store_close(writer->store);
    pthread_cond_destroy(&writer->wake);
    pthread_mutex_destroy(&writer->lock);
    memory_free(writer);
}

struct writer_counts writer_counts(struct writer *writer)
{
    struct writer_counts counts;

    pthread_mutex_lock(&writer->lock);
    counts = writer->counts;
    counts.waiting = atomic_load(&writer->waiting);
    pthread_mutex_unlock(&writer->lock);
    return counts;
}

/* ---- waiting for one ---- */

struct performance {
    struct operation operation; /* first, so that one is the other */
    sem_t done;
};

static void wake_performer(struct operation *operation, struct result result)
{
    struct performance *performance = (struct performance *)operation;

    (void)result;
    sem_post(&performance->done);
}

struct result writer_perform(struct writer *writer, struct result (*run)(struct store *, void *),
                             void *context, struct arena *arena, struct store_fault *ret_fault)
{
    struct performance performance = {
        .operation = { .run = run, .done = wake_performer, .context = context, .arena = arena },
    };
    struct result result;

    sem_init(&performance.done, 0, 0);
    result = writer_submit(writer, &performance.operation);
    if (!failed(result)) {
        while (sem_wait(&performance.done) != 0)
            ; /* a signal came in between */
        result = performance.operation.result;
    }
    sem_destroy(&performance.done);
    if (failed(result) && ret_fault)
        *ret_fault = performance.operation.fault;
    return result;
}
