/*
 * snapshot.h - a scheme as it was at one moment, shared by threads and counted.
 *
 * Whoever works with one holds it, so that it stays whole while another takes its place. It does
 * not change; the last holder to let go frees it, scheme and files and all.
 */
#ifndef ASSAY_SCHEME_SNAPSHOT_H
#define ASSAY_SCHEME_SNAPSHOT_H

#include <stdint.h>

#include "base/diag.h"
#include "base/result.h"
#include "scheme/scheme.h"

struct scheme_snapshot;

/* An empty one, which the caller holds. */
struct scheme_snapshot *scheme_snapshot_new(void);

/*
 * Makes the scheme of it, once, before others see it. The files are copied. `position` is that of
 * the journal's entry since which the scheme is so, 0 where it is of a folder. Faults and errors
 * are those of scheme_make; they point into the snapshot, so show them before letting go of it.
 */
RESULT scheme_snapshot_fill(struct scheme_snapshot *snapshot, struct str place,
                            const struct scheme_files *files, int64_t position,
                            struct diags *diags);

/* The same from a folder. ERROR_READ, with errno, when there is no readable scheme.conf. */
RESULT scheme_snapshot_read(struct scheme_snapshot *snapshot, const char *folder,
                            struct diags *diags);

struct scheme_snapshot *scheme_snapshot_hold(struct scheme_snapshot *snapshot);
void scheme_snapshot_release(struct scheme_snapshot *snapshot); /* NULL: does nothing */

const struct scheme *scheme_snapshot_scheme(const struct scheme_snapshot *snapshot);
int64_t scheme_snapshot_position(const struct scheme_snapshot *snapshot);

#endif
