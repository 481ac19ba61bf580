/*
 * opinion.h - somebody is asked, by a link in a letter, what they think of a person's work: a
 * reference, feedback after a matter.
 *
 * What comes back becomes an entry of the person's logbook, confirmed by whoever gave it, and a
 * text. Where the scheme keeps it confidential, the person sees what was said, and whom they asked,
 * but not who said what nor who has answered; the office and reviewers see both.
 */
#ifndef ASSAY_REGISTER_OPINION_H
#define ASSAY_REGISTER_OPINION_H

#include "register/verify.h"

extern const struct error OPINION_LINK, /* 410: unknown, used, called back, or past its time */
    OPINION_OPEN,                       /* 409: the address is asked already, or 50 are open */
    OPINION_TEXT;                       /* 422: 1 to 5,000 bytes */

#define OPINION_TEXT_MAX 5000
#define OPINIONS_OPEN_MAX 50

struct opinion_id {
    int64_t n;
};

struct opinion_wish {
    struct person_id person; /* whom it is about */
    struct evidence says;    /* the entry that it becomes: its kind, fields and reference; its days
                                are those on which it is given */
    struct str name;         /* who is asked */
    struct str address;
    struct person_id giver; /* of whom the address is known to be; 0: nobody */
    bool confidential;      /* as the scheme has it for the kind */
    struct sha256_digest digest;
    int64_t until;
};

/* VERIFY_ONESELF, VERIFY_PAIR and VERIFY_NAME as for verifications. The entry is one that the
   vocabulary has. */
RESULT opinion_ask(struct store *store, struct arena *arena, const struct act *act,
                   const struct vocabulary *vocabulary, const struct verify_rules *rules,
                   const struct opinion_wish *wish, struct opinion_id *ret);
RESULT opinion_cancel(struct store *store, struct arena *arena, const struct act *act,
                      struct opinion_id id);

/* What a link shows: about whom, what kind, and whether the answer stays confidential. */
struct opinion_asked {
    struct opinion_id id;
    struct person_id person;
    struct str person_name;
    struct str name; /* who is asked */
    struct str kind;
    bool confidential;
    int64_t until;
};

RESULT opinion_look(struct store *store, struct arena *arena, int64_t now,
                    const struct sha256_digest *digest, struct opinion_asked *ret);

/* Answers a link and uses it up. The entry stands verified from today on. */
RESULT opinion_give(struct store *store, struct arena *arena, const struct act *act,
                    const struct verify_rules *rules, const struct sha256_digest *digest,
                    struct str text, struct evidence_id *ret);

/* Who looks at opinions. */
enum opinion_viewer {
    OPINION_SUBJECT, /* whom they are about */
    OPINION_OFFICE,  /* the office and reviewers */
};

/* Whom somebody asked. */
struct opinion_request {
    struct opinion_id id;
    struct str kind;
    struct str name;
    struct str address;
    bool confidential;
    int64_t asked, until;
    bool cancelled;
    bool told;  /* whether it was answered is for the viewer to know */
    bool given; /* where it is */
};

/* The latest first, `max` at most. */
RESULT opinions_asked(struct store *store, struct arena *arena, struct person_id person,
                      enum opinion_viewer viewer, size_t max, struct opinion_request **ret,
                      size_t *ret_count);

struct opinion {
    struct opinion_id id; /* 0: kept from the viewer, because requests have the same */
    struct str kind;
    struct str name; /* STR_NONE: kept from the viewer */
    bool confidential;
    struct str text;
    struct evidence_id evidence;
};

/* What was said, `max` at most: in the order of the entries, which does not tell who. */
RESULT opinions_given(struct store *store, struct arena *arena, struct person_id person,
                      enum opinion_viewer viewer, size_t max, struct opinion **ret,
                      size_t *ret_count);

#endif
