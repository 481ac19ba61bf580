/*
 * progress.h - how far long work is, on a terminal's standard error, redrawn in place.
 *
 * Draws nothing where standard error is no terminal. There is no clock here: it is redrawn when
 * what it shows changes by enough to see.
 */
#ifndef ASSAY_CLI_PROGRESS_H
#define ASSAY_CLI_PROGRESS_H

#include <stdint.h>

#include "cli/output.h"

struct progress {
    struct output *err;
    const char *noun; /* of what is done, in the plural */
    int64_t bytes;    /* to be read in all; 0: not known */
    int64_t shown;    /* thousandths, or things done, when it was drawn last; -1: never */
};

void progress_init(struct progress *progress, struct output *err, const char *noun, int64_t bytes);

/* After so many bytes and things. */
void progress_show(struct progress *progress, int64_t bytes_done, int64_t things_done);

/* Takes it away again. */
void progress_end(struct progress *progress);

#endif
