/*
 * mail_settings.h - how an installation sends its letters, from its configuration.
 */
#ifndef ASSAY_INSTANCE_MAIL_SETTINGS_H
#define ASSAY_INSTANCE_MAIL_SETTINGS_H

#include "config/config.h"
#include "mail/mail.h"

/*
 * Reads the password from where the configuration says. The settings and their texts are in the
 * arena, which outlives them; `write` and `context` are left to be set. `installation` is the id of
 * the installation, `base` the address of its pages, whose host stands in From where none is set.
 * ERROR_READ, with what is wrong and what to do in *ret_message.
 */
RESULT mail_settings_read(const struct config *config, struct str installation, struct str base,
                          struct arena *arena, struct mail_settings *ret, struct str *ret_message);

#endif
