/*
 * asking.h - letters to those who are asked to confirm entries or to give an opinion, and who may
 * confirm in which role.
 *
 * The links work once and for 30 days. Nobody asks an address of their own, be it one that their
 * account has had; who has an account with the address is known as the one who was asked, so that
 * pairs are found.
 */
#ifndef ASSAY_ACCOUNT_ASKING_H
#define ASSAY_ACCOUNT_ASKING_H

#include "account/permissions.h"
#include "register/opinion.h"
#include "register/verify.h"

#define ASKING_LASTS (30 * DAYS)

/* "/confirm/TOKEN" and "/opinion/TOKEN": where the links go. */
struct str verification_path(struct arena *arena, struct str token);
struct str opinion_path(struct arena *arena, struct str token);

/* Makes the link of a wish, whose digest, verifier and end are not read, and mails it. ret_token
   may be NULL. */
RESULT verification_mail(struct store *store, struct arena *arena, const struct act *act,
                         const struct verify_rules *rules, const struct verification_wish *wish,
                         struct verification_id *ret, struct str *ret_token);
RESULT opinion_mail(struct store *store, struct arena *arena, const struct act *act,
                    const struct vocabulary *vocabulary, const struct verify_rules *rules,
                    const struct opinion_wish *wish, struct opinion_id *ret, struct str *ret_token);

/* evidence_confirm, for those whom the table allows it: the office, and for other roles whoever is
   signed in, whom the entry then has to name. */
RESULT evidence_confirm_permitted(struct store *store, struct arena *arena, const struct act *act,
                                  const struct verify_rules *rules,
                                  const struct confirmation *confirmation);

#endif
