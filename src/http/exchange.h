/*
 * exchange.h - one request and its answer, between libmicrohttpd and the handler. For server.c.
 */
#ifndef ASSAY_HTTP_EXCHANGE_H
#define ASSAY_HTTP_EXCHANGE_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "http/message.h"
#include "http/server.h"

struct exchange {
    struct server *server;
    const struct server_handler *handler;
    struct MHD_Connection *connection;
    struct arena arena; /* of the head, and of quick answers */
    struct request request;
    int refused; /* status, or 0 */
    struct str why;
    size_t body_max;
    bool too_large;
    struct buf body;
    bool handed; /* to a worker */
    struct MHD_Response *answer;
    int status;
    size_t length;    /* of the answer's body */
    int64_t began_us; /* since 1970 */
    int64_t since_us; /* the same moment, of receive_now_us */
};

/*
 * Makes the answer from a response: conditional requests, encodings, headers. NULL when the
 * response is faulty or memory is short. `close`: the connection ends after it.
 */
struct MHD_Response *exchange_make_answer(struct exchange *exchange,
                                          const struct response *response, bool close,
                                          int *ret_status, size_t *ret_length);

/* One line of the access log, of a request that took so many milliseconds. */
void exchange_log_line(const struct exchange *exchange, enum log_address log_address,
                       bool sent_whole, int64_t ms, struct buf *out);

#endif
