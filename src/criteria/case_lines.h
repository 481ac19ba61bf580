/*
 * case_lines.h - the lines of the case notation as words, and the small readers that every
 * statement is made of. For dossier_lines.c and cases.c.
 *
 * A line is words with white space between them; a comment runs from a '#' at the beginning of a
 * word to the end of the line, so that an id may hold a '#'. Readers return false after they have
 * told the diags what is wrong, where, and what was expected.
 */
#ifndef ASSAY_CRITERIA_CASE_LINES_H
#define ASSAY_CRITERIA_CASE_LINES_H

#include "criteria/syntax.h"

struct case_lines {
    struct arena *arena;
    struct diags *diags;
    const struct source *source;
    size_t at;              /* where the next line begins */
    size_t end;             /* where the lines end */
    uint32_t line;          /* number of the next line */
    struct word_list words; /* of the line at hand, never empty once there is one */
};

/* The part [from, end) of a source, whose first line has the given number. What is not UTF-8 ends
   it with a fault. */
void case_lines_init(struct case_lines *lines, struct arena *arena, struct diags *diags,
                     const struct source *source, size_t from, size_t end, uint32_t line);

/* Goes to the next line that has words. */
bool case_lines_next(struct case_lines *lines);

/* From the first word of the line at hand to the last. */
struct span case_lines_span(const struct case_lines *lines);

/* Words i to the end as one piece of text, with its place; STR_NONE where there is no word i. */
struct word case_lines_rest(const struct case_lines *lines, size_t i);

/* `length` bytes of a word from `offset` on, with their place. */
struct word word_part(struct word word, size_t offset, size_t length);

/* KEY=VALUE; without '=', *ret_value is absent and *ret_key the whole. */
void word_pair(struct word word, struct word *ret_key, struct word *ret_value);

/* "the statement needs" so many words: tells what the form is when there are fewer or more. */
NODISCARD bool case_words_number(struct case_lines *lines, size_t least, size_t most,
                                 const char *form);

NODISCARD bool case_read_day(struct case_lines *lines, struct word word, day *ret);

/* FROM..TO with FROM not after TO. Where `open`, FROM.. ends on DAY_LAST; where `single`, one
   date is both. */
NODISCARD bool case_read_range(struct case_lines *lines, struct word word, bool open, bool single,
                               day *ret_from, day *ret_to);

NODISCARD bool case_read_edition(struct case_lines *lines, struct word word,
                                 struct edition_number *ret);

/* A word, or a name, of the language; `what` says what it stands for. */
NODISCARD bool case_read_word(struct case_lines *lines, struct word word, const char *what);
NODISCARD bool case_read_name(struct case_lines *lines, struct word word, const char *what);

/* NAME@EDITION; without '@' the edition has no parts. */
NODISCARD bool case_read_named_edition(struct case_lines *lines, struct word word,
                                       struct str *ret_name, struct edition_number *ret_edition);

/* KEY=VALUE words from the i-th on. `optional` ones may be missing. */
struct case_option {
    const char *key;
    bool optional;
    struct word value; /* text STR_NONE: not given */
};
NODISCARD bool case_read_options(struct case_lines *lines, size_t i, struct case_option *options,
                                 size_t count);

/* Tells a fault at a word; the hint may be STR_NONE. */
void case_fault(struct case_lines *lines, struct word word, struct str hint, const char *text);

/* Tells that a word is none of the listed ones. */
void case_unknown_word(struct case_lines *lines, struct word word, const char *what,
                       struct str_list known);

#endif
