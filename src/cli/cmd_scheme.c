#include <errno.h>
#include <string.h>

#include "base/files.h"
#include "cli/ask.h"
#include "cli/edition_text.h"
#include "cli/line_diff.h"
#include "cli/load.h"
#include "cli/stored.h"
#include "register/scheme_texts.h"
#include "scheme/folder.h"

static struct str counted(struct arena *arena, size_t count, const char *what)
{
    return str_format(arena, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

/* ---- load ---- */

static struct str text_in(const struct value *object, const char *key)
{
    const struct value *value = value_get(object, key);

    return value && value->kind == VALUE_TEXT ? value->text : STR("");
}

/* The items of a list that is a member of the output; NULL where it has none. */
static const struct value *list_in(const struct value *output, const char *key)
{
    const struct value *list = value_get(output, key);

    return list && list->kind == VALUE_ARRAY && list->count > 0 ? list : NULL;
}

static void print_files(const struct invocation *invocation, const struct value *files)
{
    struct table table;

    table_init(&table, invocation->arena, 2, (const bool[]){ false, false });
    for (size_t i = 0; i < files->count; i++) {
        table_cell(&table, TONE_FAINT, text_in(files->items[i], "change"));
        table_cell(&table, TONE_PLAIN, text_in(files->items[i], "path"));
    }
    table_print(&table, &invocation->around->out, 0);
}

static void print_loading(const struct invocation *invocation, const struct value *output)
{
    struct arena *arena = invocation->arena;
    struct output *out = &invocation->around->out;
    const struct value *files = list_in(output, "files");
    const struct value *adopted = value_get(output, "adopted");
    const struct value *position = value_get(output, "position");
    struct str changes;

    if (!files) {
        output_c(out, "The database has this scheme already.\n");
        return;
    }
    print_files(invocation, files);
    changes = counted(arena, files->count, "file");
    if (!position || position->kind != VALUE_INT)
        output_format(out, "%.*s would change. Nothing was written.\n", STR_ARG(changes));
    else
        output_format(out, "%.*s changed, %.*s adopted; position %lld of the journal.\n",
                      STR_ARG(changes),
                      STR_ARG(counted(arena, adopted ? (size_t)adopted->integer : 0, "edition")),
                      (long long)position->integer);
}

static enum exit_code complain_refused(const struct invocation *invocation,
                                       const struct value *refused)
{
    struct output *err = &invocation->around->err;

    complain(invocation, "nothing was loaded, as adopted editions stay as they are:");
    for (size_t i = 0; i < refused->count; i++)
        output_paragraph(err, 2, STR_NONE, TONE_PLAIN, text_in(refused->items[i], "why"));
    output_c(err, "Give a changed text an edition number of its own, and keep the adopted one "
                  "beside it.\n'assay scheme diff' shows all that differs.\n");
    return EXIT_NO;
}

enum exit_code cmd_scheme_load(struct invocation *invocation)
{
    const struct value *refused;
    struct scheme_side side;
    struct value *output = NULL;
    enum exit_code code = load_side(invocation, invocation->operands[0], &side);

    if (code == EXIT_OK)
        code =
            ask(invocation, "scheme-load",
                storing_input(invocation->arena, &side.files, option_given(invocation, "dry-run")),
                &output);
    if (code != EXIT_OK)
        return code;
    refused = list_in(output, "refused");
    if (option_given(invocation, "json"))
        output_json(&invocation->around->out, output);
    else if (!refused)
        print_loading(invocation, output);
    return refused ? complain_refused(invocation, refused) : EXIT_OK;
}

/* ---- diff ---- */

static const char *presence_word(enum presence presence)
{
    return presence == ADDED ? "added" : presence == REMOVED ? "removed" : "changed";
}

static struct str edition_label(struct arena *arena, const struct edition_difference *difference)
{
    struct str number = edition_number_text(arena, difference->number);

    return str_format(arena, "%s%.*s@%.*s", difference->vocabulary ? "vocabulary " : "",
                      STR_ARG(difference->name), STR_ARG(number));
}

/* What the edition of a difference is held against: itself before, or when it is new the one before
   it. NULL: nothing. */
static const struct edition *edition_before(const struct scheme *new,
                                            const struct edition_difference *difference)
{
    const struct edition *before = difference->old;
    const struct edition *const *editions;
    size_t count;

    if (before || !difference->new)
        return before;
    editions = library_editions(new->library, difference->name, &count);
    for (size_t i = 0; i < count && editions[i] != difference->new; i++)
        before = editions[i];
    return before;
}

static void print_edition(const struct invocation *invocation, const struct scheme *new,
                          const struct edition_difference *difference)
{
    struct output *out = &invocation->around->out;
    const struct edition *before = edition_before(new, difference);
    struct edition_change change;

    output_tone(out, TONE_STRONG,
                str_format(invocation->arena, "%.*s %s",
                           STR_ARG(edition_label(invocation->arena, difference)),
                           presence_word(difference->presence)));
    output_line(out);
    if (!before || !difference->new)
        return;
    edition_diff(invocation->arena, before, difference->new, &change);
    edition_change_print(out, invocation->arena, &change);
}

static void print_file(const struct invocation *invocation, const struct file_difference *file)
{
    struct output *out = &invocation->around->out;

    output_tone(out, TONE_STRONG,
                str_format(invocation->arena, "%.*s %s", STR_ARG(file->path),
                           presence_word(file->presence)));
    output_line(out);
    if (file->presence == PRESENT_IN_BOTH && scheme_file_kind(file->path)->use != FILE_CRITERIA)
        line_diff_print(out, invocation->arena, file->old, file->new);
}

static void print_difference(const struct invocation *invocation, const struct scheme *new,
                             const struct scheme_difference *difference)
{
    if (difference->file_count == 0)
        output_c(&invocation->around->out, "The folder and the database hold the same.\n");
    for (size_t i = 0; i < difference->edition_count; i++)
        print_edition(invocation, new, &difference->editions[i]);
    for (size_t i = 0; i < difference->file_count; i++)
        print_file(invocation, &difference->files[i]);
}

static struct value *edition_value(struct arena *arena, const struct scheme *new,
                                   const struct edition_difference *difference)
{
    struct value *value = value_object(arena);
    const struct edition *before = edition_before(new, difference);
    struct edition_change change;

    value_set_text(arena, value, "kind",
                   difference->vocabulary ? STR("vocabulary") : STR("criteria"));
    value_set_text(arena, value, "name", difference->name);
    value_set_text(arena, value, "edition", edition_number_text(arena, difference->number));
    value_set_text(arena, value, "change", str_from_c(presence_word(difference->presence)));
    if (before && difference->new) {
        edition_diff(arena, before, difference->new, &change);
        value_set(arena, value, "difference", edition_change_value(arena, &change));
    } else {
        value_set(arena, value, "difference", value_null(arena));
    }
    return value;
}

static struct value *difference_value(struct arena *arena, const struct scheme *new,
                                      const struct scheme_difference *difference)
{
    struct value *value = value_object(arena);
    struct value *editions = value_array(arena);
    struct value *files = value_array(arena);

    for (size_t i = 0; i < difference->edition_count; i++)
        value_push(arena, editions, edition_value(arena, new, &difference->editions[i]));
    for (size_t i = 0; i < difference->file_count; i++) {
        struct value *file = value_object(arena);

        value_set_text(arena, file, "path", difference->files[i].path);
        value_set_text(arena, file, "change",
                       str_from_c(presence_word(difference->files[i].presence)));
        value_push(arena, files, file);
    }
    value_set(arena, value, "editions", editions);
    value_set(arena, value, "files", files);
    return value;
}

enum exit_code cmd_scheme_diff(struct invocation *invocation)
{
    struct output *out = &invocation->around->out;
    struct scheme_difference difference;
    struct scheme_side new;
    struct scheme_side old;
    enum exit_code code = load_side(invocation, invocation->operands[0], &new);

    if (code == EXIT_OK)
        code = load_side_of_database(invocation, &old);
    if (code != EXIT_OK)
        return code;
    scheme_differ(invocation->arena, &old, &new, &difference);
    if (option_given(invocation, "json"))
        output_json(out, difference_value(invocation->arena, new.scheme, &difference));
    else
        print_difference(invocation, new.scheme, &difference);
    return option_given(invocation, "exit-code") && difference.file_count > 0 ? EXIT_NO : EXIT_OK;
}

/* ---- save ---- */

enum target {
    TARGET_FREE,    /* there is nothing in it, or the same */
    TARGET_DIFFERS, /* a scheme's folder that holds something else */
    TARGET_STRANGE, /* no scheme's folder, and not empty */
    TARGET_UNREADABLE,
};

static bool holds_same(const struct invocation *invocation, const struct scheme_files *there,
                       const struct scheme_files *files)
{
    const struct scheme_side saved = { NULL, *files };
    struct scheme_difference difference;
    struct scheme_side side;
    struct diags ignored;

    diags_init(&ignored, invocation->arena);
    if (failed(scheme_side_of_files(invocation->arena, STR(""), there, &ignored, &side)))
        return false;
    side.scheme = NULL;
    scheme_differ(invocation->arena, &side, &saved, &difference);
    return difference.file_count == 0;
}

static enum target look_at(const struct invocation *invocation, const char *folder,
                           const struct scheme_files *files)
{
    struct scheme_files there;
    struct str_list names;
    struct diags ignored;

    if (failed(folder_list(invocation->arena, folder, &names)))
        return errno == ENOENT ? TARGET_FREE : TARGET_UNREADABLE;
    if (names.count == 0)
        return TARGET_FREE;
    diags_init(&ignored, invocation->arena);
    if (failed(scheme_folder_read(invocation->arena, folder, &ignored, &there)))
        return TARGET_STRANGE;
    return ignored.errors == 0 && holds_same(invocation, &there, files) ? TARGET_FREE
                                                                        : TARGET_DIFFERS;
}

static enum exit_code check_target(const struct invocation *invocation, const char *folder,
                                   const struct scheme_files *files)
{
    switch (look_at(invocation, folder, files)) {
    case TARGET_FREE:
        return EXIT_OK;
    case TARGET_DIFFERS:
        if (option_given(invocation, "force"))
            return EXIT_OK;
        complain(invocation,
                 "'%s' holds something else, so nothing was written: 'assay scheme diff' shows "
                 "what; --force writes over it",
                 folder);
        return EXIT_NO;
    case TARGET_STRANGE:
        complain(invocation, "'%s' is not empty and has no scheme.conf: name another folder",
                 folder);
        return EXIT_INPUT;
    case TARGET_UNREADABLE:
        break;
    }
    complain(invocation, "cannot read '%s': %s", folder, strerror(errno));
    return EXIT_INPUT;
}

enum exit_code cmd_scheme_save(struct invocation *invocation)
{
    const char *folder = invocation->operands[0];
    struct str path = STR_NONE;
    struct scheme_files files;
    enum exit_code code = stored_files(invocation, &files);

    if (code == EXIT_OK)
        code = check_target(invocation, folder, &files);
    if (code != EXIT_OK)
        return code;
    if (failed(scheme_folder_write(invocation->arena, folder, &files, &path))) {
        complain(invocation, "cannot write '%.*s': %s", STR_ARG(path), strerror(errno));
        return EXIT_SYSTEM;
    }
    output_format(&invocation->around->out, "'%s' holds the scheme of the database, %.*s.\n",
                  folder, STR_ARG(counted(invocation->arena, files.count, "file")));
    return EXIT_OK;
}
