/*
 * browser.h - the browsers in which somebody has signed in to an account before.
 *
 * Anybody can try passwords of an address, and ask for links to it, until a limit is reached. So
 * that they do not keep its owner out, what comes from a browser that is known to the account is
 * counted for that browser alone. A browser is known by the secret in its cookie.
 */
#ifndef ASSAY_ACCOUNT_BROWSER_H
#define ASSAY_ACCOUNT_BROWSER_H

#include "account/account.h"
#include "account/limit.h"
#include "account/session.h"

#define BROWSER_KNOWN (400 * DAYS) /* since somebody signed in there, as long as cookies last */
#define BROWSERS_MAX 20            /* of an account: the latest */

/* Somebody has signed in there. Nothing where the browser has no secret. */
RESULT browser_remember(struct store *store, int64_t now, struct account_id account,
                        struct str secret);

/* No browser is known to the account any more. */
RESULT browsers_forget(struct store *store, struct account_id account);

/* Forgets those in which nobody signed in for BROWSER_KNOWN. */
RESULT browsers_sweep(struct store *store, int64_t now);

/* The key by which attempts from a browser are counted alone; STR_NONE where it is not known to the
   account, or there is no account. */
RESULT browser_key(struct store *store, struct arena *arena, struct account_id account,
                   struct str secret, struct str *ret);

/* The same for somebody who is signed in. */
struct str browser_session_key(struct arena *arena, const struct session *session);

#endif
