/*
 * postgres.h - the connection to a PostgreSQL server, shared by the files of its driver.
 */
#ifndef ASSAY_STORE_POSTGRES_H
#define ASSAY_STORE_POSTGRES_H

#include <libpq-fe.h>

#include "store/driver.h"
#include "store/statements.h"

/* Statements that may be on their way before the answers are waited for: what the server says to
   them fits into any socket's buffers. */
#define POSTGRES_SENT_MAX 128

/* One message that was sent, and what its answer means. */
struct sent {
    enum sent_kind {
        SENT_PREPARE, /* makes statement */
        SENT_FORGET,  /* frees statement's name on the server */
        SENT_RUN,
        SENT_QUERY, /* its rows are wanted */
    } kind;
    struct statement *statement;
    const char *sql;
};

struct postgres {
    struct store store; /* first, so that one is the other */
    char *database;
    PGconn *connection;
    struct statements statements;
    struct sent sent[POSTGRES_SENT_MAX];
    size_t sent_count;
    int64_t changed; /* rows, by the last statement that was answered */
    bool committed;  /* that statement was a COMMIT, and the server did so */
    bool begun;      /* a BEGIN was sent, and no end of it */
};

static inline struct postgres *postgres_of(struct store *store)
{
    return (struct postgres *)store;
}

/* As far as is known. */
static inline bool postgres_connected(const struct postgres *postgres)
{
    return postgres->connection && PQstatus(postgres->connection) == CONNECTION_OK;
}

/* ---- postgres_connect.c ---- */

/* Connects and sets the session up; the pipeline is open then. */
RESULT postgres_connect(struct postgres *postgres);
void postgres_disconnect(struct postgres *postgres); /* and forgets what was sent */

/* ---- postgres_send.c ---- */

/* Sends a statement, prepared at its first use. */
RESULT postgres_send(struct postgres *postgres, enum sent_kind kind, const char *sql,
                     struct params params);

/* Sends one that is not kept and has no parameters. */
RESULT postgres_send_once(struct postgres *postgres, const char *sql);

/* Waits for the answers to all that was sent. *ret_rows, if not NULL, is the answer to the one
   query among them; the caller clears it. The first failure is the result. */
RESULT postgres_receive(struct postgres *postgres, PGresult **ret_rows);

#endif
