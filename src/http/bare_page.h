/*
 * bare_page.h - what a refusal shows where the handler cannot be asked to show it: before a head
 * could be read, or where memory is short. It needs nothing else from the server, no stylesheet
 * and no further connection.
 */
#ifndef ASSAY_HTTP_BARE_PAGE_H
#define ASSAY_HTTP_BARE_PAGE_H

#include "http/message.h"

/* Fills in a response with one of the statuses of http_error: `why` may be STR_NONE. */
void bare_page(struct response *response, int status, struct str why);

#endif
