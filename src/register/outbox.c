#include "register/outbox.h"

#define DATA_MAX ((size_t)64 << 10) /* bytes */

const struct error OUTBOX_ADDRESS = {
    .name = "mail-address",
    .http_status = 422,
    .exit_code = EXIT_INPUT,
    .message = "this is no address to which mail can be sent",
};

static const char *const urgencies[] = {
    [LETTER_NOW] = "now",
    [LETTER_DIGEST] = "digest",
};

static struct datum about(struct person_id person)
{
    return person.n ? datum_int(person.n) : datum_null();
}

struct result outbox_add(struct store *store, struct arena *arena, const struct act *act,
                         const struct letter *letter)
{
    struct buf json;
    bool overflow;
    struct str data;

    if (!mail_address_is_valid(letter->to))
        return fail(&OUTBOX_ADDRESS);
    buf_init(&json, DATA_MAX);
    if (letter->data)
        value_write_json(letter->data, JSON_CANONICAL, &json);
    else
        buf_add_c(&json, "{}");
    overflow = json.overflow;
    data = buf_take(&json, arena);
    if (overflow)
        return fail(&ERROR_LIMIT);
    return store_run(store,
                     "INSERT INTO outbox (address, about, template, data, language, urgency,"
                     " added_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                     PARAMS(datum_text(letter->to), about(letter->about),
                            datum_text(str_from_c(letter->template)), datum_text(data),
                            datum_text(letter->language),
                            datum_text(str_from_c(urgencies[letter->urgency])),
                            datum_int(act->now)));
}
