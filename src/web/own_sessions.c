/* Where an account is signed in, and signing out there. */
#include "web/own.h"

#define PATH "/account/sessions"

/* ---- the shape ---- */

static const char *const method_words[] = { "link", "password", "passkey", "recovery", NULL };
static const struct shape method_shape = { .kind = IS_WORD, .words = method_words };
static const struct shape_member session_members[] = {
    { "id", &shape_int, false, "Its number, to name it in a form" },
    { "current", &shape_bool, false, "Whether it is that of the browser that asks" },
    { "agent", &shape_text, false, "Browser and system, as far as they say" },
    { "network", &shape_text, false, "The network it was begun from, blurred" },
    { "method", &method_shape, false, "How somebody signed in" },
    { "created", &shape_instant, false, "When it began" },
    { "seen", &shape_instant, false, "When it was last used, within some minutes" },
    { "until", &shape_instant, false, "When it ends at the latest" },
    { 0 },
};
static const struct shape session_shape = { .kind = IS_OBJECT,
                                            .name = "OwnSession",
                                            .members = session_members };
static const struct shape sessions_shape = { .kind = IS_LIST, .item = &session_shape };

static const struct shape_member members[] = {
    OWN_MEMBERS,
    { "sessions", &sessions_shape, false, "Those that are alive, the latest used first" },
    { "others", &shape_bool, false, "Whether there are any but the one that asks" },
    { "idle_days", &shape_int, false, "After how many days without use one ends" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape own_sessions_shape = { .kind = IS_OBJECT,
                                          .name = "OwnSessions",
                                          .members = members };

const struct route_field own_sessions_fields[] = {
    { "do", "end (one), end-others, or end-all: that of the browser too", true, false },
    { "id", "of end: the number of the session", false, false },
    { 0 },
};

/* ---- the view ---- */

static struct value *session_value(const struct own *own, const struct session *session)
{
    struct value *value = value_object(own->arena);

    value_set_int(own->arena, value, "id", session->id.n);
    value_set_bool(own->arena, value, "current", session->id.n == call_session(own->call)->id.n);
    value_set_text(own->arena, value, "agent", session->agent);
    value_set_text(own->arena, value, "network", session->network);
    value_set_text(own->arena, value, "method", str_from_c(session_method_word(session->method)));
    own_set_instant(own, value, "created", session->created);
    own_set_instant(own, value, "seen", session->seen);
    own_set_instant(own, value, "until", session->until);
    return value;
}

struct result own_sessions_answer(struct call *call, struct value **ret)
{
    const struct session_rules *rules = call_session_rules(call);
    struct session_list sessions;
    struct value *list;
    struct value *view;
    struct own own;

    TRY(own_begin(call, &own));
    TRY(sessions_of_account(own.store, own.arena, rules, call_now(call), own.account.id,
                            &sessions));
    list = value_array(own.arena);
    for (size_t i = 0; i < sessions.count; i++)
        value_push(own.arena, list, session_value(&own, &sessions.at[i]));
    view = own_view(&own);
    value_set(own.arena, view, "sessions", list);
    value_set_bool(own.arena, view, "others", sessions.count > 1);
    value_set_int(own.arena, view, "idle_days", rules->idle / DAYS);
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

/* ---- changing ---- */

static struct result end_one(struct store *store, void *context)
{
    struct own_change *c = context;

    return session_revoke(store, c->call->arena, &c->act, c->account,
                          (struct session_id){ own_number(c->call, "id") });
}

static struct result end_others(struct store *store, void *context)
{
    struct own_change *c = context;
    int64_t ended;

    return sessions_revoke_all(store, c->call->arena, &c->act, c->account,
                               call_session(c->call)->id, &ended);
}

static struct result end_all(struct store *store, void *context)
{
    struct own_change *c = context;
    int64_t ended;

    return sessions_revoke_all(store, c->call->arena, &c->act, c->account, (struct session_id){ 0 },
                               &ended);
}

/* Whether this browser was signed out with it. */
static bool ends_this(const struct call *call)
{
    return own_does(call, "end-all") ||
           (own_does(call, "end") && own_number(call, "id") == call_session(call)->id.n);
}

struct result own_sessions_change(struct call *call, struct value **ret)
{
    static const struct own_deed deeds[] = {
        { "end", end_one, NULL, "session-ended" },
        { "end-others", end_others, NULL, "sessions-ended" },
        { "end-all", end_all, NULL, "signed-out-everywhere" },
    };
    struct own_change change;
    bool done;

    TRY(own_change_begin(call, PERMISSION_ACCOUNT_CHANGE, &change));
    TRY(own_change_do(&change, deeds, ARRAY_LEN(deeds), PATH, &done));
    if (done && ends_this(call)) {
        call_signed_out(call);
        call_see_other(call, STR("/"), "signed-out-everywhere");
    }
    return own_sessions_answer(call, ret);
}
