/*
 * tell.h - what operations on accounts have in common: their entry in the journal, and letters to
 * the account.
 */
#ifndef ASSAY_ACCOUNT_TELL_H
#define ASSAY_ACCOUNT_TELL_H

#include "account/link.h"
#include "account/permissions.h"
#include "base/value.h"
#include "register/journal.h"

/* An entry about the account; the payload may be NULL. */
RESULT account_entry(struct store *store, struct arena *arena, const struct act *act,
                     const char *operation, struct account_id account, const struct value *payload);

/* "2026-11-24T00:15Z". */
struct str instant_text(struct arena *arena, int64_t instant);

/* Adds to a letter's data `path`, which belongs to the address of the site, and `until`. */
void letter_link(struct arena *arena, struct value *data, struct str token, int64_t until);

/* A letter that leaves at once. `about` is whose history shows it; 0: nobody's. */
RESULT letter_send(struct store *store, struct arena *arena, const struct act *act,
                   struct str address, struct person_id about, const char *template,
                   const struct value *data);

/* The same to the primary address of an account, and to all that it has. */
RESULT account_letter(struct store *store, struct arena *arena, const struct act *act,
                      struct account_id account, const char *template, const struct value *data);
RESULT account_letter_all(struct store *store, struct arena *arena, const struct act *act,
                          struct account_id account, const char *template,
                          const struct value *data);

/* The same to the primary address, as news: joined with others of the day. */
RESULT account_news(struct store *store, struct arena *arena, const struct act *act,
                    struct account_id account, const char *template, const struct value *data);

/* News to everybody who has the permission by a role in the installation, and can sign in. */
RESULT office_news(struct store *store, struct arena *arena, const struct act *act,
                   enum permission permission, const char *template, const struct value *data);

/* What a stranger typed, as it may stand within a line of a letter: without control characters. */
struct str one_line(struct arena *arena, struct str text);

/* OK, ACCOUNT_BLOCKED or ACCOUNT_CLOSED. */
RESULT account_is_usable(const struct account *account);

/* The number that a query gives; 0 without a row. */
RESULT query_number(struct store *store, const char *sql, struct params params, int64_t *ret);

#endif
