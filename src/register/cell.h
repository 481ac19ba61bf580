/*
 * cell.h - what a cell of a logbook says: a date, a time, a number, an id.
 *
 * Each reader takes a cell without white space at its ends, and not an empty one. Where a cell
 * has two readings it is refused: nothing is guessed. On false *ret_complaint tells what is said
 * of the value ("is no day of the calendar") and what to write instead.
 */
#ifndef ASSAY_REGISTER_CELL_H
#define ASSAY_REGISTER_CELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/date.h"
#include "base/str.h"

struct complaint {
    const char *says;
    const char *hint; /* NULL: nothing to say */
};

#define CELL_NUMBER_MAX 999999999 /* of a whole number, hours and minutes included */

/*
 * Dates are accepted as YYYY-MM-DD or YYYY/MM/DD, as DD.MM.YYYY, and with the English name of the
 * month; a time of day behind them is dropped. DD/MM/YYYY and MM/DD/YYYY (or with hyphens) look
 * alike, so the whole column is asked first: it is read one way if some date in it can only be
 * read that way and none only the other.
 */
#define UNDECIDED_ROWS 5
struct date_column {
    uint32_t day_first;   /* the first row that can only be read with the day first; 0: none */
    uint32_t month_first; /* the same for the month */
    size_t undecided;     /* dates that could be either, and would be different days */
    uint32_t undecided_rows[UNDECIDED_ROWS]; /* the first of them */
};

/* Takes the cell of that row into account. Anything that is no such date says nothing. */
void date_survey(struct str cell, uint32_t row, struct date_column *column);

/* Whether the cell could be read in both ways, the column says neither, or says both. */
bool date_is_undecided(struct str cell, const struct date_column *column);

/* A date that is not undecided, from 1900 on. */
NODISCARD bool date_read(struct str cell, const struct date_column *column, day *ret,
                         struct complaint *ret_complaint);

/*
 * Hours in minutes: 2.5 or 2,5 (to the nearest minute), 2:30, 2:30:00, 2 h 30, 2.5 h, 90 min.
 * 1,250 and 1.250 may be 1250 as well, and are refused; `number` says that the cell was a number
 * of JSON, where only the one is possible.
 */
NODISCARD bool hours_read(struct str cell, bool number, int64_t *ret_minutes,
                          struct complaint *ret_complaint);

/* Digits only. */
NODISCARD bool whole_read(struct str cell, int64_t *ret, struct complaint *ret_complaint);

/* Whether a text may be an id: none of its characters is white space or control. */
NODISCARD bool id_check(struct str cell, struct complaint *ret_complaint);

#endif
