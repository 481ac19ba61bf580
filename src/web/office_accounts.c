/* Accounts as the office sees them: not their addresses, keys and sessions (office.h). */
#include "web/office.h"
#include "web/office_parts.h"

static const struct shape list_shape = { .kind = IS_LIST, .item = &office_account_shape };

static const struct shape_member list_members[] = {
    { "accounts", &list_shape, false, "By number" },
    { "after", &shape_int, true, "The number after which to go on; null: these were the last" },
    { 0 },
};
const struct shape office_accounts_shape = { .kind = IS_OBJECT,
                                             .name = "OfficeAccounts",
                                             .members = list_members };
const struct route_field office_accounts_fields[] = {
    { "after", "the number of the account after which to go on", false, false },
    { 0 },
};

struct result office_accounts_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);
    struct value *values = value_array(call->arena);
    struct account_list list;
    struct office office;
    size_t count;

    TRY(office_begin(call, PERMISSION_ACCOUNTS_SEE, &ABOUT_NOTHING, &office));
    TRY(accounts_list(office.store, office.arena,
                      (struct account_id){ office_query(call, "after") }, OFFICE_PAGE + 1, &list));
    count = list.count > OFFICE_PAGE ? OFFICE_PAGE : list.count;
    for (size_t i = 0; i < count; i++) {
        struct value *value;

        TRY(account_value(office.store, office.arena, &list.at[i], &value));
        value_push(call->arena, values, value);
    }
    value_set(call->arena, view, "accounts", values);
    value_set(call->arena, view, "after",
              list.count > count ? value_int(call->arena, list.at[count - 1].id.n)
                                 : value_null(call->arena));
    *ret_view = view;
    return OK;
}

/* ---- one account ---- */

static const struct shape_member page_members[] = {
    { "account", &office_account_shape, false, "The account" },
    { "history", &office_history_shape, false, "What was done with it lately, the latest first" },
    { "may_see_people", &shape_bool, false, "Whether whoever asks may see the pages of people" },
    { "may_block", &shape_bool, false, "Whether whoever asks may block it" },
    { "may_unblock", &shape_bool, false, "Whether they may open it again" },
    { "may_end", &shape_bool, false, "Whether they may end its sessions" },
    { "may_nothing", &shape_bool, false, "Whether they may do none of these" },
    { 0 },
};
const struct shape office_account_page_shape = { .kind = IS_OBJECT,
                                                 .name = "OfficeAccountPage",
                                                 .members = page_members };

static void set_acts(const struct office *office, const struct account *account, struct value *view)
{
    const struct about about = about_account(account->id);
    bool blocks = office_may(office->call, PERMISSION_ACCOUNT_BLOCK, &about);
    bool ends = office_may(office->call, PERMISSION_SESSIONS_END, &about);

    value_set_bool(office->arena, view, "may_block",
                   blocks && account->state == ACCOUNT_STATE_OPEN);
    value_set_bool(office->arena, view, "may_unblock",
                   blocks && account->state == ACCOUNT_STATE_BLOCKED);
    value_set_bool(office->arena, view, "may_end", ends && account->state == ACCOUNT_STATE_OPEN);
    value_set_bool(office->arena, view, "may_nothing",
                   !(blocks || ends) || account->state == ACCOUNT_STATE_CLOSED);
}

struct result office_account_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);
    struct account account;
    struct account_id id;
    struct history_list entries = { 0 };
    struct office office;
    struct value *value;
    struct value *history;

    TRY(office_part(call, 0, &id.n));
    TRY(office_begin(call, PERMISSION_ACCOUNTS_SEE, &ABOUT_NOTHING, &office));
    TRY(account_load(office.store, office.arena, id, &account));
    TRY(account_value(office.store, office.arena, &account, &value));
    if (office_may(call, PERMISSION_HISTORY_SEE, &ABOUT_NOTHING))
        TRY(history_of_account(office.store, office.arena, id, 0, OFFICE_PAGE, &entries));
    TRY(office_history_value(&office, &entries, &history));
    value_set(call->arena, view, "account", value);
    value_set(call->arena, view, "history", history);
    office_set_sees(&office, view);
    set_acts(&office, &account, view);
    *ret_view = view;
    return OK;
}
