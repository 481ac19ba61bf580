#include "web/access_log.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "unit.h"

#define TEXT_MAX ((size_t)64 * 1024)

struct fixture {
    struct arena arena;
    char folder[32];
    char path[64];
    char moved[64];
    char *said;
    size_t said_size;
    FILE *err;
    struct access_log log;
};

static void set_up(struct fixture *f)
{
    arena_init(&f->arena, ARENA_UNLIMITED);
    snprintf(f->folder, sizeof(f->folder), "/tmp/assay-log-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof(f->path), "%s/log", f->folder);
    snprintf(f->moved, sizeof(f->moved), "%s/log.1", f->folder);
    f->err = open_memstream(&f->said, &f->said_size);
    assert_non_null(f->err);
}

static void tear_down(struct fixture *f)
{
    access_log_close(&f->log);
    fclose(f->err);
    free(f->said);
    unlink(f->path);
    unlink(f->moved);
    rmdir(f->folder);
    arena_release(&f->arena);
}

static void expect_file(struct fixture *f, const char *path, const char *expected)
{
    struct str content;

    assert_false(failed(file_read(&f->arena, path, TEXT_MAX, &content)));
    assert_string_equal(str_to_c(&f->arena, content), expected);
}

static void lines_stand_in_the_file_one_by_one(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f);
    assert_false(failed(access_log_open(&f.log, f.path, f.err)));
    access_log_write(&f.log, STR("one"));
    access_log_write(&f.log, STR("two"));
    expect_file(&f, f.path, "one\ntwo\n");
    access_log_close(&f.log);
    assert_false(failed(access_log_open(&f.log, f.path, f.err)));
    access_log_write(&f.log, STR("three"));
    expect_file(&f, f.path, "one\ntwo\nthree\n");
    tear_down(&f);
}

static void a_file_that_was_moved_is_left_when_asked(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f);
    assert_false(failed(access_log_open(&f.log, f.path, f.err)));
    access_log_write(&f.log, STR("one"));
    assert_int_equal(rename(f.path, f.moved), 0);
    access_log_write(&f.log, STR("two"));
    assert_false(failed(access_log_reopen(&f.log)));
    access_log_write(&f.log, STR("three"));
    expect_file(&f, f.moved, "one\ntwo\n");
    expect_file(&f, f.path, "three\n");
    tear_down(&f);
}

static size_t times_said(const struct fixture *f, const char *words)
{
    size_t times = 0;

    for (const char *at = f->said; (at = strstr(at, words)) != NULL; at++)
        times++;
    return times;
}

static void a_full_disk_is_told_once_and_so_is_its_end(void **state)
{
    struct fixture f;
    int whole;

    (void)state;
    set_up(&f);
    assert_false(failed(access_log_open(&f.log, f.path, f.err)));
    whole = dup(f.log.fd);
    access_log_close(&f.log);
    assert_false(failed(access_log_open(&f.log, "/dev/full", f.err)));
    access_log_write(&f.log, STR("one"));
    access_log_write(&f.log, STR("two"));
    fflush(f.err);
    assert_int_equal(times_said(&f, "No space left on device; serving goes on"), 1);
    assert_int_equal(atomic_load(&f.log.lost), 2);
    assert_true(dup2(whole, f.log.fd) >= 0);
    close(whole);
    access_log_write(&f.log, STR("three"));
    access_log_write(&f.log, STR("four"));
    fflush(f.err);
    assert_int_equal(times_said(&f, "is written again"), 1);
    expect_file(&f, f.path, "\nthree\nfour\n");
    tear_down(&f);
}

static void a_file_in_no_folder_cannot_be_opened(void **state)
{
    struct access_log log;

    (void)state;
    assert_ptr_equal(access_log_open(&log, "/nonexistent/log", stderr).error, &ERROR_WRITE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_stand_in_the_file_one_by_one),
        cmocka_unit_test(a_file_that_was_moved_is_left_when_asked),
        cmocka_unit_test(a_full_disk_is_told_once_and_so_is_its_end),
        cmocka_unit_test(a_file_in_no_folder_cannot_be_opened),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
