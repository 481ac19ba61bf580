/*
 * columns.h - the headings of a logbook, understood.
 */
#ifndef ASSAY_REGISTER_COLUMNS_H
#define ASSAY_REGISTER_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "criteria/vocabulary.h"
#include "register/cell.h"
#include "register/fault.h"
#include "register/sheet.h"

/* What a column holds. Those before COLUMN_FIELD stand at most once in a logbook. */
enum column_of {
    COLUMN_KIND,
    COLUMN_MATTER,
    COLUMN_DATE,
    COLUMN_START,
    COLUMN_END,
    COLUMN_HOURS,
    COLUMN_MINUTES,
    COLUMN_DAYS,
    COLUMN_PROGRAMME,
    COLUMN_STANDING,
    COLUMN_VERIFIED_ON,
    COLUMN_FIELD, /* a field of the vocabulary */
    COLUMN_NOTE,  /* not read */
    COLUMN_EMPTY, /* no heading: nothing may stand in it */
    COLUMN_UNKNOWN,
};

/* A spelling of a value, for one kind of record. */
struct choice {
    const struct kind *kind;
    struct str folded;
    struct str value; /* STR_NONE: the vocabulary has two values that are spelt alike */
};

struct column {
    enum column_of of;
    size_t heading;   /* its number in the sheet, from 0 */
    struct str field; /* COLUMN_FIELD: as the vocabulary names it */
    const struct choice *choices;
    size_t choice_count;
    struct date_column dates; /* COLUMN_DATE, _START, _END, _VERIFIED_ON, once surveyed */
};

struct columns {
    const struct vocabulary *vocabulary;
    struct column *at; /* one per heading, in their order */
    size_t count;
    const struct column *one[COLUMN_FIELD]; /* by what they hold; NULL: there is none */
};

/*
 * Understands the headings. Unknown ones, one given twice and a missing one are faults. What has
 * no fault can be used all the same, so that the faults of its cells show too.
 */
void columns_read(struct columns *columns, struct arena *arena, const struct sheet *sheet,
                  const struct vocabulary *vocabulary, struct faults *faults);

/* The kind that a cell names; NULL if it names none. */
const struct kind *columns_kind(const struct vocabulary *vocabulary, struct str cell);

/* The value that a cell of a COLUMN_FIELD has for records of that kind; STR_NONE if none. */
struct str column_value(const struct column *column, const struct kind *kind,
                        const struct field *field, struct str cell);

#endif
