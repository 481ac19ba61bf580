/*
 * standing_form.h - the form as data: what it asks, and what stands in it so far.
 */
#ifndef ASSAY_WEB_STANDING_FORM_H
#define ASSAY_WEB_STANDING_FORM_H

#include "base/arena.h"
#include "base/date.h"
#include "base/value.h"
#include "scheme/scheme.h"
#include "web/standing_asked.h"
#include "web/standing_facts.h"
#include "web/standing_sent.h"

/*
 * `facts` may be NULL: then nothing was sent yet. Faults of single fields stand beside them. One
 * row more of the kind that the field `action` names is put into it. Its shape is
 * standing_form_shape.
 */
struct value *standing_form_value(struct arena *arena, const struct scheme *scheme,
                                  const struct asked *asked, const struct sent *sent,
                                  const struct standing_facts *facts, day today);

/* The part of it that asks for a plan: `then`, `plan` and `planned`. Its shape is
   standing_plan_form_shape. */
struct value *standing_plan_form_value(struct arena *arena, const struct scheme *scheme,
                                       const struct asked *asked, const struct sent *sent,
                                       const struct standing_facts *facts, day today);

/* "in-person" -> "in person". */
struct str plain_words(struct arena *arena, struct str name);
/* "in-person" -> "In person". */
struct str plain_title(struct arena *arena, struct str name);

#endif
