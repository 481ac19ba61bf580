#include "account/token.h"

#include "hash/encode.h"
#include "hash/random.h"
#include "hash/secret.h"

#define SECRET_SIZE ((size_t)32)

static struct str encoded(struct arena *arena, const void *bytes, size_t count)
{
    struct buf text;

    buf_init(&text, 2 * count + 4);
    encode(BASE64URL, (struct str){ bytes, count }, &text);
    return buf_take(&text, arena);
}

struct str token_new(struct arena *arena, struct str prefix)
{
    char secret[SECRET_SIZE];
    struct str token;

    random_bytes(secret, sizeof(secret));
    token = encoded(arena, secret, sizeof(secret));
    secret_wipe(secret, sizeof(secret));
    if (prefix.n == 0)
        return token;
    return str_format(arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(token));
}

bool token_is_formed(struct str token, struct str prefix)
{
    if (!str_starts(token, prefix))
        return false;
    token = str_drop(token, prefix.n);
    for (size_t i = 0; i < token.n; i++) {
        char c = token.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            c != '-' && c != '_')
            return false;
    }
    return token.n == TOKEN_LENGTH;
}

struct sha256_digest token_digest(struct str token)
{
    return sha256(token);
}

struct str digest_bytes(const struct sha256_digest *digest)
{
    return (struct str){ (const char *)digest->bytes, sizeof(digest->bytes) };
}

/* ---- forms ---- */

static struct sha256_digest csrf_secret(struct str session_token)
{
    CLEANUP(sha256_release) struct sha256 hash;

    sha256_init(&hash);
    sha256_add(&hash, STR("assay form "));
    sha256_add(&hash, session_token);
    return sha256_end(&hash);
}

struct str csrf_token(struct arena *arena, struct str session_token)
{
    struct sha256_digest secret = csrf_secret(session_token);
    uint8_t masked[2 * SECRET_SIZE];

    random_bytes(masked, SECRET_SIZE);
    for (size_t i = 0; i < SECRET_SIZE; i++)
        masked[SECRET_SIZE + i] = masked[i] ^ secret.bytes[i];
    return encoded(arena, masked, sizeof(masked));
}

bool csrf_token_fits(struct arena *arena, struct str session_token, struct str csrf)
{
    struct sha256_digest secret = csrf_secret(session_token);
    struct str masked;
    char bare[SECRET_SIZE];

    if (csrf.n > 200 || !decode(BASE64URL, csrf, arena, &masked) || masked.n != 2 * SECRET_SIZE)
        return false;
    for (size_t i = 0; i < SECRET_SIZE; i++)
        bare[i] = (char)(masked.p[i] ^ masked.p[SECRET_SIZE + i]);
    return secret_equal((struct str){ bare, sizeof(bare) }, digest_bytes(&secret));
}
