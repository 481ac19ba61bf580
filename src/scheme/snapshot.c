#include "scheme/snapshot.h"

#include <stdatomic.h>

struct scheme_snapshot {
    atomic_size_t holders;
    struct arena arena;
    struct scheme *scheme; /* NULL: empty */
    int64_t position;
};

struct scheme_snapshot *scheme_snapshot_new(void)
{
    struct scheme_snapshot *snapshot = memory_alloc(1, sizeof(*snapshot));

    atomic_init(&snapshot->holders, 1);
    arena_init(&snapshot->arena, ARENA_UNLIMITED);
    return snapshot;
}

struct result scheme_snapshot_fill(struct scheme_snapshot *snapshot, struct str place,
                                   const struct scheme_files *files, int64_t position,
                                   struct diags *diags)
{
    struct arena *arena = &snapshot->arena;
    struct scheme_file *copies = ARENA_ARRAY(arena, files->count, struct scheme_file);
    const struct scheme_files copied = { copies, files->count, files->count };

    BUG_IF(snapshot->scheme);
    for (size_t i = 0; i < files->count; i++)
        copies[i] = (struct scheme_file){ str_copy(arena, files->at[i].path),
                                          str_copy(arena, files->at[i].bytes) };
    TRY(scheme_make(arena, str_copy(arena, place), &copied, diags, &snapshot->scheme));
    snapshot->position = position;
    return OK;
}

struct result scheme_snapshot_read(struct scheme_snapshot *snapshot, const char *folder,
                                   struct diags *diags)
{
    BUG_IF(snapshot->scheme);
    return scheme_load(&snapshot->arena, folder, diags, &snapshot->scheme);
}

struct scheme_snapshot *scheme_snapshot_hold(struct scheme_snapshot *snapshot)
{
    atomic_fetch_add(&snapshot->holders, 1);
    return snapshot;
}

void scheme_snapshot_release(struct scheme_snapshot *snapshot)
{
    if (!snapshot || atomic_fetch_sub(&snapshot->holders, 1) > 1)
        return;
    arena_release(&snapshot->arena);
    memory_free(snapshot);
}

const struct scheme *scheme_snapshot_scheme(const struct scheme_snapshot *snapshot)
{
    BUG_IF(!snapshot->scheme);
    return snapshot->scheme;
}

int64_t scheme_snapshot_position(const struct scheme_snapshot *snapshot)
{
    return snapshot->position;
}
