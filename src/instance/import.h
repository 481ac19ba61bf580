/*
 * import.h - an export read into an empty database, whole or not at all.
 *
 * Everything goes into one transaction, which is kept only once the last line has confirmed all
 * lines before it, the references hold and the journal ends where the export says. An SQLite file
 * has another name until then, and is not there afterwards unless all went well. Files stand where
 * they belong before that; where anything fails, those that were not there before are removed.
 */
#ifndef ASSAY_INSTANCE_IMPORT_H
#define ASSAY_INSTANCE_IMPORT_H

#include <stdio.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "instance/progress_told.h"
#include "register/journal.h"

extern const struct error IMPORT_NOT_EMPTY; /* the database holds something already */
extern const struct error IMPORT_WRONG;     /* the file is not an export that can be read */

struct import_done {
    int64_t rows;
    int64_t files;
    struct str installation;
    struct journal_head head;
    int64_t older; /* migrations that the export did not have yet, and that were applied */
};

struct import_settings {
    const char *name;                /* of the file, in messages */
    FILE *in;                        /* read from where it stands */
    int64_t bytes;                   /* of it; 0: not known. For `told` */
    const char *database;            /* a path where there is no file, or postgres://... */
    const char *attachments;         /* the folder that files go to; NULL: there are none */
    const struct journal_head *head; /* where its journal has to end; NULL: where it says */
    int64_t now;                     /* microseconds UTC */
};

/* Whoever calls it holds the lock of the installation's folder. On failure *ret_message, in the
   arena, says what is wrong, in which line, and what to do. */
RESULT import_read(const struct import_settings *settings, struct arena *arena, struct told told,
                   struct import_done *ret, struct str *ret_message);

#endif
