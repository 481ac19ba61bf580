/*
 * unfinished.h - a folder in which an import or a restore is under way, or was broken off: a file
 * there says so, and nobody takes what is in the folder for an installation until the same is done
 * to its end.
 */
#ifndef ASSAY_INSTANCE_UNFINISHED_H
#define ASSAY_INSTANCE_UNFINISHED_H

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "config/config.h"

extern const struct error INSTANCE_UNFINISHED;

#define UNFINISHED_NAME "unfinished"

/* Notes that it begins, by whoever holds the lock of the folder. `what` is the command: "import".
   *ret_again says whether the same was broken off before; where it was another, the result is
   INSTANCE_UNFINISHED. On failure *ret_message says what to do. */
RESULT unfinished_begin(struct arena *arena, const struct config *config, const char *what,
                        bool *ret_again, struct str *ret_message);

/* Done, or nothing of it is left. ERROR_WRITE, with errno. */
RESULT unfinished_end(struct arena *arena, const struct config *config);

/* INSTANCE_UNFINISHED, and *ret_message says what was broken off and what to do. */
RESULT unfinished_check(struct arena *arena, const struct config *config, struct str *ret_message);

#endif
