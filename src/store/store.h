/*
 * store.h - one connection to a database, which is an SQLite file or a PostgreSQL server.
 *
 * Statements are the same for both engines: parameters are $1, $2, ... without gaps; a column or
 * parameter is an integer of 64 bits, a text (UTF-8 without NUL), bytes, or NULL; sums and other
 * expressions that PostgreSQL gives another type are cast (CAST(SUM(x) AS BIGINT)). Texts compare
 * as bytes. A statement is prepared at its first use and kept, by its text.
 *
 *     CLEANUP(query_release) struct query query = { 0 };
 *     TRY(query_begin(store, "SELECT id, name FROM body WHERE state = $1 ORDER BY id",
 *                     PARAMS(datum_int(state)), &query));
 *     while (query_next(&query))
 *         take(query_int(&query, 0), query_text(&query, 1));
 *     return query_end(&query);
 *
 * Once a statement has failed, every further one of the same savepoint or transaction fails with
 * the same error, and what was changed in it cannot be kept: nobody has to clean up after a part
 * that failed. A statement that changes something may be sent and its failure be met only later,
 * at the next query or when the savepoint is kept. So what an operation must tell apart it asks
 * first; nobody else writes meanwhile (writer.h).
 *
 * A connection belongs to one thread at a time.
 */
#ifndef ASSAY_STORE_STORE_H
#define ASSAY_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/result.h"
#include "base/str.h"
#include "store/error.h"

struct store;

struct store_settings {
    const char *database; /* the path of an SQLite file, or postgres://... */
    size_t statements;    /* prepared statements that a connection keeps; 0: 256 */
};

enum store_engine { STORE_SQLITE, STORE_POSTGRES };

enum store_access {
    STORE_READ,  /* sees, and can change nothing */
    STORE_WRITE, /* on SQLite makes the file where there is none */
};

/* What the engine said, for the log: it may show data, and so is not for everybody. */
struct store_fault {
    char message[400];
    /* Of STORE_CONSTRAINT: "table.column" or "table.column, table.column" for what must be unique
       or not be NULL, the name of a check, empty for a foreign key. */
    char constraint[200];
};

/* Both end in NUL, "" until something fails. */
const struct store_fault *store_fault(const struct store *store);

/* On failure writes *ret_fault: STORE_CANNOT_OPEN, STORE_UNSUITABLE and others. */
RESULT store_open(const struct store_settings *settings, enum store_access access,
                  struct store **ret, struct store_fault *ret_fault);
void store_close(struct store *store); /* NULL: nothing */

enum store_engine store_engine(const struct store *store);
enum store_engine store_engine_of(const char *database);

/*
 * Makes this connection the one that writes: STORE_LOCKED while another process holds that on
 * PostgreSQL. SQLite does not know such a thing, and there the lock of the data folder keeps
 * others away.
 */
RESULT store_claim(struct store *store);

/* Looks whether the connection stands, without waiting; false once the server has vanished. */
bool store_alive(struct store *store);

/* Connects again, without a claim or a transaction. STORE_GONE, and STORE_UNSUITABLE. */
RESULT store_revive(struct store *store);

/* ---- parameters and rows ---- */

enum datum_kind { DATUM_NULL, DATUM_INT, DATUM_TEXT, DATUM_BYTES };

struct datum {
    enum datum_kind kind;
    int64_t integer;
    struct str bytes;
};

static inline struct datum datum_null(void)
{
    return (struct datum){ .kind = DATUM_NULL };
}

static inline struct datum datum_int(int64_t integer)
{
    return (struct datum){ .kind = DATUM_INT, .integer = integer };
}

/* An absent string (STR_NONE) is NULL. */
static inline struct datum datum_text(struct str text)
{
    return (struct datum){ .kind = text.p ? DATUM_TEXT : DATUM_NULL, .bytes = text };
}

static inline struct datum datum_bytes(struct str bytes)
{
    return (struct datum){ .kind = bytes.p ? DATUM_BYTES : DATUM_NULL, .bytes = bytes };
}

#define STORE_PARAMS_MAX 32

struct params {
    const struct datum *at;
    size_t count;
};

#define NO_PARAMS ((struct params){ NULL, 0 })
#define PARAMS(...)                                                                                \
    ((struct params){ (const struct datum[]){ __VA_ARGS__ },                                       \
                      sizeof((const struct datum[]){ __VA_ARGS__ }) / sizeof(struct datum) })

/* Runs a statement that gives no rows. */
RESULT store_run(struct store *store, const char *sql, struct params params);

/* Runs one and waits for the number of rows that it inserted, changed or deleted. */
RESULT store_change(struct store *store, const char *sql, struct params params, int64_t *ret_rows);

/* Runs an INSERT ... RETURNING of one integer, which the row was given. */
RESULT store_insert(struct store *store, const char *sql, struct params params, int64_t *ret);

/* Runs statements that are separated by ';' and have neither parameters nor rows. */
RESULT store_script(struct store *store, const char *sql);

/*
 * A statement that gives rows; up to 16 may be open at once. On PostgreSQL all of its rows are held
 * in memory, so long lists are read in pages, by key. What texts and bytes of the parameters point
 * at must stay until the query ends.
 */
struct query {
    struct store *store; /* NULL: not begun, or ended */
    struct cursor *cursor;
};

RESULT query_begin(struct store *store, const char *sql, struct params params, struct query *ret);

/* The next row, the first at the first call; false at the end, or when reading failed, which
   query_end then says. */
NODISCARD bool query_next(struct query *query);

RESULT query_end(struct query *query);
void query_release(struct query *query); /* for CLEANUP: ends it if it has not ended */

/* A column of the row, counted from 0. It has to be of the kind that is asked for. */
enum datum_kind query_kind(const struct query *query, size_t column);
int64_t query_int(const struct query *query, size_t column);
int64_t query_int_or(const struct query *query, size_t column, int64_t if_null);
struct str query_text(const struct query *query, size_t column);  /* until the next row; STR_NONE */
struct str query_bytes(const struct query *query, size_t column); /* the same */

/* ---- transactions ---- */

/* Begins one, which store_commit or store_rollback ends, also when this fails. A reader's sees one
   state of the database, from its first query on. */
RESULT store_begin(struct store *store);

/* STORE_UNCERTAIN where it cannot be known whether the changes were kept. After any failure there
   is no transaction any more. */
RESULT store_commit(struct store *store);

void store_rollback(struct store *store); /* also where there is none */

/* Whether a transaction is open. An engine may end one by itself when a statement fails. */
bool store_in_transaction(const struct store *store);

/* A part of the transaction that can be undone alone; there is one at a time. Both ways end the
   open queries. Keeping waits until all that was sent has succeeded. */
RESULT store_savepoint(struct store *store);
RESULT store_savepoint_keep(struct store *store);
RESULT store_savepoint_undo(struct store *store);

#endif
