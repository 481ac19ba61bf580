/*
 * backup.h - a folder with all of an installation: its database, attachments and configuration, and
 * a manifest (manifest.h).
 *
 * Everything is of one instant, that at which the reading of the database begins, and nobody who
 * writes is kept waiting. Of SQLite the file is copied, of PostgreSQL an export is made (export.h).
 * The copy is then opened and examined. The folder has another name and no manifest until all of
 * that is done and on the disk.
 */
#ifndef ASSAY_INSTANCE_BACKUP_H
#define ASSAY_INSTANCE_BACKUP_H

#include "config/config.h"
#include "instance/manifest.h"

extern const struct error BACKUP_THERE; /* something of that name is there already */

struct backup_settings {
    struct store *store;         /* that reads, in a transaction; this is over afterwards */
    const struct config *config; /* its data names the folder */
    const char *conf;            /* the path of assay.conf; NULL: there is none */
    const char *out;             /* the folder to be made */
    int64_t now;                 /* microseconds UTC */
};

/* On failure nothing is left, and *ret_message, in the arena, says what went wrong. */
RESULT backup_make(const struct backup_settings *settings, struct arena *arena, struct told told,
                   struct manifest *ret, struct str *ret_message);

#endif
