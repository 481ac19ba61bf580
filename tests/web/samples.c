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

const struct sample samples[] = {
    { .path = "/" },        { .path = "/docs", .derived = true }, { .path = "/openapi.json" },
    { .path = "/healthz" }, { .path = "/favicon.ico" },           { .path = "/robots.txt" },
};

const size_t sample_count = ARRAY_LEN(samples);
