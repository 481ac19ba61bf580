/*
 * record.h - a register for a test of people's records: a new database, people in it, and a small
 * vocabulary.
 */
#ifndef ASSAY_TESTS_RECORD_H
#define ASSAY_TESTS_RECORD_H

#include "base/arena.h"
#include "engine.h"
#include "register/evidence.h"

#define TODAY ((day)20781) /* 2026-11-24 */

struct record {
    struct store *store;
    struct arena arena;
    const struct vocabulary *vocabulary;
};

struct record *record_open(void);
void record_close(struct record *record);

/* Acts at the beginning of TODAY, or some days after it; person 0: the command line. */
struct act by(int64_t person);
struct act by_after(int64_t person, int64_t days);

struct person_id have_person(struct record *record, const char *name);

/* "walk 2026-11-01 2026-11-02 90 m-1 | mode fast role leader" as evidence: kind, first and last
   day, minutes and reference, "-" for none, then fields and values. */
struct evidence entry(struct record *record, const char *line);

/* Adds one as a claim of the person. */
struct evidence_id have_entry(struct record *record, struct person_id person, const char *line);

/* How an entry stands now: "claimed". */
const char *standing_now(struct record *record, struct evidence_id id);

/* One operation, kept or undone. */
#define DOES(record, call)                                                                         \
    do {                                                                                           \
        check_ok((record)->store, store_begin((record)->store));                                   \
        check_ok((record)->store, call);                                                           \
        check_ok((record)->store, store_commit((record)->store));                                  \
    } while (0)
#define REFUSES(record, call, error)                                                               \
    do {                                                                                           \
        check_ok((record)->store, store_begin((record)->store));                                   \
        check_fails((record)->store, call, error);                                                 \
        store_rollback((record)->store);                                                           \
    } while (0)

#define STORE(record) ((record)->store), (&(record)->arena)

#endif
