/*
 * mail.h - letters on their way: from the rows of the outbox (register/outbox.h) to a mail server,
 * or to files where there is none.
 *
 * 1. A consumer of the journal gives each letter that was asked for a mail to leave with: one of
 *    its own, or the next digest to that address, of which there is one a day at most.
 * 2. An errand takes the mails that are due one after the other: it claims one, sends it, notes how
 *    that ended, and claims the next. Nothing is sent that was not claimed before.
 * 3. What the server refuses for good is dead, and so is what could not be sent in about three
 *    days; it stays, with the reason, until somebody tries it again or drops it. What a letter was
 *    made of is deleted once it has left: it may hold links with their secrets.
 *
 * A mail is sent twice only if the process ends, or the connection breaks, after the server has
 * taken it and before that was noted. Both have the same Message-ID then.
 */
#ifndef ASSAY_MAIL_MAIL_H
#define ASSAY_MAIL_MAIL_H

#include "base/value.h"
#include "jobs/jobs.h"
#include "mail/smtp.h"
#include "register/act.h"

#define MAIL_FILES "outbox" /* the folder within that of the installation */

struct mail_id {
    int64_t n;
};

/* A letter as it was asked for. */
struct mail_letter {
    struct str template;
    const struct value *data;
    struct str language; /* STR_NONE: that of the scheme */
    int64_t added;
};

/* What a mail says. In the arena that the writer of words was given. */
struct mail_words {
    struct str subject;
    struct str text;
    struct str html;
};

struct mail_settings {
    const struct smtp_settings *server; /* NULL: letters become files */
    const char *files;                  /* their folder, made when it is needed */
    struct str from_name;
    struct str from;
    struct str reply_to;     /* STR_NONE: none */
    struct str installation; /* makes Message-IDs unlike those of any other */
    int digest_hour;         /* in the installation's zone */
    /* Writes what one letter, or a digest of several, says. Called on the errand's thread. A
       failure makes the mail dead, with the message of the error. */
    struct result (*write)(void *context, struct arena *arena, const struct mail_letter *letters,
                           size_t count, struct mail_words *ret);
    void *context;
};

struct mail;

struct mail *mail_new(const struct mail_settings *settings); /* copied; what it points at is not */
void mail_free(struct mail *mail);                           /* NULL: nothing */

/* For the tables of jobs. */
struct consumer mail_consumer(struct mail *mail);
struct errand mail_errand(struct mail *mail);

/* For a timer once a day: deletes what left, or was given up, MAIL_KEPT ago. */
#define MAIL_KEPT (90 * INT64_C(86400000000))
RESULT mail_purge(const struct job_call *call, int64_t subject, int64_t due, bool *ret_more);

/* For Prometheus. */
void mail_write_metrics(const struct mail *mail, struct buf *out);

/* ---- for those who look after it ---- */

extern const struct error MAIL_UNKNOWN; /* 404: there is no such mail */
extern const struct error MAIL_LEFT;    /* 409: it has left, or is about to */

/* The latest first, at most `max`; `state` is one of waiting, claimed, sent, filed, dead, dropped,
   or STR_NONE for all. {"counts": {"waiting": n, ...}, "mails": [...]} */
RESULT mail_list(struct store *store, struct arena *arena, struct str state, int64_t max,
                 struct value **ret_view);

/* One, with its letters and what they are made of; paths of links are left out. MAIL_UNKNOWN. */
RESULT mail_show(struct store *store, struct arena *arena, struct mail_id id,
                 struct value **ret_view);

/* Operations. A dead or waiting mail is due at once, as if it had not been tried; or is given up,
   and what it was made of deleted. MAIL_UNKNOWN, MAIL_LEFT. */
RESULT mail_retry(struct store *store, struct arena *arena, const struct act *act,
                  struct mail_id id);
RESULT mail_drop(struct store *store, struct arena *arena, const struct act *act,
                 struct mail_id id);

/* Retries all that are dead. */
RESULT mail_retry_dead(struct store *store, struct arena *arena, const struct act *act,
                       int64_t *ret_count);

/* Whether letters are files for want of a server; for pages and the command line to say. */
bool mail_is_filed(const struct mail_settings *settings);

/* ---- at once ---- */

/* Sends a letter of a few words to an address, without a row, and gives what the server said. */
struct smtp_outcome mail_test(const struct mail_settings *settings, struct str to, int64_t now,
                              struct arena *arena);

#endif
