/*
 * permissions.h - who may do what: one table.
 *
 * Each row names a permission, says what it allows, and lists the roles that have it. A role that
 * is held within a scope gives it for what lies in that scope; one of the installation for
 * everything. To add a permission, add it to the enumeration and its row to the table in
 * permissions.c.
 */
#ifndef ASSAY_ACCOUNT_PERMISSIONS_H
#define ASSAY_ACCOUNT_PERMISSIONS_H

#include "account/account.h"
#include "base/value.h"
#include "register/people.h"

enum role {
    ROLE_PUBLIC,
    ROLE_SIGNED_IN,
    ROLE_SELF, /* whose person or account it is about */
    ROLE_OFFICER,
    ROLE_ADMINISTRATOR,
    ROLE_CHAIR,
    ROLE_MEMBER,
    ROLE_PROGRAMME_CONTACT,
    ROLE_ORGANISATION_CONTACT,
    ROLE_TOKEN, /* a program with an API token, for what its owner may and the token's scopes say */
    ROLES,
};

enum permission {
    PERMISSION_NONE, /* has no row: a route that names it is a mistake */
    PERMISSION_READ_PUBLIC,
    PERMISSION_SIGN_IN,
    PERMISSION_RECOVERY_ASK,
    PERMISSION_ACCOUNT_SEE,
    PERMISSION_ACCOUNT_CHANGE,
    PERMISSION_ACCOUNT_SECURE,
    PERMISSION_CLAIM_ASK,
    PERMISSION_HISTORY_SEE,
    PERMISSION_PERSON_SEE,
    PERMISSION_PERSON_ADD,
    PERMISSION_PERSON_CHANGE,
    PERMISSION_PERSON_INVITE,
    PERMISSION_CLAIM_SEE,
    PERMISSION_CLAIM_DECIDE,
    PERMISSION_RECOVERY_SEE,
    PERMISSION_RECOVERY_DECIDE,
    PERMISSION_ACCOUNTS_SEE,
    PERMISSION_SESSIONS_END,
    PERMISSION_ACCOUNT_BLOCK,
    PERMISSION_APPOINTMENTS_SEE,
    PERMISSION_APPOINT_OFFICE,
    PERMISSION_APPOINT_CHAIR,
    PERMISSION_APPOINT_MEMBER,
    PERMISSION_APPOINT_ORGANISATION_CONTACT,
    PERMISSION_APPOINT_PROGRAMME_CONTACT,
    PERMISSION_APPOINTMENT_RESIGN,
    PERMISSION_TOKEN_MANAGE,
    PERMISSION_ORGANISATION_TOKEN_MANAGE,
    PERMISSION_RECORD_SEE,
    PERMISSION_RECORD_CHANGE,
    PERMISSION_RECORD_ASK,
    PERMISSION_RECORD_ERASE,
    PERMISSION_EVIDENCE_CONFIRM,
    PERMISSION_EVIDENCE_DECIDE,
    PERMISSION_REGISTER_IMPORT,
    PERMISSION_ALIKE_SEE,
    PERMISSION_PEOPLE_MERGE,
    PERMISSION_RECORD_CORRECT,
    PERMISSION_JOURNAL_SEE,
    PERMISSION_INSTALLATION_ADMINISTER,
    PERMISSIONS,
};

struct permission_row {
    const char *name;  /* "claim-decide": also the scope of a token, if it can have it */
    const char *about; /* what it allows, one line */
    unsigned roles;    /* bits, by enum role */
    bool sensitive;    /* asks to show once more who one is */
};

const struct permission_row *permission_row(enum permission permission);
NODISCARD bool permission_parse(struct str name, enum permission *ret);
const char *role_word(enum role role);
bool role_has(enum role role, enum permission permission);

/* Whoever asks for something. All zeros is a visitor of whom nothing is known. */
struct who {
    bool command; /* whoever may use the command line of the installation: everything */
    struct account_id account;     /* 0: not signed in */
    struct person_id person;       /* 0: none */
    struct appointment_list roles; /* that hold today */
    /* Of a token. */
    int64_t token;           /* 0: none */
    struct str organisation; /* whose it is, if not a person's: the id of its scope */
    const enum permission *scopes;
    size_t scope_count;
};

/* What it is about. */
struct about {
    struct scope scope;        /* SCOPE_INSTALLATION: within no body, organisation or programme */
    struct person_id person;   /* 0: nobody */
    struct account_id account; /* 0: none */
};

#define ABOUT_NOTHING ((struct about){ .scope = SCOPE_ALL })

/* The role that allows it, and by which appointment; `role` is ROLES where nothing does. */
struct permit {
    enum role role;
    struct appointment_id appointment; /* 0: none is needed */
};

struct permit permit_of(const struct who *who, enum permission permission,
                        const struct about *about);
bool permitted(const struct who *who, enum permission permission, const struct about *about);

/* Whether they may do it to anything at all: what can be said before it is known what it is about.
 */
bool permitted_somewhere(const struct who *who, enum permission permission);

/* Whether the role of an appointment has it, for what the appointment is within. */
bool appointment_allows(const struct appointment *appointment, enum permission permission);

/* What the journal keeps of it: "self", "appointment 17", "public", "command line", "token 4". */
struct str permit_authority(struct arena *arena, const struct who *who, struct permit permit);

/* Of somebody who is signed in, with their roles on that day. */
RESULT who_of_account(struct store *store, struct arena *arena, struct account_id account, day on,
                      struct who *ret);

/* For an operation: whether whoever acts still may, as the writer sees it. ACCOUNT_NOT_PERMITTED.
 */
RESULT act_permitted(struct store *store, struct arena *arena, const struct act *act,
                     enum permission permission, const struct about *about);

/* The table: a list of objects with name, about, sensitive and roles. */
struct value *permissions_view(struct arena *arena);

#endif
