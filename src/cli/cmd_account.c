#include "account/values.h"
#include "cli/ask.h"
#include "cli/rows.h"

#define PAGE 500

static const struct column brief[] = {
    { "id", "account" },    { "state", "state" },         { "person", "person" },
    { "created", "since" }, { "addresses", "addresses" }, { NULL, NULL },
};

static const struct column whole[] = {
    { "id", "account" },
    { "state", "state" },
    { "person", "person" },
    { "created", "since" },
    { "addresses", "addresses" },
    { "password", "password" },
    { "second_step", "second step" },
    { "passkeys", "passkeys" },
    { "recovery_codes", "recovery codes" },
    { NULL, NULL },
};

/* ---- reading ---- */

static struct result read_all(struct store *store, struct arena *arena, struct value **ret)
{
    struct value *values = value_array(arena);
    struct account_id after = { 0 };
    struct account_list list;

    do {
        TRY(accounts_list(store, arena, after, PAGE, &list));
        for (size_t i = 0; i < list.count; i++) {
            struct value *value;

            TRY(account_whole_value(store, arena, &list.at[i], &value));
            value_push(arena, values, value);
            after = list.at[i].id;
        }
    } while (list.count == PAGE);
    *ret = values;
    return OK;
}

enum exit_code cmd_account_list(struct invocation *invocation)
{
    struct value *values = NULL;
    struct reading reading;
    enum exit_code code = reading_begin(invocation, &reading);

    if (code != EXIT_OK)
        return code;
    code = reading_end(invocation, &reading, read_all(reading.store, invocation->arena, &values));
    if (code == EXIT_OK)
        rows_show(invocation, values, brief, "there are no accounts");
    return code;
}

static struct result read_one(struct store *store, struct arena *arena, const char *given,
                              struct value **ret)
{
    struct account_id id;
    struct account account;

    if (str_to_int(str_from_c(given), 1, INT64_MAX, &id.n))
        TRY(account_load(store, arena, id, &account));
    else
        TRY(account_by_address(store, arena, str_from_c(given), &account));
    return account_whole_value(store, arena, &account, ret);
}

enum exit_code cmd_account_show(struct invocation *invocation)
{
    struct value *value = NULL;
    struct reading reading;
    enum exit_code code = reading_begin(invocation, &reading);

    if (code != EXIT_OK)
        return code;
    code = reading_end(invocation, &reading,
                       read_one(reading.store, invocation->arena, invocation->operands[0], &value));
    if (code == EXIT_OK)
        row_show(invocation, value, whole);
    return code;
}

/* ---- links ---- */

/* What to do with the link that an operation gave. */
static void show_link(const struct invocation *invocation, const struct value *output,
                      const char *says)
{
    struct output *out = &invocation->around->out;
    const struct value *link = value_get(output, "link");
    const struct value *until = value_get(output, "until");

    if (option_given(invocation, "json")) {
        output_json(out, output);
        return;
    }
    output_format(out, "%s, until %.*s:\n\n", says, STR_ARG(member_text(invocation->arena, until)));
    if (link && link->kind == VALUE_TEXT)
        output_format(out, "  %.*s\n", STR_ARG(link->text));
    else
        output_format(out, "  %.*s, at the address of the site\n",
                      STR_ARG(member_text(invocation->arena, value_get(output, "path"))));
}

enum exit_code cmd_account_create_administrator(struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct value *input = value_object(arena);
    struct value *output;
    enum exit_code code;

    if (!option_given(invocation, "name"))
        return complain_usage(invocation, "nobody is named: give --name NAME");
    value_set_text(arena, input, "address", str_from_c(invocation->operands[0]));
    set_option(invocation, input, "name", "name");
    code = ask(invocation, "account-create-administrator", input, &output);
    if (code != EXIT_OK)
        return code;
    show_link(
        invocation, output,
        str_to_c(arena, str_format(arena,
                                   "%.*s is an administrator. No letter was sent: open this"
                                   " link, or hand it on. It works once",
                                   STR_ARG(value_get(value_get(output, "person"), "name")->text))));
    return EXIT_OK;
}

enum exit_code cmd_account_invite(struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct value *input = value_object(arena);
    struct value *output;
    enum exit_code code;

    if (!set_operand(invocation, input, 0, "a person", "person"))
        return EXIT_USAGE;
    value_set_text(arena, input, "address", str_from_c(invocation->operands[1]));
    code = ask(invocation, "account-invite", input, &output);
    if (code == EXIT_OK)
        show_link(invocation, output, "A letter was written. This is its link, which works once");
    return code;
}

enum exit_code cmd_account_link(struct invocation *invocation)
{
    struct value *input = value_object(invocation->arena);
    struct value *output;
    enum exit_code code;

    set_account(invocation, input, invocation->operands[0]);
    code = ask(invocation, "account-link", input, &output);
    if (code == EXIT_OK)
        show_link(invocation, output,
                  "Whoever opens this link is signed in to the account. It works once");
    return code;
}

/* ---- changing ---- */

static enum exit_code block_or_not(struct invocation *invocation, const char *operation)
{
    struct value *input = value_object(invocation->arena);

    if (!option_given(invocation, "why"))
        return complain_usage(invocation, "no reason: give --why TEXT, which is told to the owner");
    set_account(invocation, input, invocation->operands[0]);
    set_option(invocation, input, "why", "why");
    return ask_and_show(invocation, operation, input, whole);
}

enum exit_code cmd_account_block(struct invocation *invocation)
{
    return block_or_not(invocation, "account-block");
}

enum exit_code cmd_account_unblock(struct invocation *invocation)
{
    return block_or_not(invocation, "account-unblock");
}

enum exit_code cmd_account_end_sessions(struct invocation *invocation)
{
    static const struct column columns[] = { { "account", "account" },
                                             { "ended", "sessions ended" },
                                             { NULL, NULL } };
    struct value *input = value_object(invocation->arena);

    set_account(invocation, input, invocation->operands[0]);
    return ask_and_show(invocation, "account-end-sessions", input, columns);
}
