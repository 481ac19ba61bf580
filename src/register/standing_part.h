/*
 * standing_part.h - what the parts of a standing's summary share; for those parts only.
 */
#ifndef ASSAY_REGISTER_STANDING_PART_H
#define ASSAY_REGISTER_STANDING_PART_H

#include "base/value.h"
#include "register/standpoint.h"

struct summing {
    struct standpoint from;
    size_t most; /* records that are named of each group */
};

/* Members of every summary are there, so what is not known is null. */
void set_text_or_null(struct arena *arena, struct value *object, const char *key, struct str text);
void set_day_or_null(struct arena *arena, struct value *object, const char *key, day d);
void set_name(struct arena *arena, struct value *object, const char *key, const char *name);

/* A node of a rule with all below it; the parent is NULL at the top. */
struct value *summary_node(const struct summing *s, const struct edition_node *node,
                           const struct edition_node *parent, const struct frame *frame);

/* What the body has said of the requirement, or null. */
struct value *summary_judgement(const struct summing *s, const struct requirement *requirement,
                                struct str body);

/* The groups of records under the requirement of that number. */
struct value *summary_uses(const struct summing *s, size_t requirement);

/* The days on which something that counts today ends, and how many there are beyond those. */
struct value *summary_days(const struct summing *s, size_t *ret_more);

#endif
