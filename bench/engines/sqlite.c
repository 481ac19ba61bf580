#include <sqlite3.h>

#include "raw.h"

const char raw_sqlite_schema[] =
    "CREATE TABLE assay_bench (id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER NOT NULL,"
    " at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;"
    "CREATE INDEX assay_bench_owner ON assay_bench (owner, at)";

/* The statements of a group. */
struct statements {
    sqlite3_stmt *begin;
    sqlite3_stmt *commit;
    sqlite3_stmt *savepoint;
    sqlite3_stmt *release;
    sqlite3_stmt *insert;
};

static void must(sqlite3 *db, int code, int expected)
{
    if (code != expected)
        raw_give_up("SQLite", sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;

    must(db, sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    return statement;
}

static void step(sqlite3 *db, sqlite3_stmt *statement)
{
    must(db, sqlite3_step(statement), SQLITE_DONE);
    sqlite3_reset(statement);
}

static sqlite3 *open_database(const char *path, struct statements *statements)
{
    sqlite3 *db;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

    raw_remove_files(path);
    must(NULL, sqlite3_open_v2(path, &db, flags, NULL), SQLITE_OK);
    must(db,
         sqlite3_exec(db,
                      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                      "PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384;"
                      "PRAGMA temp_store = MEMORY",
                      NULL, NULL, NULL),
         SQLITE_OK);
    must(db, sqlite3_exec(db, raw_sqlite_schema, NULL, NULL, NULL), SQLITE_OK);
    statements->begin = prepare(db, "BEGIN IMMEDIATE");
    statements->commit = prepare(db, "COMMIT");
    statements->savepoint = prepare(db, "SAVEPOINT part");
    statements->release = prepare(db, "RELEASE part");
    statements->insert = prepare(db, raw_insertion);
    return db;
}

static void close_database(sqlite3 *db, const struct statements *statements, const char *path)
{
    sqlite3_finalize(statements->begin);
    sqlite3_finalize(statements->commit);
    sqlite3_finalize(statements->savepoint);
    sqlite3_finalize(statements->release);
    sqlite3_finalize(statements->insert);
    sqlite3_close(db);
    raw_remove_files(path);
}

static void insert(sqlite3 *db, const struct statements *statements, uint64_t number)
{
    struct raw_row row;

    raw_row(number, &row);
    sqlite3_bind_int64(statements->insert, 1, row.owner);
    sqlite3_bind_int64(statements->insert, 2, row.at);
    sqlite3_bind_text(statements->insert, 3, row.body, sizeof(row.body), SQLITE_STATIC);
    step(db, statements->insert);
}

double raw_sqlite(const char *path, int group, bool savepoints, double seconds)
{
    struct statements statements;
    sqlite3 *db = open_database(path, &statements);
    int64_t begun = raw_microseconds();
    int64_t end = begun + (int64_t)(seconds * 1e6);
    uint64_t done = 0;

    while (raw_microseconds() < end) {
        step(db, statements.begin);
        for (int i = 0; i < group; i++) {
            if (savepoints)
                step(db, statements.savepoint);
            insert(db, &statements, done++);
            if (savepoints)
                step(db, statements.release);
        }
        step(db, statements.commit);
    }
    end = raw_microseconds();
    close_database(db, &statements, path);
    return (double)done / ((double)(end - begun) / 1e6);
}
