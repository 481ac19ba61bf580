#include "account/values.h"
#include "cli/ask.h"
#include "cli/rows.h"

#define PAGE 500

static const struct column columns[] = {
    { "id", "token" },      { "name", "name" },
    { "person", "person" }, { "organisation", "organisation" },
    { "scopes", "scopes" }, { "last", "last" },
    { "used", "used" },     { "revoked", "revoked" },
    { NULL, NULL },
};

static const struct column one[] = { { "token", "revoked" }, { NULL, NULL } };

static struct result read_all(struct store *store, struct arena *arena, struct person_id person,
                              struct value **ret)
{
    struct value *values = value_array(arena);
    struct api_token_list list;
    int64_t after = 0;

    do {
        TRY(api_tokens_list(store, arena, after, PAGE, &list));
        for (size_t i = 0; i < list.count; i++) {
            struct value *value;

            after = list.at[i].id;
            if (person.n && list.at[i].person.n != person.n)
                continue;
            TRY(api_token_value(store, arena, &list.at[i], &value));
            value_push(arena, values, value);
        }
    } while (list.count == PAGE);
    *ret = values;
    return OK;
}

enum exit_code cmd_token_list(struct invocation *invocation)
{
    struct person_id person = { 0 };
    struct value *values = NULL;
    struct reading reading;
    enum exit_code code;

    if (!option_number(invocation, "person", &person.n))
        return EXIT_USAGE;
    code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    code = reading_end(invocation, &reading,
                       read_all(reading.store, invocation->arena, person, &values));
    if (code == EXIT_OK)
        rows_show(invocation, values, columns, "there are no tokens");
    return code;
}

enum exit_code cmd_token_revoke(struct invocation *invocation)
{
    struct value *input = value_object(invocation->arena);

    if (!set_operand(invocation, input, 0, "a token", "token"))
        return EXIT_USAGE;
    return ask_and_show(invocation, "token-revoke", input, one);
}
