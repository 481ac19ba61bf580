/*
 * authenticator.h - what an authenticator shows, worked out as RFC 6238 says.
 */
#ifndef ASSAY_TESTS_AUTHENTICATOR_H
#define ASSAY_TESTS_AUTHENTICATOR_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* Six digits of a secret, its bytes; the instant is in microseconds UTC. */
const char *authenticator_code(struct arena *arena, struct str secret, int64_t now);

#endif
