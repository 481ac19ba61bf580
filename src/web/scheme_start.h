/*
 * scheme_start.h - the scheme that a server begins with.
 */
#ifndef ASSAY_WEB_SCHEME_START_H
#define ASSAY_WEB_SCHEME_START_H

#include "instance/instance.h"
#include "scheme/snapshot.h"

/*
 * Loads the files of a folder as `assay scheme load` does, unless `files` is NULL, and reads what
 * the database has then; the caller holds it. `now` is in microseconds UTC. *ret_changed is how
 * many files of the scheme changed by that. On failure *ret_message, in the arena, says what is
 * wrong and what to do: SCHEME_MISSING, SCHEME_BROKEN, SCHEME_ADOPTED where the folder would change
 * adopted editions, and what the database refuses.
 */
RESULT scheme_start(struct instance *instance, const struct scheme_files *files, int64_t now,
                    struct arena *arena, struct scheme_snapshot **ret, size_t *ret_changed,
                    struct str *ret_message);

extern const struct error SCHEME_ADOPTED;

#endif
