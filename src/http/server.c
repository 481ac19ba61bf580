#include "http/server.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "http/acceptor.h"
#include "http/address_counts.h"
#include "http/bare_page.h"
#include "http/error.h"
#include "http/exchange.h"
#include "http/gate.h"
#include "http/grammar.h"
#include "http/listen.h"
#include "http/pool.h"
#include "http/receive.h"

#define LOG_LINE_MAX ((size_t)32 * 1024)
#define HEAD_ARENA_MAX ((size_t)1024 * 1024)
#define MEMORY_PER_CONNECTION ((size_t)32 * 1024) /* of libmicrohttpd, for heads both ways */
#define SPARE_CONNECTIONS 64                      /* that are only told that there are too many */
#define REFUSED_SECONDS 2                         /* that such a one may be silent */
/* That its head may take; while it drips, the library takes the connection for silent. */
#define REFUSED_HEAD_MS 1000
#define BODY_BYTES_PER_SECOND 1024
/* A body that is too large is read on and dropped up to here, as most clients, browsers among them,
   read no answer before they have sent all; of a larger one the connection is cut. */
#define DROPPED_BODY_MAX ((size_t)64 * 1024 * 1024)
#define LAST_ANSWERS_MS 500 /* for sending what the workers made last */
#define TOO_MUCH_MEMORY STR("the answer needed too much memory")

struct server {
    struct server_settings settings;
    struct server_handler handler;
    char secret[GATE_SECRET_SIZE];
    struct gate_limits gate_limits;
    struct address_counts *counts;
    struct pool *pool;
    struct MHD_Daemon *daemon;
    struct acceptor *acceptor; /* NULL once the server is being stopped */
    uint16_t port;
    atomic_size_t connections;
    atomic_size_t active; /* requests that are not answered yet */
    atomic_bool stopping; /* answers close their connections */
    atomic_bool hurrying; /* what no worker has begun is answered 503 */
};

/* What belongs to one connection. */
struct link {
    struct server *server;
    struct gate gate;
    struct address peer;
    int fd;
    bool counted;
};

/* ---- Connections ---- */

static bool is_proxy(const struct server *server, struct address address)
{
    for (size_t i = 0; i < server->settings.proxy_count; i++) {
        if (network_holds(server->settings.proxies[i], address))
            return true;
    }
    return false;
}

/* What a new connection is told, if there are too many; status -1: nothing at all. */
static struct rejection admission(struct link *link, size_t all)
{
    struct server *server = link->server;
    bool proxy = is_proxy(server, link->peer);
    size_t of_client = address_counts_enter(server->counts, address_network(link->peer));

    link->counted = of_client != SIZE_MAX;
    if (!link->counted ||
        (!proxy && of_client > 2 * (size_t)server->settings.connections_per_client))
        return (struct rejection){ -1, NULL };
    if (!proxy && of_client > server->settings.connections_per_client)
        return (struct rejection){ 429, "too many connections are open from this address" };
    if (all > server->settings.connections)
        return (struct rejection){ 503, "too many connections are open" };
    return (struct rejection){ 0, NULL };
}

/*
 * Has a connection told that there are too many. It may say first what it asks for, so that it is
 * told as it asks to be: but briefly, and only while most of the spare connections are free.
 */
static void refuse_link(struct link *link, struct MHD_Connection *connection,
                        struct rejection refusal, size_t all)
{
    if (all > link->server->settings.connections + SPARE_CONNECTIONS / 2) {
        gate_refuse_all(&link->gate, refusal);
        return;
    }
    gate_refuse_first(&link->gate, refusal, REFUSED_HEAD_MS);
    MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, REFUSED_SECONDS);
}

static void open_link(struct server *server, struct MHD_Connection *connection, void **ret)
{
    struct link *link = memory_alloc(1, sizeof(*link));
    struct rejection refusal;
    size_t all;

    link->server = server;
    link->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    link->peer = address_of(
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
    gate_init(&link->gate, &server->gate_limits);
    all = atomic_fetch_add(&server->connections, 1) + 1;
    if (server->settings.metrics)
        atomic_fetch_add(&server->settings.metrics->connections, 1);
    refusal = admission(link, all);
    if (refusal.status > 0)
        refuse_link(link, connection, refusal, all);
    if (!receive_attach(link->fd, &link->gate) || refusal.status < 0) {
        if (server->settings.metrics)
            atomic_fetch_add(&server->settings.metrics->connections_dropped, 1);
        shutdown(link->fd, SHUT_RDWR);
    }
    *ret = link;
}

static void close_link(struct server *server, struct link *link)
{
    receive_detach(link->fd);
    if (link->counted)
        address_counts_leave(server->counts, address_network(link->peer));
    atomic_fetch_sub(&server->connections, 1);
    gate_release(&link->gate);
    memory_free(link);
}

static void on_connection(void *context, struct MHD_Connection *connection, void **link,
                          enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        open_link(context, connection, link);
    else
        close_link(context, *link);
}

/* ---- Answers ---- */

/* Makes the answer. What cannot be said becomes a bare 500. */
static void set_answer(struct exchange *exchange, const struct response *response)
{
    bool close = exchange->refused || atomic_load(&exchange->server->stopping);

    exchange->answer =
        exchange_make_answer(exchange, response, close, &exchange->status, &exchange->length);
    if (exchange->answer)
        return;
    exchange->why = STR("the answer could not be made");
    exchange->status = 500;
    exchange->length = 0;
    exchange->answer = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
}

/* Has the handler say what went wrong. False when it cannot: the response is then as it was. */
static bool run_error(struct exchange *exchange, int status, struct str why,
                      struct response *response)
{
    const struct server_handler *handler = &exchange->server->handler;
    struct arena_mark mark = arena_mark(&exchange->arena);
    jmp_buf full;

    if (!handler->error || !exchange->request.method.p)
        return false;
    arena_on_full(&exchange->arena, &full);
    if (setjmp(full)) {
        arena_on_full(&exchange->arena, NULL);
        response_release(response);
        response_init(response, &exchange->arena);
        arena_rewind(&exchange->arena, mark);
        return false;
    }
    handler->error(handler->context, &exchange->request, status, why, response);
    arena_on_full(&exchange->arena, NULL);
    return true;
}

static void set_error(struct exchange *exchange, int status, struct str why)
{
    struct response response;

    if (exchange->server->settings.metrics)
        metrics_count_refusal(exchange->server->settings.metrics, status);
    exchange->why = why;
    response_init(&response, &exchange->arena);
    if (!run_error(exchange, status, why, &response))
        bare_page(&response, status, why);
    set_answer(exchange, &response);
    response_release(&response);
}

static enum MHD_Result send_answer(struct exchange *exchange)
{
    if (!exchange->answer)
        return MHD_NO;
    return MHD_queue_response(exchange->connection, (unsigned)exchange->status, exchange->answer);
}

/* Runs the handler. False when it left because its arena was full. */
static bool run_handler(struct exchange *exchange, const struct request *request,
                        struct response *response)
{
    const struct server_handler *handler = &exchange->server->handler;
    jmp_buf full;

    arena_on_full(response->arena, &full);
    if (setjmp(full))
        return false;
    handler->answer(handler->context, request, response);
    return true;
}

/* The same for the quick one, which may leave the request to the other. */
static bool run_quick(struct exchange *exchange, struct response *response, bool *ret_answered)
{
    const struct server_handler *handler = &exchange->server->handler;
    jmp_buf full;

    arena_on_full(response->arena, &full);
    if (setjmp(full))
        return false;
    *ret_answered = handler->quick(handler->context, &exchange->request, response);
    return true;
}

/* A worker's job. */
static void work(void *job, struct arena *arena)
{
    struct exchange *exchange = job;
    struct request request = exchange->request;
    struct response response;

    request.arena = arena;
    response_init(&response, arena);
    if (atomic_load(&exchange->server->hurrying))
        set_error(exchange, 503, STR("the server stops"));
    else if (run_handler(exchange, &request, &response))
        set_answer(exchange, &response);
    else
        set_error(exchange, 500, TOO_MUCH_MEMORY);
    arena_on_full(arena, NULL);
    response_release(&response);
    MHD_resume_connection(exchange->connection);
}

static bool answer_at_once(struct exchange *exchange)
{
    struct arena_mark mark = arena_mark(&exchange->arena);
    struct response response;
    bool answered = true;
    bool fits;

    if (!exchange->server->handler.quick)
        return false;
    response_init(&response, &exchange->arena);
    fits = run_quick(exchange, &response, &answered);
    arena_on_full(&exchange->arena, NULL);
    if (fits && answered)
        set_answer(exchange, &response);
    response_release(&response);
    if (!fits || !answered)
        arena_rewind(&exchange->arena, mark);
    if (!fits)
        set_error(exchange, 500, TOO_MUCH_MEMORY);
    return answered;
}

/* The request is whole: answers it, or hands it to a worker. */
static enum MHD_Result answer(struct exchange *exchange)
{
    struct server *server = exchange->server;

    if (exchange->refused) {
        set_error(exchange, exchange->refused, exchange->why);
    } else if (exchange->too_large) {
        set_error(exchange, 413, STR_NONE);
    } else if (!answer_at_once(exchange)) {
        if (!server->handler.answer) {
            set_error(exchange, 404, STR_NONE);
        } else if (!pool_reserve(server->pool)) {
            set_error(exchange, 503, STR_NONE);
        } else {
            exchange->handed = true;
            MHD_suspend_connection(exchange->connection);
            pool_submit(server->pool, exchange);
            return MHD_YES;
        }
    }
    return send_answer(exchange);
}

/* ---- Requests ---- */

/* The client's address: what stands last in the list and is no proxy's, if a proxy asks. Where
   all are proxies', the first of them; unknown where the last is no address. */
static struct address remote_of(const struct server *server, const struct link *link,
                                const struct request *request)
{
    struct address remote = link->peer;
    struct str list = request_header_list(request, STR("x-forwarded-for"));
    struct str element;
    bool first = true;

    if (!is_proxy(server, link->peer))
        return remote;
    while (list_next(&list, &element)) {
        struct address seen = { .family = FAMILY_NONE };

        if (!address_parse(element, &seen) || first || !is_proxy(server, seen))
            remote = seen;
        first = false;
    }
    return remote;
}

static size_t declared_length(const struct request *request)
{
    int64_t length = 0;

    /* Absent, or checked by the gate. */
    if (!str_to_int(request_header(request, STR("content-length")), 0, INT64_MAX, &length))
        return 0;
    return (size_t)length;
}

/* Reads what the stamp holds. False: the request did not come through the gate. */
static bool read_stamp(struct exchange *exchange, enum MHD_ValueKind kind, struct str *ret_head)
{
    const char *value = NULL;
    size_t n = 0;

    if (MHD_lookup_connection_value_n(exchange->connection, kind, GATE_STAMP,
                                      sizeof(GATE_STAMP) - 1, &value, &n) != MHD_YES)
        return false;
    return gate_read_stamp(str_copy(&exchange->arena, (struct str){ value, n }),
                           exchange->server->secret, &exchange->refused, &exchange->why, ret_head);
}

static int64_t now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void free_exchange(struct exchange *exchange)
{
    if (exchange->answer)
        MHD_destroy_response(exchange->answer);
    buf_release(&exchange->body);
    arena_release(&exchange->arena);
    atomic_fetch_sub(&exchange->server->active, 1);
    memory_free(exchange);
}

/* NULL where the request did not come through the gate. */
static struct exchange *begin(struct server *server, struct MHD_Connection *connection)
{
    struct exchange *exchange = memory_alloc(1, sizeof(*exchange));
    const struct link *link =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    struct str head;

    exchange->server = server;
    exchange->handler = &server->handler;
    exchange->connection = connection;
    exchange->began_us = now_us();
    exchange->since_us = receive_now_us();
    exchange->body_max = SERVER_BODY_MAX;
    exchange->request.body = STR("");
    exchange->request.remote = link->peer;
    arena_init(&exchange->arena, HEAD_ARENA_MAX);
    atomic_fetch_add(&server->active, 1);
    if (!read_stamp(exchange, MHD_HEADER_KIND, &head)) {
        free_exchange(exchange);
        return NULL;
    }
    if (head.p && failed(request_read(&exchange->arena, head, &exchange->request)) &&
        !exchange->refused) {
        exchange->refused = 400;
        exchange->why = STR("the path is not one");
    }
    if (!exchange->refused) {
        exchange->request.remote = remote_of(server, link, &exchange->request);
        if (server->handler.body_max)
            exchange->body_max =
                server->handler.body_max(server->handler.context, &exchange->request);
        if (exchange->body_max > server->settings.body_max)
            exchange->body_max = server->settings.body_max;
    }
    buf_init(&exchange->body, exchange->body_max);
    return exchange;
}

/* The head is there. Only a client that waits to hear whether its body is wanted is answered now:
   others send it without waiting, and would not read an answer before the end of it. */
static enum MHD_Result look_at_head(struct exchange *exchange)
{
    const struct request *request = &exchange->request;
    bool asks = request_header(request, STR("expect")).p != NULL;

    if (exchange->refused)
        return asks ? answer(exchange) : MHD_YES;
    exchange->too_large = declared_length(request) > exchange->body_max;
    return exchange->too_large && asks ? answer(exchange) : MHD_YES;
}

static void take_body(struct exchange *exchange, struct str bytes)
{
    if (exchange->refused || exchange->too_large)
        return;
    buf_add(&exchange->body, bytes);
    if (exchange->body.overflow) {
        exchange->too_large = true;
        buf_release(&exchange->body);
    }
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *bytes,
                                  size_t *n, void **state)
{
    struct exchange *exchange = *state;
    struct str head;

    (void)url;
    (void)method;
    (void)version;
    if (!exchange) {
        exchange = begin(context, connection);
        *state = exchange;
        return exchange ? look_at_head(exchange) : MHD_NO;
    }
    if (*n > 0) {
        take_body(exchange, (struct str){ bytes, *n });
        *n = 0;
        return MHD_YES;
    }
    if (exchange->handed)
        return send_answer(exchange);
    (void)read_stamp(exchange, MHD_FOOTER_KIND, &head);
    exchange->request.body = buf_str(&exchange->body);
    return answer(exchange);
}

static void count(struct metrics *metrics, const struct exchange *exchange, bool whole, int64_t us)
{
    const struct metrics_answer answer = {
        .method = exchange->request.method,
        .status = exchange->status,
        .bytes_in = exchange->body.n,
        .bytes_out = exchange->length,
        .us = us,
        .whole = whole,
    };

    metrics_count_answer(metrics, &answer);
}

static void write_log(const struct server_settings *settings, const struct exchange *exchange,
                      bool whole, int64_t us)
{
    struct buf line;

    buf_init(&line, LOG_LINE_MAX);
    exchange_log_line(exchange, settings->log_address, whole, us / 1000, &line);
    settings->log(settings->log_context, buf_str(&line));
    buf_release(&line);
}

static void on_end(void *context, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode how)
{
    struct server *server = context;
    struct exchange *exchange = *state;
    bool whole = how == MHD_REQUEST_TERMINATED_COMPLETED_OK;
    int64_t us;

    (void)connection;
    if (!exchange)
        return;
    us = receive_now_us() - exchange->since_us;
    if (server->settings.metrics)
        count(server->settings.metrics, exchange, whole, us);
    if (server->settings.log)
        write_log(&server->settings, exchange, whole, us);
    free_exchange(exchange);
    *state = NULL;
}

/* ---- Start and stop ---- */

static unsigned or_else(unsigned value, unsigned otherwise)
{
    return value ? value : otherwise;
}

static void settle(struct server *server, const struct server_settings *settings)
{
    struct server_settings *s = &server->settings;

    *s = *settings;
    s->address = s->address ? s->address : "127.0.0.1";
    s->loops = or_else(s->loops, 2);
    s->workers = or_else(s->workers, 4);
    s->queue = or_else(s->queue, 64);
    s->connections = or_else(s->connections, 1000);
    s->connections_per_client = or_else(s->connections_per_client, 100);
    s->requests_per_connection = or_else(s->requests_per_connection, 1000);
    s->idle_seconds = or_else(s->idle_seconds, 30);
    s->head_ms = or_else(s->head_ms, 10000);
    s->body_ms = or_else(s->body_ms, 10000);
    s->body_max = s->body_max ? s->body_max : (size_t)8 * 1024 * 1024;
    s->arena_max = s->arena_max ? s->arena_max : (size_t)16 * 1024 * 1024;
    server->gate_limits = (struct gate_limits){
        .secret = server->secret,
        .body_max = (int64_t)(s->body_max > DROPPED_BODY_MAX ? s->body_max : DROPPED_BODY_MAX),
        .requests_max = s->requests_per_connection,
        .head_ms = s->head_ms,
        .body_ms = s->body_ms,
        .body_bytes_per_second = BODY_BYTES_PER_SECOND,
    };
}

static bool make_secret(char secret[GATE_SECRET_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char random[(GATE_SECRET_SIZE - 1) / 2];

    if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
        return false;
    for (size_t i = 0; i < sizeof(random); i++) {
        secret[2 * i] = digits[random[i] >> 4];
        secret[2 * i + 1] = digits[random[i] & 15];
    }
    secret[GATE_SECRET_SIZE - 1] = '\0';
    return true;
}

static struct MHD_Daemon *start_daemon(struct server *server)
{
    const struct server_settings *s = &server->settings;
    /* The library divides its limit among the loops, which need not get equal shares. */
    unsigned connections = (s->connections + SPARE_CONNECTIONS) * s->loops;

    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET, 0,
        NULL, NULL, on_request, server, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_NOTIFY_COMPLETED, on_end,
        server, MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_TIMEOUT,
        s->idle_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_PER_CONNECTION,
        MHD_OPTION_THREAD_POOL_SIZE, s->loops > 1 ? s->loops : 0, MHD_OPTION_END);
}

/* Hands a connection to one of the loops; one that none has room for is closed. */
static void take_connection(void *context, int fd, const struct sockaddr *address, socklen_t length)
{
    struct server *server = context;

    (void)MHD_add_connection(server->daemon, fd, address, length);
}

static void free_server(struct server *server)
{
    pool_free(server->pool);
    address_counts_free(server->counts);
    memory_free(server);
}

/* Starts the threads with all signals blocked: they are for the main thread to handle. */
static bool start_threads(struct server *server, int fd)
{
    const struct pool_settings pool = {
        .workers = server->settings.workers,
        .queue_max = server->settings.queue,
        .arena_max = server->settings.arena_max,
        .work = work,
    };
    sigset_t all;
    sigset_t before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    server->pool = pool_new(&pool);
    if (server->pool)
        server->daemon = start_daemon(server);
    if (server->daemon)
        server->acceptor = acceptor_new(fd, take_connection, server);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return server->acceptor != NULL;
}

struct result server_start(const struct server_settings *settings,
                           const struct server_handler *handler, struct server **ret)
{
    struct server *server = memory_alloc(1, sizeof(*server));
    int fd = -1;

    settle(server, settings);
    server->handler = *handler;
    server->counts = address_counts_new(server->settings.connections + SPARE_CONNECTIONS);
    if (!settings->listener)
        fd = listen_at(server->settings.address, server->settings.port, &server->port);
    else if (listening_port(*settings->listener, &server->port))
        fd = *settings->listener;
    if (fd < 0 || !make_secret(server->secret) || !start_threads(server, fd)) {
        int why = errno;

        if (fd >= 0)
            close(fd);
        if (server->daemon)
            MHD_stop_daemon(server->daemon);
        free_server(server);
        errno = why;
        return fail(&HTTP_CANNOT_SERVE);
    }
    *ret = server;
    return OK;
}

uint16_t server_port(const struct server *server)
{
    return server->port;
}

struct server_load server_load(struct server *server)
{
    return (struct server_load){
        .connections = atomic_load(&server->connections),
        .requests = atomic_load(&server->active),
        .queued = pool_waiting(server->pool),
    };
}

static void wait_for_answers(struct server *server, int64_t grace_ms)
{
    const struct timespec step = { 0, 5000000 };
    int64_t until = receive_now_ms() + grace_ms;

    while (atomic_load(&server->active) > 0 && receive_now_ms() < until)
        nanosleep(&step, NULL);
}

bool server_stop(struct server *server, int64_t grace_ms)
{
    acceptor_stop(server->acceptor);
    server->acceptor = NULL;
    atomic_store(&server->stopping, true);
    wait_for_answers(server, grace_ms);
    atomic_store(&server->hurrying, true);
    if (!pool_stop(server->pool, grace_ms))
        return false;
    wait_for_answers(server, LAST_ANSWERS_MS);
    MHD_stop_daemon(server->daemon);
    free_server(server);
    return true;
}
