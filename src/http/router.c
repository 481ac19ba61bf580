#include "http/router.h"

#include "http/error.h"

/* ---- matching ---- */

/* Takes the next segment of a path from *path, without its '/'; false at the end. */
static bool next_segment(struct str *path, struct str *ret)
{
    if (!path->p)
        return false;
    *path = str_split(*path, '/', ret);
    return true;
}

static bool is_part(struct str segment)
{
    return segment.n > 2 && segment.p[0] == '{' && segment.p[segment.n - 1] == '}';
}

static bool has_parts(const struct route *route)
{
    size_t at;

    return str_find(str_from_c(route->path), '{', &at);
}

static bool matches(const struct route *route, struct str path, struct str *ret_parts)
{
    struct str pattern = str_from_c(route->path);
    struct str wanted;
    struct str segment;
    size_t parts = 0;

    while (next_segment(&pattern, &wanted)) {
        if (!next_segment(&path, &segment))
            return false;
        if (!is_part(wanted)) {
            if (!str_eq(wanted, segment))
                return false;
        } else if (segment.n == 0) {
            return false;
        } else {
            ret_parts[parts++] = segment;
        }
    }
    return !path.p;
}

static bool answers(const struct route *route, struct str method)
{
    if (route->method == POST)
        return str_eq_c(method, "POST");
    return str_eq_c(method, "GET") || str_eq_c(method, "HEAD");
}

/* Which rows a search looks at. */
enum rows { ROWS_PLAIN, ROWS_WITH_PARTS, ROWS_WITH_PARTS_RAW };

static bool is_among(const struct route *route, enum rows rows, bool json)
{
    if (json && !route->answer)
        return false;
    if (rows == ROWS_PLAIN)
        return !has_parts(route);
    return has_parts(route) && (rows == ROWS_WITH_PARTS || route->raw);
}

/* What a search has found so far: the row, or that there are rows for other methods. */
struct search {
    const struct route_table *table;
    struct str method;
    struct routing *routing;
    bool get, post; /* rows of the path, whatever the method */
};

static bool search_rows(struct search *s, struct str path, enum rows rows, bool json)
{
    struct str parts[ROUTE_PARTS_MAX];

    for (size_t i = 0; i < s->table->count; i++) {
        const struct route *route = &s->table->at[i];

        if (!is_among(route, rows, json) || !matches(route, path, parts))
            continue;
        s->get = s->get || route->method == GET;
        s->post = s->post || route->method == POST;
        if (!answers(route, s->method))
            continue;
        s->routing->route = route;
        s->routing->json = json;
        for (size_t part = 0; part < ROUTE_PARTS_MAX; part++)
            s->routing->parts[part] = parts[part];
        return true;
    }
    return false;
}

static bool search(struct search *s, struct str path)
{
    struct str stem;

    if (search_rows(s, path, ROWS_PLAIN, false))
        return true;
    if (!str_ends(path, STR(ROUTE_JSON)))
        return search_rows(s, path, ROWS_WITH_PARTS, false);
    stem = str_take(path, path.n - (sizeof(ROUTE_JSON) - 1));
    return search_rows(s, stem, ROWS_PLAIN, true) || search_rows(s, stem, ROWS_WITH_PARTS, true) ||
           search_rows(s, path, ROWS_WITH_PARTS_RAW, false);
}

struct result router_find(const struct route_table *table, struct str method, struct str path,
                          struct routing *ret)
{
    struct search s = { .table = table, .method = method, .routing = ret };

    if (search(&s, path))
        return OK;
    return fail(s.get || s.post ? &HTTP_METHOD_NOT_ALLOWED : &HTTP_NOT_FOUND);
}

struct str router_allow(const struct route_table *table, struct str path)
{
    struct routing unused;
    struct search s = { .table = table, .method = STR(""), .routing = &unused };

    (void)search(&s, path);
    if (s.get && s.post)
        return STR("GET, HEAD, POST");
    return s.get ? STR("GET, HEAD") : STR("POST");
}

/* ---- the table itself ---- */

/* Whether every path that one row matches the other matches too, and the reverse. */
static bool same_paths(const struct route *a, const struct route *b)
{
    struct str left = str_from_c(a->path);
    struct str right = str_from_c(b->path);
    struct str l;
    struct str r;

    while (next_segment(&left, &l)) {
        if (!next_segment(&right, &r))
            return false;
        if (is_part(l) != is_part(r) || (!is_part(l) && !str_eq(l, r)))
            return false;
    }
    return !right.p;
}

static void check_path(const struct route *route)
{
    struct str path = str_from_c(route->path);
    struct str segment;
    size_t parts = 0;
    size_t at;

    if (!str_starts(path, STR("/")))
        BUG("the path of the route %s does not begin with '/'", route->path);
    path = str_drop(path, 1);
    while (next_segment(&path, &segment)) {
        parts += is_part(segment);
        if (!is_part(segment) && (str_find(segment, '{', &at) || str_find(segment, '}', &at)))
            BUG("a part of the route %s is not a whole segment", route->path);
    }
    if (parts > ROUTE_PARTS_MAX)
        BUG("the route %s has more than %d parts", route->path, ROUTE_PARTS_MAX);
}

void router_check(const struct route_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct route *route = &table->at[i];

        check_path(route);
        if (route->permission == 0)
            BUG("the route %s names no permission", route->path);
        if (!route->answer == !route->raw)
            BUG("the route %s needs either `answer` or `raw`", route->path);
        if (route->answer && !route->view)
            BUG("the route %s has no shape of its view", route->path);
        if (route->accepts && (route->method != POST || !route->accepts->name))
            BUG("the route %s accepts JSON, but is no POST, or the shape has no name", route->path);
        if (route->method == POST && route->keeping == KEPT)
            BUG("the route %s keeps what is posted", route->path);
        for (size_t j = 0; j < i; j++)
            if (table->at[j].method == route->method && same_paths(&table->at[j], route))
                BUG("two routes match %s", route->path);
    }
}
