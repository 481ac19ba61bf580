#include <endian.h>
#include <libpq-fe.h>

#include "raw.h"

const char raw_postgres_schema[] =
    "DROP TABLE IF EXISTS assay_bench;"
    "CREATE TABLE assay_bench (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " owner BIGINT NOT NULL, at BIGINT NOT NULL, body TEXT COLLATE \"C\" NOT NULL);"
    "CREATE INDEX assay_bench_owner ON assay_bench (owner, at)";

static void must(PGconn *connection, bool done)
{
    if (!done)
        raw_give_up("PostgreSQL", PQerrorMessage(connection));
}

static void run(PGconn *connection, const char *sql)
{
    PGresult *answer = PQexec(connection, sql);

    must(connection, PQresultStatus(answer) == PGRES_COMMAND_OK);
    PQclear(answer);
}

static PGconn *open_database(const char *address)
{
    PGconn *connection = PQconnectdb(address);

    must(connection, PQstatus(connection) == CONNECTION_OK);
    run(connection, "SET client_min_messages = warning");
    run(connection, raw_postgres_schema);
    PQclear(PQprepare(connection, "insert", raw_insertion, 3, NULL));
    must(connection, PQenterPipelineMode(connection));
    return connection;
}

static void send(PGconn *connection, const char *sql)
{
    must(connection, PQsendQueryParams(connection, sql, 0, NULL, NULL, NULL, NULL, 1));
}

static void send_insert(PGconn *connection, uint64_t number)
{
    struct raw_row row;
    int64_t owner;
    int64_t at;
    const char *values[] = { (const char *)&owner, (const char *)&at, row.body };
    const int lengths[] = { sizeof(owner), sizeof(at), sizeof(row.body) };
    const int formats[] = { 1, 1, 1 };

    raw_row(number, &row);
    owner = (int64_t)htobe64((uint64_t)row.owner);
    at = (int64_t)htobe64((uint64_t)row.at);
    must(connection, PQsendQueryPrepared(connection, "insert", 3, values, lengths, formats, 1));
}

/* Takes the answers to all that was sent. */
static void receive(PGconn *connection)
{
    ExecStatusType status = PGRES_COMMAND_OK;

    must(connection, PQpipelineSync(connection));
    while (status != PGRES_PIPELINE_SYNC) {
        PGresult *answer = PQgetResult(connection);
        if (!answer)
            continue;
        status = PQresultStatus(answer);
        must(connection, status == PGRES_COMMAND_OK || status == PGRES_PIPELINE_SYNC);
        PQclear(answer);
    }
}

/* A whole group travels at once, which is more than an operation that asks something can have. */
double raw_postgres(const char *address, int group, bool savepoints, double seconds)
{
    PGconn *connection = open_database(address);
    int64_t begun = raw_microseconds();
    int64_t end = begun + (int64_t)(seconds * 1e6);
    uint64_t done = 0;

    while (raw_microseconds() < end) {
        send(connection, "BEGIN");
        for (int i = 0; i < group; i++) {
            if (savepoints)
                send(connection, "SAVEPOINT part");
            send_insert(connection, done++);
            if (savepoints)
                send(connection, "RELEASE SAVEPOINT part");
        }
        send(connection, "COMMIT");
        receive(connection);
    }
    end = raw_microseconds();
    PQexitPipelineMode(connection);
    run(connection, "DROP TABLE assay_bench");
    PQfinish(connection);
    return (double)done / ((double)(end - begun) / 1e6);
}
