#include "http/cookie.h"

#include <string.h>

/* Of one header "a=1; b=2". */
static struct str find_in(struct str cookies, struct str name)
{
    struct str pair;
    struct str key;

    while (cookies.p) {
        struct str value;

        cookies = str_split(cookies, ';', &pair);
        value = str_split(pair, '=', &key);
        if (value.p && str_eq(str_trim(key), name))
            return str_trim(value);
    }
    return STR_NONE;
}

static bool is_cookie_header(struct str name)
{
    return name.n == 6 && strncasecmp(name.p, "cookie", 6) == 0;
}

struct str cookie_get(const struct request *request, struct str name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        struct str value = STR_NONE;

        if (is_cookie_header(request->headers[i].name))
            value = find_in(request->headers[i].value, name);
        if (value.p)
            return value;
    }
    return STR_NONE;
}

static bool is_value(struct str value)
{
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

        if (!letter && (c == '\0' || !strchr("-._~/?=&%", c)))
            return false;
    }
    return true;
}

void cookie_set(struct response *response, const struct cookie *cookie)
{
    if (!is_value(cookie->value)) {
        response->faulty = true;
        return;
    }
    response_header(response, STR("Set-Cookie"),
                    str_format(response->arena,
                               "%.*s=%.*s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s",
                               STR_ARG(cookie->name), STR_ARG(cookie->value),
                               (long long)cookie->seconds, cookie->secure ? "; Secure" : ""));
}
