#include "authenticator.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "unit.h"

const char *authenticator_code(struct arena *arena, struct str secret, int64_t now)
{
    uint64_t count = (uint64_t)(now / 30000000);
    unsigned char message[8];
    unsigned char mac[20];
    uint32_t number = 0;

    for (int i = 0; i < 8; i++)
        message[i] = (unsigned char)(count >> (56 - 8 * i));
    assert_non_null(HMAC(EVP_sha1(), secret.p, (int)secret.n, message, sizeof(message), mac, NULL));
    for (size_t i = 0; i < 4; i++)
        number = number << 8 | mac[(size_t)(mac[19] & 15) + i];
    return str_format(arena, "%06u", (number & 0x7fffffff) % 1000000).p;
}
