#include "web/page.h"

#include "base/version.h"
#include "http/escape.h"
#include "http/router.h"
#include "web/asset_files.h"

#define ADDRESS_MAX ((size_t)64 * 1024)
#define ACCOUNT_PATH "/account"

/* ---- where the page stands ---- */

static struct str encoded(struct arena *arena, struct str path)
{
    struct str segment;
    struct buf out;

    buf_init(&out, ADDRESS_MAX);
    path = str_drop(path, 1);
    while (path.p) {
        path = str_split(path, '/', &segment);
        buf_byte(&out, '/');
        escape_url_part(segment, &out);
    }
    return buf_take(&out, arena);
}

static void set_addresses(const struct site_state *site, struct arena *arena,
                          const struct page *page, struct value *object)
{
    struct str base = site->settings.base;
    struct str path;

    value_set_text(arena, object, "path", page->path);
    value_set_text(arena, object, "base", base);
    if (!page->listed) {
        value_set(arena, object, "canonical", value_null(arena));
        value_set(arena, object, "json", value_null(arena));
        return;
    }
    path = encoded(arena, page->path);
    value_set_text(arena, object, "canonical",
                   str_format(arena, "%.*s%.*s", STR_ARG(base), STR_ARG(path)));
    value_set_text(arena, object, "json",
                   str_format(arena, "%.*s" ROUTE_JSON "%s%.*s", STR_ARG(path),
                              page->query.p ? "?" : "", STR_ARG(page->query)));
}

/* ---- the main pages ---- */

static bool has_pathway(const struct scheme *scheme)
{
    return scheme->pathway.title.p != NULL;
}

static bool has_benefits(const struct scheme *scheme)
{
    return scheme->benefits.count > 0;
}

static bool has_bodies(const struct scheme *scheme)
{
    return scheme->bodies.count > 0;
}

/* To add one, add its row, with what a scheme must have for it, if anything. It is shown once
   there is a route of that path. */
static const struct {
    const char *path;
    const char *title;
    bool (*shown)(const struct scheme *scheme);
} main_pages[] = {
    { "/certifications", "Certifications", NULL }, { "/pathway", "Pathway", has_pathway },
    { "/benefits", "Benefits", has_benefits },     { "/bodies", "Bodies", has_bodies },
    { "/standing", "Where you stand", NULL },
};

#define MAIN_PAGES ARRAY_LEN(main_pages)

/* What every page has alike: made once, and shared by all. */
struct page_parts {
    struct value *site;
    struct value *assets;               /* NULL: made anew for each page */
    struct value *navs[MAIN_PAGES + 1]; /* as it stands on each main page and below; last, on any
                                           other */
};

static bool has_route(const char *path)
{
    struct routing routing;

    return !failed(router_find(&site_routes, STR("GET"), str_from_c(path), &routing));
}

/* Whether the path is that page, or one below it. */
static bool is_within(struct str path, struct str page)
{
    return str_starts(path, page) && (path.n == page.n || path.p[page.n] == '/');
}

static struct value *nav_value(const struct scheme *scheme, struct arena *arena, size_t current)
{
    struct value *nav = value_array(arena);

    for (size_t i = 0; i < MAIN_PAGES; i++) {
        struct str address = str_from_c(main_pages[i].path);
        struct value *row;

        if ((main_pages[i].shown && !main_pages[i].shown(scheme)) || !has_route(main_pages[i].path))
            continue;
        row = value_object(arena);
        value_set_text(arena, row, "path", address);
        value_set_text(arena, row, "title", str_from_c(main_pages[i].title));
        value_set_bool(arena, row, "current", i == current);
        value_push(arena, nav, row);
    }
    return nav;
}

/* Which main page the path is or lies below; MAIN_PAGES: none. */
static size_t main_page_of(struct str path)
{
    size_t i = 0;

    while (i < MAIN_PAGES && !is_within(path, str_from_c(main_pages[i].path)))
        i++;
    return i;
}

/* ---- the whole ---- */

static struct value *site_value(const struct scheme *scheme, struct arena *arena)
{
    const struct scheme_organisation *organisation = &scheme->organisation;
    struct value *site = value_object(arena);

    value_set_text(arena, site, "title", scheme->title);
    value_set_text(arena, site, "organisation", organisation->name);
    value_set_text(arena, site, "short_name", organisation->short_name);
    value_set(arena, site, "footer",
              organisation->footer.p ? value_text(arena, organisation->footer) : value_null(arena));
    return site;
}

/* Languages that are written from right to left. */
static bool is_rtl(struct str language)
{
    static const char *const rtl[] = { "ar", "dv", "fa", "he", "ps", "ur", "yi" };
    struct str tag;

    (void)str_split(language, '-', &tag);
    for (size_t i = 0; i < ARRAY_LEN(rtl); i++)
        if (str_eq_c(tag, rtl[i]))
            return true;
    return false;
}

struct page_parts *page_parts_new(const struct site_state *site, struct arena *arena)
{
    const struct scheme *scheme = site->scheme;
    struct page_parts *parts = ARENA_NEW(arena, struct page_parts);

    parts->site = site_value(scheme, arena);
    if (!site->settings.dev_root)
        parts->assets = asset_files_addresses(site, arena);
    for (size_t i = 0; i <= MAIN_PAGES; i++)
        parts->navs[i] = nav_value(scheme, arena, i);
    return parts;
}

static void set_or_null(struct arena *arena, struct value *object, const char *key, struct str text)
{
    value_set(arena, object, key, text.p ? value_text(arena, text) : value_null(arena));
}

struct value *page_value(const struct site_state *site, struct arena *arena,
                         const struct page *page)
{
    const struct scheme *scheme = site->scheme;
    const struct page_parts *parts = site->page_parts;
    struct value *value = value_object(arena);

    set_addresses(site, arena, page, value);
    value_set_text(arena, value, "language", scheme->language.text);
    value_set_text(arena, value, "direction",
                   is_rtl(scheme->language.text) ? STR("rtl") : STR("ltr"));
    value_set(arena, value, "today", value_day(arena, page->today));
    value_set_text(arena, value, "version", STR(ASSAY_VERSION));
    value_set(arena, value, "site", parts->site);
    value_set(arena, value, "nav", parts->navs[main_page_of(page->path)]);
    value_set_bool(arena, value, "accounts", site->settings.readers && has_route(ACCOUNT_PATH));
    set_or_null(arena, value, "user", page->user);
    value_set_bool(arena, value, "office", page->office);
    set_or_null(arena, value, "token", page->token);
    set_or_null(arena, value, "notice", page->notice);
    value_set(arena, value, "assets",
              parts->assets ? parts->assets : asset_files_addresses(site, arena));
    return value;
}
