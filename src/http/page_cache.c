#include "http/page_cache.h"

#include <pthread.h>

#include "base/arena.h"
#include "base/attr.h"

struct entry {
    uint64_t hash;
    struct str path;
    bool json;
    struct prepared *prepared;
};

struct page_cache {
    pthread_mutex_t lock; /* held for the time of a look-up, or to put in what is made already */
    day today;
    struct entry *entries; /* open addressing; empty where prepared is NULL */
    size_t slots;          /* a power of two */
    size_t count, count_max;
    size_t bytes, bytes_max;
    struct arena paths;
};

struct page_cache *page_cache_new(size_t pages, size_t bytes)
{
    struct page_cache *cache = memory_alloc(1, sizeof(*cache));

    pthread_mutex_init(&cache->lock, NULL);
    cache->today = DAY_NONE;
    cache->count_max = pages;
    cache->bytes_max = bytes;
    cache->slots = 1;
    while (cache->slots < 2 * pages)
        cache->slots *= 2;
    cache->entries = memory_alloc(cache->slots, sizeof(*cache->entries));
    arena_init(&cache->paths, ARENA_UNLIMITED);
    return cache;
}

static void clear(struct page_cache *cache)
{
    for (size_t i = 0; i < cache->slots; i++) {
        prepared_release(cache->entries[i].prepared);
        cache->entries[i] = (struct entry){ .prepared = NULL };
    }
    arena_clear(&cache->paths);
    cache->count = 0;
    cache->bytes = 0;
}

void page_cache_free(struct page_cache *cache)
{
    if (!cache)
        return;
    clear(cache);
    arena_release(&cache->paths);
    memory_free(cache->entries);
    pthread_mutex_destroy(&cache->lock);
    memory_free(cache);
}

/* Where the page is, or the empty entry where it would be put: half of them are always empty. */
static struct entry *locate(const struct page_cache *cache, const struct page_key *key,
                            uint64_t hash)
{
    size_t at = hash & (cache->slots - 1);

    for (;; at = (at + 1) & (cache->slots - 1)) {
        struct entry *entry = &cache->entries[at];

        if (!entry->prepared ||
            (entry->hash == hash && entry->json == key->json && str_eq(entry->path, key->path)))
            return entry;
    }
}

struct prepared *page_cache_find(struct page_cache *cache, const struct page_key *key)
{
    uint64_t hash = str_hash(key->path);
    struct prepared *found = NULL;

    pthread_mutex_lock(&cache->lock);
    if (cache->today == key->today)
        found = locate(cache, key, hash)->prepared;
    if (found)
        prepared_hold(found);
    pthread_mutex_unlock(&cache->lock);
    return found;
}

static size_t size_of(const struct prepared *prepared)
{
    return prepared_body(prepared, ENCODING_IDENTITY).n + prepared_body(prepared, ENCODING_GZIP).n +
           prepared_body(prepared, ENCODING_BROTLI).n;
}

static void add(struct page_cache *cache, const struct page_key *key, struct prepared *prepared)
{
    uint64_t hash = str_hash(key->path);
    size_t bytes = size_of(prepared);
    struct entry *entry = locate(cache, key, hash);

    if (entry->prepared || cache->count == cache->count_max ||
        bytes > cache->bytes_max - cache->bytes)
        return;
    entry->hash = hash;
    entry->path = str_copy(&cache->paths, key->path);
    entry->json = key->json;
    entry->prepared = prepared_hold(prepared);
    cache->count++;
    cache->bytes += bytes;
}

void page_cache_add(struct page_cache *cache, const struct page_key *key, struct prepared *prepared)
{
    pthread_mutex_lock(&cache->lock);
    /* A page that was begun before midnight comes too late. */
    if (cache->today < key->today) {
        clear(cache);
        cache->today = key->today;
    }
    if (cache->today == key->today)
        add(cache, key, prepared);
    pthread_mutex_unlock(&cache->lock);
}
