/*
 * origin.h - the beginning of an installation's addresses: https://standards.example.org
 */
#ifndef ASSAY_CONFIG_ORIGIN_H
#define ASSAY_CONFIG_ORIGIN_H

#include <stdbool.h>

#include "base/str.h"

/*
 * Whether s is http:// or https://, a host in lower case (a name, an IPv4 address, or an IPv6
 * address in brackets), perhaps a colon and a port, and nothing more: no path, not even a '/'.
 */
bool is_origin(struct str s);

#endif
