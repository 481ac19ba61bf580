#include "hash/encode.h"

struct alphabet {
    const char *digits;
    unsigned bits; /* a digit stands for */
    size_t group;  /* digits that padding fills up to; 0: no padding */
};

static const struct alphabet alphabets[] = {
    [BASE32] = { "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5, 0 },
    [BASE64] = { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 6, 4 },
    [BASE64URL] = { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 6, 0 },
};

void encode(enum encoding encoding, struct str bytes, struct buf *out)
{
    const struct alphabet *alphabet = &alphabets[encoding];
    uint32_t mask = (1u << alphabet->bits) - 1;
    uint32_t pending = 0; /* its lowest `held` bits wait to be written */
    unsigned held = 0;
    size_t written = 0;

    for (size_t i = 0; i < bytes.n; i++) {
        pending = (pending << 8 | (unsigned char)bytes.p[i]) & 0xffff;
        held += 8;
        for (; held >= alphabet->bits; written++) {
            held -= alphabet->bits;
            buf_byte(out, alphabet->digits[pending >> held & mask]);
        }
    }
    if (held > 0) {
        buf_byte(out, alphabet->digits[pending << (alphabet->bits - held) & mask]);
        written++;
    }
    while (alphabet->group && written++ % alphabet->group != 0)
        buf_byte(out, '=');
}

/* Takes the padding off. False if it is not exactly what the length asks for. */
static bool strip_padding(const struct alphabet *alphabet, struct str *text)
{
    size_t digits;

    if (!alphabet->group)
        return true;
    if (text->n % alphabet->group != 0)
        return false;
    if (!str_find(*text, '=', &digits))
        return true;
    if (text->n - digits >= alphabet->group)
        return false;
    for (size_t i = digits; i < text->n; i++)
        if (text->p[i] != '=')
            return false;
    text->n = digits;
    return true;
}

bool decode(enum encoding encoding, struct str text, struct arena *arena, struct str *ret)
{
    const struct alphabet *alphabet = &alphabets[encoding];
    struct arena_mark mark = arena_mark(arena);
    struct str digits = str_from_c(alphabet->digits);
    uint32_t pending = 0;
    unsigned held = 0;
    size_t n = 0;
    char *bytes;

    if (!strip_padding(alphabet, &text))
        return false;
    bytes = arena_alloc(arena, text.n);
    for (size_t i = 0; i < text.n; i++) {
        size_t value;

        if (!str_find(digits, text.p[i], &value))
            goto refuse;
        pending = (pending << alphabet->bits | (uint32_t)value) & 0xffff;
        held += alphabet->bits;
        if (held >= 8) {
            held -= 8;
            bytes[n++] = (char)(pending >> held & 0xff);
        }
    }
    /* Bits left over are zero, and fewer than a digit: otherwise the last digit said nothing. */
    if (held >= alphabet->bits || (pending & ((1u << held) - 1)) != 0)
        goto refuse;
    *ret = (struct str){ bytes, n };
    return true;
refuse:
    arena_rewind(arena, mark);
    return false;
}
