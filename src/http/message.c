#include "http/message.h"

#include "http/error.h"
#include "http/form.h"
#include "http/grammar.h"
#include "http/prepared.h"

struct str request_header(const struct request *request, struct str name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (str_eq_any_case(request->headers[i].name, name))
            return request->headers[i].value;
    }
    return STR_NONE;
}

struct str request_header_list(const struct request *request, struct str name)
{
    struct str list = STR_NONE;

    for (size_t i = 0; i < request->header_count; i++) {
        struct str value = request->headers[i].value;

        if (!str_eq_any_case(request->headers[i].name, name))
            continue;
        list = list.p ? str_format(request->arena, "%.*s, %.*s", STR_ARG(list), STR_ARG(value))
                      : value;
    }
    return list;
}

static bool has_dot_segment(struct str path)
{
    while (path.p) {
        struct str segment;

        path = str_split(path, '/', &segment);
        if (str_eq_c(segment, ".") || str_eq_c(segment, ".."))
            return true;
    }
    return false;
}

/* A slash or backslash that was escaped would make two paths of one for those who decode late. */
static bool has_escaped_slash(struct str path)
{
    for (size_t i = 0; i + 2 < path.n; i++) {
        struct str escape = { path.p + i, 3 };

        if (str_eq_any_case(escape, STR("%2f")) || str_eq_any_case(escape, STR("%5c")))
            return true;
    }
    return false;
}

static struct result read_target(struct arena *arena, struct str target, struct request *request)
{
    struct str path;
    struct str decoded;
    struct str query = str_split(target, '?', &path);

    if (has_escaped_slash(path) || !percent_decode(arena, path, false, &decoded))
        return fail(&HTTP_BAD_REQUEST);
    if (!is_plain_text(decoded) || !is_field_value(decoded) || has_dot_segment(decoded))
        return fail(&HTTP_BAD_REQUEST);
    request->path = decoded;
    request->query = query;
    return OK;
}

struct result request_read(struct arena *arena, struct str head, struct request *request)
{
    struct header *headers = NULL;
    struct str target;
    struct str line;
    size_t count = 0;
    size_t room = 0;

    request->arena = arena;
    head = str_split(str_copy(arena, head), '\t', &line);
    while (head.p) {
        struct str field;
        struct header *header = ARENA_PUSH(arena, headers, count, room);

        head = str_split(head, '\t', &field);
        header->value = trim_blanks(str_split(field, ':', &header->name));
    }
    request->headers = headers;
    request->header_count = count;
    line = str_split(line, ' ', &request->method);
    (void)str_split(line, ' ', &target);
    return read_target(arena, target, request);
}

void response_init(struct response *response, struct arena *arena)
{
    *response = (struct response){ .arena = arena, .status = 200, .body = STR("") };
}

void response_release(struct response *response)
{
    prepared_release(response->prepared);
    response->prepared = NULL;
    while (response->hold_count > 0) {
        struct response_hold hold = response->holds[--response->hold_count];

        hold.let_go(hold.thing);
    }
}

void response_clear(struct response *response)
{
    struct response clear = { .arena = response->arena, .status = 200, .body = STR("") };

    for (size_t i = 0; i < response->hold_count; i++)
        clear.holds[i] = response->holds[i];
    clear.hold_count = response->hold_count;
    prepared_release(response->prepared);
    *response = clear;
}

void response_hold(struct response *response, void *thing, void (*let_go)(void *thing))
{
    BUG_IF(response->hold_count == RESPONSE_HOLDS);
    response->holds[response->hold_count++] = (struct response_hold){ thing, let_go };
}

void response_header(struct response *response, struct str name, struct str value)
{
    struct header *header;

    if (!is_token(name) || !is_field_value(value)) {
        response->faulty = true;
        return;
    }
    header = ARENA_PUSH(response->arena, response->headers, response->header_count,
                        response->header_room);
    *header = (struct header){ name, value };
}

void response_body(struct response *response, struct str content_type, struct str body)
{
    response_header(response, STR("Content-Type"), content_type);
    response->body = body;
}

void response_prepared(struct response *response, struct prepared *prepared)
{
    prepared_release(response->prepared);
    response->body = STR("");
    response->prepared = prepared_hold(prepared);
}
