/*
 * tones.h - how results look on a terminal: their tones, and rings that fill.
 */
#ifndef ASSAY_CLI_TONES_H
#define ASSAY_CLI_TONES_H

#include "cli/output.h"
#include "criteria/evaluate.h"

/* How much of something is done, as a ring of quarters, or as a bar of four signs where the stream
   is not UTF-8. Only all of it fills the ring, and only nothing empties it. */
struct str ring_sign(const struct output *out, int permille);

enum tone verdict_tone(enum verdict verdict);
enum tone finding_tone(enum finding finding);

#endif
