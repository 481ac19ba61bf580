/*
 * standing_sent.h - what a visitor sent to be checked, as they sent it: a form with files, a plain
 * form, or JSON, brought into one shape.
 *
 * Everything but the two files is a list of named texts, so that a form can be shown again exactly
 * as it was filled in. Their names:
 *
 *     on, then               the day of the question, and that of the plan
 *     marks                  "stand" or "claims": what the marks 'verified' of the logbook are
 * worth only                   the one certification that is asked about; empty: all text a logbook
 * that was typed or pasted born                   a date KIND.N.KEY             of the N-th row of
 * that kind of record: count, from, to, hours, at, or a field of the kind plan.KIND.N.KEY the same,
 * of what is planned held.from.NAME, held.to.NAME          a credential declared.NAME the day of a
 * declaration anchor.NAME            a day that cycles are counted from kept.log, kept.log.name,
 * drop.log     the file of the page before, packed, so that it need kept.person, ... not be chosen
 * again; and that it is to be left out action                 "check", or "add.KIND" or
 * "add.plan.KIND": one row more
 *
 * In JSON (docs/standing.md) `rows` and `planned` are lists of objects with those keys and `kind`.
 */
#ifndef ASSAY_WEB_STANDING_SENT_H
#define ASSAY_WEB_STANDING_SENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "http/form.h"
#include "http/message.h"
#include "register/fault.h"

#define SENT_LOG_MAX ((size_t)5000000)  /* bytes of a logbook */
#define SENT_FIELDS_MAX ((size_t)2000)  /* of a form, and of all rows of a JSON body together */
#define SENT_VALUE_MAX ((size_t)1000)   /* bytes of a field but `text` and the kept files */
#define SENT_ROWS_MAX 100               /* of one kind */
#define SENT_PASTED_MAX ((size_t)65536) /* a longer pasted text is kept as if it were a file */
/* Two files of the greatest size, what a form needs around them, and its fields. */
#define SENT_BODY_MAX ((size_t)7 * 1024 * 1024)

struct sent_file {
    struct str name; /* as the visitor's computer calls it; STR_NONE: no file */
    struct str bytes;
};

struct sent {
    struct form fields;   /* each name once */
    struct sent_file log; /* chosen now, or kept from the page before */
    struct sent_file person;
    struct str records; /* the `records` of a JSON body, as JSON; STR_NONE: none */
    bool json;          /* it came as JSON: there is no form to show again */
};

/*
 * Reads the body of a request. What is wrong with single fields goes to the faults, whose places
 * have the name of the field as their heading. HTTP_BAD_FORM, HTTP_FORM_TOO_LARGE when the body as
 * a whole is not what its Content-Type says, SENT_TYPE when that is none of the three.
 */
RESULT sent_read(struct arena *arena, const struct request *request, struct faults *faults,
                 struct sent *ret);

extern const struct error SENT_TYPE;

/* The text of a field without white space around it; empty if there is none. */
struct str sent_text(const struct sent *sent, struct str name);

/* The same of a field whose name is put together. */
PRINTF_LIKE(3, 4)
struct str sent_text_of(const struct sent *sent, struct arena *arena, const char *fmt, ...);

/* A file as a text that a form can carry, and back: STR_NONE for what sent_pack did not make. */
struct str sent_pack(struct arena *arena, struct str bytes);
struct str sent_unpack(struct arena *arena, struct str text, size_t most);

/* A row's name taken apart: plan.mediation.2.role. */
struct sent_row_name {
    bool planned;
    struct str kind;
    int64_t number;
    struct str key;
};
bool sent_row_name(struct str name, struct sent_row_name *ret);

#endif
