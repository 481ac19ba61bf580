/*
 * record_look.h - where somebody stands by their record, looked at within the time that a request
 * may take, and shown at a glance.
 */
#ifndef ASSAY_WEB_RECORD_LOOK_H
#define ASSAY_WEB_RECORD_LOOK_H

#include "http/shape.h"
#include "web/budget.h"
#include "web/record.h"

/* Checks those certifications, or all. The dossier and the budget outlive the check. ERROR_LIMIT
   when the time was over. */
RESULT record_check(const struct record *record, const struct dossier *dossier, day on,
                    struct str_list names, struct budget *budget, struct standing_check *ret);

/* What a summary says in short: every certification with its rings and the nearest way. */
extern const struct shape record_glance_shape;
struct value *record_glance(struct arena *arena, const struct value *summary);

#endif
