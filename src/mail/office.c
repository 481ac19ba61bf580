/* What mail.h has for those who look after it. */
#include "mail/mail.h"
#include "register/journal.h"
#include "json/read.h"

#define PURGE_PIECE 500 /* mails in one transaction */

const struct error MAIL_UNKNOWN = {
    .name = "mail-unknown",
    .http_status = 404,
    .exit_code = EXIT_NO,
    .message = "there is no such mail",
};

const struct error MAIL_LEFT = {
    .name = "mail-left",
    .http_status = 409,
    .exit_code = EXIT_NO,
    .message = "this mail has left, was dropped, or is being sent",
};

/* ---- views ---- */

static struct value *instant_at(struct arena *arena, const struct query *query, size_t column)
{
    char text[INSTANT_SIZE];

    if (query_kind(query, column) == DATUM_NULL)
        return value_null(arena);
    return value_text(arena,
                      str_copy(arena, str_from_c(instant_utc(query_int(query, column), text))));
}

static struct value *text_at(struct arena *arena, const struct query *query, size_t column)
{
    struct str text = query_text(query, column);

    return text.p ? value_text(arena, str_copy(arena, text)) : value_null(arena);
}

#define MAIL_COLUMNS                                                                               \
    "m.id, m.address, m.digest, m.state, m.leave_at, m.next_at, m.attempts, m.answer, m.ended_at"

static struct value *mail_row(struct arena *arena, const struct query *query)
{
    struct value *row = value_object(arena);
    bool waits = str_eq_c(query_text(query, 3), "waiting");

    value_set_int(arena, row, "mail", query_int(query, 0));
    value_set(arena, row, "to", text_at(arena, query, 1));
    value_set_bool(arena, row, "digest", query_int(query, 2) == 1);
    value_set(arena, row, "state", text_at(arena, query, 3));
    value_set(arena, row, "leave_at", instant_at(arena, query, 4));
    value_set(arena, row, "next_at", waits ? instant_at(arena, query, 5) : value_null(arena));
    value_set_int(arena, row, "attempts", query_int(query, 6));
    value_set(arena, row, "answer", text_at(arena, query, 7));
    value_set(arena, row, "ended_at", instant_at(arena, query, 8));
    return row;
}

static struct result add_counts(struct store *store, struct arena *arena, struct value *view)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct value *counts = value_object(arena);

    TRY(query_begin(store, "SELECT state, count(*) FROM mail GROUP BY state ORDER BY state",
                    NO_PARAMS, &query));
    while (query_next(&query))
        value_set_int(arena, counts, str_to_c(arena, query_text(&query, 0)), query_int(&query, 1));
    value_set(arena, view, "counts", counts);
    return query_end(&query);
}

struct result mail_list(struct store *store, struct arena *arena, struct str state, int64_t max,
                        struct value **ret_view)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct value *view = value_object(arena);
    struct value *mails = value_array(arena);

    TRY(add_counts(store, arena, view));
    TRY(query_begin(store,
                    "SELECT " MAIL_COLUMNS ","
                    " (SELECT min(o.template) FROM outbox AS o WHERE o.mail = m.id) FROM mail AS m"
                    " WHERE $1 = '' OR m.state = $1 ORDER BY m.id DESC LIMIT $2",
                    PARAMS(datum_text(state.p ? state : STR("")), datum_int(max)), &query));
    while (query_next(&query)) {
        struct value *row = mail_row(arena, &query);

        value_set(arena, row, "template", text_at(arena, &query, 9));
        value_push(arena, mails, row);
    }
    value_set(arena, view, "mails", mails);
    TRY(query_end(&query));
    *ret_view = view;
    return OK;
}

/* Without the paths of links, which would let in whoever looks over a shoulder. */
static struct value *data_at(struct arena *arena, const struct query *query, size_t column)
{
    const struct json_limits limits = { .bytes = (size_t)1 << 20, .depth = 32 };
    struct str text = query_text(query, column);
    struct value *shown = value_object(arena);
    struct json_fault fault;
    struct value *data;

    if (!text.p || failed(json_read(arena, text, &limits, &fault, &data)) ||
        data->kind != VALUE_OBJECT)
        return value_null(arena);
    for (size_t i = 0; i < data->count; i++) {
        if (!str_eq_c(data->members[i].key, "path"))
            value_set_str(arena, shown, data->members[i].key, data->members[i].value);
    }
    return shown;
}

static struct result add_letters(struct store *store, struct arena *arena, struct mail_id id,
                                 struct value *view)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct value *letters = value_array(arena);

    TRY(query_begin(store,
                    "SELECT template, language, added_at, data FROM outbox WHERE mail = $1"
                    " ORDER BY id",
                    PARAMS(datum_int(id.n)), &query));
    while (query_next(&query)) {
        struct value *row = value_object(arena);

        value_set(arena, row, "template", text_at(arena, &query, 0));
        value_set(arena, row, "language", text_at(arena, &query, 1));
        value_set(arena, row, "added_at", instant_at(arena, &query, 2));
        value_set(arena, row, "data", data_at(arena, &query, 3));
        value_push(arena, letters, row);
    }
    value_set(arena, view, "letters", letters);
    return query_end(&query);
}

struct result mail_show(struct store *store, struct arena *arena, struct mail_id id,
                        struct value **ret_view)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct value *view = NULL;

    TRY(query_begin(store, "SELECT " MAIL_COLUMNS " FROM mail AS m WHERE m.id = $1",
                    PARAMS(datum_int(id.n)), &query));
    if (query_next(&query))
        view = mail_row(arena, &query);
    TRY(query_end(&query));
    if (!view)
        return fail(&MAIL_UNKNOWN);
    TRY(add_letters(store, arena, id, view));
    *ret_view = view;
    return OK;
}

/* ---- operations ---- */

/* MAIL_UNKNOWN; MAIL_LEFT unless it waits or is dead. */
static struct result require_kept(struct store *store, struct mail_id id)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct result result = fail(&MAIL_UNKNOWN);

    TRY(query_begin(store, "SELECT state FROM mail WHERE id = $1", PARAMS(datum_int(id.n)),
                    &query));
    if (query_next(&query)) {
        struct str state = query_text(&query, 0);

        result = str_eq_c(state, "waiting") || str_eq_c(state, "dead") ? OK : fail(&MAIL_LEFT);
    }
    TRY(query_end(&query));
    return result;
}

static struct result entry(struct store *store, struct arena *arena, const struct act *act,
                           const char *operation, struct mail_id id)
{
    return journal_append(store, arena, act, operation, (struct journal_subject){ "mail", id.n },
                          NULL, NULL);
}

struct result mail_retry(struct store *store, struct arena *arena, const struct act *act,
                         struct mail_id id)
{
    TRY(require_kept(store, id));
    TRY(store_run(store,
                  "UPDATE mail SET state = 'waiting', attempts = 0, next_at = $2, ended_at = NULL"
                  " WHERE id = $1",
                  PARAMS(datum_int(id.n), datum_int(act->now))));
    return entry(store, arena, act, "mail-retried", id);
}

struct result mail_drop(struct store *store, struct arena *arena, const struct act *act,
                        struct mail_id id)
{
    TRY(require_kept(store, id));
    TRY(store_run(store, "UPDATE mail SET state = 'dropped', ended_at = $2 WHERE id = $1",
                  PARAMS(datum_int(id.n), datum_int(act->now))));
    TRY(store_run(store, "UPDATE outbox SET data = NULL WHERE mail = $1", PARAMS(datum_int(id.n))));
    return entry(store, arena, act, "mail-dropped", id);
}

struct result mail_retry_dead(struct store *store, struct arena *arena, const struct act *act,
                              int64_t *ret_count)
{
    struct value *payload = value_object(arena);
    int64_t count;

    TRY(store_change(store,
                     "UPDATE mail SET state = 'waiting', attempts = 0, next_at = $1,"
                     " ended_at = NULL WHERE state = 'dead'",
                     PARAMS(datum_int(act->now)), &count));
    value_set_int(arena, payload, "count", count);
    if (count > 0)
        TRY(journal_append(store, arena, act, "dead-mail-retried",
                           (struct journal_subject){ NULL, 0 }, payload, NULL));
    *ret_count = count;
    return OK;
}

/* ---- the timer ---- */

struct result mail_purge(const struct job_call *call, int64_t subject, int64_t due, bool *ret_more)
{
    const struct params before =
        PARAMS(datum_int(call->act.now - MAIL_KEPT), datum_int(PURGE_PIECE));
    int64_t count;

    (void)subject;
    (void)due;
    TRY(store_run(call->store,
                  "DELETE FROM outbox WHERE mail IN (SELECT id FROM mail WHERE ended_at < $1"
                  " ORDER BY id LIMIT $2)",
                  before));
    TRY(store_change(call->store,
                     "DELETE FROM mail WHERE id IN (SELECT id FROM mail WHERE ended_at < $1"
                     " ORDER BY id LIMIT $2)",
                     before, &count));
    *ret_more = count == PURGE_PIECE;
    return OK;
}
