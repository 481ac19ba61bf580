#include "scheme/difference.h"

static enum presence presence_of(const void *old, const void *new)
{
    if (!old)
        return ADDED;
    return new ? PRESENT_IN_BOTH : REMOVED;
}

/* ---- files ---- */

static void add_file(struct arena *arena, struct scheme_difference *ret,
                     const struct scheme_file *old, const struct scheme_file *new)
{
    *ARENA_PUSH(arena, ret->files, ret->file_count, ret->file_room) = (struct file_difference){
        .path = old ? old->path : new->path,
        .presence = presence_of(old, new),
        .old = old ? old->bytes : STR_NONE,
        .new = new ? new->bytes : STR_NONE,
    };
}

/* Both are sorted: they are gone through side by side. */
static void differ_files(struct arena *arena, const struct scheme_files *old,
                         const struct scheme_files *new, struct scheme_difference *ret)
{
    size_t i = 0;
    size_t j = 0;

    while (i < old->count || j < new->count) {
        const struct scheme_file *a = i < old->count ? &old->at[i] : NULL;
        const struct scheme_file *b = j < new->count ? &new->at[j] : NULL;
        int order = !a ? 1 : !b ? -1 : str_cmp(a->path, b->path);

        if (order != 0 || !str_eq(a->bytes, b->bytes))
            add_file(arena, ret, order <= 0 ? a : NULL, order >= 0 ? b : NULL);
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
    }
}

/* ---- editions ---- */

/* What documents and vocabularies have alike. */
struct listed {
    struct str name;
    struct edition_number number;
    struct str hash;
    const struct edition *edition; /* NULL: a vocabulary */
};

static size_t listed_count(const struct scheme *scheme, bool vocabularies)
{
    if (!scheme)
        return 0;
    return vocabularies ? library_vocabulary_count(scheme->library)
                        : library_count(scheme->library);
}

static struct listed listed_at(const struct scheme *scheme, bool vocabularies, size_t i)
{
    const struct vocabulary *vocabulary;
    const struct edition *edition;

    if (vocabularies) {
        vocabulary = library_vocabulary_at(scheme->library, i);
        return (struct listed){ vocabulary->name, vocabulary->edition, vocabulary->text_hash,
                                NULL };
    }
    edition = library_at(scheme->library, i);
    return (struct listed){ edition->name, edition->number, edition->text_hash, edition };
}

static int compare_listed(const struct listed *a, const struct listed *b)
{
    int order = str_cmp(a->name, b->name);

    return order != 0 ? order : edition_number_cmp(a->number, b->number);
}

static void add_listed(struct arena *arena, struct scheme_difference *ret, bool vocabulary,
                       const struct listed *old, const struct listed *new)
{
    const struct listed *any = old ? old : new;

    *ARENA_PUSH(arena, ret->editions, ret->edition_count, ret->edition_room) =
        (struct edition_difference){
            .vocabulary = vocabulary,
            .name = any->name,
            .number = any->number,
            .presence = presence_of(old, new),
            .old = old ? old->edition : NULL,
            .new = new ? new->edition : NULL,
        };
}

/* A library is sorted as compare_listed does. */
static void differ_listed(struct arena *arena, const struct scheme *old, const struct scheme *new,
                          bool vocabularies, struct scheme_difference *ret)
{
    size_t old_count = listed_count(old, vocabularies);
    size_t new_count = listed_count(new, vocabularies);
    size_t i = 0;
    size_t j = 0;

    while (i < old_count || j < new_count) {
        struct listed a = { .hash = STR("") };
        struct listed b = { .hash = STR("") };
        int order;

        if (i < old_count)
            a = listed_at(old, vocabularies, i);
        if (j < new_count)
            b = listed_at(new, vocabularies, j);
        order = i == old_count ? 1 : j == new_count ? -1 : compare_listed(&a, &b);
        if (order != 0 || !str_eq(a.hash, b.hash))
            add_listed(arena, ret, vocabularies, order <= 0 ? &a : NULL, order >= 0 ? &b : NULL);
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
    }
}

void scheme_differ(struct arena *arena, const struct scheme_side *old,
                   const struct scheme_side *new, struct scheme_difference *ret)
{
    *ret = (struct scheme_difference){ 0 };
    differ_files(arena, &old->files, &new->files, ret);
    differ_listed(arena, old->scheme, new->scheme, false, ret);
    differ_listed(arena, old->scheme, new->scheme, true, ret);
}
