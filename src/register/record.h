/*
 * record.h - one row of a logbook, read into a record of evidence.
 */
#ifndef ASSAY_REGISTER_RECORD_H
#define ASSAY_REGISTER_RECORD_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "criteria/dossier.h"
#include "criteria/vocabulary.h"
#include "register/columns.h"
#include "register/fault.h"
#include "register/sheet.h"

#define LOGBOOK_ID_MAX 20 /* characters of a private reference, and of any other id of a person */

struct record_reader {
    struct arena *arena;
    struct faults *faults;
    const struct vocabulary *vocabulary;
    struct sheet sheet;
    struct columns columns;     /* of the sheet, surveyed */
    day today;                  /* DAY_NONE: days may lie in the future */
    struct str_list kinds;      /* the names of the vocabulary's */
    struct str_list programmes; /* of the register; none: there is no register */
    struct fact *facts; /* of the row at hand, before they are counted: room for any kind's */
};

/* What stands in a column, which may be missing (NULL), of the row at hand; empty for nothing. */
struct str record_cell(const struct record_reader *reader, const struct column *column);

/*
 * Reads the row at hand. Everything that is wrong with it goes to the faults; where there are
 * errors the record is not to be used. Its id is left to the caller.
 */
void record_read(struct record_reader *reader, struct evidence *ret);

#endif
