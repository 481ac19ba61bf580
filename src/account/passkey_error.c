#include "account/passkey_error.h"

/* What no browser or authenticator sends, and what they send that is not to be accepted. */
#define MALFORMED(name, message)                                                                   \
    {                                                                                              \
        "passkey-" name, 422, EXIT_INPUT, message                                                  \
    }
#define REFUSED(name, message)                                                                     \
    {                                                                                              \
        "passkey-" name, 403, EXIT_NO, message                                                     \
    }

const struct error PASSKEY_RESPONSE =
    MALFORMED("response", "what the browser sent about the passkey cannot be understood");
const struct error PASSKEY_CLIENT_DATA =
    MALFORMED("client-data", "what the browser signed about this page cannot be understood");
const struct error PASSKEY_TYPE =
    REFUSED("type", "the answer was made for another purpose; please try again");
const struct error PASSKEY_CHALLENGE =
    REFUSED("challenge", "the answer is not to the question of this page; please try again");
const struct error PASSKEY_ORIGIN =
    REFUSED("origin", "the passkey was used at another address than that of this site");
const struct error PASSKEY_FRAMED =
    REFUSED("framed", "the passkey was used while this site was shown within another");

const struct error PASSKEY_AUTHENTICATOR_DATA =
    MALFORMED("authenticator-data", "what the device says about the passkey is malformed");
const struct error PASSKEY_SITE = REFUSED("site", "the passkey belongs to another site");
const struct error PASSKEY_ABSENT =
    REFUSED("absent", "the device does not say that somebody was there");
const struct error PASSKEY_NOT_VERIFIED =
    REFUSED("not-verified", "the device did not check who used it; give it a PIN or a fingerprint");
const struct error PASSKEY_BACKUP =
    MALFORMED("backup", "the device says that a passkey is backed up which cannot be");

const struct error PASSKEY_ATTESTATION =
    MALFORMED("attestation", "what came with the passkey about its device is malformed");
const struct error PASSKEY_SELF_SIGNED =
    REFUSED("self-signed", "the new passkey does not fit the signature that came with it");
const struct error PASSKEY_ID = MALFORMED("id", "the passkey's id is malformed");
const struct error PASSKEY_KEY =
    MALFORMED("key", "the passkey's public key is malformed or unsafe");
const struct error PASSKEY_ALGORITHM =
    MALFORMED("algorithm", "the passkey signs in a way that is not known here");

const struct error PASSKEY_UNKNOWN = REFUSED("unknown", "this passkey is not known here");
const struct error PASSKEY_OWNER = REFUSED("owner", "the passkey belongs to another account");
const struct error PASSKEY_NO_OWNER =
    REFUSED("no-owner", "the passkey does not say whose it is; sign in in another way");
const struct error PASSKEY_BACKUP_CHANGED =
    REFUSED("backup-changed", "the passkey's device now says something else about backing it up");
const struct error PASSKEY_SIGNATURE = REFUSED("signature", "the passkey's signature is wrong");
const struct error PASSKEY_COUNTED_BACK = REFUSED(
    "counted-back", "the passkey was used more often elsewhere: there may be a copy of its device");
