/*
 * backoff.h - how long to wait before something that failed is tried again.
 */
#ifndef ASSAY_JOBS_BACKOFF_H
#define ASSAY_JOBS_BACKOFF_H

#include <stdint.h>

/*
 * Microseconds after so many failures in a row, from 1: a minute, 5, 30, two hours, and then every
 * six hours. Up to an eighth is added, by the seed alone, so that what failed together is not tried
 * again together, and a test knows when.
 */
int64_t backoff(int64_t failures, int64_t seed);

#endif
