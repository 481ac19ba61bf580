/*
 * access_log.h - the file of the access log: lines from several threads, one write each.
 *
 * A line that cannot be written is lost, and serving goes on: that is said once, and once again
 * when lines can be written as before.
 */
#ifndef ASSAY_WEB_ACCESS_LOG_H
#define ASSAY_WEB_ACCESS_LOG_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/result.h"
#include "base/str.h"

struct access_log {
    const char *path; /* "-": standard output */
    int fd;
    FILE *err; /* where it is said that lines are lost */
    atomic_bool torn;
    atomic_ullong lost;
};

/* Opens the file at its end, making it where it is missing. ERROR_WRITE, with errno. */
RESULT access_log_open(struct access_log *log, const char *path, FILE *err);
void access_log_close(struct access_log *log);

/* Opens the file of that name anew, while others write. ERROR_WRITE, with errno: the old one
   stays. */
RESULT access_log_reopen(struct access_log *log);

void access_log_write(struct access_log *log, struct str line); /* without a line end */

#endif
