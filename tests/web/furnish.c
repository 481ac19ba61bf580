#include "furnish.h"

#include "account/link.h"
#include "account/token.h"

/* To add something that samples need, add its operation here; ids follow the order. */

static struct result add_link(struct store *store, const struct house *house, const char *token,
                              const char *purpose, int64_t account, int64_t person)
{
    const struct sha256_digest digest = token_digest(str_from_c(token));

    return store_run(store,
                     "INSERT INTO account_link (digest, purpose, address, account, person, from_at,"
                     " until) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                     PARAMS(datum_bytes(digest_bytes(&digest)), datum_text(str_from_c(purpose)),
                            datum_text(STR("new@example.org")),
                            account ? datum_int(account) : datum_null(),
                            person ? datum_int(person) : datum_null(), datum_int(house->site.now),
                            datum_int(house->site.now + DAYS)));
}

static struct result add_links(struct store *store, void *context)
{
    struct house *house = context;
    const struct act act = house_act(house);
    struct person_id person;

    TRY(person_add(store, &house->arena, &act, STR("Sample invited"), &person));
    TRY(add_link(store, house, SAMPLE_SIGN_UP, "sign-up", 0, 0));
    TRY(add_link(store, house, SAMPLE_SIGN_IN, "sign-in", 1, 0));
    TRY(add_link(store, house, SAMPLE_CLAIM, "claim", 0, person.n));
    return add_link(store, house, SAMPLE_RECOVERY_ASK, "recovery-ask", 0, 0);
}

void furnish(struct house *house)
{
    house_perform(house, add_links, house);
}
