#include <inttypes.h>

#include "instance/doctor_parts.h"
#include "register/journal.h"
#include "register/scheme_texts.h"
#include "store/migrate.h"

#define FINDINGS_MAX 20 /* of one kind; more of them tell nothing more */
#define LATE_MICROSECONDS (INT64_C(3600) * 1000000)

#define RESTORE                                                                                    \
    STR("stop the server, keep a copy of the folder as it is, and restore the last good backup: "  \
        "'assay restore'")

/* ---- the engine ---- */

/* SQLite looks through the whole file: pages, indexes, checks, and foreign keys. */
static struct result check_sqlite(struct doctor *doctor)
{
    CLEANUP(query_release) struct query query = { 0 };
    size_t found = 0;

    TRY(query_begin(doctor->store, "SELECT integrity_check FROM pragma_integrity_check(20)",
                    NO_PARAMS, &query));
    while (query_next(&query)) {
        struct str said = query_text(&query, 0);

        if (!str_eq_c(said, "ok"))
            doctor_find(doctor, FINDING_FAULT, RESTORE, "The file is damaged: %.*s", STR_ARG(said));
    }
    TRY(query_end(&query));
    TRY(query_begin(doctor->store,
                    "SELECT \"table\", \"parent\", count(*) FROM pragma_foreign_key_check"
                    " GROUP BY 1, 2 ORDER BY 1, 2",
                    NO_PARAMS, &query));
    while (query_next(&query) && found++ < FINDINGS_MAX)
        doctor_find(doctor, FINDING_FAULT, RESTORE,
                    "%" PRId64 " rows of the table '%.*s' name rows of '%.*s' that are not there",
                    query_int(&query, 2), STR_ARG(query_text(&query, 0)),
                    STR_ARG(query_text(&query, 1)));
    return query_end(&query);
}

/* Settings of the server by which it may lose what it said it has kept. */
static struct result check_server_settings(struct doctor *doctor)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(doctor->store,
                    "SELECT name, setting FROM pg_settings"
                    " WHERE name IN ('fsync', 'full_page_writes', 'data_checksums')"
                    " AND setting = 'off' ORDER BY name",
                    NO_PARAMS, &query));
    while (query_next(&query)) {
        struct str name = query_text(&query, 0);

        if (str_eq_c(name, "data_checksums"))
            doctor_find(doctor, FINDING_WARNING,
                        STR("have whoever runs the server turn them on with pg_checksums"),
                        "The server keeps no checksums of its pages, so that a disk that fails "
                        "silently is not noticed");
        else
            doctor_find(doctor, FINDING_FAULT,
                        doctor_text(doctor, "set '%.*s = on' in postgresql.conf", STR_ARG(name)),
                        "The server has '%.*s' turned off: a crash may take what people were told "
                        "was kept",
                        STR_ARG(name));
    }
    return query_end(&query);
}

static struct result check_checksums(struct doctor *doctor)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(doctor->store,
                    "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database"
                    " WHERE datname = current_database()",
                    NO_PARAMS, &query));
    if (query_next(&query) && query_int(&query, 0) > 0)
        doctor_find(doctor, FINDING_FAULT, RESTORE,
                    "The server has met %" PRId64 " pages whose checksum is wrong",
                    query_int(&query, 0));
    return query_end(&query);
}

static struct result check_indexes(struct doctor *doctor)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(doctor->store,
                    "SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                    " JOIN pg_namespace n ON n.oid = c.relnamespace"
                    " WHERE NOT (i.indisvalid AND i.indisready)"
                    " AND n.nspname = current_schema() ORDER BY 1",
                    NO_PARAMS, &query));
    while (query_next(&query))
        doctor_find(doctor, FINDING_FAULT,
                    doctor_text(doctor, "have the owner of the database run REINDEX INDEX %.*s",
                                STR_ARG(query_text(&query, 0))),
                    "The index '%.*s' is not usable", STR_ARG(query_text(&query, 0)));
    TRY(query_end(&query));
    TRY(query_begin(doctor->store,
                    "SELECT conname::text, conrelid::regclass::text FROM pg_constraint"
                    " WHERE NOT convalidated AND connamespace = current_schema()::regnamespace"
                    " ORDER BY 1",
                    NO_PARAMS, &query));
    while (query_next(&query))
        doctor_find(
            doctor, FINDING_FAULT,
            doctor_text(doctor, "have its owner run ALTER TABLE %.*s VALIDATE CONSTRAINT %.*s",
                        STR_ARG(query_text(&query, 1)), STR_ARG(query_text(&query, 0))),
            "Rows were never checked against the rule '%.*s'", STR_ARG(query_text(&query, 0)));
    return query_end(&query);
}

static struct result check_postgres(struct doctor *doctor)
{
    TRY(check_server_settings(doctor));
    TRY(check_checksums(doctor));
    return check_indexes(doctor);
}

struct result doctor_database(struct doctor *doctor)
{
    struct str message = STR_NONE;
    struct result result = instance_connect(doctor->settings->config, INSTANCE_READ, doctor->arena,
                                            &doctor->store, &message);

    if (failed(result)) {
        doctor_find(doctor, FINDING_FAULT,
                    STR("begin with this: what is looked at next needs the database"), "%.*s",
                    STR_ARG(message));
        return OK;
    }
    TRY(store_begin(doctor->store));
    return store_engine(doctor->store) == STORE_SQLITE ? check_sqlite(doctor)
                                                       : check_postgres(doctor);
}

/* ---- what stands in it ---- */

struct result doctor_migrations(struct doctor *doctor)
{
    struct migrations migrations = migrations_of_program();
    struct result result;
    size_t applied;

    result = migrate_applied(doctor->store, migrations, &applied);
    if (result.error == &STORE_NEWER || result.error == &STORE_CHANGED) {
        doctor_find(doctor, FINDING_FAULT, STR("use the version of the program that it is of"),
                    "%s: %s", result.error->message, store_fault(doctor->store)->message);
        return OK;
    }
    TRY(result);
    doctor->current = applied == migrations.count;
    if (!doctor->current)
        doctor_find(doctor, FINDING_FAULT,
                    doctor_text(doctor,
                                "make a backup, then run 'assay migrate --data %s', or start the "
                                "server",
                                doctor->settings->config->data),
                    "%zu of %zu migrations are still to be applied", migrations.count - applied,
                    migrations.count);
    return OK;
}

static void tell_entries(void *context, int64_t done, int64_t all)
{
    const struct doctor *doctor = context;

    tell(doctor->settings->told, "entries", done, done, all);
}

struct result doctor_journal(struct doctor *doctor)
{
    struct journal_report report;

    TRY(journal_verify(doctor->store, doctor->arena, (struct journal_heads){ NULL, 0 },
                       tell_entries, doctor, &report));
    if (report.faults > 0)
        doctor_find(
            doctor, FINDING_FAULT,
            STR("'assay journal verify' lists them; find out who could change the database, "
                "and compare it with backups"),
            "The journal does not hold at %" PRId64 " places, the first at position %" PRId64
            ": %s",
            report.faults, report.first_fault, journal_fault_text(report.kind));
    return OK;
}

struct result doctor_scheme(struct doctor *doctor)
{
    const struct config *config = doctor->settings->config;
    struct scheme_side side;
    struct diags diags;
    struct result result;

    diags_init(&diags, doctor->arena);
    result = scheme_side_at(doctor->store, doctor->arena, SCHEME_NOW, &diags, &side);
    if (result.error == &SCHEME_MISSING) {
        doctor_find(
            doctor, FINDING_WARNING,
            doctor_text(doctor, "load one: 'assay scheme load --data %s DIR'", config->data),
            "No scheme was loaded yet");
        return OK;
    }
    if (result.error == &SCHEME_BROKEN) {
        doctor_find(doctor, FINDING_FAULT,
                    STR("load the folder that it was loaded from with this version, or use the "
                        "version that loaded it"),
                    "The scheme in the database has %zu faults; the first: %.*s", diags.errors,
                    STR_ARG(diags.count > 0 ? diags.list[0].message : STR("not told")));
        return OK;
    }
    return result;
}

/* ---- what the program does by itself ---- */

static struct result find_mail(struct doctor *doctor)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t since = doctor->settings->now - LATE_MICROSECONDS;

    TRY(query_begin(doctor->store,
                    "SELECT count(*), max(answer) FROM mail"
                    " WHERE state IN ('waiting', 'claimed') AND leave_at < $1",
                    PARAMS(datum_int(since)), &query));
    if (query_next(&query) && query_int(&query, 0) > 0)
        doctor_find(
            doctor, FINDING_WARNING,
            STR("look whether the server runs and reaches the mail server; 'assay mail list' "
                "shows them"),
            "%" PRId64 " letters have waited for more than an hour%s%.*s", query_int(&query, 0),
            query_text(&query, 1).p ? "; an answer was: " : "", STR_ARG(query_text(&query, 1)));
    TRY(query_end(&query));
    TRY(query_begin(doctor->store, "SELECT count(*), max(answer) FROM mail WHERE state = 'dead'",
                    NO_PARAMS, &query));
    if (query_next(&query) && query_int(&query, 0) > 0)
        doctor_find(
            doctor, FINDING_WARNING,
            STR("'assay mail list' shows them; 'assay mail retry' or 'assay mail drop' each"),
            "%" PRId64 " letters were given up%s%.*s", query_int(&query, 0),
            query_text(&query, 1).p ? "; an answer was: " : "", STR_ARG(query_text(&query, 1)));
    return query_end(&query);
}

static struct result find_failures(struct doctor *doctor, const char *sql)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(doctor->store, sql, NO_PARAMS, &query));
    while (query_next(&query))
        doctor_find(doctor, FINDING_WARNING,
                    STR("look for its cause; it is tried again, and nothing is left out"),
                    "'%.*s' has failed %" PRId64 " times in a row: %.*s",
                    STR_ARG(query_text(&query, 0)), query_int(&query, 1),
                    STR_ARG(query_text(&query, 2)));
    return query_end(&query);
}

struct result doctor_jobs(struct doctor *doctor)
{
    TRY(find_mail(doctor));
    TRY(find_failures(doctor, "SELECT name, failures, failure FROM consumer WHERE failures > 0"
                              " ORDER BY name"));
    return find_failures(doctor, "SELECT kind, failures, failure FROM timer WHERE failures > 0"
                                 " ORDER BY kind, subject LIMIT 20");
}
