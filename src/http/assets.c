#include "http/assets.h"

#include "base/attr.h"
#include "http/prepared.h"

#define HASH_DIGITS 16

struct asset {
    struct str name;
    struct str path;
    struct prepared *prepared;
};

struct assets {
    struct arena arena;
    struct asset *at;
    size_t count, room;
};

/* To serve another kind of file, add its row. */
static const struct {
    const char *ending;
    const char *type;
} types[] = {
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".ico", "image/x-icon" },
    { ".woff2", "font/woff2" },
    { ".ttf", "font/ttf" },
    { ".txt", "text/plain; charset=utf-8" },
    { ".webmanifest", "application/manifest+json" },
};

struct str asset_type(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_ends(name, str_from_c(types[i].ending)))
            return str_from_c(types[i].type);
    return STR_NONE;
}

/* Where the last c stands, or the length. */
static size_t last(struct str s, char c)
{
    for (size_t at = s.n; at > 0; at--)
        if (s.p[at - 1] == c)
            return at - 1;
    return s.n;
}

struct str asset_stem(struct str name)
{
    size_t slash = last(name, '/');

    if (str_ends(name, STR(".ico")))
        return STR_NONE;
    if (slash < name.n)
        name = str_drop(name, slash + 1);
    return str_take(name, last(name, '.'));
}

struct assets *assets_new(void)
{
    struct assets *assets = memory_alloc(1, sizeof(*assets));

    arena_init(&assets->arena, ARENA_UNLIMITED);
    return assets;
}

void assets_free(struct assets *assets)
{
    if (!assets)
        return;
    for (size_t i = 0; i < assets->count; i++)
        prepared_release(assets->at[i].prepared);
    arena_release(&assets->arena);
    memory_free(assets);
}

void assets_add(struct assets *assets, const struct embedded_file *file)
{
    struct str name = str_from_c(file->name);
    struct str type = asset_type(name);
    struct str hash = str_take(str_from_c(file->sha256), HASH_DIGITS);
    struct str body = { file->bytes, file->size };
    struct str brotli = { file->brotli, file->brotli_size };
    size_t dot = last(name, '.');
    struct asset *asset;

    if (!type.p)
        BUG("no content type is known for the asset %s", file->name);
    asset = ARENA_PUSH(&assets->arena, assets->at, assets->count, assets->room);
    asset->name = name;
    asset->path = str_format(&assets->arena, ASSETS_PATH "%.*s.%.*s%.*s",
                             STR_ARG(str_take(name, dot)), STR_ARG(hash),
                             STR_ARG(str_drop(name, dot)));
    asset->prepared = prepared_new(type, hash, body, brotli);
}

bool assets_answer(const struct assets *assets, const struct request *request,
                   struct response *response)
{
    for (size_t i = 0; i < assets->count; i++) {
        if (!str_eq(assets->at[i].path, request->path))
            continue;
        response_header(response, STR("Cache-Control"), STR("public, max-age=31536000, immutable"));
        response_prepared(response, assets->at[i].prepared);
        return true;
    }
    return false;
}

struct prepared *assets_find(const struct assets *assets, struct str name)
{
    for (size_t i = 0; i < assets->count; i++)
        if (str_eq(assets->at[i].name, name))
            return assets->at[i].prepared;
    return NULL;
}

void assets_add_addresses(const struct assets *assets, struct arena *arena, struct value *addresses)
{
    for (size_t i = 0; i < assets->count; i++) {
        struct str stem = asset_stem(assets->at[i].name);

        if (stem.p)
            value_set_str(arena, addresses, stem, value_text(arena, assets->at[i].path));
    }
}
