#include "http/exchange.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/value.h"
#include "http/gzip.h"
#include "http/negotiate.h"
#include "http/prepared.h"

#define HEADERS_MAX ((size_t)16 * 1024) /* bytes of an answer's headers */
#define PACKED_MIN 1400                 /* bytes of a body that is worth compressing: one packet */
#define US_PER_SECOND 1000000
#define US_PER_DAY ((int64_t)86400 * US_PER_SECOND)

static bool add_header(struct MHD_Response *answer, struct arena *arena, struct str name,
                       struct str value)
{
    /* The library refuses empty values; a header without one says nothing. */
    if (value.n == 0)
        return true;
    return MHD_add_response_header(answer, str_to_c(arena, name), str_to_c(arena, value)) ==
           MHD_YES;
}

static bool add_headers(struct MHD_Response *answer, struct arena *arena,
                        const struct response *response)
{
    bool good = true;

    for (size_t i = 0; i < response->header_count; i++)
        good &= add_header(answer, arena, response->headers[i].name, response->headers[i].value);
    return good;
}

static void release_prepared(void *context)
{
    prepared_release(context);
}

/* The body that is sent, and what its headers must say of it. */
struct outgoing {
    int status;
    struct str body;
    struct str etag;
    enum encoding encoding;
};

/* The same body and tag compressed, where the response allows it, the client takes it, and it saves
   something. */
static void pack(struct arena *arena, const struct request *request,
                 const struct response *response, struct outgoing *out)
{
    struct str accept = request_header(request, STR("accept-encoding"));
    struct str packed = STR_NONE;

    if (response->packs && out->body.n >= PACKED_MIN &&
        encoding_choose(accept, true, false) == ENCODING_GZIP)
        packed = gzip_pack(arena, out->body, GZIP_QUICK, out->body.n);
    if (!packed.p)
        return;
    out->body = packed;
    out->encoding = ENCODING_GZIP;
    if (out->etag.p)
        out->etag = str_format(arena, "%.*s-gzip\"", STR_ARG(str_take(out->etag, out->etag.n - 1)));
}

static struct outgoing choose(const struct exchange *exchange, const struct response *response,
                              struct arena *arena)
{
    const struct request *request = &exchange->request;
    struct outgoing out = { response->status, response->body, response->etag, ENCODING_IDENTITY };
    bool reads = str_eq(request->method, STR("GET")) || str_eq(request->method, STR("HEAD"));

    if (response->prepared) {
        out.encoding = encoding_choose(request_header(request, STR("accept-encoding")),
                                       prepared_has(response->prepared, ENCODING_GZIP),
                                       prepared_has(response->prepared, ENCODING_BROTLI));
        out.body = prepared_body(response->prepared, out.encoding);
        out.etag = prepared_etag(response->prepared, out.encoding);
    } else {
        pack(arena, request, response, &out);
    }
    if (reads && out.status == 200 && out.etag.p &&
        etag_listed(request_header(request, STR("if-none-match")), out.etag))
        out.status = 304;
    if (out.status == 304 || out.status == 204)
        out.body = STR("");
    return out;
}

static bool describe(struct MHD_Response *answer, struct arena *arena,
                     const struct response *response, const struct outgoing *out, bool close)
{
    static const struct str encodings[] = { STR(""), STR("gzip"), STR("br") };
    bool good = add_headers(answer, arena, response);

    if (response->prepared)
        good &= add_header(answer, arena, STR("Content-Type"), prepared_type(response->prepared));
    if (response->prepared || response->packs)
        good &= add_header(answer, arena, STR("Vary"), STR("Accept-Encoding"));
    if (out->status != 304)
        good &= add_header(answer, arena, STR("Content-Encoding"), encodings[out->encoding]);
    if (out->etag.p)
        good &= add_header(answer, arena, STR("ETag"), out->etag);
    if (close)
        good &= add_header(answer, arena, STR("Connection"), STR("close"));
    return good;
}

static bool too_many_headers(const struct response *response)
{
    size_t bytes = 0;

    for (size_t i = 0; i < response->header_count; i++)
        bytes += response->headers[i].name.n + response->headers[i].value.n + 4;
    return bytes > HEADERS_MAX;
}

static struct MHD_Response *make_body(const struct response *response, struct str body)
{
    /* The library does not write there. NOLINTNEXTLINE(performance-no-int-to-ptr) */
    void *bytes = (void *)(uintptr_t)body.p;
    struct MHD_Response *answer;
    struct prepared *prepared;

    if (!response->prepared || body.n == 0)
        return MHD_create_response_from_buffer(body.n, bytes, MHD_RESPMEM_MUST_COPY);
    prepared = prepared_hold(response->prepared);
    answer = MHD_create_response_from_buffer_with_free_callback_cls(body.n, bytes, release_prepared,
                                                                    prepared);
    if (!answer)
        prepared_release(prepared);
    return answer;
}

static struct MHD_Response *make_answer(const struct response *response, const struct outgoing *out,
                                        struct arena *arena, bool close)
{
    struct MHD_Response *answer = make_body(response, out->body);

    if (!answer || describe(answer, arena, response, out, close))
        return answer;
    MHD_destroy_response(answer);
    return NULL;
}

struct MHD_Response *exchange_make_answer(struct exchange *exchange,
                                          const struct response *response, bool close,
                                          int *ret_status, size_t *ret_length)
{
    struct MHD_Response *answer;
    struct outgoing out;
    struct arena texts; /* not the response's, which may be full and jump away */

    if (response->faulty || too_many_headers(response))
        return NULL;
    arena_init(&texts, ARENA_UNLIMITED);
    out = choose(exchange, response, &texts);
    answer = make_answer(response, &out, &texts, close);
    arena_release(&texts);
    if (!answer)
        return NULL;
    *ret_status = out.status;
    *ret_length = out.body.n;
    return answer;
}

static void add_time(struct buf *out, int64_t us)
{
    char day_part[DAY_TEXT_SIZE];
    unsigned ms_of_day = (unsigned)(us % US_PER_DAY / 1000);
    unsigned seconds = ms_of_day / 1000;

    buf_format(out, "{\"time\":\"%sT%02u:%02u:%02u.%03uZ\"",
               day_text((day)(us / US_PER_DAY), day_part), seconds / 3600, seconds / 60 % 60,
               seconds % 60, ms_of_day % 1000);
}

static void add_text(struct buf *out, const char *key, struct str text)
{
    buf_format(out, ",\"%s\":", key);
    json_write_text(text, out);
}

static struct str logged_path(const struct exchange *exchange)
{
    const struct server_handler *handler = exchange->handler;

    if (handler->logged_path)
        return handler->logged_path(handler->context, &exchange->request);
    return exchange->request.path;
}

void exchange_log_line(const struct exchange *exchange, enum log_address log_address,
                       bool sent_whole, int64_t ms, struct buf *out)
{
    const struct request *request = &exchange->request;
    struct address remote = request->remote;
    char text[ADDRESS_TEXT_SIZE];

    add_time(out, exchange->began_us);
    if (log_address == LOG_ADDRESS_BLURRED)
        remote = address_blurred(remote);
    if (log_address != LOG_ADDRESS_NONE)
        add_text(out, "address", str_from_c(address_text(remote, text)));
    if (request->method.p)
        add_text(out, "method", request->method);
    if (request->path.p) /* without the query, which may hold what people typed */
        add_text(out, "path", logged_path(exchange));
    buf_format(out, ",\"status\":%d,\"bytes\":%zu,\"ms\":%lld", exchange->status, exchange->length,
               (long long)ms);
    if (exchange->why.p)
        add_text(out, "why", exchange->why);
    if (!sent_whole)
        buf_add_c(out, ",\"broken\":true");
    buf_byte(out, '}');
}
