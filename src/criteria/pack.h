/*
 * pack.h - a dossier made ready for evaluation: what was known at T, in rows of 24 bytes.
 *
 * Rows stand by kind, then by matter, then by the day they end, so that distinct matters are
 * counted with one remembered number. Fields with listed values are bits of a row (edition.h,
 * kind_field_bits); the others are columns, of which only those that an edition asks for are made.
 * Rows depend on the vocabulary alone, so every edition over the same vocabulary can run on them
 * if its columns are there.
 */
#ifndef ASSAY_CRITERIA_PACK_H
#define ASSAY_CRITERIA_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "criteria/dossier.h"
#include "criteria/edition.h"
#include "criteria/vocabulary.h"

/* Only verified and claimed records are packed: the others count nowhere. */
struct row {
    day start;
    day end;
    uint32_t matter; /* dense, from 0, per person; shared by all kinds */
    int32_t hours;   /* minutes; -1: not stated */
    uint64_t bits;
};

#define COLUMN_UNKNOWN ((int64_t)-1) /* not stated */
#define COLUMN_OTHER ((int64_t)-2)   /* a value that the vocabulary does not have */

struct rows {
    const struct row *at;
    size_t count;
    bool own_matters; /* no two of them share a matter */
    /* By field: a value per row, or NULL where the column was not asked for. Measures by their
       value, values and ids by a dense number, programmes by their number in `acts`, or by a
       higher one where the register does not have them. */
    const int64_t *const *columns;
    const uint32_t *evidence; /* per row: its index in the dossier; NULL in a population */
};

/* All that is not evidence, as known at T. May be shared by many people. */
struct acts {
    day known;           /* T, or DAY_NONE */
    struct dossier seen; /* its evidence is left out; no annulled credentials; no later acts */
    const struct str *programmes; /* sorted by bytes; seen.accreditations stand in this order */
    const size_t *first;          /* programme_count + 1 offsets into seen.accreditations */
    size_t programme_count;
};

/* A record that a decision admits: decision->requirement says for what. */
struct admitted {
    const struct decision *decision;
    uint16_t kind;
    uint32_t row;
};

struct bundle {
    const struct vocabulary *vocabulary;
    const struct rows *kinds; /* by kind index */
    uint32_t matter_count;
    const struct acts *acts;
    const struct admitted *admitted;
    size_t admitted_count;
    const struct dossier *dossier; /* what it was packed from; NULL in a population */
};

/*
 * Packs a dossier. `columns` says which columns to make, by kind index (edition.columns, or the
 * union of several). The dossier must outlive the bundle.
 */
void dossier_pack(struct arena *arena, const struct dossier *dossier,
                  const struct vocabulary *vocabulary, const uint64_t *columns, struct bundle *ret);

void acts_build(struct arena *arena, const struct dossier *dossier, struct acts *ret);

/* Whether the programme of that number was accredited for one of the types from day to day. */
bool programme_accredited(const struct acts *acts, int64_t programme, struct str_list types,
                          day from, day to);

/* Whether `by` speaks for a body on a day: it is the body, or a programme of the type that stands
   in the body's place, accredited that day. */
bool body_speaks(const struct acts *acts, struct str body, struct str by, day on);

/* Whether a record counts as verified, claimed, or neither, at T. */
enum standing evidence_standing(const struct evidence *evidence, day known);

#endif
