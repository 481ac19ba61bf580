/*
 * fault.h - what is wrong with a logbook or a person file, said so that whoever brought the file
 * finds the place in the program they wrote it with.
 *
 * A place in a logbook is a row and a column as a spreadsheet shows them; in a JSON logbook it is
 * the number of the record and the key; in a person file it is the path of the value. Values are
 * kept as they may be shown anywhere: short, and without characters that could command a terminal
 * or turn the direction of a text.
 */
#ifndef ASSAY_REGISTER_FAULT_H
#define ASSAY_REGISTER_FAULT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "json/read.h"

#define FAULTS_MAX 1000 /* further ones are counted, not kept */

struct fault_place {
    uint32_t row;       /* from 1, as spreadsheets number rows, or records; 0: none */
    uint32_t column;    /* from 1; 0: none, or no spreadsheet */
    struct str heading; /* of the column, or a key or path in JSON; STR_NONE: none */
    struct str value;   /* what stands there; STR_NONE: the fault is not about a value */
};

struct fault {
    enum severity severity;
    struct fault_place place;
    struct str message;
    struct str hint; /* STR_NONE: nothing to say */
};

struct faults {
    struct arena *arena;
    const char *row_name; /* "row" or "record" */
    struct fault *list;
    size_t count, room;
    size_t errors; /* all of them, kept or not */
    size_t warnings;
};

void faults_init(struct faults *faults, struct arena *arena);

/*
 * Adds one. Where the place has a value, the message is what is said of it: the value in quotes
 * goes before what fmt makes, as in "'31.02.2024' is no day of the calendar".
 */
PRINTF_LIKE(5, 6)
void faults_add(struct faults *faults, enum severity severity, struct fault_place place,
                struct str hint, const char *fmt, ...);
PRINTF_LIKE(5, 0)
void faults_add_args(struct faults *faults, enum severity severity, struct fault_place place,
                     struct str hint, const char *fmt, va_list args);

/* Adds what the reader of JSON said, as an error of the file as a whole. */
void faults_add_json(struct faults *faults, const struct json_fault *fault);

/* A text as it may be shown, for a message that quotes another than the place's value. */
struct str fault_shown(struct arena *arena, struct str s);

/*
 * The candidate that was probably meant, in a sentence, followed by `rest` if there is any:
 * "did you mean 'role'? REST". STR_NONE where there is nothing to say, and when no more faults
 * are kept, so that a hostile file costs no comparisons.
 */
struct str faults_hint(struct faults *faults, struct str word, struct str_list candidates,
                       struct str rest);

/* The same with all candidates: "did you mean 'role'? write one of role, mode". */
struct str faults_one_of(struct faults *faults, struct str word, struct str_list candidates);

/* Brings them into the order of rows and columns. Those of one place stay as they came. */
void faults_sort(struct faults *faults);

/* A, B, ... Z, AA, AB, ... as spreadsheets name columns, from 1. */
void fault_write_letters(uint32_t column, struct buf *out);

/* "row 14, column C (start)", or as much of it as the place has. */
void fault_write_place(const struct faults *faults, const struct fault *fault, struct buf *out);

/* Writes all of them in order, a line or two each:
 *
 *     logbook.csv: row 14, column C (start): error: '31.02.2024' is no day of the calendar
 *        write the date as YYYY-MM-DD, as in 2024-02-28
 */
void faults_print(struct faults *faults, struct str name, struct buf *out, bool colour);

#endif
