/*
 * Statements go out through libpq's pipeline: those whose answers nobody waits for yet travel with
 * the next one. After one has failed the server skips the others up to the point at which we wait.
 */
#include <endian.h>
#include <stdio.h>
#include <string.h>

#include "store/postgres.h"
#include "store/postgres_fault.h"

/* Types of parameters and columns, from PostgreSQL's catalogue pg_type. */
enum { OID_ANY = 0, OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25 };

#define NAME_SIZE 24

/* The name of a statement on the server is that of its place here. */
static const char *name_of(const struct postgres *postgres, const struct statement *statement,
                           char name[NAME_SIZE])
{
    snprintf(name, NAME_SIZE, "s%td", statement - postgres->statements.places);
    return name;
}

static struct result gone(struct postgres *postgres, const char *doing)
{
    return postgres_gone(postgres->connection, doing, &postgres->store.fault);
}

/* Room for the few messages that one statement takes. */
static struct result make_room(struct postgres *postgres)
{
    if (!postgres_connected(postgres))
        return gone(postgres, "sending");
    if (postgres->sent_count + 3 > POSTGRES_SENT_MAX)
        return postgres_receive(postgres, NULL);
    return OK;
}

static void note_sent(struct postgres *postgres, enum sent_kind kind, struct statement *statement,
                      const char *sql)
{
    postgres->sent[postgres->sent_count++] = (struct sent){ kind, statement, sql };
}

struct result postgres_send_once(struct postgres *postgres, const char *sql)
{
    TRY(make_room(postgres));
    if (!PQsendQueryParams(postgres->connection, sql, 0, NULL, NULL, NULL, NULL, 1))
        return gone(postgres, sql);
    note_sent(postgres, SENT_RUN, NULL, sql);
    return OK;
}

/* Two bits a parameter: a statement is prepared for the kinds that it is used with. */
static uint64_t kinds_of(struct params params)
{
    uint64_t kinds = 0;

    for (size_t i = 0; i < params.count; i++)
        kinds |= (uint64_t)params.at[i].kind << 2 * i;
    return kinds;
}

static struct result prepare(struct postgres *postgres, struct statement *statement,
                             struct params params)
{
    static const Oid types[] = { OID_ANY, OID_INT8, OID_TEXT, OID_BYTEA };
    char name[NAME_SIZE];
    char forget[NAME_SIZE + sizeof("DEALLOCATE ")];
    Oid wanted[STORE_PARAMS_MAX];

    name_of(postgres, statement, name);
    if (statement->prepared) {
        snprintf(forget, sizeof(forget), "DEALLOCATE %s", name);
        if (!PQsendQueryParams(postgres->connection, forget, 0, NULL, NULL, NULL, NULL, 1))
            return gone(postgres, "DEALLOCATE");
        note_sent(postgres, SENT_FORGET, statement, "DEALLOCATE");
    }
    for (size_t i = 0; i < params.count; i++)
        wanted[i] = types[params.at[i].kind];
    if (!PQsendPrepare(postgres->connection, name, statement->sql, (int)params.count, wanted))
        return gone(postgres, statement->sql);
    note_sent(postgres, SENT_PREPARE, statement, statement->sql);
    return OK;
}

static struct result find_statement(struct postgres *postgres, const char *sql,
                                    struct params params, struct statement **ret)
{
    uint64_t kinds = kinds_of(params);
    struct statement *statement = statements_find(&postgres->statements, sql, kinds);

    if (!statement) {
        /* What is on its way names places: it arrives before one changes hands. */
        TRY(postgres_receive(postgres, NULL));
        statement = statements_victim(&postgres->statements);
        statements_forget(statement);
        statements_take(&postgres->statements, statement, sql, kinds);
        TRY(prepare(postgres, statement, params));
    }
    *ret = statement;
    return OK;
}

struct result postgres_send(struct postgres *postgres, enum sent_kind kind, const char *sql,
                            struct params params)
{
    const char *values[STORE_PARAMS_MAX];
    int lengths[STORE_PARAMS_MAX];
    int formats[STORE_PARAMS_MAX];
    uint64_t integers[STORE_PARAMS_MAX];
    struct statement *statement;
    char name[NAME_SIZE];

    TRY(make_room(postgres));
    TRY(find_statement(postgres, sql, params, &statement));
    for (size_t i = 0; i < params.count; i++) {
        const struct datum *datum = &params.at[i];
        integers[i] = htobe64((uint64_t)datum->integer);
        values[i] = datum->kind == DATUM_NULL  ? NULL
                    : datum->kind == DATUM_INT ? (const char *)&integers[i]
                                               : datum->bytes.p;
        if (datum->bytes.n > INT32_MAX / 2)
            return store_failed(&postgres->store.fault, &ERROR_LIMIT, "parameter $%zu of: %s",
                                i + 1, sql);
        lengths[i] = datum->kind == DATUM_INT ? 8 : (int)datum->bytes.n;
        formats[i] = 1;
    }
    if (!PQsendQueryPrepared(postgres->connection, name_of(postgres, statement, name),
                             (int)params.count, values, lengths, formats, 1))
        return gone(postgres, sql);
    note_sent(postgres, kind, statement, sql);
    return OK;
}

/* ---- answers ---- */

static void take_prepared(const struct sent *sent, bool done)
{
    if (done)
        sent->statement->prepared = true;
    else
        statements_forget(sent->statement);
}

static void take_done(struct postgres *postgres, const struct sent *sent, PGresult *answer)
{
    if (PQresultStatus(answer) == PGRES_TUPLES_OK)
        BUG("a query is needed for rows: %s", sent->sql);
    postgres->committed = strcmp(PQcmdStatus(answer), "COMMIT") == 0;
    if (!str_to_int(str_from_c(PQcmdTuples(answer)), 0, INT64_MAX, &postgres->changed))
        postgres->changed = 0;
}

/* Takes over the answer. */
static void take_answer(struct postgres *postgres, const struct sent *sent, PGresult *answer,
                        PGresult **ret_rows)
{
    bool done = PQresultStatus(answer) == PGRES_COMMAND_OK;

    switch (sent->kind) {
    case SENT_PREPARE:
        take_prepared(sent, done);
        break;
    case SENT_FORGET:
        sent->statement->prepared = !done;
        break;
    case SENT_RUN:
        if (answer)
            take_done(postgres, sent, answer);
        break;
    case SENT_QUERY:
        if (PQresultStatus(answer) == PGRES_COMMAND_OK)
            BUG("this gives no rows: %s", sent->sql);
        BUG_IF(!ret_rows);
        *ret_rows = answer;
        return;
    }
    PQclear(answer);
}

/* The answer to one message; NULL when the connection broke. */
static PGresult *next_answer(struct postgres *postgres)
{
    PGresult *answer = PQgetResult(postgres->connection);
    PGresult *more;

    /* The end of each answer is a NULL. */
    while (answer && postgres_connected(postgres) &&
           (more = PQgetResult(postgres->connection)) != NULL)
        PQclear(more);
    return answer;
}

static struct result failure_of(struct postgres *postgres, const PGresult *answer, const char *sql)
{
    switch (PQresultStatus(answer)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
        return OK;
    default:
        /* A server that takes its leave says why; one that has vanished says nothing. */
        if (answer && PQresultErrorField(answer, PG_DIAG_SQLSTATE))
            return postgres_fault(answer, sql, &postgres->store.fault);
        return gone(postgres, sql);
    }
}

/* Answers come in the order of what was sent; then the server has come to the point at which we
   wait. */
static struct result take_answers(struct postgres *postgres, size_t count, PGresult **ret_rows)
{
    struct result result = OK;
    PGresult *end;

    for (size_t i = 0; i < count; i++) {
        const struct sent *sent = &postgres->sent[i];
        PGresult *answer = next_answer(postgres);
        if (!failed(result))
            result = failure_of(postgres, answer, sent->sql);
        take_answer(postgres, sent, answer, ret_rows);
    }
    if (!postgres_connected(postgres))
        return failed(result) ? result : gone(postgres, "waiting");
    end = PQgetResult(postgres->connection);
    if (PQresultStatus(end) != PGRES_PIPELINE_SYNC && !failed(result))
        result = gone(postgres, "waiting");
    PQclear(end);
    return result;
}

struct result postgres_receive(struct postgres *postgres, PGresult **ret_rows)
{
    PGresult *rows = NULL;
    size_t count = postgres->sent_count;
    struct result result;

    if (count == 0)
        return OK;
    postgres->sent_count = 0;
    if (!postgres_connected(postgres) || !PQpipelineSync(postgres->connection))
        return gone(postgres, postgres->sent[0].sql);
    result = take_answers(postgres, count, ret_rows ? &rows : NULL);
    if (failed(result))
        PQclear(rows);
    else if (ret_rows)
        *ret_rows = rows;
    return result;
}
