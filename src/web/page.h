/*
 * page.h - what every page has beside its view: the member `page`, for the layout.
 *
 *     path       of this page, "/certifications"
 *     base       the address of the site, without a '/' at its end
 *     canonical  the whole address of this page; null on a page that has none, such as an error's
 *     json       the address of the same as JSON; null likewise
 *     language   of the scheme's texts, "en"
 *     direction  "ltr" or "rtl"
 *     today      the day it is, YYYY-MM-DD
 *     version    of the program
 *     site       { title, organisation, short_name, footer }; the last may be null
 *     nav        [ { path, title, current } ]: the main pages, and whether this is one or below it
 *     accounts   whether the site has accounts
 *     user       the name of whoever is signed in; null if nobody is, and on pages for everybody
 *     office     whether whoever is signed in has the pages of the office
 *     token      what each of their forms carries (templates/part/token.html); null likewise
 *     notice     what was done on the page before (notices.h); null: nothing
 *     assets     { style, scheme, script, mark, icon, ... }: the address of each by its name
 */
#ifndef ASSAY_WEB_PAGE_H
#define ASSAY_WEB_PAGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "base/value.h"
#include "web/site_parts.h"

struct page {
    struct str path;  /* decoded, without .json */
    struct str query; /* as sent; STR_NONE: none */
    bool listed;      /* it can be asked for again: it has a canonical address */
    day today;
    /* STR_NONE where there is none. */
    struct str notice;
    struct str token;
    struct str user;
    bool office;
};

/* What is the same for every page of a scheme, in that arena. After the assets. */
struct page_parts *page_parts_new(const struct site_state *site, struct arena *arena);

struct value *page_value(const struct site_state *site, struct arena *arena,
                         const struct page *page);

#endif
