#include "web/visit_parts.h"

#include "account/token.h"
#include "base/attr.h"

const struct error VISIT_NO_DATABASE = { "no-accounts", 503, EXIT_SYSTEM,
                                         "this site has no accounts at the moment" };

/* ---- the beginning and the end ---- */

static void give_back(void *context)
{
    struct visit *visit = context;
    struct result result;

    if (!visit->store)
        return;
    /* What failed in it, the function that asked was told. */
    result = readers_give_back(visit->site->settings.readers, visit->store);
    (void)failed(result);
    visit->store = NULL;
}

void visit_begin(struct call *call, struct response *response)
{
    struct visit *visit = ARENA_NEW(call->arena, struct visit);
    const struct site_state *site = call->site;

    visit->site = site;
    if (site->settings.now)
        visit->now = site->settings.now(site->settings.clock);
    visit->visitor.network = call->request->remote;
    visit->visitor.agent = request_header(call->request, STR("user-agent"));
    visit->response = response;
    call->visit = visit;
}

void visit_end(struct call *call)
{
    give_back(call->visit);
}

/* ---- who asks ---- */

int64_t call_now(const struct call *call)
{
    return call->visit->now;
}

const struct who *call_who(const struct call *call)
{
    return &call->visit->who;
}

const struct session *call_session(const struct call *call)
{
    return call->visit->signed_in ? &call->visit->session : NULL;
}

const struct visitor *call_visitor(const struct call *call)
{
    return &call->visit->visitor;
}

const struct session_rules *call_session_rules(const struct call *call)
{
    return &call->visit->site->settings.sessions;
}

int64_t call_recovery_waiting(const struct call *call)
{
    return call->visit->site->settings.recovery_waiting;
}

struct webauthn_site call_webauthn_site(const struct call *call)
{
    const struct site_settings *settings = &call->visit->site->settings;
    struct str *origins = ARENA_ARRAY(call->arena, 1, struct str);
    struct str host;
    size_t at;

    origins[0] = settings->base;
    (void)str_split(settings->base, ':', &host);
    host = str_drop(settings->base, host.n + 3); /* "://" */
    (void)str_split(host, '/', &host);
    if (!str_starts(host, STR("[")) && str_find(host, ':', &at))
        host = str_take(host, at);
    return (struct webauthn_site){
        .id = host,
        .name = call_scheme(call)->organisation.name,
        .origins = { origins, 1 },
    };
}

struct str call_attachments_folder(const struct call *call)
{
    return call->visit->site->settings.attachments_folder;
}

struct str call_letters_folder(const struct call *call)
{
    return call->visit->site->settings.letters_folder;
}

struct about call_about_self(const struct call *call)
{
    const struct who *who = call_who(call);

    return (struct about){ .scope = SCOPE_ALL, .person = who->person, .account = who->account };
}

/* ---- reading and changing ---- */

void visit_trouble(const struct call *call, const struct error *error,
                   const struct store_fault *fault)
{
    const struct site_settings *settings = &call->visit->site->settings;

    if (settings->trouble && fault->message[0])
        settings->trouble(settings->trouble_context, error, fault);
}

struct result call_store(struct call *call, struct store **ret)
{
    struct visit *visit = call->visit;
    struct store_fault fault = { .message = "" };
    struct result result;

    if (!visit->site->settings.readers)
        return fail(&VISIT_NO_DATABASE);
    if (!visit->store) {
        result = readers_take(visit->site->settings.readers, &visit->store, &fault);
        if (failed(result)) {
            visit_trouble(call, result.error, &fault);
            return result;
        }
    }
    if (!visit->is_held)
        response_hold(visit->response, visit, give_back);
    visit->is_held = true;
    *ret = visit->store;
    return OK;
}

struct result call_perform(struct call *call,
                           struct result (*run)(struct store *store, void *context), void *context)
{
    struct visit *visit = call->visit;
    struct store_fault fault = { .message = "" };
    struct result result;

    if (!visit->site->settings.writer)
        return fail(&VISIT_NO_DATABASE);
    visit_end(call);
    result = writer_perform(visit->site->settings.writer, run, context, call->arena, &fault);
    if (failed(result))
        visit_trouble(call, result.error, &fault);
    return result;
}

/* Programs act as such; who is signed in acts as their person, or as nobody's. */
static struct act act_of(const struct visit *visit, struct str authority)
{
    return (struct act){
        .now = visit->now,
        .actor = visit->program ? ACTOR_TOKEN : ACTOR_PERSON,
        .actor_id = visit->program ? visit->who.token : visit->who.person.n,
        .authority = authority,
    };
}

struct result call_permit(const struct call *call, enum permission permission,
                          const struct about *about, struct act *ret)
{
    const struct who *who = call_who(call);
    struct permit permit = permit_of(who, permission, about);

    if (permit.role == ROLES)
        return fail(&ACCOUNT_NOT_PERMITTED);
    *ret = act_of(call->visit, permit_authority(call->arena, who, permit));
    return OK;
}

/* ---- for the layout ---- */

static struct result user_name(struct call *call, struct str *ret)
{
    struct account account;
    struct person_row person;
    struct store *store;

    TRY(call_store(call, &store));
    TRY(account_load(store, call->arena, call_who(call)->account, &account));
    *ret = account.primary;
    if (account.person.n) {
        TRY(person_load(store, call->arena, account.person, &person));
        *ret = person.name;
    }
    return OK;
}

struct str visit_user(struct call *call)
{
    struct str name;

    if (!call->visit->signed_in || failed(user_name(call, &name)))
        return STR_NONE;
    return name;
}

bool visit_office(const struct call *call)
{
    return permitted(call_who(call), PERMISSION_ACCOUNTS_SEE, &ABOUT_NOTHING);
}

struct str visit_form_token(const struct call *call)
{
    const struct visit *visit = call->visit;

    return visit->signed_in ? csrf_token(call->arena, visit->session_token) : STR_NONE;
}
