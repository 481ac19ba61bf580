/* A site whose scheme is replaced while it answers. */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "site_fixture.h"

#define THREADS 4
#define ROUNDS 40

static struct scheme_file files[2][2] = {
    { { STR("scheme.conf"), STR_NONE },
      { STR("criteria/a.criteria"), STR("criteria a edition 1 {\n"
                                        "  title \"Old words\"\n"
                                        "  require b \"Old words\" {\n"
                                        "    count test >= 1\n"
                                        "  }\n"
                                        "}\n") } },
    { { STR("scheme.conf"), STR_NONE },
      { STR("criteria/a.criteria"), STR("criteria a edition 2 {\n"
                                        "  title \"New words\"\n"
                                        "  require b \"New words\" {\n"
                                        "    count test >= 1\n"
                                        "  }\n"
                                        "}\n") } },
};

#define CONF(title, ink)                                                                           \
    "scheme small {\n"                                                                             \
    "  title \"" title " words\"\n"                                                                \
    "  zone Europe/London\n"                                                                       \
    "  organisation \"Sample Body\" {\n"                                                           \
    "    short \"SB\"\n"                                                                           \
    "  }\n"                                                                                        \
    "  colours {\n"                                                                                \
    "    ink \"" ink "\" dark \"#000002\"\n"                                                       \
    "    paper \"#fffff3\" dark \"#000004\"\n"                                                     \
    "    accent \"#000005\" dark \"#000006\"\n"                                                    \
    "    gold \"#000007\" dark \"#000008\"\n"                                                      \
    "  }\n"                                                                                        \
    "}\n"

static struct scheme_snapshot *make(int which)
{
    struct scheme_snapshot *snapshot = scheme_snapshot_new();
    struct arena arena;
    struct diags diags;

    files[0][0].bytes = STR(CONF("Old", "#000001"));
    files[1][0].bytes = STR(CONF("New", "#000011"));
    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    if (failed(scheme_snapshot_fill(snapshot, STR(""), &(struct scheme_files){ files[which], 2, 2 },
                                    which + 1, &diags)))
        fixture_faults(&diags, "the sample has faults");
    arena_release(&arena);
    return snapshot;
}

static void a_new_scheme_shows_at_once_and_kept_pages_go(void **state)
{
    struct scheme_snapshot *new = make(1);
    struct site_fixture f;

    (void)state;
    fixture_begin(&f);
    for (int i = 0; i < 2; i++)
        check_has(fixture_get(&f, "/certifications/imi-certified-mediator"), "IMI");
    assert_true(f.quick);
    site_set_scheme(f.site, new);
    check_has(fixture_get(&f, "/certifications/a"), "New words");
    assert_false(f.quick);
    fixture_get(&f, "/certifications/imi-certified-mediator");
    assert_int_equal(f.response.status, 404);
    scheme_snapshot_release(new);
    new = site_scheme(f.site);
    assert_int_equal(scheme_snapshot_position(new), 2);
    scheme_snapshot_release(new);
    fixture_end(&f);
}

static void an_answer_stays_whole_when_its_scheme_goes(void **state)
{
    struct scheme_snapshot *old = make(0);
    struct scheme_snapshot *new = make(1);
    struct site_fixture f;
    struct str page;

    (void)state;
    fixture_begin(&f);
    site_set_scheme(f.site, old);
    scheme_snapshot_release(old);
    page = fixture_get(&f, "/certifications/a?x=y");
    site_set_scheme(f.site, new);
    scheme_snapshot_release(new);
    check_has(page, "Old words");
    assert_false(has(page, "New words"));
    fixture_end(&f);
}

static void an_edition_that_was_never_in_force_can_be_shown(void **state)
{
    struct scheme_file both[] = {
        { STR("scheme.conf"), STR(CONF("New", "#000011")) },
        { STR("criteria/a.criteria"), files[0][1].bytes },
        { STR("criteria/b.criteria"), files[1][1].bytes },
    };
    struct scheme_snapshot *snapshot = scheme_snapshot_new();
    struct site_fixture f;
    struct str page;

    (void)state;
    fixture_begin(&f);
    assert_false(failed(scheme_snapshot_fill(snapshot, STR(""),
                                             &(struct scheme_files){ both, 3, 3 }, 3, &f.diags)));
    site_set_scheme(f.site, snapshot);
    scheme_snapshot_release(snapshot);
    page = fixture_get(&f, "/certifications/a/editions/1.json");
    assert_int_equal(f.response.status, 200);
    check_has(page, "\"in_force_until\": null");
    check_has(page, "\"state\": \"superseded\"");
    fixture_get(&f, "/certifications/a");
    assert_int_equal(f.response.status, 200);
    fixture_end(&f);
}

/* ---- many at once ---- */

struct asker {
    struct site_fixture *f;
    atomic_bool *stop;
    pthread_t thread;
    size_t answers;
    size_t torn; /* neither the old nor the new one whole */
};

static bool is_whole(struct str page)
{
    return has(page, "Old words") != has(page, "New words");
}

static void ask_once(struct asker *asker, const char *path, struct arena *arena)
{
    const struct server_handler *handler = &asker->f->handler;
    struct request request = { .arena = arena,
                               .method = STR("GET"),
                               .path = str_from_c(path),
                               .query = STR_NONE,
                               .body = STR("") };
    struct response response;
    struct str page;

    response_init(&response, arena);
    if (!handler->quick(handler->context, &request, &response))
        handler->answer(handler->context, &request, &response);
    page = response.prepared ? prepared_body(response.prepared, ENCODING_IDENTITY) : response.body;
    asker->answers++;
    asker->torn += response.status == 200 && is_whole(page) ? 0 : 1;
    response_release(&response);
    arena_clear(arena);
}

static void *ask(void *context)
{
    static const char *const paths[] = { "/certifications/a", "/certifications", "/",
                                         "/certifications/a.json" };
    struct asker *asker = context;
    struct arena arena;

    arena_init(&arena, (size_t)16 * 1024 * 1024);
    for (size_t i = 0; !atomic_load(asker->stop); i++)
        ask_once(asker, paths[i % ARRAY_LEN(paths)], &arena);
    arena_release(&arena);
    return NULL;
}

static void no_page_mixes_two_schemes(void **state)
{
    struct scheme_snapshot *schemes[] = { make(0), make(1) };
    struct asker askers[THREADS];
    atomic_bool stop = false;
    struct site_fixture f;

    (void)state;
    fixture_begin(&f);
    site_set_scheme(f.site, schemes[0]);
    for (size_t i = 0; i < THREADS; i++) {
        askers[i] = (struct asker){ .f = &f, .stop = &stop };
        assert_int_equal(pthread_create(&askers[i].thread, NULL, ask, &askers[i]), 0);
    }
    for (int i = 1; i <= ROUNDS; i++) {
        site_set_scheme(f.site, schemes[i % 2]);
        usleep(5000);
    }
    atomic_store(&stop, true);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(askers[i].thread, NULL), 0);
        assert_true(askers[i].answers > 0);
        assert_int_equal(askers[i].torn, 0);
    }
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
        scheme_snapshot_release(schemes[i]);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_scheme_shows_at_once_and_kept_pages_go),
        cmocka_unit_test(an_answer_stays_whole_when_its_scheme_goes),
        cmocka_unit_test(an_edition_that_was_never_in_force_can_be_shown),
        cmocka_unit_test(no_page_mixes_two_schemes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
