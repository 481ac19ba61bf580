/*
 * daily.h - the instants at which a day reaches an hour, in the time zone of the process.
 */
#ifndef ASSAY_JOBS_DAILY_H
#define ASSAY_JOBS_DAILY_H

#include <stdint.h>

/* The first instant after `now` at which it is that full hour, 0 to 23; where a clock leaves the
   hour out, the same time after midnight. Microseconds UTC. */
int64_t daily_after(int64_t now, int hour);

#endif
