/*
 * raw.h - the rows that bench/store.c inserts, and the engines' own calls to insert them.
 */
#ifndef ASSAY_BENCH_RAW_H
#define ASSAY_BENCH_RAW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"

/* 180 bytes of text, spread over an index. */
struct raw_row {
    int64_t owner;
    int64_t at;
    char body[180];
};

void raw_row(uint64_t number, struct raw_row *ret);

extern const char raw_insertion[];
extern const char raw_sqlite_schema[];
extern const char raw_postgres_schema[]; /* drops an earlier table */

/* Rows a second on one connection, so many in a commit, each in a savepoint or not. */
double raw_sqlite(const char *path, int group, bool savepoints, double seconds);
double raw_postgres(const char *address, int group, bool savepoints, double seconds);

int64_t raw_microseconds(void);
void raw_remove_files(const char *path); /* of an SQLite database */
NORETURN void raw_give_up(const char *what, const char *why);

#endif
