/*
 * sample.h - the small vocabulary that random documents and dossiers speak of.
 */
#ifndef ASSAY_TESTS_SAMPLE_H
#define ASSAY_TESTS_SAMPLE_H

#include "base/buf.h"
#include "base/date.h"
#include "dice.h"

/* `vocabulary sample 1`. */
extern const char *const sample_vocabulary;

enum sample_sort { SORT_VALUES, SORT_LEVELS, SORT_ID, SORT_NUMBER, SORT_TIME };

struct sample_field {
    const char *name;
    enum sample_sort sort;
    const char *values[3];
    size_t value_count;
};

struct sample_kind {
    const char *name;
    struct sample_field fields[5];
    size_t field_count;
};

#define SAMPLE_KINDS 4
#define SAMPLE_RULE_KINDS 3 /* the last kind, findings, is for bars */
extern const struct sample_kind sample_kinds[SAMPLE_KINDS];

extern const char *const sample_credentials[2];
extern const char *const sample_statements[2];
extern const char *const sample_types[2]; /* of programmes */

/* A date of these years, often one that the calendar makes something of. */
day sample_date(struct dice *dice, int first_year, int last_year);
void sample_add_day(struct buf *out, day d);

#endif
