/*
 * visit_parts.h - what a visit holds, and its beginning and end: for the site and the files of
 * visit.h alone.
 */
#ifndef ASSAY_WEB_VISIT_PARTS_H
#define ASSAY_WEB_VISIT_PARTS_H

#include "http/cookie.h"
#include "http/multipart.h"
#include "web/site_parts.h"
#include "web/visit.h"

#define VISIT_COOKIES_MAX 4

/* What browsers are given to keep; visit_cookies.c has their names and how long. */
enum cookie_kind {
    COOKIE_SESSION,
    COOKIE_STEP,    /* between the first step of signing in and the second */
    COOKIE_BROWSER, /* its secret */
    COOKIE_NEXT,    /* where to go on once a mailed link was opened */
    COOKIE_KINDS,
};

struct visit_cookie {
    enum cookie_kind kind;
    struct str value;
    int64_t seconds;
};

struct visit {
    const struct site_state *site;
    int64_t now;
    struct visitor visitor;
    struct who who;
    bool signed_in;
    bool program; /* it came with a token */
    struct session session;
    struct str session_token;
    struct store *store;       /* on loan; NULL: not yet, or not any more */
    struct response *response; /* holds the visit once something was lent */
    bool is_held;

    struct form form;
    struct multipart files; /* of a form with files: all its parts */
    const struct value *sent;

    struct value *faults; /* NULL: none */
    int64_t retry_after;  /* seconds; 0: not said */
    struct str see_other; /* STR_NONE: nowhere */
    struct visit_cookie cookies[VISIT_COOKIES_MAX];
    size_t cookie_count;
};

/* Gives the call its visit. What it borrows, the response gives back where making it ends early. */
void visit_begin(struct call *call, struct response *response);

/* Gives the connection back. Before the response leaves. */
void visit_end(struct call *call);

/*
 * Enforces what the row of the call asks for, reads what was sent, and says who asks. Where it is
 * OK and the visit's `see_other` is set, the visitor is to go there instead.
 */
RESULT visit_enter(struct call *call);

/* Of a POST, and only on rows that are not PUBLIC. */
RESULT visit_read_sent(struct call *call);

/* What a browser was given; STR_NONE: nothing. */
struct str visit_cookie(const struct call *call, enum cookie_kind kind);
void visit_set_cookie(struct call *call, enum cookie_kind kind, struct str value, int64_t seconds);
void visit_write_cookies(const struct call *call, struct response *response);

/* An address of this site's own, from its root: "/standing?on=2026-11-24", and nothing that a
   browser could take for another site's. */
bool path_is_own(struct str path);

/* For the layout: the name of whoever is signed in, or their address, and what their forms carry;
   STR_NONE if nobody is. */
struct str visit_user(struct call *call);
/* Whether they may see the pages of the office. */
bool visit_office(const struct call *call);
struct str visit_form_token(const struct call *call);

/* Tells whoever runs the installation. */
void visit_trouble(const struct call *call, const struct error *error,
                   const struct store_fault *fault);

#endif
