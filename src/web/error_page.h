/*
 * error_page.h - what people and programs are shown where there is no answer.
 *
 * The template is `error`; its view, which programs get as JSON, has one shape for all errors.
 */
#ifndef ASSAY_WEB_ERROR_PAGE_H
#define ASSAY_WEB_ERROR_PAGE_H

#include "base/result.h"
#include "base/str.h"
#include "base/value.h"
#include "http/message.h"
#include "http/shape.h"
#include "web/site_parts.h"

extern const struct shape error_shape;

/*
 * Fills in a response without a body or headers. `why` says more than the error does, or is
 * STR_NONE; `near` is what may have been meant, as in struct call, or NULL. Where even the page of
 * the error cannot be shown it is a line of text.
 */
void error_page(const struct site_state *site, const struct request *request,
                const struct error *error, struct str why, struct value *near,
                struct response *response);

#endif
