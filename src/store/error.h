/*
 * error.h - what a database can refuse. To add an error, declare it here and give its row in
 * error.c.
 *
 * A row says what kind of trouble it is; what the engine itself said stands in the connection's
 * struct store_fault (store.h), for the log.
 */
#ifndef ASSAY_STORE_ERROR_H
#define ASSAY_STORE_ERROR_H

#include "base/result.h"

/* The database stands, and says no to this change or statement. */
extern const struct error
    STORE_CONSTRAINT;                    /* 409: a rule of the schema; its name is in the fault */
extern const struct error STORE_TEXT;    /* 422: a text that is no UTF-8, or holds a NUL */
extern const struct error STORE_REFUSED; /* 500: a statement that it does not understand */

/* The database cannot do it now. Nothing of the change was kept. */
extern const struct error STORE_BUSY;      /* somebody else holds it, or it has no room for more */
extern const struct error STORE_FULL;      /* the disk, or a quota on it */
extern const struct error STORE_READ_ONLY; /* the disk, the file or the server takes no writes */
extern const struct error STORE_GONE;      /* it does not answer; asked again, it may */
extern const struct error STORE_CORRUPT;   /* it is damaged */
extern const struct error STORE_IO;        /* reading or writing the disk failed */

/* The connection broke or the disk failed in the middle of a commit. It was not acknowledged, and
   yet may have been kept. */
extern const struct error STORE_UNCERTAIN;

/* The writer takes no more. */
extern const struct error STORE_QUEUE_FULL; /* too many changes wait */
extern const struct error STORE_STOPPED;    /* it is being stopped */

/* It cannot be begun with. */
extern const struct error STORE_CANNOT_OPEN; /* no such file, server or permission */
extern const struct error STORE_UNSUITABLE;  /* another program's, another encoding, too old */
extern const struct error STORE_LOCKED;      /* another process writes to it */
extern const struct error STORE_NEWER;       /* a later program changed its schema */
extern const struct error STORE_OLDER;       /* its schema is yet to be brought up to date */
extern const struct error STORE_CHANGED;     /* it was made by another text of a migration */

#endif
