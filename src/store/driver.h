/*
 * driver.h - what an engine has to provide, and what store.c keeps for it. Only the room itself
 * includes this.
 *
 * A driver reports a failure by store_failed, which notes it in the fault. It need not know of
 * failures before: store.c calls it no more until the savepoint or transaction is over.
 */
#ifndef ASSAY_STORE_DRIVER_H
#define ASSAY_STORE_DRIVER_H

#include "store/store.h"

#define STORE_CURSORS 16

/* The rows of an open query. */
struct cursor {
    bool open;
    void *rows;                  /* what the engine calls them */
    struct statement *statement; /* the engine's, for the time of the query */
    int at;                      /* the row, where the engine counts them */
};

struct store {
    const struct store_driver *driver;
    enum store_access access;
    struct store_fault fault;
    const struct error *failure; /* of the savepoint or transaction so far */
    bool begun;                  /* a transaction, whether the engine still knows it or not */
    bool savepoint;
    struct cursor cursors[STORE_CURSORS];
};

/* What the type words of migrations stand for. */
struct ddl_words {
    const char *id;     /* ID: the key of a table, given out by the database, never twice */
    const char *int64;  /* INT64 */
    const char *text;   /* TEXT, compared as bytes */
    const char *bytes;  /* BYTES */
    const char *strict; /* STRICT, after the closing parenthesis of a table */
};

struct store_driver {
    enum store_engine engine;
    struct ddl_words words;

    struct result (*open)(const struct store_settings *settings, enum store_access access,
                          struct store **ret, struct store_fault *ret_fault);
    void (*close)(struct store *store);
    struct result (*claim)(struct store *store);
    bool (*alive)(struct store *store);
    struct result (*revive)(struct store *store);

    struct result (*run)(struct store *store, const char *sql, struct params params);
    struct result (*change)(struct store *store, const char *sql, struct params params,
                            int64_t *ret_rows);
    struct result (*script)(struct store *store, const char *sql);
    struct result (*query)(struct store *store, const char *sql, struct params params,
                           struct cursor *cursor);
    /* *ret_row is false after the last row. */
    struct result (*next)(struct store *store, struct cursor *cursor, bool *ret_row);
    void (*end)(struct store *store, struct cursor *cursor);
    size_t (*columns)(const struct cursor *cursor);
    struct datum (*column)(const struct cursor *cursor, int column);

    /* A statement about transactions: SAVEPOINT, RELEASE, ROLLBACK. May be sent only later. */
    struct result (*control)(struct store *store, const char *sql);
    struct result (*begin)(struct store *store);
    struct result (*commit)(struct store *store);
    struct result (*settle)(struct store *store); /* waits for all that was sent */
    bool (*in_transaction)(const struct store *store);

    /* A transaction for one migration: no other begins one until it is over, and tables may be
       made anew under foreign keys, which are looked at before the commit. */
    struct result (*begin_migration)(struct store *store);
    struct result (*commit_migration)(struct store *store);
    void (*end_migration)(struct store *store); /* after the commit, or instead of it */
};

extern const struct store_driver sqlite_driver;
extern const struct store_driver postgres_driver;

/* Notes what the engine said and gives back the error. */
PRINTF_LIKE(3, 4)
struct result store_failed(struct store_fault *fault, const struct error *error, const char *fmt,
                           ...);

#endif
