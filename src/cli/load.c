#include "cli/load.h"

#include <errno.h>
#include <string.h>

#include "cli/diagnostics.h"
#include "cli/paths.h"
#include "cli/stored.h"
#include "cli/texts.h"
#include "register/phrases.h"
#include "register/scheme_texts.h"
#include "scheme/folder.h"

const char *scheme_folder(const struct invocation *invocation)
{
    const char *folder = option_value(invocation, "scheme");

    return folder ? folder : invocation->around->scheme;
}

bool scheme_is_of_database(const struct invocation *invocation)
{
    return option_given(invocation, "data") && !option_given(invocation, "scheme");
}

const char *scheme_place(const struct invocation *invocation)
{
    return scheme_is_of_database(invocation) ? option_value(invocation, "data")
                                             : scheme_folder(invocation);
}

enum exit_code complain_scheme(const struct invocation *invocation, const char *folder,
                               struct result result)
{
    int reason = errno;

    if (result.error == &ERROR_READ)
        complain(invocation, "cannot read a scheme from '%s': %s", folder, strerror(reason));
    else
        complain(invocation, "the scheme in '%s' has errors, so nothing was done with it", folder);
    return result.error->exit_code;
}

enum exit_code load_scheme(const struct invocation *invocation, const struct scheme **ret)
{
    const char *folder = scheme_folder(invocation);
    struct scheme_side side = { 0 };
    enum exit_code code;

    if (scheme_is_of_database(invocation)) {
        code = load_side_of_database(invocation, &side);
        if (code == EXIT_OK)
            *ret = side.scheme;
        return code;
    }
    if (!folder)
        return complain_usage(invocation,
                              "no scheme: give --scheme DIR or --data DIR, or set ASSAY_SCHEME");
    return load_scheme_from(invocation, folder, ret);
}

static enum exit_code complain_load(const struct invocation *invocation, const char *folder,
                                    struct result result, struct diags *diags)
{
    int reason = errno;

    if (result.error != &ERROR_READ)
        diagnostics_show(diags, &invocation->around->err);
    errno = reason;
    return complain_scheme(invocation, folder, result);
}

enum exit_code load_scheme_from(const struct invocation *invocation, const char *folder,
                                const struct scheme **ret)
{
    struct scheme *scheme;
    struct diags diags;
    struct result result;

    diags_init(&diags, invocation->arena);
    result = scheme_load(invocation->arena, folder, &diags, &scheme);
    if (failed(result))
        return complain_load(invocation, folder, result, &diags);
    *ret = scheme;
    return EXIT_OK;
}

enum exit_code load_side(const struct invocation *invocation, const char *folder,
                         struct scheme_side *ret)
{
    struct scheme_files files;
    struct diags diags;
    struct result result;

    diags_init(&diags, invocation->arena);
    result = scheme_folder_read(invocation->arena, folder, &diags, &files);
    if (!failed(result))
        result = scheme_side_of_files(invocation->arena, scheme_folder_name(folder), &files, &diags,
                                      ret);
    if (!failed(result) && diags.errors > 0)
        result = fail(&ERROR_INPUT);
    if (failed(result))
        return complain_load(invocation, folder, result, &diags);
    return EXIT_OK;
}

enum exit_code load_side_of_database(const struct invocation *invocation, struct scheme_side *ret)
{
    struct scheme_files files;
    struct scheme *scheme;
    struct diags diags;
    enum exit_code code = stored_files(invocation, &files);

    if (code != EXIT_OK)
        return code;
    diags_init(&diags, invocation->arena);
    if (failed(scheme_make(invocation->arena, STR(""), &files, &diags, &scheme))) {
        diagnostics_show(&diags, &invocation->around->err);
        return complain_scheme(invocation, option_value(invocation, "data"), fail(&SCHEME_BROKEN));
    }
    *ret = (struct scheme_side){ scheme, files };
    return EXIT_OK;
}

bool edition_operand(const char *operand, struct str *ret_name, struct edition_number *ret_number)
{
    struct edition_number number = { .parts = 0 };
    struct str name;
    struct str edition = str_split(str_from_c(operand), '@', &name);

    if (!criteria_is_name(name) || (edition.p && !edition_number_parse(edition, &number)))
        return false;
    *ret_name = name;
    *ret_number = number;
    return true;
}

static struct str_list document_names(struct arena *arena, const struct library *library)
{
    struct str *names = ARENA_ARRAY(arena, library_count(library) + 1, struct str);
    size_t count = 0;

    for (size_t i = 0; i < library_count(library); i++)
        if (count == 0 || !str_eq(names[count - 1], library_at(library, i)->name))
            names[count++] = library_at(library, i)->name;
    return (struct str_list){ names, count };
}

enum exit_code complain_no_document(const struct invocation *invocation,
                                    const struct library *library, struct str name,
                                    struct edition_number number)
{
    struct arena *arena = invocation->arena;
    struct str_list names = document_names(arena, library);
    struct str near = str_nearest(name, names);
    size_t count;
    const struct edition *const *editions = library_editions(library, name, &count);

    if (count > 0)
        complain(invocation, "'%.*s' has no edition %.*s; its newest is %.*s", STR_ARG(name),
                 STR_ARG(edition_number_text(arena, number)),
                 STR_ARG(edition_number_text(arena, editions[count - 1]->number)));
    else if (near.p)
        complain(invocation, "the scheme has no document '%.*s'; did you mean '%.*s'?",
                 STR_ARG(name), STR_ARG(near));
    else
        complain(invocation, "the scheme has no document '%.*s'; it has %.*s", STR_ARG(name),
                 STR_ARG(phrase_list(arena, names.at, names.count, ", ", " and ")));
    return EXIT_INPUT;
}

enum exit_code find_edition(const struct invocation *invocation, const struct library *library,
                            const char *operand, const struct edition **ret)
{
    const struct edition *const *editions;
    const struct edition *edition = NULL;
    struct edition_number number;
    struct str name;
    size_t count;

    if (!edition_operand(operand, &name, &number)) {
        complain(invocation, "'%s' is neither a file nor NAME@EDITION", operand);
        return EXIT_INPUT;
    }
    editions = library_editions(library, name, &count);
    if (number.parts > 0)
        edition = library_find(library, name, number);
    else if (count > 0)
        edition = editions[count - 1];
    if (!edition)
        return complain_no_document(invocation, library, name, number);
    *ret = edition;
    return EXIT_OK;
}

enum exit_code load_file_editions(const struct invocation *invocation, const char *path,
                                  size_t most, const struct edition **ret, size_t *ret_count)
{
    struct path_list paths = { &path, 1, 1 };
    struct texts texts;
    enum exit_code code = texts_load(invocation, &paths, &texts);

    if (code != EXIT_OK)
        return code;
    code = texts_complain(invocation, &texts);
    if (code != EXIT_OK)
        return code;
    return texts_editions(invocation, &texts, 0, most, ret, ret_count);
}

enum exit_code load_edition(const struct invocation *invocation, const char *operand,
                            const struct scheme **scheme, const struct edition **ret)
{
    struct edition_number number;
    struct str name;
    size_t count;

    if (path_exists(operand) || strcmp(operand, "-") == 0)
        return load_file_editions(invocation, operand, 1, ret, &count);
    if (!*scheme && edition_operand(operand, &name, &number)) {
        enum exit_code code = load_scheme(invocation, scheme);

        if (code != EXIT_OK)
            return code;
    }
    return find_edition(invocation, *scheme ? (*scheme)->library : NULL, operand, ret);
}

enum exit_code option_date(const struct invocation *invocation, const char *name, day missing,
                           day *ret)
{
    const char *text = option_value(invocation, name);

    if (!text) {
        *ret = missing;
        return EXIT_OK;
    }
    return operand_date(invocation, text, ret);
}

enum exit_code operand_date(const struct invocation *invocation, const char *text, day *ret)
{
    if (day_parse(str_from_c(text), ret))
        return EXIT_OK;
    return complain_usage(invocation, "'%s' is no date of the form YYYY-MM-DD that exists", text);
}
