/*
 * profile.h - what people say of themselves: names, languages, where and on what they work, what
 * they have learned, insurance, the code they accept, who hears complaints.
 *
 * Each item is a fact (fact.h): changing one supersedes it, so that what stood there at any time is
 * known. Each is public, for members, or private, as the person chooses. profile.c has a table of
 * the kinds of items with the members of their values.
 */
#ifndef ASSAY_REGISTER_PROFILE_H
#define ASSAY_REGISTER_PROFILE_H

#include "base/value.h"
#include "criteria/vocabulary.h"
#include "register/fact.h"
#include "register/merge.h"
#include "scheme/terms.h"

extern const struct error PROFILE_KIND, /* 422: there is no such kind of item */
    PROFILE_VALUE,   /* 422: a member is missing, unknown, too long or not of its kind */
    PROFILE_TERM,    /* 422: the scheme has no such area, style or statement */
    PROFILE_DAYS,    /* 422: days that the kind does not have, or an end before its beginning */
    PROFILE_MANY,    /* 409: there are 100 items of the kind already, or one of that name */
    PROFILE_UNKNOWN; /* 404: there is no such item, or it was superseded */

#define PROFILE_ITEMS_MAX 100 /* of a kind */

/* What an item may name. A list that is empty allows nothing. */
struct profile_terms {
    struct term_list areas;
    struct term_list styles;
    struct str_list statements; /* of the vocabulary: codes that can be declared */
};

/* ---- items ---- */

/* Their words are the kinds of the facts; a dossier reads some of them (person_dossier.h). */
enum profile_kind {
    PROFILE_NAME,
    PROFILE_FORMER_NAME,
    PROFILE_BORN,
    PROFILE_LANGUAGE,
    PROFILE_COUNTRY,
    PROFILE_PLACE,
    PROFILE_AREA,
    PROFILE_STYLE,
    PROFILE_EDUCATION,
    PROFILE_MEMBERSHIP,
    PROFILE_INSURANCE,
    PROFILE_DECLARATION, /* a code of conduct, accepted on the day `from` */
    PROFILE_COMPLAINTS,
    PROFILE_KINDS,
};

const char *profile_kind_word(enum profile_kind kind); /* "language" */
NODISCARD bool profile_kind_parse(struct str word, enum profile_kind *ret);
enum visible profile_default(enum profile_kind kind);
bool profile_is_single(enum profile_kind kind); /* there is one at most */

/* What an item is named by; those of a place are free. */
enum profile_named {
    PROFILE_NOT_NAMED,
    PROFILE_OF_LANGUAGE,
    PROFILE_OF_COUNTRY,
    PROFILE_OF_PLACE,
    PROFILE_OF_AREA,
    PROFILE_OF_STYLE,
    PROFILE_OF_STATEMENT,
};
enum profile_named profile_named(enum profile_kind kind);

enum profile_dated { PROFILE_NOT_DATED, PROFILE_DATED, PROFILE_ON_A_DAY };
enum profile_dated profile_dated(enum profile_kind kind);

enum profile_holds {
    PROFILE_TEXT,
    PROFILE_YES_NO,
    PROFILE_CHOICE,
    PROFILE_NUMBER,
    PROFILE_CURRENCY,   /* three capital letters */
    PROFILE_IN_COUNTRY, /* two capital letters */
    PROFILE_ADDRESS,    /* https://… or a mail address */
};

/* A member of the value of an item. */
struct profile_member {
    const char *key; /* NULL: no more */
    enum profile_holds holds;
    bool needed;
    const char *choices; /* with spaces between */
};

const struct profile_member *profile_members(enum profile_kind kind); /* ended by one without key */
bool profile_member_holds(const struct profile_member *member, const struct value *value);

struct profile_item {
    enum profile_kind kind;
    struct str name;           /* of a language, country, place, area, style or statement */
    const struct value *value; /* an object; NULL: an empty one */
    day from, until;           /* DAY_FIRST and DAY_LAST: no such bound */
    enum visible visible;
};

/* Adds an item, or puts it in the place of another: of `instead`, or of the only one that the kind
   has. A name becomes the one that the register shows. Where the other one says the same, only who
   sees it changes, or nothing. */
RESULT profile_set(struct store *store, struct arena *arena, const struct act *act,
                   const struct profile_terms *terms, struct person_id person,
                   const struct profile_item *item, struct fact_id instead, struct fact_id *ret);

RESULT profile_remove(struct store *store, struct arena *arena, const struct act *act,
                      struct person_id person, struct fact_id id);

/* Who sees it from now on. */
RESULT profile_show(struct store *store, struct arena *arena, const struct act *act,
                    struct person_id person, struct fact_id id, enum visible visible,
                    struct fact_id *ret);

enum viewer { VIEWER_STRANGER, VIEWER_MEMBER, VIEWER_SELF };

/* What somebody sees of a person as known at a position, by kind: those merged into them too. */
RESULT profile_view(struct store *store, struct arena *arena, struct person_id person,
                    enum viewer viewer, int64_t position, struct fact_list *ret);

/* The value of a fact: an object, of a declaration the edition; NULL where it has none. */
const struct value *profile_value(struct arena *arena, const struct person_fact *fact);

/* An item as it stood there once, or stands there. */
struct profile_version {
    struct person_fact fact;
    int64_t since;       /* microseconds UTC */
    int64_t until;       /* 0: it stands there still */
    struct str actor;    /* the word of the kind of whoever set it: "person", "command", ... */
    struct person_id by; /* 0: nobody of the register */
    struct str by_name;  /* STR_NONE: the same */
};

struct profile_versions {
    const struct profile_version *at;
    size_t count;
};

/* What stood in the profile of a person, and of those merged into them, the latest first: at most
   `max`, those recorded before `before` (INT64_MAX: all), by the number of the fact. */
RESULT profile_history(struct store *store, struct arena *arena, struct person_id person,
                       int64_t before, size_t max, struct profile_versions *ret);

/* ---- names ---- */

/* A name as its bearer has it. */
struct person_name {
    struct str given;  /* STR_NONE: none; a single name stands here or in `family` */
    struct str family; /* STR_NONE: none */
    bool family_first;
    struct str latin;         /* how it is written in Latin letters; STR_NONE: as it is */
    struct str post_nominals; /* "LLM, PhD"; STR_NONE: none */
};

/* Of the value of a PROFILE_NAME; false where it is none. */
NODISCARD bool person_name_read(const struct value *value, struct person_name *ret);

/* "Ada Sample", "Sample Ada" where the family stands first. */
struct str person_name_display(struct arena *arena, const struct person_name *name);
/* The same with what stands behind it: "Ada Sample, LLM". */
struct str person_name_formal(struct arena *arena, const struct person_name *name);
/* By which lists are ordered, in Latin letters if it has them: "Sample, Ada". */
struct str person_name_sort(struct arena *arena, const struct person_name *name);

#endif
