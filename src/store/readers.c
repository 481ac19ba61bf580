#include "store/readers.h"

#include <pthread.h>
#include <time.h>

#include "base/arena.h"
#include "store/driver.h"

/* While the server is away, it is asked again after this long; until then loans are refused at
   once, so that threads have time for what needs no database. */
#define AWAY_MS 500

struct readers {
    pthread_mutex_t lock;
    struct result away; /* why the server could not be reached, when it was last tried */
    struct store_fault fault;
    int64_t away_at;
    bool trying; /* a thread asks it again */
    pthread_cond_t returned;
    size_t count;
    size_t idle_count;
    struct store **idle; /* the first idle_count; the one that came back last goes first */
};

struct result readers_new(const struct store_settings *settings, size_t count, struct readers **ret,
                          struct store_fault *ret_fault)
{
    struct readers *readers = memory_alloc(1, sizeof(*readers));

    pthread_mutex_init(&readers->lock, NULL);
    pthread_cond_init(&readers->returned, NULL);
    readers->idle = memory_alloc(count, sizeof(*readers->idle));
    for (; readers->count < count; readers->count++, readers->idle_count++) {
        struct result result =
            store_open(settings, STORE_READ, &readers->idle[readers->count], ret_fault);
        if (failed(result)) {
            readers_free(readers);
            return result;
        }
    }
    *ret = readers;
    return OK;
}

void readers_free(struct readers *readers)
{
    if (!readers)
        return;
    BUG_IF(readers->idle_count != readers->count);
    for (size_t i = 0; i < readers->count; i++)
        store_close(readers->idle[i]);
    pthread_cond_destroy(&readers->returned);
    pthread_mutex_destroy(&readers->lock);
    memory_free(readers->idle);
    memory_free(readers);
}

/* Of a clock that only goes forward, and tells no time of day. */
static int64_t milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void put(struct readers *readers, struct store *store)
{
    pthread_mutex_lock(&readers->lock);
    readers->idle[readers->idle_count++] = store;
    pthread_cond_signal(&readers->returned);
    pthread_mutex_unlock(&readers->lock);
}

static struct store *get(struct readers *readers)
{
    struct store *store;

    pthread_mutex_lock(&readers->lock);
    while (readers->idle_count == 0)
        pthread_cond_wait(&readers->returned, &readers->lock);
    store = readers->idle[--readers->idle_count];
    pthread_mutex_unlock(&readers->lock);
    return store;
}

/* Whether this thread is to try to reach the server: one at a time does, now and then. If not,
 *ret is why the last one could not. */
static bool may_try(struct readers *readers, struct result *ret, struct store_fault *ret_fault)
{
    bool may;

    pthread_mutex_lock(&readers->lock);
    may = !failed(readers->away) ||
          (!readers->trying && milliseconds() - readers->away_at >= AWAY_MS);
    if (may) {
        readers->trying = true;
    } else {
        *ret = readers->away;
        *ret_fault = readers->fault;
    }
    pthread_mutex_unlock(&readers->lock);
    return may;
}

static void note(struct readers *readers, struct result result, const struct store_fault *fault)
{
    pthread_mutex_lock(&readers->lock);
    readers->trying = false;
    readers->away = result;
    readers->away_at = milliseconds();
    if (failed(result))
        readers->fault = *fault;
    pthread_mutex_unlock(&readers->lock);
}

static struct result revive(struct readers *readers, struct store *store,
                            struct store_fault *ret_fault)
{
    struct result result = OK;

    if (!may_try(readers, &result, ret_fault))
        return result;
    result = store_revive(store);
    if (failed(result))
        *ret_fault = *store_fault(store);
    note(readers, result, ret_fault);
    return result;
}

static struct result begin(struct store *store, struct store_fault *ret_fault)
{
    struct result result = store_begin(store);

    if (failed(result)) {
        *ret_fault = *store_fault(store);
        store_rollback(store);
    }
    return result;
}

struct result readers_take(struct readers *readers, struct store **ret,
                           struct store_fault *ret_fault)
{
    struct store *store = get(readers);
    struct result result = store_alive(store) ? OK : revive(readers, store, ret_fault);

    if (!failed(result))
        result = begin(store, ret_fault);
    if (failed(result)) {
        put(readers, store);
        return result;
    }
    *ret = store;
    return OK;
}

struct result readers_give_back(struct readers *readers, struct store *store)
{
    const struct error *failure = store->failure;

    store_rollback(store);
    put(readers, store);
    return fail(failure);
}
