/*
 * seen.h - that sessions and tokens were used: requests note it here, and the writer writes it down
 * every few seconds, so that no page waits for that.
 *
 * For several threads. What cannot be written down is dropped: the next request notes it again.
 */
#ifndef ASSAY_WEB_SEEN_H
#define ASSAY_WEB_SEEN_H

#include "account/session.h"
#include "store/writer.h"

#define SEEN_EVERY MINUTES /* a use that was noted less long ago is not noted again */

struct seen;

/* Starts a thread; NULL when none can be started. The writer outlives it. */
struct seen *seen_new(struct writer *writer, const struct session_rules *rules);

/* Writes down what is left, and ends the thread. NULL: nothing. */
void seen_free(struct seen *seen);

void seen_session(struct seen *seen, struct session_id session, int64_t at);
void seen_token(struct seen *seen, int64_t token, int64_t at);

#endif
