#include "account/common_passwords.h"

#include "base/embedded.h"

extern const struct embedded_file account_passwords[];
extern const size_t account_passwords_count;

/* From the front: what is most used stands there, and hashing what is not takes a thousand times as
   long as reading it all. */
bool common_passwords_has(struct str password)
{
    struct str rest;
    struct str line;

    BUG_IF(account_passwords_count != 1);
    rest = (struct str){ account_passwords[0].bytes, account_passwords[0].size };
    while (rest.n > 0) {
        rest = str_split(rest, '\n', &line);
        if (str_eq(line, password))
            return true;
    }
    return false;
}
