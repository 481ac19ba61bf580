/*
 * rows.h - all rows of a statement at once, as an array.
 *
 *     static void take_body(const struct query *query, struct arena *arena, void *ret)
 *     {
 *         *(struct body *)ret = (struct body){
 *             .id = query_int(query, 0),
 *             .name = str_copy(arena, query_text(query, 1)),
 *         };
 *     }
 *
 *     TRY(rows_read(store, arena, "SELECT id, name FROM body", NO_PARAMS, take_body,
 *                   sizeof(struct body), &rows));
 *     *ret = (struct body_list){ rows.at, rows.count };
 */
#ifndef ASSAY_STORE_ROWS_H
#define ASSAY_STORE_ROWS_H

#include "base/arena.h"
#include "store/store.h"

/* Writes to *ret what the row is that stands in the query; what is to last longer than the row is
   copied to the arena. */
typedef void row_take(const struct query *query, struct arena *arena, void *ret);

struct rows {
    void *at; /* in the order of the statement; NULL where there are none */
    size_t count;
};

/* `bytes_each` is the size of what `take` writes. */
RESULT rows_read(struct store *store, struct arena *arena, const char *sql, struct params params,
                 row_take *take, size_t bytes_each, struct rows *ret);

#endif
