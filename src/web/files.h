/*
 * files.h - the files that browsers and robots ask for by addresses of their own.
 */
#ifndef ASSAY_WEB_FILES_H
#define ASSAY_WEB_FILES_H

#include "http/route.h"

RESULT favicon_raw(struct call *call, struct response *response);
RESULT robots_raw(struct call *call, struct response *response);

#endif
