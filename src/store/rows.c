#include "store/rows.h"

struct result rows_read(struct store *store, struct arena *arena, const char *sql,
                        struct params params, row_take *take, size_t bytes_each, struct rows *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct rows rows = { 0 };
    size_t room = 0;

    TRY(query_begin(store, sql, params, &query));
    while (query_next(&query)) {
        rows.at = arena_reserve(arena, rows.at, rows.count, &room, bytes_each);
        take(&query, arena, (char *)rows.at + rows.count * bytes_each);
        rows.count++;
    }
    TRY(query_end(&query));
    *ret = rows;
    return OK;
}
