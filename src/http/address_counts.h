/*
 * address_counts.h - how many connections each client has open.
 */
#ifndef ASSAY_HTTP_ADDRESS_COUNTS_H
#define ASSAY_HTTP_ADDRESS_COUNTS_H

#include <stddef.h>

#include "base/address.h"

/* How many connections each network has open. For several threads. */
struct address_counts;

struct address_counts *address_counts_new(size_t connections_max);
void address_counts_free(struct address_counts *counts);

/* Counts one connection more, and says how many the network has now. Beyond connections_max in
   all, nothing is counted and the result is SIZE_MAX: no matching leave may follow. */
size_t address_counts_enter(struct address_counts *counts, struct address network);
void address_counts_leave(struct address_counts *counts, struct address network);

#endif
