#include "scheme/difference.h"

#include "unit.h"

#define CONF(title)                                                                                \
    "scheme small {\n"                                                                             \
    "  title \"" title "\"\n"                                                                      \
    "  zone Europe/London\n"                                                                       \
    "  organisation \"Sample Body\" {\n"                                                           \
    "    short \"SB\"\n"                                                                           \
    "  }\n"                                                                                        \
    "}\n"

#define DOCUMENT(name, edition, need)                                                              \
    "criteria " name " edition " edition " {\n"                                                    \
    "  vocabulary trade 1\n"                                                                       \
    "  require pass \"Pass\" {\n"                                                                  \
    "    count test >= " need "\n"                                                                 \
    "  }\n"                                                                                        \
    "}\n"

#define TRADE(kind)                                                                                \
    "vocabulary trade 1 {\n"                                                                       \
    "  record test {\n"                                                                            \
    "  }\n"                                                                                        \
    "  record " kind " {\n"                                                                        \
    "  }\n"                                                                                        \
    "}\n"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct scheme_side side_of(const struct scheme_file *files, size_t count)
{
    struct scheme_side side = { 0 };
    struct scheme *scheme;
    struct diags diags;

    for (size_t i = 0; i < count; i++)
        *ARENA_PUSH(&arena, side.files.at, side.files.count, side.files.room) = files[i];
    scheme_files_sort(&side.files);
    diags_init(&diags, &arena);
    assert_false(failed(scheme_make(&arena, STR(""), &side.files, &diags, &scheme)));
    side.scheme = scheme;
    return side;
}

#define SIDE(...)                                                                                  \
    side_of((const struct scheme_file[]){ __VA_ARGS__ },                                           \
            sizeof((const struct scheme_file[]){ __VA_ARGS__ }) / sizeof(struct scheme_file))

static const struct scheme_file conf = { STR("scheme.conf"), STR(CONF("Small")) };
static const struct scheme_file trade = { STR("vocabulary/trade.vocabulary"), STR(TRADE("trial")) };
static const struct scheme_file first = { STR("criteria/a.criteria"),
                                          STR(DOCUMENT("carpenter", "1", "1")) };

static void the_same_does_not_differ(void **state)
{
    struct scheme_side old = SIDE(conf, trade, first);
    struct scheme_side new = SIDE(first, conf, trade);
    struct scheme_difference difference;

    (void)state;
    scheme_differ(&arena, &old, &new, &difference);
    assert_int_equal(difference.file_count, 0);
    assert_int_equal(difference.edition_count, 0);
}

static void from_nothing_all_is_added(void **state)
{
    const struct scheme_side none = { 0 };
    struct scheme_side new = SIDE(conf, trade, first);
    struct scheme_difference difference;

    (void)state;
    scheme_differ(&arena, &none, &new, &difference);
    assert_int_equal(difference.file_count, 3);
    assert_int_equal(difference.edition_count, 2);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(difference.files[i].presence, ADDED);
        assert_null(difference.files[i].old.p);
    }
    assert_false(difference.editions[0].vocabulary);
    assert_non_null(difference.editions[0].new);
    assert_true(difference.editions[1].vocabulary);
    assert_null(difference.editions[1].new);
    scheme_differ(&arena, &new, &none, &difference);
    assert_int_equal(difference.file_count, 3);
    assert_int_equal(difference.files[0].presence, REMOVED);
    assert_int_equal(difference.editions[0].presence, REMOVED);
}

static void files_and_editions_that_changed_are_told(void **state)
{
    struct scheme_side old =
        SIDE(conf, trade, first, { STR("criteria/b.criteria"), STR(DOCUMENT("b", "1", "1")) });
    struct scheme_side new =
        SIDE({ STR("scheme.conf"), STR(CONF("Large")) },
             { STR("vocabulary/trade.vocabulary"), STR(TRADE("trip")) },
             { STR("criteria/a.criteria"), STR(DOCUMENT("carpenter", "1", "2")) },
             { STR("criteria/c.criteria"), STR(DOCUMENT("b", "1.1", "1")) });
    static const struct {
        const char *path;
        enum presence presence;
    } expected[] = {
        { "criteria/a.criteria", PRESENT_IN_BOTH },
        { "criteria/b.criteria", REMOVED },
        { "criteria/c.criteria", ADDED },
        { "scheme.conf", PRESENT_IN_BOTH },
        { "vocabulary/trade.vocabulary", PRESENT_IN_BOTH },
    };
    struct scheme_difference difference;

    (void)state;
    scheme_differ(&arena, &old, &new, &difference);
    assert_int_equal(difference.file_count, ARRAY_LEN(expected));
    for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
        check_str(difference.files[i].path, expected[i].path);
        assert_int_equal(difference.files[i].presence, expected[i].presence);
    }
    assert_int_equal(difference.edition_count, 4);
    check_str(difference.editions[0].name, "b");
    assert_int_equal(difference.editions[0].presence, REMOVED);
    assert_int_equal(difference.editions[1].presence, ADDED);
    check_str(difference.editions[2].name, "carpenter");
    assert_int_equal(difference.editions[2].presence, PRESENT_IN_BOTH);
    assert_non_null(difference.editions[2].old);
    assert_non_null(difference.editions[2].new);
    assert_true(difference.editions[3].vocabulary);
    assert_int_equal(difference.editions[3].presence, PRESENT_IN_BOTH);
}

static void an_edition_that_moves_does_not_differ(void **state)
{
    struct scheme_side old = SIDE(conf, trade, first);
    struct scheme_side new = SIDE(conf, trade, { STR("criteria/z.criteria"), first.bytes });
    struct scheme_difference difference;

    (void)state;
    scheme_differ(&arena, &old, &new, &difference);
    assert_int_equal(difference.file_count, 2);
    assert_int_equal(difference.edition_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_does_not_differ),
        cmocka_unit_test(from_nothing_all_is_added),
        cmocka_unit_test(files_and_editions_that_changed_are_told),
        cmocka_unit_test(an_edition_that_moves_does_not_differ),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
