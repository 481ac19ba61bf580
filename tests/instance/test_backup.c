/*
 * What backup.h and restore.h promise, on both engines: all that was acknowledged before, while
 * others write; nothing that looks like a backup where it went wrong; and nothing is believed that
 * was changed.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "folder.h"
#include "instance/backup.h"
#include "instance/import.h"
#include "instance/restore.h"
#include "instance/unfinished.h"
#include "register/journal.h"
#include "store/migrate.h"

#define CLIENTS 4
#define WRITES_MOST 100000
#define KILLS 6

/* ---- an installation ---- */

static struct result append(struct store *store, void *context)
{
    struct arena arena;
    const struct act act = { .now = NOW, .actor = ACTOR_COMMAND, .authority = STR("sample") };
    int64_t *position = context;
    struct result result;

    arena_init(&arena, 1 << 20);
    result = journal_append(store, &arena, &act, "sampled", (struct journal_subject){ 0 }, NULL,
                            position);
    arena_release(&arena);
    TRY(result);
    return store_run(store, "INSERT INTO person (name, created_at) VALUES ('Sample Person', $1)",
                     PARAMS(datum_int(*position)));
}

static void write_some(struct instance *instance, int count)
{
    struct store_fault fault;
    int64_t position;

    for (int i = 0; i < count; i++)
        check_result(writer_perform(instance_writer(instance), append, &position, NULL, &fault),
                     NULL, &fault, __FILE__, __LINE__);
}

static const char *named(struct folder *folder, const char *name)
{
    return str_to_c(&folder->arena, str_format(&folder->arena, "%s/../%s", folder->path, name));
}

static void write_text(const char *path, const char *text)
{
    check_result(file_write(path, str_from_c(text)), NULL, NULL, __FILE__, __LINE__);
}

/* With attachments, of which one lies deeper, and a configuration. */
static void with_installation(struct folder *folder, int writes)
{
    struct instance *instance;

    folder_begin(folder);
    instance = folder_open(folder, INSTANCE_MAKE);
    write_some(instance, writes);
    instance_close(instance);
    assert_int_equal(mkdir(named(folder, "data/attachments"), 0700), 0);
    assert_int_equal(mkdir(named(folder, "data/attachments/ab"), 0700), 0);
    write_text(named(folder, "data/attachments/ab/first"), "sample attachment");
    write_text(named(folder, "data/attachments/.second"), "");
    write_text(named(folder, "data/assay.conf"), "port 18301\n");
}

/* ---- backing up ---- */

static struct result back_up(struct folder *folder, const char *out, struct manifest *ret)
{
    struct store *store = NULL;
    struct backup_settings settings = {
        .config = &folder->config,
        .conf = named(folder, "data/assay.conf"),
        .out = out,
        .now = NOW,
    };
    struct result result;

    result =
        instance_connect(&folder->config, INSTANCE_READ, &folder->arena, &store, &folder->message);
    check_result(result, NULL, NULL, __FILE__, __LINE__);
    check_ok(store, store_begin(store));
    settings.store = store;
    result = backup_make(&settings, &folder->arena, (struct told){ 0 }, ret, &folder->message);
    store_close(store);
    return result;
}

static struct manifest backs_up(struct folder *folder, const char *out)
{
    struct manifest manifest = { 0 };

    if (failed(back_up(folder, out, &manifest)))
        fail_msg("%.*s", STR_ARG(folder->message));
    return manifest;
}

static void refuses_backup(struct folder *folder, const char *out, const struct error *error,
                           const char *words)
{
    struct manifest manifest;

    check_refused(folder, back_up(folder, out, &manifest), error, words);
    assert_int_equal(
        access(str_to_c(&folder->arena, str_format(&folder->arena, "%s.partial", out)), F_OK), -1);
}

/* ---- restoring ---- */

/* A database of the engine of the run, or NULL for that of the folder. */
static const char *fresh_database(void)
{
    return engine_is_postgres() ? engine_database() : NULL;
}

static struct result restore(struct folder *folder, const char *backup, const char *data,
                             const char *database, struct restore_done *ret)
{
    const struct restore_settings settings = { backup, data, database, NOW };

    return restore_run(&settings, &folder->arena, (struct told){ 0 }, ret, &folder->message);
}

static struct restore_done restores(struct folder *folder, const char *backup, const char *data,
                                    const char *database)
{
    struct restore_done done = { 0 };

    if (failed(restore(folder, backup, data, database, &done)))
        fail_msg("%.*s", STR_ARG(folder->message));
    return done;
}

/* What is refused takes nothing up, so that one database serves all of it. */
static const char *spare_database(void)
{
    static const char *spare;

    if (!spare)
        spare = fresh_database();
    return spare;
}

static void refuses_restore(struct folder *folder, const char *backup, const struct error *error,
                            const char *words)
{
    const char *data = named(folder, "refused");
    struct restore_done done;
    struct str_list names = { 0 };

    check_refused(folder, restore(folder, backup, data, spare_database(), &done), error, words);
    if (access(data, F_OK) == 0) {
        check_result(folder_list(&folder->arena, data, &names), NULL, NULL, __FILE__, __LINE__);
        assert_true(names.count == 0 || (names.count == 1 && str_eq_c(names.at[0], "lock")));
    }
}

/* Turns to another installation, until the configuration that this returns is put back. */
static struct config turn_to(struct folder *folder, const char *data, const char *database)
{
    struct config before = folder->config;

    folder->config.data = data;
    folder->config.database = str_from_c(database);
    return before;
}

/* Opens what was restored as a server would. */
static void check_restored(struct folder *folder, const char *data, const char *database,
                           int64_t people)
{
    struct config before = turn_to(folder, data, database);
    struct instance *instance = folder_open(folder, INSTANCE_WRITE);

    instance_close(instance);
    assert_int_equal(folder_count(folder, "SELECT count(*) FROM person"), people);
    folder->config = before;
}

static void check_content(struct folder *folder, const char *path, const char *expected)
{
    struct str text;

    check_result(file_read(&folder->arena, path, 1000, &text), NULL, NULL, __FILE__, __LINE__);
    check_str(text, expected);
}

/* ---- the tests ---- */

static void a_backup_holds_everything_and_is_restored_on_an_empty_machine(void **state)
{
    struct folder folder;
    const char *backup;
    const char *data;
    const char *database = fresh_database();
    struct manifest manifest;
    struct restore_done done;

    (void)state;
    with_installation(&folder, 30);
    backup = named(&folder, "backup");
    data = named(&folder, "restored");
    manifest = backs_up(&folder, backup);
    assert_int_equal(manifest.files.count, 4);
    assert_int_equal(manifest.examined.head.position, 31);
    assert_int_equal(access(named(&folder, "backup.partial"), F_OK), -1);
    done = restores(&folder, backup, data, database);
    assert_int_equal(done.conf_differs, database != NULL);
    check_restored(&folder, data, database, 30);
    check_content(&folder, named(&folder, "restored/attachments/ab/first"), "sample attachment");
    check_content(&folder, named(&folder, "restored/attachments/.second"), "");
    check_content(&folder, named(&folder, "restored/assay.conf"), "port 18301\n");
    folder_end(&folder);
}

static void a_backup_moves_to_the_other_engine(void **state)
{
    struct folder folder;
    struct config before;
    const char *file;
    const char *database = engine_is_postgres() ? NULL : engine_database();

    (void)state;
    with_installation(&folder, 20);
    backs_up(&folder, named(&folder, "backup"));
    file = named(&folder, "moved/sample.db");
    if (!engine_is_postgres())
        file = database;
    restores(&folder, named(&folder, "backup"), named(&folder, "moved"), file);
    check_restored(&folder, named(&folder, "moved"), file, 20);
    if (engine_is_postgres()) {
        before = turn_to(&folder, folder.config.data, file);
        backs_up(&folder, named(&folder, "backup-of-file"));
        folder.config = before;
        database = engine_database();
        restores(&folder, named(&folder, "backup-of-file"), named(&folder, "back"), database);
        check_restored(&folder, named(&folder, "back"), database, 20);
    }
    folder_end(&folder);
}

struct load {
    struct instance *instance;
    atomic_bool stop;
    atomic_llong acknowledged; /* the last position of which somebody was told */
};

static void *write_on(void *context)
{
    struct load *load = context;
    struct store_fault fault;

    for (int i = 0; i < WRITES_MOST && !atomic_load(&load->stop); i++) {
        int64_t position = 0;
        long long before;
        if (failed(
                writer_perform(instance_writer(load->instance), append, &position, NULL, &fault)))
            return "a write failed";
        before = atomic_load(&load->acknowledged);
        while (before < position &&
               !atomic_compare_exchange_weak(&load->acknowledged, &before, position))
            ;
    }
    return NULL;
}

static void a_backup_under_load_holds_all_that_was_acknowledged_before(void **state)
{
    struct folder folder;
    struct load load = { 0 };
    pthread_t clients[CLIENTS];

    (void)state;
    with_installation(&folder, 400);
    load.instance = folder_open(&folder, INSTANCE_WRITE);
    for (size_t i = 0; i < CLIENTS; i++)
        assert_int_equal(pthread_create(&clients[i], NULL, write_on, &load), 0);
    for (int round = 0; round < 3; round++) {
        const char *backup =
            str_to_c(&folder.arena, str_format(&folder.arena, "%s.%d", folder.path, round));
        const char *data =
            str_to_c(&folder.arena, str_format(&folder.arena, "%s-%d", folder.path, round));
        const char *database = fresh_database();
        struct manifest manifest;
        long long before;
        long long after;

        usleep(100000);
        before = atomic_load(&load.acknowledged);
        manifest = backs_up(&folder, backup);
        after = atomic_load(&load.acknowledged);
        assert_true(manifest.examined.head.position >= before);
        assert_true(after > before); /* nobody was kept waiting */
        restores(&folder, backup, data, database);
        /* One person an entry, but for the first. */
        check_restored(&folder, data, database, manifest.examined.head.position - 1);
    }
    atomic_store(&load.stop, true);
    for (size_t i = 0; i < CLIENTS; i++) {
        void *wrong = NULL;
        pthread_join(clients[i], &wrong);
        assert_null(wrong);
    }
    instance_close(load.instance);
    folder_end(&folder);
}

static void what_is_there_already_is_left_alone(void **state)
{
    struct folder folder;
    const char *database = fresh_database();

    (void)state;
    with_installation(&folder, 5);
    assert_int_equal(mkdir(named(&folder, "there"), 0700), 0);
    write_text(named(&folder, "there/mine"), "mine");
    refuses_backup(&folder, named(&folder, "there"), &BACKUP_THERE, "is there already");
    check_content(&folder, named(&folder, "there/mine"), "mine");
    backs_up(&folder, named(&folder, "backup"));
    check_refused(&folder,
                  restore(&folder, named(&folder, "backup"), named(&folder, "there"), database,
                          &(struct restore_done){ 0 }),
                  &RESTORE_NOT_EMPTY, "holds 'mine' already");
    check_content(&folder, named(&folder, "there/mine"), "mine");
    restores(&folder, named(&folder, "backup"), named(&folder, "restored"), database);
    check_refused(&folder,
                  restore(&folder, named(&folder, "backup"), named(&folder, "restored"), database,
                          &(struct restore_done){ 0 }),
                  &RESTORE_NOT_EMPTY, "already");
    if (database)
        check_refused(&folder,
                      restore(&folder, named(&folder, "backup"), named(&folder, "again"), database,
                              &(struct restore_done){ 0 }),
                      engine_is_postgres() ? &IMPORT_NOT_EMPTY : &RESTORE_NOT_EMPTY, "already");
    check_restored(&folder, named(&folder, "restored"), database, 5);
    folder_end(&folder);
}

static void another_backup_of_the_same_name_is_waited_for_by_nobody(void **state)
{
    struct folder folder;
    int lock;

    (void)state;
    with_installation(&folder, 5);
    assert_int_equal(mkdir(named(&folder, "backup.partial"), 0700), 0);
    write_text(named(&folder, "backup.partial/database.db"), "of one that was killed");
    lock = open(named(&folder, "backup.partial"), O_RDONLY | O_DIRECTORY);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    check_refused(&folder, back_up(&folder, named(&folder, "backup"), &(struct manifest){ 0 }),
                  &BACKUP_THERE, "another backup is being made");
    close(lock);
    backs_up(&folder, named(&folder, "backup"));
    assert_int_equal(access(named(&folder, "backup.partial"), F_OK), -1);
    folder_end(&folder);
}

static void a_full_disk_leaves_nothing_that_looks_like_a_backup(void **state)
{
    struct folder folder;
    struct rlimit usual;
    struct rlimit little = { .rlim_cur = 100000 };
    struct manifest manifest;
    struct result result;

    (void)state;
    with_installation(&folder, 600);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
    little.rlim_max = usual.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    result = back_up(&folder, named(&folder, "backup"), &manifest);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    assert_true(failed(result));
    assert_int_equal(result.error->exit_code, EXIT_SYSTEM);
    assert_int_equal(access(named(&folder, "backup"), F_OK), -1);
    assert_int_equal(access(named(&folder, "backup.partial"), F_OK), -1);
    backs_up(&folder, named(&folder, "backup"));

    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    result = restore(&folder, named(&folder, "backup"), named(&folder, "restored"),
                     fresh_database(), &(struct restore_done){ 0 });
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    assert_true(failed(result));
    assert_int_equal(access(named(&folder, "restored/assay.db"), F_OK), -1);
    assert_int_equal(access(named(&folder, "restored/unfinished"), F_OK), -1);
    restores(&folder, named(&folder, "backup"), named(&folder, "restored"), fresh_database());
    folder_end(&folder);
}

static void an_installation_that_does_not_hold_gives_no_backup(void **state)
{
    struct folder folder;
    struct store *store;

    (void)state;
    with_installation(&folder, 10);
    store = engine_open(instance_database(&folder.arena, &folder.config), STORE_WRITE);
    check_ok(store,
             store_run(store, "UPDATE journal SET authority = 'x' WHERE position = 4", NO_PARAMS));
    store_close(store);
    refuses_backup(&folder, named(&folder, "backup"),
                   engine_is_postgres() ? &IMPORT_WRONG : &EXAMINE_DAMAGED,
                   "an entry was changed, or put in at position 4");
    assert_int_equal(access(named(&folder, "backup"), F_OK), -1);
    folder_end(&folder);
}

/* ---- hostile backups ---- */

static void flip(const char *path, int64_t at)
{
    int file = open(path, O_RDWR);
    char byte;

    assert_true(file >= 0);
    assert_int_equal(pread(file, &byte, 1, at), 1);
    byte ^= 1;
    assert_int_equal(pwrite(file, &byte, 1, at), 1);
    close(file);
}

static int64_t size_of(const char *path)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    return status.st_size;
}

static void a_byte_that_was_changed_is_found_before_anything_is_written(void **state)
{
    struct folder folder;
    const char *backup;

    (void)state;
    with_installation(&folder, 10);
    backup = named(&folder, "backup");
    struct manifest manifest = backs_up(&folder, backup);
    for (size_t i = 0; i < manifest.files.count; i++) {
        struct str name = manifest.files.at[i].path;
        const char *path =
            str_to_c(&folder.arena, str_format(&folder.arena, "%s/%.*s", backup, STR_ARG(name)));
        if (manifest.files.at[i].bytes == 0)
            continue;
        for (int64_t part = 0; part < 5; part++) {
            int64_t at = (size_of(path) - 1) * part / 4;
            flip(path, at);
            refuses_restore(&folder, backup, &RESTORE_WRONG, "is not as it was written");
            flip(path, at);
        }
    }
    assert_int_equal(access(named(&folder, "refused"), F_OK), -1);
    restores(&folder, backup, named(&folder, "restored"), fresh_database());
    folder_end(&folder);
}

static void a_changed_manifest_is_found(void **state)
{
    struct folder folder;
    const char *backup;
    const char *path;
    struct str text;

    (void)state;
    with_installation(&folder, 3);
    backup = named(&folder, "backup");
    backs_up(&folder, backup);
    path = named(&folder, "backup/manifest.json");
    check_result(file_read(&folder.arena, path, 1 << 20, &text), NULL, NULL, __FILE__, __LINE__);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == ' ' || text.p[i] == '\n')
            continue; /* white space means nothing */
        flip(path, (int64_t)i);
        refuses_restore(&folder, backup, &MANIFEST_WRONG, "manifest.json: ");
        flip(path, (int64_t)i);
    }
    folder_end(&folder);
}

static void a_file_that_is_missing_or_a_link_is_found(void **state)
{
    struct folder folder;
    const char *backup;

    (void)state;
    with_installation(&folder, 3);
    backup = named(&folder, "backup");
    backs_up(&folder, backup);
    assert_int_equal(rename(named(&folder, "backup/assay.conf"), named(&folder, "kept")), 0);
    refuses_restore(&folder, backup, &RESTORE_WRONG, "'assay.conf' cannot be read");
    assert_int_equal(symlink("../kept", named(&folder, "backup/assay.conf")), 0);
    refuses_restore(&folder, backup, &RESTORE_WRONG, "it is a link");
    unlink(named(&folder, "backup/assay.conf"));
    assert_int_equal(mkfifo(named(&folder, "backup/assay.conf"), 0600), 0);
    refuses_restore(&folder, backup, &RESTORE_WRONG, "or no file");
    unlink(named(&folder, "backup/assay.conf"));
    assert_int_equal(rename(named(&folder, "kept"), named(&folder, "backup/assay.conf")), 0);
    assert_int_equal(rename(named(&folder, "backup/attachments/ab"), named(&folder, "ab")), 0);
    assert_int_equal(symlink("../../ab", named(&folder, "backup/attachments/ab")), 0);
    refuses_restore(&folder, backup, &RESTORE_WRONG, "'attachments/ab/first' cannot be read");
    unlink(named(&folder, "backup/manifest.json"));
    refuses_restore(&folder, backup, &MANIFEST_WRONG, "this is no backup");
    folder_end(&folder);
}

static void names_that_lead_out_of_the_folder_are_refused(void **state)
{
    static const char *const names[] = {
        "../outside",      "/etc/passwd",  "attachments/../../outside",
        "attachments//x",  "attachments/", "attachments",
        "attachments/./x", "lock",         "",
        "manifest.json",   "assay.db",     "attachments/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q",
    };
    struct folder folder;
    struct manifest manifest;
    const char *backup;

    (void)state;
    with_installation(&folder, 3);
    backup = named(&folder, "backup");
    manifest = backs_up(&folder, backup);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct str kept = manifest.files.at[0].path;
        manifest.files.at[0].path = str_from_c(names[i]);
        check_result(manifest_write(&folder.arena, backup, &manifest), NULL, NULL, __FILE__,
                     __LINE__);
        refuses_restore(&folder, backup, &MANIFEST_WRONG, "a backup has no file");
        manifest.files.at[0].path = kept;
    }
    manifest.files.at[0].path = manifest.files.at[1].path;
    check_result(manifest_write(&folder.arena, backup, &manifest), NULL, NULL, __FILE__, __LINE__);
    refuses_restore(&folder, backup, &MANIFEST_WRONG, "or has it once");
    folder_end(&folder);
}

/* The files are sound, and their hashes too: only the database tells. */
static void a_database_that_is_not_the_one_that_the_manifest_tells_of_is_refused(void **state)
{
    struct folder folder;
    struct manifest manifest;
    const char *backup;

    (void)state;
    with_installation(&folder, 3);
    backup = named(&folder, "backup");
    manifest = backs_up(&folder, backup);
    manifest.examined.head.chain.bytes[3] ^= 1;
    check_result(manifest_write(&folder.arena, backup, &manifest), NULL, NULL, __FILE__, __LINE__);
    refuses_restore(&folder, backup, engine_is_postgres() ? &IMPORT_WRONG : &RESTORE_WRONG,
                    "the manifest");
    folder_end(&folder);
}

/* ---- what was killed ---- */

static void kill_after(pid_t child, long microseconds)
{
    int status;

    usleep((useconds_t)microseconds);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
}

static void a_backup_that_was_killed_does_not_look_like_one(void **state)
{
    struct folder folder;
    const char *backup;
    int unfinished = 0;

    (void)state;
    with_installation(&folder, 300);
    backup = named(&folder, "backup");
    for (long i = 0; i < KILLS; i++) {
        pid_t child = fork();
        if (child == 0) {
            struct manifest manifest;
            _exit(failed(back_up(&folder, backup, &manifest)));
        }
        kill_after(child, 3000 + i * i * 6000);
        if (access(backup, F_OK) == 0) {
            restores(&folder, backup,
                     str_to_c(&folder.arena, str_format(&folder.arena, "%s-k%ld", folder.path, i)),
                     fresh_database());
            assert_int_equal(rename(backup, named(&folder, "kept")), 0);
            assert_int_equal(system(str_to_c(&folder.arena, str_format(&folder.arena, "rm -rf '%s'",
                                                                       named(&folder, "kept")))),
                             0);
        } else {
            unfinished++;
            if (access(named(&folder, "backup.partial"), F_OK) == 0 &&
                access(named(&folder, "backup.partial/manifest.json"), F_OK) != 0)
                refuses_restore(&folder, named(&folder, "backup.partial"), &MANIFEST_WRONG,
                                "this is no backup");
        }
    }
    assert_true(unfinished > 0);
    backs_up(&folder, backup);
    folder_end(&folder);
}

static void a_restore_that_was_killed_is_no_installation_until_it_is_run_again(void **state)
{
    struct folder folder;
    struct config before;
    const char *backup;
    int unfinished = 0;

    (void)state;
    with_installation(&folder, 300);
    backup = named(&folder, "backup");
    backs_up(&folder, backup);
    for (long i = 0; i < KILLS; i++) {
        const char *data =
            str_to_c(&folder.arena, str_format(&folder.arena, "%s-r%ld", folder.path, i));
        const char *database = fresh_database();
        pid_t child = fork();
        if (child == 0) {
            struct restore_done done;
            _exit(failed(restore(&folder, backup, data, database, &done)));
        }
        kill_after(child, 2000 + i * i * 4000);
        if (access(data, F_OK) != 0)
            continue;
        if (access(str_to_c(&folder.arena, str_format(&folder.arena, "%s/unfinished", data)),
                   F_OK) == 0) {
            unfinished++;
            before = turn_to(&folder, data, database);
            folder_refuses(&folder, INSTANCE_WRITE, &INSTANCE_UNFINISHED, "assay restore");
            folder_refuses(&folder, INSTANCE_READ, &INSTANCE_UNFINISHED, "run it again");
            folder_refuses(&folder, INSTANCE_MAKE, &INSTANCE_UNFINISHED, "was broken off");
            folder.config = before;
            /* A server lets go of the connection of one who was killed only after a while. */
            for (int tries = 0; tries < 50; tries++) {
                struct restore_done done;
                struct result result = restore(
                    &folder, backup, data, engine_is_postgres() ? fresh_database() : NULL, &done);
                if (!failed(result))
                    break;
                assert_ptr_equal(result.error, &STORE_LOCKED);
                usleep(100000);
            }
        }
    }
    assert_true(unfinished > 0);
    folder_end(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_backup_holds_everything_and_is_restored_on_an_empty_machine),
        cmocka_unit_test(a_backup_moves_to_the_other_engine),
        cmocka_unit_test(a_backup_under_load_holds_all_that_was_acknowledged_before),
        cmocka_unit_test(what_is_there_already_is_left_alone),
        cmocka_unit_test(another_backup_of_the_same_name_is_waited_for_by_nobody),
        cmocka_unit_test(a_full_disk_leaves_nothing_that_looks_like_a_backup),
        cmocka_unit_test(an_installation_that_does_not_hold_gives_no_backup),
        cmocka_unit_test(a_byte_that_was_changed_is_found_before_anything_is_written),
        cmocka_unit_test(a_changed_manifest_is_found),
        cmocka_unit_test(a_file_that_is_missing_or_a_link_is_found),
        cmocka_unit_test(names_that_lead_out_of_the_folder_are_refused),
        cmocka_unit_test(a_database_that_is_not_the_one_that_the_manifest_tells_of_is_refused),
        cmocka_unit_test(a_backup_that_was_killed_does_not_look_like_one),
        cmocka_unit_test(a_restore_that_was_killed_is_no_installation_until_it_is_run_again),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
