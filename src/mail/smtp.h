/*
 * smtp.h - one connection to a mail server, over which letters are handed over one after the other.
 */
#ifndef ASSAY_MAIL_SMTP_H
#define ASSAY_MAIL_SMTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum smtp_security {
    SMTP_STARTTLS, /* encrypted before anything is said; refused where the server cannot */
    SMTP_TLS,      /* from the first byte */
    SMTP_PLAIN,    /* for a server on this machine */
};

struct smtp_settings {
    const char *server;
    int64_t port;
    enum smtp_security security;
    const char *user;         /* NULL: without */
    const char *password;     /* NULL: without */
    const char *certificates; /* a file of those to trust; NULL: the machine's */
    int64_t patience_ms;      /* for the server's answer to one command */
};

enum smtp_end {
    SMTP_TAKEN,   /* the server has taken the letter upon itself */
    SMTP_LATER,   /* it may take this letter later */
    SMTP_REFUSED, /* it will never take this letter */
    SMTP_TROUBLE, /* it cannot be reached, or does not let us in: no letter can leave */
};

struct smtp_outcome {
    enum smtp_end end;
    struct str answer; /* what the server said, or why it said nothing; one line, in the arena */
};

struct smtp;

/* Does not connect yet. `stopping` is asked now and then while waiting; when it says true the
   letter is given up as SMTP_TROUBLE. It may be NULL. The settings outlive it. */
struct smtp *smtp_new(const struct smtp_settings *settings, bool (*stopping)(void *context),
                      void *context);
void smtp_free(struct smtp *smtp); /* says goodbye; NULL: nothing */

/* From and to are addresses that mail_address_is_valid takes; the message's lines end with CR and
   LF. */
struct smtp_outcome smtp_send(struct smtp *smtp, struct str from, struct str to, struct str message,
                              struct arena *arena);

#endif
