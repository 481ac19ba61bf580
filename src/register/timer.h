/*
 * timer.h - something to be done at an instant: a reminder, the end of a term, a date that is due.
 *
 * An operation sets a timer in its own transaction. When its time has come, or as soon as the
 * program runs again after that, the kind's function (src/jobs/jobs.h) runs once, in the
 * transaction that takes the timer away.
 */
#ifndef ASSAY_REGISTER_TIMER_H
#define ASSAY_REGISTER_TIMER_H

#include <stdint.h>

#include "store/store.h"

/* One of a kind and subject: setting it again moves it. `kind` is the name of a row of the table in
   src/instance/work.c; `subject` is the key of what it is about, as the kind has it. `at` is in
   microseconds UTC, and may be past. */
RESULT timer_set(struct store *store, const char *kind, int64_t subject, int64_t at);

/* Also where there is none. */
RESULT timer_cancel(struct store *store, const char *kind, int64_t subject);

#endif
