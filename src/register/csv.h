/*
 * csv.h - rows of cells out of the text files that spreadsheets save.
 *
 * Cells are separated by commas, semicolons or tabs. Which of them is asked of the first row that
 * holds anything, outside quotes: it must have only one of the three. A first line "sep=;" settles
 * it too, and counts as no row, as in the spreadsheets that write it. Rows end with LF, CRLF or
 * CR. A cell in double quotes may hold separators, line ends and, written twice, quotes. A quote
 * inside a cell that does not begin with one is an ordinary character.
 *
 * The reader allocates only its row of cells, once, and cells are slices of the text. A copy of
 * the struct is a place to come back to.
 */
#ifndef ASSAY_REGISTER_CSV_H
#define ASSAY_REGISTER_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "register/fault.h"

struct csv_cell {
    struct str text; /* between the quotes, if there are any */
    bool doubled;    /* quotes in it are written twice: csv_text resolves them */
};

struct csv_row {
    uint32_t number; /* from 1, as spreadsheets count; blank rows count, though none is given */
    const struct csv_cell *cells; /* valid until the next row is read */
    size_t count;
    size_t
        surplus; /* number, from 1, of the first cell past the width that is not blank; 0: none */
    bool faulty; /* a quote is out of place, so what the cells hold is not certain */
};

struct csv {
    struct str text;
    struct csv_cell *cells;
    size_t width; /* cells of a row that are kept */
    char separator;
    size_t at;
    uint32_t row; /* the number of the row read last */
};

/* False, with a fault, when the separator is not certain. Rows have room for `width` cells. */
NODISCARD bool csv_init(struct csv *csv, struct arena *arena, struct str text, size_t width,
                        struct faults *faults);

/*
 * The next row that is not blank; false at the end. Faults (a quote that is not closed, something
 * before an opening or behind a closing quote) go to `faults` unless that is NULL.
 */
NODISCARD bool csv_next(struct csv *csv, struct faults *faults, struct csv_row *ret);

/* What a cell holds; allocates only where quotes are doubled. */
struct str csv_text(struct arena *arena, struct csv_cell cell);

/* Without white space at its ends, that of word processors included. */
struct str csv_trim(struct str s);

#endif
