/*
 * verify_part.h - what confirming by role and by link have in common.
 */
#ifndef ASSAY_REGISTER_VERIFY_PART_H
#define ASSAY_REGISTER_VERIFY_PART_H

#include "register/evidence_part.h"
#include "register/verify.h"

/* VERIFY_ONESELF where both are one person, and VERIFY_PAIR where the person has confirmed entries
   of the verifier and the scheme does not allow that. A verifier of 0 is nobody known. */
RESULT verify_apart(struct store *store, const struct verify_rules *rules,
                    struct person_id verifier, struct person_id person);

/* Whether two people can be named or asked in that role because of who they are. */
bool role_is_personal(enum verifier_role role);

#endif
