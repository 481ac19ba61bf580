#include "store/statements.h"

#include <string.h>

#include "base/arena.h"

void statements_init(struct statements *statements, size_t count)
{
    if (count == 0)
        count = STATEMENTS_USUAL;
    *statements = (struct statements){
        .count = count,
        .hashes = memory_alloc(count, sizeof(*statements->hashes)),
        .places = memory_alloc(count, sizeof(*statements->places)),
    };
}

void statements_release(struct statements *statements)
{
    for (size_t i = 0; i < statements->count; i++)
        memory_free(statements->places[i].sql);
    memory_free(statements->hashes);
    memory_free(statements->places);
    *statements = (struct statements){ 0 };
}

struct statement *statements_find(struct statements *statements, const char *sql, uint64_t kinds)
{
    uint64_t hash = str_hash(str_from_c(sql));

    for (size_t i = 0; i < statements->count; i++) {
        struct statement *place = &statements->places[i];
        if (statements->hashes[i] == hash && place->sql && place->kinds == kinds &&
            strcmp(place->sql, sql) == 0) {
            place->used = ++statements->uses;
            return place;
        }
    }
    return NULL;
}

struct statement *statements_victim(struct statements *statements)
{
    struct statement *oldest = NULL;

    for (size_t i = 0; i < statements->count; i++) {
        struct statement *place = &statements->places[i];
        if (!place->busy && (!oldest || place->used < oldest->used))
            oldest = place;
    }
    return oldest;
}

void statements_take(struct statements *statements, struct statement *place, const char *sql,
                     uint64_t kinds)
{
    struct str text = str_from_c(sql);

    BUG_IF(place->sql);
    place->sql = memory_alloc(text.n + 1, 1);
    memcpy(place->sql, text.p, text.n);
    place->kinds = kinds;
    place->used = ++statements->uses;
    statements->hashes[place - statements->places] = str_hash(text);
}

void statements_forget(struct statement *place)
{
    memory_free(place->sql);
    place->sql = NULL;
    place->used = 0;
}
