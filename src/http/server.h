/*
 * server.h - the HTTP server: libmicrohttpd behind a gate for each connection, and workers.
 *
 * Loop threads move bytes. A request that is whole is first offered to `quick`, on the loop thread,
 * for answers that stand ready; any other is suspended and answered by a worker, which has an arena
 * of its own. Whatever HTTP does not allow, or is too much, is answered here (error.h) and the
 * connection closed.
 */
#ifndef ASSAY_HTTP_SERVER_H
#define ASSAY_HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"
#include "base/result.h"
#include "base/str.h"
#include "http/message.h"
#include "http/metrics.h"

enum log_address { LOG_ADDRESS_NONE, LOG_ADDRESS_BLURRED, LOG_ADDRESS_WHOLE };

/* A 0 stands for the default that follows it. */
struct server_settings {
    const char *address;              /* numeric, IPv4 or IPv6; NULL: 127.0.0.1 */
    uint16_t port;                    /* 0: any free one */
    const int *listener;              /* of listen_at, instead of address and port; NULL: none */
    unsigned loops;                   /* threads that move bytes: 2 */
    unsigned workers;                 /* 4 */
    unsigned queue;                   /* requests that wait for a worker: 64 */
    unsigned connections;             /* in all: 1000; further ones are answered 503 */
    unsigned connections_per_client;  /* IPv4 address or IPv6 /64: 100; further ones: 429 */
    unsigned requests_per_connection; /* 1000; the last one's answer closes the connection */
    unsigned idle_seconds;            /* 30 without a byte: the connection is closed */
    unsigned head_ms;                 /* a head must come whole in 10000, or is answered 408 */
    unsigned body_ms;                 /* after 10000 a body must have come at 1 KiB a second */
    size_t body_max;                  /* for any route: 8 MiB. Of a larger body, up to 64 MiB are
                                         read and dropped before it is answered 413 */
    size_t arena_max;                 /* of a worker: 16 MiB */
    /* Connections from these networks are of proxies, each of which puts the address that it saw
       last in X-Forwarded-For: the client is the last one there that is no proxy. They are not
       limited in number by connections_per_client. */
    const struct network *proxies;
    size_t proxy_count;
    struct metrics *metrics; /* to count in; outlives the server. NULL: nothing is counted */
    enum log_address log_address;
    /* Takes one line of JSON a request, without a line end. From several threads. NULL: no log. */
    void (*log)(void *context, struct str line);
    void *log_context;
};

#define SERVER_BODY_MAX ((size_t)1024 * 1024) /* for routes that say nothing else */

/* Called from several threads at once. */
struct server_handler {
    void *context;
    /* On a loop thread, before the body: how large it may be. NULL: SERVER_BODY_MAX. */
    size_t (*body_max)(void *context, const struct request *request);
    /* On a loop thread: answers if it can at once, without waiting for anything. NULL: never. */
    bool (*quick)(void *context, const struct request *request, struct response *response);
    /* On a worker. When its arena is full, the request is answered 500. */
    void (*answer)(void *context, const struct request *request, struct response *response);
    /* On any thread: what the log has for the path, where that holds a secret. NULL: the path. */
    struct str (*logged_path)(void *context, const struct request *request);
    /* On any thread: fills in what is shown of a refusal of the server's own. The path of the
       request is STR_NONE if it was none; `why` may be STR_NONE. NULL, or when it needs too much
       memory, or where the head could not be read: a bare page (bare_page.h). */
    void (*error)(void *context, const struct request *request, int status, struct str why,
                  struct response *response);
};

struct server;

/* HTTP_CANNOT_SERVE, with errno, when the address cannot be listened at. The settings are copied,
   but what they point at must outlive the server; a listener is the server's from then on. */
RESULT server_start(const struct server_settings *settings, const struct server_handler *handler,
                    struct server **ret);

uint16_t server_port(const struct server *server);

/* What a server has to do at the moment. */
struct server_load {
    size_t connections;
    size_t requests; /* that are not answered yet */
    size_t queued;   /* of them, those that wait for a worker */
};
struct server_load server_load(struct server *server);

/*
 * Takes no new connections, lets what was asked be answered, up to grace_ms, then answers 503 to
 * what no worker has begun, waits up to grace_ms for those at work, gives their answers
 * half a second to leave, and closes and frees everything. False, and nothing is freed, when a
 * handler still runs then: the process can only end.
 */
NODISCARD bool server_stop(struct server *server, int64_t grace_ms);

#endif
