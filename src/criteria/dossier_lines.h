/*
 * dossier_lines.h - the lines of the case notation that say what is known of a person: records,
 * programmes, credentials, declarations, acts and the day of knowledge.
 */
#ifndef ASSAY_CRITERIA_DOSSIER_LINES_H
#define ASSAY_CRITERIA_DOSSIER_LINES_H

#include "criteria/case_lines.h"
#include "criteria/dossier.h"

#define CASE_REPEAT_MAX 100000 /* of `N x` */
#define CASE_RECORDS_MAX                                                                           \
    1000000 /* records of a dossier, and of all cases that are read                                \
               together: short lines may stand for many of them */
#define CASE_ANCHORS_MAX 1000

#define RECORD_FORM "[N x] KIND DATE[..DATE] field=value ... [standing]"

struct dossier_lines {
    struct case_lines *lines;
    struct dossier *dossier;
    struct word_list given; /* ids that records were given */
    struct word_list admitted;
    size_t most; /* records that it may still hold */
    bool full;   /* too many records, and told so */
};

void dossier_lines_init(struct dossier_lines *reader, struct case_lines *lines,
                        struct dossier *dossier, size_t most);

/* Reads the line at hand. `others` are words that may begin a line beside those of a dossier, to
   be thought of where the line begins with an unknown one. */
void dossier_lines_read(struct dossier_lines *reader, struct str_list others);

/* Whether the line at hand is meant as a record: a number or a date shows it. And reads it. */
bool record_line_is(const struct case_lines *lines);
void record_line_read(struct dossier_lines *reader);

/* After the last line: ids stand once, and admitted records exist. */
void dossier_lines_finish(struct dossier_lines *reader);

#endif
