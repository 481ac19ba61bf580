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
};

struct journal_report {
    int64_t entries;
    int64_t erased; /* without payload */
    int64_t faults;
    int64_t first_fault; /* position; 0: none */
    enum journal_fault_kind kind;
    struct str head; /* the chain's last value, in hexadecimal: to be kept elsewhere */
};

/* Reads the whole journal in pages. `progress` may be NULL. */
RESULT journal_verify(struct store *store, struct arena *arena,
                      void (*progress)(void *context, int64_t done, int64_t all), void *context,
                      struct journal_report *ret);

#endif
