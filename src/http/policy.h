/*
 * policy.h - what every answer tells browsers that they may do with it.
 *
 * Pages take styles, scripts, fonts and pictures from this site alone, nothing that stands in the
 * page itself; they are shown in no frame and send their forms to this site only.
 */
#ifndef ASSAY_HTTP_POLICY_H
#define ASSAY_HTTP_POLICY_H

#include <stdbool.h>

#include "http/message.h"

/* Adds the headers, but for those that the response has already. `https`: the site is only to be
 * reached that way from now on. */
void policy_headers(struct response *response, bool https);

#endif
