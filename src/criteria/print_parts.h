/*
 * print_parts.h - the pieces that the canonical printer is made of; for print*.c only.
 *
 * Every piece of a line but its first brings the space before it.
 */
#ifndef ASSAY_CRITERIA_PRINT_PARTS_H
#define ASSAY_CRITERIA_PRINT_PARTS_H

#include "base/buf.h"
#include "criteria/syntax.h"

/* ---- pieces of a line ---- */

void line_text(struct buf *out, struct str text); /* in quotes, with its escapes */
void line_word(struct buf *out, struct str word);
void line_words(struct buf *out, const struct word_list *words);
void line_lang_text(struct buf *out, struct text text);
void line_int(struct buf *out, int64_t n);
void line_edition(struct buf *out, struct edition_number number);
void line_date(struct buf *out, const char *before, day date);
void line_duration(struct buf *out, struct duration duration);
void line_quantity(struct buf *out, struct quantity quantity);
void line_need(struct buf *out, int64_t need);

/* ---- lines and blocks, with their comments ---- */

void line_indent(struct buf *out, int level);
void line_comments(struct buf *out, struct str_list lines, int level);
/* What stands above a statement, and its first word. */
void line_begin(struct buf *out, const struct comments *comments, int level, const char *word);
void line_end(struct buf *out, struct str comment);
void block_open(struct buf *out, const struct comments *comments);
/* The closing brace, without or with the end of its line. */
void block_close(struct buf *out, const struct comments *comments, int level);
void block_end(struct buf *out, const struct comments *comments, int level);

/* ---- rules ---- */

void print_dated(struct buf *out, const char *words, day date);
void print_clauses(struct buf *out, const struct clause_list *clauses, int level);
/* A block of clauses if one was written, and the end of the line. */
void print_clauses_block(struct buf *out, bool has_body, const struct clause_list *body,
                         const struct comments *comments, int level);
void print_nodes(struct buf *out, const struct node_list *nodes, int level);
void print_term(struct buf *out, const struct comments *comments, struct str name,
                struct str record, const struct clause_list *clauses, int level);

#endif
