/*
 * manifest.h - what a backup consists of: its file manifest.json, which is written last.
 *
 * It names every file with its size and SHA-256, and ends with the SHA-256 of itself without that
 * member, as canonical JSON. docs/backup.md describes it.
 */
#ifndef ASSAY_INSTANCE_MANIFEST_H
#define ASSAY_INSTANCE_MANIFEST_H

#include "instance/examine.h"
#include "instance/tree.h"

#define MANIFEST_NAME "manifest.json"
#define MANIFEST_FORMAT "assay-backup"
#define MANIFEST_VERSION 1

/* The files of a backup, beside those in the folder of attachments. */
#define BACKUP_SQLITE "database.db"
#define BACKUP_EXPORT "database.jsonl" /* export.h */
#define BACKUP_CONF "assay.conf"
#define BACKUP_ATTACHMENTS "attachments"

extern const struct error MANIFEST_WRONG; /* the folder is no backup that can be believed */

struct manifest {
    int64_t made; /* microseconds UTC */
    struct str program;
    struct str database; /* BACKUP_SQLITE or BACKUP_EXPORT */
    struct examined examined;
    struct tree_files files;
};

/* ERROR_WRITE, with errno. */
RESULT manifest_write(struct arena *arena, const char *folder, const struct manifest *manifest);

/* Reads it from a folder that anybody may have made: every name in it is one that a backup has.
   MANIFEST_WRONG; *ret_message, in the arena, says what is wrong. */
RESULT manifest_read(struct arena *arena, const char *folder, struct manifest *ret,
                     struct str *ret_message);

/* The file of that name, or NULL. */
const struct tree_file *manifest_file(const struct manifest *manifest, struct str name);

/* Whether a file that was read is the one that is named. */
bool manifest_same(const struct tree_file *a, const struct tree_file *b);

#endif
