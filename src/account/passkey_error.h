/*
 * passkey_error.h - why a passkey is refused.
 *
 * Each refusal has its own row, for the log and for who added the passkey while signed in. Somebody
 * who only tries to sign in is told less: that it did not work.
 */
#ifndef ASSAY_ACCOUNT_PASSKEY_ERROR_H
#define ASSAY_ACCOUNT_PASSKEY_ERROR_H

#include "base/result.h"

/* What the browser sent. */
extern const struct error PASSKEY_RESPONSE;    /* not the JSON that browsers make */
extern const struct error PASSKEY_CLIENT_DATA; /* its client data are not JSON, or lack something */
extern const struct error PASSKEY_TYPE;        /* made for adding where one signs in, or reversed */
extern const struct error PASSKEY_CHALLENGE;   /* an answer to another question than ours */
extern const struct error PASSKEY_ORIGIN;      /* given to the page of another site */
extern const struct error PASSKEY_FRAMED;      /* given to our page within another site's */

/* What the authenticator says. */
extern const struct error PASSKEY_AUTHENTICATOR_DATA; /* too short, too long, or inconsistent */
extern const struct error PASSKEY_SITE;               /* made for another site */
extern const struct error PASSKEY_ABSENT;             /* nobody touched it */
extern const struct error PASSKEY_NOT_VERIFIED; /* no PIN or fingerprint, where one is asked */
extern const struct error PASSKEY_BACKUP;       /* backed up, and not made to be */

/* When one is added. */
extern const struct error PASSKEY_ATTESTATION; /* the statement about the device is malformed */
extern const struct error PASSKEY_SELF_SIGNED; /* signed with the key, and the signature is wrong */
extern const struct error PASSKEY_ID;        /* its id is too long, or not the one it was sent as */
extern const struct error PASSKEY_KEY;       /* its key is malformed, or no point of the curve */
extern const struct error PASSKEY_ALGORITHM; /* one that we did not offer */

/* When one signs in. */
extern const struct error PASSKEY_UNKNOWN;  /* not this credential; for callers: none at all */
extern const struct error PASSKEY_OWNER;    /* its user handle is another account's */
extern const struct error PASSKEY_NO_OWNER; /* it does not say whose it is, and nothing does */
extern const struct error
    PASSKEY_BACKUP_CHANGED;                  /* could be backed up, and now cannot; or reversed */
extern const struct error PASSKEY_SIGNATURE; /* the signature is wrong */
extern const struct error PASSKEY_COUNTED_BACK; /* it has signed more often before: a copy */

#endif
