/*
 * simulation_text.h - a simulation as tables for people.
 */
#ifndef ASSAY_CLI_SIMULATION_TEXT_H
#define ASSAY_CLI_SIMULATION_TEXT_H

#include "cli/output.h"
#include "criteria/simulate.h"

/* Numbers of people from 1 to 9 show as "<10" unless `small_cells` is set, and the steps of
   distributions are then wide enough to hold ten people each. */
void simulation_print(struct arena *arena, const struct simulation *simulation, bool small_cells,
                      struct output *out);

#endif
