#include "http/gzip.h"

#include <string.h>

#include "unit.h"

#define ROOM ((size_t)1024 * 1024)

static struct str sample(struct arena *arena, size_t n)
{
    char *p = arena_alloc(arena, n + 1);

    for (size_t i = 0; i < n; i++)
        p[i] = (char)("mediation,2024-03-04\r\n\0\xff"[i % 24] + (char)(i / 5000));
    return (struct str){ p, n };
}

static void bytes_come_back_as_they_were(void **state)
{
    struct arena arena;
    const size_t sizes[] = { 0, 1, 23, 100000 };

    (void)state;
    arena_init(&arena, ROOM);
    for (size_t i = 0; i < 4; i++) {
        struct str bytes = sample(&arena, sizes[i]);
        struct str packed = gzip_pack(&arena, bytes, GZIP_QUICK, GZIP_ANY_SIZE);
        struct str back;

        assert_non_null(packed.p);
        assert_true(gzip_unpack(&arena, packed, sizes[i], &back));
        assert_true(str_eq(back, bytes));
    }
    arena_release(&arena);
}

static void refuses_to_pack_into_less_than_it_takes(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, ROOM);
    assert_null(gzip_pack(&arena, STR("ab"), GZIP_SMALL, 2).p);
    assert_null(gzip_pack(&arena, STR(""), GZIP_SMALL, 0).p);
    arena_release(&arena);
}

static void refuses_more_than_it_may_unpack_to(void **state)
{
    struct arena arena;
    struct str bytes;
    struct str packed;
    struct str back = STR("untouched");
    size_t before;

    (void)state;
    arena_init(&arena, ROOM);
    bytes = sample(&arena, 100000);
    packed = gzip_pack(&arena, bytes, GZIP_SMALL, GZIP_ANY_SIZE);
    before = arena.used;
    assert_false(gzip_unpack(&arena, packed, 99999, &back));
    assert_int_equal(arena.used, before);
    assert_true(str_eq(back, STR("untouched")));
    arena_release(&arena);
}

static void refuses_what_is_not_one_whole_member(void **state)
{
    struct arena arena;
    struct str packed;
    struct str back = STR("untouched");
    char *twice;
    char *altered;

    (void)state;
    arena_init(&arena, ROOM);
    packed = gzip_pack(&arena, STR("sample data, sample data"), GZIP_SMALL, GZIP_ANY_SIZE);
    for (size_t n = 0; n < packed.n; n++)
        assert_false(gzip_unpack(&arena, str_take(packed, n), 1000, &back));
    twice = arena_alloc(&arena, 2 * packed.n);
    memcpy(twice, packed.p, packed.n);
    memcpy(twice + packed.n, packed.p, packed.n);
    assert_false(gzip_unpack(&arena, (struct str){ twice, 2 * packed.n }, 1000, &back));
    altered = arena_alloc(&arena, packed.n);
    memcpy(altered, packed.p, packed.n);
    altered[packed.n / 2] ^= 1;
    assert_false(gzip_unpack(&arena, (struct str){ altered, packed.n }, 1000, &back));
    assert_true(str_eq(back, STR("untouched")));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_come_back_as_they_were),
        cmocka_unit_test(refuses_to_pack_into_less_than_it_takes),
        cmocka_unit_test(refuses_more_than_it_may_unpack_to),
        cmocka_unit_test(refuses_what_is_not_one_whole_member),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
