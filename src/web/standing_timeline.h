/*
 * standing_timeline.h - a certification's counts on an axis of years: the windows that they look at
 * as bands, the records in and out of them as strokes, the day of the question, and the days on
 * which records leave a window that moves on.
 *
 * All geometry is computed here, in thousandths of the width of the picture, so that templates only
 * put numbers in their places. What cannot be seen is in the view as well: days and numbers.
 */
#ifndef ASSAY_WEB_STANDING_TIMELINE_H
#define ASSAY_WEB_STANDING_TIMELINE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/value.h"
#include "criteria/dossier.h"
#include "register/standing.h"

#define TIMELINE_WIDTH 1000
#define TIMELINE_LANES_MAX 12   /* counts of one certification that are drawn */
#define TIMELINE_LABELS_MAX 8   /* years that are written on the axis */
#define TIMELINE_EXPIRIES_MAX 5 /* days that are told, of each lane */

/* The years of an axis, and where a day lies on it. */
struct timeline_axis {
    day from;     /* 1 January */
    day to;       /* 31 December */
    int32_t step; /* years from one label to the next */
};

/* An axis that holds both days and at least two years. */
struct timeline_axis timeline_axis(day first, day last);

/* 0 to TIMELINE_WIDTH; days outside the axis lie at its ends. */
int timeline_x(const struct timeline_axis *axis, day d);

/* The last day of a question on which something of that day lies within so many months. */
day timeline_last_day_within(day end, int32_t months);

/* The timeline of one entry, or null where it counts no records. Its shape is timeline_shape. */
struct value *timeline_value(struct arena *arena, const struct standing_check *check,
                             const struct standing_entry *entry);

#endif
