#include "base/arena.h"

#include <string.h>

#include "unit.h"

static void memory_is_zeroed_and_aligned(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t bytes = 1; bytes < 300; bytes++) {
        char *p = arena_alloc(&arena, bytes);

        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < bytes; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, bytes);
    }
    arena_release(&arena);
}

static void memory_is_zeroed_when_used_again(void **state)
{
    struct arena arena;
    char *p;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    memset(arena_alloc(&arena, 1000), 0xff, 1000);
    arena_clear(&arena);
    p = arena_alloc(&arena, 1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(p[i], 0);
    arena_release(&arena);
}

static void nothing_still_has_an_address_of_its_own(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_ptr_not_equal(arena_alloc(&arena, 0), arena_alloc(&arena, 0));
    arena_release(&arena);
}

static void an_allocation_may_be_larger_than_any_block(void **state)
{
    struct arena arena;
    char *small;
    char *large;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    small = arena_alloc(&arena, 8);
    large = arena_alloc(&arena, (size_t)5 * 1024 * 1024);
    small[7] = 1;
    large[(size_t)5 * 1024 * 1024 - 1] = 1;
    arena_release(&arena);
}

static void the_limit_is_exact(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, 1024);
    assert_false(leaves_full(&arena, arena_alloc(&arena, 1000)));
    assert_int_equal(arena.used, 1008);
    assert_false(leaves_full(&arena, arena_alloc(&arena, 16)));
    assert_true(leaves_full(&arena, arena_alloc(&arena, 1)));
    assert_null(arena_try_alloc(&arena, 1));
    arena_clear(&arena);
    assert_int_equal(arena.used, 0);
    assert_false(leaves_full(&arena, arena_alloc(&arena, 1024)));
    arena_release(&arena);
}

static void sizes_that_overflow_are_refused(void **state)
{
    struct arena arena;
    char *p;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_true(leaves_full(&arena, arena_alloc(&arena, SIZE_MAX)));
    assert_true(leaves_full(&arena, arena_alloc(&arena, SIZE_MAX - 4)));
    assert_true(leaves_full(&arena, arena_alloc_array(&arena, SIZE_MAX / 2, 3)));
    p = arena_alloc_array(&arena, 2, 8);
    assert_true(leaves_full(&arena, arena_grow(&arena, p, 2, SIZE_MAX / 4, 8)));
    arena_release(&arena);
}

static void the_newest_allocation_grows_in_place(void **state)
{
    struct arena arena;
    int32_t *numbers;
    int32_t *grown;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    numbers = ARENA_ARRAY(&arena, 3, int32_t);
    numbers[2] = 7;
    grown = arena_grow(&arena, numbers, 3, 100, sizeof(int32_t));
    assert_ptr_equal(grown, numbers);
    assert_int_equal(grown[2], 7);
    for (size_t i = 3; i < 100; i++)
        assert_int_equal(grown[i], 0);
    assert_int_equal(arena.used, 400);
    arena_release(&arena);
}

static void an_older_allocation_grows_by_moving(void **state)
{
    struct arena arena;
    int32_t *numbers;
    int32_t *grown;
    char *newer;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    numbers = ARENA_ARRAY(&arena, 4, int32_t);
    numbers[3] = 9;
    newer = arena_alloc(&arena, 16);
    newer[0] = 'x';
    grown = arena_grow(&arena, numbers, 4, 50, sizeof(int32_t));
    assert_ptr_not_equal(grown, numbers);
    assert_int_equal(grown[3], 9);
    assert_int_equal(grown[49], 0);
    assert_int_equal(newer[0], 'x');
    arena_release(&arena);
}

static void growing_past_the_limit_is_refused(void **state)
{
    struct arena arena;
    char *p;

    (void)state;
    arena_init(&arena, 256);
    p = arena_alloc(&arena, 200);
    assert_true(leaves_full(&arena, arena_grow(&arena, p, 200, 300, 1)));
    p[199] = 1;
    arena_release(&arena);
}

static void pushing_keeps_what_was_pushed(void **state)
{
    struct arena arena;
    int32_t *list = NULL;
    size_t count = 0;
    size_t room = 0;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (int32_t i = 0; i < 10000; i++) {
        *ARENA_PUSH(&arena, list, count, room) = i;
        if (i % 100 == 0)
            arena_alloc(&arena, 24);
    }
    assert_int_equal(count, 10000);
    for (int32_t i = 0; i < 10000; i++)
        assert_int_equal(list[i], i);
    arena_release(&arena);
}

static void a_rewind_gives_back_what_came_after_the_mark(void **state)
{
    struct arena arena;
    struct arena_mark mark;
    char *kept;
    char *first;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    kept = arena_alloc(&arena, 100);
    memset(kept, 'k', 100);
    mark = arena_mark(&arena);
    first = arena_alloc(&arena, 100);
    for (int i = 0; i < 100; i++)
        arena_alloc(&arena, 10000); /* many blocks */
    arena_rewind(&arena, mark);
    assert_int_equal(arena.used, 112);
    assert_ptr_equal(arena_alloc(&arena, 100), first);
    for (int i = 0; i < 100; i++)
        assert_int_equal(kept[i], 'k');
    arena_release(&arena);
}

static void a_rewind_to_the_beginning_empties_the_arena(void **state)
{
    struct arena arena;
    struct arena_mark mark;

    (void)state;
    arena_init(&arena, 1000);
    mark = arena_mark(&arena);
    arena_alloc(&arena, 900);
    arena_rewind(&arena, mark);
    assert_int_equal(arena.used, 0);
    assert_false(leaves_full(&arena, arena_alloc(&arena, 900)));
    arena_release(&arena);
}

static void a_released_arena_can_be_used_again(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, 64);
    arena_alloc(&arena, 64);
    arena_release(&arena);
    arena_release(&arena);
    assert_int_equal(arena.used, 0);
    assert_non_null(arena_alloc(&arena, 64));
    arena_release(&arena);
}

static void memory_outside_arenas_is_zeroed(void **state)
{
    char *p = memory_alloc(10, 10);

    (void)state;
    for (int i = 0; i < 100; i++)
        assert_int_equal(p[i], 0);
    memset(p, 1, 100);
    p = memory_grow(p, 100, 200, 1);
    assert_int_equal(p[99], 1);
    for (int i = 100; i < 200; i++)
        assert_int_equal(p[i], 0);
    memory_free(p);
    memory_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(memory_is_zeroed_when_used_again),
        cmocka_unit_test(nothing_still_has_an_address_of_its_own),
        cmocka_unit_test(an_allocation_may_be_larger_than_any_block),
        cmocka_unit_test(the_limit_is_exact),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(the_newest_allocation_grows_in_place),
        cmocka_unit_test(an_older_allocation_grows_by_moving),
        cmocka_unit_test(growing_past_the_limit_is_refused),
        cmocka_unit_test(pushing_keeps_what_was_pushed),
        cmocka_unit_test(a_rewind_gives_back_what_came_after_the_mark),
        cmocka_unit_test(a_rewind_to_the_beginning_empties_the_arena),
        cmocka_unit_test(a_released_arena_can_be_used_again),
        cmocka_unit_test(memory_outside_arenas_is_zeroed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
