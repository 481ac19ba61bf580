/*
 * day_cache.h - what was made once today for an address and is the same for everybody.
 *
 * What is kept belongs to a day: on the next one it is thrown away, as what a page says may depend
 * on the day. There is room for so many things and bytes and no more; when it is full, further
 * ones are not kept, as the addresses of a scheme are few and all alike in worth. Any number of
 * threads may use a cache at once.
 */
#ifndef ASSAY_HTTP_DAY_CACHE_H
#define ASSAY_HTTP_DAY_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/str.h"

/* What a cache keeps is counted: each holder releases its hold, and the last one frees it. */
struct day_cache_settings {
    size_t count_max;
    size_t bytes_max;
    void (*hold)(void *thing);
    void (*release)(void *thing);
};

struct day_cache;

struct day_key {
    struct str path;
    bool json;
    day today;
};

struct day_cache *day_cache_new(const struct day_cache_settings *settings);
void day_cache_free(struct day_cache *cache); /* NULL: does nothing */

/* A hold on what is kept, which the caller releases; NULL if it is not there. */
void *day_cache_find(struct day_cache *cache, const struct day_key *key);

/* Takes a hold of its own on a thing of so many bytes. Where one is there already, that stays. */
void day_cache_add(struct day_cache *cache, const struct day_key *key, void *thing, size_t bytes);

#endif
