/* One mail, from what it was made of to a server or a file. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/files.h"
#include "mail/mime.h"
#include "mail/parts.h"
#include "register/outbox.h"

static void end_with(struct attempt *attempt, enum attempt_end end, struct str answer)
{
    attempt->end = end;
    snprintf(attempt->answer, sizeof(attempt->answer), "%.*s", STR_ARG(answer));
}

/* The instant up to which a letter is of use, if it says so. */
static bool is_late(const struct mail_letter *letter, int64_t now)
{
    const struct value *until = value_get(letter->data, "until");
    struct instant_parts at;
    int32_t within; /* the day, in seconds */

    if (!until || until->kind != VALUE_TEXT || !instant_parse(until->text, &at))
        return false;
    within = (at.hour * 60 + at.minute) * 60 + at.second;
    return now / 1000000 >= (int64_t)at.on * 86400 + within;
}

/* The same for each attempt, and for no other mail of any installation, also where a database was
   set back to an earlier state. */
static struct str message_id(const struct mail_settings *settings, struct arena *arena, int64_t id,
                             int64_t leave_at)
{
    struct str local;
    struct str domain = str_split(settings->from, '@', &local);

    return str_format(arena, "%lld.%lld.%.*s@%.*s", (long long)id, (long long)leave_at,
                      STR_ARG(settings->installation), STR_ARG(domain));
}

static struct str make_message(const struct mail_settings *settings, struct arena *arena,
                               struct str to, int64_t id, int64_t leave_at,
                               const struct mail_words *words)
{
    const struct mime_message message = {
        .from_name = settings->from_name,
        .from = settings->from,
        .reply_to = settings->reply_to,
        .to = to,
        .id = message_id(settings, arena, id, leave_at),
        .date = leave_at,
        .subject = words->subject,
        .text = words->text,
        .html = words->html,
    };
    struct buf out;

    buf_init(&out, MIME_MAX);
    mime_write(&message, &out);
    if (out.overflow) {
        buf_release(&out);
        return STR_NONE;
    }
    return buf_take(&out, arena);
}

/* ---- files ---- */

/* Written anew it is the same file. */
static void file_it(const struct mail_settings *settings, struct arena *arena,
                    const struct claimed *claimed, struct str message, struct attempt *attempt)
{
    char at[INSTANT_SIZE];
    char digits[INSTANT_SIZE];
    size_t n = 0;
    const char *path;

    instant_utc(claimed->leave_at, at);
    for (const char *c = at; *c; c++) {
        if (*c != '-' && *c != ':')
            digits[n++] = *c;
    }
    digits[n] = '\0';
    path = str_to_c(arena, str_format(arena, "%s/%s-%lld.eml", settings->files, digits,
                                      (long long)claimed->id));
    if ((mkdir(settings->files, 0700) != 0 && errno != EEXIST) ||
        failed(file_write_private(path, message)))
        end_with(attempt, ATTEMPT_TROUBLE,
                 str_format(arena, "cannot write '%s': %s", path, strerror(errno)));
    else
        end_with(attempt, ATTEMPT_FILED, str_from_c(path));
}

/* ---- the server ---- */

static bool is_stopping(void *context)
{
    const struct mail *mail = context;

    return mail->jobs && jobs_stopping(mail->jobs);
}

static void send_it(struct mail *mail, const struct claimed *claimed, struct str message,
                    struct attempt *attempt)
{
    static const enum attempt_end ends[] = {
        [SMTP_TAKEN] = ATTEMPT_SENT,
        [SMTP_LATER] = ATTEMPT_LATER,
        [SMTP_REFUSED] = ATTEMPT_DEAD,
        [SMTP_TROUBLE] = ATTEMPT_TROUBLE,
    };
    struct smtp_outcome outcome;

    if (!mail->smtp)
        mail->smtp = smtp_new(mail->settings.server, is_stopping, mail);
    outcome = smtp_send(mail->smtp, mail->settings.from, claimed->to, message, &mail->arena);
    end_with(attempt, ends[outcome.end], outcome.answer);
}

/* ---- an attempt ---- */

void mail_attempt(struct mail *mail, const struct claimed *claimed, int64_t now,
                  struct attempt *ret)
{
    const struct mail_settings *settings = &mail->settings;
    struct attempt attempt = { .id = claimed->id, .attempts = claimed->attempts };
    struct arena *arena = &mail->arena;
    struct mail_words words = { 0 };
    struct result written;
    struct str message;

    if (!mail_address_is_valid(claimed->to)) {
        end_with(&attempt, ATTEMPT_DEAD, str_from_c(OUTBOX_ADDRESS.message));
    } else if (claimed->count == 1 && is_late(&claimed->letters[0], now)) {
        end_with(&attempt, ATTEMPT_DEAD, STR("what it says is over; it could not leave in time"));
    } else if (failed(written = settings->write(settings->context, arena, claimed->letters,
                                                claimed->count, &words))) {
        end_with(&attempt, ATTEMPT_DEAD,
                 str_format(arena, "it cannot be written: %s", written.error->message));
    } else {
        message =
            make_message(settings, arena, claimed->to, claimed->id, claimed->leave_at, &words);
        if (!message.p)
            end_with(&attempt, ATTEMPT_DEAD, str_from_c(ERROR_LIMIT.message));
        else if (mail_is_filed(settings))
            file_it(settings, arena, claimed, message, &attempt);
        else
            send_it(mail, claimed, message, &attempt);
    }
    *ret = attempt;
}

bool mail_is_filed(const struct mail_settings *settings)
{
    return !settings->server;
}

struct smtp_outcome mail_test(const struct mail_settings *settings, struct str to, int64_t now,
                              struct arena *arena)
{
    const struct mail_words words = {
        .subject = STR("Test of mail"),
        .text = STR("Somebody who looks after this installation of Assay sent this letter to see "
                    "whether\nits mail arrives. It does. There is nothing for you to do.\n"),
        .html =
            STR("<!doctype html>\n<title>Test of mail</title>\n<p>Somebody who looks after this "
                "installation of Assay sent this letter to see whether its mail arrives. It "
                "does. There is nothing for you to do.</p>\n"),
    };
    struct str message = make_message(settings, arena, to, 0, now, &words);
    struct smtp *smtp = smtp_new(settings->server, NULL, NULL);
    struct smtp_outcome outcome = smtp_send(smtp, settings->from, to, message, arena);

    smtp_free(smtp);
    return outcome;
}
