#include "store/tables.h"

#include "base/buf.h"

#define SQL_MAX 500

const struct table *table_find(struct tables tables, struct str name)
{
    for (size_t i = 0; i < tables.count; i++) {
        if (str_eq(tables.at[i].name, name))
            return tables.at + i;
    }
    return NULL;
}

struct result table_read(struct store *store, const struct table *table, const struct datum *after,
                         int64_t max, struct query *ret)
{
    struct datum params[STORE_PARAMS_MAX] = { datum_int(max) };

    if (!after)
        return query_begin(store, table->read_first, (struct params){ params, 1 }, ret);
    for (size_t i = 0; i < table->key_count; i++)
        params[i + 1] = after[i];
    return query_begin(store, table->read_next, (struct params){ params, table->key_count + 1 },
                       ret);
}

struct result table_insert(struct store *store, const struct table *table, const struct datum *row)
{
    return store_run(store, table->insert, (struct params){ row, table->column_count });
}

/* SQLite has noted the largest id of the rows that were added, if any were. */
static struct result set_sqlite_next(struct store *store, const struct table *table, int64_t next)
{
    int64_t rows = 0;

    TRY(store_change(store, "UPDATE sqlite_sequence SET seq = $2 WHERE name = $1",
                     PARAMS(datum_text(table->name), datum_int(next - 1)), &rows));
    if (rows > 0)
        return OK;
    return store_run(store, "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)",
                     PARAMS(datum_text(table->name), datum_int(next - 1)));
}

static struct result set_postgres_next(struct store *store, const struct table *table, int64_t next)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(store,
                    "SELECT setval(CAST(pg_get_serial_sequence(quote_ident($1), $2) AS regclass),"
                    " $3)",
                    PARAMS(datum_text(table->name), datum_text(table->id), datum_int(next - 1)),
                    &query));
    return query_end(&query);
}

struct result table_set_next(struct store *store, const struct table *table, int64_t next)
{
    if (next <= 1)
        return OK;
    return store_engine(store) == STORE_SQLITE ? set_sqlite_next(store, table, next)
                                               : set_postgres_next(store, table, next);
}

/* A statement about one table: `before`, its name, `after`. */
static void write_sql(char sql[SQL_MAX], const char *before, const struct table *table,
                      const char *after)
{
    struct buf text;

    buf_init(&text, SQL_MAX - 1);
    buf_format(&text, "%s\"%.*s\"%s", before, STR_ARG(table->name), after);
    BUG_IF(text.overflow);
    for (size_t i = 0; i < text.n; i++)
        sql[i] = text.p[i];
    sql[text.n] = '\0';
    buf_release(&text);
}

static struct result ask(struct store *store, const char *sql, int64_t *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t answer = 0;

    TRY(query_begin(store, sql, NO_PARAMS, &query));
    if (query_next(&query))
        answer = query_int(&query, 0);
    TRY(query_end(&query));
    *ret = answer;
    return OK;
}

struct result table_count(struct store *store, const struct table *table, int64_t *ret)
{
    char sql[SQL_MAX];

    write_sql(sql, "SELECT count(*) FROM ", table, "");
    return ask(store, sql, ret);
}

struct result table_is_empty(struct store *store, const struct table *table, bool *ret)
{
    char sql[SQL_MAX];
    int64_t rows = 0;

    write_sql(sql, "SELECT count(*) FROM (SELECT 1 FROM ", table, " LIMIT 1) AS found");
    TRY(ask(store, sql, &rows));
    *ret = rows == 0;
    return OK;
}

struct result table_clear(struct store *store, const struct table *table)
{
    char sql[SQL_MAX];
    int64_t rows;

    write_sql(sql, "DELETE FROM ", table, "");
    return store_change(store, sql, NO_PARAMS, &rows);
}

/* ---- tables that refer to each other ---- */

/* PostgreSQL puts off those constraints alone that were made so. */
static struct result alter_constraints(struct store *store, struct tables tables, const char *how)
{
    struct buf sql;
    struct result result = OK;

    buf_init(&sql, (size_t)1 << 20);
    for (size_t i = 0; i < tables.count; i++) {
        const struct table *table = &tables.at[i];
        for (size_t k = 0; k < table->reference_count; k++) {
            if (table->references[k].later)
                buf_format(&sql, "ALTER TABLE \"%.*s\" ALTER CONSTRAINT \"%.*s\" %s;",
                           STR_ARG(table->name), STR_ARG(table->references[k].name), how);
        }
    }
    if (sql.n > 0) {
        buf_byte(&sql, '\0');
        BUG_IF(sql.overflow);
        result = store_script(store, sql.p);
    }
    buf_release(&sql);
    return result;
}

struct result tables_loosen(struct store *store, struct tables tables)
{
    if (store_engine(store) == STORE_SQLITE)
        return store_script(store, "PRAGMA defer_foreign_keys = ON");
    return alter_constraints(store, tables, "DEFERRABLE INITIALLY DEFERRED");
}

/* SQLite holds them to it at the commit. */
struct result tables_fasten(struct store *store, struct tables tables)
{
    if (store_engine(store) == STORE_SQLITE)
        return OK;
    TRY(store_script(store, "SET CONSTRAINTS ALL IMMEDIATE"));
    return alter_constraints(store, tables, "NOT DEFERRABLE");
}

struct result store_fill_alone(struct store *store)
{
    if (store_engine(store) == STORE_POSTGRES)
        return OK;
    return store_script(store, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
                               "PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536");
}
