#include "base/zone.h"

#include "base/files.h"

#define ZONES_FOLDER "/usr/share/zoneinfo"
#define ZONE_FILE_MAX ((size_t)1024 * 1024)

bool zone_is_name(struct str s)
{
    bool part_begins = true;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        bool inner = (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+';

        if (c == '/' ? part_begins : !letter && (part_begins || !inner))
            return false;
        part_begins = c == '/';
    }
    return s.n > 0 && !part_begins;
}

static const char *path_of(struct arena *arena, struct str part)
{
    return str_to_c(arena, str_format(arena, ZONES_FOLDER "/%.*s", STR_ARG(part)));
}

bool zone_exists(struct str name)
{
    struct str content;
    struct arena arena;
    bool exists;

    if (str_eq(name, STR("UTC")))
        return true;
    if (!zone_is_name(name))
        return false;
    arena_init(&arena, ARENA_UNLIMITED);
    exists = !failed(file_read(&arena, path_of(&arena, name), ZONE_FILE_MAX, &content)) &&
             str_starts(content, STR("TZif"));
    arena_release(&arena);
    return exists;
}

struct str zone_nearest(struct arena *arena, struct str name)
{
    struct str part = name;
    struct str_list names;
    struct str near;

    while (part.n > 0 && part.p[part.n - 1] != '/')
        part.n--;
    if (!zone_is_name(name) || failed(folder_list(arena, path_of(arena, part), &names)))
        return STR_NONE;
    near = str_nearest(str_drop(name, part.n), names);
    if (!near.p)
        return STR_NONE;
    return str_format(arena, "%.*s%.*s", STR_ARG(part), STR_ARG(near));
}
