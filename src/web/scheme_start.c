#include "web/scheme_start.h"

#include "register/scheme_texts.h"
#include "web/scheme_keeper.h"

const struct error SCHEME_ADOPTED = { "scheme-adopted", 409, EXIT_INPUT,
                                      "adopted editions would change" };

struct load {
    const struct scheme_files *files;
    struct arena *arena;
    struct act act;
    struct diags diags;
    struct scheme_loading loading;
};

static struct result run(struct store *store, void *context)
{
    struct load *load = context;

    diags_init(&load->diags, load->arena);
    return scheme_texts_load(store, load->arena, &load->act, load->files, false, &load->diags,
                             &load->loading);
}

static struct str refusals_text(struct arena *arena, const struct scheme_loading *loading)
{
    struct str text = STR("the folder of the scheme does not fit the database:");

    for (size_t i = 0; i < loading->refused_count; i++)
        text = str_format(arena, "%.*s\n    %.*s", STR_ARG(text),
                          STR_ARG(scheme_refusal_text(arena, &loading->refused[i])));
    return str_format(arena,
                      "%.*s\nAn adopted edition stays as it is: give a changed text an edition "
                      "number of its own. To serve the scheme of the database, name no folder",
                      STR_ARG(text));
}

static struct result load_files(struct instance *instance, struct load *load,
                                struct str *ret_message)
{
    struct store_fault fault = { 0 };
    struct result result =
        writer_perform(instance_writer(instance), run, load, load->arena, &fault);

    if (failed(result)) {
        *ret_message =
            load->diags.errors > 0
                ? load->diags.list[0].message
                : instance_complaint(load->arena, instance_config(instance), result, &fault);
        return result;
    }
    if (load->loading.refused_count == 0)
        return OK;
    *ret_message = refusals_text(load->arena, &load->loading);
    return fail(&SCHEME_ADOPTED);
}

struct result scheme_start(struct instance *instance, const struct scheme_files *files, int64_t now,
                           struct arena *arena, struct scheme_snapshot **ret, size_t *ret_changed,
                           struct str *ret_message)
{
    struct load load = {
        .files = files,
        .arena = arena,
        .act = { .now = now, .actor = ACTOR_COMMAND, .authority = STR("command line") },
    };
    struct result result;

    if (files)
        TRY(load_files(instance, &load, ret_message));
    result = scheme_keeper_read(instance, arena, ret, ret_message);
    if (result.error == &SCHEME_MISSING)
        *ret_message = str_format(arena,
                                  "the installation has no scheme yet: load one with 'assay scheme "
                                  "load DIR --data %s', or give --scheme DIR",
                                  instance_config(instance)->data);
    TRY(result);
    *ret_changed = load.loading.difference.file_count;
    return OK;
}
