/*
 * parts.h - what the files of this room share.
 */
#ifndef ASSAY_MAIL_PARTS_H
#define ASSAY_MAIL_PARTS_H

#include <stdatomic.h>

#include "mail/mail.h"

#define MAIL_ARENA_MAX ((size_t)16 << 20) /* bytes, of one mail */

/* How an attempt ended. */
enum attempt_end {
    ATTEMPT_SENT,
    ATTEMPT_FILED,
    ATTEMPT_LATER,
    ATTEMPT_DEAD,
    ATTEMPT_TROUBLE, /* as ATTEMPT_LATER, and for all that are due */
};

/* A mail that was claimed. */
struct claimed {
    int64_t id; /* 0: none is due */
    struct str to;
    int64_t leave_at;
    int64_t attempts; /* with this one */
    const struct mail_letter *letters;
    size_t count;
};

struct attempt {
    int64_t id; /* 0: none */
    int64_t attempts;
    enum attempt_end end;
    char answer[600];
};

/* One transaction between two attempts: notes one, claims the next. */
struct turn {
    struct arena *arena;
    int64_t now;
    bool first;                 /* of this process: what is claimed was left by another */
    const struct attempt *done; /* id 0: nothing to note */
    bool claims;                /* false: only note */
    struct claimed claimed;
    int64_t next; /* where none is due: the next instant; INT64_MAX */
    int64_t waiting;
    int64_t dead;
};

struct mail {
    struct mail_settings settings;
    struct arena arena; /* of the mail that is being sent */
    bool began;
    struct attempt done; /* that is yet to be noted */
    struct smtp *smtp;
    struct jobs *jobs; /* of the run */
    _Atomic int64_t waiting;
    _Atomic int64_t dead;
    _Atomic uint64_t sent;
    _Atomic uint64_t filed;
    _Atomic uint64_t failures;
};

/* ---- plan.c ---- */

struct result mail_plan(const struct job_call *call, int64_t from, int64_t to);

/* ---- rows.c ---- */

/* An operation of the writer; the context is a struct turn. */
struct result mail_turn(struct store *store, void *context);

/* ---- send.c ---- */

/* The claimed mail as a message, and over the wire or into a file. */
void mail_attempt(struct mail *mail, const struct claimed *claimed, int64_t now,
                  struct attempt *ret);

#endif
