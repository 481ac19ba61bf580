#include "web/serve.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/zone.h"
#include "http/listen.h"
#include "instance/admin.h"
#include "register/attachment.h"
#include "web/access_log.h"
#include "web/admin.h"
#include "web/clock.h"
#include "web/mailing.h"
#include "web/notify.h"
#include "web/scheme_keeper.h"
#include "web/scheme_start.h"
#include "web/site.h"
#include "web/trouble.h"

#define FAULTS_MAX ((size_t)16 * 1024 * 1024)
#define OTHER_FILES 128 /* that are open beside connections, and connections only refused */
#define GRACE_AT_ONCE_MS 200
#define OTHER_READERS 2 /* connections to the database beside one for each worker */

/* What is made while starting, and undone in the opposite order. */
struct serving {
    const struct config *config;
    const struct scheme_files *files; /* of the scheme's folder; NULL: none is named */
    FILE *out;
    FILE *err;
    struct arena *arena;
    struct instance *instance;
    struct scheme_snapshot *scheme; /* that it begins with, until there is a site */
    struct scheme_keeper *keeper;
    struct trouble trouble;
    struct admin_socket *commands;
    int listener;
    uint16_t port;
    bool logs;
    struct access_log log;
    struct site *site;
    struct mailing mailing;
    struct server *server;
    struct admin *admin;
    struct metrics *metrics;
};

PRINTF_LIKE(2, 3)
static void complain(const struct serving *serving, const char *fmt, ...)
{
    struct str message;
    va_list args;

    va_start(args, fmt);
    message = str_format_args(serving->arena, fmt, args);
    va_end(args);
    fprintf(serving->err, "assay serve: %.*s\n", STR_ARG(message));
}

/* ---- the machine ---- */

/* The signals that end the process or open the log anew wait until the main thread asks. */
static sigset_t awaited_signals(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    return set;
}

static void hold_signals(void)
{
    sigset_t set = awaited_signals();

    pthread_sigmask(SIG_BLOCK, &set, NULL);
    /* A reader of standard output that goes away is no reason to end. */
    signal(SIGPIPE, SIG_IGN);
}

/* From now on a further signal ends the process at once. */
static void let_signals_end(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static enum exit_code set_zone(struct serving *serving)
{
    struct str zone = serving->config->zone;

    if (!zone.p)
        zone = scheme_snapshot_scheme(serving->scheme)->zone.text;
    if (!zone_exists(zone)) {
        complain(serving,
                 "this machine does not know the zone '%.*s' of the scheme; install tzdata, or "
                 "name another with 'zone' in assay.conf",
                 STR_ARG(zone));
        return EXIT_INPUT;
    }
    clock_set_zone(zone);
    return EXIT_OK;
}

static enum exit_code allow_files(struct serving *serving)
{
    rlim_t needed = (rlim_t)serving->config->limits.connections + OTHER_FILES;
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed)
        return EXIT_OK;
    limit.rlim_cur = needed < limit.rlim_max ? needed : limit.rlim_max;
    if (limit.rlim_cur < needed || setrlimit(RLIMIT_NOFILE, &limit) != 0) {
        complain(serving,
                 "%lld connections need %llu open files, but this machine allows %llu: lower "
                 "'connections' in the limits of assay.conf, or raise the limit of open files",
                 (long long)serving->config->limits.connections, (unsigned long long)needed,
                 (unsigned long long)limit.rlim_max);
        return EXIT_SYSTEM;
    }
    return EXIT_OK;
}

/* ---- the installation ---- */

static enum exit_code open_instance(struct serving *serving)
{
    const struct instance_settings settings = {
        .config = serving->config,
        .readers = (size_t)serving->config->limits.workers + OTHER_READERS,
    };
    enum instance_access access = serving->files ? INSTANCE_MAKE : INSTANCE_WRITE;
    struct str message = STR_NONE;
    struct result result = instance_open(&settings, access, clock_now(NULL), serving->arena,
                                         &serving->instance, &message);

    if (failed(result)) {
        complain(serving, "%.*s", STR_ARG(message));
        return result.error->exit_code;
    }
    if (!instance_is_new(serving->instance) && instance_migrated(serving->instance) > 0)
        complain(serving, "the database was brought up to date by %zu migrations",
                 instance_migrated(serving->instance));
    return EXIT_OK;
}

static enum exit_code begin_scheme(struct serving *serving)
{
    struct str message = STR_NONE;
    size_t changed = 0;
    struct result result = scheme_start(serving->instance, serving->files, clock_now(NULL),
                                        serving->arena, &serving->scheme, &changed, &message);

    if (failed(result)) {
        complain(serving, "%.*s", STR_ARG(message));
        return result.error->exit_code;
    }
    if (!instance_is_new(serving->instance) && changed > 0)
        complain(serving, "the scheme was loaded from its folder, where %zu file%s changed",
                 changed, changed == 1 ? " has" : "s have");
    return EXIT_OK;
}

/* From the threads of the keeper and of commands: so the arena of the process is not for it. */
static void tell_of_scheme(void *context, struct str message)
{
    const struct serving *serving = context;

    fprintf(serving->err, "assay serve: %.*s\n", STR_ARG(message));
}

static enum exit_code keep_scheme(struct serving *serving)
{
    const struct scheme_keeper_settings settings = {
        .instance = serving->instance,
        .site = serving->site,
        .tell = tell_of_scheme,
        .context = serving,
    };

    serving->keeper = scheme_keeper_start(&settings);
    if (!serving->keeper) {
        complain(serving, "cannot start a thread: %s", strerror(errno));
        return EXIT_SYSTEM;
    }
    instance_on_command(serving->instance, scheme_keeper_look, serving->keeper);
    return EXIT_OK;
}

static int64_t now(void)
{
    return clock_now(NULL);
}

static enum exit_code take_commands(struct serving *serving)
{
    struct str message = STR_NONE;
    struct result result =
        admin_listen(serving->instance, now, serving->arena, &serving->commands, &message);

    if (!failed(result))
        return EXIT_OK;
    complain(serving, "%.*s", STR_ARG(message));
    return result.error->exit_code;
}

static enum exit_code open_log(struct serving *serving)
{
    const char *path;

    if (!serving->config->log.p)
        return EXIT_OK;
    path = str_to_c(serving->arena, serving->config->log);
    if (failed(access_log_open(&serving->log, path, serving->err))) {
        complain(serving, "cannot write the access log '%s': %s", path, strerror(errno));
        return EXIT_SYSTEM;
    }
    serving->logs = true;
    return EXIT_OK;
}

/* ---- the servers ---- */

static void complain_listening(const struct serving *serving, const char *address, uint16_t port,
                               const char *option)
{
    int why = errno;

    complain(serving, "cannot listen at %s port %u: %s", address, port, strerror(why));
    if (why == EADDRINUSE)
        complain(serving, "another program listens there; choose another port with %s", option);
    else if (why == EACCES)
        complain(serving, "this port is not for everybody; choose one above 1023 with %s", option);
    else if (why == EADDRNOTAVAIL)
        complain(serving, "this machine has no such address; 127.0.0.1 is always there");
}

static enum exit_code listen_here(struct serving *serving)
{
    const char *address = str_to_c(serving->arena, serving->config->address);
    uint16_t port = (uint16_t)serving->config->port;

    serving->listener = listen_at(address, port, &serving->port);
    if (serving->listener >= 0)
        return EXIT_OK;
    complain_listening(serving, address, port, "--port");
    return EXIT_SYSTEM;
}

/* Where a person on this machine finds the pages. */
static struct str local_address(const struct serving *serving)
{
    struct str host = serving->config->address;

    if (str_eq_c(host, "127.0.0.1") || str_eq_c(host, "0.0.0.0") || str_eq_c(host, "::"))
        host = STR("localhost");
    return str_format(serving->arena,
                      str_find(host, ':', &(size_t){ 0 }) ? "http://[%.*s]:%u" : "http://%.*s:%u",
                      STR_ARG(host), serving->port);
}

static struct str base_address(const struct serving *serving)
{
    return serving->config->base.p ? serving->config->base : local_address(serving);
}

static enum exit_code make_site(struct serving *serving)
{
    const struct site_settings settings = {
        .scheme = serving->scheme,
        .base = base_address(serving),
        .dev_root = serving->config->dev ? "." : NULL,
        .today = clock_today,
        .now_ms = clock_now_ms,
        .now = clock_now,
        .readers = instance_readers(serving->instance),
        .writer = instance_writer(serving->instance),
        .sessions = { serving->config->accounts.session_idle,
                      serving->config->accounts.session_absolute },
        .attachments_folder =
            str_from_c(instance_path(serving->arena, serving->config, ATTACHMENT_FOLDER)),
        .letters_folder = mailing_folder(serving->arena, serving->config),
        .recovery_waiting = serving->config->accounts.recovery_wait,
        .trouble = trouble_tell,
        .trouble_context = &serving->trouble,
    };
    struct diags diags;
    struct result result;
    struct buf text;

    diags_init(&diags, serving->arena);
    result = site_new(&settings, &diags, &serving->site);
    /* From now on the site alone holds it, until another takes its place. */
    scheme_snapshot_release(serving->scheme);
    serving->scheme = NULL;
    if (!failed(result))
        return EXIT_OK;
    buf_init(&text, FAULTS_MAX);
    diags_print(&diags, &text, false);
    fwrite(text.p, 1, text.n, serving->err);
    buf_release(&text);
    complain(serving, "the pages have faults, so nothing was started%s",
             serving->config->dev ? "; --dev is for the root of the source tree" : "");
    return EXIT_INPUT;
}

/* Letters, and what is due. */
static enum exit_code start_work(struct serving *serving)
{
    struct str message = STR_NONE;
    struct result result = mailing_start(serving->instance, serving->site, base_address(serving),
                                         serving->arena, &serving->mailing, &message);

    if (!failed(result))
        return EXIT_OK;
    complain(serving, "%.*s", STR_ARG(message));
    return result.error->exit_code;
}

static void write_log(void *context, struct str line)
{
    access_log_write(context, line);
}

static enum exit_code start_server(struct serving *serving)
{
    static const enum log_address addresses[] = {
        [ADDRESSES_NONE] = LOG_ADDRESS_NONE,
        [ADDRESSES_BLURRED] = LOG_ADDRESS_BLURRED,
        [ADDRESSES_WHOLE] = LOG_ADDRESS_WHOLE,
    };
    const struct config *config = serving->config;
    const struct config_limits *limits = &config->limits;
    const struct server_settings settings = {
        .listener = &serving->listener,
        .loops = (unsigned)limits->loops,
        .workers = (unsigned)limits->workers,
        .queue = (unsigned)limits->queue,
        .connections = (unsigned)limits->connections,
        .connections_per_client = (unsigned)limits->connections_per_client,
        .requests_per_connection = (unsigned)limits->requests_per_connection,
        .idle_seconds = (unsigned)((limits->idle + 999) / 1000),
        .head_ms = (unsigned)limits->head,
        .body_max = (size_t)limits->body,
        .arena_max = (size_t)limits->memory,
        .proxies = config->proxies.at,
        .proxy_count = config->proxies.count,
        .metrics = serving->metrics,
        .log_address = addresses[config->log_addresses],
        .log = serving->logs ? write_log : NULL,
        .log_context = &serving->log,
    };
    struct server_handler handler;

    site_handler(serving->site, &handler);
    if (failed(server_start(&settings, &handler, &serving->server))) {
        complain(serving, "cannot start the server: %s", strerror(errno));
        return EXIT_SYSTEM;
    }
    serving->listener = -1; /* the server's now */
    return EXIT_OK;
}

static enum exit_code start_admin(struct serving *serving)
{
    const struct admin_subject subject = {
        .server = serving->server,
        .metrics = serving->metrics,
        .site = serving->site,
        .instance = serving->instance,
        .work = serving->mailing.work,
        .log = serving->logs ? &serving->log : NULL,
        .since = (int64_t)time(NULL),
    };
    uint16_t port = (uint16_t)serving->config->admin_port;

    if (port == 0 || !failed(admin_start(port, &subject, &serving->admin)))
        return EXIT_OK;
    complain_listening(serving, "127.0.0.1", port, "--admin-port");
    return EXIT_SYSTEM;
}

/* ---- from the beginning to the end ---- */

static void say_ready(const struct serving *serving)
{
    struct str address = local_address(serving);
    struct str note =
        str_format(serving->arena, "process %ld serves %.*s\n", (long)getpid(), STR_ARG(address));

    if (failed(instance_note(serving->instance, note)))
        complain(serving, "cannot write '%s/lock': %s; serving goes on", serving->config->data,
                 strerror(errno));
    fprintf(serving->out, "Assay serves %.*s\n", STR_ARG(address));
    if (serving->admin)
        fprintf(serving->out, "Metrics are at http://127.0.0.1:%u/metrics\n",
                admin_port(serving->admin));
    fflush(serving->out);
    notify_manager("READY=1");
}

static void reopen_log(struct serving *serving)
{
    if (serving->logs && failed(access_log_reopen(&serving->log)))
        complain(serving, "cannot open '%s' anew: %s; the old file is written on",
                 serving->log.path, strerror(errno));
}

static void await_end(struct serving *serving)
{
    sigset_t set = awaited_signals();
    int got = 0;

    while (got != SIGTERM && got != SIGINT) {
        if (sigwait(&set, &got) != 0)
            BUG("signals cannot be awaited");
        if (got == SIGHUP)
            reopen_log(serving);
    }
    notify_manager("STOPPING=1");
    let_signals_end();
}

/* In this order: what is refused most cheaply and most often comes first. */
static const struct step {
    enum exit_code (*take)(struct serving *serving);
} steps[] = {
    { allow_files },  { open_instance }, { begin_scheme }, { set_zone },
    { open_log },     { listen_here },   { make_site },    { start_work },
    { start_server }, { start_admin },   { keep_scheme },  { take_commands },
};

static enum exit_code start(struct serving *serving)
{
    enum exit_code code = EXIT_OK;

    for (size_t i = 0; code == EXIT_OK && i < ARRAY_LEN(steps); i++)
        code = steps[i].take(serving);
    return code;
}

/* Whatever was started ends. A handler that does not come to its end takes the process with it. */
static void stop(struct serving *serving, int64_t grace_ms)
{
    admin_close(serving->commands);
    scheme_keeper_stop(serving->keeper);
    admin_stop(serving->admin);
    if (serving->server && !server_stop(serving->server, grace_ms)) {
        complain(serving, "a request did not end within %lld s; the program ends without it",
                 (long long)(grace_ms / 1000));
        fflush(serving->err);
        _exit(EXIT_SYSTEM);
    }
    mailing_stop(&serving->mailing);
    site_free(serving->site);
    scheme_snapshot_release(serving->scheme);
    if (serving->listener >= 0)
        close(serving->listener);
    if (serving->logs)
        access_log_close(&serving->log);
    instance_close(serving->instance);
    trouble_release(&serving->trouble);
    memory_free(serving->metrics);
}

enum exit_code serve(const struct config *config, const struct scheme_files *files, FILE *out,
                     FILE *err)
{
    struct arena arena;
    struct serving serving = {
        .config = config,
        .files = files,
        .out = out,
        .err = err,
        .arena = &arena,
        .listener = -1,
        .metrics = memory_alloc(1, sizeof(*serving.metrics)),
    };
    enum exit_code code;

    arena_init(&arena, ARENA_UNLIMITED);
    trouble_init(&serving.trouble, err, config);
    hold_signals();
    code = start(&serving);
    if (code == EXIT_OK) {
        say_ready(&serving);
        await_end(&serving);
    }
    stop(&serving, code == EXIT_OK ? config->limits.grace : GRACE_AT_ONCE_MS);
    arena_release(&arena);
    return code;
}
