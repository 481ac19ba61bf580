/*
 * journal.h - the audit trail and the order of the world: one entry for each operation, in its
 * transaction, chained to the entry before.
 *
 * An entry tells instant, operation, subject, actor and authority, and the SHA-256 of a random salt
 * and the payload. Personal data stand in the payload alone, which has a row of its own with the
 * salt: erasing that row leaves an entry that can still be verified.
 */
#ifndef ASSAY_REGISTER_JOURNAL_H
#define ASSAY_REGISTER_JOURNAL_H

#include <stdint.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"
#include "hash/sha256.h"
#include "register/act.h"
#include "store/store.h"

struct journal_subject {
    const char *kind; /* "person", "account", "appointment", ...; NULL: the installation */
    int64_t id;
};

/* Appends an entry, from within an operation on the writer's connection. `operation` is a name such
   as "appointment-made"; the payload is written as canonical JSON, NULL as {}. *ret_position, which
   may be NULL, is the entry's position. */
RESULT journal_append(struct store *store, struct arena *arena, const struct act *act,
                      const char *operation, struct journal_subject subject,
                      const struct value *payload, int64_t *ret_position);

/* Deletes the payload of an entry, with its salt. */
RESULT journal_erase_payload(struct store *store, int64_t position);

/* What is wrong at a position. */
enum journal_fault_kind {
    JOURNAL_CHANGED,         /* the entry does not fit its place in the chain */
    JOURNAL_MISSING,         /* positions are left out */
    JOURNAL_PAYLOAD_CHANGED, /* the payload is not the one that was hashed */
    JOURNAL_CUT,             /* the journal ends before a head that was kept */
    JOURNAL_REMADE,          /* the entry has another chain than the head that was kept */
};

struct journal_fault {
    enum journal_fault_kind kind;
    int64_t position; /* of JOURNAL_CUT that of the head, 0 where it did not say one */
};

#define JOURNAL_FAULTS_TOLD 20

struct journal_report {
    int64_t entries;
    int64_t erased; /* without payload */
    int64_t faults;
    struct journal_fault told[JOURNAL_FAULTS_TOLD]; /* the first of them, in the order met */
    int64_t first_fault;                            /* position of the first; 0: none */
    enum journal_fault_kind kind;                   /* of it */
    int64_t position;                               /* of the last entry; 0: there is none */
    struct str head; /* the chain's last value, in hexadecimal: to be kept elsewhere */
};

/* An end of the journal as it was noted elsewhere. Positions count from 1; JOURNAL_ANYWHERE is one
   that was not noted. */
struct journal_head {
    int64_t position;
    struct sha256_digest chain;
};

#define JOURNAL_ANYWHERE (-1)

struct journal_heads {
    const struct journal_head *at;
    size_t count;
};

/*
 * Reads the whole journal in pages and compares it with heads that were kept: of what was cut off
 * its end, or made anew whole, nothing else tells. Inside a transaction that reads it is that of
 * one instant. `progress` may be NULL.
 */
RESULT journal_verify(struct store *store, struct arena *arena, struct journal_heads kept,
                      void (*progress)(void *context, int64_t done, int64_t all), void *context,
                      struct journal_report *ret);

/* "an entry was changed, or put in": what that kind of fault is, as people read it. */
const char *journal_fault_text(enum journal_fault_kind kind);

/* "changed": as programs read it. */
const char *journal_fault_word(enum journal_fault_kind kind);

/* Where the journal ends: position and chain of the last entry, 0 and the root where there is
   none. Nothing is verified. */
RESULT journal_end(struct store *store, struct journal_head *ret);

#endif
