/*
 * lock.h - a file that one process at a time holds.
 *
 * The lock ends with the process, however that ends. The file stays, and its content, a note for
 * others, means something only while the lock is held.
 */
#ifndef ASSAY_BASE_LOCK_H
#define ASSAY_BASE_LOCK_H

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"

#define LOCK_NOTE_MAX 500 /* bytes */

extern const struct error ERROR_LOCKED; /* another process holds the lock */

/*
 * Takes the lock and gives a descriptor that holds it; makes the file, for its owner alone, where
 * it is missing. ERROR_LOCKED, and only then *ret_note: what the holder has noted. ERROR_WRITE,
 * with errno.
 */
RESULT lock_take(struct arena *arena, const char *path, int *ret_lock, struct str *ret_note);

/* Replaces the note. ERROR_WRITE, with errno. */
RESULT lock_note(int lock, struct str note);

void lock_release(int lock); /* -1: does nothing */

#endif
