/*
 * page_cache.h - pages that were made once today and are the same for everybody.
 *
 * What is kept belongs to a day: on the next one it is thrown away, as what a page says may depend
 * on the day. There is room for so many pages and bytes and no more; when it is full, further
 * pages are not kept, as the addresses of a scheme are few and all alike in worth. Any number of
 * threads may use a cache at once.
 */
#ifndef ASSAY_HTTP_PAGE_CACHE_H
#define ASSAY_HTTP_PAGE_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/str.h"
#include "http/prepared.h"

struct page_cache;

struct page_key {
    struct str path;
    bool json;
    day today;
};

struct page_cache *page_cache_new(size_t pages, size_t bytes);
void page_cache_free(struct page_cache *cache); /* NULL: does nothing */

/* A hold on the page, which the caller releases; NULL if it is not there. */
struct prepared *page_cache_find(struct page_cache *cache, const struct page_key *key);

/* Takes a hold of its own. Where the page is there already, that one stays. */
void page_cache_add(struct page_cache *cache, const struct page_key *key,
                    struct prepared *prepared);

#endif
