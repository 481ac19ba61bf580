/*
 * standing_shape.h - the shape of a standing, whoever shows it: what its members mean.
 */
#ifndef ASSAY_WEB_STANDING_SHAPE_H
#define ASSAY_WEB_STANDING_SHAPE_H

#include "http/shape.h"

extern const struct shape standing_summary_shape;

/* Parts of it, for pages that show less. */
extern const struct shape standing_records_shape, standing_readings_shape, standing_nearest_shape,
    standing_lasts_shape, standing_requirement_shape, standing_faults_shape,
    standing_plan_form_shape;

/* Two of them beside each other (register/standing_compare.h), and a list of such. */
extern const struct shape standing_compared_shape, standing_compared_list_shape;

#endif
