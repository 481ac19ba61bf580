/* Showing once more who one is, and signing out (account_doors.h). */
#include "base/attr.h"
#include "web/account_door_parts.h"
#include "web/account_doors.h"

/* ---- the page ---- */

static const struct shape_member confirm_members[] = {
    { "password", &shape_bool, false, "Whether a password will do" },
    { "code", &shape_bool, false,
      "Whether a code of an authenticator, or a recovery code, will do" },
    { "passkey", &shape_bool, false, "Whether a passkey will do" },
    { "link", &shape_bool, false, "Whether signing in anew by a mailed link is all there is" },
    { "address", &shape_text, false, "The primary address, to which that link goes" },
    { "next", &shape_text, true, "The address of this site to go on to" },
    CALL_FAULTS_MEMBERS,
    { NULL, NULL, false, NULL },
};
const struct shape confirm_shape = { .kind = IS_OBJECT,
                                     .name = "Confirm",
                                     .members = confirm_members };
const struct route_field confirm_fields[] = {
    { "password", "The password, where it will do", false, false },
    { "code", "Six digits of the authenticator, or a recovery code, where that will do", false,
      false },
    { "way", "link: a link for signing in anew is mailed, where that is all there is", false,
      false },
    { "next", "The address of this site to go on to", false, false },
    { NULL, NULL, false, false },
};

/* What shows who somebody is, as strongly as the account can. */
struct ways {
    bool password;
    bool code;
    bool passkey;
    bool link;
    struct str address;
};

static struct result ways_of(struct call *call, struct ways *ret)
{
    struct account account;
    struct store *store;
    struct ways ways;

    TRY(call_store(call, &store));
    TRY(account_load(store, call->arena, call_who(call)->account, &account));
    ways = (struct ways){
        .password = account.has_password && !account.has_totp,
        .code = account.has_totp || account.codes_left > 0,
        .passkey = account.passkeys > 0,
        .address = account.primary,
    };
    ways.link = !ways.password && !ways.code && !ways.passkey;
    *ret = ways;
    return OK;
}

static struct value *confirm_view(const struct call *call, const struct ways *ways)
{
    struct value *view = value_object(call->arena);

    value_set_bool(call->arena, view, "password", ways->password);
    value_set_bool(call->arena, view, "code", ways->code);
    value_set_bool(call->arena, view, "passkey", ways->passkey);
    value_set_bool(call->arena, view, "link", ways->link);
    value_set_text(call->arena, view, "address", ways->address);
    door_add_next(call, view);
    call_add_faults(call, view);
    return view;
}

struct result confirm_answer(struct call *call, struct value **ret_view)
{
    struct ways ways;

    TRY(ways_of(call, &ways));
    *ret_view = confirm_view(call, &ways);
    return OK;
}

/* ---- showing it ---- */

static void go_on(struct call *call)
{
    struct str next = call_next(call);

    call_see_other(call, next.p ? next : ACCOUNT_HOME, next.p ? NULL : "shown-again");
}

static struct result show_code(struct store *store, void *context)
{
    struct door *door = context;

    return second_step_again(store, door->call->arena, &door->act, call_session(door->call),
                             door->code, &door->refusal);
}

static struct result confirm_by_code(struct door *door, bool *ret_passed)
{
    struct call *call = door->call;
    bool told;

    *ret_passed = false;
    door->code = str_trim(call_field(call, "code"));
    if (door->code.n == 0) {
        call_fault(call, "code", &VISIT_FIELD_MISSING);
        return OK;
    }
    TRY(call_told(call, "code", call_perform(call, show_code, door), &told));
    if (!told && !call_refuse(call, "code", &door->refusal))
        *ret_passed = true;
    return OK;
}

static struct result confirm_by_password(struct door *door, bool *ret_passed)
{
    struct str password = call_field(door->call, "password");

    if (password.n > 0)
        return door_password(door, true, password, ret_passed);
    call_fault(door->call, "password", &VISIT_FIELD_MISSING);
    *ret_passed = false;
    return OK;
}

/* A session by a link that was mailed is as much as such an account can show. */
static struct result confirm_by_link(struct door *door, const struct ways *ways)
{
    bool passed;

    door->address = ways->address;
    door->request = REQUEST_SIGN_IN;
    TRY(door_link(door, &passed));
    if (passed)
        call_see_other(door->call, STR("/account/sent/sign-in"), NULL);
    return OK;
}

static struct result open_own(struct call *call, struct door *ret)
{
    const struct about self = call_about_self(call);

    TRY(door_open(call, ret));
    return call_permit(call, PERMISSION_ACCOUNT_SEE, &self, &ret->act);
}

struct result confirm_post(struct call *call, struct value **ret_view)
{
    bool passed = false;
    struct ways ways;
    struct door door;

    TRY(open_own(call, &door));
    TRY(ways_of(call, &ways));
    if (ways.link)
        TRY(confirm_by_link(&door, &ways));
    else if (ways.password && call_field(call, "code").n == 0)
        TRY(confirm_by_password(&door, &passed));
    else
        TRY(confirm_by_code(&door, &passed));
    if (passed)
        go_on(call);
    *ret_view = confirm_view(call, &ways);
    return OK;
}

struct result confirm_passkey_options_post(struct call *call, struct value **ret_view)
{
    struct door door;

    TRY(open_own(call, &door));
    return door_passkey_options(&door, call_session(call), ret_view);
}

struct result confirm_passkey_post(struct call *call, struct value **ret_view)
{
    struct ways ways;
    struct door door;
    bool passed;

    TRY(open_own(call, &door));
    TRY(ways_of(call, &ways));
    TRY(door_passkey(&door, call_session(call), &passed));
    if (passed)
        go_on(call);
    *ret_view = confirm_view(call, &ways);
    return OK;
}

/* ---- signing out ---- */

static const struct shape_member sign_out_members[] = {
    CALL_FAULTS_MEMBERS,
    { NULL, NULL, false, NULL },
};
const struct shape sign_out_shape = { .kind = IS_OBJECT,
                                      .name = "SignOut",
                                      .members = sign_out_members };
const struct route_field sign_out_fields[] = {
    { NULL, NULL, false, false },
};

static struct result end_session(struct store *store, void *context)
{
    const struct door *door = context;
    const struct session *session = call_session(door->call);

    return session_revoke(store, door->call->arena, &door->act, session->account, session->id);
}

struct result sign_out_post(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);
    const struct about self = call_about_self(call);
    struct door door = { .call = call };
    struct result result;

    TRY(call_permit(call, PERMISSION_ACCOUNT_CHANGE, &self, &door.act));
    result = call_perform(call, end_session, &door);
    /* Where it was ended elsewhere in the meantime, that is all the same. */
    if (failed(result) && result.error != &ACCOUNT_SESSION)
        return result;
    call_signed_out(call);
    call_see_other(call, STR("/account/sign-in"), "signed-out");
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}
