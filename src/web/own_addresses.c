/* The addresses of an account: letters go to them, and links that sign in. */
#include "web/own.h"

/* ---- the shape ---- */

static const struct shape_member address_members[] = {
    { "id", &shape_int, false, "Its number, to name it in a form" },
    { "address", &shape_text, false, "The mail address" },
    { "primary", &shape_bool, false, "Whether letters go to this one" },
    { "confirmed", &shape_instant, false, "When it was confirmed" },
    { 0 },
};
static const struct shape address_shape = { .kind = IS_OBJECT,
                                            .name = "OwnAddress",
                                            .members = address_members };
static const struct shape addresses_shape = { .kind = IS_LIST, .item = &address_shape };

static const struct shape_member change_members[] = {
    { "address", &shape_text, false, "The mail address that is to be added" },
    { "until", &shape_instant, false, "Until when it can be confirmed" },
    { "at_new", &shape_bool, false, "Whether the link in the letter to it was used" },
    { "at_primary", &shape_bool, false, "Whether the one to the primary address was" },
    { 0 },
};
static const struct shape change_shape = { .kind = IS_OBJECT,
                                           .name = "OwnAddressChange",
                                           .members = change_members };
static const struct shape changes_shape = { .kind = IS_LIST, .item = &change_shape };

static const struct shape_member members[] = {
    OWN_MEMBERS,
    { "addresses", &addresses_shape, false, "Those of the account, the primary one first" },
    { "waiting", &shape_bool, false, "Whether some are to be confirmed" },
    { "pending", &changes_shape, false, "Those to be added, the latest first" },
    { "typed", &shape_text, false, "The address that was to be added, to be corrected" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape own_addresses_shape = { .kind = IS_OBJECT,
                                           .name = "OwnAddresses",
                                           .members = members };

const struct route_field own_addresses_fields[] = {
    { "do", "add, primary (letters go to it from now on) or remove", true, false },
    { "address", "of add: the mail address", false, false },
    { "id", "of the others: the number of the address", false, false },
    { 0 },
};

/* ---- the view ---- */

static struct value *address_value(const struct own *own, const struct account_address *address)
{
    struct value *value = value_object(own->arena);

    value_set_int(own->arena, value, "id", address->id);
    value_set_text(own->arena, value, "address", address->address);
    value_set_bool(own->arena, value, "primary", address->primary);
    own_set_instant(own, value, "confirmed", address->confirmed);
    return value;
}

static struct value *change_value(const struct own *own, const struct address_change *change)
{
    struct value *value = value_object(own->arena);

    value_set_text(own->arena, value, "address", change->address);
    own_set_instant(own, value, "until", change->until);
    value_set_bool(own->arena, value, "at_new", change->at_new);
    value_set_bool(own->arena, value, "at_primary", change->at_current);
    return value;
}

struct result own_addresses_answer(struct call *call, struct value **ret)
{
    struct address_change_list changes;
    struct address_list addresses;
    struct value *list;
    struct value *pending;
    struct value *view;
    struct own own;

    TRY(own_begin(call, &own));
    TRY(account_addresses(own.store, own.arena, own.account.id, &addresses));
    TRY(address_changes(own.store, own.arena, call_now(call), own.account.id, &changes));
    list = value_array(own.arena);
    for (size_t i = 0; i < addresses.count; i++)
        value_push(own.arena, list, address_value(&own, &addresses.at[i]));
    pending = value_array(own.arena);
    for (size_t i = 0; i < changes.count; i++)
        value_push(own.arena, pending, change_value(&own, &changes.at[i]));
    view = own_view(&own);
    value_set(own.arena, view, "addresses", list);
    value_set_bool(own.arena, view, "waiting", changes.count > 0);
    value_set(own.arena, view, "pending", pending);
    value_set_text(own.arena, view, "typed",
                   call_is_faulty(call) ? own_text(call, "address") : STR(""));
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

/* ---- changing ---- */

static struct result add(struct store *store, void *context)
{
    struct own_change *c = context;

    return address_add_begin(store, c->call->arena, &c->act, c->account,
                             own_text(c->call, "address"), &c->refusal);
}

static struct result make_primary(struct store *store, void *context)
{
    struct own_change *c = context;

    return address_make_primary(store, c->call->arena, &c->act, c->account,
                                own_number(c->call, "id"));
}

static struct result remove_one(struct store *store, void *context)
{
    struct own_change *c = context;

    return address_remove(store, c->call->arena, &c->act, c->account, own_number(c->call, "id"));
}

struct result own_addresses_change(struct call *call, struct value **ret)
{
    static const struct own_deed deeds[] = {
        { "add", add, "address", "address-asked" },
        { "primary", make_primary, NULL, "address-made-primary" },
        { "remove", remove_one, NULL, "address-removed" },
    };
    struct own_change change;
    bool done;

    TRY(own_change_begin(call, PERMISSION_ACCOUNT_SECURE, &change));
    TRY(own_change_do(&change, deeds, ARRAY_LEN(deeds), "/account/addresses", &done));
    return own_addresses_answer(call, ret);
}
