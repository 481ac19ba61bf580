/*
 * secret.h - what must not tell anything by how long it takes.
 */
#ifndef ASSAY_HASH_SECRET_H
#define ASSAY_HASH_SECRET_H

#include <stdbool.h>

#include "base/str.h"

/* Compares bytes in a time that depends on their number only. Different lengths are not equal,
   and that is seen at once: the length of a secret is not a secret. */
bool secret_equal(struct str a, struct str b);

/* Overwrites bytes that held a secret, in a way that the compiler does not leave out. */
void secret_wipe(void *bytes, size_t count);

#endif
