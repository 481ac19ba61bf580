#include "base/lock.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

struct fixture {
    struct arena arena;
    char folder[32];
    char path[64];
};

static void set_up(struct fixture *f)
{
    arena_init(&f->arena, ARENA_UNLIMITED);
    snprintf(f->folder, sizeof(f->folder), "/tmp/assay-lock-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof(f->path), "%s/lock", f->folder);
}

static void tear_down(struct fixture *f)
{
    unlink(f->path);
    rmdir(f->folder);
    arena_release(&f->arena);
}

/* A second open of the file in the same process is as good as another process. */
static void a_lock_is_held_once_and_names_its_holder(void **state)
{
    struct fixture f;
    struct str note = STR_NONE;
    struct result result;
    int other = -1;
    int lock = -1;

    (void)state;
    set_up(&f);
    assert_false(failed(lock_take(&f.arena, f.path, &lock, &note)));
    assert_null(note.p);
    assert_false(failed(lock_note(lock, STR("a longer note"))));
    assert_false(failed(lock_note(lock, STR("a note"))));
    result = lock_take(&f.arena, f.path, &other, &note);
    assert_ptr_equal(result.error, &ERROR_LOCKED);
    assert_int_equal(other, -1);
    assert_true(str_eq_c(note, "a note"));
    lock_release(lock);
    assert_false(failed(lock_take(&f.arena, f.path, &other, &note)));
    lock_release(other);
    lock_release(-1);
    tear_down(&f);
}

static void the_file_is_its_owners_alone(void **state)
{
    struct fixture f;
    struct str note;
    struct stat found;
    int lock;

    (void)state;
    set_up(&f);
    assert_false(failed(lock_take(&f.arena, f.path, &lock, &note)));
    assert_int_equal(stat(f.path, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
    lock_release(lock);
    tear_down(&f);
}

static void a_folder_that_is_not_there_holds_no_lock(void **state)
{
    struct fixture f;
    struct str note;
    int lock;

    (void)state;
    set_up(&f);
    assert_ptr_equal(lock_take(&f.arena, "/nonexistent/lock", &lock, &note).error, &ERROR_WRITE);
    tear_down(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lock_is_held_once_and_names_its_holder),
        cmocka_unit_test(the_file_is_its_owners_alone),
        cmocka_unit_test(a_folder_that_is_not_there_holds_no_lock),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
