/*
 * standing_sent_json.h - the JSON body of a question where somebody stands, brought into the shape
 * of the form, for standing_sent.c alone.
 */
#ifndef ASSAY_WEB_STANDING_SENT_JSON_H
#define ASSAY_WEB_STANDING_SENT_JSON_H

#include "web/standing_sent.h"

/* What is wrong goes to the faults; what could be understood is taken. */
void sent_read_json(struct arena *arena, struct str text, struct faults *faults, struct sent *sent);

#endif
