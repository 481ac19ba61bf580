#include "store/postgres_fault.h"

#include <stdio.h>
#include <string.h>

#include "store/driver.h"

/* The beginnings of SQLSTATE codes (appendix A of PostgreSQL's manual); the first that fits. */
static const struct {
    const char *code;
    const struct error *error;
} codes[] = {
    { "08", &STORE_GONE },         /* connections */
    { "22021", &STORE_TEXT },      /* a character that is none */
    { "23", &STORE_CONSTRAINT },   /* integrity */
    { "25006", &STORE_READ_ONLY }, /* a transaction that only reads */
    { "28", &STORE_CANNOT_OPEN },  /* who are you */
    { "3D", &STORE_CANNOT_OPEN },  /* no such database */
    { "40", &STORE_BUSY },         /* rolled back for the sake of another */
    { "53100", &STORE_FULL },      /* disk */
    { "53", &STORE_BUSY },         /* memory, connections, limits */
    { "54", &ERROR_LIMIT },        /* larger than it can be */
    { "55P03", &STORE_BUSY },      /* a lock that others hold */
    { "57014", &STORE_BUSY },      /* cancelled, or took too long */
    { "57P", &STORE_GONE },        /* shutting down, starting, recovering */
    { "58030", &STORE_IO },        { "XX001", &STORE_CORRUPT }, { "XX002", &STORE_CORRUPT },
};

static const struct error *from_code(const char *code)
{
    for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
        if (str_starts(str_from_c(code), str_from_c(codes[i].code)))
            return codes[i].error;
    }
    return &STORE_REFUSED;
}

static const char *field(const PGresult *answer, int which)
{
    const char *text = PQresultErrorField(answer, which);

    return text ? text : "";
}

/*
 * Names columns that must be unique as SQLite does. Their names stand in the detail, in brackets
 * before the first ")=(", in any language: Key (email)=(x) already exists.
 */
static void name_columns(const PGresult *answer, struct store_fault *fault)
{
    const char *table = field(answer, PG_DIAG_TABLE_NAME);
    const char *detail = field(answer, PG_DIAG_MESSAGE_DETAIL);
    const char *from = strchr(detail, '(');
    const char *to = strstr(detail, ")=(");
    struct str columns = STR_NONE;
    struct str column;
    size_t used = 0;

    if (from && to && from < to)
        columns = (struct str){ from + 1, (size_t)(to - from - 1) };
    while (columns.p && used < sizeof(fault->constraint)) {
        columns = str_split(columns, ',', &column);
        column = str_trim(column);
        used += (size_t)snprintf(fault->constraint + used, sizeof(fault->constraint) - used,
                                 "%s%s.%.*s", used ? ", " : "", table, STR_ARG(column));
    }
}

static void name_constraint(const PGresult *answer, struct store_fault *fault)
{
    const char *code = field(answer, PG_DIAG_SQLSTATE);

    if (strcmp(code, "23505") == 0)
        name_columns(answer, fault);
    else if (strcmp(code, "23502") == 0)
        snprintf(fault->constraint, sizeof(fault->constraint), "%s.%s",
                 field(answer, PG_DIAG_TABLE_NAME), field(answer, PG_DIAG_COLUMN_NAME));
    else if (strcmp(code, "23514") == 0)
        snprintf(fault->constraint, sizeof(fault->constraint), "%s",
                 field(answer, PG_DIAG_CONSTRAINT_NAME));
}

struct result postgres_fault(const PGresult *answer, const char *doing,
                             struct store_fault *ret_fault)
{
    const char *code = field(answer, PG_DIAG_SQLSTATE);
    const struct error *error = from_code(code);
    struct result result = store_failed(ret_fault, error, "%s (%s): %s",
                                        field(answer, PG_DIAG_MESSAGE_PRIMARY),
                                        *code ? code : "no code", doing);

    if (error == &STORE_CONSTRAINT)
        name_constraint(answer, ret_fault);
    return result;
}

struct result postgres_gone(const PGconn *connection, const char *doing,
                            struct store_fault *ret_fault)
{
    return store_failed(ret_fault, &STORE_GONE, "%s: %s", doing, PQerrorMessage(connection));
}
