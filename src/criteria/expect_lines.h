/*
 * expect_lines.h - the lines of a case that say what must come out.
 */
#ifndef ASSAY_CRITERIA_EXPECT_LINES_H
#define ASSAY_CRITERIA_EXPECT_LINES_H

#include "criteria/case_lines.h"
#include "criteria/cases.h"

#define CASE_EXPECTATIONS_MAX 1000

struct expect_lines {
    struct case_lines *lines;
    struct test_case *test;
    bool faulty; /* there was a line that could not be read */
};

void expect_lines_init(struct expect_lines *reader, struct case_lines *lines,
                       struct test_case *test);

/* Reads the line at hand. False, with nothing told, when it is none of these lines. */
bool expect_lines_read(struct expect_lines *reader);

#endif
