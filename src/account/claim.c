#include "account/claim.h"

#include "account/limit.h"
#include "account/permissions.h"
#include "account/sign_in_parts.h"
#include "account/tell.h"
#include "register/outbox.h"
#include "store/rows.h"

/* ---- invitations ---- */

static struct result has_no_account(struct store *store, struct arena *arena,
                                    struct person_id person)
{
    struct account account;
    struct result found = account_of_person(store, arena, person, &account);

    if (!failed(found))
        return fail(&ACCOUNT_PERSON_TAKEN);
    return found.error == &ACCOUNT_UNKNOWN ? OK : found;
}

static struct result make_invitation(struct store *store, struct arena *arena,
                                     const struct act *act, struct person_id person,
                                     struct str address, struct str *ret_token)
{
    const struct link_wish wish = { .purpose = LINK_CLAIM, .address = address, .person = person };
    struct value *payload = value_object(arena);

    if (!mail_address_is_valid(address))
        return fail(&ACCOUNT_ADDRESS);
    TRY(has_no_account(store, arena, person));
    TRY(links_drop_person(store, act->now, person));
    TRY(link_make(store, arena, act->now, &wish, ret_token));
    value_set_text(arena, payload, "address", address);
    return journal_append(store, arena, act, "person-invited",
                          (struct journal_subject){ "person", person.n }, payload, NULL);
}

struct result person_invite(struct store *store, struct arena *arena, const struct act *act,
                            struct person_id person, struct str address, struct str *ret_token)
{
    const struct about about = { .scope = SCOPE_ALL, .person = person };
    struct value *data = value_object(arena);
    struct person_row row;
    struct str token;

    TRY(act_permitted(store, arena, act, PERMISSION_PERSON_INVITE, &about));
    TRY(person_load(store, arena, person, &row));
    TRY(make_invitation(store, arena, act, person, address, &token));
    letter_link(arena, data, token, act->now + link_lasts(LINK_CLAIM));
    value_set_text(arena, data, "name", row.name);
    TRY(letter_send(store, arena, act, address, person, "invitation", data));
    if (ret_token)
        *ret_token = token;
    return OK;
}

struct result administrator_create(struct store *store, struct arena *arena, const struct act *act,
                                   struct str name, struct str address,
                                   struct person_id *ret_person, struct str *ret_token)
{
    struct appointment_wish wish = {
        .role = APPOINTED_ADMINISTRATOR,
        .scope = SCOPE_ALL,
        .from = act_day(act),
        .last = DAY_LAST,
        .basis = STR("command line"),
    };
    struct appointment_id appointment;
    struct str token;

    if (act->actor != ACTOR_COMMAND)
        return fail(&ACCOUNT_NOT_PERMITTED);
    TRY(person_add(store, arena, act, name, &wish.person));
    TRY(appointment_make(store, arena, act, &wish, &appointment));
    TRY(make_invitation(store, arena, act, wish.person, address, &token));
    *ret_person = wish.person;
    *ret_token = token;
    return OK;
}

/* The account that claims: that of the session, or a new one with the address of the link. */
static struct result claiming_account(struct store *store, struct arena *arena,
                                      const struct act *act, const struct session *session,
                                      struct str address, struct account *ret)
{
    struct account_id id;
    struct result made;

    if (session) {
        TRY(account_load(store, arena, session->account, ret));
        TRY(account_is_usable(ret));
        return ret->person.n ? fail(&ACCOUNT_HAS_PERSON) : OK;
    }
    made = account_make(store, arena, act, address, &id);
    if (made.error == &ACCOUNT_ADDRESS_TAKEN)
        return fail(&ACCOUNT_SIGN_IN_FIRST);
    TRY(made);
    return account_load(store, arena, id, ret);
}

/* The account is that person's from now on, in the history of both. */
static struct result join(struct store *store, struct arena *arena, const struct act *act,
                          struct account_id account, struct person_id person, const char *how)
{
    struct value *payload = value_object(arena);

    TRY(has_no_account(store, arena, person));
    TRY(store_run(store, "UPDATE account SET person = $2 WHERE id = $1",
                  PARAMS(datum_int(account.n), datum_int(person.n))));
    TRY(links_drop_person(store, act->now, person));
    value_set_int(arena, payload, "person", person.n);
    value_set_text(arena, payload, "by", str_from_c(how));
    return account_entry(store, arena, act, "person-claimed", account, payload);
}

struct result claim_by_link(struct store *store, struct arena *arena, const struct act *act,
                            const struct session_rules *rules, const struct session *session,
                            struct str token, const struct visitor *visitor, struct sign_in *ret)
{
    struct session_wish wish = { .method = METHOD_LINK, .strong = true, .visitor = visitor };
    struct account account;
    struct link link;

    TRY(link_use(store, arena, act->now, token, STR_NONE, LINK_CLAIM, &link));
    TRY(claiming_account(store, arena, act, session, link.address, &account));
    TRY(join(store, arena, act, account.id, link.person, "invitation"));
    if (session) {
        *ret = (struct sign_in){ .account = account.id, .session = session->id };
        return OK;
    }
    wish.account = account.id;
    return sign_in_session(store, arena, act, rules, &wish, ret);
}

/* ---- requests: reading ---- */

#define CLAIMS                                                                                     \
    "SELECT c.id, c.account, c.name, c.statement, c.asked_at, c.decided_at, c.person, c.reason,"   \
    " (SELECT d.address FROM account_address AS d WHERE d.account = c.account AND d.main = 1)"     \
    " FROM claim AS c"

static void take_row(const struct query *query, struct arena *arena, void *ret)
{
    struct claim claim = {
        .id = { query_int(query, 0) },
        .state = CLAIM_ASKED,
        .account = { query_int(query, 1) },
        .name = str_copy(arena, query_text(query, 2)),
        .statement = str_copy(arena, query_text(query, 3)),
        .asked = query_int(query, 4),
        .person = { query_int_or(query, 6, 0) },
        .reason = str_copy(arena, query_text(query, 7)),
        .address = str_copy(arena, query_text(query, 8)),
    };

    if (query_kind(query, 5) != DATUM_NULL)
        claim.state = claim.person.n ? CLAIM_ACCEPTED : CLAIM_REFUSED;
    *(struct claim *)ret = claim;
}

static struct result read_claims(struct store *store, struct arena *arena, const char *sql,
                                 struct params params, struct claim_list *ret)
{
    struct rows rows;

    TRY(rows_read(store, arena, sql, params, take_row, sizeof(struct claim), &rows));
    *ret = (struct claim_list){ rows.at, rows.count };
    return OK;
}

static struct result read_claim(struct store *store, struct arena *arena, const char *sql,
                                struct params params, struct claim *ret)
{
    struct claim_list list;

    TRY(read_claims(store, arena, sql, params, &list));
    if (list.count == 0)
        return fail(&ACCOUNT_CLAIM_UNKNOWN);
    *ret = list.at[0];
    return OK;
}

struct result claim_load(struct store *store, struct arena *arena, struct claim_id id,
                         struct claim *ret)
{
    return read_claim(store, arena, CLAIMS " WHERE c.id = $1", PARAMS(datum_int(id.n)), ret);
}

struct result claim_of_account(struct store *store, struct arena *arena, struct account_id account,
                               struct claim *ret)
{
    return read_claim(store, arena, CLAIMS " WHERE c.account = $1 ORDER BY c.id DESC LIMIT 1",
                      PARAMS(datum_int(account.n)), ret);
}

struct result claims_open(struct store *store, struct arena *arena, size_t max,
                          struct claim_list *ret)
{
    return read_claims(store, arena, CLAIMS " WHERE c.decided_at IS NULL ORDER BY c.id LIMIT $1",
                       PARAMS(datum_int((int64_t)max)), ret);
}

struct result claims_list(struct store *store, struct arena *arena, struct claim_id after,
                          size_t max, struct claim_list *ret)
{
    return read_claims(store, arena, CLAIMS " WHERE c.id > $1 ORDER BY c.id LIMIT $2",
                       PARAMS(datum_int(after.n), datum_int((int64_t)max)), ret);
}

/* ---- requests: asking and deciding ---- */

static struct value *payload_of(struct arena *arena, struct claim_id id)
{
    struct value *payload = value_object(arena);

    value_set_int(arena, payload, "claim", id.n);
    return payload;
}

/* Whether an account of nobody, whose requests have all been decided, may become that of somebody
   of that name. */
static struct result check_nobodys(struct store *store, struct arena *arena, struct account_id id,
                                   struct str name)
{
    struct account account;
    int64_t open;

    if (str_trim(name).n == 0 || name.n > PERSON_NAME_MAX)
        return fail(&ACCOUNT_NAME);
    TRY(account_load(store, arena, id, &account));
    TRY(account_is_usable(&account));
    if (account.person.n)
        return fail(&ACCOUNT_HAS_PERSON);
    TRY(query_number(store, "SELECT count(*) FROM claim WHERE account = $1 AND decided_at IS NULL",
                     PARAMS(datum_int(id.n)), &open));
    return open > 0 ? fail(&ACCOUNT_CLAIM_OPEN) : OK;
}

/* The proof stays where it is. */
static struct result tell_office(struct store *store, struct arena *arena, const struct act *act,
                                 struct claim_id id, struct str name)
{
    struct value *data = value_object(arena);

    value_set_text(arena, data, "name", one_line(arena, str_trim(name)));
    value_set_text(arena, data, "page", str_format(arena, "/office/claims/%lld", (long long)id.n));
    return office_news(store, arena, act, PERMISSION_CLAIM_DECIDE, "claim-waiting", data);
}

struct result claim_ask(struct store *store, struct arena *arena, const struct act *act,
                        struct account_id account, struct str name, struct str statement,
                        struct refusal *ret, struct claim_id *ret_claim)
{
    char number[8];
    const struct limit limit = { LIMIT_CLAIM_ACCOUNT, limit_number(account.n, number) };
    struct claim_id claim = { 0 };
    struct refusal refusal;

    if (str_trim(statement).n == 0 || statement.n > STATEMENT_MAX)
        return fail(&ACCOUNT_STATEMENT);
    TRY(check_nobodys(store, arena, account, name));
    TRY(limits_take(store, act->now, &limit, 1, &refusal));
    if (!refusal.error) {
        TRY(store_insert(store,
                         "INSERT INTO claim (account, name, statement, asked_at)"
                         " VALUES ($1, $2, $3, $4) RETURNING id",
                         PARAMS(datum_int(account.n), datum_text(str_trim(name)),
                                datum_text(statement), datum_int(act->now)),
                         &claim.n));
        TRY(tell_office(store, arena, act, claim, name));
        TRY(account_entry(store, arena, act, "claim-asked", account, payload_of(arena, claim)));
    }
    *ret = refusal;
    *ret_claim = claim;
    return OK;
}

struct result claim_new_person(struct store *store, struct arena *arena, const struct act *act,
                               struct account_id account, struct str name, struct person_id *ret)
{
    struct person_id person;

    TRY(check_nobodys(store, arena, account, name));
    TRY(person_add(store, arena, act, name, &person));
    TRY(join(store, arena, act, account, person, "beginning"));
    *ret = person;
    return OK;
}

static struct result check_decision(struct store *store, struct arena *arena, const struct act *act,
                                    struct claim_id id, struct claim *ret)
{
    struct account account;
    struct account own;

    TRY(act_permitted(store, arena, act, PERMISSION_CLAIM_DECIDE, &ABOUT_NOTHING));
    TRY(claim_load(store, arena, id, ret));
    if (ret->state != CLAIM_ASKED)
        return fail(&ACCOUNT_DECIDED);
    TRY(account_load(store, arena, ret->account, &account));
    TRY(account_is_usable(&account));
    if (account.person.n)
        return fail(&ACCOUNT_HAS_PERSON);
    if (act->actor != ACTOR_PERSON)
        return OK;
    if (!failed(account_of_person(store, arena, (struct person_id){ act->actor_id }, &own)) &&
        own.id.n == account.id.n)
        return fail(&ACCOUNT_OWN_CASE);
    return OK;
}

static struct datum officer_of(const struct act *act)
{
    return act->actor == ACTOR_PERSON && act->actor_id ? datum_int(act->actor_id) : datum_null();
}

struct result claim_accept(struct store *store, struct arena *arena, const struct act *act,
                           struct claim_id id, struct person_id person,
                           struct person_id *ret_person)
{
    struct person_row row;
    struct claim claim;

    TRY(check_decision(store, arena, act, id, &claim));
    if (person.n == 0)
        TRY(person_add(store, arena, act, claim.name, &person));
    else if (act->actor == ACTOR_PERSON && person.n == act->actor_id)
        return fail(&ACCOUNT_OWN_CASE);
    TRY(person_load(store, arena, person, &row));
    TRY(join(store, arena, act, claim.account, person, "request"));
    TRY(store_run(
        store, "UPDATE claim SET decided_at = $2, decided_by = $3, person = $4 WHERE id = $1",
        PARAMS(datum_int(id.n), datum_int(act->now), officer_of(act), datum_int(person.n))));
    TRY(account_letter(store, arena, act, claim.account, "claim-accepted", value_object(arena)));
    *ret_person = person;
    return OK;
}

struct result claim_refuse(struct store *store, struct arena *arena, const struct act *act,
                           struct claim_id id, struct str reason)
{
    struct value *payload = payload_of(arena, id);
    struct value *data = value_object(arena);
    struct claim claim;

    if (str_trim(reason).n == 0 || reason.n > STATEMENT_MAX)
        return fail(&ACCOUNT_STATEMENT);
    TRY(check_decision(store, arena, act, id, &claim));
    TRY(store_run(
        store, "UPDATE claim SET decided_at = $2, decided_by = $3, reason = $4 WHERE id = $1",
        PARAMS(datum_int(id.n), datum_int(act->now), officer_of(act), datum_text(reason))));
    value_set_text(arena, data, "reason", reason);
    TRY(account_letter(store, arena, act, claim.account, "claim-refused", data));
    value_set_text(arena, payload, "reason", reason);
    return account_entry(store, arena, act, "claim-refused", claim.account, payload);
}
