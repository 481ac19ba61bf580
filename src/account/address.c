/* The addresses of accounts (account.h). */
#include "account/account.h"
#include "account/limit.h"
#include "account/link.h"
#include "account/tell.h"
#include "register/outbox.h"
#include "store/rows.h"

#define CHANGE_LASTS DAYS

static struct value *with_address(struct arena *arena, struct str address)
{
    struct value *data = value_object(arena);

    value_set_text(arena, data, "address", address);
    return data;
}

/* A link to one end of the change, and a letter about it. */
struct end {
    enum link_purpose purpose;
    struct str address;
    struct person_id about;
    const char *template;
    bool useless; /* the letter leaves the link out */
};

static struct result ask_end(struct store *store, struct arena *arena, const struct act *act,
                             const struct end *end, struct account_id account, struct str added,
                             int64_t change)
{
    const struct link_wish wish = {
        .purpose = end->purpose,
        .address = end->address,
        .account = account,
        .subject = change,
    };
    struct value *data = with_address(arena, added);
    struct str token;

    TRY(link_make(store, arena, act->now, &wish, &token));
    if (!end->useless)
        letter_link(arena, data, token, act->now + CHANGE_LASTS);
    return letter_send(store, arena, act, end->address, end->about, end->template, data);
}

/* Where somebody else has the address, they are told, and it looks the same from here. */
static struct result new_end(struct store *store, struct arena *arena,
                             const struct account *account, struct str address, struct end *ret)
{
    struct end end = { LINK_ADDRESS_NEW, address, account->person, "address-new", false };
    struct account other;
    struct result found = account_by_address(store, arena, address, &other);

    if (!failed(found)) {
        end.about = other.person;
        end.template = "address-wanted";
        end.useless = true;
    } else if (found.error != &ACCOUNT_UNKNOWN) {
        return found;
    }
    *ret = end;
    return OK;
}

static struct result ask_both_ends(struct store *store, struct arena *arena, const struct act *act,
                                   const struct account *account, struct str address)
{
    const struct end current = { LINK_ADDRESS_CURRENT, account->primary, account->person,
                                 "address-current", false };
    struct end new;
    int64_t change;

    TRY(store_insert(store,
                     "INSERT INTO address_change (account, address, asked_at, until)"
                     " VALUES ($1, $2, $3, $4) RETURNING id",
                     PARAMS(datum_int(account->id.n), datum_text(address), datum_int(act->now),
                            datum_int(act->now + CHANGE_LASTS)),
                     &change));
    TRY(new_end(store, arena, account, address, &new));
    TRY(ask_end(store, arena, act, &new, account->id, address, change));
    return ask_end(store, arena, act, &current, account->id, address, change);
}

struct result address_add_begin(struct store *store, struct arena *arena, const struct act *act,
                                struct account_id id, struct str address, struct refusal *ret)
{
    char number[8];
    const struct limit limit = { LIMIT_ADDRESS_ACCOUNT, limit_number(id.n, number) };
    struct account account;
    struct account other;
    struct refusal refusal = { 0 };

    if (!mail_address_is_valid(address))
        return fail(&ACCOUNT_ADDRESS);
    TRY(account_load(store, arena, id, &account));
    TRY(account_is_usable(&account));
    if (!failed(account_by_address(store, arena, address, &other)) && other.id.n == id.n)
        return fail(&ACCOUNT_HAS_ADDRESS);
    TRY(limits_take(store, act->now, &limit, 1, &refusal));
    if (refusal.error) {
        *ret = refusal;
        return OK;
    }
    TRY(ask_both_ends(store, arena, act, &account, address));
    TRY(account_entry(store, arena, act, "address-asked", id, with_address(arena, address)));
    *ret = refusal;
    return OK;
}

static void take_change(const struct query *query, struct arena *arena, void *ret)
{
    *(struct address_change *)ret = (struct address_change){
        .address = str_copy(arena, query_text(query, 0)),
        .until = query_int(query, 1),
        .at_new = query_kind(query, 2) != DATUM_NULL,
        .at_current = query_kind(query, 3) != DATUM_NULL,
    };
}

struct result address_changes(struct store *store, struct arena *arena, int64_t now,
                              struct account_id account, struct address_change_list *ret)
{
    struct rows rows;

    TRY(rows_read(store, arena,
                  "SELECT address, until, new_at, current_at FROM address_change"
                  " WHERE account = $1 AND until > $2 AND (new_at IS NULL OR current_at IS NULL)"
                  " ORDER BY id DESC",
                  PARAMS(datum_int(account.n), datum_int(now)), take_change,
                  sizeof(struct address_change), &rows));
    *ret = (struct address_change_list){ rows.at, rows.count };
    return OK;
}

struct change {
    struct account_id account;
    struct str address;
    bool at_new;
    bool at_current;
};

static struct result load_change(struct store *store, struct arena *arena, int64_t id,
                                 struct change *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct change change = { 0 };

    TRY(query_begin(store,
                    "SELECT account, address, new_at, current_at FROM address_change WHERE id = $1",
                    PARAMS(datum_int(id)), &query));
    if (query_next(&query)) {
        change.account.n = query_int(&query, 0);
        change.address = str_copy(arena, query_text(&query, 1));
        change.at_new = query_kind(&query, 2) != DATUM_NULL;
        change.at_current = query_kind(&query, 3) != DATUM_NULL;
    }
    TRY(query_end(&query));
    if (change.account.n == 0)
        return fail(&ACCOUNT_LINK);
    *ret = change;
    return OK;
}

struct result address_of_change(struct store *store, struct arena *arena, int64_t id,
                                struct str *ret)
{
    struct change change;

    TRY(load_change(store, arena, id, &change));
    *ret = change.address;
    return OK;
}

/* Both ends have confirmed it. */
static struct result add_address(struct store *store, struct arena *arena, const struct act *act,
                                 const struct change *change)
{
    struct account other;
    struct result found = account_by_address(store, arena, change->address, &other);

    if (!failed(found))
        return fail(&ACCOUNT_ADDRESS_TAKEN);
    if (found.error != &ACCOUNT_UNKNOWN)
        return found;
    TRY(store_run(store,
                  "INSERT INTO account_address (account, address, folded, main, confirmed_at)"
                  " VALUES ($1, $2, $3, 0, $4)",
                  PARAMS(datum_int(change->account.n), datum_text(change->address),
                         datum_text(address_folded(arena, change->address)), datum_int(act->now))));
    return account_letter_all(store, arena, act, change->account, "address-added",
                              with_address(arena, change->address));
}

struct result address_confirm(struct store *store, struct arena *arena, const struct act *act,
                              struct str token, bool *ret_done)
{
    struct link link;
    struct change change;
    struct account account;
    bool done;

    TRY(link_look(store, arena, act->now, token, STR_NONE, &link));
    if (link.purpose != LINK_ADDRESS_NEW && link.purpose != LINK_ADDRESS_CURRENT)
        return fail(&ACCOUNT_LINK);
    TRY(link_use(store, arena, act->now, token, STR_NONE, link.purpose, &link));
    TRY(load_change(store, arena, link.subject, &change));
    TRY(account_load(store, arena, change.account, &account));
    TRY(account_is_usable(&account));
    if (link.purpose == LINK_ADDRESS_NEW)
        TRY(store_run(store, "UPDATE address_change SET new_at = $2 WHERE id = $1",
                      PARAMS(datum_int(link.subject), datum_int(act->now))));
    else
        TRY(store_run(store, "UPDATE address_change SET current_at = $2 WHERE id = $1",
                      PARAMS(datum_int(link.subject), datum_int(act->now))));
    done = link.purpose == LINK_ADDRESS_NEW ? change.at_current : change.at_new;
    if (done)
        TRY(add_address(store, arena, act, &change));
    TRY(account_entry(store, arena, act, done ? "address-added" : "address-confirmed",
                      change.account, with_address(arena, change.address)));
    *ret_done = done;
    return OK;
}

/* One that the account has now. */
static struct result find_address(struct store *store, struct arena *arena,
                                  struct account_id account, int64_t id,
                                  struct account_address *ret)
{
    struct address_list list;

    TRY(account_addresses(store, arena, account, &list));
    for (size_t i = 0; i < list.count; i++) {
        if (list.at[i].id == id) {
            *ret = list.at[i];
            return OK;
        }
    }
    return fail(&ACCOUNT_ADDRESS_UNKNOWN);
}

struct result address_make_primary(struct store *store, struct arena *arena, const struct act *act,
                                   struct account_id account, int64_t id)
{
    struct account_address address;

    TRY(find_address(store, arena, account, id, &address));
    if (address.primary)
        return fail(&ACCOUNT_HAS_ADDRESS);
    TRY(store_run(store, "UPDATE account_address SET main = 0 WHERE account = $1 AND main = 1",
                  PARAMS(datum_int(account.n))));
    TRY(store_run(store, "UPDATE account_address SET main = 1 WHERE id = $1",
                  PARAMS(datum_int(id))));
    TRY(account_letter_all(store, arena, act, account, "address-primary",
                           with_address(arena, address.address)));
    return account_entry(store, arena, act, "address-made-primary", account,
                         with_address(arena, address.address));
}

struct result address_remove(struct store *store, struct arena *arena, const struct act *act,
                             struct account_id account, int64_t id)
{
    struct account_address address;

    TRY(find_address(store, arena, account, id, &address));
    if (address.primary)
        return fail(&ACCOUNT_LAST_ADDRESS);
    TRY(account_letter_all(store, arena, act, account, "address-removed",
                           with_address(arena, address.address)));
    TRY(store_run(store, "UPDATE account_address SET removed_at = $2 WHERE id = $1",
                  PARAMS(datum_int(id), datum_int(act->now))));
    return account_entry(store, arena, act, "address-removed", account,
                         with_address(arena, address.address));
}
