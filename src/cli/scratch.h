/*
 * scratch.h - an arena beside the run's own, for what is rewound often.
 *
 * Declare it with CLEANUP(arena_release). Where memory runs out it leaves as the run's arena does.
 */
#ifndef ASSAY_CLI_SCRATCH_H
#define ASSAY_CLI_SCRATCH_H

#include "cli/commands.h"

static inline struct arena scratch_arena(const struct invocation *invocation)
{
    struct arena scratch;

    arena_init(&scratch, ARENA_UNLIMITED);
    arena_on_full(&scratch, invocation->arena->full);
    return scratch;
}

#endif
