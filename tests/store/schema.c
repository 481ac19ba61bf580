#include "schema.h"

#include "engine.h"

/* Each engine has catalogues of its own. A column of the kind ID is told by the way it is filled.
 */
static const char sqlite_columns[] =
    "SELECT t.name, c.name,"
    " CASE WHEN s.sql LIKE '%' || c.name || ' INTEGER PRIMARY KEY AUTOINCREMENT%' THEN 'ID'"
    "  WHEN c.type = 'INTEGER' THEN 'INT64' WHEN c.type = 'BLOB' THEN 'BYTES' ELSE c.type END,"
    " CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN 'not null' ELSE 'null' END, c.pk"
    " FROM pragma_table_list AS t"
    " JOIN sqlite_schema AS s ON s.name = t.name"
    " JOIN pragma_table_info(t.name) AS c"
    " WHERE t.type = 'table' AND t.schema = 'main' AND t.name NOT LIKE 'sqlite_%'"
    " ORDER BY t.name, c.cid";
static const char postgres_columns[] =
    "SELECT t.relname, a.attname,"
    " CASE WHEN a.attidentity = 'a' THEN 'ID'"
    "  WHEN y.typname = 'int8' THEN 'INT64' WHEN y.typname = 'bytea' THEN 'BYTES'"
    "  WHEN y.typname = 'text' AND l.collname = 'C' THEN 'TEXT' ELSE y.typname || ' ?' END,"
    " CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END,"
    " CAST(coalesce(array_position(CAST(i.indkey AS int2[]), a.attnum) + 1, 0) AS BIGINT)"
    " FROM pg_class AS t"
    " JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " JOIN pg_type AS y ON y.oid = a.atttypid"
    " LEFT JOIN pg_collation AS l ON l.oid = a.attcollation"
    " LEFT JOIN pg_index AS i ON i.indrelid = t.oid AND i.indisprimary"
    " WHERE t.relkind = 'r' AND t.relnamespace = CAST(current_schema() AS regnamespace)"
    " ORDER BY CAST(t.relname AS TEXT) COLLATE \"C\", a.attnum";

/* Those that migrations name; what stands behind a key goes without saying. */
static const char sqlite_indices[] =
    "SELECT m.name, l.\"unique\", (SELECT group_concat(x.name, ', ') FROM"
    " (SELECT name FROM pragma_index_info(m.name) ORDER BY seqno) AS x)"
    " FROM sqlite_schema AS m JOIN pragma_index_list(m.tbl_name) AS l ON l.name = m.name"
    " WHERE m.type = 'index' AND m.sql IS NOT NULL ORDER BY m.name";
static const char postgres_indices[] =
    "SELECT c.relname, CASE WHEN i.indisunique THEN 1 ELSE 0 END,"
    " (SELECT string_agg(a.attname, ', ' ORDER BY array_position(CAST(i.indkey AS int2[]),"
    "   a.attnum)) FROM pg_attribute AS a WHERE a.attrelid = i.indrelid"
    "   AND a.attnum = ANY (CAST(i.indkey AS int2[])))"
    " FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid"
    " WHERE c.relnamespace = CAST(current_schema() AS regnamespace)"
    " AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conindid = i.indexrelid)"
    " ORDER BY CAST(c.relname AS TEXT) COLLATE \"C\"";

static void write_columns(struct store *store, struct buf *out)
{
    struct query query = { 0 };

    check_ok(store, query_begin(store, engine_is_postgres() ? postgres_columns : sqlite_columns,
                                NO_PARAMS, &query));
    while (query_next(&query)) {
        struct str table = query_text(&query, 0);
        struct str column = query_text(&query, 1);
        struct str type = query_text(&query, 2);
        struct str null = query_text(&query, 3);
        buf_format(out, "%.*s.%.*s %.*s %.*s", STR_ARG(table), STR_ARG(column), STR_ARG(type),
                   STR_ARG(null));
        if (query_int(&query, 4) > 0)
            buf_format(out, " key %lld", (long long)query_int(&query, 4));
        buf_byte(out, '\n');
    }
    check_ok(store, query_end(&query));
}

void schema_write(struct store *store, struct buf *out)
{
    struct query query = { 0 };

    write_columns(store, out);
    check_ok(store, query_begin(store, engine_is_postgres() ? postgres_indices : sqlite_indices,
                                NO_PARAMS, &query));
    while (query_next(&query)) {
        struct str name = query_text(&query, 0);
        struct str columns = query_text(&query, 2);
        buf_format(out, "%sindex %.*s (%.*s)\n", query_int(&query, 1) ? "unique " : "",
                   STR_ARG(name), STR_ARG(columns));
    }
    check_ok(store, query_end(&query));
}
