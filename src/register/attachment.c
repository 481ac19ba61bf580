#include "register/attachment.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "register/evidence_part.h"

#define NAME_BYTES 200

const struct error ATTACHMENT_UNKNOWN = { "attachment-unknown", 404, EXIT_NO,
                                          "there is no such paper" };
const struct error ATTACHMENT_TYPE = { "attachment-type", 415, EXIT_INPUT,
                                       "a paper is a PDF, a JPEG or a PNG" };
const struct error ATTACHMENT_SIZE = { "attachment-size", 413, EXIT_INPUT,
                                       "a paper has at most 10 MB" };
const struct error ATTACHMENT_NAME = { "attachment-name", 422, EXIT_INPUT,
                                       "the name of a paper has 1 to 200 bytes on one line" };
const struct error ATTACHMENT_MANY = { "attachment-many", 409, EXIT_NO,
                                       "an entry has at most 10 papers" };
const struct error ATTACHMENT_LOST = { "attachment-lost", 500, EXIT_SYSTEM,
                                       "the file of this paper is missing or damaged" };

static struct str digest_text(const struct sha256_digest *digest)
{
    return (struct str){ (const char *)digest->bytes, sizeof(digest->bytes) };
}

/* ---- reading ---- */

#define ATTACHMENTS                                                                                \
    "SELECT a.id, a.evidence, e.person, a.sha256, a.type, a.size, a.name, a.added_position"        \
    " FROM attachment AS a JOIN evidence AS e ON e.id = a.evidence"                                \
    " WHERE a.removed_position IS NULL AND "

/* Digest, type and size stand in columns from the first on. */
static bool file_from_row(const struct query *query, size_t first, struct attachment_file *ret)
{
    struct str digest = query_bytes(query, first);
    struct attachment_file file = {
        .type = ATTACHMENT_TYPES,
        .size = query_int(query, first + 2),
    };

    for (size_t i = 0; i < ATTACHMENT_TYPES; i++)
        if (str_eq_c(query_text(query, first + 1), attachment_media((enum attachment_type)i)))
            file.type = (enum attachment_type)i;
    if (file.type == ATTACHMENT_TYPES || digest.n != SHA256_SIZE)
        return false;
    memcpy(file.digest.bytes, digest.p, SHA256_SIZE);
    *ret = file;
    return true;
}

static bool from_row(const struct query *query, struct arena *arena, struct attachment *ret)
{
    struct attachment attachment = {
        .id = { query_int(query, 0) },
        .evidence = { query_int(query, 1) },
        .person = { query_int(query, 2) },
        .name = str_copy(arena, query_text(query, 6)),
        .added = query_int(query, 7),
    };

    if (!file_from_row(query, 3, &attachment.file))
        return false;
    *ret = attachment;
    return true;
}

static struct result read_list(struct store *store, struct arena *arena, const char *sql,
                               struct params params, struct attachment_list *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct attachment *list = NULL;
    struct attachment attachment;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store, sql, params, &query));
    while (query_next(&query))
        if (from_row(&query, arena, &attachment))
            *ARENA_PUSH(arena, list, count, room) = attachment;
    TRY(query_end(&query));
    *ret = (struct attachment_list){ list, count };
    return OK;
}

struct result attachment_load(struct store *store, struct arena *arena, struct attachment_id id,
                              struct attachment *ret)
{
    struct attachment_list list;

    TRY(read_list(store, arena, ATTACHMENTS "a.id = $1", PARAMS(datum_int(id.n)), &list));
    if (list.count == 0)
        return fail(&ATTACHMENT_UNKNOWN);
    *ret = list.at[0];
    return OK;
}

struct result attachments_of(struct store *store, struct arena *arena, struct evidence_id evidence,
                             struct attachment_list *ret)
{
    return read_list(store, arena, ATTACHMENTS "a.evidence = $1 ORDER BY a.id",
                     PARAMS(datum_int(evidence.n)), ret);
}

/* ---- adding and removing ---- */

static bool is_name(struct str name)
{
    if (str_trim(name).n == 0 || name.n > NAME_BYTES || !str_is_utf8(name, NULL))
        return false;
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < ' ' || name.p[i] == 0x7f)
            return false;
    return true;
}

static struct result journal_attachment(struct store *store, struct arena *arena,
                                        const struct act *act, const char *operation,
                                        const struct attachment *attachment, int64_t *ret_position)
{
    struct value *payload = value_object(arena);
    char hex[SHA256_HEX_SIZE];

    value_set_int(arena, payload, "evidence", attachment->evidence.n);
    value_set_text(arena, payload, "name", attachment->name);
    value_set_text(arena, payload, "sha256", str_from_c(sha256_hex(attachment->file.digest, hex)));
    return journal_append(store, arena, act, operation, person_subject(attachment->person), payload,
                          ret_position);
}

struct result attachment_add(struct store *store, struct arena *arena, const struct act *act,
                             struct evidence_id evidence, const struct attachment_file *file,
                             struct str name, struct attachment_id *ret)
{
    struct attachment attachment = { .evidence = evidence, .file = *file, .name = str_trim(name) };
    struct attachment_list list;
    struct evidence_row row;
    int64_t position;

    if (!is_name(name))
        return fail(&ATTACHMENT_NAME);
    TRY(evidence_load(store, arena, evidence, &row));
    if (row.says.standing == STANDING_WITHDRAWN)
        return fail(&EVIDENCE_STANDING);
    attachment.person = row.person;
    TRY(attachments_of(store, arena, evidence, &list));
    if (list.count >= ATTACHMENTS_MAX)
        return fail(&ATTACHMENT_MANY);
    TRY(journal_attachment(store, arena, act, "attachment-added", &attachment, &position));
    return store_insert(store,
                        "INSERT INTO attachment (evidence, sha256, type, size, name,"
                        " added_position) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
                        PARAMS(datum_int(evidence.n), datum_bytes(digest_text(&file->digest)),
                               datum_text(str_from_c(attachment_media(file->type))),
                               datum_int(file->size), datum_text(attachment.name),
                               datum_int(position)),
                        &ret->n);
}

struct result attachment_remove(struct store *store, struct arena *arena, const struct act *act,
                                struct attachment_id id)
{
    struct attachment attachment;
    int64_t position;

    TRY(attachment_load(store, arena, id, &attachment));
    TRY(journal_attachment(store, arena, act, "attachment-removed", &attachment, &position));
    return store_run(store, "UPDATE attachment SET removed_position = $2 WHERE id = $1",
                     PARAMS(datum_int(id.n), datum_int(position)));
}

/* ---- what does not fit together ---- */

struct paths {
    struct str *at;
    size_t count, room;
};

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

struct result attachment_files(struct store *store, struct arena *arena,
                               struct attachment_files *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct attachment_file *list = NULL;
    struct attachment_file file;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store,
                    "SELECT sha256, min(type), min(size) FROM attachment GROUP BY sha256"
                    " ORDER BY sha256",
                    NO_PARAMS, &query));
    while (query_next(&query))
        if (file_from_row(&query, 0, &file))
            *ARENA_PUSH(arena, list, count, room) = file;
    TRY(query_end(&query));
    *ret = (struct attachment_files){ list, count };
    return OK;
}

static bool is_younger(const char *path, int64_t instant)
{
    struct stat file;

    return stat(path, &file) == 0 &&
           (int64_t)file.st_mtim.tv_sec * 1000000 + file.st_mtim.tv_nsec / 1000 > instant;
}

/* Adds a file, by its path within the folder. */
static void add_file(struct arena *arena, const char *folder, struct str path, int64_t younger_than,
                     struct paths *paths)
{
    const char *full = str_to_c(arena, str_format(arena, "%s/%.*s", folder, STR_ARG(path)));

    if (!is_younger(full, younger_than))
        *ARENA_PUSH(arena, paths->at, paths->count, paths->room) = path;
}

/* All files of the folder and its subfolders. A folder that is missing holds none. */
static void list_files(struct arena *arena, const char *folder, int64_t younger_than,
                       struct paths *paths)
{
    struct str_list shards = { .count = 0 };

    if (failed(folder_list(arena, folder, &shards)))
        return;
    for (size_t i = 0; i < shards.count; i++) {
        const char *shard =
            str_to_c(arena, str_format(arena, "%s/%.*s", folder, STR_ARG(shards.at[i])));
        struct str_list names = { .count = 0 };

        if (failed(folder_list(arena, shard, &names)))
            add_file(arena, folder, shards.at[i], younger_than, paths);
        for (size_t k = 0; k < names.count; k++)
            add_file(arena, folder,
                     str_format(arena, "%.*s/%.*s", STR_ARG(shards.at[i]), STR_ARG(names.at[k])),
                     younger_than, paths);
    }
}

static bool has_path(const struct paths *paths, struct str path)
{
    return paths->count > 0 &&
           bsearch(&path, paths->at, paths->count, sizeof(*paths->at), by_bytes) != NULL;
}

struct result attachment_orphans(struct store *store, struct arena *arena, const char *folder,
                                 int64_t younger_than, struct str_list *ret_orphans,
                                 struct str_list *ret_missing)
{
    struct attachment_files known;
    struct paths files = { 0 };
    struct paths named = { 0 };
    struct paths orphans = { 0 };
    struct paths missing = { 0 };

    TRY(attachment_files(store, arena, &known));
    for (size_t i = 0; i < known.count; i++) {
        struct str path = attachment_path(arena, &known.at[i].digest);

        *ARENA_PUSH(arena, named.at, named.count, named.room) = path;
        if (!attachment_is_there(arena, folder, &known.at[i]))
            *ARENA_PUSH(arena, missing.at, missing.count, missing.room) = path;
    }
    list_files(arena, folder, younger_than, &files);
    for (size_t i = 0; i < files.count; i++)
        if (!has_path(&named, files.at[i]))
            *ARENA_PUSH(arena, orphans.at, orphans.count, orphans.room) = files.at[i];
    *ret_orphans = (struct str_list){ orphans.at, orphans.count };
    *ret_missing = (struct str_list){ missing.at, missing.count };
    return OK;
}
