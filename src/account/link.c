#include "account/link.h"

#include "account/token.h"

#define PATH "/account/link/"

/* To add a purpose, add it to enum link_purpose and its row here. */
static const struct {
    const char *word;
    int64_t lasts;
} purposes[LINK_PURPOSES] = {
    [LINK_SIGN_UP] = { "sign-up", DAYS },
    [LINK_SIGN_IN] = { "sign-in", 15 * MINUTES },
    [LINK_SECOND_STEP] = { "second-step", 10 * MINUTES },
    [LINK_ADDRESS_NEW] = { "address-new", DAYS },
    [LINK_ADDRESS_CURRENT] = { "address-current", DAYS },
    [LINK_CLAIM] = { "claim", 14 * DAYS },
    [LINK_RECOVERY_ASK] = { "recovery-ask", DAYS },
    [LINK_RECOVERY_CANCEL] = { "recovery-cancel", 7 * DAYS },
    [LINK_RECOVERY] = { "recovery", 14 * DAYS },
};

static bool purpose_parse(struct str word, enum link_purpose *ret)
{
    for (size_t i = 0; i < ARRAY_LEN(purposes); i++) {
        if (str_eq_c(word, purposes[i].word)) {
            *ret = (enum link_purpose)i;
            return true;
        }
    }
    return false;
}

int64_t link_lasts(enum link_purpose purpose)
{
    return purposes[purpose].lasts;
}

struct str link_path(struct arena *arena, struct str token)
{
    return str_format(arena, PATH "%.*s", STR_ARG(token));
}

static struct datum id_or_null(int64_t id)
{
    return id ? datum_int(id) : datum_null();
}

struct result link_make(struct store *store, struct arena *arena, int64_t now,
                        const struct link_wish *wish, struct str *ret_token)
{
    struct str token = token_new(arena, STR(""));
    struct sha256_digest digest = token_digest(token);
    struct sha256_digest browser = token_digest(wish->browser);
    int64_t from = wish->from ? wish->from : now;
    int64_t until = wish->until ? wish->until : from + purposes[wish->purpose].lasts;

    TRY(store_run(store,
                  "INSERT INTO account_link (digest, purpose, address, account, person, subject,"
                  " browser, method, from_at, until)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                  PARAMS(datum_bytes(digest_bytes(&digest)),
                         datum_text(str_from_c(purposes[wish->purpose].word)),
                         datum_text(wish->address), id_or_null(wish->account.n),
                         id_or_null(wish->person.n), id_or_null(wish->subject),
                         wish->browser.p ? datum_bytes(digest_bytes(&browser)) : datum_null(),
                         datum_text(wish->method), datum_int(from), datum_int(until))));
    *ret_token = token;
    return OK;
}

/* Whether the secret of a browser is that of the row, which may have none. */
static bool browser_fits(const struct query *query, size_t column, struct str browser)
{
    struct sha256_digest digest;

    if (query_kind(query, column) == DATUM_NULL)
        return true;
    digest = token_digest(browser);
    return browser.p && str_eq(query_bytes(query, column), digest_bytes(&digest));
}

static const struct error *read_link(const struct query *query, struct arena *arena, int64_t now,
                                     struct str browser, struct link *ret)
{
    struct link link = {
        .address = str_copy(arena, query_text(query, 1)),
        .account = { query_int_or(query, 2, 0) },
        .person = { query_int_or(query, 3, 0) },
        .subject = query_int_or(query, 4, 0),
        .method = str_copy(arena, query_text(query, 6)),
        .from = query_int(query, 7),
        .until = query_int(query, 8),
    };

    if (!purpose_parse(query_text(query, 0), &link.purpose) || query_kind(query, 9) != DATUM_NULL ||
        now >= link.until)
        return &ACCOUNT_LINK;
    if (!browser_fits(query, 5, browser))
        return &ACCOUNT_LINK_BROWSER;
    if (now < link.from)
        return &ACCOUNT_LINK_EARLY;
    *ret = link;
    return NULL;
}

struct result link_look(struct store *store, struct arena *arena, int64_t now, struct str token,
                        struct str browser, struct link *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct sha256_digest digest = token_digest(token);
    const struct error *error = &ACCOUNT_LINK;
    struct link link = { 0 };

    if (!token_is_formed(token, STR("")))
        return fail(&ACCOUNT_LINK);
    TRY(query_begin(store,
                    "SELECT purpose, address, account, person, subject, browser, method, from_at,"
                    " until, used_at FROM account_link WHERE digest = $1",
                    PARAMS(datum_bytes(digest_bytes(&digest))), &query));
    if (query_next(&query))
        error = read_link(&query, arena, now, browser, &link);
    TRY(query_end(&query));
    if (error)
        return fail(error);
    *ret = link;
    return OK;
}

struct result link_peek(struct store *store, struct arena *arena, int64_t now, struct str token,
                        struct str browser, enum link_purpose purpose, struct link *ret)
{
    struct link link;

    TRY(link_look(store, arena, now, token, browser, &link));
    if (link.purpose != purpose)
        return fail(&ACCOUNT_LINK);
    *ret = link;
    return OK;
}

struct result link_use(struct store *store, struct arena *arena, int64_t now, struct str token,
                       struct str browser, enum link_purpose purpose, struct link *ret)
{
    struct sha256_digest digest = token_digest(token);
    struct link link;

    TRY(link_peek(store, arena, now, token, browser, purpose, &link));
    TRY(store_run(store, "UPDATE account_link SET used_at = $2 WHERE digest = $1",
                  PARAMS(datum_bytes(digest_bytes(&digest)), datum_int(now))));
    *ret = link;
    return OK;
}

struct result links_drop(struct store *store, int64_t now, struct account_id account)
{
    return store_run(store,
                     "UPDATE account_link SET used_at = $2 WHERE account = $1 AND used_at IS NULL",
                     PARAMS(datum_int(account.n), datum_int(now)));
}

struct result links_drop_subject(struct store *store, int64_t now, enum link_purpose purpose,
                                 int64_t subject)
{
    return store_run(
        store,
        "UPDATE account_link SET used_at = $3"
        " WHERE purpose = $1 AND subject = $2 AND used_at IS NULL",
        PARAMS(datum_text(str_from_c(purposes[purpose].word)), datum_int(subject), datum_int(now)));
}

struct result links_drop_person(struct store *store, int64_t now, struct person_id person)
{
    return store_run(store,
                     "UPDATE account_link SET used_at = $2 WHERE person = $1 AND used_at IS NULL",
                     PARAMS(datum_int(person.n), datum_int(now)));
}
