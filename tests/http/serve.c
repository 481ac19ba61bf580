/*
 * The server that the tests of this folder speak to.
 *
 * Usage: serve [NAME=NUMBER...]    names are those of struct server_settings, see below; errors=1
 *                                  shows refusals by a hook, errors=2 by one that needs too much
 *
 * Listens at 127.0.0.1, prints its port, and stops when its standard input ends; then prints
 * "stopped" or "stuck". The access log goes to standard error.
 *
 *   /quick       answered on the loop thread
 *   /prepared    a prepared body in each encoding there is
 *   /echo        what was asked, line by line, and the body
 *   /secret/...  as any other address that there is not, but /secret/{} in the log
 *   /slow        answered after the milliseconds that ?ms= gives
 *   /full        fills its arena; /quick-full does so on the loop thread
 *   /split       sets a header with a line break in it
 *   /packed      a body that may be compressed, with an entity tag; /packed-short a short one
 *   /large       a body of 3,000,000 bytes; /small takes bodies of 10 bytes at most
 */
#include "http/server.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "http/form.h"
#include "http/prepared.h"

/* 127.0.0.0/8 and 10.0.0.0/8 */
static const struct network proxies[] = {
    { { FAMILY_V4, { 127 } }, 8 },
    { { FAMILY_V4, { 10 } }, 8 },
};

#define TEXT STR("text/plain; charset=utf-8")

struct context {
    struct prepared *prepared;
    pthread_mutex_t log_lock;
};

static size_t body_max(void *context, const struct request *request)
{
    (void)context;
    return str_eq_c(request->path, "/small") ? 10 : SERVER_BODY_MAX;
}

static void fill(struct arena *arena)
{
    for (;;)
        arena_alloc(arena, (size_t)64 * 1024);
}

static bool quick(void *context, const struct request *request, struct response *response)
{
    const struct context *c = context;

    if (str_eq_c(request->path, "/prepared"))
        response_prepared(response, c->prepared);
    else if (str_eq_c(request->path, "/quick"))
        response_body(response, TEXT, STR("quick\n"));
    else if (str_eq_c(request->path, "/quick-full"))
        fill(request->arena);
    else
        return false;
    return true;
}

static void echo(const struct request *request, struct response *response)
{
    char text[ADDRESS_TEXT_SIZE];
    struct buf out;

    buf_init(&out, (size_t)2 * 1024 * 1024);
    buf_format(&out, "%.*s %.*s query=%.*s remote=%s\n", STR_ARG(request->method),
               STR_ARG(request->path), STR_ARG(request->query),
               address_text(request->remote, text));
    for (size_t i = 0; i < request->header_count; i++)
        buf_format(&out, "%.*s=%.*s\n", STR_ARG(request->headers[i].name),
                   STR_ARG(request->headers[i].value));
    buf_format(&out, "body=%zu\n", request->body.n);
    buf_add(&out, request->body);
    response_body(response, TEXT, buf_take(&out, request->arena));
}

static void wait_ms(const struct request *request)
{
    const struct form_limits limits = { .fields = 1, .name_bytes = 2, .value_bytes = 5 };
    struct timespec time = { 0, 0 };
    struct form form;
    int64_t ms;

    if (failed(form_read(request->arena, request->query, &limits, &form)) ||
        !str_to_int(form_get(&form, STR("ms")), 0, 20000, &ms))
        return;
    time.tv_sec = ms / 1000;
    time.tv_nsec = ms % 1000 * 1000000;
    nanosleep(&time, NULL);
}

static void answer(void *context, const struct request *request, struct response *response)
{
    char *bytes;

    (void)context;
    if (str_eq_c(request->path, "/slow")) {
        wait_ms(request);
        response_body(response, TEXT, STR("slow\n"));
    } else if (str_eq_c(request->path, "/full")) {
        fill(request->arena);
    } else if (str_eq_c(request->path, "/split")) {
        response_header(response, STR("X-Split"), STR("a\r\nb: c"));
    } else if (str_starts(request->path, STR("/packed"))) {
        bytes = arena_alloc(request->arena, 3000);
        memset(bytes, 'x', 3000);
        response_body(response, TEXT,
                      (struct str){ bytes, str_eq_c(request->path, "/packed") ? 3000 : 1000 });
        response->etag = STR("\"v1\"");
        response->packs = true;
    } else if (str_eq_c(request->path, "/large")) {
        bytes = arena_alloc(request->arena, 3000000);
        memset(bytes, 'x', 3000000);
        response_body(response, TEXT, (struct str){ bytes, 3000000 });
    } else {
        echo(request, response);
    }
}

/* How refusals are shown with errors=1; with errors=2 the hook fills its arena. */
static void show_error(void *context, const struct request *request, int status, struct str why,
                       struct response *response)
{
    (void)context;
    response->status = status;
    response_body(response, TEXT,
                  str_format(request->arena, "shown %d %.*s %.*s\n", status, STR_ARG(request->path),
                             STR_ARG(why)));
}

static void show_no_error(void *context, const struct request *request, int status, struct str why,
                          struct response *response)
{
    show_error(context, request, status, why, response);
    fill(request->arena);
}

static struct str logged_path(void *context, const struct request *request)
{
    (void)context;
    return str_starts(request->path, STR("/secret/")) ? STR("/secret/{}") : request->path;
}

static void log_line(void *context, struct str line)
{
    struct context *c = context;

    pthread_mutex_lock(&c->log_lock);
    fprintf(stderr, "%.*s\n", STR_ARG(line));
    pthread_mutex_unlock(&c->log_lock);
}

static bool set(struct server_settings *s, const char *argument)
{
    const struct {
        const char *name;
        unsigned *field;
    } fields[] = {
        { "loops", &s->loops },
        { "workers", &s->workers },
        { "queue", &s->queue },
        { "connections", &s->connections },
        { "connections_per_client", &s->connections_per_client },
        { "requests_per_connection", &s->requests_per_connection },
        { "idle_seconds", &s->idle_seconds },
        { "head_ms", &s->head_ms },
        { "body_ms", &s->body_ms },
    };
    struct str name;
    struct str value = str_split(str_from_c(argument), '=', &name);
    int64_t number;

    if (!str_to_int(value, 0, 1000000, &number))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        if (str_eq_c(name, fields[i].name))
            *fields[i].field = (unsigned)number;
    }
    if (str_eq_c(name, "behind_proxies")) {
        s->proxies = proxies;
        s->proxy_count = ARRAY_LEN(proxies);
    }
    return true;
}

static struct prepared *make_prepared(void)
{
    struct prepared *prepared;
    struct buf body;

    buf_init(&body, 10000);
    buf_repeat(&body, 'p', 5000);
    prepared = prepared_new(TEXT, STR("v1"), buf_str(&body), STR("this stands for brotli"));
    buf_release(&body);
    return prepared;
}

int main(int argc, char **argv)
{
    struct context context = { make_prepared(), PTHREAD_MUTEX_INITIALIZER };
    struct server_settings settings = { .log = log_line,
                                        .log_context = &context,
                                        .log_address = LOG_ADDRESS_BLURRED };
    struct server_handler handler = {
        .context = &context,
        .body_max = body_max,
        .quick = quick,
        .answer = answer,
        .logged_path = logged_path,
    };
    struct server *server;
    int64_t grace_ms = 3000;
    char byte;

    for (int i = 1; i < argc; i++) {
        if (str_eq_c(str_from_c(argv[i]), "errors=1"))
            handler.error = show_error;
        else if (str_eq_c(str_from_c(argv[i]), "errors=2"))
            handler.error = show_no_error;
        else if (!set(&settings, argv[i]))
            return EXIT_USAGE;
    }
    if (failed(server_start(&settings, &handler, &server)))
        return EXIT_SYSTEM;
    printf("%u\n", server_port(server));
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0)
        grace_ms = byte == 's' ? 300 : grace_ms;
    if (!server_stop(server, grace_ms)) {
        puts("stuck");
        fflush(stdout);
        _exit(0);
    }
    puts("stopped");
    prepared_release(context.prepared);
    return 0;
}
