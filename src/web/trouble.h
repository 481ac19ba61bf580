/*
 * trouble.h - what the database said when it failed, for whoever runs the installation: a line on
 * standard error, and not one for each request that meets the same trouble.
 */
#ifndef ASSAY_WEB_TROUBLE_H
#define ASSAY_WEB_TROUBLE_H

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

#include "base/result.h"
#include "config/config.h"
#include "store/store.h"

struct trouble {
    FILE *err;
    const struct config *config; /* says which database it is */
    pthread_mutex_t lock;        /* of what follows */
    const struct error *last;    /* that was told; NULL: nothing yet */
    int64_t told_at;             /* when, by the clock that only goes forward */
};

void trouble_init(struct trouble *trouble, FILE *err, const struct config *config);
void trouble_release(struct trouble *trouble);

/* As site_settings wants it; the context is the struct. The same error is told again after a
   minute. Faults of the change itself, such as broken rules of the schema, are told like all. */
void trouble_tell(void *context, const struct error *error, const struct store_fault *fault);

#endif
