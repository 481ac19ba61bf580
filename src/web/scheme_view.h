/*
 * scheme_view.h - what the views of a scheme's pages are made with: the parts that several of them
 * have, and the shapes of these.
 *
 * Views hold data. The only phrases in them are the scheme's own texts and the readings that
 * criteria/reading.h makes from rules. A member that is not known is null.
 */
#ifndef ASSAY_WEB_SCHEME_VIEW_H
#define ASSAY_WEB_SCHEME_VIEW_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "base/value.h"
#include "criteria/diff.h"
#include "criteria/edition.h"
#include "http/shape.h"
#include "scheme/scheme.h"

struct scheme_view {
    struct arena *arena;
    const struct scheme *scheme;
    day today;
};

/* ---- members that may be null ---- */

void set_text(const struct scheme_view *v, struct value *object, const char *key, struct str text);
/* Null where the day is `none`. */
void set_day(const struct scheme_view *v, struct value *object, const char *key, day d, day none);
/* Null where the object is NULL. */
void set_value(const struct scheme_view *v, struct value *object, const char *key,
               struct value *value);

/* ---- parts of views ---- */

/* The edition that a page about the name shows: the one in force today, or the newest where none
   is. NULL if there is no document of that name. */
const struct edition *shown_edition(const struct scheme_view *v, struct str name);

/* The certification that a document NAME.x belongs to; STR_NONE where it is one itself. */
struct str certification_of(const struct scheme_view *v, struct str name);

/* The certifications that stand in no group, by name. */
struct str_list ungrouped_names(const struct scheme_view *v);

/* The documents NAME.x of a certification NAME, by name. */
struct str_list names_beside(const struct scheme_view *v, struct str name);

/* Whether the text is in the authoritative language of the document. */
bool is_own_language(const struct edition *edition, struct text text);

/* { name, title } */
struct value *certification_value(const struct scheme_view *v, struct str name);
struct value *certifications_value(const struct scheme_view *v, struct word_list names);

/* { id, title, what }: a body of the scheme, or a type of programme that acts as one. */
struct value *body_value(const struct scheme_view *v, struct str id);

struct value *programme_value(const struct scheme_view *v,
                              const struct scheme_programme *programme);

/* { id, title }: a longer text. */
struct value *text_value(const struct scheme_view *v, const struct scheme_text *text);
/* The same with its HTML, for a page that shows the title as <hN>. */
struct value *whole_text_value(const struct scheme_view *v, const struct scheme_text *text, int n);
/* The texts about that group or certification, whole. */
struct value *texts_about(const struct scheme_view *v, struct str subject, int n);

/* The committee's wording of a requirement, in each language it has, the authoritative one first:
   [ { language, text } ]. */
struct value *wordings_value(const struct scheme_view *v, const struct edition *edition,
                             const struct requirement *requirement);

/* The notes among the items of a document, in its own language. */
struct value *notes_value(const struct scheme_view *v, const struct edition *edition);

/* { edition, in_force_from, in_force_until, state } */
struct value *edition_value(const struct scheme_view *v, const struct edition *edition);

/* What of a person's case becomes easier or harder: "equal", "wording", "looser", ... */
struct str change_word(enum change change);
/* [ { where, what, change } ] */
struct value *details_value(const struct scheme_view *v, const struct change_detail *details,
                            size_t count);

/* ---- their shapes ---- */

extern const struct shape certification_shape, certification_list_shape;
extern const struct shape body_shape, body_list_shape;
extern const struct shape programme_shape, programme_list_shape;
extern const struct shape text_shape, text_list_shape;
extern const struct shape whole_text_shape, whole_text_list_shape;
extern const struct shape wording_list_shape;
extern const struct shape edition_shape;
extern const struct shape change_shape;
extern const struct shape detail_list_shape;

#endif
