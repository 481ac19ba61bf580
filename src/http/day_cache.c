#include "http/day_cache.h"

#include <pthread.h>

#include "base/arena.h"
#include "base/attr.h"

struct entry {
    uint64_t hash;
    struct str path;
    bool json;
    void *thing;
};

struct day_cache {
    struct day_cache_settings settings;
    pthread_mutex_t lock; /* held for the time of a look-up, or to put in what is made already */
    day today;
    struct entry *entries; /* open addressing; empty where thing is NULL */
    size_t slots;          /* a power of two */
    size_t count;
    size_t bytes;
    struct arena paths;
};

struct day_cache *day_cache_new(const struct day_cache_settings *settings)
{
    struct day_cache *cache = memory_alloc(1, sizeof(*cache));

    cache->settings = *settings;
    pthread_mutex_init(&cache->lock, NULL);
    cache->today = DAY_NONE;
    cache->slots = 1;
    while (cache->slots < 2 * settings->count_max)
        cache->slots *= 2;
    cache->entries = memory_alloc(cache->slots, sizeof(*cache->entries));
    arena_init(&cache->paths, ARENA_UNLIMITED);
    return cache;
}

static void clear(struct day_cache *cache)
{
    for (size_t i = 0; i < cache->slots; i++) {
        if (cache->entries[i].thing)
            cache->settings.release(cache->entries[i].thing);
        cache->entries[i] = (struct entry){ .thing = NULL };
    }
    arena_clear(&cache->paths);
    cache->count = 0;
    cache->bytes = 0;
}

void day_cache_free(struct day_cache *cache)
{
    if (!cache)
        return;
    clear(cache);
    arena_release(&cache->paths);
    memory_free(cache->entries);
    pthread_mutex_destroy(&cache->lock);
    memory_free(cache);
}

/* Where the thing is, or the empty entry where it would be put: half of them are always empty. */
static struct entry *locate(const struct day_cache *cache, const struct day_key *key, uint64_t hash)
{
    size_t at = hash & (cache->slots - 1);

    for (;; at = (at + 1) & (cache->slots - 1)) {
        struct entry *entry = &cache->entries[at];

        if (!entry->thing ||
            (entry->hash == hash && entry->json == key->json && str_eq(entry->path, key->path)))
            return entry;
    }
}

void *day_cache_find(struct day_cache *cache, const struct day_key *key)
{
    uint64_t hash = str_hash(key->path);
    void *found = NULL;

    pthread_mutex_lock(&cache->lock);
    if (cache->today == key->today)
        found = locate(cache, key, hash)->thing;
    if (found)
        cache->settings.hold(found);
    pthread_mutex_unlock(&cache->lock);
    return found;
}

static void add(struct day_cache *cache, const struct day_key *key, void *thing, size_t bytes)
{
    uint64_t hash = str_hash(key->path);
    struct entry *entry = locate(cache, key, hash);

    if (entry->thing || cache->count == cache->settings.count_max ||
        bytes > cache->settings.bytes_max - cache->bytes)
        return;
    entry->hash = hash;
    entry->path = str_copy(&cache->paths, key->path);
    entry->json = key->json;
    entry->thing = thing;
    cache->settings.hold(thing);
    cache->count++;
    cache->bytes += bytes;
}

void day_cache_add(struct day_cache *cache, const struct day_key *key, void *thing, size_t bytes)
{
    pthread_mutex_lock(&cache->lock);
    /* What was begun before midnight comes too late. */
    if (cache->today < key->today) {
        clear(cache);
        cache->today = key->today;
    }
    if (cache->today == key->today)
        add(cache, key, thing, bytes);
    pthread_mutex_unlock(&cache->lock);
}
