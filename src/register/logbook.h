/*
 * logbook.h - a person's logbook, as a spreadsheet or a program saved it, into a dossier.
 *
 * docs/logbook.md says what is accepted. The reader guesses nothing: what could be understood in
 * two ways is a fault, and a logbook with a fault adds nothing to the dossier.
 */
#ifndef ASSAY_REGISTER_LOGBOOK_H
#define ASSAY_REGISTER_LOGBOOK_H

#include "base/arena.h"
#include "base/date.h"
#include "base/result.h"
#include "base/str.h"
#include "criteria/dossier.h"
#include "criteria/vocabulary.h"
#include "register/fault.h"
#include "register/sheet.h"

/* 5 MB, 20,000 records, 200 columns, 300,000 values. */
extern const struct logbook_limits logbook_limits;

/*
 * Adds the records of a logbook to the evidence of a dossier, numbered e1, e2, ... behind those
 * that it has; `line` of each is its row. A record without a standing is claimed. Days after
 * `today` are faults; DAY_NONE: there is no such check. Programmes are looked for among the
 * dossier's accreditations, if it has any, and an unknown one is a warning.
 *
 * ERROR_INPUT when there are errors among the faults, with the dossier as it was. What the
 * records hold lives in the arena and the vocabulary, not in `bytes`.
 */
RESULT logbook_read(struct arena *arena, struct str bytes, const struct vocabulary *vocabulary,
                    const struct logbook_limits *limits, day today, struct faults *faults,
                    struct dossier *dossier);

struct logbook_row {
    uint32_t number; /* as people know it */
    bool faulty;     /* there are errors about it among the faults: nothing of it is to be used */
    struct evidence says;
};

struct logbook_rows {
    const struct logbook_row *at;
    size_t count;
};

/*
 * The same row by row, for whoever goes on with those that are not faulty. Programmes are looked
 * for in `registers`, which is only read. ERROR_INPUT where the file as a whole cannot be used,
 * because of a heading or of what a whole column leaves open.
 */
RESULT logbook_read_rows(struct arena *arena, struct str bytes, const struct vocabulary *vocabulary,
                         const struct logbook_limits *limits, day today, struct faults *faults,
                         const struct dossier *registers, struct logbook_rows *ret);

/* Warns of decisions that admit a record which is not there: to be called when the person file and
   all logbooks have been read. */
void logbook_check_admitted(const struct dossier *dossier, struct faults *faults);

#endif
