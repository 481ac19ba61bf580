/*
 * erasing.h - somebody has their record erased, and their account goes with it.
 *
 * The register's part is that of erase.h. Of the accounts that were ever theirs there stay the
 * numbers, and what the journal says was done without what: addresses, names of browsers, what they
 * wrote to claim or recover an account, keys, sessions and links go. The last letter, which says
 * that the account was closed, still leaves.
 */
#ifndef ASSAY_ACCOUNT_ERASING_H
#define ASSAY_ACCOUNT_ERASING_H

#include "account/account.h"

extern const struct error ERASING_HOLDS; /* 409: they hold a role, which has to end first */

/*
 * Erases a piece, of those merged into the person too: to be called until *ret_left is 0; with the
 * last piece the account closes. One that was broken off goes on where it was. PEOPLE_UNKNOWN.
 */
RESULT record_erase(struct store *store, struct arena *arena, const struct act *act,
                    struct person_id person, int64_t *ret_left);

#endif
