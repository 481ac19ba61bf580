#include "cli/ask.h"
#include "cli/rows.h"
#include "instance/mail_settings.h"
#include "register/outbox.h"

#define LIST_MAX 1000

static const struct column columns[] = {
    { "mail", "mail" },        { "state", "state" },    { "to", "to" },
    { "template", "letter" },  { "leave_at", "since" }, { "attempts", "tries" },
    { "next_at", "next try" }, { "answer", "answer" },  { NULL, NULL },
};

static const struct column whole[] = {
    { "mail", "mail" },
    { "state", "state" },
    { "to", "to" },
    { "digest", "digest" },
    { "leave_at", "since" },
    { "attempts", "tries" },
    { "next_at", "next try" },
    { "answer", "answer" },
    { "ended_at", "ended" },
    { NULL, NULL },
};

static const struct column letter_columns[] = {
    { "template", "letter" },
    { "added_at", "asked for" },
    { "language", "language" },
    { NULL, NULL },
};

/* Where letters are files, whoever looks at them is told. */
static void tell_where(const struct invocation *invocation, const struct config *config)
{
    if (!config->mail.server.p)
        output_format(&invocation->around->err,
                      "assay mail: no mail server is set up: letters are files in '%s'\n",
                      instance_path(invocation->arena, config, MAIL_FILES));
}

static bool is_state(struct str word)
{
    static const char *const states[] = {
        "waiting", "claimed", "sent", "filed", "dead", "dropped"
    };

    for (size_t i = 0; i < ARRAY_LEN(states); i++) {
        if (str_eq_c(word, states[i]))
            return true;
    }
    return false;
}

enum exit_code cmd_mail_list(struct invocation *invocation)
{
    struct str state = str_from_c(option_value(invocation, "state"));
    struct value *view = NULL;
    struct reading reading;
    enum exit_code code;

    if (state.p && !is_state(state))
        return complain_usage(invocation,
                              "option '--state' expects waiting, claimed, sent, filed, dead or "
                              "dropped, but got '%.*s'",
                              STR_ARG(state));
    code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    tell_where(invocation, &reading.installation.config);
    code = reading_end(invocation, &reading,
                       mail_list(reading.store, invocation->arena, state, LIST_MAX, &view));
    if (code != EXIT_OK)
        return code;
    rows_show(invocation, value_get(view, "mails"), columns, "there are no such letters");
    return EXIT_OK;
}

enum exit_code cmd_mail_show(struct invocation *invocation)
{
    struct value *view = NULL;
    struct reading reading;
    struct mail_id id;
    enum exit_code code;

    if (!operand_number(invocation, 0, "a mail", &id.n))
        return EXIT_USAGE;
    code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    code =
        reading_end(invocation, &reading, mail_show(reading.store, invocation->arena, id, &view));
    if (code != EXIT_OK)
        return code;
    row_show(invocation, view, whole);
    if (!option_given(invocation, "json")) {
        output_line(&invocation->around->out);
        rows_show(invocation, value_get(view, "letters"), letter_columns, "");
    }
    return EXIT_OK;
}

/* ---- changes ---- */

enum exit_code cmd_mail_retry(struct invocation *invocation)
{
    static const struct column retried[] = { { "retried", "tried again" }, { NULL, NULL } };
    struct value *input = value_object(invocation->arena);
    bool all = option_given(invocation, "all");

    if (all == (invocation->operand_count > 0))
        return complain_usage(invocation, "give the number of a mail, or --all for all dead ones");
    if (all)
        value_set_bool(invocation->arena, input, "all", true);
    else if (!set_operand(invocation, input, 0, "a mail", "mail"))
        return EXIT_USAGE;
    return ask_and_show(invocation, "mail-retry", input, retried);
}

enum exit_code cmd_mail_drop(struct invocation *invocation)
{
    static const struct column dropped[] = { { "dropped", "dropped" }, { NULL, NULL } };
    struct value *input = value_object(invocation->arena);

    if (!set_operand(invocation, input, 0, "a mail", "mail"))
        return EXIT_USAGE;
    return ask_and_show(invocation, "mail-drop", input, dropped);
}

/* ---- trying it out ---- */

enum exit_code cmd_mail_test(struct invocation *invocation)
{
    struct surroundings *around = invocation->around;
    struct str to = str_from_c(invocation->operands[0]);
    struct installation installation;
    struct mail_settings settings;
    struct smtp_outcome outcome;
    struct str message = STR_NONE;
    struct result result;
    enum exit_code code;

    if (!mail_address_is_valid(to))
        return complain_usage(invocation, "'%.*s' is no mail address", STR_ARG(to));
    code = installation_read_well(invocation, &installation);
    if (code != EXIT_OK)
        return code;
    tell_where(invocation, &installation.config);
    if (!installation.config.mail.server.p)
        return EXIT_NO;
    result = mail_settings_read(&installation.config, STR("test"), STR("http://localhost"),
                                invocation->arena, &settings, &message);
    if (failed(result)) {
        complain(invocation, "%.*s", STR_ARG(message));
        return result.error->exit_code;
    }
    outcome = mail_test(&settings, to, around->now, invocation->arena);
    output_format(&around->out, "%s:%lld: %.*s\n", settings.server->server,
                  (long long)settings.server->port, STR_ARG(outcome.answer));
    if (outcome.end != SMTP_TAKEN)
        complain(invocation, "%s",
                 outcome.end == SMTP_TROUBLE ? "no letter can leave like this"
                                             : "the server did not take this letter");
    return outcome.end == SMTP_TAKEN ? EXIT_OK : EXIT_NO;
}
