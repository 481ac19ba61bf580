/*
 * copy.h - a copy of an SQLite file while others read and write it, and a look through a database
 * for damage.
 *
 * The copy is of one instant: that of the transaction in which the connection reads. The writer is
 * not kept waiting, and its log grows until the copy is there. A connection that reads moves
 * nothing of the log into the file.
 */
#ifndef ASSAY_STORE_COPY_H
#define ASSAY_STORE_COPY_H

#include "store/store.h"

struct store_copy;

/* Begins a copy of what the connection sees, which reads and is in a transaction, to a file that is
   not there yet. `path` stays the caller's. STORE_CANNOT_OPEN, and what reading meets. */
RESULT store_copy_begin(struct store *store, const char *path, struct store_copy **ret);

/* A few megabytes more. Both are in pages; once they are equal the copy is whole. */
RESULT store_copy_step(struct store_copy *copy, int64_t *ret_done, int64_t *ret_all);

/* Once it is whole: makes it a file without a log beside it, synced. Otherwise the file is removed.
   Frees the copy in any case. NULL: nothing. */
RESULT store_copy_end(struct store_copy *copy);

/*
 * Looks through the whole database for damage: pages, indexes, checks and foreign keys.
 * *ret_damage, of at most `size` bytes, is "" or the first thing that was found. PostgreSQL looks
 * after its own.
 */
RESULT store_examine(struct store *store, char *ret_damage, size_t size);

/* The same, for foreign keys alone. */
RESULT store_examine_references(struct store *store, char *ret_damage, size_t size);

#endif
