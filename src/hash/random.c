#include "hash/random.h"

#include <errno.h>
#include <sys/random.h>

#include "base/attr.h"

void random_bytes(void *out, size_t bytes)
{
    char *at = out;

    while (bytes > 0) {
        ssize_t got = getrandom(at, bytes, 0);

        if (got < 0 && errno != EINTR)
            BUG("the system gives no random bytes (errno %d)", errno);
        if (got > 0) {
            at += got;
            bytes -= (size_t)got;
        }
    }
}
