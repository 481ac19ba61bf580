/*
 * The site of the sample scheme, asked with any bytes: what the gate lets through is answered
 * within the bounds of a worker, by a response that can be sent. What stands ready says the same as
 * what is made anew.
 */
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include "base/diag.h"
#include "http/head.h"
#include "http/prepared.h"
#include "web/site.h"

#define TODAY 20780
#define ARENA_MAX ((size_t)16 * 1024 * 1024)
#define SCHEME "tests/cli/scheme"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena memory;
static struct server_handler handler;
static int64_t time_ms;

static day today(void *context)
{
    (void)context;
    return TODAY;
}

/* Each look at the clock takes a while, so that what is bounded in time ends soon. */
static int64_t now_ms(void *context)
{
    (void)context;
    return time_ms += 50;
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    struct site_settings settings = {
        .base = STR("https://example.org"),
        .today = today,
        .now_ms = now_ms,
    };
    struct diags diags;
    struct site *site;

    (void)count;
    (void)arguments;
    arena_init(&memory, ARENA_UNLIMITED);
    diags_init(&diags, &memory);
    settings.scheme = scheme_snapshot_new();
    if (failed(scheme_snapshot_read(settings.scheme, SCHEME, &diags)))
        BUG("there is no %s here; run this at the root of the project", SCHEME);
    BUG_IF(failed(site_new(&settings, &diags, &site)));
    site_handler(site, &handler);
    return 0;
}

/* The head as the gate writes it for request_read. */
static struct str joined(struct arena *arena, struct str head)
{
    struct buf out;

    buf_init(&out, head.n);
    for (size_t i = 0; i + 4 < head.n; i++)
        if (head.p[i] == '\n')
            buf_byte(&out, '\t');
        else if (head.p[i] != '\r')
            buf_byte(&out, head.p[i] == '\t' ? ' ' : head.p[i]);
    return buf_take(&out, arena);
}

static bool read_request(struct arena *arena, struct str bytes, struct request *request)
{
    struct framing framing;
    size_t scanned = 0;
    size_t length;

    if (head_find_end(bytes, &scanned, &length) != HEAD_ENDS || length > HEAD_MAX ||
        head_check(str_take(bytes, length), &framing).status != 0 ||
        failed(request_read(arena, joined(arena, str_take(bytes, length)), request)))
        return false;
    request->body = str_drop(bytes, length);
    return request->body.n <= handler.body_max(handler.context, request);
}

/* As a worker does, in an arena of its own. */
static void answer(const struct request *head, struct arena *arena, struct response *response)
{
    struct request request = *head;
    jmp_buf full;

    request.arena = arena;
    arena_init(arena, ARENA_MAX);
    response_init(response, arena);
    arena_on_full(arena, &full);
    if (setjmp(full)) {
        response_release(response);
        response_init(response, arena);
    } else if (!handler.quick(handler.context, &request, response)) {
        handler.answer(handler.context, &request, response);
    }
    BUG_IF(response->faulty);
    BUG_IF(response->status < 200 || response->status > 599);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct request request = { .remote = { .family = FAMILY_NONE } };
    struct response responses[2];
    struct arena arenas[2];
    struct arena arena;

    arena_init(&arena, ARENA_MAX);
    if (read_request(&arena, (struct str){ (const char *)data, size }, &request)) {
        for (size_t i = 0; i < 2; i++)
            answer(&request, &arenas[i], &responses[i]);
        BUG_IF(responses[0].status != responses[1].status);
        BUG_IF(responses[0].prepared && responses[0].prepared != responses[1].prepared);
        for (size_t i = 0; i < 2; i++) {
            response_release(&responses[i]);
            arena_release(&arenas[i]);
        }
    }
    arena_release(&arena);
    return 0;
}
