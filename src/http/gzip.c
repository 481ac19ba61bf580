#include "http/gzip.h"

#include <libdeflate.h>
#include <stdint.h>
#include <string.h>

#define FOOTER 4 /* a member ends with the number of bytes it unpacks to, the lowest first */
#define SMALLEST 18

struct str gzip_pack(struct arena *arena, struct str bytes, int level, size_t most)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(level);
    struct str packed = STR_NONE;
    char *room;

    if (!compressor)
        return STR_NONE;
    if (most == GZIP_ANY_SIZE)
        most = libdeflate_gzip_compress_bound(compressor, bytes.n);
    room = memory_alloc(most + 1, 1);
    packed.n = libdeflate_gzip_compress(compressor, bytes.p, bytes.n, room, most);
    libdeflate_free_compressor(compressor);
    if (packed.n > 0) {
        char *copy = arena_try_alloc(arena, packed.n);

        if (!copy) {
            memory_free(room);
            arena_exit_full(arena);
        }
        memcpy(copy, room, packed.n);
        packed.p = copy;
    }
    memory_free(room);
    return packed;
}

static size_t promised_size(struct str packed)
{
    const uint8_t *at = (const uint8_t *)packed.p + packed.n - FOOTER;

    return (size_t)at[0] | (size_t)at[1] << 8 | (size_t)at[2] << 16 | (size_t)at[3] << 24;
}

bool gzip_unpack(struct arena *arena, struct str packed, size_t most, struct str *ret)
{
    struct libdeflate_decompressor *decompressor;
    enum libdeflate_result result;
    size_t size;
    size_t read;
    char *room;

    if (packed.n < SMALLEST)
        return false;
    size = promised_size(packed);
    if (size > most)
        return false;
    room = arena_alloc(arena, size + 1);
    decompressor = libdeflate_alloc_decompressor();
    if (!decompressor)
        return false;
    result =
        libdeflate_gzip_decompress_ex(decompressor, packed.p, packed.n, room, size, &read, NULL);
    libdeflate_free_decompressor(decompressor);
    if (result != LIBDEFLATE_SUCCESS || read != packed.n)
        return false;
    *ret = (struct str){ room, size };
    return true;
}
