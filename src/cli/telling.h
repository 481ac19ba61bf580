/*
 * telling.h - the progress of work on an installation, which goes through stages.
 */
#ifndef ASSAY_CLI_TELLING_H
#define ASSAY_CLI_TELLING_H

#include "cli/commands.h"
#include "cli/progress.h"
#include "instance/progress_told.h"

struct telling {
    struct output *err;
    struct progress progress;
    bool begun;
};

static inline struct telling telling_of(const struct invocation *invocation)
{
    return (struct telling){ .err = &invocation->around->err };
}

/* For what long work tells. The telling has to outlast it. */
struct told telling_told(struct telling *telling);

/* For what counts things alone, as journal_verify does; `noun` in the plural. */
void telling_show(struct telling *telling, const char *noun, int64_t done, int64_t all);

/* Takes the bar away. */
void telling_end(struct telling *telling);

#endif
