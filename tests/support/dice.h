/*
 * dice.h - chance that can be had again: everything follows from the seed, on every machine.
 */
#ifndef ASSAY_TESTS_DICE_H
#define ASSAY_TESTS_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

struct dice {
    uint64_t state;
};

uint32_t dice_below(struct dice *dice, uint32_t n); /* 0 to n - 1 */
bool dice_chance(struct dice *dice, uint32_t percent);

const char *dice_pick(struct dice *dice, const char *const *of, size_t count);
#define DICE_PICK(dice, array) dice_pick((dice), (array), ARRAY_LEN(array))

#endif
