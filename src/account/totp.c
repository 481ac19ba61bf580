#include "account/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "hash/encode.h"
#include "hash/random.h"
#include "hash/secret.h"

#define MICROSECONDS INT64_C(1000000)
#define STEPS_EITHER_SIDE 1
#define COUNTER_SIZE 8
#define SHA1_SIZE 20
#define CODES 1000000 /* ten to the power of TOTP_DIGITS */
#define GROUP 4
#define TEXT_MAX 1024

struct str totp_secret_new(struct arena *arena)
{
    char *bytes = arena_alloc(arena, TOTP_SECRET_SIZE);

    random_bytes(bytes, TOTP_SECRET_SIZE);
    return (struct str){ bytes, TOTP_SECRET_SIZE };
}

struct str totp_secret_text(struct arena *arena, struct str secret)
{
    struct buf letters;
    struct buf text;

    buf_init(&letters, TEXT_MAX);
    buf_init(&text, TEXT_MAX);
    encode(BASE32, secret, &letters);
    for (size_t i = 0; i < letters.n; i++) {
        if (i > 0 && i % GROUP == 0)
            buf_byte(&text, ' ');
        buf_byte(&text, letters.p[i]);
    }
    BUG_IF(letters.overflow || text.overflow);
    secret_wipe(letters.p, letters.n);
    buf_release(&letters);
    return buf_take(&text, arena);
}

/* Percent-encodes all but what RFC 3986 calls unreserved. */
static void add_escaped(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i] == ':' ? ' ' : text.p[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '-' || c == '.' || c == '_' || c == '~')
            buf_byte(out, c);
        else
            buf_format(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}

struct str totp_uri(struct arena *arena, struct str secret, struct str issuer, struct str account)
{
    struct buf uri;

    buf_init(&uri, TEXT_MAX + 6 * issuer.n + 3 * account.n);
    buf_add_c(&uri, "otpauth://totp/");
    add_escaped(&uri, issuer);
    buf_byte(&uri, ':');
    add_escaped(&uri, account);
    buf_add_c(&uri, "?secret=");
    encode(BASE32, secret, &uri);
    buf_add_c(&uri, "&issuer=");
    add_escaped(&uri, issuer);
    BUG_IF(uri.overflow);
    return buf_take(&uri, arena);
}

/* RFC 4226, section 5.3: the last half byte says where the 31 bits are that become digits. */
static void make_code(struct str secret, int64_t step, char ret[TOTP_DIGITS])
{
    unsigned char counter[COUNTER_SIZE];
    unsigned char mac[SHA1_SIZE];
    unsigned size = sizeof(mac);
    const unsigned char *at;
    uint32_t number;

    for (int i = 0; i < COUNTER_SIZE; i++)
        counter[i] = (unsigned char)((uint64_t)step >> (8 * (COUNTER_SIZE - 1 - i)));
    if (!HMAC(EVP_sha1(), secret.p, str_int_length(secret), counter, sizeof(counter), mac, &size) ||
        size != sizeof(mac))
        BUG("OpenSSL cannot make an HMAC with SHA-1");
    at = mac + (mac[SHA1_SIZE - 1] & 15);
    number =
        ((uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]) %
        CODES;
    for (int i = TOTP_DIGITS - 1; i >= 0; i--) {
        ret[i] = (char)('0' + number % 10);
        number /= 10;
    }
    secret_wipe(mac, sizeof(mac));
}

/* The typed characters without spaces. False if they are not as many as a code has digits. */
static bool strip_spaces(struct str typed, char ret[TOTP_DIGITS])
{
    size_t n = 0;

    for (size_t i = 0; i < typed.n; i++) {
        if (typed.p[i] == ' ')
            continue;
        if (n == TOTP_DIGITS)
            return false;
        ret[n++] = typed.p[i];
    }
    return n == TOTP_DIGITS;
}

bool totp_check(struct str secret, struct str typed, int64_t now, int64_t last_step,
                int64_t *ret_step)
{
    char digits[TOTP_DIGITS];
    int64_t present = now / MICROSECONDS / TOTP_STEP_SECONDS;
    int64_t found = TOTP_NEVER;

    BUG_IF(now < 0);
    if (!strip_spaces(typed, digits))
        return false;
    for (int64_t step = present - STEPS_EITHER_SIDE; step <= present + STEPS_EITHER_SIDE; step++) {
        char code[TOTP_DIGITS];

        make_code(secret, step, code);
        if (secret_equal((struct str){ code, TOTP_DIGITS }, (struct str){ digits, TOTP_DIGITS }) &&
            step > last_step)
            found = step;
    }
    if (found == TOTP_NEVER)
        return false;
    *ret_step = found;
    return true;
}
