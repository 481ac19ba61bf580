/*
 * visit.h - who asks, and how a route's function reads and changes the database.
 *
 * Before a route's function runs, its row was enforced: a visitor who may not come in was sent to
 * sign in or refused, a POST came from a page of this site with the session's token in it, and
 * where the row's permission is sensitive the session has lately shown who it is. What a permission
 * is about (a person, a body) the function alone knows: it asks with call_permit.
 *
 * On rows that are PUBLIC nobody is known, and no cookie is read: their pages are the same for
 * everybody. A site without a database has only those; all others answer 503.
 *
 * A page that changes something is two rows, GET and POST, with one view, which says what is wrong
 * with what was sent. CONTRIBUTING.md shows how to write one.
 */
#ifndef ASSAY_WEB_VISIT_H
#define ASSAY_WEB_VISIT_H

#include "account/permissions.h"
#include "account/session.h"
#include "account/sign_in.h"
#include "account/webauthn.h"
#include "http/route.h"
#include "register/act.h"
#include "store/store.h"

extern const struct error VISIT_NO_DATABASE, /* 503: the site has no accounts */
    VISIT_FORM_TOKEN,                        /* 403: the form is not of this session */
    VISIT_FIELD_MISSING;                     /* 422 */

/* ---- who asks ---- */

/* Microseconds UTC: the instant of the request. */
int64_t call_now(const struct call *call);

/* Whoever asks; all zeros for a visitor of whom nothing is known. */
const struct who *call_who(const struct call *call);

/* Of a browser that is signed in; NULL otherwise, and for programs with a token. */
const struct session *call_session(const struct call *call);

/* Network, agent, and the secret of the browser's cookie if it has one. */
const struct visitor *call_visitor(const struct call *call);

/* How long sessions last here. */
const struct session_rules *call_session_rules(const struct call *call);

/* Microseconds from the second approval of a recovery to its end. */
int64_t call_recovery_waiting(const struct call *call);

/* What passkeys are made for. */
struct webauthn_site call_webauthn_site(const struct call *call);

/* Where papers beside entries stand; STR_NONE: nowhere. */
struct str call_attachments_folder(const struct call *call);

/* Where letters are kept as files, as no mail server is set up; STR_NONE: they are sent. */
struct str call_letters_folder(const struct call *call);

/* ---- reading and changing ---- */

/*
 * A connection for reading, in one transaction until the answer is made or call_perform is called;
 * after that it is another one, which sees the change. STORE_GONE and others.
 */
RESULT call_store(struct call *call, struct store **ret);

/*
 * Runs an operation on the writer and waits until it is kept, or has failed; in between the
 * operation may use the call's arena. Store errors are answered as they are: 503, and 507 for a
 * full disk, with Retry-After, and nothing was changed. What was read in call_store is given back
 * first.
 */
RESULT call_perform(struct call *call, struct result (*run)(struct store *store, void *context),
                    void *context);

/* Whether whoever asks may, and the act to do it by. ACCOUNT_NOT_PERMITTED. */
RESULT call_permit(const struct call *call, enum permission permission, const struct about *about,
                   struct act *ret);

/* Their own person and account. */
struct about call_about_self(const struct call *call);

/* ---- what was sent ---- */

/*
 * Of a POST: a field of the form, or a member of the JSON object that a program sent (a text as it
 * is, a number or bool as JSON writes it). The first of that name; STR_NONE if there is none.
 * White space around it is kept. On rows that are PUBLIC there is none: they read the body
 * themselves.
 */
struct str call_field(const struct call *call, const char *name);

/* All fields of the form in their order, for names that repeat. */
const struct form *call_form(const struct call *call);

/* The whole object that a program sent; NULL if it sent a form. */
const struct value *call_sent(const struct call *call);

/*
 * A file, where the row has a field of that name that is one: of a form with files, or of a
 * program's JSON, an object { "name", "text" } or { "name", "base64" }. False where none was
 * chosen. The name is as the sender's computer has it, at most 200 bytes and on one line, never a
 * path to open.
 */
struct upload {
    struct str name;
    struct str bytes;
};
NODISCARD bool call_file(const struct call *call, const char *name, struct upload *ret);

/* Where to go on afterwards, of the field or query `next`: an own path from the root, with its
   query; STR_NONE if there is none, or it is anything else. */
struct str call_next(const struct call *call);

/*
 * The same across a mailed link, which is opened in the same browser up to a day later:
 * call_keep_next has the browser keep it in a cookie, or forget the one before where there is none.
 * call_kept_next gives back what it kept, which is forgotten then; STR_NONE as above, as browsers
 * can say anything.
 */
void call_keep_next(struct call *call);
struct str call_kept_next(struct call *call);

/* ---- what is wrong with it ---- */

/*
 * Faults gather: the page is shown again with all of them, and what was typed. `field` is the name
 * of the field, and the id of its element; NULL: of none. A second one of a field is dropped. The
 * status becomes that of the error, 422 for most.
 */
void call_fault(struct call *call, const char *field, const struct error *error);
bool call_is_faulty(const struct call *call);

/* What is wrong with a field, for forms whose fields templates do not know; STR_NONE: nothing. */
struct str call_fault_message(const struct call *call, struct str field);

/* The same for a refusal; with a time to try again it is 429 with Retry-After. False if there is
   none: it does not refuse. */
NODISCARD bool call_refuse(struct call *call, const char *field, const struct refusal *refusal);

/*
 * After an operation: what people can mend (403, 409, 410, 422, 429) becomes a fault, and *ret_told
 * is true; anything else is given back as it is.
 *
 *     TRY(call_told(call, "address", call_perform(call, add, &adding), &told));
 *     if (!told)
 *         call_see_other(call, STR("/account/addresses"), "address-asked");
 */
RESULT call_told(struct call *call, const char *field, struct result result, bool *ret_told);

/* The members that the views of pages with a form have: add them to the shape's table, and their
   values at the end. Templates show them by part/faults, and at each field by {{#faults}}. */
void call_add_faults(const struct call *call, struct value *view);
extern const struct shape call_faults_shape;
#define CALL_FAULTS_MEMBERS                                                                        \
    { "faulty", &shape_bool, false, "Whether something is wrong with what was sent" },             \
        { "faults", &call_faults_shape, false, "All of it; nothing was changed" },                 \
    {                                                                                              \
        "see", &shape_text, true, "Where to go on, once it was done"                               \
    }

/* ---- what follows ---- */

/* After a POST that changed something: a browser is sent on to that path, a program gets the view.
   `notice` is the name of a sentence that the next page shows once (notices.c and
   templates/part/notice.html); NULL: none. */
void call_see_other(struct call *call, struct str path, const char *notice);

/* Somebody has signed in, or is to type a code first: the cookies are set. */
void call_signed_in(struct call *call, const struct sign_in *in);

/* The session of this browser has ended: the cookie goes. */
void call_signed_out(struct call *call);

/* The browser has a secret from now on, in call_visitor; one that had none is given it in a cookie.
   For requests of links and passkeys, which work in this browser alone. */
void call_name_browser(struct call *call);

/* The same before signing in: the cookie comes with that of the session, if it does. */
struct visitor call_named_visitor(struct call *call);

#endif
