#include "web/site.h"

#include "hash/sha256.h"
#include "http/error.h"
#include "http/negotiate.h"
#include "http/policy.h"
#include "http/prepared.h"
#include "http/router.h"
#include "web/asset_files.h"
#include "web/error_page.h"
#include "web/notices.h"
#include "web/page.h"
#include "web/seen.h"
#include "web/show.h"
#include "web/site_parts.h"
#include "web/views.h"
#include "web/visit_parts.h"

#define CACHE_PAGES 4096
#define CACHE_BYTES ((size_t)64 * 1024 * 1024)
#define TAG_DIGITS 32
#define DIFFERENCES_MAX ((size_t)64 * 1024)

/* ---- what routes ask of the site ---- */

static const struct site_state *site_of(const struct call *call)
{
    return call->site;
}

const struct scheme *call_scheme(const struct call *call)
{
    return site_of(call)->scheme;
}

struct str call_base(const struct call *call)
{
    return site_of(call)->settings.base;
}

int64_t call_now_ms(const struct call *call)
{
    const struct site_settings *settings = &site_of(call)->settings;

    return settings->now_ms(settings->clock);
}

/* ---- what is the same for every answer ---- */

bool asks_for_json(const struct request *request)
{
    const struct str offers[] = { STR("text/html"), STR("application/json") };
    struct str accept = request_header_list(request, STR("accept"));

    return str_ends(request->path, STR(ROUTE_JSON)) ||
           accept_choose(accept, offers, ARRAY_LEN(offers)) == 1;
}

void site_headers(const struct site_state *site, struct response *response)
{
    policy_headers(response, str_starts(site->settings.base, STR("https:")));
}

static bool reads(const struct request *request)
{
    return str_eq_c(request->method, "GET") || str_eq_c(request->method, "HEAD");
}

static void hold_page(void *page)
{
    (void)prepared_hold(page);
}

static void release_page(void *page)
{
    prepared_release(page);
}

struct day_cache *site_pages_new(void)
{
    const struct day_cache_settings settings = { CACHE_PAGES, CACHE_BYTES, hold_page,
                                                 release_page };

    return day_cache_new(&settings);
}

static void set_keeping(enum route_keeping keeping, struct response *response)
{
    response_header(response, STR("Cache-Control"),
                    keeping == KEPT ? STR("no-cache") : STR("no-store"));
    response_header(response, STR("Vary"), STR("Accept"));
}

/* ---- kept pages ---- */

bool site_quick(const struct site_state *site, const struct request *request,
                struct response *response)
{
    struct day_key key = { .path = request->path };
    struct prepared *page;

    if (!reads(request))
        return false;
    if (asset_files_quick(site, request, response)) {
        site_headers(site, response);
        return true;
    }
    if (request->query.p)
        return false;
    key.json = asks_for_json(request);
    key.today = site->settings.today(site->settings.clock);
    page = day_cache_find(site->pages, &key);
    if (!page)
        return false;
    response_prepared(response, page);
    prepared_release(page);
    set_keeping(KEPT, response);
    site_headers(site, response);
    return true;
}

static struct str tag_of(struct arena *arena, struct str body)
{
    char hex[SHA256_HEX_SIZE];

    return str_copy(arena, str_take(str_from_c(sha256_hex(sha256(body), hex)), TAG_DIGITS));
}

/* Answers with a page that may be kept, and keeps it where it can be asked for again alike. */
static void send_kept(const struct call *call, struct str type, struct str body,
                      struct response *response)
{
    const struct site_state *site = site_of(call);
    struct day_key key = { call->request->path, asks_for_json(call->request), call->today };
    struct prepared *page;

    /* Without a tag: hashing costs more than what it might save. */
    if (call->request->query.p || site->settings.dev_root) {
        response_body(response, type, body);
        return;
    }
    page = prepared_new(type, tag_of(call->arena, body), body, STR_NONE);
    response_prepared(response, page);
    day_cache_add(site->pages, &key, page, prepared_bytes(page));
    prepared_release(page);
}

/* ---- answers ---- */

static const struct form_limits query_limits = { .fields = 64,
                                                 .name_bytes = 100,
                                                 .value_bytes = 4096 };

/* Where views, shapes and templates that do not agree are told: NULL in the running program. */
static struct diags *watcher(const struct site_state *site, struct arena *arena)
{
    struct diags *diags;

    if (!site->settings.dev_root)
        return site->settings.drift;
    diags = ARENA_NEW(arena, struct diags);
    diags_init(diags, arena);
    return diags;
}

static void watch_view(const struct call *call, const struct value *view, struct diags *drift)
{
    struct buf differences;

    buf_init(&differences, DIFFERENCES_MAX);
    if (!shape_holds(call->route->view, view, &differences))
        diags_add(drift, SEVERITY_ERROR, (struct span){ .source = NULL }, STR_NONE,
                  "the view of %s is not of its shape:\n%.*s", call->route->path,
                  STR_ARG(buf_str(&differences)));
    buf_release(&differences);
}

/* Where templates are being worked on, what is wrong with them is shown instead of the page. */
static void send_faults(const struct call *call, struct diags *drift, struct response *response)
{
    struct buf out;

    buf_init(&out, PAGE_BYTES_MAX);
    diags_print(drift, &out, false);
    response->status = HTTP_INTERNAL.http_status;
    response_body(response, TYPE_TEXT, buf_take(&out, call->arena));
}

static struct result make_page(struct call *call, const struct value *view, struct diags *drift,
                               struct str *ret)
{
    const struct request *request = call->request;
    struct page page = { .path = request->path,
                         .query = request->query,
                         .listed = call->route->method == GET && !call->route->secret,
                         .today = call->today,
                         .notice = notice_of(&call->query),
                         .token = visit_form_token(call),
                         .user = visit_user(call),
                         .office = visit_office(call) };

    view = value_with(call->arena, view, "page", page_value(site_of(call), call->arena, &page));
    return show_page(site_of(call), call->arena, call->route->page, view, drift, ret);
}

/* To be read by whoever asked, and by nobody after them. */
static void set_private(const struct call *call, struct response *response)
{
    if (call->visit->retry_after > 0)
        response_header(response, STR("Retry-After"),
                        str_format(call->arena, "%lld", (long long)call->visit->retry_after));
    /* The path goes nowhere, and forms still say where they come from, as `no-referrer` would not
       let older browsers do. */
    if (call->route->secret)
        response_header(response, STR("Referrer-Policy"), STR("strict-origin"));
    visit_write_cookies(call, response);
}

static void send_elsewhere(const struct call *call, struct response *response)
{
    response->status = 303;
    response_header(response, STR("Location"), call->visit->see_other);
    set_keeping(FRESH, response);
    set_private(call, response);
}

static struct result send_view(struct call *call, const struct value *view,
                               struct response *response)
{
    const struct site_state *site = site_of(call);
    struct diags *drift = watcher(site, call->arena);
    struct result result;
    struct str body;

    if (drift)
        watch_view(call, view, drift);
    result = call->json ? show_json(call->arena, view, &body) : make_page(call, view, drift, &body);
    if (site->settings.dev_root && drift && drift->errors > 0) {
        send_faults(call, drift, response);
        return OK;
    }
    TRY(result);
    response->status = call->status;
    response->packs = call->route->permission == PUBLIC;
    set_keeping(call->route->keeping, response);
    set_private(call, response);
    if (call->route->keeping == KEPT && call->status == 200)
        send_kept(call, call->json ? TYPE_JSON : TYPE_HTML, body, response);
    else
        response_body(response, call->json ? TYPE_JSON : TYPE_HTML, body);
    return OK;
}

static struct result serve(struct call *call, struct response *response)
{
    const struct request *request = call->request;
    struct str query = request->query.p ? request->query : STR("");
    struct routing routing;
    const struct value *view;

    TRY(router_find(&site_routes, request->method, request->path, &routing));
    call->route = routing.route;
    if (call->route->memory_max > call->arena->limit)
        call->arena->limit = call->route->memory_max;
    for (size_t i = 0; i < ROUTE_PARTS_MAX; i++)
        call->parts[i] = routing.parts[i];
    call->json = routing.json || !call->route->page || asks_for_json(request);
    TRY(form_read(call->arena, query, &query_limits, &call->query));
    TRY(visit_enter(call));
    if (call->visit->see_other.p) {
        send_elsewhere(call, response);
        return OK;
    }
    if (call->route->raw)
        return call->route->raw(call, response);
    TRY(views_answer(call, response, &view));
    /* Also from an address that has no page of its own. */
    if (call->visit->see_other.p && !routing.json && !asks_for_json(request)) {
        send_elsewhere(call, response);
        return OK;
    }
    return send_view(call, view, response);
}

void site_answer(const struct site_state *site, const struct request *request,
                 struct response *response)
{
    struct call call = { .arena = request->arena,
                         .request = request,
                         .today = site->settings.today(site->settings.clock),
                         .site = site,
                         .status = 200 };
    struct result result = OK;

    visit_begin(&call, response);
    if (!asset_files_dev(site, request, response))
        result = serve(&call, response);
    visit_end(&call);
    if (failed(result)) {
        response_clear(response);
        error_page(site, request, result.error, STR_NONE, call.near, response);
    } else {
        site_headers(site, response);
    }
}

void site_refuse(const struct site_state *site, const struct request *request, int status,
                 struct str why, struct response *response)
{
    error_page(site, request, http_error(status), why, NULL, response);
}

size_t site_body_max(const struct request *request)
{
    struct routing routing;

    if (failed(router_find(&site_routes, request->method, request->path, &routing)) ||
        routing.route->body_max == 0)
        return SERVER_BODY_MAX;
    return routing.route->body_max;
}

struct str site_logged_path(const struct request *request)
{
    for (size_t i = 0; i < site_routes.count; i++) {
        const struct route *route = &site_routes.at[i];
        struct str before;

        /* Also where the method is wrong, or more follows: the secret is the same. */
        (void)str_split(str_from_c(route->path), '{', &before);
        if (route->secret && str_starts(request->path, before))
            return str_from_c(route->path);
    }
    return request->path;
}

/* ---- the table of routes ---- */

void site_check_keeping(void)
{
    for (size_t i = 0; i < site_routes.count; i++) {
        const struct route *route = &site_routes.at[i];

        if (route->answer && route->keeping == KEPT && route->permission != PUBLIC)
            BUG("the route %s keeps pages that are not for everybody", route->path);
    }
}

void site_check_templates(const struct mustache_set *set, struct diags *diags)
{
    for (size_t i = 0; i < site_routes.count; i++) {
        const struct route *route = &site_routes.at[i];

        if (route->page && !mustache_find(set, str_from_c(route->page)))
            diags_add(diags, SEVERITY_ERROR, (struct span){ .source = NULL }, STR_NONE,
                      "the template '%s' of the route %s does not exist", route->page, route->path);
    }
    if (!mustache_find(set, STR("error")))
        diags_add(diags, SEVERITY_ERROR, (struct span){ .source = NULL }, STR_NONE,
                  "there is no template 'error'");
}
