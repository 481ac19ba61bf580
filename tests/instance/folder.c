#include "folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void folder_begin(struct folder *folder)
{
    char root[] = "/tmp/assay-instance-XXXXXX";

    assert_non_null(mkdtemp(root));
    *folder = (struct folder){ 0 };
    snprintf(folder->path, sizeof(folder->path), "%s/data", root);
    arena_init(&folder->arena, ARENA_UNLIMITED);
    config_init(&folder->config);
    folder->config.data = folder->path;
    if (engine_is_postgres())
        folder->config.database = str_from_c(engine_database());
}

void folder_end(struct folder *folder)
{
    struct str command = str_format(&folder->arena, "rm -rf \"$(dirname '%s')\"", folder->path);

    assert_int_equal(system(str_to_c(&folder->arena, command)), 0);
    arena_release(&folder->arena);
}

struct instance *folder_open(struct folder *folder, enum instance_access access)
{
    const struct instance_settings settings = { .config = &folder->config };
    struct instance *instance = NULL;
    struct result result =
        instance_open(&settings, access, NOW, &folder->arena, &instance, &folder->message);

    if (failed(result))
        fail_msg("%s: %.*s", result.error->name, STR_ARG(folder->message));
    return instance;
}

void check_refused(struct folder *folder, struct result result, const struct error *error,
                   const char *words)
{
    const char *message = str_to_c(&folder->arena, folder->message);

    if (!failed(result) || strcmp(result.error->name, error->name) != 0)
        fail_msg("expected %s, got %s: %s", error->name, failed(result) ? result.error->name : "OK",
                 message);
    if (!strstr(message, words))
        fail_msg("the message is: %s", message);
}

void folder_refuses(struct folder *folder, enum instance_access access, const struct error *error,
                    const char *words)
{
    const struct instance_settings settings = { .config = &folder->config };
    struct instance *instance = NULL;

    check_refused(
        folder, instance_open(&settings, access, NOW, &folder->arena, &instance, &folder->message),
        error, words);
    assert_null(instance);
}

int64_t folder_count(struct folder *folder, const char *sql)
{
    struct store *store =
        engine_open(instance_database(&folder->arena, &folder->config), STORE_READ);
    int64_t n = ask(store, sql);

    store_close(store);
    return n;
}
