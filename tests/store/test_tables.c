/* What tables.h promises, on both engines: the same catalogue, rows in order, ids that go on. */
#include "store/tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "store/ddl.h"
#include "store/driver.h"

static struct arena arena;

static int begin(void **state)
{
    arena_init(&arena, 16 << 20);
    return engine_begin(state);
}

static int end(void **state)
{
    arena_release(&arena);
    return engine_end(state);
}

static struct tables read_tables(struct store *store)
{
    struct tables tables = { 0 };

    check_ok(store, tables_read(store, &arena, &tables));
    return tables;
}

static void run_ddl(struct store *store, const char *ddl)
{
    struct buf sql;

    buf_init(&sql, 1 << 16);
    ddl_write(str_from_c(ddl), &store->driver->words, &sql);
    buf_byte(&sql, '\0');
    check_ok(store, store_script(store, sql.p));
    buf_release(&sql);
}

/* Tables that refer to themselves and to each other. */
static struct store *with_rings(void)
{
    struct store *store = engine_open(engine_database(), STORE_WRITE);

    run_ddl(store,
            "CREATE TABLE ring_b (id ID, a INT64) STRICT;"
            "CREATE TABLE ring_a (id ID, b INT64 REFERENCES ring_b) STRICT;"
            "CREATE TABLE tree (id ID, above INT64 REFERENCES tree) STRICT;"
            "CREATE TABLE a_leaf (name TEXT, part INT64, tree INT64 NOT NULL REFERENCES tree,"
            " content BYTES, PRIMARY KEY (part, name)) STRICT;");
    if (!engine_is_postgres())
        run_ddl(store, "DROP TABLE ring_b;"
                       "CREATE TABLE ring_b (id ID, a INT64 REFERENCES ring_a) STRICT;");
    else
        run_ddl(store, "ALTER TABLE ring_b ADD FOREIGN KEY (a) REFERENCES ring_a;");
    return store;
}

/* Names in their order, each behind what it refers to: the two lists of the file and of the
   database are one, so that no table of a migration can be left out. */
static void every_table_of_the_schema_is_there_in_the_order_of_references(void **state)
{
    struct store *store = engine_open_migrated(engine_database());
    struct tables tables = read_tables(store);
    char path[400];
    char line[400];
    char last[400] = "";
    size_t named = 0;
    FILE *schema;

    (void)state;
    snprintf(path, sizeof(path), "%s/tests/store/schema.txt", getenv("ASSAY_SOURCE"));
    schema = fopen(path, "r");
    assert_non_null(schema);
    while (fgets(line, sizeof(line), schema)) {
        size_t length = strcspn(line, ".");
        if (line[length] != '.' || strchr(line, ' ') < line + length)
            continue; /* not a column */
        line[length] = '\0';
        if (strcmp(line, last) == 0)
            continue;
        memcpy(last, line, length + 1);
        if (!table_find(tables, str_from_c(line)))
            fail_msg("table %s is not found", line);
        named++;
    }
    fclose(schema);
    assert_int_equal(named, tables.count);
    for (size_t i = 0; i < tables.count; i++) {
        for (size_t k = 0; k < tables.at[i].reference_count; k++) {
            assert_true(tables.at[i].references[k].to < i);
            assert_false(tables.at[i].references[k].later);
        }
    }
    store_close(store);
}

static void columns_are_those_of_the_schema(void **state)
{
    struct store *store = engine_open_migrated(engine_database());
    struct tables tables = read_tables(store);
    const struct table *person = table_find(tables, STR("person"));
    const struct table *limit = table_find(tables, STR("rate_limit"));

    (void)state;
    assert_non_null(person);
    check_str(person->id, "id");
    assert_int_equal(person->column_count, 3);
    check_str(person->columns[1].name, "name");
    assert_int_equal(person->columns[1].kind, DATUM_TEXT);
    assert_false(person->columns[1].nullable);
    assert_int_equal(person->next, 1);
    assert_null(limit->id.p);
    assert_int_equal(limit->next, 0);
    assert_int_equal(limit->key_count, 2);
    assert_int_equal(limit->columns[1].key, 2);
    assert_int_equal(limit->columns[1].kind, DATUM_BYTES);
    assert_true(table_find(tables, STR("session"))->columns[9].nullable);
    assert_null(table_find(tables, STR("nothing")));
    store_close(store);
}

static void tables_that_refer_to_each_other_have_an_order_too(void **state)
{
    struct store *store = with_rings();
    struct tables tables = read_tables(store);

    (void)state;
    assert_int_equal(tables.count, 4);
    check_str(tables.at[0].name, "tree");
    check_str(tables.at[1].name, "a_leaf");
    check_str(tables.at[2].name, "ring_a");
    check_str(tables.at[3].name, "ring_b");
    assert_true(tables.at[0].references[0].later);
    assert_false(tables.at[1].references[0].later);
    assert_true(tables.at[2].references[0].later);
    assert_false(tables.at[3].references[0].later);
    store_close(store);
}

static struct result fill_rings(struct store *store, struct tables tables, int64_t missing)
{
    TRY(tables_loosen(store, tables));
    TRY(table_insert(store, table_find(tables, STR("ring_a")),
                     (struct datum[]){ datum_int(5), datum_int(7) }));
    TRY(table_insert(store, table_find(tables, STR("tree")),
                     (struct datum[]){ datum_int(1), datum_int(2) }));
    TRY(table_insert(store, table_find(tables, STR("tree")),
                     (struct datum[]){ datum_int(2), datum_null() }));
    TRY(table_insert(store, table_find(tables, STR("ring_b")),
                     (struct datum[]){ datum_int(7 + missing), datum_int(5) }));
    return tables_fasten(store, tables);
}

static void they_are_filled_in_any_order_and_held_to_it_at_the_end(void **state)
{
    struct store *store = with_rings();
    struct tables tables = read_tables(store);
    struct result result;

    (void)state;
    check_ok(store, store_begin(store));
    result = fill_rings(store, tables, 1);
    if (!failed(result))
        result = store_commit(store);
    else
        store_rollback(store);
    check_result(result, &STORE_CONSTRAINT, store_fault(store), __FILE__, __LINE__);
    assert_int_equal(ask(store, "SELECT count(*) FROM tree"), 0);

    check_ok(store, store_begin(store));
    check_ok(store, fill_rings(store, tables, 0));
    check_ok(store, store_commit(store));
    assert_int_equal(ask(store, "SELECT count(*) FROM ring_b"), 1);
    /* From now on at once again. */
    check_fails(store,
                table_insert(store, table_find(tables, STR("tree")),
                             (struct datum[]){ datum_int(9), datum_int(10) }),
                STORE_CONSTRAINT);
    store_close(store);
}

static void rows_come_in_the_order_of_their_keys_page_by_page(void **state)
{
    static const char *const expected[] = { "1 B", "1 a", "2 \xc3\xa4", "3 a" };
    static const int64_t parts[] = { 3, 1, 2, 1 };
    static const char *const names[] = { "a", "a", "\xc3\xa4", "B" };
    struct store *store = with_rings();
    struct tables tables = read_tables(store);
    const struct table *leaf = table_find(tables, STR("a_leaf"));
    struct datum key[2];
    struct query query = { 0 };
    char name[10] = "";
    char got[20];

    (void)state;
    check_ok(store, table_insert(store, table_find(tables, STR("tree")),
                                 (struct datum[]){ datum_int(1), datum_null() }));
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        check_ok(store, table_insert(store, leaf,
                                     (struct datum[]){ datum_text(str_from_c(names[i])),
                                                       datum_int(parts[i]), datum_int(1),
                                                       datum_bytes(STR("\0\xff")) }));
    for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
        check_ok(store, table_read(store, leaf, i > 0 ? key : NULL, 1, &query));
        assert_true(query_next(&query));
        snprintf(name, sizeof(name), "%.*s", STR_ARG(query_text(&query, 0)));
        snprintf(got, sizeof(got), "%lld %s", (long long)query_int(&query, 1), name);
        assert_string_equal(got, expected[i]);
        key[0] = datum_int(query_int(&query, 1));
        key[1] = datum_text(str_from_c(name));
        assert_int_equal(query_bytes(&query, 3).n, 2);
        assert_false(query_next(&query));
        check_ok(store, query_end(&query));
    }
    check_ok(store, table_read(store, leaf, key, 1, &query));
    assert_false(query_next(&query));
    check_ok(store, query_end(&query));
    store_close(store);
}

static void ids_that_were_set_are_never_given_out_again(void **state)
{
    struct store *store = with_rings();
    struct tables tables = read_tables(store);
    const struct table *tree = table_find(tables, STR("tree"));
    bool empty = false;
    int64_t id = 0;

    (void)state;
    check_ok(store, table_is_empty(store, tree, &empty));
    assert_true(empty);
    check_ok(store, table_insert(store, tree, (struct datum[]){ datum_int(40), datum_null() }));
    check_ok(store, table_set_next(store, tree, 90));
    check_ok(store, table_set_next(store, table_find(tables, STR("ring_a")), 7));
    tables = read_tables(store);
    assert_int_equal(table_find(tables, STR("tree"))->next, 90);
    assert_int_equal(table_find(tables, STR("ring_a"))->next, 7);
    assert_int_equal(table_find(tables, STR("ring_b"))->next, 1);
    check_ok(store, store_insert(store, "INSERT INTO tree (above) VALUES (NULL) RETURNING id",
                                 NO_PARAMS, &id));
    assert_int_equal(id, 90);
    check_ok(store, store_insert(store, "INSERT INTO ring_a (b) VALUES (NULL) RETURNING id",
                                 NO_PARAMS, &id));
    assert_int_equal(id, 7);
    check_ok(store, table_count(store, tree, &id));
    assert_int_equal(id, 2);
    check_ok(store, table_is_empty(store, tree, &empty));
    assert_false(empty);
    check_ok(store, table_clear(store, tree));
    check_ok(store, table_is_empty(store, tree, &empty));
    assert_true(empty);
    store_close(store);
}

static void a_table_without_a_key_is_refused_and_named(void **state)
{
    struct store *store = engine_open(engine_database(), STORE_WRITE);
    struct tables tables;

    (void)state;
    run_ddl(store, "CREATE TABLE keyless (a INT64) STRICT;");
    check_fails(store, tables_read(store, &arena, &tables), STORE_UNSUITABLE);
    assert_non_null(strstr(store_fault(store)->message, "keyless has no primary key"));
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_of_the_schema_is_there_in_the_order_of_references),
        cmocka_unit_test(columns_are_those_of_the_schema),
        cmocka_unit_test(tables_that_refer_to_each_other_have_an_order_too),
        cmocka_unit_test(they_are_filled_in_any_order_and_held_to_it_at_the_end),
        cmocka_unit_test(rows_come_in_the_order_of_their_keys_page_by_page),
        cmocka_unit_test(ids_that_were_set_are_never_given_out_again),
        cmocka_unit_test(a_table_without_a_key_is_refused_and_named),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, begin, end);
}
