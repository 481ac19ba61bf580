/*
 * own_history.h - the operations that a history knows words for.
 */
#ifndef ASSAY_WEB_OWN_HISTORY_H
#define ASSAY_WEB_OWN_HISTORY_H

#include <stddef.h>

/* Their names as the journal has them, ended by NULL; the last is "other", which none has. */
extern const char *const own_history_operations[];

#endif
