/*
 * tree.h - files of a backup: copied with their SHA-256, found below a folder without following
 * links, and removed with all that stands beside them.
 *
 * Names below a folder are written with '/'. One that is absolute, or leads out of the folder, or
 * is deeper than TREE_DEPTH_MAX is none.
 */
#ifndef ASSAY_INSTANCE_TREE_H
#define ASSAY_INSTANCE_TREE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "hash/sha256.h"
#include "instance/progress_told.h"

#define TREE_DEPTH_MAX 16

struct tree_file {
    struct str path; /* below the folder */
    int64_t bytes;
    struct sha256_digest sha256;
};

struct tree_files {
    struct tree_file *at;
    size_t count;
    size_t room;
};

/* Whether it can be the name of a file below a folder. */
bool tree_is_name(struct str path);

/* The names of all files below FOLDER/path, sorted, with `path` before each. ERROR_READ, with
   errno; ELOOP where something is neither a file nor a folder. */
RESULT tree_list(struct arena *arena, const char *folder, struct str path, struct tree_files *ret);

/* Reads a file of the folder whole and fills in its bytes and SHA-256. ERROR_READ, with errno. */
RESULT tree_hash(struct arena *arena, const char *folder, struct tree_file *file);

/* Copies FROM/file->path to TO/name, with the folders that it needs, synced, for the owner alone;
   fills in bytes and SHA-256. ERROR_READ, ERROR_WRITE, with errno. */
RESULT tree_copy(struct arena *arena, const char *from, struct tree_file *file, const char *to,
                 struct str name);

/* Makes all folders below FOLDER/path last. ERROR_WRITE, with errno. */
RESULT tree_sync(struct arena *arena, const char *folder);

/* Removes a folder with all that is in it, or a file; links are not followed. What is not there is
   no fault. ERROR_WRITE, with errno. */
RESULT tree_remove(struct arena *arena, const char *path);

#endif
