#include "account/password.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "account/common_passwords.h"
#include "account/sodium_ready.h"
#include "hash/secret.h"

#define REFUSED(name, message)                                                                     \
    {                                                                                              \
        "password-" name, 422, EXIT_INPUT, message                                                 \
    }

const struct error PASSWORD_NOT_TEXT =
    REFUSED("not-text", "the password holds bytes that are no characters");
const struct error PASSWORD_TOO_SHORT =
    REFUSED("too-short", "the password is shorter than 8 characters; a few words make a good one");
const struct error PASSWORD_TOO_LONG =
    REFUSED("too-long", "the password is longer than 200 characters");
const struct error PASSWORD_COMMON =
    REFUSED("common", "many people have this password, so it would be tried first; choose another");
const struct error PASSWORD_OWN_WORDS =
    REFUSED("own-words",
            "the password is an address or a name, so it would be tried first; choose another");
const struct error PASSWORD_BUSY = { "password-busy", 503, EXIT_SYSTEM,
                                     "the server is short of memory; please try again shortly" };

#define FOLDED_MAX (4 * PASSWORD_POINTS_MAX)

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether two texts are equal but for capitals of ASCII. */
static bool same(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

/* One character over and over; the list has only some of those. */
static bool is_one_character(struct str password)
{
    size_t length = str_code_point(password, NULL);
    struct str first = str_take(password, length);

    for (struct str rest = password; rest.n > 0; rest = str_drop(rest, length))
        if (!str_starts(rest, first))
            return false;
    return true;
}

static bool is_common(struct str password)
{
    char folded[FOLDED_MAX];
    bool common;

    for (size_t i = 0; i < password.n; i++)
        folded[i] = lower(password.p[i]);
    common = is_one_character(password) || common_passwords_has((struct str){ folded, password.n });
    secret_wipe(folded, password.n);
    return common;
}

struct result password_check(struct str password, struct str_list own)
{
    size_t points = str_code_points(password);

    if (!str_is_utf8(password, NULL))
        return fail(&PASSWORD_NOT_TEXT);
    if (points < PASSWORD_POINTS_MIN)
        return fail(&PASSWORD_TOO_SHORT);
    if (points > PASSWORD_POINTS_MAX)
        return fail(&PASSWORD_TOO_LONG);
    for (size_t i = 0; i < own.count; i++)
        if (same(password, own.at[i]))
            return fail(&PASSWORD_OWN_WORDS);
    return is_common(password) ? fail(&PASSWORD_COMMON) : OK;
}

struct result password_hash(struct arena *arena, struct str password, struct str *ret)
{
    char kept[crypto_pwhash_STRBYTES];

    sodium_ready();
    if (crypto_pwhash_str_alg(kept, password.p, password.n, PASSWORD_PASSES, PASSWORD_MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(&PASSWORD_BUSY);
    *ret = str_copy(arena, str_from_c(kept));
    return OK;
}

/* The work of one comparison, with nothing to compare. */
static struct result work_for_nothing(struct str password)
{
    static const unsigned char salt[crypto_pwhash_SALTBYTES];
    unsigned char out[crypto_pwhash_BYTES_MIN];

    if (crypto_pwhash(out, sizeof(out), password.p, password.n, salt, PASSWORD_PASSES,
                      PASSWORD_MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(&PASSWORD_BUSY);
    return OK;
}

/* libsodium reads what is kept up to a NUL. What does not fit was not made by password_hash. */
static bool terminate(struct str kept, char ret[crypto_pwhash_STRBYTES])
{
    if (kept.n >= crypto_pwhash_STRBYTES)
        return false;
    memset(ret, 0, crypto_pwhash_STRBYTES);
    memcpy(ret, kept.p, kept.n);
    return true;
}

struct result password_verify(struct str password, struct str kept, bool *ret)
{
    char text[crypto_pwhash_STRBYTES];
    bool fits;

    sodium_ready();
    if (kept.n == 0 || !terminate(kept, text)) {
        TRY(work_for_nothing(password));
        *ret = false;
        return OK;
    }
    errno = 0;
    fits = crypto_pwhash_str_verify(text, password.p, password.n) == 0;
    if (!fits && errno == ENOMEM)
        return fail(&PASSWORD_BUSY);
    *ret = fits;
    return OK;
}

bool password_is_old(struct str kept)
{
    char text[crypto_pwhash_STRBYTES];

    sodium_ready();
    return !terminate(kept, text) ||
           crypto_pwhash_str_needs_rehash(text, PASSWORD_PASSES, PASSWORD_MEMORY) != 0;
}
