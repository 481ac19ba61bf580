/*
 * vocabulary.h - the kinds, fields, values and names that a document speaks of.
 *
 * Built from a vocabulary text, or inferred from a document's own use of words where it names no
 * vocabulary or one that is not loaded. Immutable once built; lives in the arena it was built in.
 */
#ifndef ASSAY_CRITERIA_VOCABULARY_H
#define ASSAY_CRITERIA_VOCABULARY_H

#include "base/arena.h"
#include "base/diag.h"
#include "criteria/syntax.h"

/* The fields every kind has without saying so: matter and programme (ids), hours (minutes) and
   days (an integer). */
struct field {
    struct str name;
    enum field_type type;
    struct str_list values; /* OF; ORDERED: the levels, lowest first */
    bool implicit;
};

struct kind {
    struct str name;
    struct str label; /* STR_NONE: none */
    const struct field *fields;
    size_t field_count; /* the four implicit ones come first, in the order above */
};

enum { FIELD_MATTER, FIELD_PROGRAMME, FIELD_HOURS, FIELD_DAYS, FIELD_FIRST_OWN };

/* What one unit of each sort costs a person, for choosing the cheapest advice. */
struct efforts {
    const struct str *kinds;
    const int64_t *kind_efforts;
    size_t kind_count;
    int64_t hour, day, point, declaration, judgement, credential, other;
};

struct vocabulary_term {
    struct str name;
    struct str record;
    const struct clause_list *clauses; /* in the tree the vocabulary was read from */
};

struct vocabulary {
    struct str name; /* STR_NONE: inferred, no vocabulary named */
    struct edition_number edition;
    bool inferred;
    const struct kind *kinds; /* sorted by name */
    size_t kind_count;
    const struct vocabulary_term *terms;
    size_t term_count;
    struct str_list programmes, bodies, statements, anchors, reasons, credentials; /* sorted */
    struct efforts efforts;
    struct str text_hash; /* hexadecimal; STR_NONE when inferred */
};

const struct kind *vocabulary_kind(const struct vocabulary *vocabulary, struct str name);
const struct field *kind_field(const struct kind *kind, struct str name);
const struct vocabulary_term *vocabulary_term(const struct vocabulary *vocabulary, struct str name);

/* Whether one of a vocabulary's sorted lists holds the name. */
bool vocabulary_lists(struct str_list names, struct str name);

/* Reads the entries of a vocabulary text; faults go to the diags. */
struct vocabulary *vocabulary_build(struct arena *arena, const struct vocabulary_text *text,
                                    struct diags *diags);

/*
 * The vocabulary that a document's own words imply: each kind it names with the fields and values
 * it uses. One warning for each name that had to be inferred goes to the diags, or none where
 * diags is NULL.
 */
struct vocabulary *vocabulary_infer(struct arena *arena, const struct document *document,
                                    struct diags *diags);

/* Whether the measure is one of time, so that quantities of it carry h or min. */
bool field_is_time(const struct field *field);
bool field_is_measure(const struct field *field); /* minutes or integer */

#endif
