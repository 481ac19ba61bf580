/*
 * authenticator_data.h - what an authenticator says and signs (WebAuthn, section 6.1).
 */
#ifndef ASSAY_ACCOUNT_AUTHENTICATOR_DATA_H
#define ASSAY_ACCOUNT_AUTHENTICATOR_DATA_H

#include <stdbool.h>
#include <stdint.h>

#include "account/cose.h"
#include "base/result.h"
#include "base/str.h"

#define AAGUID_SIZE 16

struct authenticator_data {
    struct str site_hash; /* SHA-256 of the site's id */
    bool user_present;
    bool user_verified;
    bool backup_eligible;
    bool backed_up;
    bool has_credential; /* the four below, only when one is made */
    uint32_t sign_count;
    struct str aaguid; /* the model of the device; all zero where it does not tell */
    struct str credential_id;
    struct str public_key; /* as it stands there, COSE */
    struct cose_key key;
};

/* Reads all of the bytes; the result holds slices of them. What extensions say is checked to be
   CBOR and left alone. PASSKEY_AUTHENTICATOR_DATA, PASSKEY_BACKUP, PASSKEY_ID, PASSKEY_KEY,
   PASSKEY_ALGORITHM. */
RESULT authenticator_data_read(struct str bytes, struct authenticator_data *ret);

#endif
