#include "scheme/difference.h"

/* ---- files ---- */

static void add_file(struct arena *arena, struct scheme_difference *ret, struct str path,
                     enum presence presence, struct str old, struct str new)
{
    *ARENA_PUSH(arena, ret->files, ret->file_count, ret->file_room) =
        (struct file_difference){ .path = path, .presence = presence, .old = old, .new = new };
}

/* Both are sorted: they are gone through side by side. */
static void differ_files(struct arena *arena, const struct scheme_files *old,
                         const struct scheme_files *new, struct scheme_difference *ret)
{
    size_t i = 0;
    size_t j = 0;

    while (i < old->count && j < new->count) {
        const struct scheme_file *a = &old->at[i];
        const struct scheme_file *b = &new->at[j];
        int order = str_cmp(a->path, b->path);

        if (order < 0)
            add_file(arena, ret, a->path, REMOVED, a->bytes, STR_NONE);
        else if (order > 0)
            add_file(arena, ret, b->path, ADDED, STR_NONE, b->bytes);
        else if (!str_eq(a->bytes, b->bytes))
            add_file(arena, ret, a->path, PRESENT_IN_BOTH, a->bytes, b->bytes);
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
    }
    for (; i < old->count; i++)
        add_file(arena, ret, old->at[i].path, REMOVED, old->at[i].bytes, STR_NONE);
    for (; j < new->count; j++)
        add_file(arena, ret, new->at[j].path, ADDED, STR_NONE, new->at[j].bytes);
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

static void add_listed(struct arena *arena, struct scheme_difference *ret,
                       const struct listed *listed, enum presence presence,
                       const struct edition *old, const struct edition *new)
{
    *ARENA_PUSH(arena, ret->editions, ret->edition_count, ret->edition_room) =
        (struct edition_difference){
            .vocabulary = !listed->edition,
            .name = listed->name,
            .number = listed->number,
            .presence = presence,
            .old = old,
            .new = new,
        };
}

static void add_removed(struct arena *arena, struct scheme_difference *ret, struct listed listed)
{
    add_listed(arena, ret, &listed, REMOVED, listed.edition, NULL);
}

static void add_added(struct arena *arena, struct scheme_difference *ret, struct listed listed)
{
    add_listed(arena, ret, &listed, ADDED, NULL, listed.edition);
}

/* A library is sorted as compare_listed does. */
static void differ_listed(struct arena *arena, const struct scheme *old, const struct scheme *new,
                          bool vocabularies, struct scheme_difference *ret)
{
    size_t old_count = listed_count(old, vocabularies);
    size_t new_count = listed_count(new, vocabularies);
    size_t i = 0;
    size_t j = 0;

    while (i < old_count && j < new_count) {
        struct listed a = listed_at(old, vocabularies, i);
        struct listed b = listed_at(new, vocabularies, j);
        int order = compare_listed(&a, &b);

        if (order < 0)
            add_removed(arena, ret, a);
        else if (order > 0)
            add_added(arena, ret, b);
        else if (!str_eq(a.hash, b.hash))
            add_listed(arena, ret, &a, PRESENT_IN_BOTH, a.edition, b.edition);
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
    }
    for (; i < old_count; i++)
        add_removed(arena, ret, listed_at(old, vocabularies, i));
    for (; j < new_count; j++)
        add_added(arena, ret, listed_at(new, vocabularies, j));
}

void scheme_differ(struct arena *arena, const struct scheme_side *old,
                   const struct scheme_side *new, struct scheme_difference *ret)
{
    *ret = (struct scheme_difference){ 0 };
    differ_files(arena, &old->files, &new->files, ret);
    differ_listed(arena, old->scheme, new->scheme, false, ret);
    differ_listed(arena, old->scheme, new->scheme, true, ret);
}
