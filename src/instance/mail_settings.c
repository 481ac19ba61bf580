#include "instance/mail_settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "instance/instance.h"

#define PASSWORD_FILE_MAX ((size_t)4096)

static const char *text_or_null(struct arena *arena, struct str text)
{
    return text.p ? str_to_c(arena, text) : NULL;
}

static int64_t port_of(const struct config_mail *mail)
{
    static const int64_t usual[] = {
        [SECURITY_STARTTLS] = 587,
        [SECURITY_TLS] = 465,
        [SECURITY_NONE] = 25,
    };

    return mail->port ? mail->port : usual[mail->security];
}

/* The first line, without the end of it. */
static struct result password_of_file(struct arena *arena, const char *path, const char **ret,
                                      struct str *ret_message)
{
    struct str content;
    struct str line;

    if (failed(file_read(arena, path, PASSWORD_FILE_MAX, &content))) {
        *ret_message = str_format(arena,
                                  "cannot read '%s', which 'password-file' in the block of mail "
                                  "names: %s",
                                  path, strerror(errno));
        return fail(&ERROR_READ);
    }
    str_split(content, '\n', &line);
    *ret = str_to_c(arena, str_trim(line));
    return OK;
}

static struct result password_of(const struct config_mail *mail, struct arena *arena,
                                 const char **ret, struct str *ret_message)
{
    *ret = NULL;
    if (mail->password_file.p)
        return password_of_file(arena, str_to_c(arena, mail->password_file), ret, ret_message);
    if (!mail->password_environment.p)
        return OK;
    *ret = getenv(str_to_c(arena, mail->password_environment));
    if (*ret)
        return OK;
    *ret_message = str_format(arena,
                              "the environment has no %.*s, which 'password-environment' in the "
                              "block of mail names",
                              STR_ARG(mail->password_environment));
    return fail(&ERROR_READ);
}

static struct result server_of(const struct config_mail *mail, struct arena *arena,
                               const struct smtp_settings **ret, struct str *ret_message)
{
    static const enum smtp_security securities[] = {
        [SECURITY_STARTTLS] = SMTP_STARTTLS,
        [SECURITY_TLS] = SMTP_TLS,
        [SECURITY_NONE] = SMTP_PLAIN,
    };
    struct smtp_settings *server = ARENA_NEW(arena, struct smtp_settings);

    *server = (struct smtp_settings){
        .server = str_to_c(arena, mail->server),
        .port = port_of(mail),
        .security = securities[mail->security],
        .user = text_or_null(arena, mail->user),
        .certificates = text_or_null(arena, mail->certificates),
        .patience_ms = mail->patience,
    };
    TRY(password_of(mail, arena, &server->password, ret_message));
    *ret = server;
    return OK;
}

/* Of files alone, which nobody answers: "noreply@HOST". */
static struct str usual_from(struct arena *arena, struct str base)
{
    struct str host;
    size_t at;

    while (str_find(base, '/', &at))
        base = str_drop(base, at + 1);
    str_split(base, ':', &host);
    return str_format(arena, "noreply@%.*s", STR_ARG(host));
}

struct result mail_settings_read(const struct config *config, struct str installation,
                                 struct str base, struct arena *arena, struct mail_settings *ret,
                                 struct str *ret_message)
{
    const struct config_mail *mail = &config->mail;
    struct mail_settings settings = {
        .files = instance_path(arena, config, MAIL_FILES),
        .from = mail->from.p ? mail->from : usual_from(arena, base),
        .from_name = mail->name,
        .reply_to = mail->reply_to,
        .installation = installation,
        .digest_hour = (int)mail->digest_hour,
    };

    if (mail->server.p)
        TRY(server_of(mail, arena, &settings.server, ret_message));
    *ret = settings;
    return OK;
}
