#include "web/asset_files.h"

#include "base/files.h"
#include "hash/sha256.h"

#define ASSETS_FOLDER "src/web/assets"
#define SCHEME_SHEET "scheme.css"
#define SHEET_MAX ((size_t)4096)
#define FILE_MAX ((size_t)4 * 1024 * 1024)
#define FOLDERS_MAX 4 /* within each other */

extern const struct embedded_file web_assets[];
extern const size_t web_assets_count;

/* ---- the scheme's colours ---- */

static void add_colours(const struct scheme_colours *colours, bool dark, struct buf *out)
{
    const struct {
        const char *name;
        const struct scheme_colour *colour;
    } rows[] = {
        { "ink", &colours->ink },
        { "paper", &colours->paper },
        { "accent", &colours->accent },
        { "gold", &colours->gold },
    };

    buf_add_c(out, ":root{");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str colour = dark ? rows[i].colour->dark : rows[i].colour->light;

        if (colour.p)
            buf_format(out, "--%s:%.*s;", rows[i].name, STR_ARG(colour));
    }
    buf_add_c(out, "}\n");
}

/* Paper is white and light, whatever the screen that a page is printed from. */
static struct str scheme_sheet(const struct scheme *scheme, struct arena *arena)
{
    struct buf out;

    buf_init(&out, SHEET_MAX);
    add_colours(&scheme->colours, false, &out);
    buf_add_c(&out, "@media screen and (prefers-color-scheme:dark){\n");
    add_colours(&scheme->colours, true, &out);
    buf_add_c(&out, "}\n");
    return buf_take(&out, arena);
}

struct assets *asset_files_of_program(void)
{
    struct assets *assets = assets_new();

    for (size_t i = 0; i < web_assets_count; i++)
        assets_add(assets, &web_assets[i]);
    return assets;
}

struct assets *asset_files_of_scheme(const struct scheme *scheme, struct arena *arena)
{
    struct assets *assets = assets_new();
    struct str sheet = scheme_sheet(scheme, arena);
    char *hash = ARENA_ARRAY(arena, SHA256_HEX_SIZE, char);
    const struct embedded_file file = {
        .name = SCHEME_SHEET,
        .bytes = sheet.p,
        .size = sheet.n,
        .sha256 = sha256_hex(sha256(sheet), hash),
    };

    assets_add(assets, &file);
    return assets;
}

bool asset_files_quick(const struct site_state *site, const struct request *request,
                       struct response *response)
{
    return !site->settings.dev_root && (assets_answer(site->assets, request, response) ||
                                        assets_answer(site->colours, request, response));
}

/* ---- the source tree ---- */

static bool read_dev(const struct site_state *site, struct arena *arena, struct str name,
                     struct str *ret)
{
    struct str path =
        str_format(arena, "%s/" ASSETS_FOLDER "/%.*s", site->settings.dev_root, STR_ARG(name));

    if (!str_eq_c(name, SCHEME_SHEET))
        return !failed(file_read(arena, path.p, FILE_MAX, ret));
    *ret = scheme_sheet(site->scheme, arena);
    return true;
}

bool asset_files_dev(const struct site_state *site, const struct request *request,
                     struct response *response)
{
    struct str name = str_drop(request->path, sizeof(ASSETS_PATH) - 1);
    struct str body;

    if (!site->settings.dev_root || !str_starts(request->path, STR(ASSETS_PATH)) ||
        !asset_type(name).p || !read_dev(site, request->arena, name, &body))
        return false;
    response_header(response, STR("Cache-Control"), STR("no-store"));
    response_body(response, asset_type(name), body);
    return true;
}

static void add_address(struct arena *arena, struct value *addresses, struct str name)
{
    value_set_str(arena, addresses, asset_stem(name),
                  value_text(arena, str_format(arena, ASSETS_PATH "%.*s", STR_ARG(name))));
}

/* `prefix` goes before the names: "" or "fonts/". Names without a dot are folders. */
static void add_folder(const struct site_state *site, struct arena *arena, struct str prefix,
                       int level, struct value *addresses)
{
    struct str path =
        str_format(arena, "%s/" ASSETS_FOLDER "/%.*s", site->settings.dev_root, STR_ARG(prefix));
    struct str_list names;
    size_t dot;

    if (failed(folder_list(arena, path.p, &names)))
        return;
    for (size_t i = 0; i < names.count; i++) {
        struct str name = str_format(arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(names.at[i]));

        if (asset_type(name).p && asset_stem(name).p)
            add_address(arena, addresses, name);
        else if (!str_find(names.at[i], '.', &dot) && level < FOLDERS_MAX)
            add_folder(site, arena, str_format(arena, "%.*s/", STR_ARG(name)), level + 1,
                       addresses);
    }
}

struct value *asset_files_addresses(const struct site_state *site, struct arena *arena)
{
    struct value *addresses = value_object(arena);

    if (!site->settings.dev_root) {
        assets_add_addresses(site->assets, arena, addresses);
        assets_add_addresses(site->colours, arena, addresses);
        return addresses;
    }
    add_folder(site, arena, STR(""), 1, addresses);
    add_address(arena, addresses, STR(SCHEME_SHEET));
    return addresses;
}
