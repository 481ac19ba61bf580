#include "account/cose.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>
#include <string.h>

#include "account/cbor.h"
#include "account/passkey_error.h"
#include "account/sodium_ready.h"

/* The parameters of a key, and the values of "kty" and "crv" (RFC 9053, section 7). */
#define KEY_TYPE 1
#define KEY_ALGORITHM 3
#define KEY_CURVE (-1)
#define KEY_X (-2)
#define KEY_Y (-3)
#define KEY_MODULUS (-1)
#define KEY_EXPONENT (-2)

#define TYPE_OCTET_PAIR 1
#define TYPE_CURVE_POINT 2
#define TYPE_RSA 3

#define CURVE_P256 1
#define CURVE_ED25519 6

#define P256_SIZE 32
#define POINT_SIZE (1 + 2 * P256_SIZE)
#define POINT_UNCOMPRESSED 4

#define RSA_SIZE_MIN (2048 / 8)
#define RSA_SIZE_MAX (4096 / 8)
#define RSA_EXPONENT 65537
#define RSA_EXPONENT_BYTES STR("\x01\x00\x01")

const enum cose_algorithm COSE_ALGORITHMS[] = { COSE_ES256, COSE_EDDSA, COSE_RS256 };
const size_t COSE_ALGORITHM_COUNT = ARRAY_LEN(COSE_ALGORITHMS);

static const unsigned char *octets(struct str bytes)
{
    return (const unsigned char *)bytes.p;
}

static void release_key(EVP_PKEY **key)
{
    EVP_PKEY_free(*key);
}

static void release_key_context(EVP_PKEY_CTX **context)
{
    EVP_PKEY_CTX_free(*context);
}

static void release_digest_context(EVP_MD_CTX **context)
{
    EVP_MD_CTX_free(*context);
}

static void release_builder(OSSL_PARAM_BLD **builder)
{
    OSSL_PARAM_BLD_free(*builder);
}

static void release_params(OSSL_PARAM **params)
{
    OSSL_PARAM_free(*params);
}

static void release_number(BIGNUM **number)
{
    BN_free(*number);
}

/* OpenSSL's key of a kind from its parameters; NULL when it is none. */
static EVP_PKEY *key_of(const char *kind, OSSL_PARAM_BLD *builder)
{
    CLEANUP(release_params) OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(builder);
    CLEANUP(release_key_context)
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, kind, NULL);
    EVP_PKEY *key = NULL;

    if (!params || !context || EVP_PKEY_fromdata_init(context) != 1 ||
        EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
        return NULL;
    return key;
}

static EVP_PKEY *curve_key(const struct cose_key *key)
{
    CLEANUP(release_builder) OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    unsigned char point[POINT_SIZE] = { POINT_UNCOMPRESSED };

    memcpy(point + 1, key->first.p, P256_SIZE);
    memcpy(point + 1 + P256_SIZE, key->second.p, P256_SIZE);
    if (!builder ||
        OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) !=
            1 ||
        OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point)) !=
            1)
        return NULL;
    return key_of("EC", builder);
}

static EVP_PKEY *rsa_key(const struct cose_key *key)
{
    CLEANUP(release_builder) OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    CLEANUP(release_number)
    BIGNUM *modulus = BN_bin2bn(octets(key->first), str_int_length(key->first), NULL);

    if (!builder || !modulus ||
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus) != 1 ||
        OSSL_PARAM_BLD_push_uint(builder, OSSL_PKEY_PARAM_RSA_E, RSA_EXPONENT) != 1)
        return NULL;
    return key_of("RSA", builder);
}

/* Whether the point is on the curve, and not at infinity. */
static bool curve_point_is_valid(const struct cose_key *key)
{
    CLEANUP(release_key) EVP_PKEY *point = curve_key(key);
    CLEANUP(release_key_context) EVP_PKEY_CTX *context = NULL;

    if (!point)
        return false;
    context = EVP_PKEY_CTX_new_from_pkey(NULL, point, NULL);
    return context && EVP_PKEY_public_check(context) == 1;
}

/* The byte string of that length that a map has for a key. */
static bool get_bytes(const struct cbor_item *map, int64_t key, size_t length, struct str *ret)
{
    struct cbor_item item;

    if (!cbor_get_int(map, key, &item) || item.kind != CBOR_BYTES || item.content.n != length)
        return false;
    *ret = item.content;
    return true;
}

static bool has_int(const struct cbor_item *map, int64_t key, int64_t number)
{
    struct cbor_item item;

    return cbor_get_int(map, key, &item) && cbor_is_int(&item, number);
}

static bool read_es256(const struct cbor_item *map, struct cose_key *key)
{
    key->algorithm = COSE_ES256;
    return map->number == 5 && has_int(map, KEY_TYPE, TYPE_CURVE_POINT) &&
           has_int(map, KEY_CURVE, CURVE_P256) && get_bytes(map, KEY_X, P256_SIZE, &key->first) &&
           get_bytes(map, KEY_Y, P256_SIZE, &key->second) && curve_point_is_valid(key);
}

static bool read_eddsa(const struct cbor_item *map, struct cose_key *key)
{
    sodium_ready();
    key->algorithm = COSE_EDDSA;
    return map->number == 4 && has_int(map, KEY_TYPE, TYPE_OCTET_PAIR) &&
           has_int(map, KEY_CURVE, CURVE_ED25519) &&
           get_bytes(map, KEY_X, crypto_sign_PUBLICKEYBYTES, &key->first) &&
           crypto_core_ed25519_is_valid_point(octets(key->first)) == 1;
}

/* A modulus of the least number of bytes; an even one is no product of two large primes. */
static bool read_rs256(const struct cbor_item *map, struct cose_key *key)
{
    struct cbor_item modulus;
    struct str exponent;
    size_t n;

    key->algorithm = COSE_RS256;
    if (map->number != 4 || !has_int(map, KEY_TYPE, TYPE_RSA) ||
        !cbor_get_int(map, KEY_MODULUS, &modulus) || modulus.kind != CBOR_BYTES ||
        !get_bytes(map, KEY_EXPONENT, RSA_EXPONENT_BYTES.n, &exponent) ||
        !str_eq(exponent, RSA_EXPONENT_BYTES))
        return false;
    key->first = modulus.content;
    n = modulus.content.n;
    if (n < RSA_SIZE_MIN || n > RSA_SIZE_MAX)
        return false;
    /* 2048 bits are 256 bytes whose first bit is set. */
    return octets(key->first)[0] >= (n == RSA_SIZE_MIN ? 0x80 : 1) &&
           (octets(key->first)[n - 1] & 1) == 1;
}

struct result cose_read_first(struct str bytes, struct cose_key *ret, struct str *ret_rest)
{
    struct cose_key key = { .first = STR_NONE };
    struct cbor_item map;
    struct str rest;
    bool valid;

    if (failed(cbor_read_first(bytes, &map, &rest)) || map.kind != CBOR_MAP)
        return fail(&PASSKEY_KEY);
    if (has_int(&map, KEY_ALGORITHM, COSE_ES256))
        valid = read_es256(&map, &key);
    else if (has_int(&map, KEY_ALGORITHM, COSE_EDDSA))
        valid = read_eddsa(&map, &key);
    else if (has_int(&map, KEY_ALGORITHM, COSE_RS256))
        valid = read_rs256(&map, &key);
    else
        return fail(&PASSKEY_ALGORITHM);
    if (!valid)
        return fail(&PASSKEY_KEY);
    *ret = key;
    *ret_rest = rest;
    return OK;
}

struct result cose_read(struct str bytes, struct cose_key *ret)
{
    struct cose_key key;
    struct str rest;

    TRY(cose_read_first(bytes, &key, &rest));
    if (rest.n > 0)
        return fail(&PASSKEY_KEY);
    *ret = key;
    return OK;
}

/* OpenSSL takes only the one DER form of an ECDSA signature, and pads RSA's by PKCS #1 v1.5. */
static bool verify_sha256(EVP_PKEY *key, struct str message, struct str signature)
{
    CLEANUP(release_digest_context) EVP_MD_CTX *context = EVP_MD_CTX_new();

    return key && context &&
           EVP_DigestVerifyInit_ex(context, NULL, "SHA256", NULL, NULL, key, NULL) == 1 &&
           EVP_DigestVerify(context, octets(signature), signature.n, octets(message), message.n) ==
               1;
}

bool cose_verify(const struct cose_key *key, struct str message, struct str signature)
{
    CLEANUP(release_key) EVP_PKEY *openssl = NULL;

    switch (key->algorithm) {
    case COSE_EDDSA:
        sodium_ready();
        return signature.n == crypto_sign_BYTES &&
               crypto_sign_verify_detached(octets(signature), octets(message), message.n,
                                           octets(key->first)) == 0;
    case COSE_ES256:
        openssl = curve_key(key);
        break;
    case COSE_RS256:
        openssl = rsa_key(key);
        break;
    }
    return verify_sha256(openssl, message, signature);
}
