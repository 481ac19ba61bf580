/*
 * case_result.h - a case or an example as pages show it: what is given, what is expected, and
 * what came out when it was run just now.
 */
#ifndef ASSAY_WEB_CASE_RESULT_H
#define ASSAY_WEB_CASE_RESULT_H

#include "criteria/cases.h"
#include "web/scheme_view.h"

/* The examples of a document, in its order. */
struct value *examples_value(const struct scheme_view *v, const struct edition *edition);

/* The cases of the scheme's files that speak of the name; adds the number of those that came out
   otherwise to *failures. */
struct value *cases_value(const struct scheme_view *v, struct str name, int64_t *failures);

/* Whether a case of that text speaks of the name. It is only looked at, not read. */
bool cases_speak_of(struct str text, struct str name);

extern const struct shape case_list_shape;

#endif
