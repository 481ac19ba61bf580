/*
 * postgres_fault.h - what PostgreSQL says, in the words of the room.
 */
#ifndef ASSAY_STORE_POSTGRES_FAULT_H
#define ASSAY_STORE_POSTGRES_FAULT_H

#include <libpq-fe.h>

#include "store/store.h"

/* The error of an answer, or of a connection that gave none. `doing` goes after the message. */
struct result postgres_fault(const PGresult *answer, const char *doing,
                             struct store_fault *ret_fault);
struct result postgres_gone(const PGconn *connection, const char *doing,
                            struct store_fault *ret_fault);

#endif
