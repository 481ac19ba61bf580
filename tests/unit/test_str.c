#include "base/str.h"

#include <limits.h>

#include "unit.h"

static void equality_and_order_are_by_bytes(void **state)
{
    (void)state;
    assert_true(str_eq(STR("abc"), STR("abc")));
    assert_false(str_eq(STR("abc"), STR("abd")));
    assert_false(str_eq(STR("abc"), STR("ab")));
    assert_true(str_eq(STR_NONE, STR("")));
    assert_true(str_eq_c(STR("a\0b"), "a") == false);
    assert_true(str_eq_c(STR("mediation"), "mediation"));
    assert_true(str_cmp(STR("ab"), STR("abc")) < 0);
    assert_true(str_cmp(STR("abc"), STR("ab")) > 0);
    assert_true(str_cmp(STR("Z"), STR("a")) < 0);
    assert_true(str_cmp(STR("\xc3\xa4"), STR("z")) > 0);
    assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
    assert_true(str_cmp(STR_NONE, STR("a")) < 0);
}

static void beginnings_and_ends(void **state)
{
    (void)state;
    assert_true(str_starts(STR("young-mediator"), STR("young")));
    assert_true(str_starts(STR("young"), STR("")));
    assert_true(str_starts(STR_NONE, STR("")));
    assert_false(str_starts(STR("you"), STR("young")));
    assert_true(str_ends(STR("x.criteria"), STR(".criteria")));
    assert_false(str_ends(STR("criteria"), STR(".criteria")));
    check_str(str_drop(STR("abc"), 2), "c");
    check_str(str_drop(STR("abc"), 9), "");
    check_str(str_take(STR("abc"), 2), "ab");
    check_str(str_take(STR("abc"), 9), "abc");
    assert_null(str_drop(STR_NONE, 3).p);
    check_str(str_trim(STR(" \t\r\n\v\f a b \n")), "a b");
    check_str(str_trim(STR(" \n ")), "");
    check_str(str_trim(STR_NONE), "");
}

static void splitting(void **state)
{
    struct str head;
    struct str rest = STR("a,,b");

    (void)state;
    rest = str_split(rest, ',', &head);
    check_str(head, "a");
    rest = str_split(rest, ',', &head);
    check_str(head, "");
    rest = str_split(rest, ',', &head);
    check_str(head, "b");
    assert_null(rest.p);
    rest = str_split(STR("a,"), ',', &head);
    check_str(head, "a");
    assert_non_null(rest.p);
    assert_int_equal(rest.n, 0);
}

static void copies_stand_on_their_own(void **state)
{
    struct arena arena;
    char bytes[] = "abc";
    struct str copy;
    const char *c;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    copy = str_copy(&arena, (struct str){ bytes, 3 });
    c = str_to_c(&arena, (struct str){ bytes, 2 });
    bytes[0] = 'x';
    check_str(copy, "abc");
    assert_string_equal(c, "ab");
    assert_null(str_copy(&arena, STR_NONE).p);
    assert_non_null(str_copy(&arena, STR("")).p);
    assert_string_equal(str_to_c(&arena, STR_NONE), "");
    check_str(str_format(&arena, "%d of %.*s", 7, STR_ARG(copy)), "7 of abc");
    check_str(str_format(&arena, "[%.*s]", STR_ARG(STR_NONE)), "[]");
    arena_release(&arena);
    assert_int_equal(str_int_length((struct str){ "", (size_t)INT_MAX + 1 }), INT_MAX);
}

static void integers_are_read_whole(void **state)
{
    int64_t n = 0;

    (void)state;
    assert_true(str_to_int(STR("0"), INT64_MIN, INT64_MAX, &n));
    assert_int_equal(n, 0);
    assert_true(str_to_int(STR("-0"), INT64_MIN, INT64_MAX, &n));
    assert_int_equal(n, 0);
    assert_true(str_to_int(STR("0042"), INT64_MIN, INT64_MAX, &n));
    assert_int_equal(n, 42);
    assert_true(str_to_int(STR("9223372036854775807"), INT64_MIN, INT64_MAX, &n));
    assert_true(n == INT64_MAX);
    assert_true(str_to_int(STR("-9223372036854775808"), INT64_MIN, INT64_MAX, &n));
    assert_true(n == INT64_MIN);
    assert_true(str_to_int(STR("-5"), -5, 5, &n));
    assert_int_equal(n, -5);
}

static void what_is_no_integer_in_range_is_refused(void **state)
{
    static const char *const refused[] = {
        "",
        "-",
        "+1",
        " 1",
        "1 ",
        "1x",
        "0x10",
        "1.0",
        "--1",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999999999",
        "1,000",
        "١",
    };
    int64_t n = 77;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        if (str_to_int(str_from_c(refused[i]), INT64_MIN, INT64_MAX, &n))
            fail_msg("'%s' is read as %lld", refused[i], (long long)n);
    assert_false(str_to_int(STR("6"), -5, 5, &n));
    assert_false(str_to_int(STR("-6"), -5, 5, &n));
    assert_false(str_to_int(STR("1\0"), 0, 5, &n));
    assert_false(str_to_int(STR_NONE, 0, 5, &n));
    assert_int_equal(n, 77);
}

static void hashes_are_fnv_1a(void **state)
{
    (void)state;
    assert_true(str_hash(STR("")) == 0xcbf29ce484222325u);
    assert_true(str_hash(STR("a")) == 0xaf63dc4c8601ec8cu);
    assert_true(str_hash(STR("foobar")) == 0x85944171f73967e8u);
}

static void well_formed_utf8(void **state)
{
    static const struct {
        const char *bytes;
        uint32_t point;
    } good[] = {
        { "\x7f", 0x7f },
        { "\xc2\x80", 0x80 },
        { "\xdf\xbf", 0x7ff },
        { "\xe0\xa0\x80", 0x800 },
        { "\xed\x9f\xbf", 0xd7ff },
        { "\xee\x80\x80", 0xe000 },
        { "\xef\xbf\xbf", 0xffff },
        { "\xf0\x90\x80\x80", 0x10000 },
        { "\xf4\x8f\xbf\xbf", 0x10ffff },
    };
    uint32_t point;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        struct str s = str_from_c(good[i].bytes);

        assert_true(str_is_utf8(s, NULL));
        assert_int_equal(str_code_point(s, &point), s.n);
        assert_int_equal(point, good[i].point);
        assert_int_equal(str_code_points(s), 1);
        for (size_t n = 1; n < s.n; n++)
            assert_false(str_is_utf8(str_take(s, n), NULL));
    }
    assert_true(str_is_utf8(STR_NONE, NULL));
    assert_true(str_is_utf8(STR("a\0b"), NULL));
    assert_int_equal(str_code_points(STR("Łukasz Đorđe 小明")), 15);
}

static void ill_formed_utf8_is_refused(void **state)
{
    static const char *const bad[] = {
        "\x80",                 /* a continuation alone */
        "\xc0\x80",             /* overlong NUL */
        "\xc1\xbf",             /* overlong */
        "\xe0\x9f\xbf",         /* overlong */
        "\xf0\x8f\xbf\xbf",     /* overlong */
        "\xed\xa0\x80",         /* first surrogate */
        "\xed\xbf\xbf",         /* last surrogate */
        "\xf4\x90\x80\x80",     /* above U+10FFFF */
        "\xf8\x88\x80\x80\x80", /* five bytes */
        "\xff",                 /* never */
        "\xe2\x28\xa1",         /* broken in the middle */
        "\xc3",                 /* cut off */
    };
    size_t at = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_false(str_is_utf8(str_from_c(bad[i]), &at));
        assert_int_equal(at, 0);
        assert_int_equal(str_code_point(str_from_c(bad[i]), NULL), 0);
    }
    assert_false(str_is_utf8(STR("ok \xc3\xa4 \xe2\x28\xa1"), &at));
    assert_int_equal(at, 6);
    assert_int_equal(str_code_points(STR("a\xff\xfe\xc3\xa4")), 4);
    assert_int_equal(str_code_point(STR(""), NULL), 0);
}

static struct str nearest(const char *word)
{
    static const struct str known[] = { STR("role"),     STR("capacity"), STR("mode"),
                                        STR("mediator"), STR("feedback"), STR("größe") };

    return str_nearest(str_from_c(word), (struct str_list){ known, ARRAY_LEN(known) });
}

static void the_nearest_word_is_found(void **state)
{
    (void)state;
    check_str(nearest("rol"), "role");
    check_str(nearest("roles"), "role");
    check_str(nearest("roel"), "role"); /* a swap is one edit */
    check_str(nearest("meditaor"), "mediator");
    check_str(nearest("modiator"), "mediator");
    check_str(nearest("feedbakc"), "feedback");
    check_str(nearest("grösse"), "größe");
    check_str(nearest("role"), "role");
    check_str(nearest("rode"), "role"); /* as near as mode: the first wins */
}

static void a_word_that_is_like_none_has_no_nearest(void **state)
{
    static const struct str one[] = { STR("abcdefgh") };
    char long_word[101];

    (void)state;
    assert_null(nearest("arbitrator").p);
    assert_null(nearest("xyz").p);
    assert_null(nearest("").p);
    assert_null(str_nearest(STR("role"), (struct str_list){ NULL, 0 }).p);
    check_str(str_nearest(STR("abcxyf"), (struct str_list){ one, 1 }), "");
    for (size_t i = 0; i < 100; i++)
        long_word[i] = 'a';
    long_word[100] = '\0';
    assert_null(nearest(long_word).p);
}

static void lists(void **state)
{
    static const struct str words[] = { STR("a"), STR("b") };
    struct str_list list = { words, 2 };

    (void)state;
    assert_true(str_list_has(list, STR("b")));
    assert_false(str_list_has(list, STR("c")));
    assert_false(str_list_has((struct str_list){ NULL, 0 }, STR("a")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equality_and_order_are_by_bytes),
        cmocka_unit_test(beginnings_and_ends),
        cmocka_unit_test(splitting),
        cmocka_unit_test(copies_stand_on_their_own),
        cmocka_unit_test(integers_are_read_whole),
        cmocka_unit_test(what_is_no_integer_in_range_is_refused),
        cmocka_unit_test(hashes_are_fnv_1a),
        cmocka_unit_test(well_formed_utf8),
        cmocka_unit_test(ill_formed_utf8_is_refused),
        cmocka_unit_test(the_nearest_word_is_found),
        cmocka_unit_test(a_word_that_is_like_none_has_no_nearest),
        cmocka_unit_test(lists),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
