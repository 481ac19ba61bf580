/* What scheme_texts.h promises, on both engines. */
#include "register/scheme_texts.h"

#include <stdlib.h>

#include "engine.h"
#include "scheme/folder.h"
#include "store/installation.h"

#define CONF(title)                                                                                \
    "scheme small {\n"                                                                             \
    "  title \"" title "\"\n"                                                                      \
    "  zone Europe/London\n"                                                                       \
    "  organisation \"Sample Body\" {\n"                                                           \
    "    short \"SB\"\n"                                                                           \
    "  }\n"                                                                                        \
    "}\n"

#define DOCUMENT(edition, need)                                                                    \
    "criteria carpenter edition " edition " {\n"                                                   \
    "  vocabulary trade 1\n"                                                                       \
    "  require pass \"Pass\" {\n"                                                                  \
    "    count test >= " need "\n"                                                                 \
    "  }\n"                                                                                        \
    "}\n"

#define VOCABULARY(number, kind)                                                                   \
    "vocabulary trade " number " {\n"                                                              \
    "  record " kind " {\n"                                                                        \
    "  }\n"                                                                                        \
    "}\n"

static struct arena arena;
static struct diags diags;

static struct store *begin(void)
{
    struct store *store = engine_open_migrated(engine_database());
    char id[INSTALLATION_ID_SIZE];

    arena_init(&arena, (size_t)64 << 20);
    diags_init(&diags, &arena);
    check_ok(store, installation_ensure(store, NOW, "test", id));
    return store;
}

static void end(struct store *store)
{
    store_close(store);
    arena_release(&arena);
}

static const struct act command = { .now = NOW,
                                    .actor = ACTOR_COMMAND,
                                    .authority = STR("command line") };

#define FILES(...)                                                                                 \
    ((struct scheme_files){                                                                        \
        (struct scheme_file[]){ __VA_ARGS__ },                                                     \
        sizeof((struct scheme_file[]){ __VA_ARGS__ }) / sizeof(struct scheme_file), 0 })

static const struct scheme_file conf = { STR("scheme.conf"), STR(CONF("Small")) };
static const struct scheme_file first = { STR("criteria/first.criteria"), STR(DOCUMENT("1", "1")) };
static const struct scheme_file trade = { STR("vocabulary/trade.vocabulary"),
                                          STR(VOCABULARY("1", "test")) };

static struct scheme_files small(void)
{
    struct scheme_file *at = ARENA_ARRAY(&arena, 3, struct scheme_file);

    at[0] = conf;
    at[1] = first;
    at[2] = trade;
    return (struct scheme_files){ at, 3, 3 };
}

static struct scheme_loading load_as(struct store *store, struct scheme_files files, bool dry_run)
{
    struct scheme_loading loading = { 0 };

    check_ok(store, store_begin(store));
    check_ok(store, scheme_texts_load(store, &arena, &command, &files, dry_run, &diags, &loading));
    check_ok(store, store_commit(store));
    return loading;
}

static struct scheme_loading load(struct store *store, struct scheme_files files)
{
    return load_as(store, files, false);
}

/* What must leave everything as it is. */
static struct scheme_loading load_refused(struct store *store, struct scheme_files files)
{
    int64_t entries = ask(store, "SELECT count(*) FROM journal");
    int64_t texts = ask(store, "SELECT count(*) FROM scheme_text");
    struct scheme_loading loading = load(store, files);

    assert_int_equal(loading.position, 0);
    assert_int_equal(ask(store, "SELECT count(*) FROM journal"), entries);
    assert_int_equal(ask(store, "SELECT count(*) FROM scheme_text"), texts);
    return loading;
}

static struct str bytes_at(struct store *store, int64_t position, const char *path)
{
    const struct scheme_file *file;
    struct scheme_files files;

    check_ok(store, scheme_files_at(store, &arena, position, &files));
    file = scheme_file_find(&files, str_from_c(path));
    return file ? file->bytes : STR_NONE;
}

/* ---- loading ---- */

static void a_scheme_is_loaded_whole(void **state)
{
    struct store *store = begin();
    struct scheme_loading loading = load(store, small());
    struct scheme_side side;

    (void)state;
    assert_int_equal(loading.position, 1);
    assert_int_equal(loading.difference.file_count, 3);
    assert_int_equal(loading.difference.files[0].presence, ADDED);
    assert_int_equal(loading.difference.edition_count, 2);
    assert_int_equal(loading.adopted, 2);
    assert_int_equal(ask(store, "SELECT count(*) FROM scheme_edition"), 2);
    assert_int_equal(ask(store, "SELECT adopted_position FROM scheme_edition"
                                " WHERE kind = 'vocabulary'"),
                     1);
    assert_int_equal(ask(store, "SELECT count(*) FROM journal"
                                " WHERE operation = 'scheme-loaded' AND subject_kind IS NULL"),
                     1);
    check_ok(store, scheme_side_at(store, &arena, SCHEME_NOW, &diags, &side));
    check_str(side.scheme->title, "Small");
    assert_int_equal(library_count(side.scheme->library), 1);
    assert_int_equal(diags.count, 0);
    end(store);
}

static void the_same_again_changes_nothing(void **state)
{
    struct store *store = begin();
    struct scheme_files unformatted = FILES(
        conf, trade,
        { STR("criteria/first.criteria"), STR("criteria carpenter edition 1 { vocabulary trade 1\n"
                                              "require pass \"Pass\" {count test >= 1 } }") });

    (void)state;
    load(store, small());
    assert_int_equal(load_refused(store, small()).difference.file_count, 0);
    assert_int_equal(load_refused(store, unformatted).difference.file_count, 0);
    end(store);
}

static void what_is_new_is_added_and_what_is_gone_goes(void **state)
{
    static const struct scheme_file second = { STR("criteria/second.criteria"),
                                               STR(DOCUMENT("2", "5")) };
    static const struct scheme_file note = { STR("README.md"), STR("A sample.\n") };
    struct store *store = begin();
    struct scheme_loading loading;

    (void)state;
    load(store, FILES(conf, first, trade, note));
    loading = load(store, FILES(conf, first, trade, second));
    assert_int_equal(loading.position, 2);
    assert_int_equal(loading.adopted, 1);
    assert_int_equal(loading.difference.file_count, 2);
    check_str(loading.difference.files[0].path, "README.md");
    assert_int_equal(loading.difference.files[0].presence, REMOVED);
    check_str(loading.difference.files[1].path, "criteria/second.criteria");
    assert_int_equal(loading.difference.edition_count, 1);
    check_str(edition_number_text(&arena, loading.difference.editions[0].number), "2");
    assert_int_equal(ask(store, "SELECT count(*) FROM scheme_edition"), 3);
    end(store);
}

static void other_texts_can_change(void **state)
{
    struct store *store = begin();
    struct scheme_loading loading;

    (void)state;
    load(store, small());
    loading = load(store, FILES({ STR("scheme.conf"), STR(CONF("Larger")) }, first, trade));
    assert_int_equal(loading.position, 2);
    assert_int_equal(loading.difference.file_count, 1);
    assert_int_equal(loading.difference.files[0].presence, PRESENT_IN_BOTH);
    assert_int_equal(loading.difference.edition_count, 0);
    end(store);
}

static void a_trial_writes_nothing(void **state)
{
    struct store *store = begin();
    struct scheme_loading loading = load_as(store, small(), true);

    (void)state;
    assert_int_equal(loading.position, 0);
    assert_int_equal(loading.difference.file_count, 3);
    assert_int_equal(ask(store, "SELECT count(*) FROM journal"), 0);
    assert_int_equal(ask(store, "SELECT count(*) FROM scheme_text"), 0);
    assert_int_equal(ask(store, "SELECT count(*) FROM scheme_edition"), 0);
    end(store);
}

/* ---- refusals ---- */

static void a_changed_edition_is_refused_with_what_changed(void **state)
{
    struct store *store = begin();
    struct scheme_loading loading;

    (void)state;
    load(store, small());
    loading =
        load_refused(store, FILES({ STR("scheme.conf"), STR(CONF("Larger")) }, trade,
                                  { STR("criteria/first.criteria"), STR(DOCUMENT("1", "2")) }));
    assert_int_equal(loading.refused_count, 1);
    check_str(loading.refused[0].name, "carpenter");
    assert_int_equal(loading.refused[0].presence, PRESENT_IN_BOTH);
    assert_non_null(loading.refused[0].old);
    assert_non_null(loading.refused[0].new);
    check_str(bytes_at(store, SCHEME_NOW, "scheme.conf"), CONF("Small"));
    end(store);
}

static void a_comment_in_an_adopted_edition_is_a_change(void **state)
{
    struct store *store = begin();

    (void)state;
    load(store, small());
    assert_int_equal(load_refused(store, FILES(conf, trade,
                                               { STR("criteria/first.criteria"),
                                                 STR("# Said later.\n" DOCUMENT("1", "1")) }))
                         .refused_count,
                     1);
    end(store);
}

static void an_edition_that_is_gone_is_refused(void **state)
{
    struct store *store = begin();
    struct scheme_loading loading;

    (void)state;
    load(store, small());
    loading = load_refused(
        store, FILES(conf, trade, { STR("criteria/second.criteria"), STR(DOCUMENT("2", "1")) }));
    assert_int_equal(loading.refused_count, 1);
    assert_int_equal(loading.refused[0].presence, REMOVED);
    assert_null(loading.refused[0].new);
    end(store);
}

static void a_vocabulary_that_an_adopted_standard_names_is_adopted_too(void **state)
{
    struct store *store = begin();
    struct scheme_loading loading;

    (void)state;
    load(store, small());
    loading =
        load_refused(store, FILES(conf, first,
                                  { STR("vocabulary/trade.vocabulary"), STR("vocabulary trade 1 {\n"
                                                                            "  record test {\n"
                                                                            "  }\n"
                                                                            "  record trial {\n"
                                                                            "  }\n"
                                                                            "}\n") }));
    assert_int_equal(loading.refused_count, 1);
    assert_true(loading.refused[0].vocabulary);
    end(store);
}

static void a_vocabulary_that_no_standard_names_can_change(void **state)
{
    static const struct scheme_file draft = { STR("vocabulary/next.vocabulary"),
                                              STR(VOCABULARY("2", "test")) };
    static const struct scheme_file changed = { STR("vocabulary/next.vocabulary"),
                                                STR(VOCABULARY("2", "trial")) };
    struct store *store = begin();

    (void)state;
    load(store, FILES(conf, first, trade, draft));
    assert_int_equal(load(store, FILES(conf, first, trade, changed)).position, 2);
    assert_int_equal(load(store, small()).position, 3);
    end(store);
}

static void an_adopted_edition_may_move_to_another_file(void **state)
{
    struct store *store = begin();
    struct scheme_loading loading;

    (void)state;
    load(store, small());
    loading = load(store, FILES(conf, trade, { STR("criteria/moved.criteria"), first.bytes }));
    assert_int_equal(loading.position, 2);
    assert_int_equal(loading.refused_count, 0);
    assert_int_equal(loading.difference.file_count, 2);
    assert_int_equal(loading.difference.edition_count, 0);
    end(store);
}

static void refuses_faults(struct store *store, struct scheme_files files)
{
    struct scheme_loading loading = { 0 };

    diags_init(&diags, &arena);
    check_ok(store, store_begin(store));
    check_fails(store, scheme_texts_load(store, &arena, &command, &files, false, &diags, &loading),
                ERROR_INPUT);
    store_rollback(store);
    assert_true(diags.errors > 0);
}

static void faults_are_told_and_nothing_is_written(void **state)
{
    struct store *store = begin();

    (void)state;
    refuses_faults(store, FILES(conf, { STR("criteria/a.criteria"), STR("criterion") }));
    check_str(diags.list[0].span.source->name, "criteria/a.criteria");
    refuses_faults(store, FILES(first, trade));
    refuses_faults(store, FILES(conf, first, trade, { STR("../README.md"), STR("out") }));
    refuses_faults(store, FILES(conf, first, trade, { STR("criteria/a.conf"), STR("other") }));
    refuses_faults(store, FILES(conf, first, trade, conf));
    assert_int_equal(ask(store, "SELECT count(*) FROM scheme_text"), 0);
    end(store);
}

static void a_file_that_is_too_large_is_refused(void **state)
{
    struct store *store = begin();
    char *bytes = ARENA_ARRAY(&arena, SCHEME_TEXT_MAX + 1, char);

    (void)state;
    refuses_faults(store,
                   FILES(conf, first, trade, { STR("README.md"), { bytes, SCHEME_TEXT_MAX + 1 } }));
    end(store);
}

/* ---- as it was ---- */

static void the_scheme_is_known_as_it_was_at_a_position(void **state)
{
    static const struct scheme_file note = { STR("README.md"), STR("A sample.\n") };
    struct store *store = begin();
    struct scheme_side side;
    int64_t version = -1;

    (void)state;
    load(store, small());
    load(store, FILES({ STR("scheme.conf"), STR(CONF("Larger")) }, first, trade, note));
    load(store, FILES({ STR("scheme.conf"), STR(CONF("Larger")) }, first, trade));
    check_str(bytes_at(store, 1, "scheme.conf"), CONF("Small"));
    check_str(bytes_at(store, 2, "scheme.conf"), CONF("Larger"));
    check_str(bytes_at(store, 3, "scheme.conf"), CONF("Larger"));
    assert_null(bytes_at(store, 1, "README.md").p);
    check_str(bytes_at(store, 2, "README.md"), "A sample.\n");
    assert_null(bytes_at(store, 3, "README.md").p);
    check_ok(store, scheme_side_at(store, &arena, 1, &diags, &side));
    check_str(side.scheme->title, "Small");
    check_ok(store, scheme_version_at(store, 2, &version));
    assert_int_equal(version, 2);
    check_ok(store, scheme_version_at(store, SCHEME_NOW, &version));
    assert_int_equal(version, 3);
    end(store);
}

static void before_the_first_loading_there_is_none(void **state)
{
    struct store *store = begin();
    struct scheme_side side;
    int64_t version = -1;

    (void)state;
    check_fails(store, scheme_side_at(store, &arena, SCHEME_NOW, &diags, &side), SCHEME_MISSING);
    check_ok(store, scheme_version_at(store, SCHEME_NOW, &version));
    assert_int_equal(version, 0);
    end(store);
}

/* ---- the scheme that is shipped ---- */

static void the_mediation_scheme_comes_back_as_it_was(void **state)
{
    struct store *store = begin();
    const char *root = getenv("ASSAY_SOURCE");
    struct scheme_files folder;
    struct scheme_files read;

    (void)state;
    assert_non_null(root);
    assert_false(failed(scheme_folder_read(
        &arena, str_format(&arena, "%s/schemes/mediation", root).p, &diags, &folder)));
    load(store, folder);
    check_ok(store, scheme_files_at(store, &arena, SCHEME_NOW, &read));
    assert_int_equal(read.count, folder.count);
    for (size_t i = 0; i < read.count; i++)
        assert_true(str_eq(scheme_file_find(&folder, read.at[i].path)->bytes, read.at[i].bytes));
    assert_int_equal(load_refused(store, read).difference.file_count, 0);
    end(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scheme_is_loaded_whole),
        cmocka_unit_test(the_same_again_changes_nothing),
        cmocka_unit_test(what_is_new_is_added_and_what_is_gone_goes),
        cmocka_unit_test(other_texts_can_change),
        cmocka_unit_test(a_trial_writes_nothing),
        cmocka_unit_test(a_changed_edition_is_refused_with_what_changed),
        cmocka_unit_test(a_comment_in_an_adopted_edition_is_a_change),
        cmocka_unit_test(an_edition_that_is_gone_is_refused),
        cmocka_unit_test(a_vocabulary_that_an_adopted_standard_names_is_adopted_too),
        cmocka_unit_test(a_vocabulary_that_no_standard_names_can_change),
        cmocka_unit_test(an_adopted_edition_may_move_to_another_file),
        cmocka_unit_test(faults_are_told_and_nothing_is_written),
        cmocka_unit_test(a_file_that_is_too_large_is_refused),
        cmocka_unit_test(the_scheme_is_known_as_it_was_at_a_position),
        cmocka_unit_test(before_the_first_loading_there_is_none),
        cmocka_unit_test(the_mediation_scheme_comes_back_as_it_was),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
