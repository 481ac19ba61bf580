#include "http/prepared.h"

#include <stdatomic.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "http/gzip.h"

#define ENCODINGS 3

struct prepared {
    atomic_size_t holders;
    struct str type;
    struct str body[ENCODINGS]; /* STR_NONE where there is none */
    struct str etag[ENCODINGS];
    struct arena arena;
};

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
    prepared->body[ENCODING_GZIP] = gzip_pack(arena, body, GZIP_SMALL, body.n);
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

size_t prepared_bytes(const struct prepared *prepared)
{
    size_t bytes = 0;

    for (size_t i = 0; i < ENCODINGS; i++)
        bytes += prepared->body[i].n;
    return bytes;
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
