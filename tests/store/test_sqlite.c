/* What SQLite's side does when the disk, the file or its neighbours are not as they should be. */
#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "disk_shim.h"
#include "engine.h"
#include "store/readers.h"
#include "store/writer.h"

/* ---- pairs of rows, of which there must never be a half ---- */

static const char tables[] = "CREATE TABLE one (key INTEGER PRIMARY KEY, body TEXT) STRICT;"
                             "CREATE TABLE two (key INTEGER PRIMARY KEY) STRICT;"
                             "CREATE INDEX one_body ON one (body)";

static struct result insert_pair(struct store *store, void *context)
{
    const int64_t *key = context;
    char body[3000];

    memset(body, 'a' + (int)(*key % 26), sizeof(body));
    TRY(store_run(store, "INSERT INTO one (key, body) VALUES ($1, $2)",
                  PARAMS(datum_int(*key), datum_text((struct str){ body, sizeof(body) }))));
    return store_run(store, "INSERT INTO two (key) VALUES ($1)", PARAMS(datum_int(*key)));
}

static struct result perform(struct writer *writer, int64_t key, struct store_fault *fault)
{
    return writer_perform(writer, insert_pair, &key, NULL, fault);
}

static struct writer *begin_writer(const char *database)
{
    struct store *store = engine_open(database, STORE_WRITE);
    struct writer *writer;

    check_ok(store, store_script(store, tables));
    writer = writer_new(store, 10);
    assert_non_null(writer);
    return writer;
}

static void check_whole(struct store *store)
{
    assert_int_equal(ask(store, "SELECT count(*) FROM one WHERE key NOT IN (SELECT key FROM two)"),
                     0);
    assert_int_equal(ask(store, "SELECT count(*) FROM two WHERE key NOT IN (SELECT key FROM one)"),
                     0);
    assert_int_equal(
        ask(store, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
}

static int64_t count_pairs(const char *database)
{
    struct store *store = engine_open(database, STORE_READ);
    int64_t count = ask(store, "SELECT count(*) FROM two");

    store_close(store);
    return count;
}

/* ---- disks ---- */

static void heal(void)
{
    disk = (struct disk){ .write_code = SQLITE_FULL, .sync_code = SQLITE_IOERR_FSYNC };
}

static void check_disk_error(int code, int system_error, const struct error *expected)
{
    const char *database = engine_database();
    struct writer *writer;
    struct store_fault fault = { 0 };

    heal();
    writer = begin_writer(database);
    assert_false(failed(perform(writer, 1, &fault)));
    disk.fail_at = 1;
    disk.for_good = true;
    disk.write_code = code;
    disk.system_error = system_error;
    for (int64_t i = 2; i < 5; i++) {
        assert_ptr_equal(perform(writer, i, &fault).error, expected);
        assert_true(fault.message[0]);
        assert_int_equal(count_pairs(database), 1);
    }
    heal();
    assert_false(failed(perform(writer, 9, &fault)));
    assert_int_equal(count_pairs(database), 2);
    writer_free(writer);
}

static void a_full_disk_is_said_and_writing_goes_on_when_there_is_room(void **state)
{
    (void)state;
    check_disk_error(SQLITE_FULL, 0, &STORE_FULL);
    check_disk_error(SQLITE_IOERR_WRITE, EDQUOT, &STORE_FULL);
}

static void a_disk_that_only_reads_is_said_and_writing_goes_on_when_it_writes(void **state)
{
    (void)state;
    check_disk_error(SQLITE_READONLY, 0, &STORE_READ_ONLY);
    check_disk_error(SQLITE_IOERR_WRITE, EROFS, &STORE_READ_ONLY);
}

/* Copies the database as a crash would leave it, and opens the copy. */
static struct store *after_crash(const char *database)
{
    static char copy[300];
    char command[1000];

    snprintf(copy, sizeof(copy), "%s.copy", database);
    snprintf(command, sizeof(command), "rm -f '%s'* && cp '%s' '%s' && cp '%s-wal' '%s-wal'", copy,
             database, copy, database, copy);
    assert_int_equal(system(command), 0);
    return engine_open(copy, STORE_WRITE);
}

enum { PAIRS = 4 };

/* Lets one change of the disk fail; true as long as there are that many. */
static bool fail_once(int64_t at, int write_code, int system_error)
{
    const char *database = engine_database();
    struct writer *writer;
    struct store *crashed;
    int64_t acknowledged = 0;
    bool met;

    heal();
    writer = begin_writer(database);
    disk.fail_at = at;
    disk.write_code = write_code;
    disk.system_error = system_error;
    for (int64_t key = 0; key < PAIRS; key++) {
        struct store_fault fault = { 0 };
        bool kept = !failed(perform(writer, key, &fault));
        acknowledged += kept;
        assert_true(kept || fault.message[0]);
    }
    met = disk.fail_at == 0;
    heal();
    assert_true(acknowledged >= PAIRS - 1);
    assert_int_equal(count_pairs(database), acknowledged);
    crashed = after_crash(database);
    check_whole(crashed);
    assert_true(ask(crashed, "SELECT count(*) FROM two") >= acknowledged);
    store_close(crashed);
    writer_free(writer);
    return met;
}

static void each_change_of_the_disk_may_fail_once(void **state)
{
    static const struct {
        int code;
        int system_error;
    } ways[] = { { SQLITE_FULL, 0 }, { SQLITE_IOERR_WRITE, EIO } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        int64_t at = 1;
        while (fail_once(at, ways[i].code, ways[i].system_error))
            at++;
        print_message("%lld changes of the disk failed, one at a time\n", (long long)at - 1);
        assert_true(at > 5 * PAIRS);
    }
    heal();
}

static void a_sync_that_fails_leaves_doubt_and_is_said(void **state)
{
    const char *database = engine_database();
    struct writer *writer;
    struct store_fault fault = { 0 };

    (void)state;
    heal();
    writer = begin_writer(database);
    assert_false(failed(perform(writer, 1, &fault)));
    disk.fail_syncs = true;
    assert_ptr_equal(perform(writer, 2, &fault).error, &STORE_UNCERTAIN);
    heal();
    assert_false(failed(perform(writer, 3, &fault)));
    assert_int_equal(count_pairs(database), 2);
    writer_free(writer);
}

static void a_reply_leaves_after_the_disk_has_said_so(void **state)
{
    struct writer *writer;
    int64_t before;

    (void)state;
    heal();
    writer = begin_writer(engine_database());
    for (int64_t i = 0; i < 5; i++) {
        before = disk.syncs;
        assert_false(failed(perform(writer, i, NULL)));
        assert_true(disk.syncs > before);
    }
    writer_free(writer);
}

/* The limit of the operating system is a disk that is full in earnest. */
static int write_under_limit(const char *database)
{
    struct writer *writer = begin_writer(database);
    struct rlimit limit = { 200000, RLIM_INFINITY };
    struct store_fault fault = { 0 };
    struct result result = { NULL };
    int64_t key = 0;

    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 2;
    while (!failed(result) && key < 1000)
        result = perform(writer, key++, &fault);
    if (result.error != &STORE_FULL)
        return 3;
    limit.rlim_cur = RLIM_INFINITY;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0 || failed(perform(writer, key, &fault)))
        return 4;
    writer_free(writer);
    return count_pairs(database) == key ? 0 : 5;
}

static void a_limit_on_files_is_a_full_disk(void **state)
{
    const char *database = engine_database();
    int status;
    pid_t child;

    (void)state;
    heal();
    child = fork();
    if (child == 0)
        _exit(write_under_limit(database));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* ---- files ---- */

static void check_cannot_open(const char *path, enum store_access access,
                              const struct error *expected)
{
    const struct store_settings settings = { .database = path };
    struct store_fault fault = { 0 };
    struct store *store = NULL;
    struct result result = store_open(&settings, access, &store, &fault);

    assert_ptr_equal(result.error, expected);
    assert_true(fault.message[0]);
    assert_null(store);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void a_file_of_another_program_is_left_alone(void **state)
{
    const char *path = engine_database();
    sqlite3 *db;

    (void)state;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE a (b)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    check_cannot_open(path, STORE_WRITE, &STORE_UNSUITABLE);
    check_cannot_open(path, STORE_READ, &STORE_UNSUITABLE);
    path = engine_database();
    write_file(path, "Dear database, this is a letter and no database, as you can see from its "
                     "beginning already, and it is long enough to be looked at.");
    check_cannot_open(path, STORE_WRITE, &STORE_UNSUITABLE);
}

static void what_is_not_there_is_not_made_for_a_reader(void **state)
{
    const char *path = engine_database();

    (void)state;
    check_cannot_open(path, STORE_READ, &STORE_CANNOT_OPEN);
    assert_int_not_equal(access(path, F_OK), 0);
    check_cannot_open("/nowhere/at/all", STORE_WRITE, &STORE_CANNOT_OPEN);
}

static int open_as_nobody(const char *path)
{
    const struct store_settings settings = { .database = path };
    const struct passwd *nobody = getpwnam("nobody");
    struct store_fault fault = { 0 };
    struct store *store = NULL;

    if (geteuid() == 0 && (!nobody || setuid(nobody->pw_uid) != 0))
        return 2;
    if (store_open(&settings, STORE_WRITE, &store, &fault).error != &STORE_CANNOT_OPEN)
        return 3;
    return strstr(fault.message, path) ? 0 : 4;
}

static void a_file_that_may_not_be_written_is_named(void **state)
{
    const char *path = engine_database();
    int status;
    pid_t child;

    (void)state;
    store_close(engine_open_migrated(path));
    assert_int_equal(chmod(path, 0444), 0);
    child = fork();
    if (child == 0)
        _exit(open_as_nobody(path));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void nobody_else_may_read_the_files(void **state)
{
    static const char *const endings[] = { "", "-wal", "-shm" };
    const char *database = engine_database();
    struct store *store = engine_open_migrated(database);
    struct stat status;
    char path[300];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        snprintf(path, sizeof(path), "%s%s", database, endings[i]);
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 0777, 0600);
    }
    store_close(store);
}

/* Leaves the log behind, as a process does that is killed. */
static void write_and_vanish(const char *database)
{
    pid_t child = fork();

    if (child == 0) {
        engine_open_migrated(database);
        _exit(0);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void the_last_reader_to_leave_does_not_move_the_log(void **state)
{
    const char *database = engine_database();
    struct store *reader;
    struct stat before;
    struct stat after;
    char path[300];

    (void)state;
    write_and_vanish(database);
    snprintf(path, sizeof(path), "%s-wal", database);
    assert_int_equal(stat(path, &before), 0);
    assert_true(before.st_size > 0);
    reader = engine_open(database, STORE_READ);
    assert_true(ask(reader, "SELECT count(*) FROM migration") > 0);
    store_close(reader);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(after.st_size, before.st_size);
}

static void another_process_that_writes_is_waited_for_and_then_said(void **state)
{
    const char *database = engine_database();
    struct writer *writer = begin_writer(database);
    struct store_fault fault = { 0 };
    sqlite3 *db;

    (void)state;
    heal();
    assert_int_equal(sqlite3_open(database, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_ptr_equal(perform(writer, 1, &fault).error, &STORE_BUSY);
    assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_false(failed(perform(writer, 1, &fault)));
    writer_free(writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_disk_is_said_and_writing_goes_on_when_there_is_room),
        cmocka_unit_test(a_disk_that_only_reads_is_said_and_writing_goes_on_when_it_writes),
        cmocka_unit_test(each_change_of_the_disk_may_fail_once),
        cmocka_unit_test(a_sync_that_fails_leaves_doubt_and_is_said),
        cmocka_unit_test(a_reply_leaves_after_the_disk_has_said_so),
        cmocka_unit_test(a_limit_on_files_is_a_full_disk),
        cmocka_unit_test(a_file_of_another_program_is_left_alone),
        cmocka_unit_test(what_is_not_there_is_not_made_for_a_reader),
        cmocka_unit_test(a_file_that_may_not_be_written_is_named),
        cmocka_unit_test(nobody_else_may_read_the_files),
        cmocka_unit_test(the_last_reader_to_leave_does_not_move_the_log),
        cmocka_unit_test(another_process_that_writes_is_waited_for_and_then_said),
    };

    disk_install();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
