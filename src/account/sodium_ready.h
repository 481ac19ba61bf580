/*
 * sodium_ready.h - sets libsodium up, which it asks for before anything else of it is called.
 */
#ifndef ASSAY_ACCOUNT_SODIUM_READY_H
#define ASSAY_ACCOUNT_SODIUM_READY_H

/* Any number of times, from any thread. Ends the program where libsodium cannot be used. */
void sodium_ready(void);

#endif
