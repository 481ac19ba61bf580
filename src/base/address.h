/*
 * address.h - network addresses, and networks of them: read, written and compared.
 */
#ifndef ASSAY_BASE_ADDRESS_H
#define ASSAY_BASE_ADDRESS_H

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

/* All addresses that begin with the same bits; a single one where there are 32 or 128. */
struct network {
    struct address address; /* all bits behind the first `bits` are 0 */
    unsigned bits;
};

/* An address, or an address of zeros behind its first bits and their number: 10.0.0.0/8, ::1,
   2001:db8::/32. */
NODISCARD bool network_parse(struct str s, struct network *ret);

bool network_holds(struct network network, struct address address);

#define NETWORK_TEXT_SIZE (ADDRESS_TEXT_SIZE + 4)
const char *network_text(struct network network, char out[NETWORK_TEXT_SIZE]);

#endif
