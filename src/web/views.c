#include "web/views.h"

#include <stdatomic.h>

#include "http/router.h"
#include "web/site_parts.h"

#define VIEWS_MAX 4096
#define VIEWS_BYTES_MAX ((size_t)64 * 1024 * 1024)

/* A view in an arena of its own. It does not change. */
struct kept_view {
    atomic_size_t holders;
    struct arena arena;
    const struct value *view;
};

static void hold(void *thing)
{
    struct kept_view *kept = thing;

    atomic_fetch_add(&kept->holders, 1);
}

static void release(void *thing)
{
    struct kept_view *kept = thing;

    if (atomic_fetch_sub(&kept->holders, 1) > 1)
        return;
    arena_release(&kept->arena);
    memory_free(kept);
}

struct day_cache *views_new(void)
{
    const struct day_cache_settings settings = { VIEWS_MAX, VIEWS_BYTES_MAX, hold, release };

    return day_cache_new(&settings);
}

/* Whether a view is the same whenever it is asked for on that day. Where templates are being worked
   on, all is made anew. */
static bool is_kept(const struct call *call)
{
    const struct site_state *site = call->site;

    return call->route->keeping == KEPT && !call->route->fields && !site->settings.dev_root;
}

static void keep(const struct call *call, const struct day_key *key, const struct value *view)
{
    const struct site_state *site = call->site;
    size_t bytes = value_size(view);
    struct kept_view *kept;

    if (bytes > VIEWS_BYTES_MAX)
        return;
    kept = memory_alloc(1, sizeof(*kept));
    atomic_init(&kept->holders, 1);
    arena_init(&kept->arena, ARENA_UNLIMITED);
    kept->view = value_copy(&kept->arena, view);
    day_cache_add(site->views, key, kept, bytes);
    release(kept);
}

static struct str page_path(const struct request *request, const struct route *route)
{
    struct str ending = STR(ROUTE_JSON);

    if (str_ends(request->path, ending) && !str_ends(str_from_c(route->path), ending))
        return str_take(request->path, request->path.n - ending.n);
    return request->path;
}

struct result views_answer(struct call *call, struct response *response, const struct value **ret)
{
    const struct site_state *site = call->site;
    struct day_key key = { .path = page_path(call->request, call->route), .today = call->today };
    struct kept_view *kept = is_kept(call) ? day_cache_find(site->views, &key) : NULL;
    struct value *view;

    if (kept) {
        response_hold(response, kept, release);
        *ret = kept->view;
        return OK;
    }
    TRY(call->route->answer(call, &view));
    if (is_kept(call) && call->status == 200)
        keep(call, &key, view);
    *ret = view;
    return OK;
}
