#include "http/mustache_scope.h"

#include <string.h>

static const struct value *member(const struct value *object, struct str key)
{
    for (size_t i = 0; i < object->count; i++) {
        struct str name = object->members[i].key;

        /* No part of a path is empty; most names differ in their first letter. */
        if (name.n == key.n && name.p[0] == key.p[0] && memcmp(name.p, key.p, key.n) == 0)
            return object->members[i].value;
    }
    return NULL;
}

const struct value *scope_find(const struct scope *scope, const struct path *path)
{
    const struct value *found = NULL;

    if (path->count == 0)
        return scope->value;
    for (; scope && !found; scope = scope->outer)
        if (scope->value->kind == VALUE_OBJECT)
            found = member(scope->value, path->parts[0]);
    for (size_t i = 1; found && i < path->count; i++)
        found = found->kind == VALUE_OBJECT ? member(found, path->parts[i]) : NULL;
    return found;
}

bool scope_asks_word(const struct scope *scope, const struct path *path, bool *ret_is)
{
    struct path outer = { path->parts, path->count - 1 };
    const struct value *value;

    if (path->count < 2)
        return false;
    value = scope_find(scope, &outer);
    if (!value || (value->kind != VALUE_TEXT && value->kind != VALUE_NULL))
        return false;
    *ret_is = value->kind == VALUE_TEXT && str_eq(value->text, path->parts[outer.count]);
    return true;
}

static struct str_list known_names(struct arena *arena, const struct scope *scope)
{
    struct str *names = NULL;
    size_t count = 0;
    size_t room = 0;

    for (; scope; scope = scope->outer)
        for (size_t i = 0; scope->value->kind == VALUE_OBJECT && i < scope->value->count; i++)
            *ARENA_PUSH(arena, names, count, room) = scope->value->members[i].key;
    return (struct str_list){ names, count };
}

void scope_tell_missing(const struct scope *scope, const struct op *op, struct diags *drift)
{
    struct str name = STR("");

    for (size_t i = 0; i < op->path.count; i++)
        name = str_format(drift->arena, "%.*s%s%.*s", STR_ARG(name), i > 0 ? "." : "",
                          STR_ARG(op->path.parts[i]));
    diags_add(drift, SEVERITY_ERROR, op->span,
              diags_hint(drift, NULL, name, known_names(drift->arena, scope)),
              "the view has no '%.*s'", STR_ARG(name));
}
