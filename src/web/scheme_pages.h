/*
 * scheme_pages.h - the pages that show what a scheme asks: their views and the shapes of these.
 *
 * docs/pages.md lists their addresses. Each view is made for a day; NULL comes back where the page
 * does not exist.
 */
#ifndef ASSAY_WEB_SCHEME_PAGES_H
#define ASSAY_WEB_SCHEME_PAGES_H

#include "web/scheme_view.h"

/* home.c */
struct value *home_view(const struct scheme_view *v);
struct value *text_view(const struct scheme_view *v, struct str id);
extern const struct shape home_shape, text_page_shape;

/* certifications.c */
struct value *certifications_view(const struct scheme_view *v);
extern const struct shape certifications_shape;

/* certification.c: the edition of that number, or with STR_NONE the one in force or
   else the newest. */
struct value *certification_view(const struct scheme_view *v, struct str name, struct str number);
extern const struct shape certification_page_shape;

/* certification_cases.c */
struct value *cases_view(const struct scheme_view *v, struct str name);
extern const struct shape cases_shape;

/* compare.c: two editions of the name, or NULL and NULL where it has one alone and there is
   nothing to compare yet. */
struct value *compare_view(const struct scheme_view *v, struct str name, const struct edition *from,
                           const struct edition *to);
extern const struct shape compare_shape;

/* pathway.c */
struct value *pathway_view(const struct scheme_view *v);
extern const struct shape pathway_shape;

/* benefits.c */
struct value *benefits_view(const struct scheme_view *v);
extern const struct shape benefits_shape;

/* bodies.c */
struct value *bodies_view(const struct scheme_view *v);
struct value *body_view(const struct scheme_view *v, struct str id);
extern const struct shape bodies_shape, body_page_shape;

/* The edition of that number, as written; NULL if there is none. */
const struct edition *edition_of(const struct scheme_view *v, struct str name, struct str number);

/* The canonical text whose SHA-256 is the edition's text hash, and the rule as canonical JSON
   whose SHA-256 is its rule hash. */
struct str edition_text(struct arena *arena, const struct edition *edition);
struct str edition_rule(struct arena *arena, const struct edition *edition);

#endif
