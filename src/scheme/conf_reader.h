/*
 * conf_reader.h - reads the blocks of scheme.conf by tables of the statements that may stand in
 * them.
 *
 * A row names a statement, the shape of its value and the member of the block's struct that takes
 * it. Functions that return bool have reported a fault when they return false; the rest of that
 * statement is then passed over and reading goes on behind it.
 */
#ifndef ASSAY_SCHEME_CONF_READER_H
#define ASSAY_SCHEME_CONF_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/lex.h"
#include "criteria/syntax.h"

struct conf_reader {
    struct lexer lexer;
    struct token token; /* the next one; comments are passed over */
    struct arena *arena;
    struct diags *diags;
};

enum conf_shape {
    SHAPE_TEXT,   /* a text -> struct str */
    SHAPE_WORD,   /* a word -> struct word */
    SHAPE_ZONE,   /* a time zone -> struct word */
    SHAPE_NAMES,  /* names with commas between -> struct word_list */
    SHAPE_DATE,   /* a date as exactly as it is known -> struct scheme_date */
    SHAPE_COLOUR, /* a text, and another for dark pages -> struct scheme_colour */
    SHAPE_CHOICE, /* one of the row's choices -> an enum whose members are their indices */
    SHAPE_OWN,    /* what the row's own function reads into the block's struct */
};

enum conf_times { ONCE, NEEDED, OFTEN };

struct conf_choices {
    const char *what; /* "one of active and dissolved" */
    const char *const *names;
    size_t count;
};

struct conf_row {
    const char *word;
    const char *second; /* the second word of a statement that has two, or NULL */
    enum conf_shape shape;
    size_t member;
    enum conf_times times;
    const struct conf_choices *choices;                   /* SHAPE_CHOICE, else NULL */
    bool (*read)(struct conf_reader *reader, void *into); /* SHAPE_OWN, else NULL */
};

#define CONF_ROWS_MAX 16

struct conf_block {
    const char *what; /* "a body" */
    const struct conf_row *rows;
    size_t count; /* CONF_ROWS_MAX at most */
};

void conf_advance(struct conf_reader *reader);

/* Reports that the next token does not belong where it stands, and what was expected. */
void conf_report(struct conf_reader *reader, const char *what);

NODISCARD bool conf_take_text(struct conf_reader *reader, const char *what, struct str *ret);
NODISCARD bool conf_take_word(struct conf_reader *reader, const char *what, struct word *ret);
NODISCARD bool conf_take_choice(struct conf_reader *reader, const struct conf_choices *choices,
                                int *ret);

/* Consumes the next token if it is that word; otherwise reports that `what` was expected. */
NODISCARD bool conf_take_keyword(struct conf_reader *reader, const char *word, const char *what);

/* From the opening brace to the closing one. What the block lacks is told at `header`. */
NODISCARD bool conf_read_block(struct conf_reader *reader, const struct conf_block *block,
                               struct span header, void *into);

#endif
