/*
 * tables.h - the tables of a database as the database itself describes them, and their rows, for
 * what concerns all of them alike: export, import, and looking after a copy.
 *
 * Nothing here knows a table by its name, so that a table of a later migration is never forgotten.
 * Names and types are read from the catalogue, and are the same on both engines; a table that has
 * no primary key or a column of a type that ddl.h has no word for is STORE_UNSUITABLE.
 */
#ifndef ASSAY_STORE_TABLES_H
#define ASSAY_STORE_TABLES_H

#include "base/arena.h"
#include "store/store.h"

struct column {
    struct str name;
    enum datum_kind kind;
    bool nullable;
    size_t key; /* its place in the primary key, from 1; 0: not of it */
    bool is_id; /* given out by the database: a column of the type ID */
};

/* A foreign key. */
struct reference {
    struct str name; /* of the constraint; STR_NONE on SQLite */
    size_t to;       /* the index of the table */
    bool later;      /* that table does not come before this one: they refer to each other */
};

struct table {
    struct str name;
    const struct column *columns; /* in the order in which they were made */
    size_t column_count;
    size_t key_count; /* columns of the primary key */
    const struct reference *references;
    size_t reference_count;
    struct str id; /* the column of the type ID; STR_NONE where there is none */
    int64_t next;  /* the next id that the database gives out; 0 where it gives none */

    const char *read_first; /* the statements of table_read and table_insert */
    const char *read_next;
    const char *insert;
};

struct tables {
    const struct table *at; /* a table stands behind those that it refers to, else by name */
    size_t count;
};

/* In the arena. */
RESULT tables_read(struct store *store, struct arena *arena, struct tables *ret);

/* The one of that name, or NULL. */
const struct table *table_find(struct tables tables, struct str name);

/*
 * Rows in the order of the primary key, up to `max`: those after the key `after`, which has
 * key_count values, or the first ones where it is NULL. Columns come in their order.
 */
RESULT table_read(struct store *store, const struct table *table, const struct datum *after,
                  int64_t max, struct query *ret);

/* Adds a row; `row` has column_count values, ids included. May be met later, as store_run. */
RESULT table_insert(struct store *store, const struct table *table, const struct datum *row);

/* Deletes all rows. */
RESULT table_clear(struct store *store, const struct table *table);

/* Lets the database give out ids from `next` on, which is after all that are there. */
RESULT table_set_next(struct store *store, const struct table *table, int64_t next);

RESULT table_count(struct store *store, const struct table *table, int64_t *ret);
RESULT table_is_empty(struct store *store, const struct table *table, bool *ret);

/*
 * Inside a transaction: lets tables that refer to each other be filled in any order, and the second
 * holds them to it again; what is broken then is STORE_CONSTRAINT.
 */
RESULT tables_loosen(struct store *store, struct tables tables);
RESULT tables_fasten(struct store *store, struct tables tables);

/*
 * What a new file that nobody else sees, and that is thrown away when anything fails, does without
 * while it is filled: it is not synced, has no log beside it, and foreign keys are not looked at.
 * It is for the caller to examine the references (copy.h) and to sync it. Nothing on PostgreSQL.
 * Outside a transaction.
 */
RESULT store_fill_alone(struct store *store);

#endif
