/*
 * verify.h - who confirms what stands in a logbook: somebody in a role that the entry names, or
 * somebody who is asked by mail and answers by a link that works once. Never the person themself.
 *
 * Two people who confirm each other's entries are found. Whether that is allowed is for the scheme
 * to say; where it is not, the second of them is refused.
 */
#ifndef ASSAY_REGISTER_VERIFY_H
#define ASSAY_REGISTER_VERIFY_H

#include "hash/sha256.h"
#include "register/evidence.h"

extern const struct error VERIFY_ONESELF, /* 403: nobody confirms what they did themselves */
    VERIFY_NOT_NAMED,                     /* 403: the entry does not name who acts in that role */
    VERIFY_PAIR,                          /* 409: the two would have confirmed each other */
    VERIFY_ROLE,    /* 422: no such role, or one that nobody can be named or asked in so */
    VERIFY_WHY,     /* 422: a rejection says why */
    VERIFY_NAME,    /* 422: whom to ask: a name of 1 to 200 bytes, and an address */
    VERIFY_ENTRIES, /* 422: 1 to 100 entries that are claims of the person */
    VERIFY_OPEN,    /* 409: the address is asked already, or 50 requests are open */
    VERIFY_LINK;    /* 410: unknown, used, called back, or past its time */

/* verify.c has a row for each: its word, and how it is held. */
enum verifier_role {
    VERIFIER_PROGRAMME, /* speaks for the programme of the entry, or one that it names */
    VERIFIER_PROVIDER,  /* speaks for an organisation that it names */
    VERIFIER_COLLEAGUE, /* did it together with them, as a co-mediator does */
    VERIFIER_REVIEWER,  /* looked at their work */
    VERIFIER_PARTY,     /* was one for whom it was done */
    VERIFIER_OFFICE,    /* an officer, who has seen proof */
    VERIFIER_ROLES,
};

const char *verifier_role_word(enum verifier_role role);
NODISCARD bool verifier_role_parse(struct str word, enum verifier_role *ret);

/* What the scheme says. */
struct verify_rules {
    bool pairs; /* people may confirm each other's entries */
};

/* ---- whom an entry names ---- */

struct witness_id {
    int64_t n;
};

struct witness {
    struct witness_id id;
    struct evidence_id evidence;
    enum verifier_role role;
    struct person_id person; /* 0: it is a scope */
    struct scope scope;      /* of a programme or provider */
};

struct witness_list {
    const struct witness *at;
    size_t count;
};

#define WITNESSES_MAX 20 /* of an entry */

/* The id of the witness is not read. Not the person themself; who is named already stays so. */
RESULT witness_add(struct store *store, struct arena *arena, const struct act *act,
                   const struct witness *witness, struct witness_id *ret);
/* EVIDENCE_UNKNOWN where there is none. */
RESULT witness_remove(struct store *store, struct arena *arena, const struct act *act,
                      struct witness_id id);
RESULT witnesses_of(struct store *store, struct arena *arena, struct evidence_id id,
                    struct witness_list *ret);

/* Claims that name a person, by their numbers: what waits for them. `max` at most. */
RESULT claims_naming(struct store *store, struct arena *arena, struct person_id person, size_t max,
                     struct evidence_rows *ret);
/* The same of a programme or organisation: claims that name its scope, or state it as programme. */
RESULT claims_naming_scope(struct store *store, struct arena *arena, struct scope scope, size_t max,
                           struct evidence_rows *ret);

/* ---- confirming by role ---- */

struct confirmation {
    struct evidence_id evidence;
    int64_t version; /* that was looked at */
    enum verifier_role role;
    enum standing standing; /* verified or rejected */
    struct str why;         /* needed of a rejection */
};

/*
 * The act's actor confirms or rejects an entry in a role that they hold for it today. Of what is
 * confirmed or rejected already, whoever did so can say otherwise, and the office.
 */
RESULT evidence_confirm(struct store *store, struct arena *arena, const struct act *act,
                        const struct verify_rules *rules, const struct confirmation *confirmation);

/* Two people who have confirmed entries of each other. */
struct verify_pair {
    struct person_id low, high;
    int64_t of_low, of_high; /* how many entries of each the other has confirmed */
};

/* Those pairs, by their numbers, `max` at most. */
RESULT verify_pairs(struct store *store, struct arena *arena, size_t max, struct verify_pair **ret,
                    size_t *ret_count);

/* Whether one has confirmed an entry of the other, either of them as merged. */
RESULT has_confirmed(struct store *store, struct person_id verifier, struct person_id person,
                     bool *ret);

/* ---- asking by mail ---- */

struct verification_id {
    int64_t n;
};

#define VERIFICATION_ENTRIES_MAX 100
#define VERIFICATIONS_OPEN_MAX 50

struct verification_wish {
    struct person_id person; /* who asks */
    const struct evidence_id *entries;
    size_t entry_count;
    enum verifier_role role;
    struct str name;
    struct str address;
    struct person_id verifier;   /* of whom the address is known to be; 0: nobody */
    struct sha256_digest digest; /* of the link's secret, which the caller makes and mails */
    int64_t until;
};

RESULT verification_ask(struct store *store, struct arena *arena, const struct act *act,
                        const struct verify_rules *rules, const struct verification_wish *wish,
                        struct verification_id *ret);
/* The link works no more. */
RESULT verification_cancel(struct store *store, struct arena *arena, const struct act *act,
                           struct verification_id id);

enum asked_state {
    ASKED_OPEN,    /* can be answered */
    ASKED_CHANGED, /* was corrected since it was asked about */
    ASKED_SETTLED, /* is no claim any more */
};

/* What a link shows: what must be confirmed, and nothing else. The reference is left out. */
struct asked_entry {
    struct evidence_id id;
    enum asked_state state;
    struct evidence says;
};

struct verification {
    struct verification_id id;
    struct person_id person;
    struct str person_name;
    enum verifier_role role;
    struct str name;
    struct person_id verifier;
    int64_t until;
    const struct asked_entry *entries;
    size_t entry_count;
};

/* For readers, by the digest of the link's secret. VERIFY_LINK. */
RESULT verification_look(struct store *store, struct arena *arena, int64_t now,
                         const struct sha256_digest *digest, struct verification *ret);

enum answer { ANSWER_UNKNOWN, ANSWER_VERIFIED, ANSWER_REJECTED, ANSWERS };

struct entry_answer {
    struct evidence_id evidence;
    enum answer answer;
};

/*
 * Answers a link and uses it up. Entries without an answer get "unknown"; what was corrected or
 * settled since is left as it is. An actor of the act with a number is whoever is signed in.
 */
RESULT verification_answer(struct store *store, struct arena *arena, const struct act *act,
                           const struct verify_rules *rules, const struct sha256_digest *digest,
                           const struct entry_answer *answers, size_t count, struct str why);

struct verification_row {
    struct verification_id id;
    enum verifier_role role;
    struct str name;
    struct str address;
    int64_t asked, until; /* instants */
    bool answered;
    bool cancelled;
    int64_t entries, verified, rejected;
};

/* What a person has asked, the latest first, `max` at most. */
RESULT verifications_of(struct store *store, struct arena *arena, struct person_id person,
                        size_t max, struct verification_row **ret, size_t *ret_count);

#endif
