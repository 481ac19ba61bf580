/*
 * case_parts.h - cases that stand in a part of a text. For cases.c and markdown.c.
 */
#ifndef ASSAY_CRITERIA_CASE_PARTS_H
#define ASSAY_CRITERIA_CASE_PARTS_H

#include "criteria/cases.h"

/* Adds the cases of the part [from, end) of a source, whose first line has the given number. */
void cases_read_part(struct arena *arena, const struct source *source, size_t from, size_t end,
                     uint32_t line, struct diags *diags, struct case_list *list);

/* Cases with one id, from the list's given index on, are hard to tell apart when one fails. */
void cases_warn_of_same_ids(struct arena *arena, const struct case_list *list, size_t from,
                            struct diags *diags);

#endif
