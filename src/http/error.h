/*
 * error.h - what a request can be refused for before its route sees it. To add an error, declare
 * it here and give its row in error.c.
 */
#ifndef ASSAY_HTTP_ERROR_H
#define ASSAY_HTTP_ERROR_H

#include "base/result.h"

extern const struct error HTTP_BAD_REQUEST;    /* 400: the head or the chunks break HTTP's rules */
extern const struct error HTTP_BAD_FORM;       /* 400: a form that is not written as forms are */
extern const struct error HTTP_FOREIGN_ORIGIN; /* 403: another site's page posts to us */
extern const struct error HTTP_NOT_FOUND;      /* 404 */
extern const struct error HTTP_METHOD_NOT_ALLOWED; /* 405: the path has rows for other methods */
extern const struct error HTTP_TIMEOUT;            /* 408: it took too long to arrive */
extern const struct error HTTP_TOO_LARGE;       /* 413: the body is larger than the route takes */
extern const struct error HTTP_FORM_TOO_LARGE;  /* 413: too many fields, or one is too long */
extern const struct error HTTP_TARGET_TOO_LONG; /* 414 */
extern const struct error HTTP_EXPECTATION;     /* 417: an Expect other than 100-continue */
extern const struct error HTTP_TOO_MANY;        /* 429: this address has too many connections */
extern const struct error HTTP_HEAD_TOO_LARGE;  /* 431 */
extern const struct error HTTP_INTERNAL;        /* 500 */
extern const struct error HTTP_METHOD;          /* 501: a method that nothing here knows */
extern const struct error HTTP_BUSY;            /* 503: no worker is free, and the queue is full */
extern const struct error HTTP_VERSION;         /* 505: neither HTTP/1.1 nor HTTP/1.0 */
extern const struct error HTTP_CANNOT_SERVE;    /* the server cannot be started */

/* The error that answers with this status; a bug for a status that has none. */
const struct error *http_error(int status);

#endif
