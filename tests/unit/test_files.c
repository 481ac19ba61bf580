#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

struct fixture {
    struct arena arena;
    struct str folder; /* a new one */
};

static const char *path_in(struct fixture *f, const char *name)
{
    return str_to_c(&f->arena, str_format(&f->arena, "%.*s/%s", STR_ARG(f->folder), name));
}

static int set_up(void **state)
{
    static struct fixture f;
    char *folder;

    arena_init(&f.arena, ARENA_UNLIMITED);
    folder = (char *)str_to_c(&f.arena, STR("/tmp/assay-test-files-XXXXXX"));
    if (!mkdtemp(folder))
        return -1;
    f.folder = str_from_c(folder);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    struct str_list names;

    if (!failed(folder_list(&f->arena, f->folder.p, &names)))
        for (size_t i = 0; i < names.count; i++) {
            const char *path = path_in(f, str_to_c(&f->arena, names.at[i]));

            if (unlink(path) != 0)
                rmdir(path);
        }
    unlink(path_in(f, ".hidden"));
    rmdir(f->folder.p);
    arena_release(&f->arena);
    return 0;
}

static void what_is_written_is_read(void **state)
{
    struct fixture *f = *state;
    const char *path = path_in(f, "a");
    struct str got;

    assert_false(failed(file_write(path, STR("one\0two\n"))));
    assert_false(failed(file_read(&f->arena, path, 100, &got)));
    assert_true(str_eq(got, STR("one\0two\n")));
    assert_false(failed(file_write(path, STR(""))));
    assert_false(failed(file_read(&f->arena, path, 100, &got)));
    assert_non_null(got.p);
    assert_int_equal(got.n, 0);
}

static void a_large_file_is_read_whole(void **state)
{
    struct fixture *f = *state;
    size_t n = 1000003;
    char *bytes = arena_alloc(&f->arena, n);
    struct str got;

    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)(i * 7);
    assert_false(failed(file_write(path_in(f, "a"), (struct str){ bytes, n })));
    assert_false(failed(file_read(&f->arena, path_in(f, "a"), n, &got)));
    assert_true(str_eq(got, (struct str){ bytes, n }));
}

static void a_file_over_the_limit_is_refused(void **state)
{
    struct fixture *f = *state;
    struct str got = STR("kept");

    assert_false(failed(file_write(path_in(f, "a"), STR("12345"))));
    assert_ptr_equal(file_read(&f->arena, path_in(f, "a"), 4, &got).error, &ERROR_LIMIT);
    check_str(got, "kept");
    assert_false(failed(file_read(&f->arena, path_in(f, "a"), 5, &got)));
    check_str(got, "12345");
    assert_ptr_equal(file_read(&f->arena, "/dev/zero", 100000, &got).error, &ERROR_LIMIT);
}

static void what_cannot_be_read_is_refused(void **state)
{
    struct fixture *f = *state;
    struct str got;

    assert_ptr_equal(file_read(&f->arena, path_in(f, "absent"), 10, &got).error, &ERROR_READ);
    assert_int_equal(errno, ENOENT);
    assert_ptr_equal(file_read(&f->arena, f->folder.p, 10, &got).error, &ERROR_READ);
    assert_int_equal(errno, EISDIR);
}

static void a_full_arena_leaves_no_file_open(void **state)
{
    struct fixture *f = *state;
    struct arena small;
    struct str got;
    int before;

    assert_false(failed(file_write(path_in(f, "a"), STR("more than sixteen bytes"))));
    before = open("/dev/null", O_RDONLY);
    close(before);
    arena_init(&small, 16);
    assert_true(leaves_full(&small, (void)failed(file_read(&small, path_in(f, "a"), 100, &got))));
    arena_release(&small);
    assert_int_equal(open("/dev/null", O_RDONLY), before);
    close(before);
}

static void standard_input_is_read(void **state)
{
    struct fixture *f = *state;
    int kept = dup(STDIN_FILENO);
    int ends[2];
    struct str got;

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "from a pipe", 11), 11);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    assert_false(failed(file_read(&f->arena, "-", 100, &got)));
    check_str(got, "from a pipe");
    if (kept >= 0) {
        dup2(kept, STDIN_FILENO);
        close(kept);
    }
}

static void a_rewritten_file_keeps_its_permissions(void **state)
{
    struct fixture *f = *state;
    const char *path = path_in(f, "a");
    struct stat info;

    assert_false(failed(file_write(path, STR("1"))));
    assert_int_equal(chmod(path, 0640), 0);
    assert_false(failed(file_write(path, STR("2"))));
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
}

static void a_file_that_cannot_be_written_leaves_nothing_behind(void **state)
{
    struct fixture *f = *state;
    struct str_list names;

    assert_int_equal(mkdir(path_in(f, "folder"), 0700), 0);
    assert_ptr_equal(file_write(path_in(f, "folder"), STR("x")).error, &ERROR_WRITE);
    assert_int_equal(errno, EISDIR);
    assert_ptr_equal(file_write(path_in(f, "absent/a"), STR("x")).error, &ERROR_WRITE);
    assert_int_equal(errno, ENOENT);
    assert_false(failed(folder_list(&f->arena, f->folder.p, &names)));
    assert_int_equal(names.count, 1);
    check_str(names.at[0], "folder");
}

static void a_temporary_that_was_left_behind_is_no_obstacle(void **state)
{
    struct fixture *f = *state;
    const char *path = path_in(f, "a");
    const char *left =
        str_to_c(&f->arena, str_format(&f->arena, "%s.%ld-0.tmp", path, (long)getpid()));
    struct str got;

    assert_false(failed(file_write(left, STR("left behind"))));
    assert_false(failed(file_write(path, STR("new"))));
    assert_false(failed(file_read(&f->arena, path, 10, &got)));
    check_str(got, "new");
}

static void a_path_without_a_folder_is_in_the_current_one(void **state)
{
    struct fixture *f = *state;
    char before[4096];
    struct str got;

    assert_non_null(getcwd(before, sizeof(before)));
    assert_int_equal(chdir(f->folder.p), 0);
    assert_false(failed(file_write("plain", STR("x"))));
    assert_false(failed(file_read(&f->arena, "plain", 10, &got)));
    assert_int_equal(chdir(before), 0);
    check_str(got, "x");
}

static void a_folder_is_listed_by_bytes_without_hidden_names(void **state)
{
    struct fixture *f = *state;
    struct str_list names;

    assert_false(failed(file_write(path_in(f, "b"), STR(""))));
    assert_false(failed(file_write(path_in(f, "a.x"), STR(""))));
    assert_false(failed(file_write(path_in(f, "Z"), STR(""))));
    assert_false(failed(file_write(path_in(f, ".hidden"), STR(""))));
    assert_int_equal(mkdir(path_in(f, "folder"), 0700), 0);
    assert_false(failed(folder_list(&f->arena, f->folder.p, &names)));
    assert_int_equal(names.count, 4);
    check_str(names.at[0], "Z");
    check_str(names.at[1], "a.x");
    check_str(names.at[2], "b");
    check_str(names.at[3], "folder");
}

static void an_empty_folder_has_no_names(void **state)
{
    struct fixture *f = *state;
    struct str_list names;

    assert_false(failed(folder_list(&f->arena, f->folder.p, &names)));
    assert_int_equal(names.count, 0);
}

static void a_folder_that_is_none_is_refused(void **state)
{
    struct fixture *f = *state;
    struct str_list names;

    assert_ptr_equal(folder_list(&f->arena, path_in(f, "absent"), &names).error, &ERROR_READ);
    assert_int_equal(errno, ENOENT);
    assert_false(failed(file_write(path_in(f, "a"), STR(""))));
    assert_ptr_equal(folder_list(&f->arena, path_in(f, "a"), &names).error, &ERROR_READ);
    assert_int_equal(errno, ENOTDIR);
}

static void a_file_is_moved_where_nothing_is_and_replaces_only_when_asked(void **state)
{
    struct fixture *f = *state;
    struct str got;

    assert_false(failed(file_write(path_in(f, "a"), STR("first"))));
    assert_false(failed(file_write(path_in(f, "b"), STR("second"))));
    assert_ptr_equal(file_move(path_in(f, "a"), path_in(f, "b")).error, &ERROR_WRITE);
    assert_int_equal(errno, EEXIST);
    assert_false(failed(file_move(path_in(f, "a"), path_in(f, "c"))));
    assert_int_equal(access(path_in(f, "a"), F_OK), -1);
    assert_false(failed(file_replace(path_in(f, "c"), path_in(f, "b"))));
    assert_false(failed(file_read(&f->arena, path_in(f, "b"), 100, &got)));
    check_str(got, "first");
    assert_ptr_equal(file_replace(path_in(f, "absent"), path_in(f, "b")).error, &ERROR_WRITE);
    assert_int_equal(errno, ENOENT);
}

static void files_and_folders_are_synced_and_what_is_absent_is_told(void **state)
{
    struct fixture *f = *state;

    assert_false(failed(file_write(path_in(f, "a"), STR("x"))));
    assert_false(failed(file_sync(path_in(f, "a"))));
    assert_false(failed(file_sync(str_to_c(&f->arena, f->folder))));
    assert_ptr_equal(file_sync(path_in(f, "absent")).error, &ERROR_WRITE);
    assert_int_equal(errno, ENOENT);
}

#define FILES_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILES_TEST(what_is_written_is_read),
        FILES_TEST(a_large_file_is_read_whole),
        FILES_TEST(a_file_over_the_limit_is_refused),
        FILES_TEST(what_cannot_be_read_is_refused),
        FILES_TEST(a_full_arena_leaves_no_file_open),
        FILES_TEST(standard_input_is_read),
        FILES_TEST(a_rewritten_file_keeps_its_permissions),
        FILES_TEST(a_file_that_cannot_be_written_leaves_nothing_behind),
        FILES_TEST(a_temporary_that_was_left_behind_is_no_obstacle),
        FILES_TEST(a_path_without_a_folder_is_in_the_current_one),
        FILES_TEST(a_folder_is_listed_by_bytes_without_hidden_names),
        FILES_TEST(an_empty_folder_has_no_names),
        FILES_TEST(a_folder_that_is_none_is_refused),
        FILES_TEST(a_file_is_moved_where_nothing_is_and_replaces_only_when_asked),
        FILES_TEST(files_and_folders_are_synced_and_what_is_absent_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
