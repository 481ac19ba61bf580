#include "web/account_door_parts.h"

#include "account/password.h"
#include "base/attr.h"
#include "hash/encode.h"
#include "http/error.h"
#include "http/escape.h"

#define ADDRESS_BYTES_MAX ((size_t)16 * 1024)

struct result door_open(struct call *call, struct door *ret)
{
    struct door door = { .call = call,
                         .visitor = call_named_visitor(call),
                         .next = call_next(call) };

    TRY(call_permit(call, PERMISSION_SIGN_IN, &ABOUT_NOTHING, &door.act));
    door.site = call_webauthn_site(call);
    *ret = door;
    return OK;
}

/* "/account/second-step?next=..." */
static struct str with_next(const struct door *door, const char *path)
{
    struct buf out;

    if (!door->next.p)
        return str_from_c(path);
    buf_init(&out, ADDRESS_BYTES_MAX);
    buf_format(&out, "%s?next=", path);
    escape_url_part(door->next, &out);
    return buf_take(&out, door->call->arena);
}

void door_passed(struct door *door, const char *notice)
{
    struct call *call = door->call;

    call_signed_in(call, &door->in);
    if (door->in.second_step)
        call_see_other(call, with_next(door, "/account/second-step"), NULL);
    else
        call_see_other(call, door->next.p ? door->next : ACCOUNT_HOME,
                       door->next.p ? NULL : notice);
}

/* ---- passwords ---- */

static struct result begin_attempt(struct store *store, void *context)
{
    struct door *door = context;

    return password_attempt_begin(store, door->call->arena, &door->act, door->address,
                                  &door->visitor, &door->attempt);
}

static struct result begin_attempt_again(struct store *store, void *context)
{
    struct door *door = context;

    return password_attempt_again(store, door->call->arena, &door->act, call_session(door->call),
                                  &door->attempt);
}

static struct result end_attempt(struct store *store, void *context)
{
    struct door *door = context;

    return password_attempt_end(store, door->call->arena, &door->act,
                                call_session_rules(door->call), &door->attempt, &door->visitor,
                                &door->in);
}

static struct result keep_anew(struct store *store, void *context)
{
    const struct door *door = context;

    return password_rehash(store, &door->attempt, door->code);
}

/* Whoever has just signed in need not know that this failed: it is tried again the next time. */
static void hash_anew(struct door *door, struct str password)
{
    struct result result;

    if (!password_is_old(door->attempt.hash) ||
        failed(password_hash(door->call->arena, password, &door->code)))
        return;
    result = call_perform(door->call, keep_anew, door);
    (void)failed(result);
}

struct result door_password(struct door *door, bool again, struct str password, bool *ret_passed)
{
    struct call *call = door->call;
    bool told;

    *ret_passed = false;
    TRY(call_perform(call, again ? begin_attempt_again : begin_attempt, door));
    if (call_refuse(call, NULL, &door->attempt.refusal))
        return OK;
    TRY(password_attempt_check(&door->attempt, password));
    TRY(call_told(call, NULL, call_perform(call, end_attempt, door), &told));
    if (told || call_refuse(call, "password", &door->in.refusal))
        return OK;
    hash_anew(door, password);
    *ret_passed = true;
    return OK;
}

/* ---- links ---- */

static struct result request_link(struct store *store, void *context)
{
    struct door *door = context;

    return link_request(store, door->call->arena, &door->act, door->request, door->address,
                        &door->visitor, &door->refusal);
}

struct result door_link(struct door *door, bool *ret_passed)
{
    struct call *call = door->call;
    bool told;

    *ret_passed = false;
    call_name_browser(call);
    TRY(call_told(call, "address", call_perform(call, request_link, door), &told));
    if (told || call_refuse(call, NULL, &door->refusal))
        return OK;
    call_keep_next(call);
    *ret_passed = true;
    return OK;
}

/* ---- passkeys ---- */

struct asking {
    struct door *door;
    const struct session *session;
    struct webauthn_known_list known;
    struct webauthn_assertion assertion;
};

static struct result ask_passkey(struct store *store, void *context)
{
    struct asking *asking = context;
    struct door *door = asking->door;

    if (asking->session)
        TRY(passkeys_known(store, door->call->arena, asking->session->account, &asking->known));
    return passkey_sign_in_begin(store, door->call->arena, &door->act, asking->session,
                                 &door->visitor, &door->refusal, &door->challenge);
}

struct result door_passkey_options(struct door *door, const struct session *session,
                                   struct value **ret_view)
{
    struct asking asking = { .door = door, .session = session };
    const struct webauthn_ceremony *ceremony;

    if (!session)
        call_name_browser(door->call);
    TRY(call_perform(door->call, ask_passkey, &asking));
    if (door->refusal.error)
        return fail(door->refusal.error);
    ceremony = &(struct webauthn_ceremony){ &door->site, door->challenge, WEBAUTHN_REQUIRED };
    *ret_view = webauthn_request_options(door->call->arena, ceremony, asking.known);
    return OK;
}

static struct result use_passkey(struct store *store, void *context)
{
    const struct asking *asking = context;
    struct door *door = asking->door;

    return passkey_sign_in(store, door->call->arena, &door->act, call_session_rules(door->call),
                           asking->session, &door->site, door->challenge, &asking->assertion,
                           &door->visitor, &door->in);
}

struct result door_passkey(struct door *door, const struct session *session, bool *ret_passed)
{
    struct asking asking = { .door = door, .session = session };
    struct call *call = door->call;
    bool told;

    *ret_passed = false;
    if (!decode(BASE64URL, call_field(call, "challenge"), call->arena, &door->challenge) ||
        failed(webauthn_read_assertion(call->arena, call_field(call, "response"),
                                       &asking.assertion))) {
        call_fault(call, NULL, &ACCOUNT_PASSKEY);
        return OK;
    }
    TRY(call_told(call, NULL, call_perform(call, use_passkey, &asking), &told));
    if (!told && !call_refuse(call, NULL, &door->in.refusal))
        *ret_passed = true;
    return OK;
}

/* ---- views ---- */

void door_add_next(const struct call *call, struct value *view)
{
    struct str next = call_next(call);

    value_set(call->arena, view, "next",
              next.p ? value_text(call->arena, next) : value_null(call->arena));
}

void door_add_letters(const struct call *call, struct value *view)
{
    struct str folder = call_letters_folder(call);

    value_set(call->arena, view, "letters",
              folder.p ? value_text(call->arena, folder) : value_null(call->arena));
}
