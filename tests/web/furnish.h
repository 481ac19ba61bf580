/*
 * furnish.h - what samples find in a house besides its dwellers: links whose tokens are known,
 * and what waits for the office.
 */
#ifndef ASSAY_TESTS_FURNISH_H
#define ASSAY_TESTS_FURNISH_H

#include "house.h"

/* As long as tokens are. */
#define SAMPLE_SIGN_UP "sample-sign-up-----------------------------"
#define SAMPLE_SIGN_IN "sample-sign-in-----------------------------"
#define SAMPLE_CLAIM "sample-claim-------------------------------"
#define SAMPLE_CONFIRM "sample-confirm" /* of /confirm: about entries 1 and 2 */
#define SAMPLE_RECOVERY_ASK "sample-recovery-ask------------------------"

void furnish(struct house *house);

#endif
