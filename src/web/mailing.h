/*
 * mailing.h - what a serving process does by itself (instance/work.h), with the words of its
 * letters.
 */
#ifndef ASSAY_WEB_MAILING_H
#define ASSAY_WEB_MAILING_H

#include "instance/work.h"
#include "web/letters.h"
#include "web/site.h"

struct mailing {
    struct letters *letters;
    struct site *site;
    struct str base;
    struct work *work;
};

/*
 * Starts it. All that is given outlives it, `ret` stays where it is, and mailing_stop ends it also
 * where this failed. On failure *ret_message, in the arena, says what is wrong and what to do.
 */
RESULT mailing_start(struct instance *instance, struct site *site, struct str base,
                     struct arena *arena, struct mailing *ret, struct str *ret_message);
void mailing_stop(struct mailing *mailing); /* also one that is all zeros */

/* Where letters are kept as files; STR_NONE where they are sent. In the arena. */
struct str mailing_folder(struct arena *arena, const struct config *config);

#endif
