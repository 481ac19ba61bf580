/*
 * installation.h - the row that says which installation a database is of.
 */
#ifndef ASSAY_STORE_INSTALLATION_H
#define ASSAY_STORE_INSTALLATION_H

#include "store/store.h"

#define INSTALLATION_ID_SIZE 27 /* 26 letters and digits, and a NUL */

/* Inside a transaction that writes: draws the id if the database is new. `now` is in microseconds
   UTC. */
RESULT installation_ensure(struct store *store, int64_t now, const char *program,
                           char ret_id[INSTALLATION_ID_SIZE]);

/* *ret_id is "" where there is none yet. */
RESULT installation_id(struct store *store, char ret_id[INSTALLATION_ID_SIZE]);

#endif
