#include "account/client_data.h"

#include "account/passkey_error.h"
#include "hash/encode.h"
#include "hash/secret.h"
#include "json/read.h"

/* Far more than browsers write: two addresses and a challenge. */
static const struct json_limits LIMITS = { .bytes = 8192, .depth = 4, .values = 64 };

static bool get_text(const struct value *object, const char *key, struct str *ret)
{
    const struct value *member = value_get(object, key);

    if (!member || member->kind != VALUE_TEXT)
        return false;
    *ret = member->text;
    return true;
}

/* Whether the page was shown within one of another site: what then looks like ours may be a trap.
   Older browsers leave the member out. */
static struct result check_frame(const struct value *data)
{
    const struct value *crossing = value_get(data, "crossOrigin");

    if (crossing && crossing->kind != VALUE_BOOL)
        return fail(&PASSKEY_CLIENT_DATA);
    if ((crossing && crossing->boolean) || value_get(data, "topOrigin"))
        return fail(&PASSKEY_FRAMED);
    return OK;
}

struct result client_data_check(struct arena *arena, struct str json,
                                const struct client_data_expected *expected)
{
    struct json_fault fault;
    struct value *data;
    struct str type;
    struct str challenge;
    struct str origin;

    if (failed(json_read(arena, json, &LIMITS, &fault, &data)) || data->kind != VALUE_OBJECT ||
        !get_text(data, "type", &type) || !get_text(data, "challenge", &challenge) ||
        !get_text(data, "origin", &origin) || !decode(BASE64URL, challenge, arena, &challenge))
        return fail(&PASSKEY_CLIENT_DATA);
    if (!str_eq(type, expected->type))
        return fail(&PASSKEY_TYPE);
    if (!secret_equal(challenge, expected->challenge))
        return fail(&PASSKEY_CHALLENGE);
    if (!str_list_has(expected->origins, origin))
        return fail(&PASSKEY_ORIGIN);
    return check_frame(data);
}
