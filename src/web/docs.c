#include "web/docs.h"

#include "base/version.h"
#include "http/openapi.h"
#include "web/error_page.h"
#include "web/show.h"
#include "web/site.h"

/* ---- the shape ---- */

static const char *const kinds[] = { "text", "html", "date",   "instant", "word",   "integer",
                                     "bool", "list", "object", "map",     "scalar", NULL };
static const struct shape kind = { .kind = IS_WORD, .words = kinds };

static const struct shape_member row_members[] = {
    { "name", &shape_text, false, "Where it stands in the view: bodies[].title" },
    { "kind", &kind, false, "What it is" },
    { "item", &kind, true, "What a list or map is of" },
    { "shape", &shape_text, true, "The name of its shape, or of that of its items" },
    { "words", &shape_texts, false, "Of a word: those there are" },
    { "nullable", &shape_bool, false, "Whether it may be null, which is: not known" },
    { "about", &shape_text, false, "What it says" },
    { NULL, NULL, false, NULL },
};
static const struct shape row = { .kind = IS_OBJECT, .name = "DocsMember", .members = row_members };
static const struct shape rows = { .kind = IS_LIST, .item = &row };

static const char *const places[] = { "path", "query", "form", NULL };
static const struct shape place = { .kind = IS_WORD, .words = places };
static const struct shape_member field_members[] = {
    { "name", &shape_text, false, "Its name" },
    { "place", &place, false, "Where it is sent" },
    { "about", &shape_text, true, "What it says" },
    { "needed", &shape_bool, false, "Whether it must be there" },
    { "file", &shape_bool, false, "Whether it is a file" },
    { NULL, NULL, false, NULL },
};
static const struct shape field = { .kind = IS_OBJECT,
                                    .name = "DocsField",
                                    .members = field_members };
static const struct shape fields = { .kind = IS_LIST, .item = &field };

static const char *const methods[] = { "GET", "POST", NULL };
static const struct shape method = { .kind = IS_WORD, .words = methods };
static const struct shape_member route_members[] = {
    { "method", &method, false, "GET or POST" },
    { "path", &shape_text, false, "Its path, with parts in braces" },
    { "summary", &shape_text, false, "What it is for" },
    { "page", &shape_bool, false, "Whether browsers are shown a page" },
    { "fields", &fields, false, "What can be sent" },
    { "accepts", &shape_text, true, "The name of the shape of what it takes as JSON" },
    { "view", &shape_text, true, "The name of the shape of its view" },
    { NULL, NULL, false, NULL },
};
static const struct shape route_shape = { .kind = IS_OBJECT,
                                          .name = "DocsRoute",
                                          .members = route_members };
static const struct shape routes = { .kind = IS_LIST, .item = &route_shape };

static const struct shape_member shape_members[] = {
    { "name", &shape_text, false, "Its name" },
    { "members", &rows, false, "What it holds" },
    { NULL, NULL, false, NULL },
};
static const struct shape one_shape = { .kind = IS_OBJECT,
                                        .name = "DocsShape",
                                        .members = shape_members };
static const struct shape shapes = { .kind = IS_LIST, .item = &one_shape };

static const struct shape_member members[] = {
    { "base", &shape_text, false, "The address of the site" },
    { "routes", &routes, false, "Every address, in the order of the program's table" },
    { "shapes", &shapes, false, "Every shape that has a name" },
    { NULL, NULL, false, NULL },
};
const struct shape docs_shape = { .kind = IS_OBJECT, .name = "Docs", .members = members };

/* ---- the shapes of the routes ---- */

struct gatherer {
    struct arena *arena;
    const struct shape **named; /* in the order in which they were met */
    size_t count, room;
};

static void gather(struct gatherer *g, const struct shape *shape)
{
    if (shape->name) {
        for (size_t i = 0; i < g->count; i++)
            if (g->named[i] == shape)
                return;
        *ARENA_PUSH(g->arena, g->named, g->count, g->room) = shape;
    }
    if (shape->item)
        gather(g, shape->item);
    for (const struct shape_member *m = shape->members; m && m->name; m++)
        gather(g, m->shape);
}

static struct value *text_or_null(struct arena *arena, const char *text)
{
    return text ? value_text(arena, str_from_c(text)) : value_null(arena);
}

static struct value *words_value(struct arena *arena, const struct shape *shape)
{
    struct value *words = value_array(arena);

    for (const char *const *word = shape->words; word && *word; word++)
        value_push(arena, words, value_text(arena, str_from_c(*word)));
    return words;
}

static void push_members(struct arena *arena, const struct shape *shape, struct str prefix,
                         struct value *list);

/* One row for a member, and, where its shape has no name, rows for what it holds. */
static void push_member(struct arena *arena, const struct shape_member *m, struct str name,
                        struct value *list)
{
    const struct shape *inner = m->shape;
    struct value *value = value_object(arena);

    if (inner->item && !inner->name)
        inner = inner->item;
    value_set_text(arena, value, "name", name);
    value_set_text(arena, value, "kind", str_from_c(kinds[m->shape->kind]));
    value_set(arena, value, "item",
              text_or_null(arena, m->shape->item ? kinds[m->shape->item->kind] : NULL));
    value_set(arena, value, "shape", text_or_null(arena, inner->name));
    value_set(arena, value, "words", words_value(arena, inner));
    value_set_bool(arena, value, "nullable", m->nullable);
    value_set_text(arena, value, "about", str_from_c(m->about));
    value_push(arena, list, value);
    if (!inner->name)
        push_members(arena, inner,
                     str_format(arena, "%.*s%s.", STR_ARG(name), inner == m->shape ? "" : "[]"),
                     list);
}

static void push_members(struct arena *arena, const struct shape *shape, struct str prefix,
                         struct value *list)
{
    for (const struct shape_member *m = shape->members; m && m->name; m++)
        push_member(arena, m, str_format(arena, "%.*s%s", STR_ARG(prefix), m->name), list);
}

static struct value *shapes_value(struct gatherer *g)
{
    struct value *list = value_array(g->arena);

    for (size_t i = 0; i < g->count; i++) {
        struct value *value = value_object(g->arena);
        struct value *inner = value_array(g->arena);

        push_members(g->arena, g->named[i], STR(""), inner);
        value_set_text(g->arena, value, "name", str_from_c(g->named[i]->name));
        value_set(g->arena, value, "members", inner);
        value_push(g->arena, list, value);
    }
    return list;
}

/* ---- the routes ---- */

static void push_field(struct arena *arena, struct value *list, struct str name, const char *where,
                       const struct route_field *of)
{
    struct value *value = value_object(arena);

    value_set_text(arena, value, "name", name);
    value_set_text(arena, value, "place", str_from_c(where));
    value_set(arena, value, "about", text_or_null(arena, of ? of->about : NULL));
    value_set_bool(arena, value, "needed", !of || of->needed);
    value_set_bool(arena, value, "file", of && of->file);
    value_push(arena, list, value);
}

static struct value *fields_value(struct arena *arena, const struct route *route)
{
    const char *where = route->method == POST ? "form" : "query";
    struct value *list = value_array(arena);
    struct str parts[ROUTE_PARTS_MAX];
    size_t count = route_parts(route, parts);

    for (size_t i = 0; i < count; i++)
        push_field(arena, list, parts[i], "path", route_field(route, parts[i]));
    for (const struct route_field *f = route->fields; f && f->name; f++)
        if (route_field_is_sent(route, f))
            push_field(arena, list, str_from_c(f->name), where, f);
    return list;
}

static struct value *route_value(struct arena *arena, const struct route *route)
{
    struct value *value = value_object(arena);

    value_set_text(arena, value, "method", str_from_c(methods[route->method]));
    value_set_text(arena, value, "path", str_from_c(route->path));
    value_set_text(arena, value, "summary", str_from_c(route->summary));
    value_set_bool(arena, value, "page", route->page != NULL);
    value_set(arena, value, "fields", fields_value(arena, route));
    value_set(arena, value, "accepts",
              text_or_null(arena, route->accepts ? route->accepts->name : NULL));
    value_set(arena, value, "view", text_or_null(arena, route->view ? route->view->name : NULL));
    return value;
}

struct result docs_answer(struct call *call, struct value **ret_view)
{
    struct gatherer g = { .arena = call->arena };
    struct value *view = value_object(call->arena);
    struct value *list = value_array(call->arena);

    for (size_t i = 0; i < site_routes.count; i++) {
        const struct route *route = &site_routes.at[i];

        value_push(call->arena, list, route_value(call->arena, route));
        if (route->accepts)
            gather(&g, route->accepts);
        if (route->view)
            gather(&g, route->view);
    }
    gather(&g, &error_shape);
    value_set_text(call->arena, view, "base", call_base(call));
    value_set(call->arena, view, "routes", list);
    value_set(call->arena, view, "shapes", shapes_value(&g));
    *ret_view = view;
    return OK;
}

struct result openapi_raw(struct call *call, struct response *response)
{
    const struct openapi_about about = {
        .title = call_scheme(call)->title,
        .version = STR(ASSAY_VERSION),
        .base = call_base(call),
        .error = &error_shape,
    };
    struct str body;

    TRY(show_json(call->arena, openapi_document(call->arena, &about, &site_routes), &body));
    response_header(response, STR("Cache-Control"), STR("no-cache"));
    response_body(response, TYPE_JSON, body);
    return OK;
}
