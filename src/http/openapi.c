#include "http/openapi.h"

#include "base/attr.h"

struct written {
    const struct shape *shape;
    bool accepted;
};

struct writer {
    struct arena *arena;
    struct value *schemas;   /* by the names of shapes */
    struct written *written; /* those that stand there */
    size_t count, room;
    bool accepted; /* what is being written is sent by clients: not all of it must be there */
};

static struct value *schema_of(struct writer *w, const struct shape *shape);

static void set_text(struct writer *w, struct value *object, const char *key, const char *text)
{
    value_set_text(w->arena, object, key, str_from_c(text));
}

static struct value *reference(struct writer *w, const char *kind, const char *name)
{
    struct value *object = value_object(w->arena);

    value_set_text(w->arena, object, "$ref",
                   str_format(w->arena, "#/components/%s/%s", kind, name));
    return object;
}

/* ---- parts and fields of routes ---- */

size_t route_parts(const struct route *route, struct str ret_parts[ROUTE_PARTS_MAX])
{
    struct str rest = str_from_c(route->path);
    struct str before;
    size_t count = 0;

    for (rest = str_split(rest, '{', &before); rest.p; rest = str_split(rest, '{', &before))
        rest = str_split(rest, '}', &ret_parts[count++]);
    return count;
}

const struct route_field *route_field(const struct route *route, struct str name)
{
    for (const struct route_field *field = route->fields; field && field->name; field++)
        if (str_eq_c(name, field->name))
            return field;
    return NULL;
}

bool route_field_is_sent(const struct route *route, const struct route_field *field)
{
    struct str parts[ROUTE_PARTS_MAX];
    size_t count = route_parts(route, parts);

    for (size_t i = 0; i < count; i++)
        if (str_eq_c(parts[i], field->name))
            return false;
    return true;
}

/* ---- shapes ---- */

static void write_object(struct writer *w, const struct shape *shape, struct value *schema)
{
    struct value *properties = value_object(w->arena);
    struct value *required = value_array(w->arena);

    for (const struct shape_member *m = shape->members; m->name; m++) {
        struct value *inner = schema_of(w, m->shape);

        if (m->nullable && !w->accepted) {
            struct value *either = value_array(w->arena);
            struct value *null = value_object(w->arena);

            set_text(w, null, "type", "null");
            value_push(w->arena, either, inner);
            value_push(w->arena, either, null);
            inner = value_object(w->arena);
            value_set(w->arena, inner, "anyOf", either);
        }
        set_text(w, inner, "description", m->about);
        value_set(w->arena, properties, m->name, inner);
        if (!m->nullable || !w->accepted)
            value_push(w->arena, required, value_text(w->arena, str_from_c(m->name)));
    }
    set_text(w, schema, "type", "object");
    value_set(w->arena, schema, "properties", properties);
    value_set(w->arena, schema, "required", required);
    if (!w->accepted)
        value_set_bool(w->arena, schema, "additionalProperties", false);
}

static void write_words(struct writer *w, const struct shape *shape, struct value *schema)
{
    struct value *words = value_array(w->arena);

    for (const char *const *word = shape->words; *word; word++)
        value_push(w->arena, words, value_text(w->arena, str_from_c(*word)));
    set_text(w, schema, "type", "string");
    value_set(w->arena, schema, "enum", words);
}

static void write_scalar(struct writer *w, struct value *schema)
{
    static const char *const types[] = { "string", "number", "boolean", "null" };
    struct value *list = value_array(w->arena);

    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        value_push(w->arena, list, value_text(w->arena, str_from_c(types[i])));
    value_set(w->arena, schema, "type", list);
}

static void write_schema(struct writer *w, const struct shape *shape, struct value *schema)
{
    switch (shape->kind) {
    case IS_TEXT:
        set_text(w, schema, "type", "string");
        break;
    case IS_HTML:
        set_text(w, schema, "type", "string");
        set_text(w, schema, "contentMediaType", "text/html");
        break;
    case IS_DATE:
        set_text(w, schema, "type", "string");
        set_text(w, schema, "format", "date");
        break;
    case IS_INSTANT:
        set_text(w, schema, "type", "string");
        set_text(w, schema, "format", "date-time");
        break;
    case IS_WORD:
        write_words(w, shape, schema);
        break;
    case IS_INT:
        set_text(w, schema, "type", "integer");
        set_text(w, schema, "format", "int64");
        break;
    case IS_BOOL:
        set_text(w, schema, "type", "boolean");
        break;
    case IS_LIST:
        set_text(w, schema, "type", "array");
        value_set(w->arena, schema, "items", schema_of(w, shape->item));
        break;
    case IS_OBJECT:
        write_object(w, shape, schema);
        break;
    case IS_MAP:
        set_text(w, schema, "type", "object");
        value_set(w->arena, schema, "additionalProperties", schema_of(w, shape->item));
        break;
    case IS_SCALAR:
        write_scalar(w, schema);
        break;
    }
}

/* A shape may hold itself: it stands among the schemas before its members are looked at. One that
   is accepted is written in another way, so none may be both. */
static void write_named(struct writer *w, const struct shape *shape)
{
    struct value *schema;

    for (size_t i = 0; i < w->count; i++) {
        if (w->written[i].shape != shape)
            continue;
        if (w->written[i].accepted != w->accepted)
            BUG("the shape %s is both given and accepted", shape->name);
        return;
    }
    if (value_get(w->schemas, shape->name))
        BUG("two shapes are called %s", shape->name);
    *ARENA_PUSH(w->arena, w->written, w->count, w->room) = (struct written){ shape, w->accepted };
    schema = value_object(w->arena);
    value_set(w->arena, w->schemas, shape->name, schema);
    write_schema(w, shape, schema);
}

static struct value *schema_of(struct writer *w, const struct shape *shape)
{
    struct value *schema;

    if (shape->name) {
        write_named(w, shape);
        return reference(w, "schemas", shape->name);
    }
    schema = value_object(w->arena);
    write_schema(w, shape, schema);
    return schema;
}

/* ---- routes ---- */

static struct value *text_schema(struct writer *w)
{
    struct value *schema = value_object(w->arena);

    set_text(w, schema, "type", "string");
    return schema;
}

static void add_parameter(struct writer *w, struct value *parameters, struct str name,
                          const char *in, const struct route_field *field)
{
    struct value *parameter = value_object(w->arena);

    value_set_text(w->arena, parameter, "name", name);
    set_text(w, parameter, "in", in);
    if (field)
        set_text(w, parameter, "description", field->about);
    value_set_bool(w->arena, parameter, "required", !field || field->needed);
    value_set(w->arena, parameter, "schema", text_schema(w));
    value_push(w->arena, parameters, parameter);
}

static struct value *parameters_of(struct writer *w, const struct route *route)
{
    struct value *parameters = value_array(w->arena);
    struct str parts[ROUTE_PARTS_MAX];
    size_t count = route_parts(route, parts);

    for (size_t i = 0; i < count; i++)
        add_parameter(w, parameters, parts[i], "path", route_field(route, parts[i]));
    if (route->method == POST)
        return parameters;
    for (const struct route_field *field = route->fields; field && field->name; field++)
        if (route_field_is_sent(route, field))
            add_parameter(w, parameters, str_from_c(field->name), "query", field);
    return parameters;
}

static void add_type(struct writer *w, struct value *content, const char *type,
                     struct value *schema)
{
    struct value *media = value_object(w->arena);

    value_set(w->arena, media, "schema", schema);
    value_set(w->arena, content, type, media);
}

static struct value *body_of(struct writer *w, const struct route *route)
{
    struct value *body = value_object(w->arena);
    struct value *content = value_object(w->arena);
    struct value *schema = value_object(w->arena);
    struct value *properties = value_object(w->arena);
    struct value *required = value_array(w->arena);
    bool files = false;

    for (const struct route_field *field = route->fields; field && field->name; field++) {
        struct value *property = text_schema(w);

        if (!route_field_is_sent(route, field))
            continue;
        files = files || field->file;
        set_text(w, property, "description", field->about);
        if (field->file)
            set_text(w, property, "contentMediaType", "application/octet-stream");
        value_set(w->arena, properties, field->name, property);
        if (field->needed)
            value_push(w->arena, required, value_text(w->arena, str_from_c(field->name)));
    }
    set_text(w, schema, "type", "object");
    value_set(w->arena, schema, "properties", properties);
    value_set(w->arena, schema, "required", required);
    add_type(w, content, files ? "multipart/form-data" : "application/x-www-form-urlencoded",
             schema);
    if (route->accepts) {
        w->accepted = true;
        add_type(w, content, "application/json", schema_of(w, route->accepts));
        w->accepted = false;
    }
    value_set(w->arena, body, "content", content);
    return body;
}

static struct value *responses_of(struct writer *w, const struct route *route)
{
    struct value *responses = value_object(w->arena);
    struct value *good = value_object(w->arena);
    struct value *content = value_object(w->arena);

    set_text(w, good, "description", route->summary);
    if (route->view) {
        add_type(w, content, "application/json", schema_of(w, route->view));
        if (route->page)
            add_type(w, content, "text/html", text_schema(w));
        value_set(w->arena, good, "content", content);
    }
    value_set(w->arena, responses, "200", good);
    value_set(w->arena, responses, "default", reference(w, "responses", "Error"));
    return responses;
}

static struct value *operation_of(struct writer *w, const struct route *route)
{
    struct value *operation = value_object(w->arena);

    set_text(w, operation, "summary", route->summary);
    value_set(w->arena, operation, "parameters", parameters_of(w, route));
    if (route->method == POST)
        value_set(w->arena, operation, "requestBody", body_of(w, route));
    value_set(w->arena, operation, "responses", responses_of(w, route));
    return operation;
}

static bool same_path(const struct route *a, const struct route *b)
{
    return str_eq_c(str_from_c(a->path), b->path);
}

/* The operations of the path of the row `at`; NULL if an earlier row had that path. */
static struct value *path_item(struct writer *w, const struct route_table *table, size_t at)
{
    struct value *item = value_object(w->arena);

    for (size_t i = 0; i < at; i++)
        if (same_path(&table->at[i], &table->at[at]))
            return NULL;
    for (size_t i = at; i < table->count; i++)
        if (same_path(&table->at[i], &table->at[at]))
            value_set(w->arena, item, table->at[i].method == POST ? "post" : "get",
                      operation_of(w, &table->at[i]));
    return item;
}

/* ---- the document ---- */

static struct value *info_of(struct writer *w, const struct openapi_about *about)
{
    struct value *info = value_object(w->arena);

    value_set_text(w->arena, info, "title", about->title);
    value_set_text(w->arena, info, "version", about->version);
    set_text(w, info, "description",
             "Every page is the same data as JSON: ask for it with `Accept: application/json`, or "
             "put `.json` at the end of its path. A member of an answer is always there; what is "
             "not known is null. Of what is sent, only the required members must be there.");
    return info;
}

static struct value *servers_of(struct writer *w, struct str base)
{
    struct value *servers = value_array(w->arena);
    struct value *server = value_object(w->arena);

    value_set_text(w->arena, server, "url", base);
    value_push(w->arena, servers, server);
    return servers;
}

static struct value *components_of(struct writer *w, const struct shape *error)
{
    struct value *components = value_object(w->arena);
    struct value *responses = value_object(w->arena);
    struct value *response = value_object(w->arena);
    struct value *content = value_object(w->arena);

    add_type(w, content, "application/json", schema_of(w, error));
    set_text(w, response, "description", "What went wrong, with the status that says so");
    value_set(w->arena, response, "content", content);
    value_set(w->arena, responses, "Error", response);
    value_set(w->arena, components, "responses", responses);
    value_set(w->arena, components, "schemas", w->schemas);
    return components;
}

struct value *openapi_document(struct arena *arena, const struct openapi_about *about,
                               const struct route_table *table)
{
    struct writer w = { .arena = arena, .schemas = value_object(arena) };
    struct value *document = value_object(arena);
    struct value *paths = value_object(arena);

    for (size_t i = 0; i < table->count; i++) {
        struct value *item = path_item(&w, table, i);

        if (item)
            value_set(arena, paths, table->at[i].path, item);
    }
    set_text(&w, document, "openapi", "3.1.0");
    value_set(arena, document, "info", info_of(&w, about));
    value_set(arena, document, "servers", servers_of(&w, about->base));
    value_set(arena, document, "paths", paths);
    value_set(arena, document, "components", components_of(&w, about->error));
    return document;
}
