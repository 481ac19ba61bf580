/*
 * certification_parts.h - the longer parts of a certification's page: what is asked, and the
 * editions. For certification.c alone.
 */
#ifndef ASSAY_WEB_CERTIFICATION_PARTS_H
#define ASSAY_WEB_CERTIFICATION_PARTS_H

#include "web/scheme_view.h"

/* certification_rule.c */
struct value *requirements_value(const struct scheme_view *v, const struct edition *edition);
struct value *bars_value(const struct scheme_view *v, const struct edition *edition);
struct value *definitions_value(const struct scheme_view *v, const struct edition *edition);
extern const struct shape requirement_list_shape, bar_list_shape, definition_list_shape;

/* certification_editions.c */
struct value *editions_value(const struct scheme_view *v, const struct edition *shown);
struct value *transitions_value(const struct scheme_view *v, const struct edition *edition);
struct value *applications_value(const struct scheme_view *v, struct str name);
struct value *validity_value(const struct scheme_view *v, const struct edition *edition);
struct value *cycle_value(const struct scheme_view *v, const struct edition *edition);
extern const struct shape edition_list_shape, transition_list_shape, applications_shape;
extern const struct shape validity_shape, cycle_shape;

#endif
