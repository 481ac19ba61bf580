/*
 * clock.h - the clocks of a serving process: today's date in one zone, and time that passes.
 */
#ifndef ASSAY_WEB_CLOCK_H
#define ASSAY_WEB_CLOCK_H

#include <stdint.h>

#include "base/date.h"
#include "base/str.h"

/* Sets the zone of the process, which this machine knows. Before any thread starts that asks what
   day it is. */
void clock_set_zone(struct str zone);

/* As site_settings wants them; the context is not used. */
day clock_today(void *context);
int64_t clock_now_ms(void *context);
int64_t clock_now(void *context); /* microseconds UTC */

#endif
