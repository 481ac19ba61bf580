#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#endif

/*
 * Under AddressSanitizer, what is not handed out is poisoned, and a gap that stays poisoned
 * follows each allocation, so that a read or write past its end is caught. The gap does not count
 * as used: an arena has the same limit in every build.
 */
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define GAP 16
#define POISON(at, bytes) ASAN_POISON_MEMORY_REGION((at), (bytes))
#define UNPOISON(at, bytes) ASAN_UNPOISON_MEMORY_REGION((at), (bytes))
#else
#define GAP 0
#define POISON(at, bytes) ((void)(at), (void)(bytes))
#define UNPOISON(at, bytes) ((void)(at), (void)(bytes))
#endif

#define ALIGNMENT _Alignof(max_align_t)
#define FIRST_ROOM ((size_t)16 * 1024)
#define FIRST_BYTES 256                    /* of a growing array; one element where that is more */
#define LARGEST_ROOM ((size_t)1024 * 1024) /* of a block that no single allocation asked for */

struct arena_block {
    struct arena_block *older;
    size_t room;
    size_t used; /* gaps included */
    _Alignas(max_align_t) char bytes[];
};

void arena_init(struct arena *arena, size_t limit)
{
    *arena = (struct arena){ .limit = limit };
}

static void block_free(struct arena_block *block)
{
    UNPOISON(block->bytes, block->room);
    free(block);
}

/* Frees the blocks that are newer than `last`, all of them for NULL. */
static void free_newer(struct arena *arena, struct arena_block *last)
{
    while (arena->blocks != last) {
        struct arena_block *older = arena->blocks->older;

        block_free(arena->blocks);
        arena->blocks = older;
    }
}

void arena_release(struct arena *arena)
{
    free_newer(arena, NULL);
    arena->used = 0;
}

void arena_clear(struct arena *arena)
{
    struct arena_block *kept = arena->blocks;

    arena->used = 0;
    if (!kept)
        return;
    arena->blocks = kept->older;
    free_newer(arena, NULL);
    kept->older = NULL;
    kept->used = 0;
    POISON(kept->bytes, kept->room);
    arena->blocks = kept;
}

void arena_on_full(struct arena *arena, jmp_buf *full)
{
    arena->full = full;
}

void arena_exit_full(struct arena *arena)
{
    if (arena->full)
        longjmp(*arena->full, 1);
    fprintf(stderr, "assay: out of memory: %zu bytes are in use and %zu allowed\n", arena->used,
            arena->limit);
    abort();
}

/* What an allocation takes from the arena. At least one byte, so that addresses differ. */
static bool padded(size_t bytes, size_t *ret)
{
    if (bytes > SIZE_MAX / 2)
        return false;
    if (bytes == 0)
        bytes = 1;
    *ret = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return true;
}

static bool add_block(struct arena *arena, size_t bytes)
{
    size_t room = arena->blocks ? arena->blocks->room * 2 : FIRST_ROOM;
    struct arena_block *block;

    if (room > LARGEST_ROOM)
        room = LARGEST_ROOM;
    if (room < bytes)
        room = bytes;
    block = malloc(sizeof(*block) + room);
    if (!block)
        return false;
    block->older = arena->blocks;
    block->room = room;
    block->used = 0;
    POISON(block->bytes, block->room);
    arena->blocks = block;
    return true;
}

void *arena_try_alloc(struct arena *arena, size_t bytes)
{
    struct arena_block *block;
    size_t size;
    char *p;

    if (!padded(bytes, &size) || size > arena->limit - arena->used)
        return NULL;
    block = arena->blocks;
    if (!block || block->room - block->used < size + GAP) {
        if (!add_block(arena, size + GAP))
            return NULL;
        block = arena->blocks;
    }
    p = block->bytes + block->used;
    block->used += size + GAP;
    arena->used += size;
    UNPOISON(p, bytes);
    memset(p, 0, bytes);
    return p;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    void *p = arena_try_alloc(arena, bytes);

    if (!p)
        arena_exit_full(arena);
    return p;
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t bytes_each)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, bytes_each, &bytes))
        arena_exit_full(arena);
    return arena_alloc(arena, bytes);
}

/* Makes the allocation at `old` larger where it stands, if it is the newest and there is room. */
static bool grow_in_place(struct arena *arena, char *old, size_t old_bytes, size_t new_bytes)
{
    struct arena_block *block = arena->blocks;
    size_t old_size;
    size_t new_size;

    if (!block || !padded(old_bytes, &old_size) || !padded(new_bytes, &new_size))
        return false;
    if (old + old_size + GAP != block->bytes + block->used)
        return false;
    if (new_size - old_size > block->room - block->used ||
        new_size - old_size > arena->limit - arena->used)
        return false;
    block->used += new_size - old_size;
    arena->used += new_size - old_size;
    UNPOISON(old, new_bytes);
    memset(old + old_bytes, 0, new_bytes - old_bytes);
    return true;
}

void *arena_grow(struct arena *arena, void *old, size_t old_count, size_t new_count,
                 size_t bytes_each)
{
    size_t old_bytes = old_count * bytes_each;
    size_t new_bytes;
    void *p;

    BUG_IF(new_count < old_count);
    if (__builtin_mul_overflow(new_count, bytes_each, &new_bytes))
        arena_exit_full(arena);
    if (old && grow_in_place(arena, old, old_bytes, new_bytes))
        return old;
    p = arena_alloc(arena, new_bytes);
    if (old)
        memcpy(p, old, old_bytes);
    return p;
}

void *arena_reserve(struct arena *arena, void *array, size_t count, size_t *room, size_t bytes_each)
{
    size_t first = bytes_each < FIRST_BYTES ? FIRST_BYTES / bytes_each : 1;
    size_t larger = *room ? *room * 2 : first;

    if (count < *room)
        return array;
    array = arena_grow(arena, array, *room, larger, bytes_each);
    *room = larger;
    return array;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    struct arena_block *block = arena->blocks;

    return (struct arena_mark){ block, block ? block->used : 0, arena->used };
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    if (!mark.block) {
        arena_clear(arena);
        return;
    }
    free_newer(arena, mark.block);
    mark.block->used = mark.block_used;
    arena->used = mark.used;
    POISON(mark.block->bytes + mark.block_used, mark.block->room - mark.block_used);
}

NORETURN static void no_memory(void)
{
    fputs("assay: out of memory\n", stderr);
    abort();
}

void *memory_alloc(size_t count, size_t bytes_each)
{
    void *p = calloc(count ? count : 1, bytes_each ? bytes_each : 1);

    if (!p)
        no_memory();
    return p;
}

void *memory_grow(void *old, size_t old_count, size_t new_count, size_t bytes_each)
{
    size_t old_bytes = old_count * bytes_each;
    size_t bytes;
    char *p;

    BUG_IF(new_count < old_count);
    if (__builtin_mul_overflow(new_count, bytes_each, &bytes))
        no_memory();
    p = realloc(old, bytes ? bytes : 1);
    if (!p)
        no_memory();
    memset(p + old_bytes, 0, bytes - old_bytes);
    return p;
}

void memory_free(void *memory)
{
    free(memory);
}
