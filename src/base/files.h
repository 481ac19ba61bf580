/*
 * files.h - whole files in and out.
 */
#ifndef ASSAY_BASE_FILES_H
#define ASSAY_BASE_FILES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"

/*
 * Reads a whole file, or standard input where path is "-", into the arena. ERROR_READ when it
 * cannot be opened or read (errno tells why), ERROR_LIMIT when it is larger than max bytes.
 */
RESULT file_read(struct arena *arena, const char *path, size_t max, struct str *ret);

/* Writes a file anew, or leaves the old one untouched: a temporary beside it is written, synced
   and renamed over it, and has the permissions of the old one. ERROR_WRITE, with errno; if only
   the folder could not be synced at the end, the new content stands but may not last. */
RESULT file_write(const char *path, struct str content);

/* The same, and a new file is for its owner alone. */
RESULT file_write_private(const char *path, struct str content);

/* Makes what was written to a file, or in a folder, last through a loss of power. ERROR_WRITE, with
   errno. */
RESULT file_sync(const char *path);

/* Gives a file or folder another name in the same file system, where nothing of that name is yet,
   and makes that last. ERROR_WRITE, with errno. */
RESULT file_move(const char *from, const char *to);

/* The same, in the place of a file that may be there. */
RESULT file_replace(const char *from, const char *to);

/* The names in a folder, sorted by bytes, without "." and those that begin with a dot.
   ERROR_READ, with errno. */
RESULT folder_list(struct arena *arena, const char *path, struct str_list *ret);

#endif
