/*
 * check_parts.h - what checking a document and checking a vocabulary's own terms share; for
 * check*.c and vocabulary.c only.
 */
#ifndef ASSAY_CRITERIA_CHECK_PARTS_H
#define ASSAY_CRITERIA_CHECK_PARTS_H

#include "base/arena.h"
#include "base/diag.h"
#include "criteria/library.h"
#include "criteria/syntax.h"
#include "criteria/vocabulary.h"

/* A term of the vocabulary or of the document. */
struct known_term {
    struct str name;
    const struct kind *kind; /* NULL: its record was faulty, and that was told */
    bool in_cycle;           /* it, or a term it uses, says `in cycle` */
    bool checked;            /* it stands above what is being checked */
};

struct checker {
    struct arena *arena;
    struct diags *diags;
    const struct vocabulary *vocabulary;
    const struct library *library; /* NULL while a vocabulary is checked */
    bool cycle;               /* `in cycle` may stand: there is one, or it is asked for later */
    struct known_term *terms; /* sorted by name */
    size_t term_count;
};

/* Prepares the look-up of `count` terms with these names; none of them counts as checked yet. */
void checker_init(struct checker *c, struct diags *diags, const struct vocabulary *vocabulary,
                  const struct str *terms, size_t count);

struct known_term *checker_term(const struct checker *c, struct str name);

/* Whether a fault would still be kept, so that it is worth looking for what was meant. */
bool check_can_tell(const struct checker *c);

/* Tells that a word is none of the candidates. `what` completes "expected ...". */
PRINTF_LIKE(5, 6)
void check_unknown(struct checker *c, const struct word *word, struct str_list candidates,
                   const char *what, const char *fmt, ...);

/* The kind behind a record's word, or NULL after a fault. *ret_in_cycle: it is a term of a cycle.
 */
const struct kind *check_record(struct checker *c, const struct word *record, bool *ret_in_cycle);

/* A record and its clauses; measure: of the sum they stand in, or NULL. Gives the kind. */
const struct kind *check_selection(struct checker *c, const struct word *record,
                                   const struct clause_list *clauses, const struct field *measure,
                                   bool *ret_in_cycle);

/* A term in its order: that its name is free, what it is made of, and that it is there from now
   on. */
void check_term(struct checker *c, const struct word *name, const struct word *record,
                const struct clause_list *clauses);

const struct field *check_field(struct checker *c, const struct kind *kind,
                                const struct word *field);
/* A measure of the kind, or NULL after a fault. */
const struct field *check_measure(struct checker *c, const struct kind *kind,
                                  const struct word *field);
void check_quantity(struct checker *c, struct span span, const struct field *measure,
                    struct quantity quantity);
/* Each word must be one of the known ones. */
void check_words(struct checker *c, const struct word_list *words, struct str_list known,
                 const char *what);

#endif
