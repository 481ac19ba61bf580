#include "web/scheme_keeper.h"

#include <pthread.h>
#include <time.h>

#include "register/scheme_texts.h"

#define FAULTS_MAX ((size_t)1 << 20) /* bytes of the text that tells of faults */

struct scheme_keeper {
    struct scheme_keeper_settings settings;
    pthread_t thread;
    pthread_mutex_t looking; /* one looks at a time */
    int64_t broken;          /* the version that was found to have faults, and told so; 0: none */
    pthread_mutex_t lock;    /* of what follows */
    pthread_cond_t wake;
    bool stops;
};

/* ---- reading ---- */

static struct result read_files(struct store *store, struct arena *arena, int64_t *ret_version,
                                struct scheme_files *ret)
{
    TRY(scheme_version_at(store, SCHEME_NOW, ret_version));
    if (*ret_version == 0)
        return fail(&SCHEME_MISSING);
    return scheme_files_at(store, arena, *ret_version, ret);
}

static struct str faults_text(struct arena *arena, struct diags *diags)
{
    struct buf text;

    buf_init(&text, FAULTS_MAX);
    diags_print(diags, &text, false);
    return str_format(arena,
                      "the scheme in the database has errors; load one that has none with 'assay "
                      "scheme load':\n%.*s",
                      STR_ARG(buf_take(&text, arena)));
}

static struct result fill(struct scheme_snapshot *snapshot, const struct scheme_files *files,
                          int64_t version, struct arena *arena, struct str *ret_message)
{
    struct diags diags;

    diags_init(&diags, arena);
    if (!failed(scheme_snapshot_fill(snapshot, STR(""), files, version, &diags)))
        return OK;
    *ret_message = faults_text(arena, &diags);
    return fail(&SCHEME_BROKEN);
}

/* One transaction of a reader. */
static struct result read_version(struct instance *instance, struct arena *arena,
                                  int64_t *ret_version, struct scheme_files *files,
                                  struct str *ret_message)
{
    struct store_fault fault = { 0 };
    struct store *store;
    struct result result = readers_take(instance_readers(instance), &store, &fault);
    struct result end;

    if (!failed(result)) {
        result = files ? read_files(store, arena, ret_version, files)
                       : scheme_version_at(store, SCHEME_NOW, ret_version);
        fault = *store_fault(store);
        end = readers_give_back(instance_readers(instance), store);
        if (!failed(result))
            result = end;
    }
    if (failed(result))
        *ret_message = result.error == &SCHEME_MISSING
                           ? str_from_c(result.error->message)
                           : instance_complaint(arena, instance_config(instance), result, &fault);
    return result;
}

struct result scheme_keeper_read(struct instance *instance, struct arena *arena,
                                 struct scheme_snapshot **ret, struct str *ret_message)
{
    struct scheme_files files = { 0 };
    struct scheme_snapshot *snapshot;
    struct result result;
    int64_t version;

    TRY(read_version(instance, arena, &version, &files, ret_message));
    snapshot = scheme_snapshot_new();
    result = fill(snapshot, &files, version, arena, ret_message);
    if (failed(result))
        scheme_snapshot_release(snapshot);
    else
        *ret = snapshot;
    return result;
}

/* ---- keeping ---- */

static void tell(struct scheme_keeper *keeper, struct str message)
{
    if (keeper->settings.tell)
        keeper->settings.tell(keeper->settings.context, message);
}

/* The zone of a process is set once. */
static void tell_of_zone(struct scheme_keeper *keeper, struct arena *arena,
                         const struct scheme_snapshot *old, const struct scheme_snapshot *new)
{
    struct str zone = scheme_snapshot_scheme(new)->zone.text;

    if (!instance_config(keeper->settings.instance)->zone.p &&
        !str_eq(zone, scheme_snapshot_scheme(old)->zone.text))
        tell(keeper, str_format(arena,
                                "the zone of the scheme is %.*s now; days begin and end by it from "
                                "the next start on",
                                STR_ARG(zone)));
}

static void look(struct scheme_keeper *keeper, struct arena *arena)
{
    struct scheme_snapshot *old = site_scheme(keeper->settings.site);
    struct scheme_snapshot *new = NULL;
    struct str message;
    struct result result;
    int64_t version = 0;

    /* What the database cannot tell now it may in a second, and others say that it does not. */
    result = read_version(keeper->settings.instance, arena, &version, NULL, &message);
    if (!failed(result) && version != scheme_snapshot_position(old) && version != keeper->broken) {
        result = scheme_keeper_read(keeper->settings.instance, arena, &new, &message);
        if (!failed(result)) {
            site_set_scheme(keeper->settings.site, new);
            tell_of_zone(keeper, arena, old, new);
        } else if (result.error == &SCHEME_BROKEN) {
            keeper->broken = version;
            tell(keeper, message);
        }
    }
    scheme_snapshot_release(new);
    scheme_snapshot_release(old);
}

void scheme_keeper_look(void *context)
{
    struct scheme_keeper *keeper = context;
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    pthread_mutex_lock(&keeper->looking);
    look(keeper, &arena);
    pthread_mutex_unlock(&keeper->looking);
    arena_release(&arena);
}

/* Waits a second. False when it is to stop. */
static bool wait(struct scheme_keeper *keeper)
{
    struct timespec until;
    bool goes_on;
    int waited = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec++;
    pthread_mutex_lock(&keeper->lock);
    while (!keeper->stops && waited == 0)
        waited = pthread_cond_timedwait(&keeper->wake, &keeper->lock, &until);
    goes_on = !keeper->stops;
    pthread_mutex_unlock(&keeper->lock);
    return goes_on;
}

static void *keep(void *context)
{
    while (wait(context))
        scheme_keeper_look(context);
    return NULL;
}

struct scheme_keeper *scheme_keeper_start(const struct scheme_keeper_settings *settings)
{
    struct scheme_keeper *keeper = memory_alloc(1, sizeof(*keeper));
    pthread_condattr_t attributes;

    keeper->settings = *settings;
    pthread_mutex_init(&keeper->looking, NULL);
    pthread_mutex_init(&keeper->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&keeper->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&keeper->thread, NULL, keep, keeper) == 0)
        return keeper;
    pthread_cond_destroy(&keeper->wake);
    pthread_mutex_destroy(&keeper->lock);
    pthread_mutex_destroy(&keeper->looking);
    memory_free(keeper);
    return NULL;
}

void scheme_keeper_stop(struct scheme_keeper *keeper)
{
    if (!keeper)
        return;
    pthread_mutex_lock(&keeper->lock);
    keeper->stops = true;
    pthread_cond_signal(&keeper->wake);
    pthread_mutex_unlock(&keeper->lock);
    pthread_join(keeper->thread, NULL);
    pthread_cond_destroy(&keeper->wake);
    pthread_mutex_destroy(&keeper->lock);
    pthread_mutex_destroy(&keeper->looking);
    memory_free(keeper);
}
