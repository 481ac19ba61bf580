#include "register/scheme_texts.h"

#include <string.h>

#include "hash/sha256.h"
#include "register/journal.h"

#define FILES_AT_ONCE 100 /* that are read from the database before the next are asked for */

const struct error SCHEME_MISSING = { "scheme-missing", 503, EXIT_INPUT,
                                      "the installation has no scheme yet" };
const struct error SCHEME_BROKEN = { "scheme-broken", 500, EXIT_SYSTEM,
                                     "the scheme in the database has faults" };

static const char *const kind_words[] = { "criteria", "vocabulary" };

static const char *kind_word(bool vocabulary)
{
    return kind_words[vocabulary ? 1 : 0];
}

static struct str bytes_of(const struct sha256_digest *digest)
{
    return (struct str){ (const char *)digest->bytes, sizeof(digest->bytes) };
}

/* ---- reading ---- */

struct result scheme_version_at(struct store *store, int64_t position, int64_t *ret_version)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t version = 0;

    TRY(query_begin(store,
                    "SELECT position FROM scheme_version WHERE position <= $1"
                    " ORDER BY position DESC LIMIT 1",
                    PARAMS(datum_int(position)), &query));
    if (query_next(&query))
        version = query_int(&query, 0);
    TRY(query_end(&query));
    *ret_version = version;
    return OK;
}

/* The next files behind a path. */
static struct result read_some(struct store *store, struct arena *arena, int64_t position,
                               struct str after, struct scheme_files *files, size_t *ret_count)
{
    CLEANUP(query_release) struct query query = { 0 };
    size_t count = 0;

    TRY(query_begin(store,
                    "SELECT path, bytes FROM scheme_text WHERE path > $1"
                    " AND recorded_position <= $2"
                    " AND (superseded_position IS NULL OR superseded_position > $2)"
                    " ORDER BY path LIMIT $3",
                    PARAMS(datum_text(after), datum_int(position), datum_int(FILES_AT_ONCE)),
                    &query));
    for (; query_next(&query); count++)
        *ARENA_PUSH(arena, files->at, files->count, files->room) =
            (struct scheme_file){ str_copy(arena, query_text(&query, 0)),
                                  str_copy(arena, query_bytes(&query, 1)) };
    TRY(query_end(&query));
    *ret_count = count;
    return OK;
}

struct result scheme_files_at(struct store *store, struct arena *arena, int64_t position,
                              struct scheme_files *ret)
{
    struct scheme_files files = { 0 };
    struct str after = STR("");
    size_t count;

    do {
        TRY(read_some(store, arena, position, after, &files, &count));
        if (count > 0)
            after = files.at[files.count - 1].path;
    } while (count == FILES_AT_ONCE);
    *ret = files;
    return OK;
}

struct result scheme_side_at(struct store *store, struct arena *arena, int64_t position,
                             struct diags *diags, struct scheme_side *ret)
{
    struct scheme_side side = { 0 };
    struct scheme *scheme;

    TRY(scheme_files_at(store, arena, position, &side.files));
    if (side.files.count == 0)
        return fail(&SCHEME_MISSING);
    if (failed(scheme_make(arena, STR(""), &side.files, diags, &scheme)))
        return fail(&SCHEME_BROKEN);
    side.scheme = scheme;
    *ret = side;
    return OK;
}

/* ---- checking ---- */

static void refuse_file(struct diags *diags, struct str path, const char *expected,
                        const char *message)
{
    diags_add(diags, SEVERITY_ERROR, (struct span){ .source = NULL }, str_from_c(expected),
              "%.*s: %s", STR_ARG(path), message);
}

/* What a folder cannot hold, but somebody who asks for the operation can send. */
static bool are_files(const struct scheme_files *files, struct diags *diags)
{
    size_t errors = diags->errors;

    if (files->count > SCHEME_FILES_MAX)
        diags_add(diags, SEVERITY_ERROR, (struct span){ .source = NULL }, STR_NONE,
                  "there are %zu files, and a scheme has %d at most", files->count,
                  SCHEME_FILES_MAX);
    for (size_t i = 0; diags->errors == errors && i < files->count; i++) {
        const struct scheme_file *file = &files->at[i];
        const struct scheme_file_kind *kind = scheme_file_kind(file->path);

        if (!kind)
            refuse_file(diags, file->path, "expected a path that docs/scheme-folder.md lists",
                        "a scheme has no such file");
        else if (file->bytes.n > kind->max)
            refuse_file(diags, file->path, "expected a smaller file", "the file is too large");
        else if (scheme_file_find(files, file->path) != file)
            refuse_file(diags, file->path, "expected each path once", "the file is there twice");
    }
    return diags->errors == errors;
}

struct result scheme_side_of_files(struct arena *arena, struct str place,
                                   const struct scheme_files *files, struct diags *diags,
                                   struct scheme_side *ret)
{
    struct scheme_side side = { 0 };
    struct scheme *scheme;

    if (!are_files(files, diags))
        return fail(&ERROR_INPUT);
    TRY(scheme_make(arena, place, files, diags, &scheme));
    TRY(scheme_files_canonical(arena, files, diags, &side.files));
    side.scheme = scheme;
    *ret = side;
    return OK;
}

/* ---- adopted editions ---- */

struct adopted {
    bool vocabulary;
    struct str name;
    struct edition_number number;
    struct sha256_digest hash;
};

struct adopted_list {
    struct adopted *at;
    size_t count, room;
};

static struct result read_adopted(struct store *store, struct arena *arena,
                                  struct adopted_list *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct adopted_list list = { 0 };

    TRY(query_begin(store,
                    "SELECT kind, name, edition, text_hash FROM scheme_edition"
                    " ORDER BY kind, name, edition",
                    NO_PARAMS, &query));
    while (query_next(&query)) {
        struct adopted *adopted = ARENA_PUSH(arena, list.at, list.count, list.room);
        struct str hash = query_bytes(&query, 3);

        adopted->vocabulary = str_eq_c(query_text(&query, 0), kind_word(true));
        adopted->name = str_copy(arena, query_text(&query, 1));
        if (!edition_number_parse(query_text(&query, 2), &adopted->number) ||
            hash.n != sizeof(adopted->hash.bytes))
            BUG("an adopted edition has no number or no hash");
        memcpy(adopted->hash.bytes, hash.p, hash.n);
    }
    TRY(query_end(&query));
    *ret = list;
    return OK;
}

static bool is_adopted(const struct adopted_list *list, bool vocabulary, struct str name,
                       struct edition_number number)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct adopted *adopted = &list->at[i];

        if (adopted->vocabulary == vocabulary && str_eq(adopted->name, name) &&
            edition_number_eq(adopted->number, number))
            return true;
    }
    return false;
}

/* The text hash of an edition; STR_NONE where the scheme does not have it. */
static struct str hash_in(const struct scheme *scheme, const struct adopted *adopted)
{
    const struct vocabulary *vocabulary;
    const struct edition *edition;

    if (adopted->vocabulary) {
        vocabulary = library_vocabulary(scheme->library, adopted->name, adopted->number);
        return vocabulary ? vocabulary->text_hash : STR_NONE;
    }
    edition = library_find(scheme->library, adopted->name, adopted->number);
    return edition ? edition->text_hash : STR_NONE;
}

static const struct edition *edition_in(const struct scheme *scheme, const struct adopted *adopted)
{
    return scheme && !adopted->vocabulary
               ? library_find(scheme->library, adopted->name, adopted->number)
               : NULL;
}

/* Which adopted editions would not be what they are. */
static void find_refused(struct arena *arena, const struct adopted_list *list,
                         const struct scheme *old, const struct scheme *new,
                         struct scheme_loading *loading)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct adopted *adopted = &list->at[i];
        struct str hash = hash_in(new, adopted);
        char hex[SHA256_HEX_SIZE];

        if (str_eq_c(hash, sha256_hex(adopted->hash, hex)))
            continue;
        *ARENA_PUSH(arena, loading->refused, loading->refused_count, loading->refused_room) =
            (struct edition_difference){
                .vocabulary = adopted->vocabulary,
                .name = adopted->name,
                .number = adopted->number,
                .presence = hash.p ? PRESENT_IN_BOTH : REMOVED,
                .old = edition_in(old, adopted),
                .new = edition_in(new, adopted),
            };
    }
}

struct str scheme_refusal_text(struct arena *arena, const struct edition_difference *refused)
{
    struct str number = edition_number_text(arena, refused->number);
    struct str label = str_format(arena, "%s%.*s@%.*s", refused->vocabulary ? "vocabulary " : "",
                                  STR_ARG(refused->name), STR_ARG(number));
    struct edition_change change;

    if (refused->presence == REMOVED)
        return str_format(arena, "%.*s was adopted, and is missing", STR_ARG(label));
    if (!refused->old || !refused->new)
        return str_format(arena, "%.*s was adopted with another text", STR_ARG(label));
    edition_diff(arena, refused->old, refused->new, &change);
    return str_format(arena, "%.*s was adopted with another text: %.*s", STR_ARG(label),
                      STR_ARG(edition_change_line(arena, &change)));
}

/* ---- writing ---- */

/* A loading under way. */
struct loader {
    struct store *store;
    struct arena *arena;
    const struct act *act;
    struct adopted_list adopted;
    int64_t position; /* of its entry */
};

static const char *presence_word(enum presence presence)
{
    return presence == ADDED ? "added" : presence == REMOVED ? "removed" : "changed";
}

static struct value *file_value(struct arena *arena, const struct file_difference *file)
{
    struct value *value = value_object(arena);
    char *hex = ARENA_ARRAY(arena, SHA256_HEX_SIZE, char);

    value_set_text(arena, value, "path", file->path);
    value_set_text(arena, value, "change", str_from_c(presence_word(file->presence)));
    if (file->new.p)
        value_set_text(arena, value, "sha256", str_from_c(sha256_hex(sha256(file->new), hex)));
    return value;
}

/* What is there to be replaced. Where a later program finds faults in what an earlier one took, its
   files alone are known: it can then be put right. */
static struct result side_of_before(struct store *store, struct arena *arena,
                                    struct scheme_side *ret)
{
    struct scheme_side side = { 0 };
    struct scheme *scheme;
    struct diags ignored;

    TRY(scheme_files_at(store, arena, SCHEME_NOW, &side.files));
    diags_init(&ignored, arena);
    if (side.files.count > 0 &&
        !failed(scheme_make(arena, STR(""), &side.files, &ignored, &scheme)))
        side.scheme = scheme;
    *ret = side;
    return OK;
}

static struct result append_entry(struct loader *loader, const struct scheme_difference *difference)
{
    struct arena *arena = loader->arena;
    struct value *payload = value_object(arena);
    struct value *files = value_array(arena);
    struct value *editions = value_array(arena);

    for (size_t i = 0; i < difference->file_count; i++)
        value_push(arena, files, file_value(arena, &difference->files[i]));
    for (size_t i = 0; i < difference->edition_count; i++) {
        const struct edition_difference *edition = &difference->editions[i];
        struct value *value = value_object(arena);

        value_set_text(arena, value, "kind", str_from_c(kind_word(edition->vocabulary)));
        value_set_text(arena, value, "name", edition->name);
        value_set_text(arena, value, "edition", edition_number_text(arena, edition->number));
        value_set_text(arena, value, "change", str_from_c(presence_word(edition->presence)));
        value_push(arena, editions, value);
    }
    value_set(arena, payload, "files", files);
    value_set(arena, payload, "editions", editions);
    TRY(journal_append(loader->store, arena, loader->act, "scheme-loaded",
                       (struct journal_subject){ NULL, 0 }, payload, &loader->position));
    return store_run(loader->store, "INSERT INTO scheme_version (position) VALUES ($1)",
                     PARAMS(datum_int(loader->position)));
}

static struct result write_file(struct loader *loader, const struct file_difference *file)
{
    struct sha256_digest digest;

    if (file->presence != ADDED)
        TRY(store_run(loader->store,
                      "UPDATE scheme_text SET superseded_position = $2"
                      " WHERE path = $1 AND superseded_position IS NULL",
                      PARAMS(datum_text(file->path), datum_int(loader->position))));
    if (file->presence == REMOVED)
        return OK;
    digest = sha256(file->new);
    return store_run(loader->store,
                     "INSERT INTO scheme_text (path, recorded_position, sha256, bytes)"
                     " VALUES ($1, $2, $3, $4)",
                     PARAMS(datum_text(file->path), datum_int(loader->position),
                            datum_bytes(bytes_of(&digest)), datum_bytes(file->new)));
}

/* Notes an edition as adopted, unless it is so already. */
static struct result adopt(struct loader *loader, bool vocabulary, struct str name,
                           struct edition_number number, struct str text_hash)
{
    struct adopted adopted = { vocabulary, name, number, { { 0 } } };

    if (is_adopted(&loader->adopted, vocabulary, name, number))
        return OK;
    if (!sha256_from_hex(text_hash, &adopted.hash))
        BUG("an edition has no text hash");
    *ARENA_PUSH(loader->arena, loader->adopted.at, loader->adopted.count, loader->adopted.room) =
        adopted;
    return store_run(loader->store,
                     "INSERT INTO scheme_edition (kind, name, edition, text_hash,"
                     " adopted_position, adopted_at) VALUES ($1, $2, $3, $4, $5, $6)",
                     PARAMS(datum_text(str_from_c(kind_word(vocabulary))), datum_text(name),
                            datum_text(edition_number_text(loader->arena, number)),
                            datum_bytes(bytes_of(&adopted.hash)), datum_int(loader->position),
                            datum_int(loader->act->now)));
}

static struct result adopt_all(struct loader *loader, const struct library *library)
{
    for (size_t i = 0; i < library_count(library); i++) {
        const struct edition *edition = library_at(library, i);
        const struct vocabulary *vocabulary = edition->vocabulary;

        TRY(adopt(loader, false, edition->name, edition->number, edition->text_hash));
        if (!vocabulary->inferred)
            TRY(adopt(loader, true, vocabulary->name, vocabulary->edition, vocabulary->text_hash));
    }
    return OK;
}

static struct result write_all(struct loader *loader, const struct scheme *scheme,
                               struct scheme_loading *loading)
{
    const struct scheme_difference *difference = &loading->difference;
    size_t before = loader->adopted.count;

    TRY(append_entry(loader, difference));
    for (size_t i = 0; i < difference->file_count; i++)
        TRY(write_file(loader, &difference->files[i]));
    TRY(adopt_all(loader, scheme->library));
    loading->adopted = loader->adopted.count - before;
    loading->position = loader->position;
    return OK;
}

struct result scheme_texts_load(struct store *store, struct arena *arena, const struct act *act,
                                const struct scheme_files *files, bool dry_run, struct diags *diags,
                                struct scheme_loading *ret)
{
    struct loader loader = { .store = store, .arena = arena, .act = act };
    struct scheme_loading loading = { 0 };
    struct scheme_side old;
    struct scheme_side new;

    TRY(scheme_side_of_files(arena, STR(""), files, diags, &new));
    TRY(side_of_before(store, arena, &old));
    scheme_differ(arena, &old, &new, &loading.difference);
    TRY(read_adopted(store, arena, &loader.adopted));
    find_refused(arena, &loader.adopted, old.scheme, new.scheme, &loading);
    if (loading.refused_count == 0 && loading.difference.file_count > 0 && !dry_run)
        TRY(write_all(&loader, new.scheme, &loading));
    *ret = loading;
    return OK;
}
