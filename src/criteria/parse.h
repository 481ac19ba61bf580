/*
 * parse.h - what the parts of the criteria parser share; for parse*.c only.
 *
 * Recursive descent with one token of look-ahead. A function that reads something returns false
 * when it could not, and has then told the fault. Only the loops over statements recover from one:
 * they skip to the end of the statement, with every block that opens on it, so that one mistake
 * gives one fault and everything behind it is read all the same. Braces bound the recursion
 * (CRITERIA_DEPTH_MAX).
 *
 * Comments never reach the grammar: the stream keeps them until a statement asks for its own.
 */
#ifndef ASSAY_CRITERIA_PARSE_H
#define ASSAY_CRITERIA_PARSE_H

#include "base/arena.h"
#include "base/lex.h"
#include "criteria/syntax.h"

struct parser {
    struct arena *arena;
    const struct source *source;
    struct diags *diags;
    struct lexer lexer;
    struct token token;  /* the one to be read next; never a comment */
    uint32_t read_to;    /* the offset at which the token read last ends */
    struct span part;    /* the first word of the document or vocabulary that is read */
    int depth;           /* of open braces */
    struct str *waiting; /* comments on lines of their own, for the next statement or brace */
    size_t waiting_count, waiting_room;
    struct str trailing; /* the comment at the end of the line read last; STR_NONE: none */
    bool astray;         /* what was read last is no part of a file, and that was told */
    bool end_told;       /* that the file ends inside a block */
};

/* ---- the stream ---- */

void parser_init(struct parser *p, struct arena *arena, const struct source *source,
                 struct diags *diags);
void parse_next(struct parser *p);
bool parse_at_word(const struct parser *p, const char *word);
bool parse_skip_word(struct parser *p, const char *word); /* reads it if it is the next token */
bool parse_at_end(const struct parser *p);                /* of a statement */
/* From the first byte of a span to the token read last, on the first line alone. */
struct span parse_line_from(const struct parser *p, struct span first);

/* ---- faults; all return false ---- */

PRINTF_LIKE(4, 5)
bool parse_fault(struct parser *p, struct span span, struct str hint, const char *fmt, ...);
/* The next token is not what had to come: `what` completes "expected ...". */
bool parse_unexpected(struct parser *p, const char *what);
/* The same where it may be one of some words misspelt. */
bool parse_unexpected_word(struct parser *p, const char *what, const char *const *words,
                           size_t count);
/* No statement that may stand here begins with the next token. */
bool parse_no_statement(struct parser *p, const char *what, const char *const *words, size_t count);

/* ---- statements and blocks ---- */

/* Takes the comments above the statement that begins here. */
struct comments parse_comments(struct parser *p);
/* Reads the end of a statement; *slot takes the comment behind it. */
bool parse_end(struct parser *p, struct str *slot);
/* Reads to behind the end of the statement, blocks and all. */
void parse_skip_statement(struct parser *p);

/* Reads one statement of a block into what the block is read into. */
typedef bool parse_statement(struct parser *p, void *into);
/* Reads a block whose statements `read` reads. Its comments go to `comments`. */
bool parse_block(struct parser *p, parse_statement *read, void *into, struct comments *comments);
/* After a fault in a statement's head: goes on at the block that opens on it. False if none. */
bool parse_resume_at_block(struct parser *p);

/* ---- words and values ---- */

bool parse_keyword(struct parser *p, const char *word);
/* Each word of a sentence, as "accept old for". */
bool parse_keywords(struct parser *p, const char *words);
bool parse_word(struct parser *p, const char *what, struct word *ret);
bool parse_name(struct parser *p, const char *what, struct word *ret);
/* A word that is not reserved: of a kind, a field or a term. */
bool parse_own_name(struct parser *p, const char *what, struct word *ret);
bool parse_words(struct parser *p, const char *what, struct word_list *ret);
bool parse_names(struct parser *p, const char *what, struct word_list *ret);
bool parse_text(struct parser *p, const char *what, struct str *ret);
/* An optional language, then a text. */
bool parse_lang_text(struct parser *p, const char *what, struct text *ret);
bool parse_lang(struct parser *p, struct str *ret);
bool parse_edition(struct parser *p, struct edition_number *ret);
bool parse_number(struct parser *p, const char *what, int64_t *ret); /* 0 to CRITERIA_NEED_MAX */
bool parse_need(struct parser *p, int64_t *ret);                     /* `>=` and a number from 1 */
bool parse_positive(struct parser *p, int64_t *ret);                 /* a number from 1 */
bool parse_quantity(struct parser *p, struct quantity *ret);
bool parse_duration(struct parser *p, struct duration *ret);
bool parse_date(struct parser *p, day *ret);
bool parse_month_day(struct parser *p, int32_t *ret_month, int32_t *ret_mday);
bool parse_percent(struct parser *p, int32_t *ret);

/* ---- rules (parse_clause.c, parse_node.c, parse_require.c) ---- */

enum clause_place { PLACE_FILTERS, PLACE_COUNT, PLACE_SUM };

/* A block of clauses, if one opens here. */
bool parse_match(struct parser *p, enum clause_place place, bool *ret_has_body,
                 struct clause_list *ret, struct comments *comments);
/* `term NAME is KIND match`, from the NAME on; the end of the statement too. */
bool parse_term(struct parser *p, struct word *ret_name, struct word *ret_record,
                bool *ret_has_body, struct clause_list *ret, struct comments *comments);

/* The words that a node begins with. */
extern const char *const parse_node_words[];
extern const size_t parse_node_word_count;

bool parse_at_node(const struct parser *p);
bool parse_node(struct parser *p, struct node_list *into);
/* `{` node+ `}`, for what is named by `owner`. */
bool parse_node_block(struct parser *p, const char *owner, struct node_list *ret,
                      struct comments *comments);
/* The first `judged` in the nodes, or NULL. */
const struct node *parse_find_judged(const struct node_list *nodes);

bool parse_require(struct parser *p, struct item *item);

/* ---- documents and vocabularies ---- */

bool parse_document(struct parser *p, struct document *document);
bool parse_vocabulary(struct parser *p, struct vocabulary_text *vocabulary);

/* What a whole document must agree in (parse_once.c): nothing twice that stands once and, where it
   was read whole, no label or question for what is not there. */
void parse_document_once(struct parser *p, const struct document *document, bool whole);

#endif
