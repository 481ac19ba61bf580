/*
 * device_fixture.h - a device that makes passkeys and signs with them, and says what a test wants
 * it to say. It writes its bytes on its own and signs with OpenSSL.
 */
#ifndef ASSAY_TESTS_DEVICE_FIXTURE_H
#define ASSAY_TESTS_DEVICE_FIXTURE_H

#include <string.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "account/cose.h"
#include "base/attr.h"
#include "base/buf.h"
#include "hash/encode.h"
#include "hash/sha256.h"
#include "hex.h"

#define FIXTURE_MAX 8192

struct device {
    EVP_PKEY *key;
    enum cose_algorithm algorithm;
    struct str id;   /* of its passkey */
    struct str cose; /* its public key */
};

static inline void add_hex(struct buf *out, struct arena *arena, const char *hex)
{
    buf_add(out, from_hex(arena, hex));
}

static inline void add_number(struct buf *out, uint64_t number, unsigned bytes)
{
    while (bytes-- > 0)
        buf_byte(out, (char)(number >> (8 * bytes)));
}

/* A byte string or a text of CBOR: its head for up to 65535 bytes, and the bytes. */
static inline void add_cbor_string(struct buf *out, unsigned major, struct str bytes)
{
    if (bytes.n < 24) {
        add_number(out, major << 5 | bytes.n, 1);
    } else if (bytes.n < 256) {
        add_number(out, major << 5 | 24, 1);
        add_number(out, bytes.n, 1);
    } else {
        add_number(out, major << 5 | 25, 1);
        add_number(out, bytes.n, 2);
    }
    buf_add(out, bytes);
}

#define add_cbor_bytes(out, bytes) add_cbor_string((out), 2, (bytes))
#define add_cbor_text(out, text) add_cbor_string((out), 3, (text))

static inline struct str taken(struct buf *buf, struct arena *arena)
{
    assert_false(buf->overflow);
    return buf_take(buf, arena);
}

/* The two coordinates of a key on P-256. */
static inline struct str es256_cose(struct arena *arena, struct str x, struct str y)
{
    struct buf out;

    buf_init(&out, FIXTURE_MAX);
    add_hex(&out, arena, "a501020326200121");
    add_cbor_bytes(&out, x);
    add_hex(&out, arena, "22");
    add_cbor_bytes(&out, y);
    return taken(&out, arena);
}

static inline struct str eddsa_cose(struct arena *arena, struct str x)
{
    struct buf out;

    buf_init(&out, FIXTURE_MAX);
    add_hex(&out, arena, "a40101032720 0621");
    add_cbor_bytes(&out, x);
    return taken(&out, arena);
}

static inline struct str rs256_cose(struct arena *arena, struct str modulus, struct str exponent)
{
    struct buf out;

    buf_init(&out, FIXTURE_MAX);
    add_hex(&out, arena, "a4010303390100 20");
    add_cbor_bytes(&out, modulus);
    add_hex(&out, arena, "21");
    add_cbor_bytes(&out, exponent);
    return taken(&out, arena);
}

static inline struct str public_point(struct arena *arena, const struct device *device)
{
    unsigned char bytes[65];
    size_t n = 0;

    assert_int_equal(EVP_PKEY_get_octet_string_param(device->key, OSSL_PKEY_PARAM_PUB_KEY, bytes,
                                                     sizeof(bytes), &n),
                     1);
    return str_copy(arena, (struct str){ (const char *)bytes, n });
}

static inline struct str modulus_bytes(struct arena *arena, const struct device *device)
{
    unsigned char bytes[1024];
    BIGNUM *modulus = NULL;
    int n;

    assert_int_equal(EVP_PKEY_get_bn_param(device->key, OSSL_PKEY_PARAM_RSA_N, &modulus), 1);
    n = BN_bn2bin(modulus, bytes);
    BN_free(modulus);
    return str_copy(arena, (struct str){ (const char *)bytes, (size_t)n });
}

static inline void device_init(struct device *device, struct arena *arena,
                               enum cose_algorithm algorithm)
{
    struct str point;

    device->algorithm = algorithm;
    device->id = STR("the id of a passkey");
    switch (algorithm) {
    case COSE_ES256:
        device->key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
        point = public_point(arena, device);
        assert_int_equal(point.n, 65);
        device->cose = es256_cose(arena, str_take(str_drop(point, 1), 32), str_drop(point, 33));
        break;
    case COSE_EDDSA:
        device->key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
        device->cose = eddsa_cose(arena, public_point(arena, device));
        break;
    case COSE_RS256:
        device->key = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)2048);
        device->cose = rs256_cose(arena, modulus_bytes(arena, device), STR("\x01\x00\x01"));
        break;
    }
}

static inline void device_release(struct device *device)
{
    EVP_PKEY_free(device->key);
}

static inline struct str device_sign_bytes(const struct device *device, struct arena *arena,
                                           struct str message)
{
    unsigned char signature[1024];
    size_t n = sizeof(signature);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const char *hash = device->algorithm == COSE_EDDSA ? NULL : "SHA256";

    assert_int_equal(EVP_DigestSignInit_ex(context, NULL, hash, NULL, NULL, device->key, NULL), 1);
    assert_int_equal(
        EVP_DigestSign(context, signature, &n, (const unsigned char *)message.p, message.n), 1);
    EVP_MD_CTX_free(context);
    return str_copy(arena, (struct str){ (const char *)signature, n });
}

/* Signs as passkeys do. */
static inline struct str device_sign(const struct device *device, struct arena *arena,
                                     struct str authenticator_data, struct str client_data)
{
    struct sha256_digest digest = sha256(client_data);
    struct buf message;

    buf_init(&message, FIXTURE_MAX);
    buf_add(&message, authenticator_data);
    buf_add(&message, (struct str){ (const char *)digest.bytes, SHA256_SIZE });
    return device_sign_bytes(device, arena, taken(&message, arena));
}

#define UP 0x01
#define UV 0x04
#define BE 0x08
#define BS 0x10
#define AT 0x40
#define ED 0x80

/* What a device says. */
struct said {
    const char *site;
    unsigned flags;
    uint32_t count;
    struct str id;          /* with AT in the flags */
    struct str cose;        /* the same */
    const char *extensions; /* hexadecimal, with ED; or whatever else is to stand at the end */
};

static inline struct str said_bytes(struct arena *arena, const struct said *said)
{
    struct sha256_digest site = sha256(str_from_c(said->site));
    struct buf out;

    buf_init(&out, FIXTURE_MAX);
    buf_add(&out, (struct str){ (const char *)site.bytes, SHA256_SIZE });
    add_number(&out, said->flags, 1);
    add_number(&out, said->count, 4);
    if (said->flags & AT) {
        buf_add(&out, STR("model of sixteen"));
        add_number(&out, said->id.n, 2);
        buf_add(&out, said->id);
        buf_add(&out, said->cose);
    }
    if (said->extensions)
        add_hex(&out, arena, said->extensions);
    return taken(&out, arena);
}

/* An attestation object; the statement in hexadecimal. */
static inline struct str attested(struct arena *arena, const char *format, struct str statement,
                                  struct str authenticator_data)
{
    struct buf out;

    buf_init(&out, FIXTURE_MAX);
    add_number(&out, 0xa3, 1);
    add_cbor_text(&out, STR("fmt"));
    add_cbor_text(&out, str_from_c(format));
    add_cbor_text(&out, STR("attStmt"));
    buf_add(&out, statement);
    add_cbor_text(&out, STR("authData"));
    add_cbor_bytes(&out, authenticator_data);
    return taken(&out, arena);
}

/* A statement of the format "packed" that the passkey's own key has signed. */
static inline struct str self_signed(struct arena *arena, enum cose_algorithm algorithm,
                                     struct str signature)
{
    struct buf out;

    buf_init(&out, FIXTURE_MAX);
    add_number(&out, 0xa2, 1);
    add_cbor_text(&out, STR("alg"));
    add_hex(&out, arena,
            algorithm == COSE_RS256   ? "390100"
            : algorithm == COSE_EDDSA ? "27"
                                      : "26");
    add_cbor_text(&out, STR("sig"));
    add_cbor_bytes(&out, signature);
    return taken(&out, arena);
}

/* What a browser says; `more` are further members, beginning with a comma. */
static inline struct str browser_said(struct arena *arena, const char *type, struct str challenge,
                                      const char *origin, const char *more)
{
    struct buf out;

    buf_init(&out, FIXTURE_MAX);
    buf_format(&out, "{\"type\":\"%s\",\"challenge\":\"", type);
    encode(BASE64URL, challenge, &out);
    buf_format(&out, "\",\"origin\":\"%s\"%s}", origin, more);
    return taken(&out, arena);
}

#endif
