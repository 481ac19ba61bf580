/* Signing up, asking to recover an account, and the page that says that a letter is on its way
   (account_doors.h). */
#include "account/recovery.h"
#include "base/attr.h"
#include "http/error.h"
#include "register/outbox.h"
#include "web/account_door_parts.h"
#include "web/account_doors.h"

static struct value *typed(const struct call *call, const char *name)
{
    struct str text = call_field(call, name);

    return text.p ? value_text(call->arena, text) : value_null(call->arena);
}

/* ---- signing up ---- */

static const struct shape_member sign_up_members[] = {
    { "address", &shape_text, true, "The address as it was typed" },
    CALL_FAULTS_MEMBERS,
    { NULL, NULL, false, NULL },
};
const struct shape sign_up_shape = { .kind = IS_OBJECT,
                                     .name = "SignUp",
                                     .members = sign_up_members };
const struct route_field sign_up_fields[] = {
    { "address", "The mail address of the new account", true, false },
    { NULL, NULL, false, false },
};

struct result sign_up_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);

    value_set(call->arena, view, "address", typed(call, "address"));
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}

struct result sign_up_post(struct call *call, struct value **ret_view)
{
    struct door door;
    bool passed;

    TRY(door_open(call, &door));
    door.address = str_trim(call_field(call, "address"));
    door.request = REQUEST_SIGN_UP;
    TRY(door_link(&door, &passed));
    if (passed)
        call_see_other(call, STR("/account/sent/sign-up"), NULL);
    return sign_up_answer(call, ret_view);
}

/* ---- asking to recover an account ---- */

static const struct shape_member recover_members[] = {
    { "known_as", &shape_text, true, "The name or old address as it was typed" },
    { "address", &shape_text, true, "The new address as it was typed" },
    { "statement", &shape_text, true, "The proof as it was typed" },
    { "days", &shape_int, false, "How long it takes once two officers have approved it" },
    CALL_FAULTS_MEMBERS,
    { NULL, NULL, false, NULL },
};
const struct shape recover_shape = { .kind = IS_OBJECT,
                                     .name = "Recover",
                                     .members = recover_members };
const struct route_field recover_fields[] = {
    { "known_as", "A name, or an address that the account has or had", true, false },
    { "address", "The new address, to which a link is mailed", true, false },
    { "statement", "What proves whose account it is", true, false },
    { NULL, NULL, false, false },
};

struct result recover_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);

    value_set(call->arena, view, "known_as", typed(call, "known_as"));
    value_set(call->arena, view, "address", typed(call, "address"));
    value_set(call->arena, view, "statement", typed(call, "statement"));
    value_set_int(call->arena, view, "days", call_recovery_waiting(call) / DAYS);
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}

static struct result ask_recovery(struct store *store, void *context)
{
    struct door *door = context;
    const struct call *call = door->call;

    return recovery_ask(store, call->arena, &door->act, call_field(call, "known_as"), door->address,
                        call_field(call, "statement"), &door->visitor, &door->refusal);
}

/* All that can be told without the database, at once. */
static void check_recovery(struct call *call, struct str address)
{
    if (str_trim(call_field(call, "known_as")).n == 0)
        call_fault(call, "known_as", &VISIT_FIELD_MISSING);
    if (!mail_address_is_valid(address))
        call_fault(call, "address", &ACCOUNT_ADDRESS);
    if (str_trim(call_field(call, "statement")).n == 0)
        call_fault(call, "statement", &VISIT_FIELD_MISSING);
    else if (call_field(call, "statement").n > STATEMENT_MAX)
        call_fault(call, "statement", &ACCOUNT_STATEMENT);
}

struct result recover_post(struct call *call, struct value **ret_view)
{
    struct door door;
    bool told;

    TRY(door_open(call, &door));
    TRY(call_permit(call, PERMISSION_RECOVERY_ASK, &ABOUT_NOTHING, &door.act));
    door.address = str_trim(call_field(call, "address"));
    check_recovery(call, door.address);
    if (!call_is_faulty(call)) {
        TRY(call_told(call, "known_as", call_perform(call, ask_recovery, &door), &told));
        if (!told && !call_refuse(call, NULL, &door.refusal))
            call_see_other(call, STR("/account/sent/recover"), NULL);
    }
    return recover_answer(call, ret_view);
}

/* ---- a letter is on its way ---- */

static const char *const sent_words[] = { "sign-in", "sign-up", "recover", NULL };
static const struct shape sent_word = { .kind = IS_WORD, .words = sent_words };
static const struct shape_member sent_members[] = {
    { "for", &sent_word, false, "What the letter is for" },
    { "letters", &shape_text, true,
      "The folder in which letters are kept as files, as no mail server is set up" },
    { NULL, NULL, false, NULL },
};
const struct shape sent_shape = { .kind = IS_OBJECT, .name = "Sent", .members = sent_members };

struct result sent_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);
    size_t i = 0;

    while (sent_words[i] && !str_eq_c(call->parts[0], sent_words[i]))
        i++;
    if (!sent_words[i])
        return fail(&HTTP_NOT_FOUND);
    value_set_text(call->arena, view, "for", call->parts[0]);
    door_add_letters(call, view);
    *ret_view = view;
    return OK;
}
