/*
 * statements.h - the prepared statements that a connection keeps, found by their texts.
 *
 * There is a fixed number of places. When all are taken, the one that was used longest ago makes
 * room.
 */
#ifndef ASSAY_STORE_STATEMENTS_H
#define ASSAY_STORE_STATEMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/store.h"

#define STATEMENTS_USUAL 256

struct statement {
    char *sql; /* NULL: the place is free */
    uint64_t kinds;
    uint64_t used; /* when, as a count */
    bool busy;     /* stays where it is while this is set */
    /* For the driver. */
    void *native;
    bool prepared;
    uint8_t index[STORE_PARAMS_MAX];
};

struct statements {
    size_t count;
    uint64_t uses;
    uint64_t *hashes; /* of the texts, place by place */
    struct statement *places;
};

void statements_init(struct statements *statements, size_t count); /* 0: STATEMENTS_USUAL */
void statements_release(struct statements *statements); /* the driver has let go of its own */

/* The statement of that text and those kinds of parameters, or NULL. */
struct statement *statements_find(struct statements *statements, const char *sql, uint64_t kinds);

/* A place for a text that was not found; NULL when all are busy. The driver lets go of what is in
   it before statements_take puts the text there. */
struct statement *statements_victim(struct statements *statements);
void statements_take(struct statements *statements, struct statement *place, const char *sql,
                     uint64_t kinds);
void statements_forget(struct statement *place); /* the text; nothing is found there any more */

#endif
