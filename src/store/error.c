#include "store/error.h"

const struct error STORE_CONSTRAINT = { "contradicts-database", 409, EXIT_NO,
                                        "the change contradicts what is stored" };
const struct error STORE_TEXT = { "not-text", 422, EXIT_INPUT,
                                  "a text holds bytes that are not valid UTF-8, or a NUL" };
const struct error STORE_REFUSED = { "statement-refused", 500, EXIT_SYSTEM,
                                     "the database does not understand a statement" };

const struct error STORE_BUSY = { "database-busy", 503, EXIT_SYSTEM,
                                  "the database is busy; please try again shortly" };
const struct error STORE_FULL = { "database-full", 507, EXIT_SYSTEM,
                                  "the disk of the database is full; nothing was changed" };
const struct error STORE_READ_ONLY = {
    "database-read-only", 503, EXIT_SYSTEM,
    "the database can only be read at the moment; nothing was changed"
};
const struct error STORE_GONE = { "database-gone", 503, EXIT_SYSTEM,
                                  "the database does not answer; nothing was changed" };
const struct error STORE_CORRUPT = { "database-damaged", 500, EXIT_SYSTEM,
                                     "the database is damaged; restore it from a backup" };
const struct error STORE_IO = { "database-disk-fault", 500, EXIT_SYSTEM,
                                "the disk of the database failed; nothing was changed" };

const struct error STORE_UNCERTAIN = {
    "commit-uncertain", 503, EXIT_SYSTEM,
    "the database vanished while it kept the change; look whether it is there before you repeat it"
};

const struct error STORE_QUEUE_FULL = { "too-many-changes", 503, EXIT_SYSTEM,
                                        "too many changes are waiting; please try again shortly" };
const struct error STORE_STOPPED = { "stopping", 503, EXIT_SYSTEM,
                                     "the program is being stopped; nothing was changed" };

const struct error STORE_CANNOT_OPEN = { "cannot-open-database", 500, EXIT_SYSTEM,
                                         "the database cannot be opened" };
const struct error STORE_UNSUITABLE = { "unsuitable-database", 500, EXIT_SYSTEM,
                                        "this database cannot be used by this program" };
const struct error STORE_LOCKED = { "database-in-use", 503, EXIT_SYSTEM,
                                    "another process writes to this database" };
const struct error STORE_NEWER = {
    "database-newer", 500, EXIT_SYSTEM,
    "a later version of this program has changed the database; use that version"
};
const struct error STORE_OLDER = {
    "database-older", 500, EXIT_SYSTEM,
    "the database is of an earlier version; start the server once to bring it up to date"
};
const struct error STORE_CHANGED = {
    "migration-changed", 500, EXIT_SYSTEM,
    "the database was made by a different text of a migration; use the program that made it"
};
