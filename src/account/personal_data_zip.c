/* What somebody takes away: the archive, and the page in it that any browser shows
   (personal_data.h). */
#include <zip.h>

#include "account/personal_data.h"
#include "base/attr.h"
#include "base/buf.h"
#include "register/attachment.h"

#define TEXT_MAX ((size_t)128 * 1000 * 1000) /* bytes of the JSON, and of the page */

/* ---- the page ---- */

static void add_escaped(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        if (c == '&')
            buf_add(out, STR("&amp;"));
        else if (c == '<')
            buf_add(out, STR("&lt;"));
        else if (c == '>')
            buf_add(out, STR("&gt;"));
        else
            buf_byte(out, c);
    }
}

/* A key in words: "opinions_asked" is "opinions asked". */
static void add_key(struct buf *out, struct str key)
{
    for (size_t i = 0; i < key.n; i++)
        buf_byte(out, key.p[i] == '_' ? ' ' : key.p[i]);
}

static void add_value(struct buf *out, const struct value *value);

static void add_members(struct buf *out, const struct value *object)
{
    buf_add(out, STR("<dl>"));
    for (size_t i = 0; i < object->count; i++) {
        if (object->members[i].value->kind == VALUE_NULL)
            continue;
        buf_add(out, STR("<dt>"));
        add_key(out, object->members[i].key);
        buf_add(out, STR("</dt><dd>"));
        add_value(out, object->members[i].value);
        buf_add(out, STR("</dd>"));
    }
    buf_add(out, STR("</dl>\n"));
}

static void add_items(struct buf *out, const struct value *list)
{
    if (list->count == 0) {
        buf_add(out, STR("<p>Nothing.</p>\n"));
        return;
    }
    buf_add(out, STR("<ol>\n"));
    for (size_t i = 0; i < list->count; i++) {
        buf_add(out, STR("<li>"));
        add_value(out, list->items[i]);
        buf_add(out, STR("</li>\n"));
    }
    buf_add(out, STR("</ol>\n"));
}

static void add_value(struct buf *out, const struct value *value)
{
    switch (value->kind) {
    case VALUE_OBJECT:
        add_members(out, value);
        break;
    case VALUE_ARRAY:
        add_items(out, value);
        break;
    case VALUE_TEXT:
    case VALUE_HTML:
        add_escaped(out, value->text);
        break;
    case VALUE_NULL:
    case VALUE_BOOL:
    case VALUE_INT:
    case VALUE_REAL:
        value_write_json(value, JSON_COMPACT, out);
        break;
    }
}

/* The whole of it, or STR_NONE. */
static struct str taken(struct buf *buf, struct arena *arena)
{
    if (!buf->overflow)
        return buf_take(buf, arena);
    buf_release(buf);
    return STR_NONE;
}

struct str personal_data_html(struct arena *arena, const struct value *data)
{
    struct buf out;

    buf_init(&out, TEXT_MAX);
    buf_add(&out, STR("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<title>Your record</title>\n<style>\n"
                      "body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem;"
                      " font: 1rem/1.5 sans-serif; }\n"
                      "dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem;"
                      " margin: 0 0 0.5rem; }\n"
                      "h2::first-letter { text-transform: uppercase; }\n"
                      "dt { color: #555; }\ndd { margin: 0; overflow-wrap: anywhere; }\n"
                      "</style>\n</head>\n<body>\n<h1>Your record</h1>\n"));
    for (size_t i = 0; i < data->count; i++) {
        buf_add(&out, STR("<h2>"));
        add_key(&out, data->members[i].key);
        buf_add(&out, STR("</h2>\n"));
        add_value(&out, data->members[i].value);
    }
    buf_add(&out, STR("</body>\n</html>\n"));
    return taken(&out, arena);
}

/* ---- the archive ---- */

struct packing {
    struct arena *arena;
    zip_t *zip;
    int64_t now;
    size_t papers; /* bytes */
};

/* The bytes, which outlive the archive; none: there was too much. */
static bool add_file(struct packing *packing, const char *name, struct str bytes)
{
    zip_source_t *source;
    zip_int64_t index;

    if (!bytes.p)
        return false;
    source = zip_source_buffer(packing->zip, bytes.p, bytes.n, 0);
    if (!source)
        return false;
    index = zip_file_add(packing->zip, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_file_set_mtime(packing->zip, (zip_uint64_t)index, (time_t)(packing->now / 1000000),
                              0) == 0;
}

static const char *extension_of(struct str media)
{
    if (str_eq_c(media, "application/pdf"))
        return "pdf";
    return str_eq_c(media, "image/png") ? "png" : "jpg";
}

/* A paper, or the word that it is left out. */
static bool add_paper(struct packing *packing, const char *folder, struct value *paper)
{
    const struct value *sha256 = value_get(paper, "sha256");
    struct sha256_digest digest;
    struct str bytes;
    bool there = sha256_from_hex(sha256->text, &digest) &&
                 !failed(attachment_fetch(packing->arena, folder, &digest, &bytes)) &&
                 packing->papers + bytes.n <= PERSONAL_PAPERS_MAX;

    value_set_bool(packing->arena, paper, "left_out", !there);
    if (!there)
        return true;
    packing->papers += bytes.n;
    return add_file(
        packing,
        str_to_c(packing->arena, str_format(packing->arena, "papers/%lld.%s",
                                            (long long)value_get(paper, "id")->integer,
                                            extension_of(value_get(paper, "type")->text))),
        bytes);
}

static bool add_all(struct packing *packing, const char *folder, struct value *data)
{
    const struct value *papers = value_get(data, "papers");
    struct buf json;

    for (size_t i = 0; i < papers->count; i++)
        if (!add_paper(packing, folder, papers->items[i]))
            return false;
    buf_init(&json, TEXT_MAX);
    value_write_json(data, JSON_PRETTY, &json);
    return add_file(packing, "record.json", taken(&json, packing->arena)) &&
           add_file(packing, "record.html", personal_data_html(packing->arena, data));
}

/* What was written, once the archive is closed. */
static bool read_back(struct arena *arena, zip_source_t *whole, struct str *ret)
{
    zip_stat_t stat;
    char *bytes;

    if (zip_source_stat(whole, &stat) != 0 || zip_source_open(whole) != 0)
        return false;
    bytes = ARENA_ARRAY(arena, stat.size, char);
    if (zip_source_read(whole, bytes, stat.size) != (zip_int64_t)stat.size)
        return false;
    zip_source_close(whole);
    *ret = (struct str){ bytes, stat.size };
    return true;
}

static bool pack(struct packing *packing, zip_source_t *whole, const char *folder,
                 struct value *data, struct str *ret)
{
    zip_error_t error;

    zip_error_init(&error);
    packing->zip = zip_open_from_source(whole, ZIP_CREATE | ZIP_TRUNCATE, &error);
    zip_error_fini(&error);
    if (!packing->zip)
        return false;
    zip_source_keep(whole); /* closing lets go of it once */
    if (!add_all(packing, folder, data) || zip_close(packing->zip) != 0) {
        zip_discard(packing->zip);
        return false;
    }
    return read_back(packing->arena, whole, ret);
}

struct result personal_data_zip(struct arena *arena, const char *folder, struct value *data,
                                int64_t now, struct str *ret)
{
    struct packing packing = { .arena = arena, .now = now };
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, NULL);
    bool packed;

    if (!whole)
        return fail(&ERROR_WRITE);
    packed = pack(&packing, whole, folder, data, ret);
    zip_source_free(whole);
    return packed ? OK : fail(&ERROR_WRITE);
}
