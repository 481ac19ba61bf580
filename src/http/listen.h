/*
 * listen.h - a socket that listens.
 */
#ifndef ASSAY_HTTP_LISTEN_H
#define ASSAY_HTTP_LISTEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"

/* Listens at a numeric IPv4 or IPv6 address; port 0 takes any free one. A descriptor that does not
   block, and *ret_port the port; or -1 with errno, EINVAL for what is no address. */
int listen_at(const char *where, uint16_t port, uint16_t *ret_port);

/* The port of a socket that listens. False, with errno, for what is no such socket. */
NODISCARD bool listening_port(int fd, uint16_t *ret_port);

#endif
