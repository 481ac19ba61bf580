#include "base/result.h"

const struct error ERROR_INPUT = { "input-faults", 422, EXIT_INPUT,
                                   "there are faults in the input" };
const struct error ERROR_READ = { "cannot-read", 500, EXIT_INPUT, "a file cannot be read" };
const struct error ERROR_WRITE = { "cannot-write", 500, EXIT_SYSTEM, "a file cannot be written" };
const struct error ERROR_LIMIT = { "too-large", 413, EXIT_INPUT,
                                   "this is larger than the program accepts" };
