/*
 * zone.h - time zones by their names in the zone database, such as Europe/Amsterdam.
 */
#ifndef ASSAY_BASE_ZONE_H
#define ASSAY_BASE_ZONE_H

#include <stdbool.h>

#include "base/str.h"

/* Whether it is written as such names are. */
bool zone_is_name(struct str s);

/* Whether this machine knows the zone: its file is there, where the C library looks for it. */
bool zone_exists(struct str name);

/* The zone of this machine in the same part of the world whose name is most like that one;
   STR_NONE if none is near. */
struct str zone_nearest(struct arena *arena, struct str name);

#endif
