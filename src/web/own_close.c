/* Closing an account: what stays, what goes, and doing it. */
#include "web/own.h"

/* Nobody closes an account by a button that was pressed by chance. */
static const struct error NOT_SURE = { "not-sure", 422, EXIT_INPUT,
                                       "tick the box to close the account" };

static const struct shape_member members[] = {
    OWN_MEMBERS,
    { "address", &shape_text, true, "The primary address; null once the account is closed" },
    { "some", &shape_bool, false, "Whether roles are held today" },
    { "roles", &shape_int, false, "How many; they are not given back by it" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape own_close_shape = { .kind = IS_OBJECT, .name = "OwnClose", .members = members };

const struct route_field own_close_fields[] = {
    { "do", "close", true, false },
    { "sure", "yes", true, false },
    { 0 },
};

struct result own_close_answer(struct call *call, struct value **ret)
{
    struct value *view;
    struct own own;

    TRY(own_begin(call, &own));
    view = own_view(&own);
    own_set_text(&own, view, "address", own.account.primary);
    value_set_bool(own.arena, view, "some", call_who(call)->roles.count > 0);
    value_set_int(own.arena, view, "roles", (int64_t)call_who(call)->roles.count);
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

static struct result close_it(struct store *store, void *context)
{
    struct own_change *c = context;

    if (!str_eq_c(call_field(c->call, "sure"), "yes")) {
        c->refusal.error = &NOT_SURE;
        return OK;
    }
    return account_close(store, c->call->arena, &c->act, c->account);
}

struct result own_close_change(struct call *call, struct value **ret)
{
    static const struct own_deed deeds[] = { { "close", close_it, "sure", "account-closed" } };
    struct own_change change;
    bool done;

    TRY(own_change_begin(call, PERMISSION_ACCOUNT_SECURE, &change));
    TRY(own_change_do(&change, deeds, ARRAY_LEN(deeds), "/", &done));
    if (done)
        call_signed_out(call);
    return own_close_answer(call, ret);
}
