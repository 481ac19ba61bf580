/*
 * setting.h - an installation for a test: a new database, people and accounts in it, and the
 * letters that were asked for. Passwords are compared as they stand, and each comparison is
 * counted.
 */
#ifndef ASSAY_TESTS_ACCOUNT_SETTING_H
#define ASSAY_TESTS_ACCOUNT_SETTING_H

#include "account/claim.h"
#include "account/permissions.h"
#include "account/sign_in.h"
#include "base/arena.h"
#include "engine.h"

struct sent {
    const char *template;
    const char *token; /* of the link in it; "" for none */
    int64_t about;
};

struct setting {
    struct store *store;
    struct arena arena;
    const char *database;
    size_t comparisons; /* of passwords */
};

extern const struct session_rules RULES;
/* Two browsers. */
extern const struct visitor HERE;
extern const struct visitor THERE;

struct setting *setting_open(void);
void setting_close(struct setting *setting);
void setting_restart(struct setting *setting); /* the database is closed and opened */

/* How many letters there are; the latest to an address, which fails the test if there is none. */
int64_t letter_count(const struct setting *setting);
const struct sent *letter_to(struct setting *setting, const char *address);
struct str token_to(struct setting *setting, const char *address);

/* Acts, some time after NOW. */
struct act nobody_at(int64_t after);
struct act person_at(struct person_id person, int64_t after);
struct act command_at(int64_t after);

/* An account with that address, made by signing up; a person; a person with an account, and in a
   role; all at NOW. */
struct sign_in have_account(struct setting *setting, const char *address);
struct person_id have_person(struct setting *setting, const char *name);
struct person_id have_member(struct setting *setting, const char *address,
                             struct account_id *ret_account);
struct person_id have_role(struct setting *setting, const char *address, enum appointed_role role,
                           struct scope scope);

struct session have_session(struct setting *setting, struct str token, int64_t after);

/* One operation, kept or undone. */
#define DOES(setting, call)                                                                        \
    do {                                                                                           \
        check_ok((setting)->store, store_begin((setting)->store));                                 \
        check_ok((setting)->store, call);                                                          \
        check_ok((setting)->store, store_commit((setting)->store));                                \
    } while (0)
#define REFUSES(setting, call, error)                                                              \
    do {                                                                                           \
        check_ok((setting)->store, store_begin((setting)->store));                                 \
        check_fails((setting)->store, call, error);                                                \
        store_rollback((setting)->store);                                                          \
    } while (0)

#define ARENA(setting) (&(setting)->arena)

#endif
