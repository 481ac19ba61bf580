/*
 * appoint.h - appointments, made and ended by those who may: each role has the permission that
 * making it takes. They are told by mail, at the primary address of the person's account.
 */
#ifndef ASSAY_ACCOUNT_APPOINT_H
#define ASSAY_ACCOUNT_APPOINT_H

#include "account/permissions.h"

/* A timer of an appointment that comes to an end, for its person. */
#define APPOINTMENT_REMINDER "appointment-reminder"
#define APPOINTMENT_REMINDED 30 /* days before the last one */

enum permission permission_to_appoint(enum appointed_role role);

RESULT appoint(struct store *store, struct arena *arena, const struct act *act,
               const struct appointment_wish *wish, struct appointment_id *ret);
/* Also by the person themself. */
RESULT appoint_end(struct store *store, struct arena *arena, const struct act *act,
                   struct appointment_id appointment, day on, struct str why);

/* What APPOINTMENT_REMINDER does: tells the person when it ends, unless that is over, or they hold
   the same role from the day after. */
RESULT appointment_remind(struct store *store, struct arena *arena, const struct act *act,
                          struct appointment_id appointment);

#endif
