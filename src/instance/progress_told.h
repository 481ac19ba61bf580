/*
 * progress_told.h - whom long work tells how far it is.
 */
#ifndef ASSAY_INSTANCE_PROGRESS_TOLD_H
#define ASSAY_INSTANCE_PROGRESS_TOLD_H

#include <stddef.h>
#include <stdint.h>

struct told {
    /* So many `things` are done, "rows" say, and so much of all the work, in whatever it is
       measured; 0 where that is not known. NULL: nobody is told. */
    void (*tell)(void *context, const char *things, int64_t count, int64_t done, int64_t all);
    void *context;
};

static inline void tell(struct told told, const char *things, int64_t count, int64_t done,
                        int64_t all)
{
    if (told.tell)
        told.tell(told.context, things, count, done, all);
}

#endif
