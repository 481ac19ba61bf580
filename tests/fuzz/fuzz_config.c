/*
 * The reader of configurations, fed with any bytes: a text that it refuses has a fault to show, and
 * of one that it takes every setting can be described.
 */
#include "config/config.h"

#include <stdint.h>

#include "base/buf.h"

#define SHOWN_MAX ((size_t)1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct source source = { STR("assay.conf"), { (const char *)data, size } };
    struct config config;
    struct diags diags;
    struct arena arena;
    struct buf shown;

    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    config_init(&config);
    if (failed(config_parse(&arena, &source, &diags, &config)))
        BUG_IF(diags.errors == 0);
    buf_init(&shown, SHOWN_MAX);
    diags_print(&diags, &shown, false);
    buf_release(&shown);
    for (size_t i = 0; i < config_setting_count(); i++)
        BUG_IF(!config_describe(&arena, &config, i).value.p);
    BUG_IF(config.port < 0 || config.port > 65535 || config.limits.workers < 1);
    arena_release(&arena);
    return 0;
}
