/*
 * webauthn_fixture.h - the site that tests of passkeys are about, and what they expect.
 */
#ifndef ASSAY_TESTS_WEBAUTHN_FIXTURE_H
#define ASSAY_TESTS_WEBAUTHN_FIXTURE_H

#include "account/webauthn.h"
#include "hex.h"

#define CHALLENGE STR("a challenge of thirty-two bytes.")
#define HANDLE STR("a user handle of 32 random bytes")

static const struct str ORIGINS[] = { { "https://example.org", 19 } };
static const struct webauthn_site SITE = {
    .id = { "example.org", 11 },
    .name = { "Example", 7 },
    .origins = { ORIGINS, 1 },
};

static inline void check_result(struct result result, const struct error *error)
{
    if (result.error != error)
        fail_msg("%s", failed(result) ? result.error->name : "it is taken");
}

#endif
