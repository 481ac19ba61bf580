/*
 * scheme_answers.h - the functions of the routes that show what a scheme asks; scheme_pages.h makes
 * their views.
 */
#ifndef ASSAY_WEB_SCHEME_ANSWERS_H
#define ASSAY_WEB_SCHEME_ANSWERS_H

#include "http/route.h"

RESULT home_answer(struct call *call, struct value **ret_view);
RESULT text_answer(struct call *call, struct value **ret_view);
RESULT certifications_answer(struct call *call, struct value **ret_view);
RESULT certification_answer(struct call *call, struct value **ret_view);
RESULT edition_answer(struct call *call, struct value **ret_view);
RESULT cases_answer(struct call *call, struct value **ret_view);
RESULT compare_answer(struct call *call, struct value **ret_view);
RESULT pathway_answer(struct call *call, struct value **ret_view);
RESULT benefits_answer(struct call *call, struct value **ret_view);
RESULT bodies_answer(struct call *call, struct value **ret_view);
RESULT body_answer(struct call *call, struct value **ret_view);

RESULT edition_text_answer(struct call *call, struct response *response);
RESULT edition_rule_answer(struct call *call, struct response *response);

extern const struct route_field compare_fields[];

#endif
