/*
 * sheet.h - a logbook as headings and rows of cells, whether it was saved as CSV or as JSON.
 *
 * A JSON logbook is an array of objects, or an object whose `records` is one; beside `records` it
 * may have only keys that begin with "note". The keys are the headings, in the order in which
 * they first come, and each object is a row; texts, numbers, yes (true), no (false) and nothing
 * (null) are cells. A file whose first character is { or [ is JSON, and in UTF-8; any other is
 * CSV.
 */
#ifndef ASSAY_REGISTER_SHEET_H
#define ASSAY_REGISTER_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/value.h"
#include "register/csv.h"
#include "register/fault.h"

/* The bounds of a logbook. */
struct logbook_limits {
    size_t bytes;
    size_t rows;    /* without the headings and blank rows */
    size_t columns; /* those that are not read included */
    size_t values;  /* of JSON: cells that hold something, and records */
};

struct sheet {
    struct arena *arena;
    struct str_list headings;
    size_t row_count; /* without the headings */
    bool json;
    bool certain; /* the row at hand: false where a fault leaves open what its cells hold */

    struct csv csv;
    struct csv first;  /* before the first row */
    struct csv_row at; /* the row at hand */

    const struct value *records;
    size_t next;                /* of them */
    const struct value **cells; /* of the record at hand, by heading; NULL: it has no such key */
};

/* False, with faults, when there are no headings or no rows, or more than the limits allow. */
NODISCARD bool sheet_open(struct sheet *sheet, struct arena *arena, struct str bytes,
                          const struct logbook_limits *limits, struct faults *faults);

/* Back to the first row. */
void sheet_rewind(struct sheet *sheet);

/* Goes to the next row; false behind the last. What is wrong with the row as such goes to
   `faults`, unless that is NULL. */
NODISCARD bool sheet_next(struct sheet *sheet, struct faults *faults);

/* The number of the row at hand, as people know it. */
uint32_t sheet_row(const struct sheet *sheet);

/* What stands in the row at hand under that heading (from 0), without white space at its ends;
   empty where nothing does. *ret_number: it is a number of JSON. */
struct str sheet_cell(const struct sheet *sheet, size_t heading, bool *ret_number);

/* The place of that cell, for faults about it. */
struct fault_place sheet_place(const struct sheet *sheet, size_t heading, struct str value);

#endif
