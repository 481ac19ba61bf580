/*
 * record_entry.h - an entry of a logbook as data, and the form that adds or corrects one: for the
 * pages of one's own record, and for those who confirm what stands there.
 *
 * Nothing is listed by hand: kinds, fields and values are those of the scheme's vocabulary. What
 * was sent is read as one record of a logbook (docs/logbook.md), so that a form, a program's JSON
 * and a file take the same words and give the same faults.
 */
#ifndef ASSAY_WEB_RECORD_ENTRY_H
#define ASSAY_WEB_RECORD_ENTRY_H

#include "register/evidence.h"
#include "register/likeness.h"
#include "web/record.h"

#define ENTRY_REFERENCE_MAX 20 /* characters */

/* ---- an entry ---- */

extern const struct shape record_entry_shape, record_entries_shape;

struct value *record_entry_value(struct arena *arena, const struct vocabulary *vocabulary,
                                 const struct evidence_row *row);
/* What an entry says, without number and standing. */
struct value *record_says_value(struct arena *arena, const struct vocabulary *vocabulary,
                                const struct evidence *says);
extern const struct shape record_says_shape;

/* "Mediation", or the name of a kind that the vocabulary does not have, written plainly. */
struct str record_kind_title(struct arena *arena, const struct vocabulary *vocabulary,
                             struct str kind);

/* ---- the form ---- */

extern const struct shape record_form_shape;

/*
 * The form for a kind, with what was typed where something was sent, and else with what `says`
 * holds, which may be NULL. Not for a kind that the vocabulary does not have: null.
 */
struct value *record_form_value(const struct call *call, const struct vocabulary *vocabulary,
                                struct str kind, const struct evidence *says);

/*
 * What was sent, as an entry. What is wrong becomes faults of the call, at the fields of the form;
 * false then.
 */
NODISCARD bool record_form_read(struct call *call, const struct vocabulary *vocabulary,
                                struct evidence *ret);

#endif
