/*
 * letters.h - the words of letters: templates/mail/NAME.txt and NAME.html over the data that an
 * operation gave (register/outbox.h).
 *
 * The first line of NAME.txt is the subject, the rest the plain text; NAME.html is what stands in
 * the page of mail/layout.html. Several letters of one address make a digest, whose subject is
 * mail/digest.txt.
 */
#ifndef ASSAY_WEB_LETTERS_H
#define ASSAY_WEB_LETTERS_H

#include "base/diag.h"
#include "mail/mail.h"
#include "scheme/scheme.h"

struct letters;

extern const struct error LETTER_TEMPLATE, /* there is no such template; a later version's? */
    LETTER_DATA;                           /* what it is to say is missing */

/* ERROR_INPUT, with diags, when a template has a fault. */
RESULT letters_new(struct diags *diags, struct letters **ret);
void letters_free(struct letters *letters); /* NULL: nothing */

/* What letters say of the installation. */
struct letters_site {
    const struct scheme *scheme;
    struct str base; /* "https://standards.example.org", without a '/' at its end */
};

/* From any thread. `drift` is for tests, as in mustache.h; NULL otherwise. LETTER_TEMPLATE,
   LETTER_DATA, ERROR_LIMIT. */
RESULT letters_write(const struct letters *letters, const struct letters_site *site,
                     struct arena *arena, const struct mail_letter *at, size_t count,
                     struct diags *drift, struct mail_words *ret);

/* The names of all letters that there are. */
struct str_list letters_names(struct arena *arena);

#endif
