/* Who may come in: what the row of a route asks for, enforced for all of them here (visit_parts.h).
 */
#include "account/api_token.h"
#include "account/token.h"
#include "base/attr.h"
#include "http/escape.h"
#include "http/guard.h"
#include "http/router.h"
#include "web/seen.h"
#include "web/visit_parts.h"

#define SIGN_IN "/account/sign-in"
#define CONFIRM "/account/confirm"
#define ADDRESS_MAX ((size_t)16 * 1024)

const struct error VISIT_FORM_TOKEN = {
    "form-token", 403, EXIT_NO, "the form is of another session, or of none; open its page again"
};

/* ---- who it is ---- */

/* The token of a program, without "Bearer"; STR_NONE: no program. */
static struct str bearer(const struct request *request)
{
    struct str header = request_header(request, STR("authorization"));
    struct str scheme;
    struct str token = str_split(header, ' ', &scheme);

    if (!str_eq_c(scheme, "Bearer") && !str_eq_c(scheme, "bearer"))
        return STR_NONE;
    return token.p ? str_trim(token) : STR("");
}

static struct result recognise_program(struct call *call, struct str token)
{
    struct visit *visit = call->visit;
    struct store *store;

    TRY(call_store(call, &store));
    TRY(who_of_token(store, call->arena, visit->now, token, &visit->who));
    visit->program = true;
    seen_token(visit->site->seen, visit->who.token, visit->now);
    return OK;
}

static struct result recognise_session(struct call *call, struct str token)
{
    const struct act today = { .now = call->visit->now };
    struct visit *visit = call->visit;
    struct store *store;
    struct result result;

    TRY(call_store(call, &store));
    result = session_find(store, call->arena, call_session_rules(call), visit->now, token,
                          &visit->session);
    if (result.error == &ACCOUNT_SESSION) {
        call_signed_out(call);
        return OK;
    }
    TRY(result);
    TRY(who_of_account(store, call->arena, visit->session.account, act_day(&today), &visit->who));
    visit->signed_in = true;
    visit->session_token = token;
    if (visit->now - visit->session.seen >= SEEN_EVERY)
        seen_session(visit->site->seen, visit->session.id, visit->now);
    return OK;
}

static struct result recognise(struct call *call)
{
    struct str token = bearer(call->request);

    if (token.p)
        return recognise_program(call, token);
    call->visit->visitor.browser = visit_cookie(call, COOKIE_BROWSER);
    token = visit_cookie(call, COOKIE_SESSION);
    return token.p ? recognise_session(call, token) : OK;
}

/* ---- what was sent ---- */

/* A form of another site cannot know the session's token, whatever the browser lets it send. */
static struct result check_form(struct call *call)
{
    const struct visit *visit = call->visit;

    if (!visit->program)
        TRY(guard_post(call->request, call_base(call)));
    TRY(visit_read_sent(call));
    if (visit->signed_in &&
        !csrf_token_fits(call->arena, visit->session_token, call_field(call, "token")))
        return fail(&VISIT_FORM_TOKEN);
    return OK;
}

/* ---- where else to go ---- */

/* The address of this request, to come back to: none where nobody could ask for it again. */
static struct str address_to_return_to(const struct call *call)
{
    const struct request *request = call->request;
    struct routing routing;
    struct buf out;

    if (call->route->secret ||
        failed(router_find(&site_routes, STR("GET"), request->path, &routing)))
        return STR_NONE;
    buf_init(&out, ADDRESS_MAX);
    escape_url(request->path, &out);
    if (request->query.p && call->route->method == GET)
        buf_format(&out, "?%.*s", STR_ARG(request->query));
    return buf_take(&out, call->arena);
}

static void send_to(struct call *call, const char *page)
{
    struct str next = address_to_return_to(call);
    struct buf out;

    buf_init(&out, ADDRESS_MAX);
    buf_add_c(&out, page);
    if (next.p && path_is_own(next)) {
        buf_add_c(&out, "?next=");
        escape_url_part(next, &out);
    }
    call->visit->see_other = buf_take(&out, call->arena);
}

/* Whether the view itself is asked for; forms also go to addresses that have no page. */
static bool is_program(const struct call *call)
{
    return asks_for_json(call->request);
}

static void say_where(struct call *call, const char *path, const char *title)
{
    struct value *row = value_object(call->arena);

    value_set_text(call->arena, row, "path", str_from_c(path));
    value_set_text(call->arena, row, "title", str_from_c(title));
    call->near = value_array(call->arena);
    value_push(call->arena, call->near, row);
}

static struct result turn_away(struct call *call)
{
    if (call->visit->signed_in || call->visit->program)
        return fail(&ACCOUNT_NOT_PERMITTED);
    if (is_program(call)) {
        say_where(call, SIGN_IN, "Sign in");
        return fail(&ACCOUNT_SESSION);
    }
    send_to(call, SIGN_IN);
    return OK;
}

static struct result ask_again(struct call *call)
{
    if (is_program(call)) {
        say_where(call, CONFIRM, "Show who you are");
        return fail(&ACCOUNT_STEP_UP);
    }
    send_to(call, CONFIRM);
    return OK;
}

struct result visit_enter(struct call *call)
{
    const enum permission permission = (enum permission)call->route->permission;
    const struct visit *visit = call->visit;

    if (permission == PUBLIC)
        return call->route->method == POST ? guard_post(call->request, call_base(call)) : OK;
    if (!visit->site->settings.readers)
        return fail(&VISIT_NO_DATABASE);
    TRY(recognise(call));
    if (call->route->method == POST)
        TRY(check_form(call));
    if (!permitted_somewhere(&visit->who, permission))
        return turn_away(call);
    if (!permission_row(permission)->sensitive)
        return OK;
    if (visit->program)
        return fail(&ACCOUNT_NOT_PERMITTED);
    return session_is_fresh(&visit->session, visit->now) ? OK : ask_again(call);
}
