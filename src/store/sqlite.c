#include "store/sqlite.h"

#include <errno.h>
#include <stdio.h>

#include "store/sqlite_fault.h"

static struct result sqlite_claim(struct store *store)
{
    (void)store;
    return OK;
}

static bool sqlite_alive(struct store *store)
{
    (void)store;
    return true;
}

static struct result sqlite_revive(struct store *store)
{
    (void)store;
    return OK;
}

/* ---- statements ---- */

/* Notes where each of $1, $2, ... stands: SQLite numbers them as they come. */
static void number_parameters(sqlite3_stmt *native, struct statement *statement)
{
    int count = sqlite3_bind_parameter_count(native);
    char name[8];

    for (int i = 0; i < count; i++) {
        int at;
        snprintf(name, sizeof(name), "$%d", i + 1);
        at = sqlite3_bind_parameter_index(native, name);
        if (i >= STORE_PARAMS_MAX || at == 0)
            BUG("the parameters are not $1, $2, ... of: %s", sqlite3_sql(native));
        statement->index[i] = (uint8_t)at;
    }
}

static struct result prepare_statement(struct sqlite *sqlite, const char *sql,
                                       struct statement *statement)
{
    sqlite3_stmt *native = NULL;

    errno = 0;
    if (sqlite3_prepare_v3(sqlite->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &native, NULL) !=
        SQLITE_OK)
        return sqlite_fault(sqlite->db, sql, &sqlite->store.fault);
    BUG_IF(!native);
    statement->native = native;
    number_parameters(native, statement);
    return OK;
}

/* The statement of that text, marked as busy. A text is used twice at the same time only by a
   query within a query; the second gets a place of its own. */
static struct result find_statement(struct sqlite *sqlite, const char *sql, struct statement **ret)
{
    struct statement *statement = statements_find(&sqlite->statements, sql, 0);

    if (!statement || statement->busy) {
        statement = statements_victim(&sqlite->statements);
        if (!statement)
            BUG("more queries are open than statements are kept");
        sqlite3_finalize(statement->native);
        statement->native = NULL;
        statements_forget(statement);
        TRY(prepare_statement(sqlite, sql, statement));
        statements_take(&sqlite->statements, statement, sql, 0);
    }
    statement->busy = true;
    *ret = statement;
    return OK;
}

static int bind_one(sqlite3_stmt *native, int at, struct datum datum)
{
    switch (datum.kind) {
    case DATUM_NULL:
        return sqlite3_bind_null(native, at);
    case DATUM_INT:
        return sqlite3_bind_int64(native, at, datum.integer);
    case DATUM_TEXT:
        return sqlite3_bind_text64(native, at, datum.bytes.p, datum.bytes.n, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case DATUM_BYTES:
        return sqlite3_bind_blob64(native, at, datum.bytes.p, datum.bytes.n, SQLITE_STATIC);
    }
    BUG("a parameter of no kind");
}

static void put_back(struct statement *statement)
{
    sqlite3_reset(statement->native);
    sqlite3_clear_bindings(statement->native);
    statement->busy = false;
}

/* The statement with its parameters, ready to run. */
static struct result bind_statement(struct sqlite *sqlite, const char *sql, struct params params,
                                    struct statement **ret)
{
    struct statement *statement;

    TRY(find_statement(sqlite, sql, &statement));
    if ((size_t)sqlite3_bind_parameter_count(statement->native) != params.count)
        BUG("%zu parameters for: %s", params.count, sql);
    for (size_t i = 0; i < params.count; i++) {
        if (bind_one(statement->native, statement->index[i], params.at[i]) != SQLITE_OK) {
            struct result result = sqlite_fault(sqlite->db, sql, &sqlite->store.fault);
            put_back(statement);
            return result;
        }
    }
    *ret = statement;
    return OK;
}

static struct result sqlite_run(struct store *store, const char *sql, struct params params)
{
    struct statement *statement;
    struct result result = OK;
    int code;

    TRY(bind_statement(sqlite_of(store), sql, params, &statement));
    errno = 0;
    code = sqlite3_step(statement->native);
    if (code == SQLITE_ROW)
        BUG("a query is needed for rows: %s", sql);
    if (code != SQLITE_DONE)
        result = sqlite_fault(sqlite_db(store), sql, &store->fault);
    put_back(statement);
    return result;
}

static struct result sqlite_change(struct store *store, const char *sql, struct params params,
                                   int64_t *ret_rows)
{
    TRY(sqlite_run(store, sql, params));
    *ret_rows = sqlite3_changes64(sqlite_db(store));
    return OK;
}

static struct result sqlite_query(struct store *store, const char *sql, struct params params,
                                  struct cursor *cursor)
{
    TRY(bind_statement(sqlite_of(store), sql, params, &cursor->statement));
    cursor->rows = cursor->statement->native;
    return OK;
}

static struct result sqlite_next(struct store *store, struct cursor *cursor, bool *ret_row)
{
    int code;

    errno = 0;
    code = sqlite3_step(cursor->rows);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return sqlite_fault(sqlite_db(store), sqlite3_sql(cursor->rows), &store->fault);
    *ret_row = code == SQLITE_ROW;
    return OK;
}

static void sqlite_end(struct store *store, struct cursor *cursor)
{
    (void)store;
    put_back(cursor->statement);
}

static size_t sqlite_columns(const struct cursor *cursor)
{
    return (size_t)sqlite3_data_count(cursor->rows);
}

static struct datum sqlite_column(const struct cursor *cursor, int column)
{
    sqlite3_stmt *rows = cursor->rows;
    const char *bytes;

    switch (sqlite3_column_type(rows, column)) {
    case SQLITE_NULL:
        return datum_null();
    case SQLITE_INTEGER:
        return datum_int(sqlite3_column_int64(rows, column));
    case SQLITE_TEXT:
        bytes = (const char *)sqlite3_column_text(rows, column);
        return datum_text((struct str){ bytes, (size_t)sqlite3_column_bytes(rows, column) });
    case SQLITE_BLOB:
        /* No bytes at all are a NULL pointer here. */
        bytes = sqlite3_column_blob(rows, column);
        return datum_bytes(
            (struct str){ bytes ? bytes : "", (size_t)sqlite3_column_bytes(rows, column) });
    default:
        BUG("column %d is of a type that the engines do not share: %s", column, sqlite3_sql(rows));
    }
}

/* ---- transactions ---- */

static struct result sqlite_control(struct store *store, const char *sql)
{
    return sqlite_run(store, sql, NO_PARAMS);
}

static struct result sqlite_begin(struct store *store)
{
    return sqlite_run(store, store->access == STORE_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", NO_PARAMS);
}

static struct result sqlite_commit(struct store *store)
{
    struct result result = sqlite_run(store, "COMMIT", NO_PARAMS);

    /* The log may hold all of it although the disk did not say so. */
    return result.error == &STORE_IO ? fail(&STORE_UNCERTAIN) : result;
}

static struct result sqlite_settle(struct store *store)
{
    (void)store;
    return OK;
}

static bool sqlite_in_transaction(const struct store *store)
{
    return !sqlite3_get_autocommit(sqlite_db(store));
}

static struct result sqlite_begin_migration(struct store *store)
{
    TRY(sqlite_execute(store, "PRAGMA foreign_keys = OFF"));
    return store_begin(store);
}

static struct result sqlite_commit_migration(struct store *store)
{
    int64_t broken = 0;

    TRY(sqlite_number(store, "SELECT count(*) FROM pragma_foreign_key_check", &broken));
    if (broken > 0)
        return store_failed(&store->fault, &STORE_CONSTRAINT,
                            "%lld rows would refer to rows that are not there", (long long)broken);
    return store_commit(store);
}

static void sqlite_end_migration(struct store *store)
{
    struct result result;

    store_rollback(store);
    result = sqlite_execute(store, "PRAGMA foreign_keys = ON");
    if (failed(result))
        BUG("foreign keys cannot be switched on again: %s", store->fault.message);
}

const struct store_driver sqlite_driver = {
    .engine = STORE_SQLITE,
    .words = { "INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER", "TEXT", "BLOB", "STRICT" },
    .open = sqlite_open,
    .close = sqlite_close,
    .claim = sqlite_claim,
    .alive = sqlite_alive,
    .revive = sqlite_revive,
    .run = sqlite_run,
    .change = sqlite_change,
    .script = sqlite_execute,
    .query = sqlite_query,
    .next = sqlite_next,
    .end = sqlite_end,
    .columns = sqlite_columns,
    .column = sqlite_column,
    .control = sqlite_control,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .settle = sqlite_settle,
    .in_transaction = sqlite_in_transaction,
    .begin_migration = sqlite_begin_migration,
    .commit_migration = sqlite_commit_migration,
    .end_migration = sqlite_end_migration,
};
