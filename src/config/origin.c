#include "config/origin.h"

#include "base/address.h"

#define NAME_MAX_BYTES 253
#define LABEL_MAX_BYTES 63

static bool is_label(struct str label)
{
    if (label.n == 0 || label.n > LABEL_MAX_BYTES || label.p[0] == '-' ||
        label.p[label.n - 1] == '-')
        return false;
    for (size_t i = 0; i < label.n; i++) {
        char c = label.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return false;
    }
    return true;
}

/* A name's last label is no number, so that 10.0.0.256 is not one. */
static bool is_host(struct str host)
{
    struct address address;
    struct str label = STR("");
    struct str rest = host;

    if (address_parse(host, &address))
        return address.family == FAMILY_V4;
    if (host.n == 0 || host.n > NAME_MAX_BYTES)
        return false;
    while (rest.p) {
        rest = str_split(rest, '.', &label);
        if (!is_label(label))
            return false;
    }
    return label.p[0] < '0' || label.p[0] > '9';
}

static bool is_port(struct str s)
{
    int64_t port;

    return str_to_int(s, 1, 65535, &port) && s.p[0] != '0';
}

bool is_origin(struct str s)
{
    struct str rest;
    struct str host;
    struct address address;

    if (str_starts(s, STR("https://")))
        s = str_drop(s, 8);
    else if (str_starts(s, STR("http://")))
        s = str_drop(s, 7);
    else
        return false;
    if (!str_starts(s, STR("["))) {
        rest = str_split(s, ':', &host);
        return is_host(host) && (!rest.p || is_port(rest));
    }
    rest = str_split(str_drop(s, 1), ']', &host);
    if (!rest.p || !address_parse(host, &address) || address.family != FAMILY_V6)
        return false;
    return rest.n == 0 || (rest.p[0] == ':' && is_port(str_drop(rest, 1)));
}
