#include "register/journal.h"

#include <string.h>

#include "hash/random.h"
#include "register/journal_entry.h"
#include "store/installation.h"

#define SALT_SIZE 32
#define PAYLOAD_MAX ((size_t)1 << 20) /* bytes */

static const char *const actor_kinds[] = {
    [ACTOR_SYSTEM] = "system",
    [ACTOR_COMMAND] = "command",
    [ACTOR_PERSON] = "person",
    [ACTOR_TOKEN] = "token",
};

const char *actor_kind_word(enum actor_kind kind)
{
    return actor_kinds[kind];
}

static struct str bytes_of(const struct sha256_digest *digest)
{
    return (struct str){ (const char *)digest->bytes, sizeof(digest->bytes) };
}

/* ---- hashes ---- */

/* Eight bytes, the highest first. */
static void add_integer(struct sha256 *hash, int64_t integer)
{
    char bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (char)((uint64_t)integer >> (56 - 8 * i));
    sha256_add(hash, (struct str){ bytes, sizeof(bytes) });
}

/* The length goes first, so that two texts in a row are never taken for two others. */
static void add_text(struct sha256 *hash, struct str text)
{
    add_integer(hash, (int64_t)text.n);
    sha256_add(hash, text);
}

static void add_ref(struct sha256 *hash, struct journal_ref ref)
{
    sha256_add(hash, ref.kind.p ? STR("\1") : STR("\0"));
    if (ref.kind.p) {
        add_text(hash, ref.kind);
        add_integer(hash, ref.id);
    }
}

struct sha256_digest journal_root(struct str installation)
{
    CLEANUP(sha256_release) struct sha256 hash;

    sha256_init(&hash);
    add_text(&hash, STR("assay journal 1"));
    add_text(&hash, installation);
    return sha256_end(&hash);
}

struct sha256_digest journal_digest(struct str salt, struct str payload)
{
    CLEANUP(sha256_release) struct sha256 hash;

    sha256_init(&hash);
    add_text(&hash, salt);
    sha256_add(&hash, payload);
    return sha256_end(&hash);
}

struct sha256_digest journal_chain(struct sha256_digest before, const struct journal_entry *entry)
{
    CLEANUP(sha256_release) struct sha256 hash;

    sha256_init(&hash);
    sha256_add(&hash, bytes_of(&before));
    add_integer(&hash, entry->position);
    add_integer(&hash, entry->at);
    add_text(&hash, entry->operation);
    add_ref(&hash, entry->subject);
    add_ref(&hash, entry->actor);
    add_text(&hash, entry->authority);
    sha256_add(&hash, bytes_of(&entry->digest));
    return sha256_end(&hash);
}

/* ---- rows ---- */

/* A digest from its column; one of another length cannot be right, and is all zeros. */
static struct sha256_digest digest_from(const struct query *query, size_t column)
{
    struct str bytes = query_bytes(query, column);
    struct sha256_digest digest = { { 0 } };

    if (bytes.n == sizeof(digest.bytes))
        memcpy(digest.bytes, bytes.p, sizeof(digest.bytes));
    return digest;
}

static struct result root_of(struct store *store, struct sha256_digest *ret)
{
    char id[INSTALLATION_ID_SIZE];

    TRY(installation_id(store, id));
    BUG_IF(!id[0]);
    *ret = journal_root(str_from_c(id));
    return OK;
}

/* The entry that stands last: of it position, instant and chain. Position 0: the root. */
static struct result last_entry(struct store *store, struct journal_entry *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct journal_entry last = { .at = INT64_MIN };
    bool found;

    TRY(query_begin(store, "SELECT position, at, chain FROM journal ORDER BY position DESC LIMIT 1",
                    NO_PARAMS, &query));
    found = query_next(&query);
    if (found) {
        last.position = query_int(&query, 0);
        last.at = query_int(&query, 1);
        last.chain = digest_from(&query, 2);
    }
    TRY(query_end(&query));
    if (!found)
        TRY(root_of(store, &last.chain));
    *ret = last;
    return OK;
}

static struct datum id_of(struct journal_ref ref)
{
    return ref.kind.p ? datum_int(ref.id) : datum_null();
}

static struct result insert(struct store *store, const struct journal_entry *entry, struct str salt,
                            struct str payload)
{
    TRY(store_run(store,
                  "INSERT INTO journal (position, at, operation, subject_kind, subject_id,"
                  " actor_kind, actor_id, authority, digest, chain)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                  PARAMS(datum_int(entry->position), datum_int(entry->at),
                         datum_text(entry->operation), datum_text(entry->subject.kind),
                         id_of(entry->subject), datum_text(entry->actor.kind), id_of(entry->actor),
                         datum_text(entry->authority), datum_bytes(bytes_of(&entry->digest)),
                         datum_bytes(bytes_of(&entry->chain)))));
    return store_run(store,
                     "INSERT INTO journal_payload (position, salt, payload) VALUES ($1, $2, $3)",
                     PARAMS(datum_int(entry->position), datum_bytes(salt), datum_bytes(payload)));
}

/* Where the clock has gone back, the instant is that of the entry before. */
static struct result append(struct store *store, struct journal_entry *entry, struct str payload)
{
    struct journal_entry last;
    char random[SALT_SIZE];
    struct str salt = { random, sizeof(random) };

    TRY(last_entry(store, &last));
    random_bytes(random, sizeof(random));
    entry->position = last.position + 1;
    entry->at = entry->at > last.at ? entry->at : last.at;
    entry->digest = journal_digest(salt, payload);
    entry->chain = journal_chain(last.chain, entry);
    return insert(store, entry, salt, payload);
}

struct result journal_append(struct store *store, struct arena *arena, const struct act *act,
                             const char *operation, struct journal_subject subject,
                             const struct value *payload, int64_t *ret_position)
{
    struct journal_entry entry = {
        .at = act->now,
        .operation = str_from_c(operation),
        .subject = { str_from_c(subject.kind), subject.id },
        .actor = { str_from_c(actor_kinds[act->actor]), act->actor_id },
        .authority = act->authority,
    };
    struct buf json;
    bool overflow;
    struct str bytes;

    buf_init(&json, PAYLOAD_MAX);
    if (payload)
        value_write_json(payload, JSON_CANONICAL, &json);
    else
        buf_add_c(&json, "{}");
    overflow = json.overflow;
    bytes = buf_take(&json, arena);
    if (overflow)
        return fail(&ERROR_LIMIT);
    TRY(append(store, &entry, bytes));
    if (ret_position)
        *ret_position = entry.position;
    return OK;
}

struct result journal_end(struct store *store, struct journal_head *ret)
{
    struct journal_entry last;

    TRY(last_entry(store, &last));
    *ret = (struct journal_head){ last.position, last.chain };
    return OK;
}

struct result journal_erase_payload(struct store *store, int64_t position)
{
    return store_run(store, "DELETE FROM journal_payload WHERE position = $1",
                     PARAMS(datum_int(position)));
}

struct result journal_position_before(struct store *store, int64_t at, int64_t *ret_position)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t position = 0;

    TRY(query_begin(store,
                    "SELECT position FROM journal WHERE at < $1"
                    " ORDER BY at DESC, position DESC LIMIT 1",
                    PARAMS(datum_int(at)), &query));
    if (query_next(&query))
        position = query_int(&query, 0);
    TRY(query_end(&query));
    *ret_position = position;
    return OK;
}
