/*
 * Each engine has catalogues of its own. Statements are put together from the names that stand in
 * them, which our migrations have written and is_name has looked at; nothing else goes into them.
 */
#include "base/buf.h"
#include "store/driver.h"
#include "store/tables.h"

#define TABLES_MAX 500
#define SQL_MAX ((size_t)64 * 1024)

/* table, column, type, nullable, place in the key, whether it is an ID */
static const char sqlite_columns[] =
    "SELECT t.name, c.name, c.type, c.\"notnull\" = 0 AND c.pk = 0, c.pk,"
    " c.pk = 1 AND c.type = 'INTEGER' AND instr(s.sql, 'AUTOINCREMENT') > 0"
    " FROM pragma_table_list AS t"
    " JOIN sqlite_schema AS s ON s.name = t.name"
    " JOIN pragma_table_info(t.name) AS c"
    " WHERE t.type = 'table' AND t.schema = 'main' AND substr(t.name, 1, 7) <> 'sqlite_'"
    " ORDER BY t.name, c.cid";
static const char postgres_columns[] =
    "SELECT t.relname, a.attname,"
    " CASE y.typname WHEN 'int8' THEN 'INTEGER' WHEN 'text' THEN 'TEXT' WHEN 'bytea' THEN 'BLOB'"
    "  ELSE CAST(y.typname AS TEXT) END,"
    " NOT a.attnotnull,"
    " CAST(coalesce(array_position(CAST(i.indkey AS int2[]), a.attnum) + 1, 0) AS BIGINT),"
    " a.attidentity <> ''"
    " FROM pg_class AS t"
    " JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " JOIN pg_type AS y ON y.oid = a.atttypid"
    " LEFT JOIN pg_index AS i ON i.indrelid = t.oid AND i.indisprimary"
    " WHERE t.relkind = 'r' AND t.relnamespace = CAST(current_schema() AS regnamespace)"
    " ORDER BY CAST(t.relname AS TEXT) COLLATE \"C\", a.attnum";

/* table, table it refers to, name of the constraint */
static const char sqlite_references[] =
    "SELECT t.name, f.\"table\", NULL"
    " FROM pragma_table_list AS t JOIN pragma_foreign_key_list(t.name) AS f"
    " WHERE t.type = 'table' AND t.schema = 'main' AND f.seq = 0 ORDER BY t.name, f.id DESC";
static const char postgres_references[] =
    "SELECT t.relname, r.relname, c.conname"
    " FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid"
    " JOIN pg_class AS r ON r.oid = c.confrelid"
    " WHERE c.contype = 'f' AND t.relnamespace = CAST(current_schema() AS regnamespace)"
    " ORDER BY CAST(t.relname AS TEXT) COLLATE \"C\", c.oid";

/* A table while it is read. */
struct draft {
    struct str name;
    struct column *columns;
    size_t column_count, column_room;
    size_t *to; /* by index of the draft */
    struct str *constraints;
    size_t reference_count, to_room, constraint_room;
    size_t place; /* in the order, from 1; 0: not placed yet */
};

struct reading {
    struct store *store;
    struct arena *arena;
    struct draft *drafts;
    size_t count, room;
};

static bool is_name(struct str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_')
            return false;
    }
    return name.n > 0;
}

static bool kind_of(struct str type, enum datum_kind *ret)
{
    if (str_eq_c(type, "INTEGER"))
        *ret = DATUM_INT;
    else if (str_eq_c(type, "TEXT"))
        *ret = DATUM_TEXT;
    else if (str_eq_c(type, "BLOB"))
        *ret = DATUM_BYTES;
    else
        return false;
    return true;
}

static struct result unsuitable(struct reading *reading, struct str table, const char *what)
{
    return store_failed(&reading->store->fault, &STORE_UNSUITABLE, "table %.*s %s", STR_ARG(table),
                        what);
}

static struct result add_column(struct reading *reading, const struct query *query)
{
    struct str table = query_text(query, 0);
    struct str name = query_text(query, 1);
    struct draft *draft = reading->count > 0 ? &reading->drafts[reading->count - 1] : NULL;
    struct column column = { 0 };

    if (!is_name(table) || !is_name(name))
        return unsuitable(reading, table, "or a column of it has a name that is not ours");
    if (!kind_of(query_text(query, 2), &column.kind))
        return unsuitable(reading, table, "has a column of a type that is not ours");
    if (!draft || !str_eq(draft->name, table)) {
        draft = ARENA_PUSH(reading->arena, reading->drafts, reading->count, reading->room);
        draft->name = str_copy(reading->arena, table);
    }
    column.name = str_copy(reading->arena, name);
    column.nullable = query_int(query, 3) != 0;
    column.key = (size_t)query_int(query, 4);
    column.is_id = query_int(query, 5) != 0;
    if (draft->column_count == STORE_PARAMS_MAX || reading->count > TABLES_MAX)
        return unsuitable(reading, table, "is one too many, or has too many columns");
    *ARENA_PUSH(reading->arena, draft->columns, draft->column_count, draft->column_room) = column;
    return OK;
}

static struct result read_columns(struct reading *reading)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(reading->store,
                    store_engine(reading->store) == STORE_SQLITE ? sqlite_columns
                                                                 : postgres_columns,
                    NO_PARAMS, &query));
    while (query_next(&query))
        TRY(add_column(reading, &query));
    return query_end(&query);
}

static struct draft *find_draft(struct reading *reading, struct str name)
{
    for (size_t i = 0; i < reading->count; i++) {
        if (str_eq(reading->drafts[i].name, name))
            return &reading->drafts[i];
    }
    return NULL;
}

static struct result add_reference(struct reading *reading, const struct query *query)
{
    struct draft *from = find_draft(reading, query_text(query, 0));
    struct draft *to = find_draft(reading, query_text(query, 1));
    struct str name = query_text(query, 2);
    size_t count;

    if (!from || !to)
        return unsuitable(reading, query_text(query, 0), "refers to a table that is not there");
    if (name.p && !is_name(name))
        return unsuitable(reading, from->name, "has a constraint with a name that is not ours");
    count = from->reference_count;
    *ARENA_PUSH(reading->arena, from->to, count, from->to_room) = (size_t)(to - reading->drafts);
    *ARENA_PUSH(reading->arena, from->constraints, from->reference_count, from->constraint_room) =
        name.p ? str_copy(reading->arena, name) : STR_NONE;
    return OK;
}

static struct result read_references(struct reading *reading)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(reading->store,
                    store_engine(reading->store) == STORE_SQLITE ? sqlite_references
                                                                 : postgres_references,
                    NO_PARAMS, &query));
    while (query_next(&query))
        TRY(add_reference(reading, &query));
    return query_end(&query);
}

/* ---- order ---- */

/* Whether all that it refers to has a place. */
static bool is_ready(const struct reading *reading, const struct draft *draft)
{
    for (size_t i = 0; i < draft->reference_count; i++) {
        const struct draft *to = &reading->drafts[draft->to[i]];
        if (to != draft && to->place == 0)
            return false;
    }
    return true;
}

/* The drafts are sorted by name. Of tables that refer to each other the first goes first. */
static void order(struct reading *reading)
{
    for (size_t place = 1; place <= reading->count; place++) {
        struct draft *chosen = NULL;
        bool ready = false;

        for (size_t i = 0; i < reading->count && !ready; i++) {
            struct draft *draft = &reading->drafts[i];
            if (draft->place > 0)
                continue;
            ready = is_ready(reading, draft);
            if (ready || !chosen)
                chosen = draft;
        }
        BUG_IF(!chosen); /* there are as many places as tables */
        chosen->place = place;
    }
}

/* ---- statements ---- */

static const char *take_sql(struct reading *reading, struct buf *sql)
{
    buf_byte(sql, '\0');
    BUG_IF(sql->overflow);
    return buf_take(sql, reading->arena).p;
}

static void add_names(struct buf *sql, const struct draft *draft)
{
    for (size_t i = 0; i < draft->column_count; i++)
        buf_format(sql, "%s\"%.*s\"", i > 0 ? ", " : "", STR_ARG(draft->columns[i].name));
}

static void add_key(struct buf *sql, const struct draft *draft, size_t keys)
{
    for (size_t key = 1; key <= keys; key++) {
        for (size_t i = 0; i < draft->column_count; i++) {
            if (draft->columns[i].key == key)
                buf_format(sql, "%s\"%.*s\"", key > 1 ? ", " : "", STR_ARG(draft->columns[i].name));
        }
    }
}

static void add_params(struct buf *sql, size_t first, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_format(sql, "%s$%zu", i > 0 ? ", " : "", first + i);
}

static const char *reading_sql(struct reading *reading, const struct draft *draft, size_t keys,
                               bool next)
{
    struct buf sql;

    buf_init(&sql, SQL_MAX);
    buf_add_c(&sql, "SELECT ");
    add_names(&sql, draft);
    buf_format(&sql, " FROM \"%.*s\"", STR_ARG(draft->name));
    if (next) {
        buf_add_c(&sql, " WHERE (");
        add_key(&sql, draft, keys);
        buf_add_c(&sql, ") > (");
        add_params(&sql, 2, keys);
        buf_add_c(&sql, ")");
    }
    buf_add_c(&sql, " ORDER BY ");
    add_key(&sql, draft, keys);
    buf_add_c(&sql, " LIMIT $1");
    return take_sql(reading, &sql);
}

/* PostgreSQL has to be told that it is not to give out the ids of rows that have theirs. */
static const char *insert_sql(struct reading *reading, const struct draft *draft, bool has_id)
{
    struct buf sql;

    buf_init(&sql, SQL_MAX);
    buf_format(&sql, "INSERT INTO \"%.*s\" (", STR_ARG(draft->name));
    add_names(&sql, draft);
    buf_add_c(&sql, has_id && store_engine(reading->store) == STORE_POSTGRES
                        ? ") OVERRIDING SYSTEM VALUE VALUES ("
                        : ") VALUES (");
    add_params(&sql, 1, draft->column_count);
    buf_add_c(&sql, ")");
    return take_sql(reading, &sql);
}

/* ---- the whole ---- */

static const struct reference *references_of(struct reading *reading, const struct draft *draft)
{
    struct reference *references =
        ARENA_ARRAY(reading->arena, draft->reference_count, struct reference);

    for (size_t i = 0; i < draft->reference_count; i++) {
        const struct draft *to = &reading->drafts[draft->to[i]];
        references[i] = (struct reference){
            .name = draft->constraints[i],
            .to = to->place - 1,
            .later = to->place >= draft->place,
        };
    }
    return references;
}

/* The next id. That of SQLite is the largest that was ever given out and one. */
static struct result read_next_id(struct store *store, const struct table *table, int64_t *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t last = 0;

    TRY(query_begin(store,
                    store_engine(store) == STORE_SQLITE
                        ? "SELECT seq FROM sqlite_sequence WHERE name = $1 AND $2 <> ''"
                        : "SELECT pg_sequence_last_value(CAST("
                          " pg_get_serial_sequence(quote_ident($1), $2) AS regclass))",
                    PARAMS(datum_text(table->name), datum_text(table->id)), &query));
    if (query_next(&query))
        last = query_int_or(&query, 0, 0);
    TRY(query_end(&query));
    *ret = last + 1;
    return OK;
}

static struct result finish(struct reading *reading, const struct draft *draft, struct table *ret)
{
    struct table table = {
        .name = draft->name,
        .columns = draft->columns,
        .column_count = draft->column_count,
        .references = references_of(reading, draft),
        .reference_count = draft->reference_count,
    };

    for (size_t i = 0; i < draft->column_count; i++) {
        table.key_count += draft->columns[i].key > 0;
        if (draft->columns[i].is_id)
            table.id = draft->columns[i].name;
    }
    if (table.key_count == 0)
        return unsuitable(reading, draft->name, "has no primary key");
    if (table.id.p)
        TRY(read_next_id(reading->store, &table, &table.next));
    table.read_first = reading_sql(reading, draft, table.key_count, false);
    table.read_next = reading_sql(reading, draft, table.key_count, true);
    table.insert = insert_sql(reading, draft, table.id.p);
    *ret = table;
    return OK;
}

struct result tables_read(struct store *store, struct arena *arena, struct tables *ret)
{
    struct reading reading = { .store = store, .arena = arena };
    struct table *tables;

    TRY(read_columns(&reading));
    TRY(read_references(&reading));
    order(&reading);
    tables = ARENA_ARRAY(arena, reading.count, struct table);
    for (size_t i = 0; i < reading.count; i++)
        TRY(finish(&reading, &reading.drafts[i], &tables[reading.drafts[i].place - 1]));
    *ret = (struct tables){ tables, reading.count };
    return OK;
}
