#include "instance/admin_operations.h"
#include "register/scheme_texts.h"

#define FAULTS_MAX ((size_t)1 << 20) /* bytes of the text that tells of faults */

/* ---- what comes in ---- */

static struct result read_file(struct admin_call *call, const struct value *item,
                               struct scheme_files *files)
{
    const struct value *path = value_get(item, "path");
    const struct value *text = value_get(item, "text");

    if (!path || path->kind != VALUE_TEXT || !text || text->kind != VALUE_TEXT)
        return admin_refuse(call, &ERROR_INPUT, "each of the 'files' has a 'path' and a 'text'");
    *ARENA_PUSH(call->arena, files->at, files->count, files->room) =
        (struct scheme_file){ path->text, text->text };
    return OK;
}

static struct result read_files(struct admin_call *call, struct scheme_files *ret)
{
    const struct value *list = value_get(call->input, "files");
    struct scheme_files files = { 0 };

    if (!list || list->kind != VALUE_ARRAY)
        return admin_refuse(call, &ERROR_INPUT, "'files' is missing");
    for (size_t i = 0; i < list->count; i++)
        TRY(read_file(call, list->items[i], &files));
    *ret = files;
    return OK;
}

static struct result refuse_faults(struct admin_call *call, struct diags *diags)
{
    struct buf text;

    buf_init(&text, FAULTS_MAX);
    diags_print(diags, &text, false);
    return admin_refuse(call, &ERROR_INPUT, "the scheme has errors, so nothing was done:\n%.*s",
                        STR_ARG(buf_take(&text, call->arena)));
}

/* ---- what goes out ---- */

static const char *presence_word(enum presence presence)
{
    return presence == ADDED ? "added" : presence == REMOVED ? "removed" : "changed";
}

static struct value *files_value(struct arena *arena, const struct scheme_difference *difference)
{
    struct value *list = value_array(arena);

    for (size_t i = 0; i < difference->file_count; i++) {
        struct value *item = value_object(arena);

        value_set_text(arena, item, "path", difference->files[i].path);
        value_set_text(arena, item, "change",
                       str_from_c(presence_word(difference->files[i].presence)));
        value_push(arena, list, item);
    }
    return list;
}

static struct value *edition_value(struct arena *arena, const struct edition_difference *edition)
{
    struct value *item = value_object(arena);

    value_set_text(arena, item, "kind", edition->vocabulary ? STR("vocabulary") : STR("criteria"));
    value_set_text(arena, item, "name", edition->name);
    value_set_text(arena, item, "edition", edition_number_text(arena, edition->number));
    value_set_text(arena, item, "change", str_from_c(presence_word(edition->presence)));
    return item;
}

static struct value *loading_value(struct arena *arena, const struct scheme_loading *loading)
{
    struct value *output = value_object(arena);
    struct value *editions = value_array(arena);
    struct value *refused = value_array(arena);

    for (size_t i = 0; i < loading->difference.edition_count; i++)
        value_push(arena, editions, edition_value(arena, &loading->difference.editions[i]));
    for (size_t i = 0; i < loading->refused_count; i++) {
        struct value *item = edition_value(arena, &loading->refused[i]);

        value_set_text(arena, item, "why", scheme_refusal_text(arena, &loading->refused[i]));
        value_push(arena, refused, item);
    }
    value_set(arena, output, "position",
              loading->position > 0 ? value_int(arena, loading->position) : value_null(arena));
    value_set(arena, output, "files", files_value(arena, &loading->difference));
    value_set(arena, output, "editions", editions);
    value_set_int(arena, output, "adopted", (int64_t)loading->adopted);
    value_set(arena, output, "refused", refused);
    return output;
}

/*
 * {"files": [{"path", "text"}...], "dry_run"} gives
 * {"position": of the journal's entry, or null where nothing was written,
 *  "files": [{"path", "change": "added", "changed" or "removed"}...],
 *  "editions": [{"kind": "criteria" or "vocabulary", "name", "edition", "change"}...],
 *  "adopted": how many editions were not adopted before,
 *  "refused": the adopted editions that hinder it, as editions, each with "why"}
 */
struct result admin_scheme_load(struct admin_call *call, struct value **ret_output)
{
    struct scheme_loading loading;
    struct scheme_files files;
    struct result result;
    struct diags diags;
    bool dry_run;

    TRY(read_files(call, &files));
    TRY(admin_flag(call, "dry_run", &dry_run));
    diags_init(&diags, call->arena);
    result =
        scheme_texts_load(call->store, call->arena, &call->act, &files, dry_run, &diags, &loading);
    if (failed(result) && diags.errors > 0)
        return refuse_faults(call, &diags);
    TRY(result);
    *ret_output = loading_value(call->arena, &loading);
    return OK;
}
