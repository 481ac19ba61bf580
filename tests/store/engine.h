/*
 * engine.h - the same tests on both engines. The environment variable ASSAY_ENGINE, "sqlite" or
 * "postgres", says on which.
 */
#ifndef ASSAY_TESTS_ENGINE_H
#define ASSAY_TESTS_ENGINE_H

#include "store/migrate.h"
#include "store/store.h"
#include "unit.h"

/* For a group of tests: makes a folder, and starts the server if one is needed. */
int engine_begin(void **state);
int engine_end(void **state);

bool engine_is_postgres(void);

/* Ends the program with status 77, which is "skipped" for meson, where the engine is missing. */
void engine_or_skip(void);

/* Of PostgreSQL alone: the server vanishes, and comes back; its tables cannot be written, as on a
   full disk, and can be again. */
void engine_stop(void);
void engine_start(void);
void engine_fill_disk(bool full);

/* The address of a new, empty database; valid until the end of the group. */
const char *engine_database(void);

/* A connection to the database, without a schema of ours. */
struct store *engine_open(const char *database, enum store_access access);

/* Claims it, once the server has noticed that whoever had claimed it is gone. */
void engine_claim(struct store *store);

/* The same with the program's schema, claimed. */
struct store *engine_open_migrated(const char *database);

#define NOW INT64_C(1795478400000000) /* 2026-11-24 00:00 UTC */

/* That a result is OK, or that error; shows what the engine said. */
void check_result(struct result result, const struct error *expected,
                  const struct store_fault *fault, const char *file, int line);
#define check_ok(store, result) check_result((result), NULL, store_fault(store), __FILE__, __LINE__)
#define check_fails(store, result, error)                                                          \
    check_result((result), &(error), store_fault(store), __FILE__, __LINE__)

/* The one integer that a query gives, in a transaction of its own if none is open. */
int64_t ask(struct store *store, const char *sql);

#endif
