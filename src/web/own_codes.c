/* Recovery codes: how many are left, new ones, and the new ones as a file. */
#include "account/recovery_codes.h"
#include "account/second_step.h"
#include "web/own.h"

#define PATH "/account/recovery-codes"

/* ---- the shape ---- */

static const struct shape_member members[] = {
    OWN_MEMBERS,
    { "left", &shape_int, false, "How many codes have not been used" },
    { "possible", &shape_bool, false,
      "Whether there is a passkey or an authenticator that they stand in for" },
    { "shown", &shape_bool, false, "Whether there are new recovery codes to be shown" },
    { "codes", &shape_texts, true, "New ones, shown this one time" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape own_codes_shape = { .kind = IS_OBJECT,
                                       .name = "OwnRecoveryCodes",
                                       .members = members };

const struct route_field own_codes_fields[] = {
    { "do", "renew: those of before are useless from then on", true, false },
    { 0 },
};

const struct route_field own_codes_file_fields[] = {
    { "code", "a recovery code; it is sent back, and stands on a line of the file", true, false },
    { 0 },
};

/* ---- the view ---- */

static struct result answer(struct call *call, struct str_list codes, struct value **ret)
{
    struct value *view;
    struct own own;

    TRY(own_begin(call, &own));
    view = own_view(&own);
    value_set_int(own.arena, view, "left", own.account.codes_left);
    value_set_bool(own.arena, view, "possible", own.account.has_totp || own.account.passkeys > 0);
    value_set_bool(own.arena, view, "shown", codes.count > 0);
    own_set_texts(&own, view, "codes", codes);
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

struct result own_codes_answer(struct call *call, struct value **ret)
{
    return answer(call, (struct str_list){ 0 }, ret);
}

/* ---- changing ---- */

static struct result renew(struct store *store, void *context)
{
    struct own_change *c = context;

    return recovery_codes_renew(store, c->call->arena, &c->act, c->account, &c->codes);
}

struct result own_codes_change(struct call *call, struct value **ret)
{
    static const struct own_deed deeds[] = { { "renew", renew, NULL, NULL } };
    struct own_change change;
    bool done;

    TRY(own_change_begin(call, PERMISSION_ACCOUNT_SECURE, &change));
    TRY(own_change_do(&change, deeds, ARRAY_LEN(deeds), PATH, &done));
    return answer(call, change.codes, ret);
}

/* ---- the file ---- */

/*
 * Codes are stored nowhere but as hashes, so the page that shows them sends them back to be made a
 * file of. Nothing but codes comes back.
 */
struct result own_codes_file(struct call *call, struct response *response)
{
    const struct form *form = call_form(call);
    struct sha256_digest unused;
    struct str salt = STR("of nobody, to look");
    struct buf out;

    buf_init(&out, (size_t)RECOVERY_CODE_COUNT * RECOVERY_CODE_TEXT_SIZE);
    for (size_t i = 0, count = 0; i < form->count && count < RECOVERY_CODE_COUNT; i++) {
        if (!str_eq_c(form->at[i].name, "code") || form->at[i].value.n >= RECOVERY_CODE_TEXT_SIZE ||
            !recovery_code_hash(salt, form->at[i].value, &unused))
            continue;
        buf_add(&out, form->at[i].value);
        buf_byte(&out, '\n');
        count++;
    }
    response_header(response, STR("Cache-Control"), STR("no-store"));
    response_header(response, STR("Content-Disposition"),
                    STR("attachment; filename=\"recovery-codes.txt\""));
    response_body(response, STR("text/plain; charset=utf-8"), buf_take(&out, call->arena));
    return OK;
}
