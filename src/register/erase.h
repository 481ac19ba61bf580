/*
 * erase.h - a person's record goes, and a stub stays.
 *
 * What goes: profile, names, logbook with its papers and requests, and the payloads of the
 * journal's entries about the person, so that its chain still verifies. What stays: the number of
 * the person, the entries themselves without payload, and what other parts of the register keep to
 * answer whether a certificate is genuine. The files of papers become orphans (attachment.h).
 */
#ifndef ASSAY_REGISTER_ERASE_H
#define ASSAY_REGISTER_ERASE_H

#include "register/merge.h"

extern const struct error PERSON_ERASED; /* 409 */

#define ERASE_PIECE                                                                                \
    200 /* entries of the logbook, and of the journal, that one operation erases                   \
         */

/* What the register calls somebody whose record was erased. */
#define ERASED_NAME "Erased"

/*
 * Erases a piece, of those merged into the person too: to be called until *ret_left is 0. The first
 * call makes the journal's entry, which keeps the reason as its authority does, without names.
 */
RESULT person_erase(struct store *store, struct arena *arena, const struct act *act,
                    struct person_id person, int64_t *ret_left);

/* For what adds to a record: PEOPLE_UNKNOWN, and PERSON_ERASED. */
RESULT person_has_record(struct store *store, struct arena *arena, struct person_id person);

/* Whether somebody's record was erased, or is being erased. */
RESULT person_is_erased(struct store *store, struct person_id person, bool *ret);

#endif
