/*
 * migrate.h - brings the schema of a database up to date.
 *
 * Migrations are numbered from 1 without gaps, and each is applied once, in a transaction of its
 * own, in that order; there is no way back. The table "migration" keeps number, name, SHA-256 of
 * the text, instant and program of each. A migration that was applied is never changed: a database
 * that another text made is refused, and so is one that a later program has changed.
 *
 * To add one, write src/store/migrations/NNNN-name.sql (ddl.h says in which words), and add what it
 * changes to tests/store/schema.txt.
 */
#ifndef ASSAY_STORE_MIGRATE_H
#define ASSAY_STORE_MIGRATE_H

#include "base/embedded.h"
#include "store/store.h"

struct migrations {
    const struct embedded_file *at; /* sorted; the names begin with four digits */
    size_t count;
};

/* Those of this program. */
struct migrations migrations_of_program(void);

/*
 * Applies what is missing. Two processes may do so at once: each migration is applied by one of
 * them, and both succeed. `now` is in microseconds UTC. STORE_CHANGED and STORE_NEWER, with which
 * and why in the fault; else what the engine refuses, and then the schema is that of the last
 * migration that went through.
 */
RESULT migrate(struct store *store, struct migrations migrations, int64_t now, const char *program);

/* How many have been applied, as above; 0 where there is no table of them. Changes nothing. */
RESULT migrate_applied(struct store *store, struct migrations migrations, size_t *ret);

/* Whether nothing is missing: STORE_OLDER, or as above. Changes nothing, so it is for readers. */
RESULT migrate_check(struct store *store, struct migrations migrations);

#endif
