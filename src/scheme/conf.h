/*
 * conf.h - reads the text of a scheme.conf.
 *
 * Only what the text alone can show is checked here: its statements, their order of words, what
 * is missing and what stands twice. Whether its names exist is for scheme_check (check.h).
 */
#ifndef ASSAY_SCHEME_CONF_H
#define ASSAY_SCHEME_CONF_H

#include "base/diag.h"
#include "scheme/scheme.h"

/*
 * Fills the scheme from its source; faults go to the diags and reading goes on behind them. False
 * when the block of the scheme could not be read to its end, so that its names are not to be
 * relied on.
 */
NODISCARD bool scheme_conf_read(struct arena *arena, const struct source *source,
                                struct diags *diags, struct scheme *scheme);

#endif
