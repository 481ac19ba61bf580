/*
 * process.h - what the operating system knows of this process, under the names that every program
 * has for Prometheus.
 */
#ifndef ASSAY_WEB_PROCESS_H
#define ASSAY_WEB_PROCESS_H

#include <stdint.h>

#include "base/buf.h"

/* since: when the program began, in seconds since 1970. What cannot be found out is left out. */
void process_write_metrics(int64_t since, struct buf *out);

#endif
