#include "http/policy.h"

#include "base/attr.h"

static const struct {
    const char *name;
    const char *value;
} headers[] = {
    { "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; "
      "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
      "frame-ancestors 'none'; require-trusted-types-for 'script'" },
    { "X-Content-Type-Options", "nosniff" },
    /* Not `no-referrer`, which would make older browsers post with an Origin of "null". */
    { "Referrer-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Embedder-Policy", "require-corp" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), "
                            "payment=(), usb=()" },
};

static bool has_header(const struct response *response, struct str name)
{
    for (size_t i = 0; i < response->header_count; i++)
        if (str_eq(response->headers[i].name, name))
            return true;
    return false;
}

void policy_headers(struct response *response, bool https)
{
    for (size_t i = 0; i < ARRAY_LEN(headers); i++)
        if (!has_header(response, str_from_c(headers[i].name)))
            response_header(response, str_from_c(headers[i].name), str_from_c(headers[i].value));
    if (https)
        response_header(response, STR("Strict-Transport-Security"), STR("max-age=31536000"));
}
