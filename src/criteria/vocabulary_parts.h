/*
 * vocabulary_parts.h - what building a vocabulary from its text and inferring one share; for
 * vocabulary*.c only.
 */
#ifndef ASSAY_CRITERIA_VOCABULARY_PARTS_H
#define ASSAY_CRITERIA_VOCABULARY_PARTS_H

#include "base/arena.h"
#include "criteria/vocabulary.h"

#define KIND_FIELDS_MAX 64 /* the implicit ones included: an edition keeps a bit for each */

struct field_list {
    struct field *at;
    size_t count;
    size_t room;
};

/* The fields that every kind has. */
void fields_init(struct arena *arena, struct field_list *fields);

void vocabulary_sort_kinds(struct kind *kinds, size_t count);
void vocabulary_sort_names(struct str *names, size_t count);

/* The units that the entries give, and for the rest those that hold without being given. The kinds
   must be set; entries may be NULL. */
void vocabulary_set_efforts(struct arena *arena, struct vocabulary *vocabulary,
                            const struct entry_list *entries);

#endif
