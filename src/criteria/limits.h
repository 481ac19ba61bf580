/*
 * limits.h - what the criteria language refuses to exceed, so that no text, however hostile, costs
 * more than a known amount of time and memory. docs/criteria-language.md lists them for people.
 */
#ifndef ASSAY_CRITERIA_LIMITS_H
#define ASSAY_CRITERIA_LIMITS_H

#include <stddef.h>

#define CRITERIA_FILE_MAX ((size_t)4 << 20)       /* bytes of a file of many documents */
#define CRITERIA_DOCUMENT_MAX ((size_t)256 << 10) /* bytes of one document or vocabulary */
#define CRITERIA_REQUIREMENTS_MAX 200 /* requirements and bars of a document, together */
#define CRITERIA_DEPTH_MAX 12         /* braces within braces, the document's own is 1 */
#define CRITERIA_VALUES_MAX 64        /* values of a field, and names in any one list */
#define CRITERIA_NEED_MAX 999999999   /* "below a thousand million" */
#define CRITERIA_MONTHS_MAX 2400      /* of a duration: 200 years */
#define CRITERIA_YEARS_MAX 200        /* of an age */
#define CRITERIA_SLICES_MAX 240       /* slices of an `each` */
#define CRITERIA_SEPARATELY_MAX 6     /* counts that may share nothing */
#define CRITERIA_EDITION_PARTS_MAX 8  /* numbers in an edition, as in 2024.1 */
#define CRITERIA_WORD_MAX 64          /* bytes of a word, name parts included */
#define CRITERIA_NODES_MAX 4000       /* nodes of a compiled document */

#endif
