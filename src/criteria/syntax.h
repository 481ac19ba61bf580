/*
 * syntax.h - the tree that a criteria or vocabulary text is read into.
 *
 * It keeps everything the canonical printer needs (order, units, comments) and nothing that can
 * be computed. One struct serves all statements of a family, discriminated by `kind`; which
 * members a kind uses stands beside the enumerator. Trees live in the arena they were parsed into
 * and are not changed after the parser returns them. Texts are stored with escapes resolved.
 */
#ifndef ASSAY_CRITERIA_SYNTAX_H
#define ASSAY_CRITERIA_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/str.h"
#include "criteria/limits.h"

/* ---- shared parts ---- */

/* A word as it stands in the text, with its place for faults found later. */
struct word {
    struct str text; /* STR_NONE: absent */
    struct span span;
};

struct word_list {
    struct word *at;
    size_t count;
    size_t room;
};

/* 2024.1 is the list 2024, 1. Compared number by number, a prefix first. */
struct edition_number {
    uint32_t part[CRITERIA_EDITION_PARTS_MAX];
    uint8_t parts; /* 0: none given */
};

int edition_number_cmp(struct edition_number a, struct edition_number b);
bool edition_number_eq(struct edition_number a, struct edition_number b);
/* Reads n(.n)*, each below a thousand million, with no leading zeros. */
NODISCARD bool edition_number_parse(struct str s, struct edition_number *ret);
struct str edition_number_text(struct arena *arena, struct edition_number number);

struct duration {
    int32_t n;      /* as written */
    bool years;     /* the unit as written */
    int32_t months; /* 12 for a year; 0: no duration */
};

enum unit { UNIT_NONE, UNIT_HOURS, UNIT_MINUTES };

struct quantity {
    int64_t n; /* as written */
    enum unit unit;
};
int64_t quantity_value(struct quantity q); /* minutes where there is a unit, else n */

/* A text with its language; lang STR_NONE is the document's own language. */
struct text {
    struct str lang;
    struct str text;
};

/* The comments that belong to a statement. Lines stand as written, from '#', one each. */
struct comments {
    struct str_list before;       /* on lines of their own, above it */
    struct str after;             /* at the end of its line (its first, if it is a block) */
    struct str_list before_close; /* a block's: above its closing brace */
    struct str after_close;       /* a block's: behind its closing brace */
};

/* ---- match: what a record must be ---- */

enum clause_kind {
    CLAUSE_IN,          /* field [not] values: field, negated, values */
    CLAUSE_AT_LEAST,    /* field >= quantity or level: field, quantity, or values[0] the level */
    CLAUSE_WITHIN,      /* within duration */
    CLAUSE_FROM,        /* from date */
    CLAUSE_UNTIL,       /* until date */
    CLAUSE_BEFORE,      /* before date */
    CLAUSE_IN_CYCLE,    /* in cycle */
    CLAUSE_AFTER_FIRST, /* after first kind [match]: record, body (has_body) */
    CLAUSE_PROGRAMME,   /* programme types accredited [when]: values, when */
    CLAUSE_WEIGH,       /* weigh percent own: percent, own */
    CLAUSE_LIMIT,       /* at most quantity [each] [own] [body of limits] */
    CLAUSE_ALSO,        /* also kind at most n [match]: record, need, body (has_body) */
};

enum accredited { ACCREDITED_AT_END, ACCREDITED_AT_START, ACCREDITED_THROUGHOUT };

struct clause;

struct clause_list {
    struct clause *at;
    size_t count;
    size_t room;
};

struct clause {
    enum clause_kind kind;
    struct span span;
    struct comments comments;
    struct word field;
    bool negated;
    struct word_list values;
    struct quantity quantity; /* AT_LEAST (when no level), LIMIT */
    struct duration duration;
    day date;
    struct word record;
    int64_t need;
    enum accredited when;
    int32_t percent;
    struct word each;   /* LIMIT: the field of `each` */
    struct clause *own; /* WEIGH, LIMIT: a CLAUSE_IN or CLAUSE_AT_LEAST, or NULL */
    bool has_body;      /* braces were written, even empty ones */
    struct clause_list body;
};

/* ---- nodes: the rule ---- */

enum node_kind {
    NODE_ALL,
    NODE_ANY,
    NODE_SEPARATELY,
    NODE_AT_LEAST, /* at least n of: need, children */
    NODE_EACH,  /* each duration of cycle | last duration2: duration, of_last (0 months: cycle) */
    NODE_COUNT, /* record, need, body */
    NODE_DISTINCT, /* count distinct field of record: field, record, need, body */
    NODE_SUM,      /* sum measure record >= quantity: field, record, quantity, body */
    NODE_COVERED,  /* months covered: record, need, body */
    NODE_SINCE,    /* months since first: record, need, body */
    NODE_HOLDS,    /* names, ever, on, duration (for), issued_before */
    NODE_DECLARED, /* field (what), edition or edition_current, duration (within) */
    NODE_AGE,      /* need, in years */
    NODE_JUDGED,   /* question, body_word */
};

struct node;

struct node_list {
    struct node *at;
    size_t count;
    size_t room;
};

struct node {
    enum node_kind kind;
    struct span span;
    struct comments comments;
    int64_t need;
    struct quantity quantity;
    struct word record; /* a kind or a term */
    struct word field;
    bool has_body;
    struct clause_list body;
    struct duration duration;
    struct duration of_last;
    struct word_list names;
    bool ever;
    day on;            /* DAY_NONE: the reference date */
    day issued_before; /* DAY_NONE: no such condition */
    struct edition_number edition;
    bool edition_current;
    struct str question;
    struct word judge; /* JUDGED: the body, or a type of programme */
    struct node_list children;
};

/* ---- requirements ---- */

enum part_kind {
    PART_WORDING,    /* text */
    PART_NOTE,       /* text */
    PART_NODE,       /* node */
    PART_EXEMPT,     /* id, text, when, instead (has_instead) */
    PART_REFER,      /* body, when */
    PART_DISCRETION, /* body, grants */
};

enum grant_kind {
    GRANT_WAIVE, /* reasons; none listed: any */
    GRANT_ADMIT,
    GRANT_EXTEND, /* date */
    GRANT_FLOOR,  /* block */
};

struct grant {
    enum grant_kind kind;
    struct span span;
    struct comments comments;
    struct word_list reasons;
    day date;
    struct node_list block;
};

struct grant_list {
    struct grant *at;
    size_t count;
    size_t room;
};

struct part {
    enum part_kind kind;
    struct span span;
    struct comments comments;
    struct text text;
    struct node node;
    struct word id;
    struct word body;
    struct node_list when;
    bool has_instead;
    struct comments instead_comments; /* of the line `} instead {` and of its block's end */
    struct node_list instead;
    struct grant_list grants;
};

struct part_list {
    struct part *at;
    size_t count;
    size_t room;
};

/* ---- documents ---- */

enum item_kind {
    ITEM_TITLE,      /* text */
    ITEM_AUDIENCE,   /* text */
    ITEM_ROUTE,      /* text */
    ITEM_NOTE,       /* text */
    ITEM_LANGUAGE,   /* word */
    ITEM_GROUP,      /* word */
    ITEM_OWNER,      /* word */
    ITEM_VOCABULARY, /* word (name), edition */
    ITEM_OPEN,       /* from, until, until_exclusive; DAY_NONE where not given */
    ITEM_IN_FORCE,   /* from */
    ITEM_VALID,      /* duration (0: without end), grace, renew */
    ITEM_CYCLE,      /* duration, word (anchor), or month and mday where the anchor is a year day */
    ITEM_TIGHTENS,   /* word (name), edition */
    ITEM_LABEL,      /* word (REQ or REQ.EXEMPTION), text */
    ITEM_QUESTION,   /* word (requirement), body, text */
    ITEM_TERM,       /* word (its name), record, clauses */
    ITEM_REQUIRE,    /* word (id), text (label, may be absent), parts */
    ITEM_BAR,        /* word (id), text, nodes, refuse */
    ITEM_TRANSITION, /* word (old name; absent: the same), edition, rules */
    ITEM_EXAMPLE,    /* text, from (as of), lines, lines_line */
};

enum rule_kind {
    RULE_ACCEPT_APPLICATIONS,  /* from (DAY_NONE: none), until */
    RULE_REQUIRE_APPLICATIONS, /* the same */
    RULE_ACCEPT_STARTED,  /* record, body, from (started before), duration (after that start) */
    RULE_HOLDERS_RENEWAL, /* holders keep until renewal */
    RULE_HOLDERS_DATE,    /* holders keep until `until` */
};

struct rule {
    enum rule_kind kind;
    struct span span;
    struct comments comments;
    day from;
    day until;
    struct word record;
    bool has_body;
    struct clause_list body;
    struct duration duration;
};

struct rule_list {
    struct rule *at;
    size_t count;
    size_t room;
};

struct item {
    enum item_kind kind;
    struct span span; /* of its first line */
    struct comments comments;
    struct text text;
    struct word word;
    struct word body;
    struct edition_number edition;
    day from;
    day until;
    bool until_exclusive;
    struct duration duration;
    struct duration grace;
    struct duration renew;
    int32_t month; /* CYCLE from year: 1 to 12; 0: from an anchor */
    int32_t mday;
    struct word record;
    bool has_body;
    struct clause_list clauses;
    struct part_list parts;
    struct node_list nodes;
    bool refuse;
    struct rule_list rules;
    struct str lines;    /* EXAMPLE: raw, in case notation, without the closing brace's line */
    uint32_t lines_line; /* line number of the first of them */
};

struct item_list {
    struct item *at;
    size_t count;
    size_t room;
};

struct document {
    struct word name;
    struct edition_number edition;
    struct span span; /* of its first line */
    struct comments comments;
    struct str source_text; /* its bytes, first to last brace */
    struct item_list items;
};

/* ---- vocabularies ---- */

enum field_type {
    FIELD_OF,      /* one of values, unordered */
    FIELD_ORDERED, /* one of the levels of that name, lowest first */
    FIELD_ID,
    FIELD_INTEGER,
    FIELD_MINUTES,
};

struct field_entry {
    struct span span;
    struct comments comments;
    struct word name;
    enum field_type type;
    struct word_list values; /* OF; ORDERED: values[0] is the name of the levels */
};

struct field_entry_list {
    struct field_entry *at;
    size_t count;
    size_t room;
};

enum entry_kind {
    ENTRY_RECORD,     /* word (kind), text, fields */
    ENTRY_LEVELS,     /* word (name), values, lowest first */
    ENTRY_EFFORT,     /* word, n */
    ENTRY_PROGRAMMES, /* values; so also the following */
    ENTRY_BODIES,
    ENTRY_STATEMENTS,
    ENTRY_ANCHORS,
    ENTRY_REASONS,
    ENTRY_CREDENTIALS, /* values are names */
    ENTRY_TERM,        /* word, record, clauses */
};

struct entry {
    enum entry_kind kind;
    struct span span;
    struct comments comments;
    struct word word;
    struct str text;
    struct field_entry_list fields;
    struct word_list values;
    int64_t n;
    struct word record;
    bool has_body;
    struct clause_list clauses;
};

struct entry_list {
    struct entry *at;
    size_t count;
    size_t room;
};

struct vocabulary_text {
    struct word name;
    struct edition_number edition;
    struct span span;
    struct comments comments;
    struct str source_text;
    struct entry_list entries;
};

/* ---- a file ---- */

struct parsed {
    bool vocabulary;
    union {
        struct document document;
        struct vocabulary_text vocabulary_text;
    };
};

struct parsed_file {
    struct parsed *at;
    size_t count;
    size_t room;
    struct str_list comments_at_end; /* after the last document */
};

/*
 * Reads a file of documents and vocabularies. Every fault goes to the diags and parsing goes on
 * behind it, so that all faults of a file show at once; what could be read of a faulty document
 * is in the result all the same, so look at diags->errors before you use it. Checks everything
 * that needs no vocabulary: the grammar, the limits, reserved words, repeated ids, and the places
 * where a construct may not stand.
 */
void criteria_parse(struct arena *arena, const struct source *source, struct diags *diags,
                    struct parsed_file *ret);

/* Canonical form: two spaces a level, one statement a line, comments kept. */
struct buf;
void criteria_print_file(const struct parsed_file *file, struct buf *out);
void criteria_print_document(const struct document *document, struct buf *out);
void criteria_print_vocabulary(const struct vocabulary_text *vocabulary, struct buf *out);
void criteria_print_item(const struct item *item, int level, struct buf *out);
void criteria_print_node(const struct node *node, int level, struct buf *out);
void criteria_print_clause(const struct clause *clause, int level, struct buf *out);

/* The words that stand in the grammar or begin a line of a case, and so name no kind, field or
   term. */
bool criteria_word_is_reserved(struct str word);
bool criteria_is_word(struct str s); /* [a-z][a-z0-9]*(-[a-z0-9]+)* */
bool criteria_is_name(struct str s); /* word(.word)* */

#endif
