/*
 * site_parts.h - what a site is made of, for the files that show its pages and no others.
 */
#ifndef ASSAY_WEB_SITE_PARTS_H
#define ASSAY_WEB_SITE_PARTS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "http/assets.h"
#include "http/day_cache.h"
#include "http/mustache.h"
#include "web/site.h"

#define TYPE_HTML STR("text/html; charset=utf-8")
#define TYPE_JSON STR("application/json")
#define TYPE_TEXT STR("text/plain; charset=utf-8")

#define PAGE_BYTES_MAX ((size_t)4 * 1024 * 1024) /* of a page, or of a view as JSON */

struct site {
    struct site_settings settings;
    struct arena arena;
    const struct mustache_set *templates; /* NULL: read anew for each request */
    struct assets *assets;
    struct day_cache *pages; /* struct prepared */
    struct day_cache *views; /* of views.c */
    struct page_parts *page_parts;
};

/* Whether a program asks, by the path or by what it accepts, for the view itself. */
bool asks_for_json(const struct request *request);

/* Sets the headers that are the same for every answer of the site. */
void site_headers(const struct site *site, struct response *response);

#endif
