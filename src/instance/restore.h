/*
 * restore.h - an installation made of a backup (backup.h), on a machine that has none, on either
 * engine.
 *
 * The manifest and every file are verified before anything is written. What was restored is opened
 * and examined, and has to be what the manifest says. Until all of it is done the folder is marked
 * (unfinished.h); a restore that was broken off begins anew.
 */
#ifndef ASSAY_INSTANCE_RESTORE_H
#define ASSAY_INSTANCE_RESTORE_H

#include "config/config.h"
#include "instance/manifest.h"

extern const struct error RESTORE_NOT_EMPTY; /* the folder, or the database, holds something */
extern const struct error RESTORE_WRONG; /* a file of the backup is not what the manifest says */

struct restore_settings {
    const char *backup;   /* the folder */
    const char *data;     /* the folder of the installation; made where it is missing */
    const char *database; /* a path or postgres://...; NULL: that of the backup's assay.conf */
    int64_t now;          /* microseconds UTC */
};

struct restore_done {
    struct manifest manifest;
    const char *database; /* where it stands now */
    bool conf_differs;    /* the configuration that was restored names another database */
};

/* On failure nothing is left but a folder that is empty, and *ret_message, in the arena, says what
   is wrong and what to do. */
RESULT restore_run(const struct restore_settings *settings, struct arena *arena, struct told told,
                   struct restore_done *ret, struct str *ret_message);

#endif
