#include "web/error_page.h"

#include "http/router.h"
#include "web/page.h"
#include "web/show.h"

static const struct shape_member near_members[] = {
    { "path", &shape_text, false, "The address of a page that may have been meant" },
    { "title", &shape_text, false, "Its title" },
    { NULL, NULL, false, NULL },
};
static const struct shape near_shape = { .kind = IS_OBJECT,
                                         .name = "Near",
                                         .members = near_members };
static const struct shape near_list_shape = { .kind = IS_LIST, .item = &near_shape };

static const struct shape_member members[] = {
    { "status", &shape_int, false, "The status of the answer, as HTTP has it" },
    { "name", &shape_text, false, "What went wrong, in a word that does not change" },
    { "message", &shape_text, false, "The same for people" },
    { "why", &shape_text, true, "What else is known of it" },
    { "path", &shape_text, true, "What was asked for" },
    { "near", &near_list_shape, false, "What may have been meant" },
    { NULL, NULL, false, NULL },
};
const struct shape error_shape = { .kind = IS_OBJECT, .name = "Error", .members = members };

static struct value *error_view(struct arena *arena, const struct error *error, struct str why,
                                struct value *near, struct str path)
{
    struct value *view = value_object(arena);

    value_set_int(arena, view, "status", error->http_status);
    value_set_text(arena, view, "name", str_from_c(error->name));
    value_set_text(arena, view, "message", str_from_c(error->message));
    value_set(arena, view, "why", why.p ? value_text(arena, why) : value_null(arena));
    value_set(arena, view, "path", path.p ? value_text(arena, path) : value_null(arena));
    value_set(arena, view, "near", near ? near : value_array(arena));
    return view;
}

/* In how many seconds it is worth trying again: somebody has to make room on a disk first. */
static const char *again_after(int status)
{
    if (status == 507)
        return "60";
    return status == 429 || status == 503 ? "1" : NULL;
}

static void set_headers(const struct site_state *site, const struct request *request, int status,
                        struct response *response)
{
    site_headers(site, response);
    response_header(response, STR("Cache-Control"), STR("no-store"));
    response_header(response, STR("Vary"), STR("Accept"));
    if (status == 405)
        response_header(response, STR("Allow"), router_allow(&site_routes, request->path));
    if (status == 401)
        response_header(response, STR("WWW-Authenticate"), STR("Bearer realm=\"assay\""));
    if (again_after(status))
        response_header(response, STR("Retry-After"), str_from_c(again_after(status)));
}

void error_page(const struct site_state *site, const struct request *request,
                const struct error *error, struct str why, struct value *near,
                struct response *response)
{
    struct arena *arena = response->arena;
    struct page page = { .path = request->path.p ? request->path : STR(""),
                         .today = site->settings.today(site->settings.clock) };
    struct value *view = error_view(arena, error, why, near, request->path);
    struct diags faults;
    struct str body;

    response->status = error->http_status;
    set_headers(site, request, error->http_status, response);
    if (asks_for_json(request) && !failed(show_json(arena, view, &body))) {
        response_body(response, TYPE_JSON, body);
        return;
    }
    diags_init(&faults, arena);
    value_set(arena, view, "page", page_value(site, arena, &page));
    if (!failed(show_page(site, arena, "error", view,
                          site->settings.drift ? site->settings.drift : &faults, &body)))
        response_body(response, TYPE_HTML, body);
    else
        response_body(response, TYPE_TEXT,
                      str_format(arena, "%d %s\n", error->http_status, error->message));
}
