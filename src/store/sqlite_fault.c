#include "store/sqlite_fault.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store/driver.h"

/*
 * What the operating system refused: SQLite knows no word for most of it. Its sqlite3_system_errno
 * says nothing where a COMMIT could not write; errno still stands then.
 */
static const struct error *from_system(int system_error)
{
    switch (system_error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return &STORE_FULL;
    case EROFS:
        return &STORE_READ_ONLY;
    default:
        return &STORE_IO;
    }
}

static const struct error *from_code(int code, int system_error)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM:
        return &STORE_BUSY;
    case SQLITE_FULL:
        return &STORE_FULL;
    case SQLITE_READONLY:
        return &STORE_READ_ONLY;
    case SQLITE_IOERR:
        return from_system(system_error);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return &STORE_CANNOT_OPEN;
    case SQLITE_CORRUPT:
        return &STORE_CORRUPT;
    case SQLITE_NOTADB:
        return &STORE_UNSUITABLE;
    case SQLITE_CONSTRAINT:
        return &STORE_CONSTRAINT;
    case SQLITE_TOOBIG:
        return &ERROR_LIMIT;
    default:
        return &STORE_REFUSED;
    }
}

/* SQLite names what was broken at the end of its message, after ": ". */
static void name_constraint(const char *message, struct store_fault *fault)
{
    const char *name = strstr(message, "constraint failed: ");

    if (name)
        snprintf(fault->constraint, sizeof(fault->constraint), "%s", strchr(name, ':') + 2);
}

struct result sqlite_fault(sqlite3 *db, const char *doing, struct store_fault *ret_fault)
{
    int code = sqlite3_errcode(db);
    const struct error *error = from_code(code, errno);
    const char *message = sqlite3_errmsg(db);
    struct result result =
        store_failed(ret_fault, error, "%s (%d): %s", message, sqlite3_extended_errcode(db), doing);

    if (error == &STORE_CONSTRAINT)
        name_constraint(message, ret_fault);
    return result;
}
