/*
 * evidence_part.h - what the operations on entries have in common, for the files of evidence.h,
 * import.h, verify.h and opinion.h alone. All of it runs within an operation whose entry in the
 * journal has the position that is given.
 */
#ifndef ASSAY_REGISTER_EVIDENCE_PART_H
#define ASSAY_REGISTER_EVIDENCE_PART_H

#include "base/value.h"
#include "register/evidence.h"
#include "register/journal.h"

/* Where an entry comes from. */
struct evidence_source {
    struct person_id person;
    int64_t import; /* 0: none */
    int64_t row;
};

/* Adds an entry with its first version, and no standing yet. */
RESULT evidence_insert(struct store *store, struct arena *arena,
                       const struct evidence_source *source, const struct evidence *evidence,
                       int64_t position, struct evidence_id *ret);

/* Adds a version; the one before it, if there is one, is superseded. */
RESULT version_insert(struct store *store, struct arena *arena, const struct evidence_row *entry,
                      const struct evidence *evidence, int64_t version, struct str why,
                      int64_t position);

/* Adds a change; the one before it, if there is one, is superseded. `change->change` is its number
   and `recorded` the position. */
RESULT standing_insert(struct store *store, struct evidence_id id, struct person_id person,
                       const struct standing_change *change);

/* ERROR of a reason that is longer than allowed, or missing where it is needed. */
RESULT why_check(struct str why, bool needed);

/* EVIDENCE_MANY where so many more would be too many. */
RESULT evidence_has_room(struct store *store, struct person_id person, size_t more);

/* Entries that take time from each other. */
struct neighbours {
    const struct evidence **at;
    size_t count, room;
};

/* Those of a person, leaving out the one of that number, that share a day with one that shares a
   day with the period: beside them whatever lies in the period has to fit (evidence_fits). */
RESULT neighbours_read(struct store *store, struct arena *arena, struct person_id person, day start,
                       day end, struct evidence_id but, struct neighbours *ret);

/* What the journal keeps of an entry. */
struct value *evidence_payload(struct arena *arena, struct evidence_id id,
                               const struct evidence *evidence);

struct journal_subject person_subject(struct person_id person);

/* Rows of a query with EVIDENCE_COLUMNS. */
#define EVIDENCE_COLUMNS                                                                           \
    "v.evidence, v.person, v.version, s.change, v.kind, v.start_day, v.end_day, v.minutes,"        \
    " v.work_days, v.matter, v.programme, v.facts, s.standing, s.verified_day"
/* False for a standing that a later program knows. */
NODISCARD bool evidence_from_row(const struct query *query, struct arena *arena,
                                 struct evidence_row *ret);

/* By the word that standing_name gives. */
NODISCARD bool standing_parse(struct str word, enum standing *ret);

#endif
