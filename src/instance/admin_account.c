#include "account/claim.h"
#include "account/office.h"
#include "account/values.h"
#include "instance/admin_operations.h"
#include "instance/admin_people.h"

/* ---- what the input names ---- */

/* "account": its number, or an address that it has. */
static struct result take_account(struct admin_call *call, struct account *ret)
{
    const struct value *given = value_get(call->input, "account");
    struct account_id id = { 0 };
    struct result found;
    struct str address;

    if (given && given->kind == VALUE_TEXT) {
        TRY(admin_text(call, "account", &address));
        found = account_by_address(call->store, call->arena, address, ret);
        return found.error == &ACCOUNT_UNKNOWN
                   ? admin_refuse(call, &ACCOUNT_UNKNOWN, "no account has the address %.*s",
                                  STR_ARG(address))
                   : found;
    }
    TRY(admin_int(call, "account", 1, INT64_MAX, &id.n));
    return account_load(call->store, call->arena, id, ret);
}

/* What the link of a token is: its path, and where the address of the site is known, all of it. */
static void set_link(const struct admin_call *call, struct value *output, struct str token,
                     int64_t until)
{
    struct str base = config_base(call->arena, call->config);
    struct str path = link_path(call->arena, token);

    value_set_text(call->arena, output, "path", path);
    value_set(call->arena, output, "link",
              base.p ? value_text(call->arena,
                                  str_format(call->arena, "%.*s%.*s", STR_ARG(base), STR_ARG(path)))
                     : value_null(call->arena));
    value_set(call->arena, output, "until", value_instant(call->arena, until));
}

/* ---- administrators ---- */

/* Whether somebody was invited to be an administrator at this address, and has not come yet. */
static struct result invited_already(struct admin_call *call, struct str address,
                                     struct person_id *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct person_id person = { 0 };

    TRY(query_begin(call->store,
                    "SELECT l.person FROM account_link AS l JOIN appointment AS a"
                    " ON a.person = l.person AND a.role = 'administrator' AND a.ended_day IS NULL"
                    " WHERE l.purpose = 'claim' AND l.address = $1 AND l.used_at IS NULL"
                    " AND l.until > $2",
                    PARAMS(datum_text(address), datum_int(call->act.now)), &query));
    if (query_next(&query))
        person.n = query_int(&query, 0);
    TRY(query_end(&query));
    *ret = person;
    return OK;
}

static struct result check_new(struct admin_call *call, struct str address)
{
    struct account account;
    struct person_id invited;
    struct result found = account_by_address(call->store, call->arena, address, &account);

    if (!failed(found) && account.person.n)
        return admin_refuse(call, &ACCOUNT_ADDRESS_TAKEN,
                            "%.*s is the address of person %lld already; make them an administrator"
                            " with 'assay appointment make %lld administrator'",
                            STR_ARG(address), (long long)account.person.n,
                            (long long)account.person.n);
    if (failed(found) && found.error != &ACCOUNT_UNKNOWN)
        return found;
    TRY(invited_already(call, address, &invited));
    if (invited.n)
        return admin_refuse(call, &ACCOUNT_PERSON_TAKEN,
                            "person %lld was invited at %.*s already, as an administrator; make a"
                            " new link with 'assay account invite %lld %.*s'",
                            (long long)invited.n, STR_ARG(address), (long long)invited.n,
                            STR_ARG(address));
    return OK;
}

/* Who was invited where, with the link. */
static struct result invitation_output(struct admin_call *call, struct person_id person,
                                       struct str address, struct str token,
                                       struct value **ret_output)
{
    struct value *output = value_object(call->arena);
    struct value *who;

    TRY(person_value(call->store, call->arena, person, &who));
    value_set(call->arena, output, "person", who);
    value_set_text(call->arena, output, "address", address);
    set_link(call, output, token, call->act.now + link_lasts(LINK_CLAIM));
    *ret_output = output;
    return OK;
}

/* {"address", "name"} gives {"person", "address", "path", "link", "until"}. */
struct result admin_account_create_administrator(struct admin_call *call, struct value **ret_output)
{
    struct person_id person = { 0 };
    struct str address;
    struct str name;
    struct str token;

    TRY(admin_text(call, "address", &address));
    TRY(admin_text(call, "name", &name));
    TRY(check_new(call, address));
    TRY(administrator_create(call->store, call->arena, &call->act, name, address, &person, &token));
    return invitation_output(call, person, address, token, ret_output);
}

/* ---- accounts ---- */

/* {"person", "address"} gives {"person", "address", "path", "link", "until"}; a letter is sent. */
struct result admin_account_invite(struct admin_call *call, struct value **ret_output)
{
    struct person_id person = { 0 };
    struct str address;
    struct str token;

    TRY(admin_person(call, &person));
    TRY(admin_text(call, "address", &address));
    TRY(person_invite(call->store, call->arena, &call->act, person, address, &token));
    return invitation_output(call, person, address, token, ret_output);
}

/* What does something to an account for a reason, and gives the account as it is then. */
static struct result change_state(struct admin_call *call,
                                  struct result change(struct store *store, struct arena *arena,
                                                       const struct act *act, struct account_id id,
                                                       struct str why),
                                  struct value **ret_output)
{
    struct account account;
    struct str why;

    TRY(take_account(call, &account));
    TRY(admin_text(call, "why", &why));
    TRY(change(call->store, call->arena, &call->act, account.id, why));
    TRY(account_load(call->store, call->arena, account.id, &account));
    return account_whole_value(call->store, call->arena, &account, ret_output);
}

/* {"account", "why"} gives the account. */
struct result admin_account_block(struct admin_call *call, struct value **ret_output)
{
    return change_state(call, account_block, ret_output);
}

/* {"account", "why"} gives the account. */
struct result admin_account_unblock(struct admin_call *call, struct value **ret_output)
{
    return change_state(call, account_unblock, ret_output);
}

/* {"account"} gives {"account": its number, "ended": how many sessions}. */
struct result admin_account_end_sessions(struct admin_call *call, struct value **ret_output)
{
    struct value *output = value_object(call->arena);
    struct account account;
    int64_t ended;

    TRY(take_account(call, &account));
    TRY(office_sessions_end(call->store, call->arena, &call->act, account.id, &ended));
    value_set_int(call->arena, output, "account", account.id.n);
    value_set_int(call->arena, output, "ended", ended);
    *ret_output = output;
    return OK;
}

/* {"account"} gives {"account": its number, "path", "link", "until"}. */
struct result admin_account_link(struct admin_call *call, struct value **ret_output)
{
    struct value *output = value_object(call->arena);
    struct account account;
    struct str token;

    TRY(take_account(call, &account));
    TRY(office_sign_in_link(call->store, call->arena, &call->act, account.id, &token));
    value_set_int(call->arena, output, "account", account.id.n);
    set_link(call, output, token, call->act.now + OFFICE_LINK_LASTS);
    *ret_output = output;
    return OK;
}

/* ---- what waits for the office ---- */

static struct result claim_output(struct admin_call *call, struct claim_id id,
                                  struct value **ret_output)
{
    struct claim claim;

    TRY(claim_load(call->store, call->arena, id, &claim));
    return claim_value(call->store, call->arena, &claim, ret_output);
}

/* {"claim", "person": its number; 0 or missing: a new one} gives the claim. */
struct result admin_claim_accept(struct admin_call *call, struct value **ret_output)
{
    struct person_id person = { 0 };
    struct claim_id id = { 0 };

    TRY(admin_int(call, "claim", 1, INT64_MAX, &id.n));
    TRY(admin_int_if_given(call, "person", 0, INT64_MAX, 0, &person.n));
    TRY(claim_accept(call->store, call->arena, &call->act, id, person, &person));
    return claim_output(call, id, ret_output);
}

/* {"claim", "reason"} gives the claim. */
struct result admin_claim_refuse(struct admin_call *call, struct value **ret_output)
{
    struct claim_id id = { 0 };
    struct str reason;

    TRY(admin_int(call, "claim", 1, INT64_MAX, &id.n));
    TRY(admin_text(call, "reason", &reason));
    TRY(claim_refuse(call->store, call->arena, &call->act, id, reason));
    return claim_output(call, id, ret_output);
}

static struct result recovery_output(struct admin_call *call, struct recovery_id id,
                                     struct value **ret_output)
{
    struct recovery recovery;

    TRY(recovery_load(call->store, call->arena, id, &recovery));
    return recovery_value(call->store, call->arena, &recovery, ret_output);
}

/* {"recovery", "account"} gives the recovery. */
struct result admin_recovery_approve(struct admin_call *call, struct value **ret_output)
{
    struct recovery_id id = { 0 };
    struct account account;

    TRY(admin_int(call, "recovery", 1, INT64_MAX, &id.n));
    TRY(take_account(call, &account));
    TRY(recovery_approve(call->store, call->arena, &call->act, id, account.id,
                         call->config->accounts.recovery_wait));
    return recovery_output(call, id, ret_output);
}

/* {"recovery", "reason"} gives the recovery. */
struct result admin_recovery_refuse(struct admin_call *call, struct value **ret_output)
{
    struct recovery_id id = { 0 };
    struct str reason;

    TRY(admin_int(call, "recovery", 1, INT64_MAX, &id.n));
    TRY(admin_text(call, "reason", &reason));
    TRY(recovery_refuse(call->store, call->arena, &call->act, id, reason));
    return recovery_output(call, id, ret_output);
}

/* ---- tokens of programs ---- */

/* {"token"} gives {"token"}. */
struct result admin_token_revoke(struct admin_call *call, struct value **ret_output)
{
    struct value *output = value_object(call->arena);
    int64_t token = 0;

    TRY(admin_int(call, "token", 1, INT64_MAX, &token));
    TRY(api_token_revoke(call->store, call->arena, &call->act, token));
    value_set_int(call->arena, output, "token", token);
    *ret_output = output;
    return OK;
}
