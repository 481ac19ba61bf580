#include "scheme/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "unit.h"

#define LEAST_SCHEMES 15

struct fixture {
    struct arena arena;
    struct diags diags;
    struct str folder; /* does not exist yet */
};

static void remove_all(struct arena *arena, const char *path)
{
    struct str_list names;

    if (!failed(folder_list(arena, path, &names)))
        for (size_t i = 0; i < names.count; i++)
            remove_all(arena,
                       str_to_c(arena, str_format(arena, "%s/%.*s", path, STR_ARG(names.at[i]))));
    (void)remove(path);
}

static int set_up(void **state)
{
    static struct fixture f;
    char *folder;

    arena_init(&f.arena, ARENA_UNLIMITED);
    diags_init(&f.diags, &f.arena);
    folder = (char *)str_to_c(&f.arena, STR("/tmp/assay-test-folder-XXXXXX"));
    if (!mkdtemp(folder) || rmdir(folder) != 0)
        return -1;
    f.folder = str_from_c(folder);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    remove_all(&f->arena, f->folder.p);
    arena_release(&f->arena);
    return 0;
}

static const char *path_in(struct fixture *f, const char *name)
{
    return str_to_c(&f->arena, str_format(&f->arena, "%.*s/%s", STR_ARG(f->folder), name));
}

static void put(struct fixture *f, const char *name, const char *text)
{
    assert_false(failed(file_write(path_in(f, name), str_from_c(text))));
}

static void write_files(struct fixture *f, const struct scheme_files *files)
{
    struct str path = STR_NONE;

    if (failed(scheme_folder_write(&f->arena, f->folder.p, files, &path)))
        fail_msg("%.*s", STR_ARG(path));
}

static struct scheme_file sample[] = {
    { STR("scheme.conf"), STR("scheme small {\n}\n") },
    { STR("criteria/a.criteria"), STR("criteria a edition 1 {\n}\n") },
    { STR("texts/about.md"), STR("# About\n") },
};
static const struct scheme_files sample_files = { sample, 3, 3 };

static void what_was_written_is_read(void **state)
{
    struct fixture *f = *state;
    struct scheme_files read;

    write_files(f, &sample_files);
    assert_false(failed(scheme_folder_read(&f->arena, f->folder.p, &f->diags, &read)));
    assert_int_equal(read.count, 3);
    for (size_t i = 0; i < read.count; i++)
        assert_true(str_eq(scheme_file_find(&read, sample[i].path)->bytes, sample[i].bytes));
    assert_int_equal(f->diags.count, 0);
}

static void files_that_are_gone_are_deleted_and_strange_ones_stay(void **state)
{
    struct fixture *f = *state;
    struct scheme_files fewer = { sample, 2, 2 };
    struct stat before;
    struct stat after;

    write_files(f, &sample_files);
    put(f, "criteria/notes.txt", "mine");
    put(f, "Makefile", "mine");
    put(f, "criteria/b.criteria", "criteria b edition 1 {\n}\n");
    assert_int_equal(stat(path_in(f, "scheme.conf"), &before), 0);
    write_files(f, &fewer);
    assert_int_equal(access(path_in(f, "texts/about.md"), F_OK), -1);
    assert_int_equal(access(path_in(f, "criteria/b.criteria"), F_OK), -1);
    assert_int_equal(access(path_in(f, "criteria/notes.txt"), F_OK), 0);
    assert_int_equal(access(path_in(f, "Makefile"), F_OK), 0);
    assert_int_equal(stat(path_in(f, "scheme.conf"), &after), 0);
    assert_int_equal(after.st_ino, before.st_ino); /* it was not written anew */
}

static void a_folder_that_cannot_be_made_is_named(void **state)
{
    struct fixture *f = *state;
    struct str path = STR_NONE;

    assert_false(failed(file_write(f->folder.p, STR("a file"))));
    assert_ptr_equal(scheme_folder_write(&f->arena, f->folder.p, &sample_files, &path).error,
                     &ERROR_WRITE);
    assert_true(str_eq(path, f->folder));
}

static void what_cannot_be_read_is_told_and_the_rest_is_read(void **state)
{
    struct fixture *f = *state;
    struct scheme_files read;

    write_files(f, &sample_files);
    assert_int_equal(mkdir(path_in(f, "criteria/b.criteria"), 0700), 0);
    put(f, "vocabulary", "no folder");
    assert_false(failed(scheme_folder_read(&f->arena, f->folder.p, &f->diags, &read)));
    assert_int_equal(f->diags.errors, 2);
    assert_int_equal(read.count, 3);
}

/* ---- the schemes that are shipped ---- */

static void check_round_trip(struct fixture *f, struct str source)
{
    struct scheme_files before;
    struct scheme_files canonical;
    struct scheme_files after;

    assert_false(
        failed(scheme_folder_read(&f->arena, str_to_c(&f->arena, source), &f->diags, &before)));
    assert_false(failed(scheme_files_canonical(&f->arena, &before, &f->diags, &canonical)));
    write_files(f, &canonical);
    assert_false(failed(scheme_folder_read(&f->arena, f->folder.p, &f->diags, &after)));
    scheme_files_sort(&before);
    scheme_files_sort(&after);
    assert_int_equal(after.count, before.count);
    for (size_t i = 0; i < before.count; i++) {
        assert_true(str_eq(after.at[i].path, before.at[i].path));
        if (!str_eq(after.at[i].bytes, before.at[i].bytes))
            fail_msg("%.*s/%.*s became another", STR_ARG(source), STR_ARG(before.at[i].path));
    }
    assert_int_equal(f->diags.count, 0);
}

static void shipped_schemes_are_written_as_they_were_read(void **state)
{
    static const char *const folders[] = { "schemes", "schemes/examples" };
    struct fixture *f = *state;
    const char *root = getenv("ASSAY_SOURCE");
    size_t schemes = 0;

    assert_non_null(root);
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        struct str folder = str_format(&f->arena, "%s/%s", root, folders[i]);
        struct str_list names;

        assert_false(failed(folder_list(&f->arena, folder.p, &names)));
        for (size_t k = 0; k < names.count; k++) {
            struct str scheme =
                str_format(&f->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names.at[k]));
            struct str conf = str_format(&f->arena, "%.*s/scheme.conf", STR_ARG(scheme));

            if (access(conf.p, F_OK) != 0)
                continue;
            check_round_trip(f, scheme); /* each over the one before */
            schemes++;
        }
    }
    assert_in_range(schemes, LEAST_SCHEMES, SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_written_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_that_are_gone_are_deleted_and_strange_ones_stay,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_folder_that_cannot_be_made_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_told_and_the_rest_is_read, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(shipped_schemes_are_written_as_they_were_read, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
