/*
 * common_passwords.h - the passwords that most people have, which are tried first.
 *
 * The list is passwords/common.txt, made by tools/common-passwords: those of at least
 * PASSWORD_POINTS_MIN characters out of the 30,000 most used, in small letters, one a line.
 */
#ifndef ASSAY_ACCOUNT_COMMON_PASSWORDS_H
#define ASSAY_ACCOUNT_COMMON_PASSWORDS_H

#include <stdbool.h>

#include "base/str.h"

/* Whether the list has this password; its capitals of ASCII must have been made small. */
bool common_passwords_has(struct str password);

#endif
