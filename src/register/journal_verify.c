#include <string.h>

#include "register/journal.h"
#include "register/journal_entry.h"
#include "store/installation.h"

#define PAGE 500 /* entries that are read at once */

struct verification {
    int64_t position;           /* of the last entry that was read, 0: none */
    struct sha256_digest chain; /* of it, or the root */
    struct journal_heads kept;
    bool *met; /* of each head: whether an entry with its chain stood where it should */
    struct journal_report report;
};

const char *journal_fault_text(enum journal_fault_kind kind)
{
    static const char *const texts[] = {
        [JOURNAL_CHANGED] = "an entry was changed, or put in",
        [JOURNAL_MISSING] = "entries are missing",
        [JOURNAL_PAYLOAD_CHANGED] = "a payload was changed",
        [JOURNAL_CUT] = "the journal ends before the head that was kept",
        [JOURNAL_REMADE] = "the entry is not the one of the head that was kept",
    };

    return texts[kind];
}

const char *journal_fault_word(enum journal_fault_kind kind)
{
    static const char *const words[] = {
        [JOURNAL_CHANGED] = "changed",
        [JOURNAL_MISSING] = "missing",
        [JOURNAL_PAYLOAD_CHANGED] = "payload-changed",
        [JOURNAL_CUT] = "cut",
        [JOURNAL_REMADE] = "remade",
    };

    return words[kind];
}

/* Counts a fault; the first ones are told. */
static void note(struct verification *verification, enum journal_fault_kind kind, int64_t position)
{
    struct journal_report *report = &verification->report;

    if (report->faults < JOURNAL_FAULTS_TOLD)
        report->told[report->faults] = (struct journal_fault){ kind, position };
    if (report->faults++ == 0) {
        report->first_fault = position;
        report->kind = kind;
    }
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
        verification->report.erased++;
    else if (!equal(journal_digest(salt, query_bytes(query, 11)), entry->digest))
        note(verification, JOURNAL_PAYLOAD_CHANGED, entry->position);
}

/* Holds what stands at a position, 0 for the root, against the heads that were kept. */
static void compare_heads(struct verification *verification, int64_t position)
{
    for (size_t i = 0; i < verification->kept.count; i++) {
        const struct journal_head *head = &verification->kept.at[i];
        bool same = equal(head->chain, verification->chain);

        if (same && (head->position == position || head->position == JOURNAL_ANYWHERE))
            verification->met[i] = true;
        else if (head->position == position)
            note(verification, JOURNAL_REMADE, position);
    }
}

/* What was kept of entries that have not come. */
static void finish_heads(struct verification *verification)
{
    for (size_t i = 0; i < verification->kept.count; i++) {
        const struct journal_head *head = &verification->kept.at[i];

        if (head->position > verification->position ||
            (head->position == JOURNAL_ANYWHERE && !verification->met[i]))
            note(verification, JOURNAL_CUT, head->position > 0 ? head->position : 0);
    }
}

static void verify_entry(struct verification *verification, const struct query *query)
{
    struct journal_entry entry = entry_from(query);

    /* After a gap there is nothing to compare with. */
    if (entry.position != verification->position + 1)
        note(verification, JOURNAL_MISSING, verification->position + 1);
    else if (!equal(journal_chain(verification->chain, &entry), entry.chain))
        note(verification, JOURNAL_CHANGED, entry.position);
    verify_payload(verification, &entry, query);
    verification->position = entry.position;
    verification->chain = entry.chain;
    verification->report.entries++;
    compare_heads(verification, entry.position);
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
                    PARAMS(datum_int(verification->position), datum_int(PAGE)), &query));
    for (; query_next(&query); count++)
        verify_entry(verification, &query);
    TRY(query_end(&query));
    *ret_count = count;
    return OK;
}

static struct result count_entries(struct store *store, int64_t *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t count = 0;

    TRY(query_begin(store, "SELECT count(*) FROM journal", NO_PARAMS, &query));
    if (query_next(&query))
        count = query_int(&query, 0);
    TRY(query_end(&query));
    *ret = count;
    return OK;
}

struct result journal_verify(struct store *store, struct arena *arena, struct journal_heads kept,
                             void (*progress)(void *context, int64_t done, int64_t all),
                             void *context, struct journal_report *ret)
{
    struct verification verification = { .kept = kept };
    char id[INSTALLATION_ID_SIZE];
    char hex[SHA256_HEX_SIZE];
    int64_t count;
    int64_t all;

    TRY(installation_id(store, id));
    TRY(count_entries(store, &all));
    verification.chain = journal_root(str_from_c(id));
    verification.met = ARENA_ARRAY(arena, kept.count, bool);
    compare_heads(&verification, 0);
    do {
        TRY(verify_page(store, &verification, &count));
        if (progress)
            progress(context, verification.report.entries, all);
    } while (count == PAGE);
    finish_heads(&verification);
    verification.report.position = verification.position;
    verification.report.head = str_copy(arena, str_from_c(sha256_hex(verification.chain, hex)));
    *ret = verification.report;
    return OK;
}
