/*
 * sqlite_fault.h - what SQLite says, in the words of the room.
 */
#ifndef ASSAY_STORE_SQLITE_FAULT_H
#define ASSAY_STORE_SQLITE_FAULT_H

#include <sqlite3.h>

#include "store/store.h"

/* The error that the last call on this connection ended with, before which errno was 0; `doing`
   goes after its message. */
struct result sqlite_fault(sqlite3 *db, const char *doing, struct store_fault *ret_fault);

#endif
