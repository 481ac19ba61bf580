/*
 * random.h - bytes that nobody can guess, from the operating system.
 */
#ifndef ASSAY_HASH_RANDOM_H
#define ASSAY_HASH_RANDOM_H

#include <stddef.h>

/* Fills out. Waits for the system's generator early after a start; ends the program on a system
   that has none. */
void random_bytes(void *out, size_t bytes);

#endif
