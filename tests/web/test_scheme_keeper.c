/* A site follows the scheme of its database, on both engines. */
#include "web/scheme_keeper.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "folder.h"
#include "register/scheme_texts.h"
#include "web/scheme_start.h"

#define PATIENCE_MS 20000

#define CONF(title, zone)                                                                          \
    "scheme small {\n"                                                                             \
    "  title \"" title "\"\n"                                                                      \
    "  zone " zone "\n"                                                                            \
    "  organisation \"Sample Body\" {\n"                                                           \
    "    short \"SB\"\n"                                                                           \
    "  }\n"                                                                                        \
    "}\n"

static struct scheme_file sample[] = {
    { STR("scheme.conf"), STR(CONF("First", "Europe/London")) },
    { STR("criteria/a.criteria"), STR("criteria a edition 1 {\n"
                                      "  require b \"B\" {\n"
                                      "    count test >= 1\n"
                                      "  }\n"
                                      "}\n") },
};
static const struct scheme_files sample_files = { sample, 2, 2 };

struct fixture {
    struct folder folder;
    struct instance *instance;
    struct site *site;
    struct scheme_keeper *keeper;
    pthread_mutex_t lock;
    char told[400]; /* the last message */
};

static day today(void *context)
{
    (void)context;
    return 20781;
}

static int64_t now_ms(void *context)
{
    (void)context;
    return 0;
}

static void tell(void *context, struct str message)
{
    struct fixture *f = context;

    pthread_mutex_lock(&f->lock);
    snprintf(f->told, sizeof(f->told), "%.*s", STR_ARG(message));
    pthread_mutex_unlock(&f->lock);
}

static void begin(struct fixture *f)
{
    struct site_settings settings = { .base = STR("https://standards.example.org"),
                                      .today = today,
                                      .now_ms = now_ms };
    struct scheme_keeper_settings keeping = { .tell = tell, .context = f };
    struct scheme_snapshot *first;
    struct str message = STR_NONE;
    struct diags diags;
    size_t changed = 0;

    *f = (struct fixture){ .lock = PTHREAD_MUTEX_INITIALIZER };
    sample[0].bytes = STR(CONF("First", "Europe/London"));
    folder_begin(&f->folder);
    f->instance = folder_open(&f->folder, INSTANCE_MAKE);
    if (failed(scheme_start(f->instance, &sample_files, NOW, &f->folder.arena, &first, &changed,
                            &message)))
        fail_msg("%.*s", STR_ARG(message));
    assert_int_equal(changed, 2);
    diags_init(&diags, &f->folder.arena);
    settings.scheme = first;
    assert_false(failed(site_new(&settings, &diags, &f->site)));
    scheme_snapshot_release(first);
    keeping.instance = f->instance;
    keeping.site = f->site;
    f->keeper = scheme_keeper_start(&keeping);
    assert_non_null(f->keeper);
}

static void end(struct fixture *f)
{
    scheme_keeper_stop(f->keeper);
    site_free(f->site);
    instance_close(f->instance);
    folder_end(&f->folder);
}

/* Whether the scheme of now has that title. */
static bool shows(struct fixture *f, const char *title)
{
    struct scheme_snapshot *now = site_scheme(f->site);
    bool same = str_eq_c(scheme_snapshot_scheme(now)->title, title);

    scheme_snapshot_release(now);
    return same;
}

static bool waits_for(struct fixture *f, bool (*holds)(struct fixture *f, const char *),
                      const char *what)
{
    for (int ms = 0; ms < PATIENCE_MS; ms += 20) {
        if (holds(f, what))
            return true;
        nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
    }
    return false;
}

static bool was_told(struct fixture *f, const char *words)
{
    bool told;

    pthread_mutex_lock(&f->lock);
    told = strstr(f->told, words) != NULL;
    pthread_mutex_unlock(&f->lock);
    return told;
}

static struct result load(struct store *store, void *context)
{
    const struct act act = { .now = NOW, .actor = ACTOR_COMMAND, .authority = STR("test") };
    struct scheme_loading loading;
    struct diags diags;

    diags_init(&diags, context);
    return scheme_texts_load(store, context, &act, &sample_files, false, &diags, &loading);
}

/* As somebody else would, who does not tell the keeper. */
static void change(struct fixture *f, const char *conf)
{
    sample[0].bytes = str_from_c(conf);
    assert_false(failed(writer_perform(instance_writer(f->instance), load, &f->folder.arena,
                                       &f->folder.arena, NULL)));
}

static void what_others_load_is_found(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    assert_true(shows(&f, "First"));
    change(&f, CONF("Second", "Europe/London"));
    assert_true(waits_for(&f, shows, "Second"));
    assert_string_equal(f.told, "");
    end(&f);
}

static void who_tells_the_keeper_need_not_wait(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    for (int i = 0; i < 10; i++) {
        change(&f, i % 2 == 0 ? CONF("Even", "Europe/London") : CONF("Odd", "Europe/London"));
        scheme_keeper_look(f.keeper);
        assert_true(shows(&f, i % 2 == 0 ? "Even" : "Odd"));
    }
    end(&f);
}

static void another_zone_is_told(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    change(&f, CONF("Second", "Asia/Singapore"));
    assert_true(waits_for(&f, was_told, "Asia/Singapore"));
    end(&f);
}

/* Loads it, and spoils it in the same transaction. */
static struct result load_spoiled(struct store *store, void *context)
{
    TRY(load(store, context));
    return store_run(store,
                     "UPDATE scheme_text SET bytes = $1"
                     " WHERE path = 'scheme.conf' AND superseded_position IS NULL",
                     PARAMS(datum_bytes(STR("schema"))));
}

/* As where a later version of the program finds faults in what an earlier one took. */
static void a_scheme_with_faults_leaves_the_one_before(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    sample[0].bytes = STR(CONF("Second", "Europe/London"));
    assert_false(failed(writer_perform(instance_writer(f.instance), load_spoiled, &f.folder.arena,
                                       &f.folder.arena, NULL)));
    scheme_keeper_look(f.keeper);
    assert_true(was_told(&f, "the scheme in the database has errors"));
    assert_true(shows(&f, "First"));
    change(&f, CONF("Third", "Europe/London"));
    scheme_keeper_look(f.keeper);
    assert_true(shows(&f, "Third"));
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_others_load_is_found),
        cmocka_unit_test(who_tells_the_keeper_need_not_wait),
        cmocka_unit_test(another_zone_is_told),
        cmocka_unit_test(a_scheme_with_faults_leaves_the_one_before),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
