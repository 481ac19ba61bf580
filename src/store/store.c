#include "store/store.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "store/driver.h"

struct result store_failed(struct store_fault *fault, const struct error *error, const char *fmt,
                           ...)
{
    va_list args;
    size_t length;

    va_start(args, fmt);
    vsnprintf(fault->message, sizeof(fault->message), fmt, args);
    va_end(args);
    fault->constraint[0] = '\0';
    length = strlen(fault->message);
    while (length > 0 && fault->message[length - 1] == '\n')
        fault->message[--length] = '\0';
    return fail(error);
}

enum store_engine store_engine_of(const char *database)
{
    struct str name = str_from_c(database);

    if (str_starts(name, STR("postgres://")) || str_starts(name, STR("postgresql://")))
        return STORE_POSTGRES;
    return STORE_SQLITE;
}

struct result store_open(const struct store_settings *settings, enum store_access access,
                         struct store **ret, struct store_fault *ret_fault)
{
    const struct store_driver *driver =
        store_engine_of(settings->database) == STORE_POSTGRES ? &postgres_driver : &sqlite_driver;

    return driver->open(settings, access, ret, ret_fault);
}

void store_close(struct store *store)
{
    if (!store)
        return;
    store_rollback(store);
    store->driver->close(store);
}

const struct store_fault *store_fault(const struct store *store)
{
    return &store->fault;
}

enum store_engine store_engine(const struct store *store)
{
    return store->driver->engine;
}

struct result store_claim(struct store *store)
{
    return store->driver->claim(store);
}

bool store_alive(struct store *store)
{
    return store->driver->alive(store);
}

static void end_queries(struct store *store)
{
    for (size_t i = 0; i < STORE_CURSORS; i++) {
        if (store->cursors[i].open)
            store->driver->end(store, &store->cursors[i]);
        store->cursors[i] = (struct cursor){ 0 };
    }
}

struct result store_revive(struct store *store)
{
    end_queries(store);
    store->failure = NULL;
    store->begun = false;
    store->savepoint = false;
    return store->driver->revive(store);
}

/* ---- statements ---- */

/* Notes the first failure; from then on the part of the transaction is lost. */
static struct result note(struct store *store, struct result result)
{
    if (failed(result) && !store->failure)
        store->failure = result.error;
    return result;
}

static bool is_text(struct str s)
{
    return !memchr(s.p, '\0', s.n) && str_is_utf8(s, NULL);
}

/* Whether the statement may be sent at all. */
static struct result check(struct store *store, const char *sql, struct params params)
{
    if (!store->begun)
        store->failure = NULL;
    if (store->failure)
        return fail(store->failure);
    if (params.count > STORE_PARAMS_MAX)
        BUG("%zu parameters for %s", params.count, sql);
    for (size_t i = 0; i < params.count; i++) {
        if (params.at[i].kind == DATUM_TEXT && !is_text(params.at[i].bytes))
            return store_failed(&store->fault, &STORE_TEXT, "parameter $%zu of: %s", i + 1, sql);
    }
    return OK;
}

struct result store_run(struct store *store, const char *sql, struct params params)
{
    TRY(note(store, check(store, sql, params)));
    TRY(note(store, store->driver->run(store, sql, params)));
    /* Outside a transaction there is nothing that could be undone later. */
    return store->begun ? OK : note(store, store->driver->settle(store));
}

struct result store_change(struct store *store, const char *sql, struct params params,
                           int64_t *ret_rows)
{
    TRY(note(store, check(store, sql, params)));
    return note(store, store->driver->change(store, sql, params, ret_rows));
}

struct result store_insert(struct store *store, const char *sql, struct params params, int64_t *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t given = 0;

    TRY(query_begin(store, sql, params, &query));
    if (query_next(&query))
        given = query_int(&query, 0);
    TRY(query_end(&query));
    *ret = given;
    return OK;
}

struct result store_script(struct store *store, const char *sql)
{
    TRY(check(store, sql, NO_PARAMS));
    return note(store, store->driver->script(store, sql));
}

static struct cursor *free_cursor(struct store *store)
{
    for (size_t i = 0; i < STORE_CURSORS; i++) {
        if (!store->cursors[i].open)
            return &store->cursors[i];
    }
    BUG("more than %d queries are open at once", STORE_CURSORS);
}

struct result query_begin(struct store *store, const char *sql, struct params params,
                          struct query *ret)
{
    struct cursor *cursor = free_cursor(store);

    TRY(note(store, check(store, sql, params)));
    *cursor = (struct cursor){ .at = -1 };
    TRY(note(store, store->driver->query(store, sql, params, cursor)));
    cursor->open = true;
    *ret = (struct query){ store, cursor };
    return OK;
}

bool query_next(struct query *query)
{
    bool row = false;

    if (!query->store || !query->cursor->open || query->store->failure)
        return false;
    if (failed(note(query->store, query->store->driver->next(query->store, query->cursor, &row))))
        return false;
    return row;
}

void query_release(struct query *query)
{
    if (query->store && query->cursor->open) {
        query->store->driver->end(query->store, query->cursor);
        *query->cursor = (struct cursor){ 0 };
    }
    *query = (struct query){ 0 };
}

struct result query_end(struct query *query)
{
    const struct error *failure = query->store ? query->store->failure : NULL;

    query_release(query);
    return fail(failure);
}

static struct datum column_of(const struct query *query, size_t column)
{
    BUG_IF(!query->store || !query->cursor->open);
    if (column >= query->store->driver->columns(query->cursor))
        BUG("column %zu was asked for, of %zu", column,
            query->store->driver->columns(query->cursor));
    return query->store->driver->column(query->cursor, (int)column);
}

enum datum_kind query_kind(const struct query *query, size_t column)
{
    return column_of(query, column).kind;
}

int64_t query_int(const struct query *query, size_t column)
{
    struct datum datum = column_of(query, column);

    if (datum.kind != DATUM_INT)
        BUG("column %zu is %s", column, datum.kind == DATUM_NULL ? "NULL" : "no integer");
    return datum.integer;
}

int64_t query_int_or(const struct query *query, size_t column, int64_t if_null)
{
    return query_kind(query, column) == DATUM_NULL ? if_null : query_int(query, column);
}

static struct str bytes_of(const struct query *query, size_t column, enum datum_kind kind)
{
    struct datum datum = column_of(query, column);

    if (datum.kind == DATUM_NULL)
        return STR_NONE;
    if (datum.kind != kind)
        BUG("column %zu is of another kind than was asked for", column);
    return datum.bytes;
}

struct str query_text(const struct query *query, size_t column)
{
    return bytes_of(query, column, DATUM_TEXT);
}

struct str query_bytes(const struct query *query, size_t column)
{
    return bytes_of(query, column, DATUM_BYTES);
}

/* ---- transactions ---- */

static void clear_fault(struct store *store)
{
    store->fault.message[0] = '\0';
    store->fault.constraint[0] = '\0';
}

struct result store_begin(struct store *store)
{
    BUG_IF(store->begun);
    store->failure = NULL;
    store->begun = true;
    clear_fault(store);
    return note(store, store->driver->begin(store));
}

struct result store_commit(struct store *store)
{
    struct result result;

    BUG_IF(store->savepoint);
    end_queries(store);
    if (store->failure || !store_in_transaction(store)) {
        const struct error *failure = store->failure ? store->failure : &STORE_GONE;
        store_rollback(store);
        return fail(failure);
    }
    result = store->driver->commit(store);
    if (failed(result))
        store_rollback(store);
    store->begun = false;
    return result;
}

void store_rollback(struct store *store)
{
    struct store_fault fault = store->fault;
    struct result settled;

    end_queries(store);
    store->failure = NULL;
    store->begun = false;
    store->savepoint = false;
    settled = store->driver->settle(store);
    if (store_in_transaction(store)) {
        settled = store->driver->control(store, "ROLLBACK");
        if (!failed(settled))
            settled = store->driver->settle(store);
    }
    /* What made it necessary is what people look for. A rollback that fails leaves no connection,
       and whoever comes next learns that. */
    (void)settled;
    store->fault = fault;
}

bool store_in_transaction(const struct store *store)
{
    return store->driver->in_transaction(store);
}

struct result store_savepoint(struct store *store)
{
    BUG_IF(store->savepoint);
    if (store->failure)
        return fail(store->failure);
    clear_fault(store);
    TRY(note(store, store->driver->control(store, "SAVEPOINT part")));
    store->savepoint = true;
    return OK;
}

struct result store_savepoint_keep(struct store *store)
{
    BUG_IF(!store->savepoint);
    end_queries(store);
    if (store->failure)
        return fail(store->failure);
    TRY(note(store, store->driver->settle(store)));
    TRY(note(store, store->driver->control(store, "RELEASE SAVEPOINT part")));
    store->savepoint = false;
    return OK;
}

/* Undoes the part on an engine that has heard everything and forgiven what failed. */
static struct result undo(struct store *store)
{
    TRY(store->driver->control(store, "ROLLBACK TO SAVEPOINT part"));
    TRY(store->driver->control(store, "RELEASE SAVEPOINT part"));
    return store->driver->settle(store);
}

struct result store_savepoint_undo(struct store *store)
{
    struct store_fault fault = store->fault;
    const struct error *failure = store->failure ? store->failure : &STORE_GONE;
    struct result settled;

    BUG_IF(!store->savepoint);
    end_queries(store);
    store->savepoint = false;
    store->failure = NULL;
    /* What was sent and not waited for is undone whether it succeeded or not. */
    settled = store->driver->settle(store);
    (void)settled;
    store->fault = fault;
    if (!store_in_transaction(store))
        return note(store, fail(failure));
    TRY(note(store, undo(store)));
    return OK;
}
