#include "account/authenticator_data.h"

#include "account/cbor.h"
#include "account/passkey_error.h"
#include "hash/sha256.h"

/* Bits of the flags; the two others are reserved, and ignored as the standard asks. */
#define FLAG_USER_PRESENT 0x01
#define FLAG_USER_VERIFIED 0x04
#define FLAG_BACKUP_ELIGIBLE 0x08
#define FLAG_BACKED_UP 0x10
#define FLAG_CREDENTIAL 0x40
#define FLAG_EXTENSIONS 0x80

#define COUNT_SIZE 4
#define ID_LENGTH_SIZE 2
#define ID_LENGTH_MAX 1023

/* Takes bytes off the front. */
static bool take(struct str *rest, size_t n, struct str *ret)
{
    if (rest->n < n)
        return false;
    *ret = str_take(*rest, n);
    *rest = str_drop(*rest, n);
    return true;
}

/* Takes a number, the highest byte first. */
static bool take_number(struct str *rest, size_t size, uint32_t *ret)
{
    struct str bytes;
    uint32_t number = 0;

    if (!take(rest, size, &bytes))
        return false;
    for (size_t i = 0; i < size; i++)
        number = number << 8 | (uint8_t)bytes.p[i];
    *ret = number;
    return true;
}

static struct result take_credential(struct str *rest, struct authenticator_data *data)
{
    struct str after;
    uint32_t length;

    if (!take(rest, AAGUID_SIZE, &data->aaguid) || !take_number(rest, ID_LENGTH_SIZE, &length))
        return fail(&PASSKEY_AUTHENTICATOR_DATA);
    if (length == 0 || length > ID_LENGTH_MAX)
        return fail(&PASSKEY_ID);
    if (!take(rest, length, &data->credential_id))
        return fail(&PASSKEY_AUTHENTICATOR_DATA);
    TRY(cose_read_first(*rest, &data->key, &after));
    data->public_key = str_take(*rest, rest->n - after.n);
    *rest = after;
    return OK;
}

struct result authenticator_data_read(struct str bytes, struct authenticator_data *ret)
{
    struct authenticator_data data = { .sign_count = 0 };
    struct str rest = bytes;
    struct cbor_item extensions;
    uint32_t flags;

    if (!take(&rest, SHA256_SIZE, &data.site_hash) || !take_number(&rest, 1, &flags) ||
        !take_number(&rest, COUNT_SIZE, &data.sign_count))
        return fail(&PASSKEY_AUTHENTICATOR_DATA);
    data.user_present = flags & FLAG_USER_PRESENT;
    data.user_verified = flags & FLAG_USER_VERIFIED;
    data.backup_eligible = flags & FLAG_BACKUP_ELIGIBLE;
    data.backed_up = flags & FLAG_BACKED_UP;
    data.has_credential = flags & FLAG_CREDENTIAL;
    if (data.backed_up && !data.backup_eligible)
        return fail(&PASSKEY_BACKUP);
    if (data.has_credential)
        TRY(take_credential(&rest, &data));
    if (flags & FLAG_EXTENSIONS) {
        if (failed(cbor_read_first(rest, &extensions, &rest)) || extensions.kind != CBOR_MAP)
            return fail(&PASSKEY_AUTHENTICATOR_DATA);
    }
    if (rest.n > 0)
        return fail(&PASSKEY_AUTHENTICATOR_DATA);
    *ret = data;
    return OK;
}
