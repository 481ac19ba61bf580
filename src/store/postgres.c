#include "store/postgres.h"

#include <string.h>

#include "base/arena.h"
#include "store/postgres_fault.h"

/* The advisory locks of this program: the writer's, and that of whoever changes the schema. The
   second half of each is the schema's name, so that several installations may share a database. */
#define LOCK_WRITER "823118641"
#define LOCK_SCHEMA "823118642"
#define LOCK_NAMESPACE "hashtext(coalesce(current_schema(), ''))"

/* ---- opening ---- */

static void postgres_close(struct store *store)
{
    struct postgres *postgres = postgres_of(store);

    postgres_disconnect(postgres);
    statements_release(&postgres->statements);
    memory_free(postgres->database);
    memory_free(postgres);
}

static struct result postgres_open(const struct store_settings *settings, enum store_access access,
                                   struct store **ret, struct store_fault *ret_fault)
{
    struct postgres *postgres = memory_alloc(1, sizeof(*postgres));
    size_t length = strlen(settings->database);
    struct result result;

    postgres->store.driver = &postgres_driver;
    postgres->store.access = access;
    postgres->database = memory_alloc(length + 1, 1);
    memcpy(postgres->database, settings->database, length);
    statements_init(&postgres->statements, settings->statements);
    result = postgres_connect(postgres);
    if (failed(result)) {
        *ret_fault = postgres->store.fault;
        postgres_close(&postgres->store);
        return result.error == &STORE_GONE ? fail(&STORE_CANNOT_OPEN) : result;
    }
    *ret = &postgres->store;
    return OK;
}

static struct result postgres_claim(struct store *store)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(store, "SELECT pg_try_advisory_lock(" LOCK_WRITER ", " LOCK_NAMESPACE ")",
                    NO_PARAMS, &query));
    if (query_next(&query) && !query_int(&query, 0))
        return store_failed(&store->fault, &STORE_LOCKED,
                            "another connection holds the writer's advisory lock");
    return query_end(&query);
}

/* A server that went away while nothing was asked of it has left a word, or the end, to be read. */
static bool postgres_alive(struct store *store)
{
    struct postgres *postgres = postgres_of(store);

    if (postgres_connected(postgres) && postgres->sent_count == 0) {
        PQconsumeInput(postgres->connection);
        PQisBusy(postgres->connection);
        PQconsumeInput(postgres->connection);
    }
    return postgres_connected(postgres);
}

static struct result postgres_revive(struct store *store)
{
    struct postgres *postgres = postgres_of(store);
    struct result result;

    postgres_disconnect(postgres);
    result = postgres_connect(postgres);
    if (failed(result))
        postgres_disconnect(postgres);
    return result;
}

/* ---- statements ---- */

static struct result postgres_run(struct store *store, const char *sql, struct params params)
{
    return postgres_send(postgres_of(store), SENT_RUN, sql, params);
}

static struct result postgres_settle(struct store *store)
{
    return postgres_receive(postgres_of(store), NULL);
}

static struct result postgres_change(struct store *store, const char *sql, struct params params,
                                     int64_t *ret_rows)
{
    TRY(postgres_run(store, sql, params));
    TRY(postgres_settle(store));
    *ret_rows = postgres_of(store)->changed;
    return OK;
}

/* Several statements in one text go outside the pipeline only. */
static struct result postgres_script(struct store *store, const char *sql)
{
    struct postgres *postgres = postgres_of(store);
    struct result result = OK;
    PGresult *answer;

    TRY(postgres_settle(store));
    if (!postgres_connected(postgres) || !PQexitPipelineMode(postgres->connection))
        return postgres_gone(postgres->connection, "leaving the pipeline", &store->fault);
    answer = PQexec(postgres->connection, sql);
    if (!postgres_connected(postgres))
        result = postgres_gone(postgres->connection, "a script", &store->fault);
    else if (PQresultStatus(answer) != PGRES_COMMAND_OK &&
             PQresultStatus(answer) != PGRES_TUPLES_OK)
        result = postgres_fault(answer, "a script", &store->fault);
    PQclear(answer);
    if (!PQenterPipelineMode(postgres->connection) && !failed(result))
        return postgres_gone(postgres->connection, "opening the pipeline", &store->fault);
    return result;
}

static struct result postgres_query(struct store *store, const char *sql, struct params params,
                                    struct cursor *cursor)
{
    PGresult *rows = NULL;

    TRY(postgres_send(postgres_of(store), SENT_QUERY, sql, params));
    TRY(postgres_receive(postgres_of(store), &rows));
    cursor->rows = rows;
    return OK;
}

static struct result postgres_next(struct store *store, struct cursor *cursor, bool *ret_row)
{
    (void)store;
    if (cursor->at < PQntuples(cursor->rows))
        cursor->at++;
    *ret_row = cursor->at < PQntuples(cursor->rows);
    return OK;
}

static void postgres_end(struct store *store, struct cursor *cursor)
{
    (void)store;
    PQclear(cursor->rows);
}

static size_t postgres_columns(const struct cursor *cursor)
{
    return (size_t)PQnfields(cursor->rows);
}

/* Types of columns, from PostgreSQL's catalogue pg_type. */
enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_VARCHAR = 1043,
};

/* An integer of 1 to 8 bytes, the highest first, with its sign. */
static int64_t integer_of(struct str bytes)
{
    uint64_t integer = bytes.n > 0 && (bytes.p[0] & 0x80) ? UINT64_MAX : 0;

    for (size_t i = 0; i < bytes.n; i++)
        integer = integer << 8 | (unsigned char)bytes.p[i];
    return (int64_t)integer;
}

static struct datum postgres_column(const struct cursor *cursor, int column)
{
    const PGresult *rows = cursor->rows;
    struct str bytes = { PQgetvalue(rows, cursor->at, column),
                         (size_t)PQgetlength(rows, cursor->at, column) };

    if (PQgetisnull(rows, cursor->at, column))
        return datum_null();
    switch (PQftype(rows, column)) {
    case OID_BOOL:
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
        return datum_int(integer_of(bytes));
    case OID_TEXT:
    case OID_VARCHAR:
    case OID_NAME:
        return datum_text(bytes);
    case OID_BYTEA:
        return datum_bytes(bytes);
    default:
        BUG("column %s is of a type that the engines do not share: cast it", PQfname(rows, column));
    }
}

/* ---- transactions ---- */

static struct result postgres_control(struct store *store, const char *sql)
{
    if (strcmp(sql, "ROLLBACK") == 0)
        postgres_of(store)->begun = false;
    return postgres_send_once(postgres_of(store), sql);
}

static struct result postgres_begin(struct store *store)
{
    TRY(postgres_send_once(postgres_of(store),
                           store->access == STORE_WRITE
                               ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
                               : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    postgres_of(store)->begun = true;
    return OK;
}

/*
 * The server skips the COMMIT if a statement before it fails; the transaction is still open then,
 * and the rollback that follows is due. To the COMMIT of a transaction in which something failed
 * earlier it answers ROLLBACK, and calls that a success.
 */
static struct result postgres_commit(struct store *store)
{
    struct postgres *postgres = postgres_of(store);
    struct result result;

    TRY(postgres_send_once(postgres, "COMMIT"));
    postgres->committed = false;
    result = postgres_settle(store);
    if (result.error == &STORE_GONE)
        return fail(&STORE_UNCERTAIN);
    TRY(result);
    postgres->begun = false;
    if (!postgres->committed)
        return store_failed(&store->fault, &STORE_REFUSED, "the server rolled back at the commit");
    return OK;
}

static bool postgres_in_transaction(const struct store *store)
{
    const struct postgres *postgres = (const struct postgres *)store;

    return postgres->begun && postgres_connected(postgres);
}

static struct result postgres_begin_migration(struct store *store)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(store_begin(store));
    TRY(query_begin(store, "SELECT pg_advisory_xact_lock(" LOCK_SCHEMA ", " LOCK_NAMESPACE ")",
                    NO_PARAMS, &query));
    return query_end(&query);
}

const struct store_driver postgres_driver = {
    .engine = STORE_POSTGRES,
    .words = { "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "BIGINT", "TEXT COLLATE \"C\"",
               "BYTEA", "" },
    .open = postgres_open,
    .close = postgres_close,
    .claim = postgres_claim,
    .alive = postgres_alive,
    .revive = postgres_revive,
    .run = postgres_run,
    .change = postgres_change,
    .script = postgres_script,
    .query = postgres_query,
    .next = postgres_next,
    .end = postgres_end,
    .columns = postgres_columns,
    .column = postgres_column,
    .control = postgres_control,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .settle = postgres_settle,
    .in_transaction = postgres_in_transaction,
    .begin_migration = postgres_begin_migration,
    .commit_migration = store_commit,
    .end_migration = store_rollback,
};
