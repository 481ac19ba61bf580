/* The files of attachments (attachment.h): what they hold, and where they stand. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "register/attachment.h"

static const char *const medias[ATTACHMENT_TYPES] = {
    [ATTACHMENT_PDF] = "application/pdf",
    [ATTACHMENT_JPEG] = "image/jpeg",
    [ATTACHMENT_PNG] = "image/png",
};

const char *attachment_media(enum attachment_type type)
{
    return medias[type];
}

/* ---- what is in it ---- */

#define PDF_END_WITHIN 1024 /* bytes from the end: white space and a comment may follow */

static bool holds(struct str bytes, struct str part)
{
    for (size_t i = 0; i + part.n <= bytes.n; i++)
        if (memcmp(bytes.p + i, part.p, part.n) == 0)
            return true;
    return false;
}

static bool is_pdf(struct str bytes)
{
    size_t end = bytes.n > PDF_END_WITHIN ? bytes.n - PDF_END_WITHIN : 0;

    return str_starts(bytes, STR("%PDF-")) && holds(str_drop(bytes, end), STR("%%EOF"));
}

static bool is_jpeg(struct str bytes)
{
    return str_starts(bytes, STR("\xff\xd8\xff")) && bytes.n > 4;
}

static bool is_png(struct str bytes)
{
    return str_starts(bytes, STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")) &&
           str_ends(bytes, STR("\0\0\0\0IEND\xae\x42\x60\x82"));
}

bool attachment_type_of(struct str bytes, enum attachment_type *ret)
{
    if (is_pdf(bytes))
        *ret = ATTACHMENT_PDF;
    else if (is_jpeg(bytes))
        *ret = ATTACHMENT_JPEG;
    else if (is_png(bytes))
        *ret = ATTACHMENT_PNG;
    else
        return false;
    return true;
}

/* ---- where it stands ---- */

#define SHARD 2 /* digits of the hash that name the subfolder */

struct str attachment_path(struct arena *arena, const struct sha256_digest *digest)
{
    char hex[SHA256_HEX_SIZE];

    sha256_hex(*digest, hex);
    return str_format(arena, "%.*s/%s", SHARD, hex, hex + SHARD);
}

static const char *full_path(struct arena *arena, const char *folder,
                             const struct sha256_digest *digest)
{
    return str_to_c(arena,
                    str_format(arena, "%s/%.*s", folder, STR_ARG(attachment_path(arena, digest))));
}

static bool make_folder(const char *path)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

static bool is_there(const char *path, size_t size)
{
    struct stat file;

    return stat(path, &file) == 0 && S_ISREG(file.st_mode) && (size_t)file.st_size == size;
}

bool attachment_is_there(struct arena *arena, const char *folder,
                         const struct attachment_file *file)
{
    return is_there(full_path(arena, folder, &file->digest), (size_t)file->size);
}

struct result attachment_store(struct arena *arena, const char *folder, struct str bytes,
                               struct attachment_file *ret)
{
    struct attachment_file file = { .size = (int64_t)bytes.n };
    const char *shard;
    const char *path;

    if (bytes.n == 0 || bytes.n > ATTACHMENT_MAX)
        return fail(&ATTACHMENT_SIZE);
    if (!attachment_type_of(bytes, &file.type))
        return fail(&ATTACHMENT_TYPE);
    file.digest = sha256(bytes);
    path = full_path(arena, folder, &file.digest);
    shard = str_to_c(arena, str_take(str_from_c(path), strlen(folder) + 1 + SHARD));
    if (!make_folder(folder) || !make_folder(shard))
        return fail(&ERROR_WRITE);
    if (!is_there(path, bytes.n))
        TRY(file_write_private(path, bytes));
    *ret = file;
    return OK;
}

struct result attachment_fetch(struct arena *arena, const char *folder,
                               const struct sha256_digest *digest, struct str *ret)
{
    struct sha256_digest found;
    struct str bytes;

    if (failed(file_read(arena, full_path(arena, folder, digest), ATTACHMENT_MAX, &bytes)))
        return fail(&ATTACHMENT_LOST);
    found = sha256(bytes);
    if (memcmp(found.bytes, digest->bytes, sizeof(found.bytes)) != 0)
        return fail(&ATTACHMENT_LOST);
    *ret = bytes;
    return OK;
}
