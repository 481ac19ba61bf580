/*
 * serve.h - a whole serving process: the folder of the installation, the site, the servers, the
 * log, and the signals that end it.
 */
#ifndef ASSAY_WEB_SERVE_H
#define ASSAY_WEB_SERVE_H

#include <stdio.h>

#include "base/result.h"
#include "config/config.h"
#include "scheme/file.h"

/*
 * Serves until SIGTERM or SIGINT; SIGHUP opens the log anew. First loads the files of a scheme's
 * folder into the database, unless that is NULL: then it serves the scheme that is there. Says on
 * `out` where it serves once it does, and on `err` what went wrong. The process has no other thread
 * yet.
 */
enum exit_code serve(const struct config *config, const struct scheme_files *files, FILE *out,
                     FILE *err);

#endif
