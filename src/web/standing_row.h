/*
 * standing_row.h - one row of the form, which stands for one record or for many.
 */
#ifndef ASSAY_WEB_STANDING_ROW_H
#define ASSAY_WEB_STANDING_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "criteria/dossier.h"
#include "register/fault.h"
#include "web/standing_asked.h"
#include "web/standing_sent.h"

struct row_reader {
    struct arena *arena;
    const struct sent *sent;
    struct faults *faults;
    day on;               /* several records without a last day are spread until this day */
    day last;             /* the last day a record may have */
    const char *too_late; /* what is said of a later one */
    enum standing standing;
    struct dossier *dossier; /* takes the records */
    size_t most;             /* records that it may still take */
    size_t added;
};

/* Reads the N-th row of a kind, of the plan or not. A row in which nothing was filled in, or only
   what the form has filled in itself, adds nothing. */
void row_read(struct row_reader *reader, const struct asked_kind *kind, bool planned, int number);

/* A day in a field of the form. False, with a fault where the text is not empty but no day. */
bool row_read_day(struct arena *arena, struct faults *faults, struct str name, struct str text,
                  day *ret);

#endif
