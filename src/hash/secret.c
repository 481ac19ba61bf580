#include "hash/secret.h"

#include <openssl/crypto.h>

bool secret_equal(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || CRYPTO_memcmp(a.p, b.p, a.n) == 0);
}

void secret_wipe(void *bytes, size_t count)
{
    OPENSSL_cleanse(bytes, count);
}
