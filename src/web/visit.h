/*
 * visit.h - who asks, and how a route's function reads and changes the database.
 *
 * Before a route's function runs, its row was enforced: a visitor who may not come in was sent to
 * sign in or refused, a POST came from a page of this site with the session's token in it, and
 * where the row's permission is sensitive the session has lately shown who it is. What a permission
 * is about (a person, a body) the function alone knows: it asks with call_permit.
 */
#ifndef ASSAY_WEB_VISIT_H
#define ASSAY_WEB_VISIT_H

#include "account/permissions.h"
#include "account/session.h"
#include "http/route.h"
#include "register/act.h"
#include "store/store.h"

/* Microseconds UTC: the instant of the request. */
int64_t call_now(const struct call *call);

/* Whoever asks; all zeros for a visitor of whom nothing is known. */
const struct who *call_who(const struct call *call);

/* Of a browser that is signed in; NULL otherwise, and for programs with a token. */
const struct session *call_session(const struct call *call);

/* Network, agent, and the secret of the browser's cookie if it has one. */
const struct visitor *call_visitor(const struct call *call);

/* A connection for reading, in one transaction until the answer is made. STORE_GONE and others. */
RESULT call_store(struct call *call, struct store **ret);

/* Runs an operation on the writer and waits until it is kept, or has failed. */
RESULT call_perform(struct call *call, struct result (*run)(struct store *store, void *context),
                    void *context);

/* Whether whoever asks may, and the act to do it by. ACCOUNT_NOT_PERMITTED. */
RESULT call_permit(const struct call *call, enum permission permission, const struct about *about,
                   struct act *ret);

/* After a POST that changed something: a browser is sent on to that path, a program gets the view.
   `notice` is the name of a sentence that the next page shows once (templates/notices.html); NULL:
   none. */
void call_see_other(struct call *call, struct str path, const char *notice);

#endif
