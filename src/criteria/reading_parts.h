/*
 * reading_parts.h - the phrases that readings are made of; used by reading.c and
 * reading_records.c alone.
 *
 * All of them append to a buffer, begin where the text before them ends, and bring the space or
 * the comma that they need in front.
 */
#ifndef ASSAY_CRITERIA_READING_PARTS_H
#define ASSAY_CRITERIA_READING_PARTS_H

#include "base/buf.h"
#include "criteria/edition.h"

/* More than the longest document can be read into: a reading repeats each of its words. */
#define READING_MAX ((size_t)16 * 1024 * 1024)

void add_spaced(struct buf *out, struct str word);             /* lack-of-work: lack of work */
void add_alternatives(struct buf *out, struct str_list words); /* a, b or c */
void add_day(struct buf *out, day d);                          /* 1 June 2024 */
void add_months(struct buf *out, int32_t months);              /* 24 months, 4 years */
void add_short_quantity(struct buf *out, const struct field *measure, int64_t n); /* 2 h 30 min */
void add_plural(struct buf *out, struct str noun);

/* A body in the document's words: "the appraisal committee", an abbreviation in capitals, or, of
   a programme type that stands for a body, "an ICQAP". */
void add_body(struct buf *out, const struct vocabulary *vocabulary, struct str body);

/* The records of a selection: */
void add_records(struct buf *out, const struct selection *selection, int64_t n); /* 20 mediations */
void add_all_records(struct buf *out, const struct selection *selection); /* records of training */
void add_one_record(struct buf *out, const struct selection *selection);  /* a mediation */
void add_first(struct buf *out, const struct selection *selection); /* (the first) mediation */
void add_mass(struct buf *out, const struct selection *selection);  /* (hours of) mediation */

/* " with mode online", " as mediator", " that are paid": what a weight or a limit picks out. */
void add_picked(struct buf *out, const struct kind *kind, const struct own_test *test);

/* Whether the selection says when a record must have ended. */
bool selection_is_dated(const struct selection *selection);

#endif
