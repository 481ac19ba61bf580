/*
 * evidence.h - the entries of a person's logbook, in the database.
 *
 * What an entry says stands in versions: a correction adds one and keeps the one before. How it
 * stands (claimed, verified, rejected, withdrawn, duplicate) is a row for each change, with who
 * made it, how and why. Both carry the positions of the journal at which they were recorded and
 * superseded, so that what was known at any position can be told.
 *
 * Kinds, fields and values are those of the scheme's vocabulary, which the caller gives: another
 * scheme needs no code. Nothing of an entry tells who the parties were; a private reference of at
 * most 20 characters is all there is.
 */
#ifndef ASSAY_REGISTER_EVIDENCE_H
#define ASSAY_REGISTER_EVIDENCE_H

#include "criteria/dossier.h"
#include "criteria/vocabulary.h"
#include "register/fact.h"
#include "register/merge.h"

extern const struct error EVIDENCE_UNKNOWN, /* 404 */
    EVIDENCE_VOCABULARY, /* 422: a kind, field or value that the vocabulary does not have */
    EVIDENCE_REFERENCE,  /* 422: more than 20 characters, or white space in it */
    EVIDENCE_DATES,      /* 422: no days, or the end before the start */
    EVIDENCE_FUTURE,     /* 422 */
    EVIDENCE_HOURS,      /* 422: more than 24 hours for each of its days, or less than none */
    EVIDENCE_DAY_FULL,   /* 422: with what is recorded already, more than 24 hours on a day */
    EVIDENCE_WHY,        /* 422: no reason where one is needed, or more than 1,000 bytes */
    EVIDENCE_SAME,       /* 409: the correction changes nothing */
    EVIDENCE_CHANGED,    /* 409: it was corrected meanwhile: look at it again */
    EVIDENCE_STANDING,   /* 409: as the entry stands, that cannot be done */
    EVIDENCE_MANY;       /* 409: a person has at most 20,000 entries */

#define EVIDENCE_MAX 20000    /* entries of a person */
#define EVIDENCE_WHY_MAX 1000 /* bytes */

struct evidence_id {
    int64_t n;
};

/* An entry as known at a position. */
struct evidence_row {
    struct evidence_id id;
    struct person_id person;
    int64_t version;
    int64_t change;       /* of its standing */
    struct evidence says; /* with its standing; the id is e and the number of the entry */
};

struct evidence_rows {
    const struct evidence_row *at;
    size_t count;
};

/* How a standing came about. */
enum evidence_how {
    HOW_SELF,       /* the person said so */
    HOW_IMPORT,     /* in a file of theirs */
    HOW_REGISTER,   /* from the body's earlier register: no rule of this program verified it */
    HOW_ROLE,       /* by somebody whom the entry names */
    HOW_LINK,       /* by somebody who was asked by mail */
    HOW_OFFICE,     /* by the office */
    HOW_CORRECTION, /* what was confirmed or rejected was corrected, and is a claim again */
    HOW_COUNT,
};

const char *evidence_how_word(enum evidence_how how);

/* ---- reading ---- */

/* "mode online\nrole mediator": the fields of an entry as they are stored, in the arena. */
struct str evidence_facts_write(struct arena *arena, const struct evidence *evidence);
/* The fields in such a text, which must outlive them. */
void evidence_facts_read(struct arena *arena, struct str text, struct evidence *evidence);

RESULT evidence_load(struct store *store, struct arena *arena, struct evidence_id id,
                     struct evidence_row *ret);

/* All entries of a person as known at a position, those of people merged into them too, by their
   numbers. One statement for each person of the group, however many entries there are. */
RESULT evidence_of(struct store *store, struct arena *arena, struct person_id person,
                   int64_t position, struct evidence_rows *ret);

/* Adds them to the evidence of a dossier. What was verified at a day counts from that day on. */
RESULT evidence_into(struct store *store, struct arena *arena, struct person_id person,
                     int64_t position, struct dossier *dossier);

struct evidence_version {
    int64_t version;
    struct evidence says; /* without standing */
    struct str why;
    int64_t recorded, superseded; /* positions; 0: it is not superseded */
    int64_t at;                   /* microseconds UTC: when it was recorded */
};

struct standing_change {
    int64_t change;
    enum standing standing;
    day verified_on;
    enum evidence_how how;
    struct str role;            /* of whoever confirmed or rejected it; STR_NONE */
    struct person_id by;        /* 0: nobody of the register */
    struct str by_name;         /* of whoever was asked by mail, or of `by`; STR_NONE: neither */
    int64_t verification;       /* 0: none */
    struct evidence_id same_as; /* of a duplicate; 0: not said */
    struct str why;
    int64_t recorded, superseded;
    int64_t at;
};

/* Everything that an entry ever said and how it ever stood, the earliest first; who did it when
   stands in the journal at the positions. */
struct evidence_history {
    const struct evidence_version *versions;
    size_t version_count;
    const struct standing_change *changes;
    size_t change_count;
};

RESULT evidence_history(struct store *store, struct arena *arena, struct evidence_id id,
                        struct evidence_history *ret);

/* ---- intake ---- */

/*
 * Whether an entry may be recorded by that day: its words are in the vocabulary, its days exist and
 * are past, its hours fit into its days. The first thing that is wrong, as an error; how a file
 * words the same is for logbook.h.
 */
RESULT evidence_check(const struct vocabulary *vocabulary, const struct evidence *evidence,
                      day today);

/*
 * Whether the hours of an entry fit into its days beside those of others: of its own days, and of
 * the days of each that it lies within. Only claimed and verified ones take time. `others` may hold
 * NULLs. EVIDENCE_DAY_FULL.
 */
RESULT evidence_fits(const struct evidence *evidence, const struct evidence *const *others,
                     size_t count);

/* ---- operations ---- */

/* Adds a claim. What `evidence` says of standing is not read. */
RESULT evidence_add(struct store *store, struct arena *arena, const struct act *act,
                    const struct vocabulary *vocabulary, struct person_id person,
                    const struct evidence *evidence, struct evidence_id *ret);

/* The version is the one that was corrected. What was verified or rejected is a claim again: nobody
   has confirmed what it says now. */
RESULT evidence_correct(struct store *store, struct arena *arena, const struct act *act,
                        const struct vocabulary *vocabulary, struct evidence_id id, int64_t version,
                        const struct evidence *evidence, struct str why);

RESULT evidence_withdraw(struct store *store, struct arena *arena, const struct act *act,
                         struct evidence_id id, struct str why);

/* It is the same as another of the same person, which counts instead. */
RESULT evidence_mark_duplicate(struct store *store, struct arena *arena, const struct act *act,
                               struct evidence_id id, struct evidence_id same_as, struct str why);
/* It is not: it is a claim again. */
RESULT evidence_unmark_duplicate(struct store *store, struct arena *arena, const struct act *act,
                                 struct evidence_id id, struct str why);

#endif
