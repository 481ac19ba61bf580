#include "config/config.h"

#include <string.h>

#include "base/files.h"
#include "config/setting.h"

void config_init(struct config *config)
{
    const int64_t mib = (int64_t)1024 * 1024;
    const int64_t days = INT64_C(86400000000);

    *config = (struct config){
        .address = STR("127.0.0.1"),
        .port = 8080,
        .log_addresses = ADDRESSES_BLURRED,
        .limits = {
            .connections = 1000,
            .connections_per_client = 100,
            .requests_per_connection = 1000,
            .idle = 30000,
            .head = 10000,
            .grace = 10000,
            .body = 8 * mib,
            .memory = 16 * mib,
            .loops = 2,
            .workers = 4,
            .queue = 64,
        },
        .accounts = {
            .session_idle = 14 * days,
            .session_absolute = 90 * days,
            .recovery_wait = 7 * days,
        },
        .mail = {
            .patience = 30000,
            .digest_hour = 7,
        },
    };
}

/* ---- settings by their place in the tables ---- */

/* The places are those of setting_block and then of each group. */
static size_t place_count(void)
{
    size_t count = setting_block.count;

    for (size_t i = 0; i < setting_group_count; i++)
        count += setting_groups[i].block->count;
    return count;
}

size_t config_setting_count(void)
{
    return place_count() - setting_group_count;
}

/* The rows of groups, the last of setting_block, are no settings themselves. */
static size_t place_of(size_t i)
{
    return i < setting_block.count - setting_group_count ? i : i + setting_group_count;
}

/* *ret_group is NULL for a setting that stands in no group. */
static const struct block_row *row_of(size_t place, const struct setting_group **ret_group)
{
    const struct setting_group *group = setting_groups;

    *ret_group = NULL;
    if (place < setting_block.count)
        return &setting_block.rows[place];
    for (place -= setting_block.count; place >= group->block->count; group++)
        place -= group->block->count;
    *ret_group = group;
    return &group->block->rows[place];
}

/* The place of a setting that stands in no group. */
static size_t place_named(const char *name)
{
    for (size_t i = 0; i < setting_block.count; i++) {
        if (strcmp(setting_block.rows[i].word, name) == 0)
            return i;
    }
    BUG("there is no setting '%s'", name);
}

struct span config_place(const struct config *config, const char *name)
{
    return config->places[place_named(name)];
}

/* ---- reading ---- */

static void check_ports(const struct config *config, struct diags *diags)
{
    struct span place = config_place(config, "admin-port");

    if (place.source && config->admin_port == config->port)
        diags_add(diags, SEVERITY_ERROR, place, STR("expected another port for one of them"),
                  "'admin-port' and 'port' are the same");
}

struct result config_parse(struct arena *arena, const struct source *source, struct diags *diags,
                           struct config *config)
{
    struct block_reader reader;

    BUG_IF(place_count() > CONFIG_SETTINGS_MAX);
    block_begin(&reader, arena, source, diags);
    block_read_all(&reader, &setting_block, config, config->places);
    check_ports(config, diags);
    config_check_mail(config, diags);
    for (size_t i = 0; i < CONFIG_SETTINGS_MAX; i++)
        config->origins[i] = config->places[i].source ? ORIGIN_FILE : ORIGIN_DEFAULT;
    return diags->errors > 0 ? fail(&ERROR_INPUT) : OK;
}

struct result config_read(struct arena *arena, const char *path, struct diags *diags,
                          struct config *config)
{
    struct source *source = ARENA_NEW(arena, struct source);

    source->name = str_copy(arena, str_from_c(path));
    TRY(file_read(arena, path, CONFIG_FILE_MAX, &source->text));
    return config_parse(arena, source, diags, config);
}

/* ---- options ---- */

const char *config_set(struct arena *arena, struct config *config, const char *name,
                       struct str value)
{
    size_t place = place_named(name);
    const struct block_row *row = &setting_block.rows[place];
    const struct setting_kind *kind = row->detail;

    BUG_IF(!kind || !kind->parse);
    if (!kind->parse(arena, kind, value, (char *)config + row->member))
        return setting_expected(arena, kind);
    config->origins[place] = ORIGIN_OPTION;
    return NULL;
}

/* ---- asking ---- */

struct str config_base(struct arena *arena, const struct config *config)
{
    if (config->base.p)
        return config->base;
    if (config->port == 0)
        return STR_NONE;
    return str_format(arena, "http://localhost:%d", (int)config->port);
}

/* ---- describing ---- */

static struct str origin_text(struct arena *arena, const struct config *config, size_t place)
{
    const struct span *span = &config->places[place];

    switch (config->origins[place]) {
    case ORIGIN_DEFAULT:
        return STR("default");
    case ORIGIN_FILE:
        return str_format(arena, "%.*s:%u", STR_ARG(span->source->name), span->line);
    case ORIGIN_OPTION:
        return str_format(arena, "--%s", setting_block.rows[place].word);
    }
    BUG("a setting has no origin");
}

struct config_line config_describe(struct arena *arena, const struct config *config, size_t i)
{
    size_t place = place_of(i);
    const struct setting_group *group;
    const struct block_row *row = row_of(place, &group);
    const struct setting_kind *kind = row->detail;
    struct config_line line = { .name = row->word, .from = origin_text(arena, config, place) };

    if (group) {
        line.block = group->name;
        line.name = str_to_c(arena, str_format(arena, "%s %s", group->name, row->word));
    }
    line.value = kind->show(arena, kind, (const char *)config + row->member);
    line.absent = !line.value.p;
    if (line.absent)
        line.value = str_from_c(kind->absent);
    return line;
}
