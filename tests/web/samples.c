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
};

const size_t sample_count = ARRAY_LEN(samples);
