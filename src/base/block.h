/*
 * block.h - reads texts that are made of statements and blocks (lex.h) by tables of what may stand
 * in them: the configuration, and what describes a scheme.
 *
 * A row names a statement, the function that reads its value, and the member of the block's struct
 * that takes it. Functions that return bool have reported a fault when they return false; the rest
 * of that statement is then passed over and reading goes on behind it, so that a person sees all
 * faults at once.
 */
#ifndef ASSAY_BASE_BLOCK_H
#define ASSAY_BASE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/lex.h"

struct block_row;

struct block_reader {
    struct lexer lexer;
    struct token token; /* the next one; comments are passed over */
    struct arena *arena;
    struct diags *diags;
    const struct block_row *row; /* of the value that a row's function is about to read */
};

enum block_times { ONCE, NEEDED, OFTEN };

struct block_row {
    const char *word;
    const char *second; /* the second word of a statement that has two, or NULL */
    enum block_times times;
    size_t member; /* its offset in the block's struct */
    bool (*read)(struct block_reader *reader, void *member);
    const void *detail; /* what the function must know, such as struct block_choices, or NULL */
};

#define BLOCK_ROWS_MAX 32

struct block {
    const char *what; /* "a body" */
    const struct block_row *rows;
    size_t count; /* BLOCK_ROWS_MAX at most */
};

/* Goes to the first token of the first statement. */
void block_begin(struct block_reader *reader, struct arena *arena, const struct source *source,
                 struct diags *diags);

/*
 * From the opening brace to the closing one. What the block lacks is told at `header`. Where a
 * statement stands goes to ret_places, one for each row, unless that is NULL; the last one of
 * several, and untouched for rows that have none.
 */
NODISCARD bool block_read(struct block_reader *reader, const struct block *block,
                          struct span header, void *into, struct span *ret_places);

/* The same without braces: the statements of a whole text, from its first token on. Of a text
   nothing is NEEDED. */
void block_read_all(struct block_reader *reader, const struct block *block, void *into,
                    struct span *ret_places);

/* ---- for the functions of rows ---- */

struct block_choices {
    const char *what; /* "one of active and dissolved" */
    const char *const *names;
    size_t count; /* BLOCK_ROWS_MAX at most */
};

/* Functions of rows: a text -> struct str; one of the choices that the row's detail lists -> an int
   or an enum, its index among them. */
bool block_text(struct block_reader *reader, void *member);
bool block_choice(struct block_reader *reader, void *member);

void block_advance(struct block_reader *reader);
void block_advance_past_ends(struct block_reader *reader);

/* Reports that the next token does not belong where it stands, and what was expected. */
void block_report(struct block_reader *reader, const char *what);

NODISCARD bool block_take_text(struct block_reader *reader, const char *what, struct str *ret);
/* A word for which is_valid holds, and where it stands. */
NODISCARD bool block_take_word(struct block_reader *reader, const char *what,
                               bool (*is_valid)(struct str), struct str *ret,
                               struct span *ret_span);
NODISCARD bool block_take_choice(struct block_reader *reader, const struct block_choices *choices,
                                 int *ret);
/* Consumes the next token if it is that word; otherwise reports that `what` was expected. */
NODISCARD bool block_take_keyword(struct block_reader *reader, const char *word, const char *what);

#endif
