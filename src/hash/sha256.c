#include "hash/sha256.h"

#include <openssl/evp.h>
#include <pthread.h>

/* Written once, under the lock of pthread_once, and kept until the process ends. */
static EVP_MD *algorithm;
static pthread_once_t algorithm_once = PTHREAD_ONCE_INIT;

static void find_algorithm(void)
{
    algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
}

static void begin(struct sha256 *hash)
{
    if (!hash->context || !algorithm || EVP_DigestInit_ex2(hash->context, algorithm, NULL) != 1)
        BUG("OpenSSL cannot hash with SHA-256");
}

void sha256_init(struct sha256 *hash)
{
    pthread_once(&algorithm_once, find_algorithm);
    hash->context = EVP_MD_CTX_new();
    begin(hash);
}

void sha256_release(struct sha256 *hash)
{
    EVP_MD_CTX_free(hash->context);
    hash->context = NULL;
}

void sha256_add(struct sha256 *hash, struct str bytes)
{
    if (bytes.n > 0 && EVP_DigestUpdate(hash->context, bytes.p, bytes.n) != 1)
        BUG("OpenSSL cannot go on with a SHA-256");
}

struct sha256_digest sha256_end(struct sha256 *hash)
{
    struct sha256_digest digest;

    if (EVP_DigestFinal_ex(hash->context, digest.bytes, NULL) != 1)
        BUG("OpenSSL cannot finish a SHA-256");
    begin(hash);
    return digest;
}

struct sha256_digest sha256(struct str bytes)
{
    CLEANUP(sha256_release) struct sha256 hash;

    sha256_init(&hash);
    sha256_add(&hash, bytes);
    return sha256_end(&hash);
}

const char *sha256_hex(struct sha256_digest digest, char out[SHA256_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < SHA256_SIZE; i++) {
        out[2 * i] = digits[digest.bytes[i] >> 4];
        out[2 * i + 1] = digits[digest.bytes[i] & 15];
    }
    out[SHA256_HEX_SIZE - 1] = '\0';
    return out;
}

static bool hex_value(char c, uint8_t *ret)
{
    if (c >= '0' && c <= '9')
        *ret = (uint8_t)(c - '0');
    else if (c >= 'a' && c <= 'f')
        *ret = (uint8_t)(c - 'a' + 10);
    else
        return false;
    return true;
}

bool sha256_from_hex(struct str hex, struct sha256_digest *ret)
{
    struct sha256_digest digest;

    if (hex.n != SHA256_HEX_SIZE - 1)
        return false;
    for (size_t i = 0; i < SHA256_SIZE; i++) {
        uint8_t high;
        uint8_t low;

        if (!hex_value(hex.p[2 * i], &high) || !hex_value(hex.p[2 * i + 1], &low))
            return false;
        digest.bytes[i] = (uint8_t)(high << 4 | low);
    }
    *ret = digest;
    return true;
}
