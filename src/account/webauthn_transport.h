/*
 * webauthn_transport.h - the standard's words for the bits of enum webauthn_transport.
 */
#ifndef ASSAY_ACCOUNT_WEBAUTHN_TRANSPORT_H
#define ASSAY_ACCOUNT_WEBAUTHN_TRANSPORT_H

#include "base/str.h"

#define WEBAUTHN_TRANSPORT_COUNT 6

struct webauthn_transport_word {
    unsigned bit;
    struct str name;
};

extern const struct webauthn_transport_word WEBAUTHN_TRANSPORTS[WEBAUTHN_TRANSPORT_COUNT];

#endif
