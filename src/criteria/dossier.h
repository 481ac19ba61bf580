/*
 * dossier.h - what is known of one person, and of the registers around them: the input of every
 * evaluation.
 *
 * A dossier is plain data in the words of its source; it may hold kinds, fields and values that
 * no document knows. It is packed against a vocabulary and a day of knowledge (pack.h) before it
 * is evaluated. Texts and arrays live in the arena of whoever built it.
 */
#ifndef ASSAY_CRITERIA_DOSSIER_H
#define ASSAY_CRITERIA_DOSSIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/str.h"
#include "criteria/syntax.h"
#include "criteria/vocabulary.h"

enum standing {
    STANDING_VERIFIED,
    STANDING_CLAIMED,
    STANDING_REJECTED,
    STANDING_WITHDRAWN,
    STANDING_DUPLICATE,
};

struct fact {
    struct str field;
    struct str value; /* as written: a value, an id, digits, or hours as 2.5 or 2:30 */
};

struct evidence {
    struct str id; /* e1, e2, ... unless the source gives one; unique in a dossier */
    struct str kind;
    day start;
    day end;
    struct str matter;    /* STR_NONE: a matter of its own */
    struct str programme; /* STR_NONE: not stated */
    int64_t hours;        /* in minutes; -1: not stated */
    int64_t days;         /* -1: not stated, so the calendar days it spans */
    const struct fact *facts;
    size_t fact_count;
    enum standing standing;
    day verified_on; /* claimed before that day; DAY_NONE: not said */
    uint32_t line;   /* of the source; 0: none */
};

/* One period in which a programme was accredited for a type; both days included. */
struct accreditation {
    struct str programme;
    struct str type;
    day from;
    day to; /* DAY_LAST: still accredited */
};

struct suspension {
    day from;
    day to;
};

struct credential {
    struct str name;
    day from;
    day to; /* DAY_LAST: without end */
    const struct suspension *suspensions;
    size_t suspension_count;
    day withdrawn; /* DAY_NONE: not withdrawn; ends the period from that day */
    bool annulled;
    day annulled_on; /* when that was recorded; DAY_NONE: not said */
    bool claimed;    /* not verified yet: seen only in preview */
};

struct declaration {
    struct str statement;
    day on;
    struct edition_number edition; /* parts 0: not stated */
};

/* An edition of a declared text that is current from a day on. */
struct current_edition {
    struct str statement;
    struct edition_number edition;
    day from; /* DAY_FIRST: always */
};

struct anchor {
    struct str name;
    day on;
};

enum decision_kind { DECISION_WAIVE, DECISION_ADMIT, DECISION_EXTEND };

struct decision {
    enum decision_kind kind;
    struct str requirement;
    struct str by; /* a body, or a programme's id */
    day on;
    struct str reason; /* WAIVE; STR_NONE: none given */
    struct str record; /* ADMIT */
    day until;         /* EXTEND */
};

struct judgement {
    struct str requirement;
    struct str by;
    day on;
    bool satisfied;
};

struct dossier {
    struct evidence *evidence;
    size_t evidence_count, evidence_room;
    struct accreditation *accreditations;
    size_t accreditation_count, accreditation_room;
    struct credential *credentials;
    size_t credential_count, credential_room;
    struct declaration *declarations;
    size_t declaration_count, declaration_room;
    struct current_edition *currents;
    size_t current_count, current_room;
    struct anchor *anchors;
    size_t anchor_count, anchor_room;
    struct decision *decisions; /* in the order in which they were recorded */
    size_t decision_count, decision_room;
    struct judgement *judgements; /* the same */
    size_t judgement_count, judgement_room;
    day born;  /* DAY_NONE: not known */
    day known; /* T: only what was recorded by that day; DAY_NONE: everything, and T has no date */
};

void dossier_init(struct dossier *dossier);

/* Reads hours as decimals (2.5, to the nearest minute) or as h:mm. False when it is neither, is
   negative, or exceeds a thousand million minutes. */
NODISCARD bool hours_parse(struct str s, int64_t *ret_minutes);

/* The fact of that field, or STR_NONE. */
struct str evidence_fact(const struct evidence *evidence, struct str field);

const char *standing_name(enum standing standing);

/* The measure's value: hours, days (the span unless stated), or a fact read by the field's type;
   -1 when it is not stated or is not of the type. */
int64_t evidence_measure(const struct evidence *evidence, const struct field *field);

#endif
