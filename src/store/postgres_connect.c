#include <string.h>

#include "base/arena.h"
#include "store/postgres.h"
#include "store/postgres_fault.h"

#define OLDEST_SERVER 130000

/* What a connection has unless its address says otherwise: a server that vanishes without a word
   is given up after about 20 seconds, not two hours. */
static const struct {
    const char *name;
    const char *value;
} defaults[] = {
    { "connect_timeout", "5" },  { "keepalives_idle", "10" },     { "keepalives_interval", "3" },
    { "keepalives_count", "3" }, { "tcp_user_timeout", "20000" }, { "application_name", "assay" },
};

/*
 * Plans are made once and queries are short, so that compiling and spreading them only costs. What
 * is acknowledged must last, also on a server that is set up to be lax.
 */
static const char setup[] =
    "SET client_min_messages = warning; SET jit = off; SET max_parallel_workers_per_gather = 0;"
    "SET client_encoding = 'UTF8'; SET timezone = 'UTC'; SET standard_conforming_strings = on;"
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') IN ('off', 'local')";

static void ignore_notice(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

static PGconn *connect_to(const char *database)
{
    const char *names[ARRAY_LEN(defaults) + 2] = { NULL };
    const char *values[ARRAY_LEN(defaults) + 2] = { NULL };

    for (size_t i = 0; i < ARRAY_LEN(defaults); i++) {
        names[i] = defaults[i].name;
        values[i] = defaults[i].value;
    }
    names[ARRAY_LEN(defaults)] = "dbname";
    values[ARRAY_LEN(defaults)] = database;
    return PQconnectdbParams(names, values, 1);
}

static struct result check_server(struct postgres *postgres)
{
    const char *encoding = PQparameterStatus(postgres->connection, "server_encoding");
    int version = PQserverVersion(postgres->connection);

    if (version < OLDEST_SERVER)
        return store_failed(&postgres->store.fault, &STORE_UNSUITABLE,
                            "the server is PostgreSQL %d; %d or later is needed", version / 10000,
                            OLDEST_SERVER / 10000);
    if (!encoding || strcmp(encoding, "UTF8") != 0)
        return store_failed(&postgres->store.fault, &STORE_UNSUITABLE,
                            "the database is encoded in %s; make one in UTF8",
                            encoding ? encoding : "something unknown");
    return OK;
}

static struct result set_up(struct postgres *postgres)
{
    PGresult *answer = PQexec(postgres->connection, setup);
    struct result result = OK;

    if (PQresultStatus(answer) != PGRES_TUPLES_OK)
        result = postgres_fault(answer, "setting the connection up", &postgres->store.fault);
    PQclear(answer);
    if (!failed(result) && postgres->store.access == STORE_READ) {
        answer = PQexec(postgres->connection, "SET default_transaction_read_only = on");
        if (PQresultStatus(answer) != PGRES_COMMAND_OK)
            result = postgres_fault(answer, "setting the connection up", &postgres->store.fault);
        PQclear(answer);
    }
    return result;
}

/* The message must not repeat an address that is badly written: it may hold a password. */
static struct result check_address(struct postgres *postgres)
{
    PQconninfoOption *options = PQconninfoParse(postgres->database, NULL);

    if (!options)
        return store_failed(&postgres->store.fault, &STORE_CANNOT_OPEN,
                            "the address of the database is not written as "
                            "postgres://USER@HOST/DATABASE?NAME=VALUE");
    PQconninfoFree(options);
    return OK;
}

struct result postgres_connect(struct postgres *postgres)
{
    TRY(check_address(postgres));
    postgres->connection = connect_to(postgres->database);
    if (PQstatus(postgres->connection) != CONNECTION_OK)
        return postgres_gone(postgres->connection, "connecting", &postgres->store.fault);
    PQsetNoticeReceiver(postgres->connection, ignore_notice, NULL);
    TRY(check_server(postgres));
    TRY(set_up(postgres));
    if (!PQenterPipelineMode(postgres->connection))
        return postgres_gone(postgres->connection, "opening the pipeline", &postgres->store.fault);
    return OK;
}

void postgres_disconnect(struct postgres *postgres)
{
    for (size_t i = 0; i < postgres->statements.count; i++) {
        statements_forget(&postgres->statements.places[i]);
        postgres->statements.places[i].prepared = false;
    }
    postgres->sent_count = 0;
    postgres->begun = false;
    PQfinish(postgres->connection);
    postgres->connection = NULL;
}
