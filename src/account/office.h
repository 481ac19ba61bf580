/*
 * office.h - what the office does for people: each of these asks the table of permissions, as the
 * writer sees it, and stands in the history of the person or account that it is about.
 */
#ifndef ASSAY_ACCOUNT_OFFICE_H
#define ASSAY_ACCOUNT_OFFICE_H

#include "account/permissions.h"
#include "register/evidence.h"

/* PERMISSION_PERSON_ADD, PERMISSION_PERSON_CHANGE. */
RESULT office_person_add(struct store *store, struct arena *arena, const struct act *act,
                         struct str name, struct person_id *ret);
RESULT office_person_rename(struct store *store, struct arena *arena, const struct act *act,
                            struct person_id person, struct str name);

/* PERMISSION_SESSIONS_END: all of an account, by somebody else; *ret_ended is how many. */
RESULT office_sessions_end(struct store *store, struct arena *arena, const struct act *act,
                           struct account_id account, int64_t *ret_ended);

/* PERMISSION_RECORD_CORRECT: evidence_correct for somebody else, with a reason. It stands in their
   history, and what was verified or rejected is a claim again. */
RESULT office_evidence_correct(struct store *store, struct arena *arena, const struct act *act,
                               const struct vocabulary *vocabulary, struct evidence_id id,
                               int64_t version, const struct evidence *evidence, struct str why);

#define OFFICE_LINK_LASTS HOURS

/* A link that signs in to an account, in any browser, within OFFICE_LINK_LASTS, for whoever may use
   the command line to hand on: no letter is sent. Where the account has a second step, that is
   asked for as always. */
RESULT office_sign_in_link(struct store *store, struct arena *arena, const struct act *act,
                           struct account_id account, struct str *ret_token);

#endif
