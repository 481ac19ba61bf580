#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/driver.h"
#include "store/sqlite_fault.h"
#include "store/statements.h"

/* "Assy": marks a database file as one of this program. */
#define APPLICATION_ID 0x41737379

/* How long to wait for another process that writes to the file, an administrator's shell say. */
#define BUSY_MS 5000

struct sqlite {
    struct store store; /* first, so that one is the other */
    sqlite3 *db;
    struct statements statements;
};

static struct sqlite *sqlite_of(struct store *store)
{
    return (struct sqlite *)store;
}

static sqlite3 *db_of(const struct store *store)
{
    return ((const struct sqlite *)store)->db;
}

/* ---- opening ---- */

static void sqlite_close_store(struct store *store)
{
    struct sqlite *sqlite = sqlite_of(store);

    for (size_t i = 0; i < sqlite->statements.count; i++)
        sqlite3_finalize(sqlite->statements.places[i].native);
    statements_release(&sqlite->statements);
    sqlite3_close_v2(sqlite->db);
    memory_free(sqlite);
}

static struct result execute(struct store *store, const char *sql)
{
    errno = 0;
    if (sqlite3_exec(db_of(store), sql, NULL, NULL, NULL) != SQLITE_OK)
        return sqlite_fault(db_of(store), sql, &store->fault);
    return OK;
}

/* The one number that a statement gives. */
static struct result number_of(struct store *store, const char *sql, int64_t *ret)
{
    sqlite3 *db = db_of(store);
    sqlite3_stmt *statement = NULL;
    struct result result = OK;
    int code;

    errno = 0;
    code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *ret = sqlite3_column_int64(statement, 0);
    else
        result = sqlite_fault(db, sql, &store->fault);
    sqlite3_finalize(statement);
    return result;
}

/*
 * Takes a new file, and leaves one alone that another program made. The mark is set before any
 * table is made and read after they are counted, in case another process is just doing so.
 */
static struct result check_application(struct store *store)
{
    int64_t tables = 0;
    int64_t application = 0;
    char sql[64];

    TRY(number_of(store, "SELECT count(*) FROM sqlite_schema", &tables));
    TRY(number_of(store, "PRAGMA application_id", &application));
    if (application == APPLICATION_ID)
        return OK;
    if (application != 0 || tables > 0 || store->access != STORE_WRITE)
        return store_failed(&store->fault, &STORE_UNSUITABLE,
                            "the file is not a database of this program");
    snprintf(sql, sizeof(sql), "PRAGMA application_id = %d", APPLICATION_ID);
    return execute(store, sql);
}

/*
 * What a connection that writes needs. The log (WAL) lets readers read while it writes; FULL waits
 * for the disk at each commit. It alone moves the log into the file, so that the fault of SQLite
 * before 3.51.3, by which two that do so at once damage it, has no occasion.
 */
static struct result prepare_writing(struct store *store)
{
    sqlite3_stmt *statement = NULL;
    bool wal = false;

    errno = 0;
    if (sqlite3_prepare_v2(db_of(store), "PRAGMA journal_mode = WAL", -1, &statement, NULL) ==
            SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        wal = strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
    if (sqlite3_finalize(statement) != SQLITE_OK)
        return sqlite_fault(db_of(store), "PRAGMA journal_mode = WAL", &store->fault);
    if (!wal)
        return store_failed(&store->fault, &STORE_CANNOT_OPEN,
                            "a write-ahead log cannot be kept beside the database");
    return execute(store, "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;"
                          "PRAGMA journal_size_limit = 67108864");
}

static struct result prepare(struct store *store)
{
    sqlite3 *db = db_of(store);

    sqlite3_busy_timeout(db, BUSY_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    TRY(execute(store, "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON;"
                       "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384"));
    TRY(check_application(store));
    return store->access == STORE_WRITE ? prepare_writing(store) : OK;
}

/* Makes the file if there is none, for nobody else to read; SQLite gives its log the same
   permissions. */
static struct result create_file(const char *path, struct store_fault *ret_fault)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);

    if (file < 0)
        return store_failed(ret_fault, errno == EROFS ? &STORE_READ_ONLY : &STORE_CANNOT_OPEN,
                            "%s: %s", path, strerror(errno));
    close(file);
    return OK;
}

static struct result sqlite_open_store(const struct store_settings *settings,
                                       enum store_access access, struct store **ret,
                                       struct store_fault *ret_fault)
{
    int flags = SQLITE_OPEN_NOMUTEX |
                (access == STORE_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    struct sqlite *sqlite;
    struct result result;

    if (access == STORE_WRITE)
        TRY(create_file(settings->database, ret_fault));
    sqlite = memory_alloc(1, sizeof(*sqlite));
    sqlite->store.driver = &sqlite_driver;
    sqlite->store.access = access;
    statements_init(&sqlite->statements, settings->statements);
    errno = 0;
    if (sqlite3_open_v2(settings->database, &sqlite->db, flags, NULL) == SQLITE_OK)
        result = prepare(&sqlite->store);
    else
        result = sqlite_fault(sqlite->db, settings->database, &sqlite->store.fault);
    if (failed(result)) {
        *ret_fault = sqlite->store.fault;
        sqlite_close_store(&sqlite->store);
        return result;
    }
    *ret = &sqlite->store;
    return OK;
}

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
        result = sqlite_fault(db_of(store), sql, &store->fault);
    put_back(statement);
    return result;
}

static struct result sqlite_change(struct store *store, const char *sql, struct params params,
                                   int64_t *ret_rows)
{
    TRY(sqlite_run(store, sql, params));
    *ret_rows = sqlite3_changes64(db_of(store));
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
        return sqlite_fault(db_of(store), sqlite3_sql(cursor->rows), &store->fault);
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
    return !sqlite3_get_autocommit(db_of(store));
}

static struct result sqlite_begin_migration(struct store *store)
{
    TRY(execute(store, "PRAGMA foreign_keys = OFF"));
    return store_begin(store);
}

static struct result sqlite_commit_migration(struct store *store)
{
    int64_t broken = 0;

    TRY(number_of(store, "SELECT count(*) FROM pragma_foreign_key_check", &broken));
    if (broken > 0)
        return store_failed(&store->fault, &STORE_CONSTRAINT,
                            "%lld rows would refer to rows that are not there", (long long)broken);
    return store_commit(store);
}

static void sqlite_end_migration(struct store *store)
{
    struct result result;

    store_rollback(store);
    result = execute(store, "PRAGMA foreign_keys = ON");
    if (failed(result))
        BUG("foreign keys cannot be switched on again: %s", store->fault.message);
}

const struct store_driver sqlite_driver = {
    .engine = STORE_SQLITE,
    .words = { "INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER", "TEXT", "BLOB", "STRICT" },
    .open = sqlite_open_store,
    .close = sqlite_close_store,
    .claim = sqlite_claim,
    .alive = sqlite_alive,
    .revive = sqlite_revive,
    .run = sqlite_run,
    .change = sqlite_change,
    .script = execute,
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
