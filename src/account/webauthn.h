/*
 * webauthn.h - passkeys: what a browser is asked, and whether its answer may be believed (Web
 * Authentication Level 3, sections 7.1 and 7.2).
 *
 * Adding a passkey:
 *
 *     random_bytes(challenge, WEBAUTHN_CHALLENGE_SIZE), kept with the session for some minutes;
 *     webauthn_creation_options      the page hands them to navigator.credentials.create
 *     webauthn_read_registration     what the page sends back
 *     webauthn_verify_registration   the credential, to be kept if its id is not known yet
 *
 * Signing in is the same with webauthn_request_options, navigator.credentials.get,
 * webauthn_read_assertion, a look for the credential that the answer names, and
 * webauthn_verify_assertion. A challenge is answered once: the caller forgets it before it looks
 * at an answer.
 *
 * What a device says about its maker (attestation) is asked for from nobody and trusted from
 * nobody: docs/decisions tells why. Nothing here knows a database or a clock.
 */
#ifndef ASSAY_ACCOUNT_WEBAUTHN_H
#define ASSAY_ACCOUNT_WEBAUTHN_H

#include <stdbool.h>
#include <stdint.h>

#include "account/cose.h"
#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"

#define WEBAUTHN_CHALLENGE_SIZE 32
#define WEBAUTHN_USER_HANDLE_SIZE 32 /* at most 64; random, says nothing of whose it is */
#define WEBAUTHN_MINUTES 5 /* that a browser is given; a challenge lives a little longer */

struct webauthn_site {
    struct str id;           /* the host of the site's address, without a port */
    struct str name;         /* shown to people */
    struct str_list origins; /* of its pages: https://assay.example, and no '/' at the end */
};

/* Whether the device must check who uses it, by a PIN, a face or a fingerprint. Where a passkey is
   all that somebody signs in with, it must. */
enum webauthn_verification { WEBAUTHN_PREFERRED, WEBAUTHN_REQUIRED };

/* The ways to reach an authenticator: bits that the browser told when the passkey was added, and
   is told again, so that it asks people for the right thing. */
enum webauthn_transport {
    WEBAUTHN_USB = 1 << 0,
    WEBAUTHN_NFC = 1 << 1,
    WEBAUTHN_BLE = 1 << 2,
    WEBAUTHN_SMART_CARD = 1 << 3,
    WEBAUTHN_HYBRID = 1 << 4, /* the phone beside the computer */
    WEBAUTHN_INTERNAL = 1 << 5,
};

/* The bit of one of the standard's words; 0: it is none that is known. */
unsigned webauthn_transport_bit(struct str word);

struct webauthn_user {
    struct str handle;       /* of the account, the same for all its passkeys */
    struct str name;         /* what somebody tells accounts apart by: an address */
    struct str display_name; /* theirs */
};

struct webauthn_known {
    struct str id;
    unsigned transports;
};

struct webauthn_known_list {
    const struct webauthn_known *at;
    size_t count;
};

/* What is asked, and what the answer is compared with. */
struct webauthn_ceremony {
    const struct webauthn_site *site;
    struct str challenge; /* WEBAUTHN_CHALLENGE_SIZE bytes */
    enum webauthn_verification verification;
};

/* The options for a browser, in the JSON form of the standard: bytes as BASE64URL. `known` are the
   passkeys that the account has, which are not to be made again. */
struct value *webauthn_creation_options(struct arena *arena,
                                        const struct webauthn_ceremony *ceremony,
                                        const struct webauthn_user *user,
                                        struct webauthn_known_list known);

/* `known` are those of the account that must sign; none: whichever passkey somebody chooses. */
struct value *webauthn_request_options(struct arena *arena,
                                       const struct webauthn_ceremony *ceremony,
                                       struct webauthn_known_list known);

struct webauthn_registration {
    struct str id;
    struct str client_data;
    struct str attestation;
    unsigned transports; /* those that are not known are left out */
};

struct webauthn_assertion {
    struct str id; /* of the credential that is to be looked for */
    struct str client_data;
    struct str authenticator_data;
    struct str signature;
    struct str user_handle; /* STR_NONE: not told */
};

/* Read what PublicKeyCredential.toJSON makes of an answer, into the arena. PASSKEY_RESPONSE. */
RESULT webauthn_read_registration(struct arena *arena, struct str json,
                                  struct webauthn_registration *ret);
RESULT webauthn_read_assertion(struct arena *arena, struct str json,
                               struct webauthn_assertion *ret);

/* What came with a new passkey about its device. */
enum webauthn_attestation {
    WEBAUTHN_NONE,
    WEBAUTHN_SELF,    /* signed by the passkey's own key, and rightly so */
    WEBAUTHN_IGNORED, /* signed by its maker, which was not looked into */
};

/* A new passkey: what is to be kept of it. Slices of the registration. */
struct webauthn_credential {
    struct str id;         /* 1 to 1023 bytes; no two accounts may have the same */
    struct str public_key; /* COSE, as webauthn_stored takes it */
    enum cose_algorithm algorithm;
    struct str aaguid; /* 16 bytes: the model, if the device tells it; not proven */
    uint32_t sign_count;
    unsigned transports;
    bool user_verified;
    bool backup_eligible; /* may be copied to other devices of its owner; never changes */
    bool backed_up;       /* has been */
    enum webauthn_attestation attestation;
};

/* All errors of passkey_error.h but those for signing in. The arena is for scratch. */
RESULT webauthn_verify_registration(struct arena *arena, const struct webauthn_ceremony *ceremony,
                                    const struct webauthn_registration *registration,
                                    struct webauthn_credential *ret);

/* What was kept of a passkey. */
struct webauthn_stored {
    struct str id;
    struct str public_key;
    struct str user_handle; /* of the account that it belongs to */
    uint32_t sign_count;    /* when it was last used */
    bool backup_eligible;
};

/* What changes with each use, and is to be kept. */
struct webauthn_use {
    uint32_t sign_count;
    bool backed_up;
    bool user_verified;
};

/*
 * Whether the passkey signs. With `owner_told`, the caller knew whose passkey to ask for, and the
 * answer may leave the user handle out; otherwise it must hold it.
 *
 * The signature is looked at first among what depends on the key, and the count last: an error
 * other than PASSKEY_COUNTED_BACK may have been made up by anybody. That one was made by somebody
 * who has the key, and there is another with a copy of it; the account's owner should hear of it.
 */
RESULT webauthn_verify_assertion(struct arena *arena, const struct webauthn_ceremony *ceremony,
                                 const struct webauthn_stored *stored, bool owner_told,
                                 const struct webauthn_assertion *assertion,
                                 struct webauthn_use *ret);

#endif
