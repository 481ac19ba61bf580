/*
 * readers.h - connections that only read, shared by the worker threads.
 *
 * There is one for each worker, so that nobody waits. Each loan is one transaction: all queries in
 * it see the same state of the database.
 */
#ifndef ASSAY_STORE_READERS_H
#define ASSAY_STORE_READERS_H

#include "store/store.h"

struct readers;

/* Opens them all. On failure writes *ret_fault, as store_open does. */
RESULT readers_new(const struct store_settings *settings, size_t count, struct readers **ret,
                   struct store_fault *ret_fault);
void readers_free(struct readers *readers); /* after all are back; NULL: nothing */

/* Waits for a free one if there is none. A connection whose server vanished is opened again;
   STORE_GONE, with *ret_fault, where that fails, and for half a second after it has failed. */
RESULT readers_take(struct readers *readers, struct store **ret, struct store_fault *ret_fault);

/* Ends the transaction. The result is the first failure that a query in it met. */
RESULT readers_give_back(struct readers *readers, struct store *store);

#endif
