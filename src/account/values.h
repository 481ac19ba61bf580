/*
 * values.h - people, accounts, appointments and what waits for the office, as data: what the
 * command line prints with --json, and what pages and programs get. docs/office.md lists the
 * members.
 *
 * Texts are not copied: they live in the arena that the rows were read into. A person is
 * { id, name }, and null where there is none.
 */
#ifndef ASSAY_ACCOUNT_VALUES_H
#define ASSAY_ACCOUNT_VALUES_H

#include "account/api_token.h"
#include "account/claim.h"
#include "account/history.h"
#include "account/recovery.h"
#include "base/value.h"

RESULT person_value(struct store *store, struct arena *arena, struct person_id person,
                    struct value **ret);

/* id, name, created. */
struct value *person_row_value(struct arena *arena, const struct person_row *row);

/* id, person, role, scope ("body:ethics"), from, last or null, basis, ended and why or null, holds
   (on that day), and whether it is still to begin. */
RESULT appointment_value(struct store *store, struct arena *arena,
                         const struct appointment *appointment, day on, struct value **ret);
RESULT appointments_value(struct store *store, struct arena *arena,
                          const struct appointment_list *list, day on, struct value **ret);

/* id, state, created, person: what the office sees. */
RESULT account_value(struct store *store, struct arena *arena, const struct account *account,
                     struct value **ret);
/* Besides: addresses, password, second_step, passkeys, recovery_codes. */
RESULT account_whole_value(struct store *store, struct arena *arena, const struct account *account,
                           struct value **ret);
const char *account_state_word(enum account_state state); /* "open", "blocked", "closed" */

RESULT claim_value(struct store *store, struct arena *arena, const struct claim *claim,
                   struct value **ret);
const char *claim_state_word(enum claim_state state); /* "asked", "accepted", "refused" */

/* `approvals` lists who has approved it; the officer of one is null for the command line. */
RESULT recovery_value(struct store *store, struct arena *arena, const struct recovery *recovery,
                      struct value **ret);

RESULT api_token_value(struct store *store, struct arena *arena, const struct api_token *token,
                       struct value **ret);

/* position, at, operation, by ("person", "command", "system", "token", or null), actor (a person or
   null), themself, authority, details: the payload as an object, null once it was erased. */
struct value *history_entry_value(struct arena *arena, const struct history_entry *entry);
struct value *history_value(struct arena *arena, const struct history_list *list);

/* Null where the instant or the day is none. */
struct value *instant_or_null(struct arena *arena, int64_t instant);
struct value *text_or_null(struct arena *arena, struct str text);

#endif
