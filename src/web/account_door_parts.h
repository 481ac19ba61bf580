/*
 * account_door_parts.h - what the pages of account_doors.h have in common.
 */
#ifndef ASSAY_WEB_ACCOUNT_DOOR_PARTS_H
#define ASSAY_WEB_ACCOUNT_DOOR_PARTS_H

#include "account/passkey.h"
#include "web/visit.h"

#define ACCOUNT_HOME STR("/account")

/* What an operation of a door is given, and gives. */
struct door {
    struct call *call;
    struct act act; /* a visitor's, or of whoever is signed in */
    struct visitor visitor;
    struct str next; /* where to go on; STR_NONE: to the account */
    struct str address;
    struct str token;     /* of a link, or of the first step */
    struct str code;      /* of the second */
    struct str challenge; /* of a passkey; written when one is asked for */
    struct webauthn_site site;
    enum link_request request;
    bool whole; /* after address_confirm: both ends are confirmed */
    struct password_attempt attempt;
    struct refusal refusal;
    struct sign_in in;
};

/* A browser that has no secret is given one with the session. PERMISSION_SIGN_IN is everybody's. */
RESULT door_open(struct call *call, struct door *ret);

/* Somebody is signed in now, or is asked for the code: sets cookies, and sends them on. */
void door_passed(struct door *door, const char *notice);

/* Compares a password by its three steps; *ret_passed is false where the page says why not. */
RESULT door_password(struct door *door, bool again, struct str password, bool *ret_passed);

/* Asks for a link to an address; *ret_passed as above. The browser keeps where to go on. */
RESULT door_link(struct door *door, bool *ret_passed);

/* Options for the browser's dialogue, and its answer. `session` NULL: to sign in. */
RESULT door_passkey_options(struct door *door, const struct session *session,
                            struct value **ret_view);
RESULT door_passkey(struct door *door, const struct session *session, bool *ret_passed);

/* Members that several views have. */
void door_add_next(const struct call *call, struct value *view);
void door_add_letters(const struct call *call, struct value *view);

#endif
