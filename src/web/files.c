#include "web/files.h"

#include "http/error.h"
#include "web/site_parts.h"

#define FOR_A_DAY STR("public, max-age=86400")

struct result favicon_raw(struct call *call, struct response *response)
{
    const struct site_state *site = call->site;
    struct prepared *icon = assets_find(site->assets, STR("icon.ico"));

    if (!icon)
        return fail(&HTTP_NOT_FOUND);
    response_header(response, STR("Cache-Control"), FOR_A_DAY);
    response_prepared(response, icon);
    return OK;
}

struct result robots_raw(struct call *call, struct response *response)
{
    (void)call;
    response_header(response, STR("Cache-Control"), FOR_A_DAY);
    response_body(response, TYPE_TEXT, STR("User-agent: *\nDisallow:\n"));
    return OK;
}
