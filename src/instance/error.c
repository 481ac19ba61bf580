#include "instance/admin.h"
#include "instance/instance.h"

const struct error INSTANCE_LOCKED = { "installation-in-use", 503, EXIT_SYSTEM,
                                       "another process has the installation open" };
const struct error INSTANCE_MISSING = { "no-installation", 500, EXIT_INPUT,
                                        "there is no installation here yet" };
const struct error INSTANCE_THERE = { "installation-exists", 500, EXIT_NO,
                                      "there is an installation here already" };
const struct error INSTANCE_FOLDER = { "folder-unusable", 500, EXIT_SYSTEM,
                                       "the folder of the installation cannot be used" };

const struct error ADMIN_NO_ANSWER = {
    "no-answer", 503, EXIT_SYSTEM, "the process that has the installation open does not answer"
};
const struct error ADMIN_UNKNOWN = { "unknown-operation", 404, EXIT_SYSTEM,
                                     "there is no such operation" };
