#include "account/recovery.h"

#include "account/limit.h"
#include "account/permissions.h"
#include "account/sign_in_parts.h"
#include "account/tell.h"
#include "register/outbox.h"
#include "register/timer.h"
#include "store/rows.h"

#define KNOWN_AS_MAX 300 /* bytes */

static const char *const states[] = {
    [RECOVERY_UNCONFIRMED] = "unconfirmed",
    [RECOVERY_ASKED] = "asked",
    [RECOVERY_ONE_APPROVED] = "one-approved",
    [RECOVERY_WAITING] = "waiting",
    [RECOVERY_REFUSED] = "refused",
    [RECOVERY_CANCELLED] = "cancelled",
    [RECOVERY_DONE] = "done",
};

const char *recovery_state_word(enum recovery_state state)
{
    return states[state];
}

/* ---- reading ---- */

#define RECOVERIES                                                                                 \
    "SELECT id, known_as, address, statement, asked_at, confirmed_at, account, first_person,"      \
    " second_at, second_person, until, refused_at, reason, cancelled_at, done_at FROM recovery"

static enum recovery_state state_of(const struct query *query)
{
    if (query_kind(query, 14) != DATUM_NULL)
        return RECOVERY_DONE;
    if (query_kind(query, 13) != DATUM_NULL)
        return RECOVERY_CANCELLED;
    if (query_kind(query, 11) != DATUM_NULL)
        return RECOVERY_REFUSED;
    if (query_kind(query, 8) != DATUM_NULL)
        return RECOVERY_WAITING;
    if (query_kind(query, 6) != DATUM_NULL)
        return RECOVERY_ONE_APPROVED;
    return query_kind(query, 5) != DATUM_NULL ? RECOVERY_ASKED : RECOVERY_UNCONFIRMED;
}

static void take_row(const struct query *query, struct arena *arena, void *ret)
{
    *(struct recovery *)ret = (struct recovery){
        .id = { query_int(query, 0) },
        .state = state_of(query),
        .known_as = str_copy(arena, query_text(query, 1)),
        .address = str_copy(arena, query_text(query, 2)),
        .statement = str_copy(arena, query_text(query, 3)),
        .asked = query_int(query, 4),
        .account = { query_int_or(query, 6, 0) },
        .first = { query_int_or(query, 7, 0) },
        .second = { query_int_or(query, 9, 0) },
        .until = query_int_or(query, 10, 0),
        .reason = str_copy(arena, query_text(query, 12)),
    };
}

static struct result read_recoveries(struct store *store, struct arena *arena, const char *sql,
                                     struct params params, struct recovery_list *ret)
{
    struct rows rows;

    TRY(rows_read(store, arena, sql, params, take_row, sizeof(struct recovery), &rows));
    *ret = (struct recovery_list){ rows.at, rows.count };
    return OK;
}

struct result recovery_load(struct store *store, struct arena *arena, struct recovery_id id,
                            struct recovery *ret)
{
    struct recovery_list list;

    TRY(read_recoveries(store, arena, RECOVERIES " WHERE id = $1", PARAMS(datum_int(id.n)), &list));
    if (list.count == 0)
        return fail(&ACCOUNT_RECOVERY_UNKNOWN);
    *ret = list.at[0];
    return OK;
}

struct result recoveries_open(struct store *store, struct arena *arena, size_t max,
                              struct recovery_list *ret)
{
    return read_recoveries(store, arena,
                           RECOVERIES " WHERE confirmed_at IS NOT NULL AND refused_at IS NULL"
                                      " AND cancelled_at IS NULL AND done_at IS NULL"
                                      " ORDER BY id LIMIT $1",
                           PARAMS(datum_int((int64_t)max)), ret);
}

struct result recoveries_list(struct store *store, struct arena *arena, struct recovery_id after,
                              size_t max, struct recovery_list *ret)
{
    return read_recoveries(store, arena, RECOVERIES " WHERE id > $1 ORDER BY id LIMIT $2",
                           PARAMS(datum_int(after.n), datum_int((int64_t)max)), ret);
}

/* ---- asking ---- */

static struct result make_request(struct store *store, struct arena *arena, const struct act *act,
                                  struct str known_as, struct str address, struct str statement)
{
    struct link_wish wish = { .purpose = LINK_RECOVERY_ASK, .address = address };
    struct value *data = value_object(arena);
    struct str token;

    TRY(store_insert(store,
                     "INSERT INTO recovery (known_as, address, statement, asked_at)"
                     " VALUES ($1, $2, $3, $4) RETURNING id",
                     PARAMS(datum_text(known_as), datum_text(address), datum_text(statement),
                            datum_int(act->now)),
                     &wish.subject));
    TRY(link_make(store, arena, act->now, &wish, &token));
    letter_link(arena, data, token, act->now + DAYS);
    TRY(letter_send(store, arena, act, address, (struct person_id){ 0 }, "recovery-asked", data));
    return journal_append(store, arena, act, "recovery-asked",
                          (struct journal_subject){ "recovery", wish.subject }, NULL, NULL);
}

struct result recovery_ask(struct store *store, struct arena *arena, const struct act *act,
                           struct str known_as, struct str address, struct str statement,
                           const struct visitor *visitor, struct refusal *ret)
{
    char network[17];
    const struct limit limits[] = {
        { LIMIT_RECOVERY_ADDRESS, address_folded(arena, address) },
        { LIMIT_RECOVERY_NETWORK, limit_network(visitor->network, network) },
    };
    struct refusal refusal;

    if (!mail_address_is_valid(address))
        return fail(&ACCOUNT_ADDRESS);
    if (str_trim(known_as).n == 0 || known_as.n > KNOWN_AS_MAX)
        return fail(&ACCOUNT_NAME);
    if (str_trim(statement).n == 0 || statement.n > STATEMENT_MAX)
        return fail(&ACCOUNT_STATEMENT);
    TRY(limits_take(store, act->now, limits, ARRAY_LEN(limits), &refusal));
    if (!refusal.error)
        TRY(make_request(store, arena, act, str_trim(known_as), address, statement));
    *ret = refusal;
    return OK;
}

/* The proof stays where it is. */
static struct result tell_office(struct store *store, struct arena *arena, const struct act *act,
                                 struct recovery_id id)
{
    struct value *data = value_object(arena);
    struct recovery recovery;

    TRY(recovery_load(store, arena, id, &recovery));
    value_set_text(arena, data, "name", one_line(arena, recovery.known_as));
    value_set_text(arena, data, "page",
                   str_format(arena, "/office/recoveries/%lld", (long long)id.n));
    return office_news(store, arena, act, PERMISSION_RECOVERY_DECIDE, "recovery-waiting", data);
}

struct result recovery_confirm(struct store *store, struct arena *arena, const struct act *act,
                               struct str token, struct recovery_id *ret)
{
    struct link link;

    TRY(link_use(store, arena, act->now, token, STR_NONE, LINK_RECOVERY_ASK, &link));
    TRY(store_run(store, "UPDATE recovery SET confirmed_at = $2 WHERE id = $1",
                  PARAMS(datum_int(link.subject), datum_int(act->now))));
    TRY(tell_office(store, arena, act, (struct recovery_id){ link.subject }));
    TRY(journal_append(store, arena, act, "recovery-confirmed",
                       (struct journal_subject){ "recovery", link.subject }, NULL, NULL));
    ret->n = link.subject;
    return OK;
}

/* ---- deciding ---- */

static struct value *payload_of(struct arena *arena, struct recovery_id id)
{
    struct value *payload = value_object(arena);

    value_set_int(arena, payload, "recovery", id.n);
    return payload;
}

static struct datum officer_of(const struct act *act)
{
    return act->actor == ACTOR_PERSON && act->actor_id ? datum_int(act->actor_id) : datum_null();
}

/* Who may decide: an officer, not the person themself, and not twice the same. */
static struct result check_officer(const struct act *act, const struct recovery *recovery,
                                   const struct account *account)
{
    if (act->actor == ACTOR_PERSON && account->person.n == act->actor_id)
        return fail(&ACCOUNT_OWN_CASE);
    if (recovery->state != RECOVERY_ONE_APPROVED)
        return OK;
    /* The command line is one officer: both approvals cannot come from it. */
    if (recovery->first.n == (act->actor == ACTOR_PERSON ? act->actor_id : 0))
        return fail(&ACCOUNT_SAME_OFFICER);
    return recovery->account.n == account->id.n ? OK : fail(&ACCOUNT_OTHER_ACCOUNT);
}

static void take_address(const struct query *query, struct arena *arena, void *ret)
{
    *(struct str *)ret = str_copy(arena, query_text(query, 0));
}

/* Each address that the account ever had hears of it, and can stop it. */
static struct result warn_all(struct store *store, struct arena *arena, const struct act *act,
                              const struct account *account, struct recovery_id id, int64_t until)
{
    const struct str *addresses;
    struct rows rows;

    TRY(rows_read(store, arena,
                  "SELECT address FROM account_address WHERE account = $1 AND NOT EXISTS"
                  " (SELECT 1 FROM account_address AS later WHERE later.account = $1 AND"
                  " later.folded = account_address.folded AND later.id > account_address.id)"
                  " ORDER BY id",
                  PARAMS(datum_int(account->id.n)), take_address, sizeof(struct str), &rows));
    addresses = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        const struct link_wish wish = {
            .purpose = LINK_RECOVERY_CANCEL,
            .address = addresses[i],
            .account = account->id,
            .subject = id.n,
            .until = until,
        };
        struct value *data = value_object(arena);
        struct str token;

        TRY(link_make(store, arena, act->now, &wish, &token));
        letter_link(arena, data, token, until);
        TRY(letter_send(store, arena, act, addresses[i], account->person, "recovery-warning",
                        data));
    }
    return OK;
}

static struct result begin_waiting(struct store *store, struct arena *arena, const struct act *act,
                                   const struct recovery *recovery, const struct account *account,
                                   int64_t waiting)
{
    int64_t until = act->now + waiting;
    const struct link_wish wish = {
        .purpose = LINK_RECOVERY,
        .address = recovery->address,
        .account = account->id,
        .subject = recovery->id.n,
        .from = until,
    };
    struct value *data = value_object(arena);
    struct str token;

    TRY(store_run(
        store,
        "UPDATE recovery SET second_at = $2, second_person = $3, until = $4"
        " WHERE id = $1",
        PARAMS(datum_int(recovery->id.n), datum_int(act->now), officer_of(act), datum_int(until))));
    TRY(timer_set(store, RECOVERY_READY, recovery->id.n, until));
    TRY(warn_all(store, arena, act, account, recovery->id, until));
    TRY(link_make(store, arena, act->now, &wish, &token));
    letter_link(arena, data, token, until + 14 * DAYS);
    value_set_text(arena, data, "from", instant_text(arena, until));
    return letter_send(store, arena, act, recovery->address, account->person, "recovery-approved",
                       data);
}

struct result recovery_approve(struct store *store, struct arena *arena, const struct act *act,
                               struct recovery_id id, struct account_id account_id, int64_t waiting)
{
    struct recovery recovery;
    struct account account;
    bool second;

    TRY(act_permitted(store, arena, act, PERMISSION_RECOVERY_DECIDE, &ABOUT_NOTHING));
    TRY(recovery_load(store, arena, id, &recovery));
    if (recovery.state != RECOVERY_ASKED && recovery.state != RECOVERY_ONE_APPROVED)
        return fail(&ACCOUNT_DECIDED);
    TRY(account_load(store, arena, account_id, &account));
    TRY(account_is_usable(&account));
    TRY(check_officer(act, &recovery, &account));
    second = recovery.state == RECOVERY_ONE_APPROVED;
    if (second)
        TRY(begin_waiting(store, arena, act, &recovery, &account, waiting));
    else
        TRY(store_run(store,
                      "UPDATE recovery SET account = $2, first_at = $3, first_person = $4"
                      " WHERE id = $1",
                      PARAMS(datum_int(id.n), datum_int(account.id.n), datum_int(act->now),
                             officer_of(act))));
    return account_entry(store, arena, act, second ? "recovery-approved" : "recovery-supported",
                         account.id, payload_of(arena, id));
}

/* The account that it is for is known once an officer has approved it. */
static struct result check_own(struct store *store, struct arena *arena, const struct act *act,
                               const struct recovery *recovery)
{
    struct account account;

    if (act->actor != ACTOR_PERSON || !recovery->account.n)
        return OK;
    TRY(account_load(store, arena, recovery->account, &account));
    return account.person.n == act->actor_id ? fail(&ACCOUNT_OWN_CASE) : OK;
}

/* Of a recovery that ends without giving the account over. */
static struct result drop_links(struct store *store, const struct act *act, struct recovery_id id)
{
    TRY(timer_cancel(store, RECOVERY_READY, id.n));
    TRY(links_drop_subject(store, act->now, LINK_RECOVERY, id.n));
    return links_drop_subject(store, act->now, LINK_RECOVERY_CANCEL, id.n);
}

struct result recovery_refuse(struct store *store, struct arena *arena, const struct act *act,
                              struct recovery_id id, struct str reason)
{
    struct value *payload = payload_of(arena, id);
    struct value *data = value_object(arena);
    struct recovery recovery;

    TRY(act_permitted(store, arena, act, PERMISSION_RECOVERY_DECIDE, &ABOUT_NOTHING));
    if (str_trim(reason).n == 0 || reason.n > STATEMENT_MAX)
        return fail(&ACCOUNT_STATEMENT);
    TRY(recovery_load(store, arena, id, &recovery));
    if (recovery.state >= RECOVERY_REFUSED || recovery.state == RECOVERY_UNCONFIRMED)
        return fail(&ACCOUNT_DECIDED);
    TRY(check_own(store, arena, act, &recovery));
    TRY(store_run(store, "UPDATE recovery SET refused_at = $2, reason = $3 WHERE id = $1",
                  PARAMS(datum_int(id.n), datum_int(act->now), datum_text(reason))));
    TRY(drop_links(store, act, id));
    value_set_text(arena, data, "reason", reason);
    TRY(letter_send(store, arena, act, recovery.address, (struct person_id){ 0 },
                    "recovery-refused", data));
    value_set_text(arena, payload, "reason", reason);
    if (recovery.account.n)
        return account_entry(store, arena, act, "recovery-refused", recovery.account, payload);
    return journal_append(store, arena, act, "recovery-refused",
                          (struct journal_subject){ "recovery", id.n }, payload, NULL);
}

/* ---- the end of the waiting period ---- */

static struct result send_link(struct store *store, struct arena *arena, const struct act *act,
                               const struct recovery *recovery, const struct account *account)
{
    const struct link_wish wish = {
        .purpose = LINK_RECOVERY,
        .address = recovery->address,
        .account = account->id,
        .subject = recovery->id.n,
    };
    struct value *data = value_object(arena);
    struct str token;

    TRY(link_make(store, arena, act->now, &wish, &token));
    letter_link(arena, data, token, act->now + link_lasts(LINK_RECOVERY));
    return letter_send(store, arena, act, recovery->address, account->person, "recovery-ready",
                       data);
}

struct result recovery_remind(struct store *store, struct arena *arena, const struct act *act,
                              struct recovery_id id)
{
    struct recovery recovery;
    struct account account;

    TRY(recovery_load(store, arena, id, &recovery));
    if (recovery.state != RECOVERY_WAITING ||
        act->now >= recovery.until + link_lasts(LINK_RECOVERY))
        return OK;
    TRY(account_load(store, arena, recovery.account, &account));
    if (failed(account_is_usable(&account)))
        return OK;
    TRY(send_link(store, arena, act, &recovery, &account));
    return account_entry(store, arena, act, "recovery-ready", account.id, payload_of(arena, id));
}

/* ---- ending ---- */

struct result recovery_cancel(struct store *store, struct arena *arena, const struct act *act,
                              struct str token)
{
    struct recovery recovery;
    struct link link;

    TRY(link_use(store, arena, act->now, token, STR_NONE, LINK_RECOVERY_CANCEL, &link));
    TRY(recovery_load(store, arena, (struct recovery_id){ link.subject }, &recovery));
    if (recovery.state != RECOVERY_WAITING)
        return fail(&ACCOUNT_DECIDED);
    TRY(store_run(store, "UPDATE recovery SET cancelled_at = $2 WHERE id = $1",
                  PARAMS(datum_int(link.subject), datum_int(act->now))));
    TRY(drop_links(store, act, recovery.id));
    TRY(letter_send(store, arena, act, recovery.address, (struct person_id){ 0 },
                    "recovery-cancelled", value_object(arena)));
    return account_entry(store, arena, act, "recovery-cancelled", link.account,
                         payload_of(arena, recovery.id));
}

/* The account is of whoever has the new address now: nothing of before opens it. */
static struct result give_over(struct store *store, struct arena *arena, const struct act *act,
                               const struct recovery *recovery)
{
    const struct datum account = datum_int(recovery->account.n);
    struct account other;
    struct result found = account_by_address(store, arena, recovery->address, &other);
    int64_t ended;

    if (!failed(found) && other.id.n != recovery->account.n)
        return fail(&ACCOUNT_ADDRESS_TAKEN);
    if (failed(found) && found.error != &ACCOUNT_UNKNOWN)
        return found;
    TRY(account_letter_all(store, arena, act, recovery->account, "recovery-done",
                           value_object(arena)));
    TRY(account_forget_keys(store, act->now, recovery->account));
    TRY(links_drop(store, act->now, recovery->account));
    TRY(sessions_end(store, act->now, recovery->account, (struct session_id){ 0 }, "recovery",
                     &ended));
    TRY(store_run(store,
                  "UPDATE account_address SET main = 0, removed_at = $2"
                  " WHERE account = $1 AND removed_at IS NULL",
                  PARAMS(account, datum_int(act->now))));
    return store_run(store,
                     "INSERT INTO account_address (account, address, folded, main, confirmed_at)"
                     " VALUES ($1, $2, $3, 1, $4)",
                     PARAMS(account, datum_text(recovery->address),
                            datum_text(address_folded(arena, recovery->address)),
                            datum_int(act->now)));
}

struct result recovery_finish(struct store *store, struct arena *arena, const struct act *act,
                              const struct session_rules *rules, struct str token,
                              const struct visitor *visitor, struct sign_in *ret)
{
    struct session_wish wish = { .method = METHOD_RECOVERY, .strong = true, .visitor = visitor };
    struct recovery recovery;
    struct link link;

    TRY(link_use(store, arena, act->now, token, STR_NONE, LINK_RECOVERY, &link));
    TRY(recovery_load(store, arena, (struct recovery_id){ link.subject }, &recovery));
    if (recovery.state != RECOVERY_WAITING || act->now < recovery.until)
        return fail(&ACCOUNT_DECIDED);
    TRY(give_over(store, arena, act, &recovery));
    TRY(timer_cancel(store, RECOVERY_READY, recovery.id.n));
    TRY(store_run(store, "UPDATE recovery SET done_at = $2 WHERE id = $1",
                  PARAMS(datum_int(recovery.id.n), datum_int(act->now))));
    TRY(account_entry(store, arena, act, "recovery-done", recovery.account,
                      payload_of(arena, recovery.id)));
    wish.account = recovery.account;
    return sign_in_session(store, arena, act, rules, &wish, ret);
}
