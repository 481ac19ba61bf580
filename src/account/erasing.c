#include "account/erasing.h"

#include "account/error.h"
#include "base/attr.h"
#include "register/erase.h"
#include "register/journal.h"

const struct error ERASING_HOLDS = { "holds-roles", 409, EXIT_NO,
                                     "a role is held: it has to be given back or ended first" };

#define THEIRS "(SELECT id FROM account WHERE person = $1)"

/* What accounts keep of a person, $1, beside the journal. Rows stay where others point at them. */
static const char *const of_accounts[] = {
    "DELETE FROM account_link WHERE person = $1 OR account IN " THEIRS,
    "DELETE FROM address_change WHERE account IN " THEIRS,
    "DELETE FROM account_browser WHERE account IN " THEIRS,
    "UPDATE account_address SET address = '', folded = '' WHERE account IN " THEIRS,
    "UPDATE session SET agent = '', network = '' WHERE account IN " THEIRS,
    "UPDATE recovery SET known_as = '', address = '', statement = '' WHERE account IN " THEIRS,
    "UPDATE claim SET name = '', statement = '' WHERE person = $1 OR account IN " THEIRS,
    "UPDATE api_token SET name = '' WHERE person = $1",
};

#define PAYLOADS                                                                                   \
    "SELECT j.position FROM journal AS j JOIN journal_payload AS p ON p.position = j.position"     \
    " WHERE j.subject_kind = 'account' AND j.subject_id IN " THEIRS                                \
    " ORDER BY j.position LIMIT $2"

static struct result must_hold_nothing(struct store *store, struct arena *arena,
                                       const struct act *act, const struct person_group *group)
{
    struct appointment_list roles;

    for (size_t i = 0; i < group->count; i++) {
        TRY(roles_on(store, arena, group->at[i], act_day(act), &roles));
        if (roles.count > 0)
            return fail(&ERASING_HOLDS);
    }
    return OK;
}

/* Those of at most ERASE_PIECE entries of the journal; how many. */
static struct result erase_payloads(struct store *store, struct person_id person, size_t *ret_count)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t positions[ERASE_PIECE];
    size_t count = 0;

    TRY(query_begin(store, PAYLOADS, PARAMS(datum_int(person.n), datum_int(ERASE_PIECE)), &query));
    while (query_next(&query) && count < ERASE_PIECE)
        positions[count++] = query_int(&query, 0);
    TRY(query_end(&query));
    for (size_t i = 0; i < count; i++)
        TRY(journal_erase_payload(store, positions[i]));
    *ret_count = count;
    return OK;
}

static struct result close_if_open(struct store *store, struct arena *arena, const struct act *act,
                                   struct person_id person)
{
    struct account account;
    struct result found = account_of_person(store, arena, person, &account);

    if (found.error == &ACCOUNT_UNKNOWN)
        return OK;
    TRY(found);
    return account_close(store, arena, act, account.id);
}

/* Once their journal is empty but for the last few entries. */
static struct result erase_account(struct store *store, struct arena *arena, const struct act *act,
                                   struct person_id person)
{
    size_t count;

    TRY(close_if_open(store, arena, act, person));
    for (size_t i = 0; i < ARRAY_LEN(of_accounts); i++)
        TRY(store_run(store, of_accounts[i], PARAMS(datum_int(person.n))));
    return erase_payloads(store, person, &count);
}

struct result record_erase(struct store *store, struct arena *arena, const struct act *act,
                           struct person_id person, int64_t *ret_left)
{
    struct person_group group;
    int64_t left;
    size_t count;

    TRY(person_group(store, person, POSITION_NOW, &group));
    TRY(must_hold_nothing(store, arena, act, &group));
    TRY(person_erase(store, arena, act, person, &left));
    for (size_t i = 0; i < group.count; i++) {
        TRY(erase_payloads(store, group.at[i], &count));
        if (count == ERASE_PIECE)
            left += ERASE_PIECE; /* at most that many more, or none */
    }
    for (size_t i = 0; left == 0 && i < group.count; i++)
        TRY(erase_account(store, arena, act, group.at[i]));
    *ret_left = left;
    return OK;
}
