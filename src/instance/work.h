/*
 * work.h - what an installation does by itself: the table of its timers, consumers and errands
 * (work.c), for the process that serves it.
 */
#ifndef ASSAY_INSTANCE_WORK_H
#define ASSAY_INSTANCE_WORK_H

#include "instance/instance.h"
#include "mail/mail.h"

struct work;

/* Starts it, on threads of its own. `mail` is copied. False, with errno, where no thread can be
   started. The instance outlives it. */
NODISCARD bool work_start(struct instance *instance, const struct mail_settings *mail,
                          int64_t (*now)(void *context), struct work **ret);
void work_stop(struct work *work); /* NULL: nothing */

/* For Prometheus. */
void work_write_metrics(struct work *work, struct buf *out);

#endif
