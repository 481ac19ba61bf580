#include "register/journal_read.h"

#include <string.h>

#define COLUMNS                                                                                    \
    "SELECT j.position, j.at, j.operation, j.subject_kind, j.subject_id, j.actor_kind,"            \
    " j.actor_id, j.authority, j.digest, j.chain, p.payload"                                       \
    " FROM journal AS j LEFT JOIN journal_payload AS p ON p.position = j.position"

/* What has not been asked for is NULL, and the casts say of what type. */
#define REST                                                                                       \
    " AND (CAST($4 AS TEXT) IS NULL OR j.operation = $4)"                                          \
    " AND (CAST($5 AS TEXT) IS NULL OR j.subject_kind = $5)"                                       \
    " AND (CAST($6 AS BIGINT) IS NULL OR j.subject_id = $6)"                                       \
    " AND (CAST($7 AS TEXT) IS NULL OR j.actor_kind = $7)"                                         \
    " AND (CAST($8 AS BIGINT) IS NULL OR j.actor_id = $8)"                                         \
    " ORDER BY j.position LIMIT $3"

/* One statement for each index that may serve. */
static const char by_position[] = COLUMNS " WHERE j.position > $1 AND j.position <= $2" REST;
static const char by_subject[] = COLUMNS " WHERE j.subject_kind = $5 AND j.subject_id = $6"
                                         " AND j.position > $1 AND j.position <= $2" REST;
static const char by_actor[] = COLUMNS " WHERE j.actor_kind = $7 AND j.actor_id = $8"
                                       " AND j.position > $1 AND j.position <= $2" REST;

static bool is_one(struct journal_sought sought)
{
    return sought.kind.p && !sought.any_id;
}

static struct datum id_of(struct journal_sought sought)
{
    return is_one(sought) ? datum_int(sought.id) : datum_null();
}

static struct sha256_digest digest_from(struct str bytes)
{
    struct sha256_digest digest = { { 0 } };

    if (bytes.n == sizeof(digest.bytes))
        memcpy(digest.bytes, bytes.p, sizeof(digest.bytes));
    return digest;
}

static struct journal_line line_from(struct arena *arena, const struct query *query)
{
    return (struct journal_line){
        .entry = {
            .position = query_int(query, 0),
            .at = query_int(query, 1),
            .operation = str_copy(arena, query_text(query, 2)),
            .subject = { str_copy(arena, query_text(query, 3)), query_int_or(query, 4, 0) },
            .actor = { str_copy(arena, query_text(query, 5)), query_int_or(query, 6, 0) },
            .authority = str_copy(arena, query_text(query, 7)),
            .digest = digest_from(query_bytes(query, 8)),
            .chain = digest_from(query_bytes(query, 9)),
        },
        .payload = str_copy(arena, query_bytes(query, 10)),
    };
}

struct result journal_read(struct store *store, struct arena *arena,
                           const struct journal_filter *filter, size_t max,
                           struct journal_line **ret, size_t *ret_count)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct journal_line *lines = ARENA_ARRAY(arena, max, struct journal_line);
    const char *sql = is_one(filter->subject) ? by_subject
                      : is_one(filter->actor) ? by_actor
                                              : by_position;
    size_t count = 0;

    BUG_IF(max > JOURNAL_PAGE_MAX);
    TRY(query_begin(store, sql,
                    PARAMS(datum_int(filter->after), datum_int(filter->upto),
                           datum_int((int64_t)max), datum_text(filter->operation),
                           datum_text(filter->subject.kind), id_of(filter->subject),
                           datum_text(filter->actor.kind), id_of(filter->actor)),
                    &query));
    while (count < max && query_next(&query))
        lines[count++] = line_from(arena, &query);
    TRY(query_end(&query));
    *ret = lines;
    *ret_count = count;
    return OK;
}
