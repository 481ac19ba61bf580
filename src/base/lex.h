/*
 * lex.h - the lexer of Assay's brace-block texts: criteria, vocabularies, schemes, workflows and
 * configuration.
 *
 * A statement ends at a newline or at ';'. Blocks stand in braces. A comment runs from '#' to
 * the end of the line. Texts stand in double quotes, may span lines, keep every byte, and know
 * two escapes, \" and \\. Everything else that is not white space and none of { } ; , " # is a
 * word, save that '>=' is a token of its own. What a word means (a name, a number, a date) is for
 * the parser.
 *
 * Tokens are slices of the source: a lexer allocates nothing. Faults (a text that does not end,
 * a control character, bytes that are not UTF-8, an unknown escape) go to the diags, and lexing
 * goes on. A byte order mark at the beginning is skipped; CR LF is a newline.
 */
#ifndef ASSAY_BASE_LEX_H
#define ASSAY_BASE_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"

enum token_kind {
    TOKEN_EOF, /* again and again once the source is read */
    TOKEN_WORD,
    TOKEN_TEXT,     /* text: the bytes between the quotes, escapes not resolved */
    TOKEN_OPEN,     /* { */
    TOKEN_CLOSE,    /* } */
    TOKEN_COMMA,    /* , */
    TOKEN_AT_LEAST, /* >= */
    TOKEN_END,      /* ; or a newline; a run of them, with blank lines between, is one token */
    TOKEN_COMMENT,  /* text: from the # on, without white space at its end */
};

struct token {
    enum token_kind kind;
    bool own_line;    /* a comment with nothing before it on its line */
    struct str text;  /* the token's bytes; see above for texts and comments */
    struct span span; /* of the whole token, quotes included */
};

struct lexer {
    const struct source *source;
    struct diags *diags;
    size_t at;
    uint32_t line;   /* of `at` */
    uint32_t column; /* of `at`, in code points from 1 */
};

void lexer_init(struct lexer *lexer, const struct source *source, struct diags *diags);
struct token lexer_next(struct lexer *lexer);

/*
 * For blocks whose lines are not tokens: called right after a TOKEN_OPEN, gives the lines up to
 * the first line that holds only '}' (white space aside), which is consumed. False, with a fault
 * reported at `open`, when something but white space or a comment follows the brace on its line
 * (nothing is consumed then), or no such line comes (everything is). The lines include the
 * newline of the last; the newline after the closing brace is the next token. *ret_line is the
 * line number of the first line.
 */
NODISCARD bool lexer_raw_lines(struct lexer *lexer, struct token open, struct str *ret_lines,
                               uint32_t *ret_line);

/* The bytes a text stands for, with its escapes resolved; allocates only if there are any. */
struct str token_text(struct arena *arena, struct token token);

#endif
