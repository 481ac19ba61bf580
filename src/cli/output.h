/*
 * output.h - text for people on a stream: columns, wrapped lines, colour where it is wanted.
 *
 * Whatever is printed as text may come from a file that somebody else wrote, so control characters
 * are shown as '?' and cannot steer a terminal. Colour and width were decided when the stream was
 * set up. A write that fails is remembered; output_finish tells.
 */
#ifndef ASSAY_CLI_OUTPUT_H
#define ASSAY_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"

#define OUTPUT_WIDTH 80     /* where there is no terminal to ask */
#define OUTPUT_WIDTH_MIN 40 /* of what is wrapped; narrower terminals wrap it once more */
#define OUTPUT_WIDTH_MAX 100

struct output {
    FILE *file;
    bool terminal;
    bool colour;
    bool utf8; /* rings and arrows may be drawn; names are printed as they are in any case */
    int width; /* in columns */
};

enum tone {
    TONE_PLAIN,
    TONE_STRONG, /* a heading */
    TONE_FAINT,  /* what may be skipped */
    TONE_GOOD,   /* met, eligible */
    TONE_WAIT,   /* a human must look, or a claim waits */
    TONE_BAD,    /* barred, a fault */
};

void output_str(struct output *out, struct str text);
void output_c(struct output *out, const char *text);
PRINTF_LIKE(2, 3) void output_format(struct output *out, const char *fmt, ...);
void output_tone(struct output *out, enum tone tone, struct str text);
void output_spaces(struct output *out, int count);
void output_line(struct output *out); /* ends the line */

/* The bytes as they are: for canonical texts, JSON and diagnostics that are coloured already. */
void output_raw(struct output *out, struct str bytes);
void output_json(struct output *out, const struct value *value);

/*
 * One paragraph: `lead` in its tone at the indent, then the text, wrapped; further lines begin at
 * the column where the text began. lead may be STR_NONE. `indent` counts columns.
 */
void output_paragraph(struct output *out, int indent, struct str lead, enum tone tone,
                      struct str text);

/* left ... right, on a line that has `at` columns already: the right part ends at the last column,
   or stands alone below where both do not fit on one line. */
void output_ends(struct output *out, int at, struct str left, enum tone left_tone, struct str right,
                 enum tone right_tone);

/* The columns a text takes. */
int text_width(struct str text);

/* OK once everything has reached the file, ERROR_WRITE otherwise, with errno. */
RESULT output_finish(struct output *out);

/*
 * A table: cells are set row by row, columns take the width of their widest cell, numbers stand
 * right. Printed with two spaces between columns; the last column wraps where the line is full.
 */
struct table {
    struct arena *arena;
    size_t columns;
    const bool *right; /* by column: aligned right */
    struct table_cell *cells;
    size_t count;
    size_t room;
};

struct table_cell {
    struct str text;
    enum tone tone;
};

void table_init(struct table *table, struct arena *arena, size_t columns, const bool *right);
void table_cell(struct table *table, enum tone tone, struct str text);
void table_print(const struct table *table, struct output *out, int indent);

#endif
