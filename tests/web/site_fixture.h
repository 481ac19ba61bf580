/*
 * site_fixture.h - the site of the shipped scheme, asked without a socket.
 */
#ifndef ASSAY_TESTS_SITE_FIXTURE_H
#define ASSAY_TESTS_SITE_FIXTURE_H

#include <stdlib.h>
#include <string.h>

#include "http/message.h"
#include "http/prepared.h"
#include "http/server.h"
#include "unit.h"
#include "web/site.h"

#define TODAY "2026-11-23"
#define FIXTURE_NOW INT64_C(1795435200000000) /* noon of that day, UTC */
#define BASE "https://standards.example.org"

struct site_fixture {
    struct arena arena;   /* of the scheme and what is made beside it */
    struct arena request; /* of one request and its answer */
    struct diags diags;
    struct diags drift;
    struct scheme_snapshot *snapshot;
    const struct scheme *scheme;
    struct site *site;
    struct server_handler handler;
    struct response response;
    day today;
    int64_t now;
    bool quick; /* the last answer stood ready */
};

/* A request; what is NULL is not sent. */
struct ask {
    const char *method; /* GET */
    const char *path;   /* "/x?y=z", its path decoded */
    const char *headers[8][2];
    struct str body;
};

static inline day fixture_today(void *context)
{
    return ((const struct site_fixture *)context)->today;
}

static inline int64_t fixture_now_ms(void *context)
{
    (void)context;
    return 0;
}

/* Where the sources stand, also for a program that was not started by meson. */
static inline const char *source_root(void)
{
    const char *root = getenv("ASSAY_SOURCE");

    return root ? root : ".";
}

static inline void fixture_faults(const struct diags *diags, const char *what)
{
    struct buf out;

    if (diags->count == 0)
        return;
    buf_init(&out, 1000000);
    diags_print(&((struct diags[]){ *diags })[0], &out, false);
    fail_msg("%s:\n%.*s", what, STR_ARG(buf_str(&out)));
}

static inline int64_t fixture_now(void *context)
{
    return ((const struct site_fixture *)context)->now;
}

/* The site of the scheme in a folder: an absolute path, or one from the sources' root. What the
   settings say besides (base, dev_root, the database) is for the caller. */
static inline void fixture_begin_as(struct site_fixture *f, const char *scheme,
                                    struct site_settings settings)
{
    struct str folder;

    *f = (struct site_fixture){ .today = DAY_NONE, .now = FIXTURE_NOW };
    settings.today = fixture_today;
    settings.now_ms = fixture_now_ms;
    settings.now = fixture_now;
    settings.clock = f;
    settings.drift = &f->drift;
    arena_init(&f->arena, ARENA_UNLIMITED);
    arena_init(&f->request, (size_t)16 * 1024 * 1024);
    diags_init(&f->diags, &f->arena);
    diags_init(&f->drift, &f->arena);
    assert_true(day_parse(STR(TODAY), &f->today));
    folder = str_from_c(scheme);
    if (scheme[0] != '/')
        folder = str_format(&f->arena, "%s/%s", source_root(), scheme);
    f->snapshot = scheme_snapshot_new();
    if (failed(scheme_snapshot_read(f->snapshot, folder.p, &f->diags)))
        fixture_faults(&f->diags, "the scheme has faults");
    f->scheme = scheme_snapshot_scheme(f->snapshot);
    settings.scheme = f->snapshot;
    if (failed(site_new(&settings, &f->diags, &f->site)))
        fixture_faults(&f->diags, "the site has faults");
    assert_non_null(f->site);
    site_handler(f->site, &f->handler);
}

static inline void fixture_begin_with(struct site_fixture *f, const char *scheme, const char *base,
                                      const char *dev_root)
{
    fixture_begin_as(f, scheme,
                     (struct site_settings){ .base = str_from_c(base), .dev_root = dev_root });
}

static inline void fixture_begin_at(struct site_fixture *f, const char *base, const char *dev_root)
{
    fixture_begin_with(f, "schemes/mediation", base, dev_root);
}

static inline void fixture_begin(struct site_fixture *f)
{
    fixture_begin_at(f, BASE, NULL);
}

static inline void fixture_end(struct site_fixture *f)
{
    response_release(&f->response);
    site_free(f->site);
    scheme_snapshot_release(f->snapshot);
    arena_release(&f->request);
    arena_release(&f->arena);
}

static inline struct request fixture_request(struct site_fixture *f, const struct ask *ask)
{
    struct request request = { .arena = &f->request, .body = ask->body };
    struct header *headers = ARENA_ARRAY(&f->request, ARRAY_LEN(ask->headers), struct header);

    if (!request.body.p)
        request.body = STR("");
    request.method = str_from_c(ask->method ? ask->method : "GET");
    request.query = str_split(str_from_c(ask->path), '?', &request.path);
    for (; request.header_count < ARRAY_LEN(ask->headers) && ask->headers[request.header_count][0];
         request.header_count++) {
        const char *const *row = ask->headers[request.header_count];

        headers[request.header_count] = (struct header){ str_from_c(row[0]), str_from_c(row[1]) };
    }
    request.headers = headers;
    return request;
}

/* Asks as the server does: the quick one first. Gives the body as it is without compression. */
static inline struct str fixture_send(struct site_fixture *f, const struct ask *ask)
{
    struct request request;

    response_release(&f->response);
    arena_clear(&f->request);
    request = fixture_request(f, ask);
    response_init(&f->response, &f->request);
    f->quick = f->handler.quick(f->handler.context, &request, &f->response);
    if (!f->quick)
        f->handler.answer(f->handler.context, &request, &f->response);
    assert_false(f->response.faulty);
    fixture_faults(&f->drift, ask->path);
    if (f->response.prepared)
        return prepared_body(f->response.prepared, ENCODING_IDENTITY);
    return f->response.body;
}

static inline struct str fixture_get(struct site_fixture *f, const char *path)
{
    return fixture_send(f, &(struct ask){ .path = path });
}

/* The first header of that name, or STR_NONE. */
static inline struct str fixture_header(const struct site_fixture *f, const char *name)
{
    for (size_t i = 0; i < f->response.header_count; i++)
        if (str_eq_c(f->response.headers[i].name, name))
            return f->response.headers[i].value;
    return STR_NONE;
}

static inline struct str fixture_type(const struct site_fixture *f)
{
    return f->response.prepared ? prepared_type(f->response.prepared)
                                : fixture_header(f, "Content-Type");
}

static inline bool has(struct str text, const char *part)
{
    return memmem(text.p, text.n, part, str_from_c(part).n) != NULL;
}

static inline void check_has(struct str text, const char *part)
{
    if (!has(text, part))
        fail_msg("'%s' is not in:\n%.*s", part, STR_ARG(text));
}

#endif
