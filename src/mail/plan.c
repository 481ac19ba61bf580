/* Which mail each letter leaves with. */
#include "jobs/daily.h"
#include "mail/parts.h"
#include "store/rows.h"

struct unplanned {
    int64_t id;
    struct str address;
    bool digest;
    int64_t added;
};

static void take_unplanned(const struct query *query, struct arena *arena, void *ret)
{
    *(struct unplanned *)ret = (struct unplanned){
        .id = query_int(query, 0),
        .address = str_copy(arena, query_text(query, 1)),
        .digest = str_eq_c(query_text(query, 2), "digest"),
        .added = query_int(query, 3),
    };
}

/* One that is no digest is due now, also where the clock was set back since it was asked for. */
static struct result add_mail(const struct job_call *call, struct str address, bool digest,
                              int64_t leave_at, int64_t *ret)
{
    return store_insert(call->store,
                        "INSERT INTO mail (address, digest, state, leave_at, next_at, attempts)"
                        " VALUES ($1, $2, 'waiting', $3, $4, 0) RETURNING id",
                        PARAMS(datum_text(address), datum_int(digest), datum_int(leave_at),
                               datum_int(digest ? leave_at : call->act.now)),
                        ret);
}

/* The digest to that address that has yet to leave; one that was tried may have arrived, and is
   left as it is. 0: there is none. */
static struct result find_digest(const struct job_call *call, struct str address, int64_t *ret)
{
    CLEANUP(query_release) struct query query = { 0 };

    *ret = 0;
    TRY(query_begin(call->store,
                    "SELECT id FROM mail WHERE state = 'waiting' AND digest = 1 AND attempts = 0"
                    " AND address = $1 AND leave_at > $2",
                    PARAMS(datum_text(address), datum_int(call->act.now)), &query));
    if (query_next(&query))
        *ret = query_int(&query, 0);
    return query_end(&query);
}

static struct result plan(const struct job_call *call, const struct unplanned *letter)
{
    const struct mail *mail = call->context;
    int64_t id = 0;

    if (letter->digest)
        TRY(find_digest(call, letter->address, &id));
    if (id == 0)
        TRY(add_mail(call, letter->address, letter->digest,
                     letter->digest ? daily_after(call->act.now, mail->settings.digest_hour)
                                    : letter->added,
                     &id));
    return store_run(call->store, "UPDATE outbox SET mail = $2 WHERE id = $1",
                     PARAMS(datum_int(letter->id), datum_int(id)));
}

struct result mail_plan(const struct job_call *call, int64_t from, int64_t to)
{
    const struct unplanned *letters;
    struct rows rows;

    (void)from;
    (void)to;
    TRY(rows_read(call->store, call->arena,
                  "SELECT id, address, urgency, added_at FROM outbox WHERE mail IS NULL"
                  " ORDER BY id",
                  NO_PARAMS, take_unplanned, sizeof(struct unplanned), &rows));
    letters = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        TRY(plan(call, &letters[i]));
    return OK;
}
