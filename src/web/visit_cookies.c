/* What browsers are given to keep, and what they bring (visit_parts.h). */
#include "account/token.h"
#include "base/attr.h"
#include "hash/encode.h"
#include "web/visit_parts.h"

#define DAY_SECONDS INT64_C(86400)
#define NEXT_BYTES_MAX ((size_t)4096)

/* To add one, add it to enum cookie_kind and its name here. Over https the name says that the
   cookie is this host's own, and browsers see to it. */
static const struct {
    const char *name;
    const char *secure_name;
} cookies[COOKIE_KINDS] = {
    [COOKIE_SESSION] = { "assay", "__Host-assay" },
    [COOKIE_STEP] = { "assay-step", "__Host-assay-step" },
    [COOKIE_BROWSER] = { "assay-browser", "__Host-assay-browser" },
    [COOKIE_NEXT] = { "assay-next", "__Host-assay-next" },
};

static bool is_secure(const struct call *call)
{
    return str_starts(call->visit->site->settings.base, STR("https:"));
}

static struct str name_of(const struct call *call, enum cookie_kind kind)
{
    return str_from_c(is_secure(call) ? cookies[kind].secure_name : cookies[kind].name);
}

struct str visit_cookie(const struct call *call, enum cookie_kind kind)
{
    struct str value = cookie_get(call->request, name_of(call, kind));

    return token_is_formed(value, STR("")) ? value : STR_NONE;
}

void visit_set_cookie(struct call *call, enum cookie_kind kind, struct str value, int64_t seconds)
{
    struct visit *visit = call->visit;
    size_t i = 0;

    while (i < visit->cookie_count && visit->cookies[i].kind != kind)
        i++;
    BUG_IF(i == VISIT_COOKIES_MAX);
    visit->cookies[i] = (struct visit_cookie){ kind, value, seconds };
    visit->cookie_count += i == visit->cookie_count;
}

void visit_write_cookies(const struct call *call, struct response *response)
{
    const struct visit *visit = call->visit;

    for (size_t i = 0; i < visit->cookie_count; i++) {
        const struct cookie cookie = {
            .name = name_of(call, visit->cookies[i].kind),
            .value = visit->cookies[i].value,
            .seconds = visit->cookies[i].seconds,
            .secure = is_secure(call),
        };

        cookie_set(response, &cookie);
    }
}

/* ---- what pages set ---- */

/* Kept for as long as browsers keep anything, and renewed at each use. */
#define BROWSER_SECONDS (400 * DAY_SECONDS)

struct visitor call_named_visitor(struct call *call)
{
    struct visitor *visitor = &call->visit->visitor;

    if (!visitor->browser.p)
        visitor->browser = token_new(call->arena, STR(""));
    return *visitor;
}

void call_name_browser(struct call *call)
{
    visit_set_cookie(call, COOKIE_BROWSER, call_named_visitor(call).browser, BROWSER_SECONDS);
}

void call_signed_in(struct call *call, const struct sign_in *in)
{
    int64_t seconds = (in->until - call_now(call)) / SECONDS;

    call_name_browser(call);
    if (in->second_step) {
        visit_set_cookie(call, COOKIE_STEP, in->token, seconds);
        return;
    }
    visit_set_cookie(call, COOKIE_SESSION, in->token, seconds);
    if (visit_cookie(call, COOKIE_STEP).p)
        visit_set_cookie(call, COOKIE_STEP, STR(""), 0);
}

void call_signed_out(struct call *call)
{
    visit_set_cookie(call, COOKIE_SESSION, STR(""), 0);
}

/* ---- where to go on ---- */

void call_keep_next(struct call *call)
{
    struct str next = call_next(call);
    struct buf out;

    if (next.p) {
        buf_init(&out, NEXT_BYTES_MAX);
        encode(BASE64URL, next, &out);
        visit_set_cookie(call, COOKIE_NEXT, buf_take(&out, call->arena), DAY_SECONDS);
    } else if (cookie_get(call->request, name_of(call, COOKIE_NEXT)).p) {
        visit_set_cookie(call, COOKIE_NEXT, STR(""), 0);
    }
}

struct str call_kept_next(struct call *call)
{
    struct str value = cookie_get(call->request, name_of(call, COOKIE_NEXT));
    struct str next;

    if (!value.p)
        return STR_NONE;
    visit_set_cookie(call, COOKIE_NEXT, STR(""), 0);
    return decode(BASE64URL, value, call->arena, &next) && path_is_own(next) ? next : STR_NONE;
}
