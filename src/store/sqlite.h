/*
 * sqlite.h - the connection to an SQLite file, shared by the files of its driver.
 */
#ifndef ASSAY_STORE_SQLITE_H
#define ASSAY_STORE_SQLITE_H

#include <sqlite3.h>

#include "store/driver.h"
#include "store/statements.h"

struct sqlite {
    struct store store; /* first, so that one is the other */
    sqlite3 *db;
    struct statements statements;
};

static inline struct sqlite *sqlite_of(struct store *store)
{
    return (struct sqlite *)store;
}

static inline sqlite3 *sqlite_db(const struct store *store)
{
    return ((const struct sqlite *)store)->db;
}

/* ---- sqlite_open.c ---- */

RESULT sqlite_open(const struct store_settings *settings, enum store_access access,
                   struct store **ret, struct store_fault *ret_fault);
void sqlite_close(struct store *store);

RESULT sqlite_execute(struct store *store, const char *sql); /* statements without rows */
RESULT sqlite_number(struct store *store, const char *sql, int64_t *ret); /* that one gives */

#endif
