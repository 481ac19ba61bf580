/*
 * site_parts.h - what a site is made of, for the files that show its pages and no others.
 */
#ifndef ASSAY_WEB_SITE_PARTS_H
#define ASSAY_WEB_SITE_PARTS_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/value.h"
#include "http/assets.h"
#include "http/day_cache.h"
#include "http/mustache.h"
#include "scheme/snapshot.h"
#include "web/site.h"

#define TYPE_HTML STR("text/html; charset=utf-8")
#define TYPE_JSON STR("application/json")
#define TYPE_TEXT STR("text/plain; charset=utf-8")

#define PAGE_BYTES_MAX ((size_t)4 * 1024 * 1024) /* of a page, or of a view as JSON */

/*
 * The site as it is with one scheme. It is counted: each request holds the one it began with, and
 * keeps it while another may take its place. It does not change, but for what it keeps.
 */
struct site_state {
    atomic_size_t holders;
    struct site_settings settings;
    const struct mustache_set *templates; /* the site's; NULL: read anew for each request */
    const struct assets *assets;          /* the site's: those of the program */
    struct seen *seen;                    /* the site's; NULL without a database */

    struct scheme_snapshot *snapshot;
    const struct scheme *scheme;
    struct arena arena;
    struct assets *colours;  /* the scheme's style sheet */
    struct day_cache *pages; /* struct prepared */
    struct day_cache *views; /* of views.c */
    struct page_parts *page_parts;
};

/* What the handler does, on a state that is held (site.c). */
bool site_quick(const struct site_state *site, const struct request *request,
                struct response *response);
void site_answer(const struct site_state *site, const struct request *request,
                 struct response *response);
void site_refuse(const struct site_state *site, const struct request *request, int status,
                 struct str why, struct response *response);
size_t site_body_max(const struct request *request);
struct str site_logged_path(const struct request *request);

/* Ends the program where a row keeps pages that are not for everybody: what is kept is shown to
   all. */
void site_check_keeping(void);

/* A place for prepared pages, for day_cache_free. */
struct day_cache *site_pages_new(void);

/* Whether all templates that routes name are there; if not, the diags say so. */
void site_check_templates(const struct mustache_set *set, struct diags *diags);

/* Whether a program asks, by the path or by what it accepts, for the view itself. */
bool asks_for_json(const struct request *request);

/* Sets the headers that are the same for every answer of the site. */
void site_headers(const struct site_state *site, struct response *response);

#endif
