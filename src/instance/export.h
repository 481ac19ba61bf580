/*
 * export.h - the whole of an installation as lines of JSON, the same from either engine;
 * docs/export.md describes them byte by byte.
 *
 * Rows are read in pages by key, in the transaction that the caller has begun, so that all of it is
 * of one instant and the memory that it takes does not grow with the database, but for 40 bytes a
 * file. Files never change, and are read one after the other.
 */
#ifndef ASSAY_INSTANCE_EXPORT_H
#define ASSAY_INSTANCE_EXPORT_H

#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "instance/progress_told.h"
#include "register/journal.h"
#include "store/store.h"

#define EXPORT_FORMAT "assay-export"
#define EXPORT_VERSION 1
#define EXPORT_LINE_MAX ((size_t)256 * 1024 * 1024) /* bytes of one line */

extern const struct error EXPORT_UNFIT; /* the database holds what cannot be exported */

struct export_settings {
    struct store *store;     /* in a transaction */
    const char *attachments; /* the folder of the files that records name; NULL: without files */
    FILE *out;
};

struct export_done {
    int64_t rows;
    int64_t files;
    int64_t lost; /* files that records name and that are not there: left out */
    int64_t bytes;
    struct journal_head head;
    struct str installation;
};

/*
 * Writes everything that the connection sees, and the files that it names. The caller makes what
 * was written last. On failure *ret_message, in the arena, says what went wrong: ERROR_WRITE,
 * EXPORT_UNFIT, and what the store meets.
 */
RESULT export_write(const struct export_settings *settings, struct arena *arena, struct told told,
                    struct export_done *ret, struct str *ret_message);

#endif
