/*
 * error.h - what accounts can refuse. To add an error, declare it here and give its row in
 * error.c.
 */
#ifndef ASSAY_ACCOUNT_ERROR_H
#define ASSAY_ACCOUNT_ERROR_H

#include <stdint.h>

#include "base/result.h"

extern const struct error ACCOUNT_UNKNOWN, /* 404: no such account */
    ACCOUNT_ADDRESS,                       /* 422: not a mail address */
    ACCOUNT_TOO_OFTEN,        /* 429: a limit is reached; the refusal says until when */
    ACCOUNT_SIGN_IN,          /* 403: address or password are not right; it does not say which */
    ACCOUNT_CODE,             /* 403: the code is not right, or was used */
    ACCOUNT_PASSKEY,          /* 403: the passkey's answer is not right */
    ACCOUNT_LINK,             /* 410: no such link, used, or too late */
    ACCOUNT_LINK_BROWSER,     /* 403: another browser asked for the link */
    ACCOUNT_LINK_EARLY,       /* 409: the link works later */
    ACCOUNT_BLOCKED,          /* 403: the account is blocked */
    ACCOUNT_CLOSED,           /* 410 */
    ACCOUNT_SIGN_IN_FIRST,    /* 409: the address has an account: sign in, then open the link */
    ACCOUNT_SESSION,          /* 401: not signed in, or no longer */
    ACCOUNT_STEP_UP,          /* 403: sign in again first; the last time was too long ago */
    ACCOUNT_NOT_PERMITTED,    /* 403: no role allows it */
    ACCOUNT_HAS_ADDRESS,      /* 409: the address belongs to the account already */
    ACCOUNT_ADDRESS_TAKEN,    /* 409: in the meantime another account has the address */
    ACCOUNT_LAST_ADDRESS,     /* 409: the primary address cannot be removed */
    ACCOUNT_ADDRESS_UNKNOWN,  /* 404 */
    ACCOUNT_HAS_PERSON,       /* 409: the account is a person's already */
    ACCOUNT_PERSON_TAKEN,     /* 409: the person has an account already */
    ACCOUNT_CLAIM_OPEN,       /* 409: a claim of this account waits for its decision */
    ACCOUNT_CLAIM_UNKNOWN,    /* 404 */
    ACCOUNT_DECIDED,          /* 409: it was decided already */
    ACCOUNT_STATEMENT,        /* 422: no proof or reason is stated, or it is too long */
    ACCOUNT_OWN_CASE,         /* 403: nobody decides on their own claim or recovery */
    ACCOUNT_SAME_OFFICER,     /* 403: a second officer has to approve it */
    ACCOUNT_OTHER_ACCOUNT,    /* 409: the first officer approved it for another account */
    ACCOUNT_RECOVERY_UNKNOWN, /* 404 */
    ACCOUNT_SECOND_STEP,      /* 409: there is a second step already, or none */
    ACCOUNT_PASSKEY_UNKNOWN,  /* 404 */
    ACCOUNT_PASSKEY_TWICE,    /* 409: it is known already */
    ACCOUNT_NAME,             /* 422: no name, or too long a one */
    ACCOUNT_TOKEN,            /* 401: no such API token, ended or revoked */
    ACCOUNT_TOKEN_SCOPE,      /* 422: not a scope that a token can have, or not the owner's */
    ACCOUNT_TOKEN_TERM,       /* 422: it would last longer than a year, or end in the past */
    ACCOUNT_TOKEN_UNKNOWN;    /* 404 */

/*
 * An operation that counts attempts is kept although it refuses: were it undone, so would be the
 * count. So it is OK, and says here what it refuses.
 */
struct refusal {
    const struct error *error; /* NULL: it does not refuse */
    int64_t again;             /* of ACCOUNT_TOO_OFTEN: from when on; microseconds UTC */
};

#endif
