#include "base/buf.h"

#include "unit.h"

static void appends_in_every_way(void **state)
{
    struct buf buf;

    (void)state;
    buf_init(&buf, 1000);
    buf_byte(&buf, 'a');
    buf_add(&buf, STR("bc"));
    buf_add(&buf, STR_NONE);
    buf_add_c(&buf, "d ");
    buf_repeat(&buf, '-', 3);
    buf_repeat(&buf, '!', 0);
    buf_int(&buf, 0);
    buf_byte(&buf, ' ');
    buf_int(&buf, INT64_MIN);
    buf_byte(&buf, ' ');
    buf_int(&buf, INT64_MAX);
    buf_format(&buf, " %s%c", "x", 'y');
    buf_format(&buf, "%s", "");
    check_str(buf_str(&buf), "abcd ---0 -9223372036854775808 9223372036854775807 xy");
    assert_false(buf.overflow);
    buf_release(&buf);
}

static void an_empty_buffer_is_an_empty_string(void **state)
{
    struct buf buf;

    (void)state;
    buf_init(&buf, 10);
    assert_non_null(buf_str(&buf).p);
    assert_int_equal(buf_str(&buf).n, 0);
    buf_release(&buf);
}

static void grows_far_past_its_first_room(void **state)
{
    struct buf buf;

    (void)state;
    buf_init(&buf, 1000000);
    for (int i = 0; i < 100000; i++)
        buf_add_c(&buf, "0123456789");
    assert_false(buf.overflow);
    assert_int_equal(buf.n, 1000000);
    for (size_t i = 0; i < buf.n; i++)
        assert_int_equal(buf.p[i], '0' + (int)(i % 10));
    buf_release(&buf);
}

static void takes_exactly_its_maximum(void **state)
{
    struct buf buf;

    (void)state;
    buf_init(&buf, 5);
    buf_format(&buf, "%s", "12345");
    assert_false(buf.overflow);
    check_str(buf_str(&buf), "12345");
    buf_byte(&buf, '6');
    assert_true(buf.overflow);
    check_str(buf_str(&buf), "12345");
    buf_release(&buf);
}

static void stores_nothing_after_an_overflow(void **state)
{
    struct buf buf;

    (void)state;
    buf_init(&buf, 5);
    buf_add_c(&buf, "123");
    buf_add_c(&buf, "456");
    buf_byte(&buf, '4');
    buf_format(&buf, "%d", 4);
    buf_repeat(&buf, '4', 1);
    assert_true(buf.overflow);
    check_str(buf_str(&buf), "123");
    buf_clear(&buf);
    buf_add_c(&buf, "12345");
    assert_false(buf.overflow);
    check_str(buf_str(&buf), "12345");
    buf_release(&buf);
    buf_add_c(&buf, "1");
    check_str(buf_str(&buf), "1");
    buf_release(&buf);
}

static void room_is_made_at_once_but_not_past_the_maximum(void **state)
{
    struct buf buf;
    const char *first;

    (void)state;
    buf_init(&buf, 1000);
    buf_reserve(&buf, 700);
    first = buf.p;
    buf_repeat(&buf, 'x', 700);
    assert_ptr_equal(buf.p, first);
    buf_reserve(&buf, SIZE_MAX);
    assert_int_equal(buf.room, 1000);
    assert_int_equal(buf.n, 700);
    assert_false(buf.overflow);
    buf_reserve(&buf, 0);
    assert_int_equal(buf.room, 1000);
    buf_repeat(&buf, 'x', 300);
    assert_false(buf.overflow);
    buf_byte(&buf, 'x');
    assert_true(buf.overflow);
    buf_release(&buf);
}

static void taking_moves_the_bytes_into_the_arena(void **state)
{
    struct arena arena;
    struct buf buf;
    struct str taken;

    (void)state;
    arena_init(&arena, 100);
    buf_init(&buf, 1000);
    buf_add_c(&buf, "kept");
    taken = buf_take(&buf, &arena);
    check_str(taken, "kept");
    assert_int_equal(buf.n, 0);
    assert_null(buf.p);
    taken = buf_take(&buf, &arena);
    assert_non_null(taken.p);
    assert_int_equal(taken.n, 0);
    arena_release(&arena);
}

static void taking_releases_the_buffer_also_when_the_arena_is_full(void **state)
{
    struct arena arena;
    struct buf buf;

    (void)state;
    arena_init(&arena, 100);
    buf_init(&buf, 1000);
    buf_repeat(&buf, 'x', 101);
    assert_true(leaves_full(&arena, buf_take(&buf, &arena)));
    assert_null(buf.p);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appends_in_every_way),
        cmocka_unit_test(an_empty_buffer_is_an_empty_string),
        cmocka_unit_test(grows_far_past_its_first_room),
        cmocka_unit_test(takes_exactly_its_maximum),
        cmocka_unit_test(stores_nothing_after_an_overflow),
        cmocka_unit_test(room_is_made_at_once_but_not_past_the_maximum),
        cmocka_unit_test(taking_moves_the_bytes_into_the_arena),
        cmocka_unit_test(taking_releases_the_buffer_also_when_the_arena_is_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
