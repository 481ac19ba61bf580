/*
 * address.h - network addresses of clients: read, written, and counted.
 */
#ifndef ASSAY_HTTP_ADDRESS_H
#define ASSAY_HTTP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"

enum family { FAMILY_NONE, FAMILY_V4, FAMILY_V6 };

struct address {
    enum family family;
    uint8_t bytes[16]; /* 4 of them for FAMILY_V4, the rest 0 */
};

struct sockaddr;

/* Of a socket; an IPv4 address within IPv6 becomes plain IPv4, another family FAMILY_NONE. */
struct address address_of(const struct sockaddr *socket_address);

/* An address alone, without port or brackets. */
NODISCARD bool address_parse(struct str s, struct address *ret);

bool address_is_loopback(struct address address);

/* What counts as one client: an IPv4 address, or the first 64 bits of an IPv6 address. */
struct address address_network(struct address address);

/* With its last 8 bits (IPv4) or 80 bits (IPv6) cleared, for logs that need not know a person. */
struct address address_blurred(struct address address);

#define ADDRESS_TEXT_SIZE 46
const char *address_text(struct address address, char out[ADDRESS_TEXT_SIZE]); /* "-" for none */

/* How many connections each network has open. For several threads. */
struct address_counts;

struct address_counts *address_counts_new(size_t connections_max);
void address_counts_free(struct address_counts *counts);

/* Counts one connection more, and says how many the network has now. Beyond connections_max in
   all, nothing is counted and the result is SIZE_MAX: no matching leave may follow. */
size_t address_counts_enter(struct address_counts *counts, struct address network);
void address_counts_leave(struct address_counts *counts, struct address network);

#endif
