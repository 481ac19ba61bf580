/*
 * For a new route add a row or more: requests to the shipped scheme of schemes/mediation, on
 * 2026-11-23. Then write their golden views with
 *
 *     build-debug/tests/web/test_golden --write
 *
 * and read them: they are what programs will rely on.
 */
#include "samples.h"

#include "base/attr.h"
#include "furnish.h"

/* Twelve mediations that somebody says they have done, and eight that they plan. */
#define STANDING_BODY                                                                              \
    "{\"on\":\"2024-06-30\",\"only\":\"imi-online-mediator\",\"rows\":[{\"kind\":\"mediation\","   \
    "\"count\":12,"                                                                                \
    "\"from\":\"2022-01-10\",\"to\":\"2024-05-20\",\"hours\":60,\"role\":\"mediator\",\"mode\":"   \
    "\"online\","                                                                                  \
    "\"scale\":\"full\"}],\"planned\":[{\"kind\":\"mediation\",\"count\":8,\"from\":\"2024-07-"    \
    "01\","                                                                                        \
    "\"to\":\"2024-09-30\",\"role\":\"mediator\",\"mode\":\"online\",\"scale\":\"full\"}]}"
#define STANDING_FAULTS                                                                            \
    "{\"on\":\"yesterday\",\"log\":\"kind,date,hours,role\\nmeditation,31.02.2024,25,"             \
    "mediatr\\n\"}"

const struct sample samples[] = {
    { .path = "/" },
    { .path = "/certifications" },
    { .path = "/certifications/imi-certified-mediator" },
    { .path = "/certifications/imi-certified-mediator.renewal" },
    { .path = "/certifications/imi-online-mediator" },
    { .path = "/certifications/young-mediation-advocate" },
    { .path = "/certifications/young-mediator" },
    { .path = "/certifications/young-mediator/editions/1" },
    { .path = "/certifications/young-mediator/editions/1/text" },
    { .path = "/certifications/young-mediator/editions/1/rule" },
    { .path = "/certifications/young-mediator/cases" },
    { .path = "/certifications/young-mediator/compare" },
    { .path = "/certifications/young-mediator/compare?from=2&to=1" },
    { .path = "/certifications/imi-trainer/compare" },
    { .path = "/pathway" },
    { .path = "/benefits" },
    { .path = "/bodies" },
    { .path = "/bodies/appraisal-committee" },
    { .path = "/bodies/independent-standards-commission" },
    { .path = "/about/programmes" },
    { .path = "/docs", .derived = true },
    { .path = "/openapi.json" },
    { .path = "/healthz" },
    { .path = "/favicon.ico" },
    { .path = "/robots.txt" },
    { .path = "/standing" },
    { .path = "/standing",
      .method = "POST",
      .type = "application/json",
      .body = STANDING_BODY,
      .golden = "standing-answer" },
    { .path = "/standing",
      .method = "POST",
      .type = "application/json",
      .body = STANDING_FAULTS,
      .golden = "standing-faults",
      .status = 422 },

    /* ---- the doors of accounts; furnish.c makes the links ---- */
    { .path = "/account/sign-in" },
    { .path = "/account/sign-in?next=/standing", .golden = "account-sign-in-next" },
    { .path = "/account/sign-in", .as = DWELLER_PERSON },
    { .path = "/account/sign-in",
      .form = "address=person@example.org&password=&next=/standing",
      .golden = "account-sign-in-link",
      .changes = true },
    { .path = "/account/sign-in",
      .form = "address=nowhere&password=",
      .golden = "account-sign-in-faults",
      .status = 422,
      .changes = true },
    { .path = "/account/sign-in",
      .form = "address=person@example.org&password=sample-words",
      .golden = "account-sign-in-refused",
      .status = 403,
      .changes = true },
    { .path = "/account/passkey/options", .form = "", .derived = true, .changes = true },
    { .path = "/account/passkey/sign-in",
      .form = "challenge=&response=",
      .golden = "account-passkey-refused",
      .status = 403,
      .changes = true },
    { .path = "/account/second-step", .golden = "account-second-step" },
    { .path = "/account/second-step",
      .form = "code=123456",
      .golden = "account-second-step-none",
      .changes = true },
    { .path = "/account/sign-up" },
    { .path = "/account/sign-up",
      .form = "address=new@example.org",
      .golden = "account-sign-up-link",
      .changes = true },
    { .path = "/account/sent/sign-in" },
    { .path = "/account/sent/sign-up" },
    { .path = "/account/sent/recover" },
    { .path = "/account/link/" SAMPLE_SIGN_UP, .golden = "account-link-sign-up" },
    { .path = "/account/link/" SAMPLE_SIGN_IN, .golden = "account-link-sign-in" },
    { .path = "/account/link/" SAMPLE_CLAIM, .golden = "account-link-claim" },
    { .path = "/account/link/" SAMPLE_CLAIM,
      .as = DWELLER_SIGNED_IN,
      .golden = "account-link-claim" },
    { .path = "/account/link/" SAMPLE_RECOVERY_ASK, .golden = "account-link-recovery-ask" },
    { .path = "/account/link/" SAMPLE_SIGN_UP,
      .form = "",
      .golden = "account-link-sign-up-done",
      .changes = true },
    { .path = "/account/link/" SAMPLE_CLAIM,
      .as = DWELLER_PERSON,
      .form = "",
      .golden = "account-link-claim-twice",
      .status = 409,
      .changes = true },
    { .path = "/account/confirm", .as = DWELLER_PERSON },
    { .path = "/account/confirm",
      .as = DWELLER_PERSON,
      .form = "way=link",
      .golden = "account-confirm-link",
      .changes = true },
    { .path = "/account/confirm/passkey/options",
      .as = DWELLER_PERSON,
      .form = "",
      .derived = true,
      .changes = true },
    { .path = "/account/confirm/passkey",
      .as = DWELLER_PERSON,
      .form = "challenge=&response=",
      .golden = "account-confirm-passkey-refused",
      .status = 403,
      .changes = true },
    { .path = "/account/sign-out",
      .as = DWELLER_PERSON,
      .form = "",
      .golden = "account-sign-out",
      .changes = true },
    { .path = "/account/recover" },
    { .path = "/account/recover",
      .form = "known_as=&address=&statement=",
      .golden = "account-recover-faults",
      .status = 422,
      .changes = true },
    { .path = "/account/recover",
      .form = "known_as=Sample+person&address=new@example.org&statement=Sample+proof",
      .golden = "account-recover-asked",
      .changes = true },
};

const size_t sample_count = ARRAY_LEN(samples);
