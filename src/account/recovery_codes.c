#include "account/recovery_codes.h"

#include "hash/random.h"
#include "hash/secret.h"

#define LETTERS 16 /* of five bits each */
#define GROUP 4

/* Without I, L, O and U: the last is left out so that fewer words come out that offend. */
#define ALPHABET "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

static struct sha256_digest hash_letters(struct str salt, const char letters[LETTERS])
{
    CLEANUP(sha256_release) struct sha256 hash;

    BUG_IF(salt.n < RECOVERY_CODE_SALT_MIN);
    sha256_init(&hash);
    sha256_add(&hash, STR("assay recovery code"));
    sha256_add(&hash, (struct str){ letters, LETTERS });
    sha256_add(&hash, salt);
    return sha256_end(&hash);
}

static void make_code(struct str salt, struct recovery_code *ret)
{
    unsigned char random[LETTERS];
    char letters[LETTERS];
    char *at = ret->text;

    random_bytes(random, sizeof(random));
    for (size_t i = 0; i < LETTERS; i++) {
        letters[i] = ALPHABET[random[i] % 32]; /* 256 is a multiple of 32: each is as likely */
        if (i > 0 && i % GROUP == 0)
            *at++ = '-';
        *at++ = letters[i];
    }
    *at = '\0';
    ret->hash = hash_letters(salt, letters);
    secret_wipe(random, sizeof(random));
    secret_wipe(letters, sizeof(letters));
}

void recovery_codes_new(struct str salt, struct recovery_code codes[RECOVERY_CODE_COUNT])
{
    for (size_t i = 0; i < RECOVERY_CODE_COUNT; i++)
        make_code(salt, &codes[i]);
}

/* The letter that was meant. */
static char meant(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        return '0';
    if (c == 'I' || c == 'L')
        return '1';
    return c;
}

bool recovery_code_hash(struct str salt, struct str typed, struct sha256_digest *ret)
{
    char letters[LETTERS];
    size_t n = 0;
    size_t at;

    for (size_t i = 0; i < typed.n; i++) {
        char c = meant(typed.p[i]);

        if (c == '-' || c == ' ')
            continue;
        if (n == LETTERS || !str_find(STR(ALPHABET), c, &at))
            return false;
        letters[n++] = c;
    }
    if (n != LETTERS)
        return false;
    *ret = hash_letters(salt, letters);
    secret_wipe(letters, sizeof(letters));
    return true;
}
