/*
 * arena.h - memory that is given back all at once.
 *
 * Every allocation lives until the arena is cleared or released; nothing is freed by hand. An
 * arena has a limit in bytes. Running past it, or out of memory, calls the arena's exit if one is
 * set (arena_on_full) and otherwise aborts: callers never see NULL. Memory is zeroed and aligned
 * for any type, and poisoned under AddressSanitizer once it is given back.
 *
 * An arena belongs to one thread at a time.
 */
#ifndef ASSAY_BASE_ARENA_H
#define ASSAY_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes handed out since the last clear, padding included */
    size_t limit;
    jmp_buf *full;
};

#define ARENA_UNLIMITED ((size_t)-1)

void arena_init(struct arena *arena, size_t limit);
void arena_release(struct arena *arena);
void arena_clear(struct arena *arena); /* keeps one block for the next use */

/* Where to go, by longjmp with value 1, when the limit is reached. NULL: abort. The target must
   still be on the stack whenever the arena is used. */
void arena_on_full(struct arena *arena, jmp_buf *full);

void *arena_alloc(struct arena *arena, size_t bytes);
/* For code that holds something to give back first: NULL when the arena is full. It then lets go
   of what it holds and calls arena_exit_full, which leaves as arena_alloc would have. */
void *arena_try_alloc(struct arena *arena, size_t bytes);
NORETURN void arena_exit_full(struct arena *arena);

void *arena_alloc_array(struct arena *arena, size_t count, size_t bytes_each);

/* Grows an array, in place where it is the newest allocation; the new part is zeroed. */
void *arena_grow(struct arena *arena, void *old, size_t old_count, size_t new_count,
                 size_t bytes_each);

/* A point to come back to: everything allocated after the mark is given back. */
struct arena_mark {
    struct arena_block *block;
    size_t block_used;
    size_t used;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_alloc_array((arena), (count), sizeof(type)))

/*
 * Appends one zeroed element to a growing array in an arena and returns its address. `array` is
 * a pointer, `count` its length and `room` its capacity (size_t lvalues, both 0 at first).
 */
#define ARENA_PUSH(arena, array, count, room)                                                      \
    ((array) = arena_reserve((arena), (array), (count), &(room), sizeof(*(array))),                \
     &(array)[(count)++])

/* The array with room for one element more than `count`; *room is its capacity. */
void *arena_reserve(struct arena *arena, void *array, size_t count, size_t *room,
                    size_t bytes_each);

/* Allocation for the few things that outlive arenas (process, worker and snapshot lifetimes).
   Zeroed; aborts when there is no memory. memory_free(NULL) does nothing. */
void *memory_alloc(size_t count, size_t bytes_each);
void *memory_grow(void *old, size_t old_count, size_t new_count, size_t bytes_each);
void memory_free(void *memory);

#endif
