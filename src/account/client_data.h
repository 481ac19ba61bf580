/*
 * client_data.h - what the browser says about the page that asked for a passkey (WebAuthn, section
 * 5.8.1), which the authenticator then signs.
 */
#ifndef ASSAY_ACCOUNT_CLIENT_DATA_H
#define ASSAY_ACCOUNT_CLIENT_DATA_H

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"

struct client_data_expected {
    struct str type;         /* "webauthn.create" or "webauthn.get" */
    struct str challenge;    /* the bytes that we sent */
    struct str_list origins; /* of this site, each as browsers write it: https://assay.example */
};

/* Reads the JSON into the arena and compares. Members that are not known are ignored, because the
   standard announces more of them. PASSKEY_CLIENT_DATA, PASSKEY_TYPE, PASSKEY_CHALLENGE,
   PASSKEY_ORIGIN, PASSKEY_FRAMED. */
RESULT client_data_check(struct arena *arena, struct str json,
                         const struct client_data_expected *expected);

#endif
