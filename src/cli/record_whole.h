/*
 * record_whole.h - the record of a person as the office sees it, whole, as data: what `assay record
 * show --json` prints.
 */
#ifndef ASSAY_CLI_RECORD_WHOLE_H
#define ASSAY_CLI_RECORD_WHOLE_H

#include "base/date.h"
#include "base/value.h"
#include "register/act.h"
#include "store/store.h"

/* As known at the end of a day, or now with DAY_NONE. PEOPLE_UNKNOWN. */
RESULT record_whole(struct store *store, struct arena *arena, struct person_id person, day at,
                    day today, struct value **ret);

#endif
