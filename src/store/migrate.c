#include "store/migrate.h"

#include "base/buf.h"
#include "store/ddl.h"
#include "store/driver.h"

#define SCRIPT_MAX ((size_t)1 << 20)

extern const struct embedded_file store_migrations[];
extern const size_t store_migrations_count;

struct migrations migrations_of_program(void)
{
    return (struct migrations){ store_migrations, store_migrations_count };
}

static void check_numbers(struct migrations migrations)
{
    for (size_t i = 0; i < migrations.count; i++) {
        struct str digits = str_take(str_from_c(migrations.at[i].name), 4);
        int64_t number = 0;
        if (!str_to_int(digits, 1, 9999, &number) || (size_t)number != i + 1)
            BUG("migration %zu is called %s", i + 1, migrations.at[i].name);
    }
}

/* The first migration makes use of this table, so it stands before all of them. */
static struct result make_table(struct store *store)
{
    struct buf sql;
    struct result result;

    buf_init(&sql, SCRIPT_MAX);
    ddl_write(STR("CREATE TABLE IF NOT EXISTS migration ("
                  " number INT64 PRIMARY KEY CHECK (number > 0),"
                  " name TEXT NOT NULL,"
                  " sha256 TEXT NOT NULL CHECK (length(sha256) = 64),"
                  " applied_at INT64 NOT NULL,"
                  " program TEXT NOT NULL"
                  ") STRICT;"),
              &store->driver->words, &sql);
    buf_byte(&sql, '\0');
    result = store_script(store, sql.p);
    buf_release(&sql);
    return result;
}

/* One row of the table against the program's migrations. */
static struct result check_row(struct store *store, struct migrations migrations,
                               const struct query *query)
{
    int64_t number = query_int(query, 0);
    struct str name = query_text(query, 1);
    struct str sha256 = query_text(query, 2);
    const struct embedded_file *ours;

    if (number > (int64_t)migrations.count)
        return store_failed(&store->fault, &STORE_NEWER,
                            "migration %lld, %.*s, is unknown to this program", (long long)number,
                            STR_ARG(name));
    ours = &migrations.at[number - 1];
    if (!str_eq_c(sha256, ours->sha256))
        return store_failed(&store->fault, &STORE_CHANGED,
                            "migration %lld: the database has %.*s, SHA-256 %.*s; this program has "
                            "%s, SHA-256 %s",
                            (long long)number, STR_ARG(name), STR_ARG(sha256), ours->name,
                            ours->sha256);
    return OK;
}

/* Compares what was applied with what we know. *ret_applied is how many were. */
static struct result check_applied(struct store *store, struct migrations migrations,
                                   size_t *ret_applied)
{
    CLEANUP(query_release) struct query query = { 0 };
    size_t applied = 0;

    TRY(query_begin(store, "SELECT number, name, sha256 FROM migration ORDER BY number", NO_PARAMS,
                    &query));
    while (query_next(&query)) {
        applied++;
        if (query_int(&query, 0) != (int64_t)applied)
            return store_failed(&store->fault, &STORE_CHANGED,
                                "migration %zu is missing from the table of migrations", applied);
        TRY(check_row(store, migrations, &query));
    }
    TRY(query_end(&query));
    *ret_applied = applied;
    return OK;
}

static struct result apply(struct store *store, const struct embedded_file *migration,
                           size_t number, int64_t now, const char *program)
{
    struct buf sql;
    struct result result;

    buf_init(&sql, SCRIPT_MAX);
    ddl_write((struct str){ migration->bytes, migration->size }, &store->driver->words, &sql);
    buf_byte(&sql, '\0');
    BUG_IF(sql.overflow);
    result = store_script(store, sql.p);
    buf_release(&sql);
    TRY(result);
    return store_run(store,
                     "INSERT INTO migration (number, name, sha256, applied_at, program)"
                     " VALUES ($1, $2, $3, $4, $5)",
                     PARAMS(datum_int((int64_t)number), datum_text(str_from_c(migration->name)),
                            datum_text(str_from_c(migration->sha256)), datum_int(now),
                            datum_text(str_from_c(program))));
}

/* Applies the next one, if there is one, while nobody else can. */
static struct result step(struct store *store, struct migrations migrations, int64_t now,
                          const char *program, bool *ret_more)
{
    size_t applied;

    TRY(make_table(store));
    TRY(check_applied(store, migrations, &applied));
    if (applied < migrations.count)
        TRY(apply(store, &migrations.at[applied], applied + 1, now, program));
    TRY(store->driver->commit_migration(store));
    *ret_more = applied + 1 < migrations.count;
    return OK;
}

struct result migrate(struct store *store, struct migrations migrations, int64_t now,
                      const char *program)
{
    struct result result;
    bool more = true;

    check_numbers(migrations);
    do {
        result = store->driver->begin_migration(store);
        if (!failed(result))
            result = step(store, migrations, now, program, &more);
        store->driver->end_migration(store);
    } while (!failed(result) && more);
    return result;
}

/* Whether the table is there at all. */
static struct result has_table(struct store *store, bool *ret)
{
    CLEANUP(query_release) struct query query = { 0 };

    /* Each engine has a list of tables of its own. */
    TRY(query_begin(store,
                    store_engine(store) == STORE_SQLITE
                        ? "SELECT count(*) FROM sqlite_schema WHERE name = 'migration'"
                        : "SELECT count(to_regclass('migration'))",
                    NO_PARAMS, &query));
    *ret = query_next(&query) && query_int(&query, 0) > 0;
    return query_end(&query);
}

struct result migrate_applied(struct store *store, struct migrations migrations, size_t *ret)
{
    size_t applied = 0;
    bool there = false;

    check_numbers(migrations);
    TRY(has_table(store, &there));
    if (there)
        TRY(check_applied(store, migrations, &applied));
    *ret = applied;
    return OK;
}

struct result migrate_check(struct store *store, struct migrations migrations)
{
    size_t applied;

    TRY(migrate_applied(store, migrations, &applied));
    if (applied < migrations.count)
        return store_failed(&store->fault, &STORE_OLDER, "%zu of %zu migrations have been applied",
                            applied, migrations.count);
    return OK;
}
