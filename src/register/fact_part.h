/*
 * fact_part.h - rows of facts, for the files of fact.h and profile.h alone.
 */
#ifndef ASSAY_REGISTER_FACT_PART_H
#define ASSAY_REGISTER_FACT_PART_H

#include "register/fact.h"

/* Of the table under the alias f, and how many they are. */
#define FACT_COLUMNS                                                                               \
    "f.id, f.person, f.kind, f.name, f.value, f.from_day, f.until_day, f.visible,"                 \
    " f.recorded_position, f.superseded_position"
#define FACT_COLUMN_COUNT 10

/* From the first columns of a row. */
struct person_fact fact_from_row(const struct query *query, struct arena *arena);

#endif
