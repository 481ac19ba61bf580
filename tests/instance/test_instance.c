/* What instance.h promises. */
#include "instance/instance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/lock.h"
#include "folder.h"
#include "store/migrate.h"

static void one_is_made_where_there_is_none(void **state)
{
    struct folder folder;
    struct instance *instance;
    struct stat found;

    (void)state;
    folder_begin(&folder);
    instance = folder_open(&folder, INSTANCE_MAKE);
    assert_int_equal(stat(folder.path, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0700);
    assert_int_equal(instance_migrated(instance), migrations_of_program().count);
    instance_close(instance);
    assert_int_equal(folder_count(&folder, "SELECT count(*) FROM installation"), 1);
    assert_int_equal(folder_count(&folder, "SELECT count(*) FROM journal"
                                           " WHERE operation = 'installation-made'"),
                     1);

    instance = folder_open(&folder, INSTANCE_MAKE);
    assert_int_equal(instance_migrated(instance), 0);
    instance_close(instance);
    assert_int_equal(folder_count(&folder, "SELECT count(*) FROM installation"), 1);
    assert_int_equal(folder_count(&folder, "SELECT count(*) FROM journal"), 1);
    folder_end(&folder);
}

static void one_that_is_not_there_is_not_made_by_opening_it(void **state)
{
    struct folder folder;
    struct stat found;

    (void)state;
    folder_begin(&folder);
    folder_refuses(&folder, INSTANCE_WRITE, &INSTANCE_MISSING, "assay init --data ");
    assert_int_not_equal(stat(folder.path, &found), 0);
    assert_int_equal(mkdir(folder.path, 0700), 0);
    folder_refuses(&folder, INSTANCE_WRITE, &INSTANCE_MISSING, "there is no database in ");
    folder_refuses(&folder, INSTANCE_READ, &INSTANCE_MISSING, "assay init --data ");
    assert_int_not_equal(stat(instance_path(&folder.arena, &folder.config, "assay.db"), &found), 0);
    folder_end(&folder);
}

static void one_process_writes_and_others_read(void **state)
{
    struct folder folder;
    struct instance *writes;
    struct instance *reads;
    char words[100];

    (void)state;
    folder_begin(&folder);
    writes = folder_open(&folder, INSTANCE_MAKE);
    snprintf(words, sizeof(words), "is in use: process %ld works on it", (long)getpid());
    folder_refuses(&folder, INSTANCE_WRITE, &INSTANCE_LOCKED, words);
    assert_false(failed(instance_note(writes, STR("process 17 serves people\n"))));
    folder_refuses(&folder, INSTANCE_MAKE, &INSTANCE_LOCKED, "is in use: process 17 serves people");
    reads = folder_open(&folder, INSTANCE_READ);
    assert_null(instance_writer(reads));
    instance_close(reads);
    instance_close(writes);
    instance_close(folder_open(&folder, INSTANCE_WRITE));
    folder_end(&folder);
}

static void a_database_of_another_folder_is_refused(void **state)
{
    struct folder one;
    struct folder other;
    struct instance *instance;

    (void)state;
    if (!engine_is_postgres())
        return; /* SQLite does not know; the lock of the one folder keeps others away */
    folder_begin(&one);
    folder_begin(&other);
    other.config.database = one.config.database;
    instance = folder_open(&one, INSTANCE_MAKE);
    folder_refuses(&other, INSTANCE_MAKE, &STORE_LOCKED, "another process writes to the database");
    instance_close(instance);
    folder_end(&other);
    folder_end(&one);
}

static void a_folder_that_is_a_file_is_refused(void **state)
{
    struct folder folder;
    FILE *file;

    (void)state;
    folder_begin(&folder);
    file = fopen(folder.path, "w");
    assert_non_null(file);
    fclose(file);
    folder_refuses(&folder, INSTANCE_MAKE, &INSTANCE_FOLDER, "is no folder; --data names");
    folder_refuses(&folder, INSTANCE_WRITE, &INSTANCE_FOLDER, "is no folder; --data names");
    folder_end(&folder);
}

static void root_is_refused_the_folder_of_somebody_else(void **state)
{
    struct folder folder;

    (void)state;
    if (geteuid() != 0)
        return;
    folder_begin(&folder);
    instance_close(folder_open(&folder, INSTANCE_MAKE));
    assert_int_equal(chown(folder.path, 12345, 12345), 0);
    folder_refuses(&folder, INSTANCE_WRITE, &INSTANCE_FOLDER,
                   "belongs to the user with the number 12345: run this as that user");
    folder_end(&folder);
}

static void a_database_that_is_out_of_date_is_not_read(void **state)
{
    struct folder folder;
    struct store *store;

    (void)state;
    folder_begin(&folder);
    instance_close(folder_open(&folder, INSTANCE_MAKE));
    store = engine_open(instance_database(&folder.arena, &folder.config), STORE_WRITE);
    check_ok(store, store_script(store, "DELETE FROM migration WHERE number > 1"));
    store_close(store);
    folder_refuses(&folder, INSTANCE_READ, &STORE_OLDER, "assay migrate --data ");
    folder_end(&folder);
}

/* The process ends between making the tables and the row of the installation. */
static void one_that_was_left_half_made_is_finished(void **state)
{
    struct folder folder;
    struct store *store = NULL;
    int lock;

    (void)state;
    folder_begin(&folder);
    assert_false(failed(
        instance_lock(&folder.config, INSTANCE_MAKE, &folder.arena, &lock, &folder.message)));
    assert_false(failed(
        instance_connect(&folder.config, INSTANCE_MAKE, &folder.arena, &store, &folder.message)));
    check_ok(store, migrate(store, migrations_of_program(), NOW, "test"));
    store_close(store);
    lock_release(lock);
    instance_close(folder_open(&folder, INSTANCE_WRITE));
    assert_int_equal(folder_count(&folder, "SELECT count(*) FROM installation"), 1);
    folder_end(&folder);
}

static void the_lock_ends_with_the_process(void **state)
{
    struct folder folder;
    pid_t child;
    int status;

    (void)state;
    folder_begin(&folder);
    child = fork();
    if (child == 0) {
        (void)folder_open(&folder, INSTANCE_MAKE);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    instance_close(folder_open(&folder, INSTANCE_WRITE));
    folder_end(&folder);
}

static void names_are_those_of_the_folder(void **state)
{
    struct folder folder;

    (void)state;
    folder_begin(&folder);
    folder.config.data = "/srv/assay";
    folder.config.database = STR_NONE;
    assert_string_equal(instance_path(&folder.arena, &folder.config, "lock"), "/srv/assay/lock");
    assert_string_equal(instance_database(&folder.arena, &folder.config), "/srv/assay/assay.db");
    folder.config.database = STR("postgres://assay@/record");
    assert_string_equal(instance_database(&folder.arena, &folder.config),
                        "postgres://assay@/record");
    folder.config.data = folder.path;
    folder_end(&folder);
}

static void messages_hold_no_password(void **state)
{
    struct folder folder;

    (void)state;
    folder_begin(&folder);
    folder.config.database = STR("postgres://assay:secret@127.0.0.1:1/record");
    folder_refuses(&folder, INSTANCE_MAKE, &STORE_CANNOT_OPEN,
                   "postgres://assay:...@127.0.0.1:1/record");
    assert_null(strstr(str_to_c(&folder.arena, folder.message), "secret"));
    folder_end(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_is_made_where_there_is_none),
        cmocka_unit_test(one_that_is_not_there_is_not_made_by_opening_it),
        cmocka_unit_test(one_process_writes_and_others_read),
        cmocka_unit_test(a_database_of_another_folder_is_refused),
        cmocka_unit_test(a_folder_that_is_a_file_is_refused),
        cmocka_unit_test(root_is_refused_the_folder_of_somebody_else),
        cmocka_unit_test(a_database_that_is_out_of_date_is_not_read),
        cmocka_unit_test(one_that_was_left_half_made_is_finished),
        cmocka_unit_test(the_lock_ends_with_the_process),
        cmocka_unit_test(names_are_those_of_the_folder),
        cmocka_unit_test(messages_hold_no_password),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
