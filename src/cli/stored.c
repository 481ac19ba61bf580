#include "cli/stored.h"

#include "cli/ask.h"
#include "register/scheme_texts.h"

enum exit_code stored_files(const struct invocation *invocation, struct scheme_files *ret)
{
    struct scheme_files files = { 0 };
    struct reading reading;
    struct result result;
    enum exit_code code = reading_begin(invocation, &reading);

    if (code != EXIT_OK)
        return code;
    result = scheme_files_at(reading.store, invocation->arena, SCHEME_NOW, &files);
    code = reading_end(invocation, &reading, result);
    if (code != EXIT_OK)
        return code;
    if (files.count == 0) {
        const char *data = option_value(invocation, "data");

        complain(invocation,
                 "the installation in '%s' has no scheme yet: load one with 'assay scheme load DIR "
                 "--data %s'",
                 data, data);
        return SCHEME_MISSING.exit_code;
    }
    *ret = files;
    return EXIT_OK;
}

struct value *storing_input(struct arena *arena, const struct scheme_files *files, bool dry_run)
{
    struct value *input = value_object(arena);
    struct value *list = value_array(arena);

    for (size_t i = 0; i < files->count; i++) {
        struct value *file = value_object(arena);

        value_set_text(arena, file, "path", files->at[i].path);
        value_set_text(arena, file, "text", files->at[i].bytes);
        value_push(arena, list, file);
    }
    value_set(arena, input, "files", list);
    value_set_bool(arena, input, "dry_run", dry_run);
    return input;
}
