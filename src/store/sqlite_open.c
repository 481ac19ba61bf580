#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/sqlite_fault.h"

/* "Assy": marks a database file as one of this program. */
#define APPLICATION_ID 0x41737379

/* How long to wait for another process that writes to the file, an administrator's shell say. */
#define BUSY_MS 5000

void sqlite_close(struct store *store)
{
    struct sqlite *sqlite = sqlite_of(store);

    for (size_t i = 0; i < sqlite->statements.count; i++)
        sqlite3_finalize(sqlite->statements.places[i].native);
    statements_release(&sqlite->statements);
    sqlite3_close_v2(sqlite->db);
    memory_free(sqlite);
}

struct result sqlite_execute(struct store *store, const char *sql)
{
    errno = 0;
    if (sqlite3_exec(sqlite_db(store), sql, NULL, NULL, NULL) != SQLITE_OK)
        return sqlite_fault(sqlite_db(store), sql, &store->fault);
    return OK;
}

struct result sqlite_number(struct store *store, const char *sql, int64_t *ret)
{
    sqlite3 *db = sqlite_db(store);
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

    TRY(sqlite_number(store, "SELECT count(*) FROM sqlite_schema", &tables));
    TRY(sqlite_number(store, "PRAGMA application_id", &application));
    if (application == APPLICATION_ID)
        return OK;
    if (application != 0 || tables > 0 || store->access != STORE_WRITE)
        return store_failed(&store->fault, &STORE_UNSUITABLE,
                            "the file is not a database of this program");
    snprintf(sql, sizeof(sql), "PRAGMA application_id = %d", APPLICATION_ID);
    return sqlite_execute(store, sql);
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
    if (sqlite3_prepare_v2(sqlite_db(store), "PRAGMA journal_mode = WAL", -1, &statement, NULL) ==
            SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        wal = strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
    if (sqlite3_finalize(statement) != SQLITE_OK)
        return sqlite_fault(sqlite_db(store), "PRAGMA journal_mode = WAL", &store->fault);
    if (!wal)
        return store_failed(&store->fault, &STORE_CANNOT_OPEN,
                            "a write-ahead log cannot be kept beside the database");
    return sqlite_execute(store, "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;"
                                 "PRAGMA journal_size_limit = 67108864");
}

static struct result prepare(struct store *store)
{
    sqlite3 *db = sqlite_db(store);

    sqlite3_busy_timeout(db, BUSY_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    TRY(sqlite_execute(store, "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON;"
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

struct result sqlite_open(const struct store_settings *settings, enum store_access access,
                          struct store **ret, struct store_fault *ret_fault)
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
        sqlite_close(&sqlite->store);
        return result;
    }
    *ret = &sqlite->store;
    return OK;
}
