#include "http/escape.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

/* What stands for a byte in HTML: NULL: itself. */
static const char *const references[UCHAR_MAX + 1] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

void escape_html(struct str text, struct buf *out)
{
    size_t from = 0;

    for (size_t i = 0; i < text.n; i++) {
        const char *reference = references[(unsigned char)text.p[i]];

        if (!reference)
            continue;
        buf_add(out, (struct str){ text.p + from, i - from });
        buf_add_c(out, reference);
        from = i + 1;
    }
    if (from < text.n)
        buf_add(out, (struct str){ text.p + from, text.n - from });
}

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Encodes every byte but letters, digits and those of `kept`. */
static void encode(struct str text, const char *kept, struct buf *out)
{
    static const char digits[] = "0123456789ABCDEF";

    size_t from = 0;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        unsigned byte = (unsigned char)c;
        char encoded[] = { '%', digits[byte >> 4], digits[byte & 15] };

        if (is_letter_or_digit(c) || (c != '\0' && strchr(kept, c)))
            continue;
        buf_add(out, (struct str){ text.p + from, i - from });
        buf_add(out, (struct str){ encoded, sizeof(encoded) });
        from = i + 1;
    }
    if (from < text.n)
        buf_add(out, (struct str){ text.p + from, text.n - from });
}

bool url_scheme_is_safe(struct str scheme)
{
    static const struct str safe[] = { STR("http"), STR("https"), STR("mailto"), STR("tel") };

    for (size_t i = 0; i < ARRAY_LEN(safe); i++)
        if (scheme.n == safe[i].n && strncasecmp(scheme.p, safe[i].p, scheme.n) == 0)
            return true;
    return false;
}

void escape_url(struct str address, struct buf *out)
{
    size_t end = 0;

    address = str_trim(address);
    while (end < address.n && !strchr(":/?#", address.p[end]))
        end++;
    if (end < address.n && address.p[end] == ':' && !url_scheme_is_safe(str_take(address, end)))
        buf_byte(out, '#');
    else
        encode(address, "-._~:/?#[]@!$&'()*+,;=%", out);
}

void escape_url_part(struct str part, struct buf *out)
{
    encode(part, "-._~", out);
}
