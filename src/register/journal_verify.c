#include <string.h>

#include "register/journal.h"
#include "store/installation.h"

#define PAGE 500 /* entries that are read at once */

struct verification {
    void (*tell)(void *context, const struct journal_fault *fault);
    void *context;
    struct journal_summary summary; /* of what has been read so far */
};

static void tell(struct verification *verification, enum journal_fault_kind kind, int64_t position,
                 int64_t last)
{
    const struct journal_fault fault = { kind, position, last };

    verification->summary.faults++;
    verification->tell(verification->context, &fault);
}

static bool equal(struct sha256_digest a, struct sha256_digest b)
{
    return memcmp(a.bytes, b.bytes, sizeof(a.bytes)) == 0;
}

static struct sha256_digest digest_from(struct str bytes)
{
    struct sha256_digest digest = { { 0 } };

    if (bytes.n == sizeof(digest.bytes))
        memcpy(digest.bytes, bytes.p, sizeof(digest.bytes));
    return digest;
}

/* The row of an entry, in the order of the query below. */
static struct journal_entry entry_from(const struct query *query)
{
    return (struct journal_entry){
        .position = query_int(query, 0),
        .at = query_int(query, 1),
        .operation = query_text(query, 2),
        .subject = { query_text(query, 3), query_int_or(query, 4, 0) },
        .actor = { query_text(query, 5), query_int_or(query, 6, 0) },
        .authority = query_text(query, 7),
        .digest = digest_from(query_bytes(query, 8)),
        .chain = digest_from(query_bytes(query, 9)),
    };
}

static void verify_payload(struct verification *verification, const struct journal_entry *entry,
                           const struct query *query)
{
    struct str salt = query_bytes(query, 10);

    if (!salt.p)
        verification->summary.erased++;
    else if (!equal(journal_digest(salt, query_bytes(query, 11)), entry->digest))
        tell(verification, JOURNAL_PAYLOAD_CHANGED, entry->position, entry->position);
}

static void verify_entry(struct verification *verification, const struct query *query)
{
    struct journal_summary *summary = &verification->summary;
    struct journal_entry entry = entry_from(query);

    /* After a gap there is nothing to compare with. */
    if (entry.position != summary->position + 1)
        tell(verification, JOURNAL_MISSING, summary->position + 1, entry.position - 1);
    else if (!equal(journal_chain(summary->chain, &entry), entry.chain))
        tell(verification, JOURNAL_CHANGED, entry.position, entry.position);
    verify_payload(verification, &entry, query);
    summary->position = entry.position;
    summary->chain = entry.chain;
}

/* The entries after those that have been seen; *ret_count is how many there were. */
static struct result verify_page(struct store *store, struct verification *verification,
                                 int64_t *ret_count)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t count = 0;

    TRY(query_begin(store,
                    "SELECT j.position, j.at, j.operation, j.subject_kind, j.subject_id,"
                    " j.actor_kind, j.actor_id, j.authority, j.digest, j.chain, p.salt, p.payload"
                    " FROM journal AS j"
                    " LEFT JOIN journal_payload AS p ON p.position = j.position"
                    " WHERE j.position > $1 ORDER BY j.position LIMIT $2",
                    PARAMS(datum_int(verification->summary.position), datum_int(PAGE)), &query));
    for (; query_next(&query); count++)
        verify_entry(verification, &query);
    TRY(query_end(&query));
    *ret_count = count;
    return OK;
}

struct result journal_verify(struct store *store,
                             void (*tell_fault)(void *context, const struct journal_fault *fault),
                             void *context, struct journal_summary *ret)
{
    struct verification verification = { .tell = tell_fault, .context = context };
    char id[INSTALLATION_ID_SIZE];
    int64_t count;

    TRY(installation_id(store, id));
    verification.summary.chain = journal_root(str_from_c(id));
    do {
        TRY(verify_page(store, &verification, &count));
    } while (count == PAGE);
    *ret = verification.summary;
    return OK;
}
