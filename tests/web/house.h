/*
 * house.h - an installation with people in it, asked without a socket by browsers that keep their
 * cookies, and by programs.
 *
 * Each house has a new database of the engine that ASSAY_ENGINE names (tests/store/engine.h), and
 * the shipped scheme. It is noon of 23 November 2026 UTC until a test sets house->site.now.
 */
#ifndef ASSAY_TESTS_HOUSE_H
#define ASSAY_TESTS_HOUSE_H

#include "account/api_token.h"
#include "account/claim.h"
#include "account/permissions.h"
#include "site_fixture.h"
#include "store/readers.h"
#include "store/writer.h"

#define BROWSER_COOKIES 8

/* Somebody at a browser, with what it was given to keep. */
struct browser {
    struct {
        char name[64];
        char value[100];
    } cookies[BROWSER_COOKIES];
    const char *agent;
    struct address network;
    const char *token; /* of a program: sent instead of cookies; NULL: a browser */
};

struct house {
    struct site_fixture site;
    struct arena arena; /* of what tests make */
    const char *database;
    struct writer *writer;
    struct readers *readers;
};

struct house *house_open(void);
struct house *house_open_at(const char *base); /* where the site says it is */
void house_close(struct house *house);

/* ---- asking ---- */

/* A request with the browser's cookies; what the answer sets, it keeps. Gives the body. */
struct str house_send(struct house *house, struct browser *browser, const struct ask *ask);
struct str house_get(struct house *house, struct browser *browser, const char *path);
struct str house_get_json(struct house *house, struct browser *browser, const char *path);
/* A form of the site's own page, with the token of the session if there is one. */
struct str house_post(struct house *house, struct browser *browser, const char *path,
                      const char *fields);
struct str house_post_json(struct house *house, struct browser *browser, const char *path,
                           const char *fields);

/* What the browser has of that name, "" if nothing. */
const char *browser_cookie(const struct browser *browser, const char *name);

int house_status(const struct house *house);
/* Of the last answer: where a browser is sent on to; "" if nowhere. */
const char *house_location(struct house *house);

/* ---- people ---- */

/* Who asks in samples: a visitor, somebody signed in without a person, and one for each role. */
enum dweller {
    DWELLER_VISITOR,
    DWELLER_SIGNED_IN,
    DWELLER_PERSON,
    DWELLER_OFFICER,
    DWELLER_ADMINISTRATOR,
    DWELLER_CHAIR,
    DWELLER_MEMBER,
    DWELLER_PROGRAMME_CONTACT,
    DWELLER_ORGANISATION_CONTACT,
    DWELLERS,
};
const char *dweller_word(enum dweller dweller); /* "PUBLIC", "signed-in", "person", "officer" ... */

/* Somebody of that kind at a new browser, signed in a moment ago, with the address
   WORD@example.org and the name "Sample WORD". */
void house_dweller(struct house *house, enum dweller dweller, struct browser *ret);

/* An account with an address, of nobody; a session of it for a browser. */
struct account_id house_account(struct house *house, const char *address);
void house_sign_in(struct house *house, struct account_id account, bool strong,
                   struct browser *browser);

/* A person with an account, and a role. */
struct person_id house_person(struct house *house, const char *name, const char *address,
                              struct account_id *ret);
void house_appoint(struct house *house, struct person_id person, enum appointed_role role,
                   struct scope scope);

/* A token of a program of that person, who is signed in. */
const char *house_token(struct house *house, struct person_id person, const enum permission *scopes,
                        size_t count);

/* What an authenticator shows now; the secret as its bytes. */
const char *house_code(struct house *house, struct str secret);

/* An act of the command line, now. */
struct act house_act(const struct house *house);

/* ---- the database ---- */

/* Runs an operation on the writer; the test fails if that does. */
void house_perform(struct house *house, struct result (*run)(struct store *, void *),
                   void *context);
/* The one integer that a query gives. */
int64_t house_ask(struct house *house, const char *sql);
/* The token of the link in the latest letter to an address, the letter's template. */
const char *house_link_to(struct house *house, const char *address);
const char *house_letter_to(struct house *house, const char *address);
/* How many rows all tables have together. */
int64_t house_rows(struct house *house);
/* How often a password was hashed, to be compared. */
size_t house_hashes(const struct house *house);
/* Gives an account a password. */
void house_set_password(struct house *house, struct account_id account, const char *password);

#endif
