#include "web/site.h"

#include <pthread.h>

#include "account/recovery.h"
#include "http/router.h"
#include "web/asset_files.h"
#include "web/page.h"
#include "web/seen.h"
#include "web/show.h"
#include "web/site_parts.h"
#include "web/views.h"

/* What stays the same while schemes come and go, and the state of now. */
struct site {
    struct site_settings settings; /* without the scheme */
    struct arena arena;
    const struct mustache_set *templates;
    struct assets *assets;
    struct seen *seen;
    pthread_mutex_t lock; /* held to take hold of the current one, or to put another in its place */
    struct site_state *current;
};

/* ---- states ---- */

static struct site_state *state_new(const struct site *site, struct scheme_snapshot *snapshot)
{
    struct site_state *state = memory_alloc(1, sizeof(*state));

    atomic_init(&state->holders, 1);
    state->settings = site->settings;
    state->templates = site->templates;
    state->assets = site->assets;
    state->seen = site->seen;
    state->snapshot = scheme_snapshot_hold(snapshot);
    state->scheme = scheme_snapshot_scheme(snapshot);
    arena_init(&state->arena, ARENA_UNLIMITED);
    state->colours = asset_files_of_scheme(state->scheme, &state->arena);
    state->pages = site_pages_new();
    state->views = views_new();
    state->page_parts = page_parts_new(state, &state->arena);
    return state;
}

static void state_release(void *thing)
{
    struct site_state *state = thing;

    if (!state || atomic_fetch_sub(&state->holders, 1) > 1)
        return;
    day_cache_free(state->pages);
    day_cache_free(state->views);
    assets_free(state->colours);
    scheme_snapshot_release(state->snapshot);
    arena_release(&state->arena);
    memory_free(state);
}

static struct site_state *current_state(struct site *site)
{
    struct site_state *state;

    pthread_mutex_lock(&site->lock);
    state = site->current;
    atomic_fetch_add(&state->holders, 1);
    pthread_mutex_unlock(&site->lock);
    return state;
}

void site_set_scheme(struct site *site, struct scheme_snapshot *snapshot)
{
    struct site_state *state = state_new(site, snapshot);
    struct site_state *before;

    pthread_mutex_lock(&site->lock);
    before = site->current;
    site->current = state;
    pthread_mutex_unlock(&site->lock);
    state_release(before);
}

struct scheme_snapshot *site_scheme(struct site *site)
{
    struct site_state *state = current_state(site);
    struct scheme_snapshot *snapshot = scheme_snapshot_hold(state->snapshot);

    state_release(state);
    return snapshot;
}

/* ---- the handler ---- */

/* The state that a request is answered from: the response holds it. */
static const struct site_state *state_for(void *context, struct response *response)
{
    struct site_state *state = current_state(context);

    response_hold(response, state, state_release);
    return state;
}

static bool quick(void *context, const struct request *request, struct response *response)
{
    return site_quick(state_for(context, response), request, response);
}

static void answer(void *context, const struct request *request, struct response *response)
{
    site_answer(state_for(context, response), request, response);
}

static void refuse(void *context, const struct request *request, int status, struct str why,
                   struct response *response)
{
    site_refuse(state_for(context, response), request, status, why, response);
}

static struct str logged_path(void *context, const struct request *request)
{
    (void)context;
    return site_logged_path(request);
}

static size_t body_max(void *context, const struct request *request)
{
    (void)context;
    return site_body_max(request);
}

void site_handler(struct site *site, struct server_handler *ret)
{
    *ret = (struct server_handler){
        .context = site,
        .body_max = body_max,
        .quick = quick,
        .answer = answer,
        .logged_path = logged_path,
        .error = refuse,
    };
}

/* ---- the site ---- */

static struct result read_templates(struct site *site, struct diags *diags)
{
    const struct mustache_set *templates = NULL;
    size_t errors = diags->errors;

    TRY(templates_read(&site->arena, site->settings.dev_root, diags, &templates));
    site_check_templates(templates, diags);
    if (diags->errors > errors)
        return fail(&ERROR_INPUT);
    if (!site->settings.dev_root)
        site->templates = templates;
    return OK;
}

struct result site_new(const struct site_settings *settings, struct diags *diags, struct site **ret)
{
    struct site *site = memory_alloc(1, sizeof(*site));

    router_check(&site_routes);
    site_check_keeping();
    site->settings = *settings;
    site->settings.scheme = NULL;
    if (settings->sessions.absolute == 0)
        site->settings.sessions = SESSION_RULES_USUAL;
    if (settings->recovery_waiting == 0)
        site->settings.recovery_waiting = RECOVERY_WAITING_USUAL;
    arena_init(&site->arena, ARENA_UNLIMITED);
    pthread_mutex_init(&site->lock, NULL);
    site->assets = asset_files_of_program();
    if (failed(read_templates(site, diags))) {
        diags_keep_sources(diags);
        site_free(site);
        return fail(&ERROR_INPUT);
    }
    if (settings->writer)
        site->seen = seen_new(settings->writer, &site->settings.sessions);
    if (settings->writer && !site->seen)
        BUG("a thread of the site cannot be started");
    site_set_scheme(site, settings->scheme);
    *ret = site;
    return OK;
}

void site_free(struct site *site)
{
    if (!site)
        return;
    seen_free(site->seen);
    state_release(site->current);
    assets_free(site->assets);
    pthread_mutex_destroy(&site->lock);
    arena_release(&site->arena);
    memory_free(site);
}
