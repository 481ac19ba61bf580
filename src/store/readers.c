#include "store/readers.h"

#include <pthread.h>

#include "base/arena.h"
#include "store/driver.h"

struct readers {
    pthread_mutex_t lock;
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

static void put(struct readers *readers, struct store *store)
{
    pthread_mutex_lock(&readers->lock);
    readers->idle[readers->idle_count++] = store;
    pthread_cond_signal(&readers->returned);
    pthread_mutex_unlock(&readers->lock);
}

struct result readers_take(struct readers *readers, struct store **ret,
                           struct store_fault *ret_fault)
{
    struct result result = OK;
    struct store *store;

    pthread_mutex_lock(&readers->lock);
    while (readers->idle_count == 0)
        pthread_cond_wait(&readers->returned, &readers->lock);
    store = readers->idle[--readers->idle_count];
    pthread_mutex_unlock(&readers->lock);

    if (!store_alive(store))
        result = store_revive(store);
    if (!failed(result))
        result = store_begin(store);
    if (failed(result)) {
        *ret_fault = *store_fault(store);
        store_rollback(store);
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
