/*
 * scheme.h - a body's whole scheme, made from its files and checked as one.
 *
 * The files are those of a folder, or of a database, which keeps them under the same paths:
 * scheme.conf, and what stands in criteria, vocabulary, cases and texts. docs/scheme-folder.md
 * describes them for the people who write them. A scheme is immutable, may be shared by threads,
 * and lives in the arena it was made in.
 *
 * Every list keeps the order of scheme.conf, and each of its elements begins with its id.
 */
#ifndef ASSAY_SCHEME_SCHEME_H
#define ASSAY_SCHEME_SCHEME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/result.h"
#include "base/str.h"
#include "criteria/library.h"
#include "criteria/syntax.h"
#include "scheme/file.h"
#include "scheme/terms.h"

/* A date as exactly as it is known: 2007, 2010-04 or 2020-06-17. */
struct scheme_date {
    struct str text; /* STR_NONE: not given */
    day first;       /* the days it may stand for */
    day last;
};

struct scheme_colour {
    struct str light; /* "#rrggbb"; STR_NONE: not given */
    struct str dark;
};

/* What a cell of a table is made of. Where a column names several, they follow one another. */
enum scheme_part {
    PART_OF_TITLE,
    PART_OF_AUDIENCE,
    PART_OF_WORDING, /* of each requirement */
    PART_OF_READING, /* of each requirement, made from the rule */
    PART_OF_ROUTE,
    PART_OF_NOTE,
};
#define SCHEME_PARTS 6

struct scheme_column {
    struct str heading;
    enum scheme_part parts[SCHEME_PARTS];
    size_t part_count;
};

struct scheme_columns {
    struct scheme_column *at;
    size_t count, room;
};

/* A table of certifications. */
struct scheme_group {
    struct word id; /* as documents name it in `group` */
    struct str title;
    struct str introduction; /* STR_NONE: none */
    struct scheme_columns columns;
    struct word_list certifications; /* names without an ending such as .renewal */
};

enum scheme_body_kind {
    BODY_BOARD,
    BODY_COMMITTEE,
    BODY_TASKFORCE,
    BODY_PANEL,
    BODY_OFFICE,
    BODY_INITIATIVE,
};

enum scheme_body_state { BODY_ACTIVE, BODY_DISSOLVED };

struct scheme_body {
    struct word id; /* as documents name it in `owner`, `by` and `refer to` */
    struct str title;
    enum scheme_body_kind kind;
    struct str mandate;
    struct scheme_date from;
    struct scheme_date until;
    enum scheme_body_state state;
    struct word successor;     /* text STR_NONE: none */
    struct word_list sections; /* types of programme */
    struct word_list drafts;   /* certifications whose text it writes */
    struct str_list owns;      /* names of documents that name it as owner, .renewal included */
};

enum scheme_programme_kind { PROGRAMME_ASSESSMENT, PROGRAMME_TRAINING };

struct scheme_programme {
    struct word id; /* as documents name it in `programme` */
    struct str title;
    struct str short_name;
    enum scheme_programme_kind kind;
    struct str purpose;
    struct word_list leads_to; /* certifications */
    struct str route;
    struct str note; /* STR_NONE: none */
};

/* A certification as the pathway shows it. */
struct scheme_card {
    struct word certification;
    struct str title;
    struct str text;
    struct word_list from; /* of a specialisation: the stages it can be sought at */
};

struct scheme_cards {
    struct scheme_card *at;
    size_t count, room;
};

/* Stages are numbered from 1 in their order. */
struct scheme_stage {
    struct word id;
    struct str title;
    struct str text;
    struct scheme_cards cards;
    struct word_list assisted_by; /* certifications whose holders find help at this stage */
    struct word_list next;        /* later stages */
};

struct scheme_stages {
    struct scheme_stage *at;
    size_t count, room;
};

struct scheme_pathway {
    struct str title; /* STR_NONE: the scheme shows no pathway */
    struct str text;
    struct scheme_stages stages;
    struct scheme_cards specialisations;
};

struct scheme_benefit {
    struct word id;
    struct str title;
    struct str text;
    struct word_list certifications; /* whose holders enjoy it; none: all */
};

/* A longer piece: texts/ID.md. */
struct scheme_text {
    struct word id;
    struct str title;
    struct word_list subjects;   /* the groups and certifications that it is about; often none */
    const struct source *source; /* CommonMark */
};

struct scheme_groups {
    struct scheme_group *at;
    size_t count, room;
};
struct scheme_bodies {
    struct scheme_body *at;
    size_t count, room;
};
struct scheme_programmes {
    struct scheme_programme *at;
    size_t count, room;
};
struct scheme_benefits {
    struct scheme_benefit *at;
    size_t count, room;
};
struct scheme_texts {
    struct scheme_text *at;
    size_t count, room;
};
struct scheme_sources {
    const struct source **at;
    size_t count, room;
};

enum scheme_pairs { PAIRS_REFUSED, PAIRS_ALLOWED };

/* How people's records are kept. */
struct scheme_record {
    enum scheme_pairs pairs;       /* whether two people may confirm each other's entries */
    struct word_list opinions;     /* kinds of entries that somebody is asked for by a link */
    struct word_list confidential; /* those of them of which the person learns not who gave them */
    struct term_list areas;
    struct term_list styles;
};

/* Who runs the scheme. */
struct scheme_organisation {
    struct str name;
    struct str short_name;
    struct str footer;
};

struct scheme_colours {
    struct scheme_colour ink, paper, accent, gold;
};

struct scheme {
    struct word id;
    struct str title;
    struct word language; /* of the texts; `en` unless scheme.conf says otherwise */
    struct word zone;     /* IANA name, for deadlines */
    struct scheme_organisation organisation;
    struct scheme_colours colours;
    struct scheme_groups groups;
    struct scheme_bodies bodies;
    struct scheme_programmes programmes;
    struct scheme_pathway pathway;
    struct scheme_record record;
    struct scheme_benefits benefits;
    struct scheme_texts texts;
    const struct source *conf;
    const struct library *library;
    struct scheme_sources cases; /* unread: for those who run them */
};

/*
 * Makes a scheme from its files, whose bytes must outlive it. All faults of all files go to the
 * diags, under the names PLACE/PATH, or PATH alone where the place is empty, with what was
 * expected. ERROR_INPUT when there are errors; warnings alone do not hinder.
 */
RESULT scheme_make(struct arena *arena, struct str place, const struct scheme_files *files,
                   struct diags *diags, struct scheme **ret);

/* The same from a folder (folder.h). ERROR_READ, with errno, when there is no readable scheme.conf.
 */
RESULT scheme_load(struct arena *arena, const char *folder, struct diags *diags,
                   struct scheme **ret);

/* The element of that id, or NULL. */
const struct scheme_group *scheme_group(const struct scheme *scheme, struct str id);
const struct scheme_body *scheme_body(const struct scheme *scheme, struct str id);
const struct scheme_programme *scheme_programme(const struct scheme *scheme, struct str id);
const struct scheme_text *scheme_text(const struct scheme *scheme, struct str id);

const char *scheme_body_kind_name(enum scheme_body_kind kind);

#endif
