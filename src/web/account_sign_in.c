/* Signing in, and the code that some accounts ask for besides (account_doors.h). */
#include "base/attr.h"
#include "web/account_door_parts.h"
#include "web/account_doors.h"
#include "web/visit_parts.h"

/* ---- the page ---- */

static const struct shape_member sign_in_members[] = {
    { "address", &shape_text, true, "The address as it was typed" },
    { "next", &shape_text, true, "The address of this site to go on to" },
    CALL_FAULTS_MEMBERS,
    { NULL, NULL, false, NULL },
};
const struct shape sign_in_shape = { .kind = IS_OBJECT,
                                     .name = "SignIn",
                                     .members = sign_in_members };
const struct route_field sign_in_fields[] = {
    { "address", "The mail address of the account", true, false },
    { "password", "Its password; empty: a link is mailed", false, false },
    { "way", "link: a link is mailed, whatever the password is", false, false },
    { "next", "The address of this site to go on to", false, false },
    { NULL, NULL, false, false },
};

struct result sign_in_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);
    struct str address = call_field(call, "address");

    value_set(call->arena, view, "address",
              address.p ? value_text(call->arena, address) : value_null(call->arena));
    door_add_next(call, view);
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}

struct result sign_in_post(struct call *call, struct value **ret_view)
{
    struct str password = call_field(call, "password");
    bool by_link = password.n == 0 || str_eq_c(call_field(call, "way"), "link");
    struct door door;
    bool passed;

    TRY(door_open(call, &door));
    door.address = str_trim(call_field(call, "address"));
    door.request = REQUEST_SIGN_IN;
    if (by_link)
        TRY(door_link(&door, &passed));
    else
        TRY(door_password(&door, false, password, &passed));
    if (passed && by_link)
        call_see_other(call, STR("/account/sent/sign-in"), NULL);
    else if (passed)
        door_passed(&door, "signed-in");
    return sign_in_answer(call, ret_view);
}

/* ---- passkeys ---- */

static const struct shape_member credential_members[] = {
    { "type", &shape_text, false, "public-key" },
    { "id", &shape_text, false, "Its id, as BASE64URL" },
    { "transports", &shape_texts, false, "The ways to reach its device" },
    { NULL, NULL, false, NULL },
};
static const struct shape credential_shape = { .kind = IS_OBJECT,
                                               .name = "PasskeyDescriptor",
                                               .members = credential_members };
static const struct shape credentials_shape = { .kind = IS_LIST, .item = &credential_shape };

static const struct shape_member options_members[] = {
    { "challenge", &shape_text, false, "What the passkey signs, as BASE64URL" },
    { "timeout", &shape_int, false, "Milliseconds that the browser may take" },
    { "rpId", &shape_text, false, "The site's host" },
    { "allowCredentials", &credentials_shape, false,
      "Those that may sign; empty: whichever somebody chooses" },
    { "userVerification", &shape_text, false, "required" },
    { NULL, NULL, false, NULL },
};
const struct shape passkey_options_shape = { .kind = IS_OBJECT,
                                             .name = "PasskeyRequestOptions",
                                             .members = options_members };
const struct route_field passkey_options_fields[] = {
    { NULL, NULL, false, false },
};
const struct route_field passkey_answer_fields[] = {
    { "challenge", "The challenge of the options", true, false },
    { "response", "What PublicKeyCredential.toJSON makes of the browser's answer, as JSON", true,
      false },
    { "next", "The address of this site to go on to", false, false },
    { NULL, NULL, false, false },
};

struct result passkey_options_post(struct call *call, struct value **ret_view)
{
    struct door door;

    TRY(door_open(call, &door));
    return door_passkey_options(&door, NULL, ret_view);
}

struct result passkey_sign_in_post(struct call *call, struct value **ret_view)
{
    struct door door;
    bool passed;

    TRY(door_open(call, &door));
    TRY(door_passkey(&door, NULL, &passed));
    if (passed)
        door_passed(&door, "signed-in");
    return sign_in_answer(call, ret_view);
}

/* ---- the second step ---- */

static const struct shape_member second_step_members[] = {
    { "next", &shape_text, true, "The address of this site to go on to" },
    CALL_FAULTS_MEMBERS,
    { NULL, NULL, false, NULL },
};
const struct shape second_step_shape = { .kind = IS_OBJECT,
                                         .name = "SecondStep",
                                         .members = second_step_members };
const struct route_field second_step_fields[] = {
    { "code", "Six digits of the authenticator, or a recovery code", true, false },
    { "next", "The address of this site to go on to", false, false },
    { NULL, NULL, false, false },
};

struct result second_step_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);

    /* Without the first step there is nothing to type a code for. */
    if (!visit_cookie(call, COOKIE_STEP).p && !call->visit->see_other.p)
        call_see_other(call, STR("/account/sign-in"), NULL);
    door_add_next(call, view);
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}

static struct result take_step(struct store *store, void *context)
{
    struct door *door = context;

    return second_step(store, door->call->arena, &door->act, call_session_rules(door->call),
                       door->token, door->code, &door->visitor, &door->in);
}

struct result second_step_post(struct call *call, struct value **ret_view)
{
    struct door door;
    bool told;

    TRY(door_open(call, &door));
    door.token = visit_cookie(call, COOKIE_STEP);
    door.code = str_trim(call_field(call, "code"));
    if (!door.token.p)
        return second_step_answer(call, ret_view);
    TRY(call_told(call, NULL, call_perform(call, take_step, &door), &told));
    if (!told && !call_refuse(call, "code", &door.in.refusal))
        door_passed(&door, "signed-in");
    return second_step_answer(call, ret_view);
}
