/*
 * outbox.h - mail that an operation asks for: a row in its own transaction, so that there is a
 * letter exactly where there was a change. The room mail delivers what stands here.
 */
#ifndef ASSAY_REGISTER_OUTBOX_H
#define ASSAY_REGISTER_OUTBOX_H

#include <stdint.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"
#include "register/act.h"
#include "store/store.h"

enum letter_urgency {
    LETTER_NOW,    /* links and warnings: each by itself */
    LETTER_DIGEST, /* news: joined with others of the day, one mail a day at most */
};

struct letter {
    struct str to;            /* an address that mail_address_is_valid takes */
    struct person_id about;   /* whose history shows it; n 0: nobody's */
    const char *template;     /* NAME of templates/mail/NAME.txt and .html */
    const struct value *data; /* an object; NULL: an empty one */
    struct str language;      /* STR_NONE: that of the scheme */
    enum letter_urgency urgency;
};

/* Whether a text is one mail address that may stand in a header and in SMTP's commands: at most 254
   bytes, one '@' outside quotes, no white space, no control characters. */
bool mail_address_is_valid(struct str address);

extern const struct error OUTBOX_ADDRESS; /* 422: what is no mail address */

/*
 * Within the operation that the letter tells of, which appends its entry to the journal: letters
 * leave when the journal has grown. Links in `data` hold their secrets, so they are
 * deleted once the letter has left. Where `data` has `until`, an instant such as 2026-11-24T00:15Z,
 * the letter leaves before it or not at all. OUTBOX_ADDRESS; ERROR_LIMIT for data of more than
 * 64 KiB.
 */
RESULT outbox_add(struct store *store, struct arena *arena, const struct act *act,
                  const struct letter *letter);

#endif
