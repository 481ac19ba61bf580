/*
 * serve.h - a whole serving process: the folder of the installation, the site, the servers, the
 * log, and the signals that end it.
 */
#ifndef ASSAY_WEB_SERVE_H
#define ASSAY_WEB_SERVE_H

#include <stdio.h>

#include "base/result.h"
#include "config/config.h"
#include "scheme/snapshot.h"

/*
 * Serves until SIGTERM or SIGINT; SIGHUP opens the log anew. Says on `out` where it serves once it
 * does, and on `err` what went wrong. The process has no other thread yet.
 */
enum exit_code serve(const struct config *config, struct scheme_snapshot *scheme, FILE *out,
                     FILE *err);

#endif
