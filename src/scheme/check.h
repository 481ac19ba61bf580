/*
 * check.h - a scheme's files held against each other.
 *
 * What documents say in `group`, `owner`, `by`, `refer to` and `programme` must stand in
 * scheme.conf, and the certifications that scheme.conf names must stand in criteria. The order of
 * the pathway and the dates of bodies are checked too.
 */
#ifndef ASSAY_SCHEME_CHECK_H
#define ASSAY_SCHEME_CHECK_H

#include "base/diag.h"
#include "scheme/scheme.h"

/* Also fills in what each body owns. The library may be one with faults. */
void scheme_check(struct arena *arena, struct scheme *scheme, struct diags *diags);

#endif
