#include "instance/instance.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/lock.h"
#include "base/version.h"
#include "instance/unfinished.h"
#include "register/journal.h"
#include "store/installation.h"
#include "store/migrate.h"

#define QUEUE_USUAL 1000

/* A server lets go of the lock of a process that was killed only once it has noticed. */
#define CLAIM_TRIES 40
#define CLAIM_PAUSE_MS 50

struct instance {
    const struct config *config;
    int lock;
    bool is_new;
    size_t migrated;
    struct writer *writer;
    struct readers *readers;
    void (*changed)(void *context); /* NULL: nobody wants to know of commands */
    void *changed_context;
};

static void pause_ms(long ms)
{
    nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 }, NULL);
}

/* ---- names ---- */

const char *instance_path(struct arena *arena, const struct config *config, const char *name)
{
    return str_to_c(arena, str_format(arena, "%s/%s", config->data, name));
}

const char *instance_database(struct arena *arena, const struct config *config)
{
    if (config->database.p)
        return str_to_c(arena, config->database);
    return instance_path(arena, config, "assay.db");
}

static struct str shown(struct arena *arena, const struct config *config)
{
    return config_database_shown(arena, str_from_c(instance_database(arena, config)));
}

/* ---- what went wrong ---- */

static struct str missing(struct arena *arena, const struct config *config)
{
    return str_format(arena,
                      "there is no database in '%.*s' yet: make one with 'assay init --data %s'",
                      STR_ARG(shown(arena, config)), config->data);
}

/* What to do about an error, to stand behind what the database said. */
static const char *advice(const struct error *error, bool server)
{
    if (error == &STORE_GONE || (error == &STORE_CANNOT_OPEN && server))
        return "; look whether the server runs and takes connections from here";
    if (error == &STORE_CANNOT_OPEN)
        return "; look whether the path is right, and the file this user's";
    if (error == &STORE_FULL)
        return "; make room on that disk";
    if (error == &STORE_READ_ONLY)
        return "; look how that disk is mounted, and whose the file is";
    if (error == &STORE_CORRUPT)
        return "; 'assay doctor' says more";
    return "";
}

struct str instance_complaint(struct arena *arena, const struct config *config,
                              struct result result, const struct store_fault *fault)
{
    bool server = store_engine_of(instance_database(arena, config)) == STORE_POSTGRES;
    struct str database = shown(arena, config);
    const struct error *error = result.error;

    if (error == &STORE_OLDER)
        return str_format(arena,
                          "the database '%.*s' is of an earlier version of this program: bring it "
                          "up to date with 'assay migrate --data %s', or start the server",
                          STR_ARG(database), config->data);
    if (error == &STORE_LOCKED)
        return str_format(arena,
                          "another process writes to the database '%.*s', from another folder or "
                          "another machine: one installation has one database; stop the other",
                          STR_ARG(database));
    return str_format(arena, "the database '%.*s': %s%s%s%s%s", STR_ARG(database), error->message,
                      fault->message[0] ? " (" : "", fault->message, fault->message[0] ? ")" : "",
                      advice(error, server));
}

static struct result complain(struct arena *arena, const struct config *config,
                              struct result result, const struct store_fault *fault,
                              struct str *ret_message)
{
    *ret_message = instance_complaint(arena, config, result, fault);
    return result;
}

PRINTF_LIKE(3, 4)
static struct result refuse_folder(struct arena *arena, struct str *ret_message, const char *fmt,
                                   ...)
{
    va_list args;

    va_start(args, fmt);
    *ret_message = str_format_args(arena, fmt, args);
    va_end(args);
    return fail(&INSTANCE_FOLDER);
}

/* ---- the folder ---- */

static struct result find_folder(const struct config *config, enum instance_access access,
                                 struct arena *arena, struct str *ret_message)
{
    const char *data = config->data;
    struct stat found;

    BUG_IF(!data);
    if (access == INSTANCE_MAKE && mkdir(data, 0700) == 0)
        return OK;
    if (access == INSTANCE_MAKE && errno != EEXIST)
        return refuse_folder(arena, ret_message, "cannot make the folder '%s': %s", data,
                             strerror(errno));
    if (stat(data, &found) != 0) {
        if (errno != ENOENT)
            return refuse_folder(arena, ret_message, "cannot read the folder '%s': %s", data,
                                 strerror(errno));
        *ret_message = str_format(
            arena, "there is no folder '%s': make an installation with 'assay init --data %s'",
            data, data);
        return fail(&INSTANCE_MISSING);
    }
    if (!S_ISDIR(found.st_mode))
        return refuse_folder(arena, ret_message,
                             "'%s' is no folder; --data names the one that holds the installation",
                             data);
    /* What root makes in it, the owner could not write afterwards. */
    if (geteuid() == 0 && found.st_uid != 0)
        return refuse_folder(arena, ret_message,
                             "the folder '%s' belongs to the user with the number %u: run this as "
                             "that user, not as root",
                             data, (unsigned)found.st_uid);
    return OK;
}

/* Nobody depends on the note: a disk may be full, and the lock holds all the same. */
static void note_process(struct arena *arena, int lock)
{
    struct result noted =
        lock_note(lock, str_format(arena, "process %ld works on it\n", (long)getpid()));

    (void)noted;
}

struct result instance_lock(const struct config *config, enum instance_access access,
                            struct arena *arena, int *ret_lock, struct str *ret_message)
{
    const char *path;
    struct str note = STR_NONE;
    struct result result;

    TRY(find_folder(config, access, arena, ret_message));
    path = instance_path(arena, config, "lock");
    result = lock_take(arena, path, ret_lock, &note);
    if (!failed(result)) {
        note_process(arena, *ret_lock);
        return OK;
    }
    if (result.error != &ERROR_LOCKED)
        return refuse_folder(arena, ret_message, "cannot write '%s': %s", path, strerror(errno));
    *ret_message =
        str_format(arena, "the folder '%s' is in use: %.*s", config->data,
                   STR_ARG(note.n > 0 ? str_trim(note) : STR("another process holds its lock")));
    return fail(&INSTANCE_LOCKED);
}

/* ---- the database ---- */

/* Whether there is a file that is more than a name. */
static bool file_is_there(const char *path)
{
    struct stat found;

    return stat(path, &found) == 0 && found.st_size > 0;
}

static struct result claim(struct store *store)
{
    struct result result = store_claim(store);

    for (int i = 0; i < CLAIM_TRIES && result.error == &STORE_LOCKED; i++) {
        pause_ms(CLAIM_PAUSE_MS);
        result = store_claim(store);
    }
    return result;
}

/* Whether it is what the access asks for. */
static struct result look_at(struct store *store, enum instance_access access)
{
    size_t applied;

    if (access != INSTANCE_READ)
        TRY(claim(store));
    TRY(migrate_applied(store, migrations_of_program(), &applied));
    if (applied == 0 && access != INSTANCE_MAKE)
        return fail(&INSTANCE_MISSING);
    return OK;
}

struct result instance_connect(const struct config *config, enum instance_access access,
                               struct arena *arena, struct store **ret, struct str *ret_message)
{
    const struct store_settings settings = { .database = instance_database(arena, config) };
    struct store_fault fault = { 0 };
    struct store *store = NULL;
    struct result result;

    if (access != INSTANCE_MAKE && store_engine_of(settings.database) == STORE_SQLITE &&
        !file_is_there(settings.database)) {
        *ret_message = missing(arena, config);
        return fail(&INSTANCE_MISSING);
    }
    result =
        store_open(&settings, access == INSTANCE_READ ? STORE_READ : STORE_WRITE, &store, &fault);
    if (failed(result))
        return complain(arena, config, result, &fault, ret_message);
    result = look_at(store, access);
    if (failed(result)) {
        if (result.error == &INSTANCE_MISSING)
            *ret_message = missing(arena, config);
        else
            *ret_message = instance_complaint(arena, config, result, store_fault(store));
        store_close(store);
        return result;
    }
    *ret = store;
    return OK;
}

struct result instance_exists(const struct config *config, struct arena *arena, bool *ret,
                              struct str *ret_message)
{
    char id[INSTALLATION_ID_SIZE] = "";
    struct store *store = NULL;
    struct result result = instance_connect(config, INSTANCE_READ, arena, &store, ret_message);

    if (result.error == &INSTANCE_MISSING) {
        *ret = false;
        return OK;
    }
    TRY(result);
    result = installation_id(store, id);
    if (failed(result))
        *ret_message = instance_complaint(arena, config, result, store_fault(store));
    else
        *ret = id[0];
    store_close(store);
    return result;
}

/* The row that makes a database one of an installation, and the first entry of its journal. One
   that was left without them by a process that was killed gets them now. */
static struct result found(struct store *store, struct arena *arena, int64_t now, bool *ret_new)
{
    const struct act act = { .now = now, .actor = ACTOR_COMMAND, .authority = STR("command line") };
    char id[INSTALLATION_ID_SIZE];

    TRY(installation_id(store, id));
    *ret_new = !id[0];
    if (id[0])
        return OK;
    TRY(installation_ensure(store, now, ASSAY_VERSION, id));
    return journal_append(store, arena, &act, "installation-made", (struct journal_subject){ 0 },
                          NULL, NULL);
}

static struct result bring_up_to_date(struct instance *instance, struct store *store,
                                      struct arena *arena, int64_t now)
{
    struct migrations migrations = migrations_of_program();
    size_t applied;

    TRY(migrate_applied(store, migrations, &applied));
    TRY(migrate(store, migrations, now, ASSAY_VERSION));
    TRY(store_begin(store));
    TRY(found(store, arena, now, &instance->is_new));
    TRY(store_commit(store));
    instance->migrated = migrations.count - applied;
    return OK;
}

/* ---- all of it ---- */

static struct result start_writer(struct instance *instance,
                                  const struct instance_settings *settings,
                                  enum instance_access access, int64_t now, struct arena *arena,
                                  struct str *ret_message)
{
    struct store *store = NULL;
    struct result result;

    TRY(instance_connect(settings->config, access, arena, &store, ret_message));
    result = bring_up_to_date(instance, store, arena, now);
    if (failed(result)) {
        *ret_message = instance_complaint(arena, settings->config, result, store_fault(store));
        store_close(store);
        return result;
    }
    instance->writer = writer_new(store, settings->queue ? settings->queue : QUEUE_USUAL);
    if (instance->writer)
        return OK;
    store_close(store);
    return refuse_folder(arena, ret_message, "this machine starts no thread for writing: %s",
                         strerror(errno));
}

static struct result check_version(const struct config *config, struct arena *arena,
                                   struct str *ret_message)
{
    struct store *store = NULL;
    struct result result;

    TRY(instance_connect(config, INSTANCE_READ, arena, &store, ret_message));
    result = migrate_check(store, migrations_of_program());
    if (failed(result))
        *ret_message = instance_complaint(arena, config, result, store_fault(store));
    store_close(store);
    return result;
}

static struct result start_readers(struct instance *instance,
                                   const struct instance_settings *settings, struct arena *arena,
                                   struct str *ret_message)
{
    const struct store_settings store = {
        .database = instance_database(arena, settings->config),
    };
    struct store_fault fault = { 0 };
    struct result result =
        readers_new(&store, settings->readers ? settings->readers : 1, &instance->readers, &fault);

    return failed(result) ? complain(arena, settings->config, result, &fault, ret_message) : OK;
}

static struct result start(struct instance *instance, const struct instance_settings *settings,
                           enum instance_access access, int64_t now, struct arena *arena,
                           struct str *ret_message)
{
    if (access == INSTANCE_READ) {
        TRY(unfinished_check(arena, settings->config, ret_message));
        TRY(check_version(settings->config, arena, ret_message));
    } else {
        TRY(instance_lock(settings->config, access, arena, &instance->lock, ret_message));
        TRY(unfinished_check(arena, settings->config, ret_message));
        TRY(start_writer(instance, settings, access, now, arena, ret_message));
    }
    return start_readers(instance, settings, arena, ret_message);
}

struct result instance_open(const struct instance_settings *settings, enum instance_access access,
                            int64_t now, struct arena *arena, struct instance **ret,
                            struct str *ret_message)
{
    struct instance *instance = memory_alloc(1, sizeof(*instance));
    struct result result;

    instance->config = settings->config;
    instance->lock = -1;
    result = start(instance, settings, access, now, arena, ret_message);
    if (failed(result)) {
        instance_close(instance);
        return result;
    }
    *ret = instance;
    return OK;
}

void instance_on_command(struct instance *instance, void (*changed)(void *context), void *context)
{
    instance->changed = changed;
    instance->changed_context = context;
}

void instance_tell_command(const struct instance *instance)
{
    if (instance->changed)
        instance->changed(instance->changed_context);
}

void instance_close(struct instance *instance)
{
    if (!instance)
        return;
    readers_free(instance->readers);
    writer_free(instance->writer);
    lock_release(instance->lock);
    memory_free(instance);
}

const struct config *instance_config(const struct instance *instance)
{
    return instance->config;
}

struct writer *instance_writer(struct instance *instance)
{
    return instance->writer;
}

struct readers *instance_readers(struct instance *instance)
{
    return instance->readers;
}

bool instance_is_new(const struct instance *instance)
{
    return instance->is_new;
}

size_t instance_migrated(const struct instance *instance)
{
    return instance->migrated;
}

struct result instance_note(struct instance *instance, struct str note)
{
    return lock_note(instance->lock, note);
}
