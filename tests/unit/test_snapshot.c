#include "scheme/snapshot.h"

#include <pthread.h>

#include "unit.h"

#define THREADS 4
#define HOLDS 2000

static struct scheme_file sample[] = {
    { STR("scheme.conf"), STR("scheme small {\n"
                              "  title \"Small\"\n"
                              "  zone Europe/London\n"
                              "  organisation \"Sample Body\" {\n"
                              "    short \"SB\"\n"
                              "  }\n"
                              "}\n") },
    { STR("criteria/a.criteria"), STR("criteria a edition 1 {\n"
                                      "  require b \"B\" {\n"
                                      "    count test >= 1\n"
                                      "  }\n"
                                      "}\n") },
};
static const struct scheme_files sample_files = { sample, 2, 2 };

static struct scheme_snapshot *make(int64_t position)
{
    struct scheme_snapshot *snapshot = scheme_snapshot_new();
    struct arena arena;
    struct diags diags;

    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    assert_false(failed(scheme_snapshot_fill(snapshot, STR(""), &sample_files, position, &diags)));
    arena_release(&arena);
    return snapshot;
}

static void a_snapshot_stays_until_the_last_has_let_go(void **state)
{
    struct scheme_snapshot *snapshot = make(7);

    (void)state;
    assert_ptr_equal(scheme_snapshot_hold(snapshot), snapshot);
    scheme_snapshot_release(snapshot);
    check_str(scheme_snapshot_scheme(snapshot)->title, "Small");
    assert_int_equal(library_count(scheme_snapshot_scheme(snapshot)->library), 1);
    assert_int_equal(scheme_snapshot_position(snapshot), 7);
    scheme_snapshot_release(snapshot);
    scheme_snapshot_release(NULL);
}

static void faults_are_told_before_it_is_let_go(void **state)
{
    struct scheme_file faulty[] = { sample[0], { STR("criteria/a.criteria"), STR("criterion a") } };
    const struct scheme_files files = { faulty, 2, 2 };
    struct scheme_snapshot *snapshot = scheme_snapshot_new();
    struct arena arena;
    struct diags diags;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    assert_ptr_equal(scheme_snapshot_fill(snapshot, STR("DB"), &files, 1, &diags).error,
                     &ERROR_INPUT);
    assert_int_equal(diags.errors, 1);
    check_str(diags.list[0].span.source->name, "DB/criteria/a.criteria");
    scheme_snapshot_release(snapshot);
    arena_release(&arena);
}

static void *hold_often(void *snapshot)
{
    for (int i = 0; i < HOLDS; i++) {
        struct scheme_snapshot *held = scheme_snapshot_hold(snapshot);

        assert_non_null(scheme_snapshot_scheme(held)->conf);
        scheme_snapshot_release(held);
    }
    scheme_snapshot_release(snapshot);
    return NULL;
}

static void threads_share_it(void **state)
{
    struct scheme_snapshot *snapshot = make(1);
    pthread_t threads[THREADS];

    (void)state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, hold_often, scheme_snapshot_hold(snapshot)), 0);
    scheme_snapshot_release(snapshot);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_snapshot_stays_until_the_last_has_let_go),
        cmocka_unit_test(faults_are_told_before_it_is_let_go),
        cmocka_unit_test(threads_share_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
