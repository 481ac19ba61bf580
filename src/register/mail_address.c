/* What can be a mail address (outbox.h): less than RFC 5321 allows, and all that people have. */
#include "register/outbox.h"

#define ADDRESS_MAX 254 /* bytes, RFC 5321 with its angle brackets left out */
#define LOCAL_MAX 64    /* before the '@' */

/* Whether a byte needs no quotes before the '@': letters, digits, what RFC 5322 calls atext, dots,
   and all that is not ASCII. */
static bool is_local(char c)
{
    static const struct str others = STR("!#$%&'*+-/=?^_`{|}~.");
    size_t at;

    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80 || str_find(others, c, &at);
}

static bool is_host(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || (unsigned char)c >= 0x80;
}

static bool all(struct str s, bool (*is)(char c))
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is(s.p[i]))
            return false;
    }
    return s.n > 0;
}

/* Dots stand between parts, neither at an end nor two in a row. */
static bool dots_divide(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && (i == 0 || i + 1 == s.n || s.p[i + 1] == '.'))
            return false;
    }
    return true;
}

bool mail_address_is_valid(struct str address)
{
    struct str local;
    struct str host = str_split(address, '@', &local);

    return address.n <= ADDRESS_MAX && str_is_utf8(address, NULL) && local.n <= LOCAL_MAX &&
           all(local, is_local) && dots_divide(local) && all(host, is_host) && dots_divide(host) &&
           host.p[0] != '-';
}
