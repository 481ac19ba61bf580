/*
 * examine.h - whether a database is whole: looked through for damage, its journal verified, its
 * rows counted.
 */
#ifndef ASSAY_INSTANCE_EXAMINE_H
#define ASSAY_INSTANCE_EXAMINE_H

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "instance/progress_told.h"
#include "register/journal.h"
#include "store/store.h"

extern const struct error EXAMINE_DAMAGED; /* it is not whole */

struct examined_table {
    struct str name;
    int64_t rows;
};

struct examined {
    struct str installation;
    struct journal_head head;
    const struct examined_table *tables; /* in the order of their references */
    size_t table_count;
};

/* Reads all of it, inside a transaction or where nobody else writes. EXAMINE_DAMAGED, and what the
   store meets; *ret_message, in the arena, says what is wrong. */
RESULT examine(struct store *store, struct arena *arena, struct told told, struct examined *ret,
               struct str *ret_message);

#endif
