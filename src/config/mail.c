/* What settings of mail must not be together. */
#include "config/setting.h"

/* A server on this machine, to which words go nowhere that others could read them. */
static bool is_here(struct str server)
{
    struct address address;

    return str_eq_c(server, "localhost") ||
           (address_parse(server, &address) && address_is_loopback(address));
}

static void object(const struct config *config, struct diags *diags, const char *expected,
                   const char *what)
{
    diags_add(diags, SEVERITY_ERROR, config_place(config, "mail"), str_from_c(expected), "%s",
              what);
}

void config_check_mail(const struct config *config, struct diags *diags)
{
    const struct config_mail *mail = &config->mail;

    if (mail->server.p && !mail->from.p)
        object(config, diags, "expected from \"office@example.org\" in the block",
               "mail with a 'server' needs the address that letters come 'from'");
    if (mail->password_file.p && mail->password_environment.p)
        object(config, diags, "expected one of them",
               "'password-file' and 'password-environment' both say where the password is");
    if (mail->user.p && !mail->password_file.p && !mail->password_environment.p)
        object(config, diags, "expected 'password-file' or 'password-environment'",
               "a 'user' needs a password");
    if (mail->user.p && mail->security == SECURITY_NONE && mail->server.p && !is_here(mail->server))
        object(config, diags, "expected security starttls or tls, or a server on this machine",
               "without security the password would go over the network for all to read");
}
