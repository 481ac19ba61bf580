#include "account/sodium_ready.h"

#include <sodium.h>

#include "base/attr.h"

void sodium_ready(void)
{
    if (sodium_init() < 0)
        BUG("libsodium cannot be used on this machine");
}
