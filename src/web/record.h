/*
 * record.h - the pages of one's own record, /record and below: what they have in common.
 *
 * They are of the person whose account is signed in, or whose token a program sends. An account
 * that is nobody's yet has /record and /record/begin alone; elsewhere it is told to begin.
 */
#ifndef ASSAY_WEB_RECORD_H
#define ASSAY_WEB_RECORD_H

#include "criteria/dossier.h"
#include "register/verify.h"
#include "web/own.h"

/* Of the answer with all data and papers of a person, packed. */
#define PERSONAL_MEMORY_MAX ((size_t)512 * 1024 * 1024)

extern const struct error RECORD_NONE; /* 404: the account is nobody's */

/* Of which person, read in the transaction of the call. */
struct record {
    struct call *call;
    struct arena *arena;
    struct store *store;
    const struct scheme *scheme;
    const struct vocabulary *vocabulary; /* NULL: the scheme has none */
    struct person_id person;
};

/* The members that all views of these pages have: which of the parts of a record a page is of, for
   record/nav. */
#define RECORD_MEMBERS                                                                             \
    {                                                                                              \
        "at", &record_part_shape, false, "The part of the record that this is"                     \
    }
extern const struct shape record_part_shape;

/* RECORD_NONE, and what call_store meets. */
RESULT record_begin(struct call *call, struct record *ret);
struct value *record_view(const struct record *record, const char *part);

/* What the register knows of the person, as the dossier that rules are evaluated on, with what the
   scheme's rules ask of public registers. */
RESULT record_dossier(const struct record *record, struct dossier *ret);

/* The start of a change: the act of somebody at their own record. */
struct record_change {
    struct call *call;
    struct act act;
    struct person_id person;
    const struct vocabulary *vocabulary;
    const void *wish; /* of the page's own */
};
RESULT record_change_begin(struct call *call, enum permission permission,
                           struct record_change *ret);

/* What the scheme says of those who confirm. */
struct verify_rules record_verify_rules(const struct call *call);

/* ---- the pages, each in a file of its own: record_NAME.c ---- */

extern const struct shape record_home_shape, record_standing_shape, record_begin_shape,
    record_asked_shape, record_waiting_shape, confirm_link_shape, record_imports_shape,
    record_import_shape, record_data_shape, record_logbook_shape, record_add_shape,
    record_entry_page_shape, record_correct_shape, record_what_if_shape,
    record_what_if_question_shape;
extern const struct route_field record_begin_fields[], record_asked_query[], record_asked_fields[],
    record_waiting_fields[], confirm_link_fields[], record_imports_fields[], record_import_fields[],
    record_data_fields[], record_logbook_fields[], record_add_query[], record_add_fields[],
    record_entry_fields[], record_correct_fields[], record_what_if_fields[];

RESULT record_home_answer(struct call *call, struct value **ret);
RESULT record_standing_answer(struct call *call, struct value **ret);
RESULT record_begin_answer(struct call *call, struct value **ret);
RESULT record_begin_change(struct call *call, struct value **ret);
RESULT record_logbook_answer(struct call *call, struct value **ret);
RESULT record_imports_answer(struct call *call, struct value **ret);
RESULT record_imports_change(struct call *call, struct value **ret);
RESULT record_import_answer(struct call *call, struct value **ret);
RESULT record_import_change(struct call *call, struct value **ret);
RESULT record_add_answer(struct call *call, struct value **ret);
RESULT record_add_change(struct call *call, struct value **ret);
RESULT record_entry_answer(struct call *call, struct value **ret);
RESULT record_entry_change(struct call *call, struct value **ret);
RESULT record_correct_answer(struct call *call, struct value **ret);
RESULT record_correct_change(struct call *call, struct value **ret);
RESULT record_asked_answer(struct call *call, struct value **ret);
RESULT record_asked_change(struct call *call, struct value **ret);
RESULT record_waiting_answer(struct call *call, struct value **ret);
RESULT record_waiting_change(struct call *call, struct value **ret);
RESULT record_what_if_answer(struct call *call, struct value **ret);
RESULT record_what_if_look(struct call *call, struct value **ret);
RESULT record_data_answer(struct call *call, struct value **ret);
RESULT record_data_change(struct call *call, struct value **ret);
RESULT record_data_file(struct call *call, struct response *response);

/* confirm.c: for whoever has the link of a letter. */
RESULT confirm_link_answer(struct call *call, struct value **ret);
RESULT confirm_link_post(struct call *call, struct value **ret);

#endif
