#include "http/prepared.h"

#include <libdeflate.h>
#include <stdatomic.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"

#define GZIP_LEVEL 9
#define ENCODINGS 3

struct prepared {
    atomic_size_t holders;
    struct str type;
    struct str body[ENCODINGS]; /* STR_NONE where there is none */
    struct str etag[ENCODINGS];
    struct arena arena;
};

/* The body compressed, or STR_NONE where that saves nothing. */
static struct str gzip(struct arena *arena, struct str body)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(GZIP_LEVEL);
    struct str compressed = STR_NONE;
    char *room;

    if (!compressor)
        return STR_NONE;
    room = memory_alloc(body.n, 1);
    compressed.n = libdeflate_gzip_compress(compressor, body.p, body.n, room, body.n);
    libdeflate_free_compressor(compressor);
    if (compressed.n > 0) {
        compressed.p = room;
        compressed = str_copy(arena, compressed);
    }
    memory_free(room);
    return compressed;
}

struct prepared *prepared_new(struct str content_type, struct str tag, struct str body,
                              struct str brotli)
{
    static const char *const suffixes[ENCODINGS] = { "", "-gzip", "-br" };
    struct prepared *prepared = memory_alloc(1, sizeof(*prepared));
    struct arena *arena = &prepared->arena;

    arena_init(arena, ARENA_UNLIMITED);
    atomic_init(&prepared->holders, 1);
    prepared->type = str_copy(arena, content_type);
    prepared->body[ENCODING_IDENTITY] = str_copy(arena, body);
    prepared->body[ENCODING_GZIP] = gzip(arena, body);
    if (brotli.p && brotli.n < body.n)
        prepared->body[ENCODING_BROTLI] = str_copy(arena, brotli);
    for (size_t i = 0; i < ENCODINGS; i++)
        prepared->etag[i] = str_format(arena, "\"%.*s%s\"", STR_ARG(tag), suffixes[i]);
    BUG_IF(!is_etag(prepared->etag[0]));
    return prepared;
}

struct prepared *prepared_hold(struct prepared *prepared)
{
    atomic_fetch_add(&prepared->holders, 1);
    return prepared;
}

void prepared_release(struct prepared *prepared)
{
    if (!prepared || atomic_fetch_sub(&prepared->holders, 1) > 1)
        return;
    arena_release(&prepared->arena);
    memory_free(prepared);
}

struct str prepared_type(const struct prepared *prepared)
{
    return prepared->type;
}

bool prepared_has(const struct prepared *prepared, enum encoding encoding)
{
    return prepared->body[encoding].p != NULL;
}

struct str prepared_body(const struct prepared *prepared, enum encoding encoding)
{
    return prepared->body[encoding];
}

struct str prepared_etag(const struct prepared *prepared, enum encoding encoding)
{
    return prepared->etag[encoding];
}
