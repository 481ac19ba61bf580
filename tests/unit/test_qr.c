#include "web/qr.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ROOM 200

struct fixture {
    struct arena arena;
    int64_t size;
    char squares[ROOM][ROOM]; /* 1 where it is dark, by line */
};

static int64_t number(const char **at)
{
    char *end;
    int64_t n = strtoll(*at, &end, 10);

    assert_ptr_not_equal(*at, end);
    *at = end;
    return n;
}

static void pass(const char **at, const char *what)
{
    for (; *what; what++)
        assert_int_equal(*(*at)++, *what);
}

/* Paints the path, which is made of nothing but rectangles of height 1. */
static void paint(struct fixture *f, const char *at)
{
    while (*at) {
        int64_t x;
        int64_t y;
        int64_t width;

        pass(&at, "M");
        x = number(&at);
        y = number(&at);
        pass(&at, "h");
        width = number(&at);
        pass(&at, "v1h");
        assert_int_equal(number(&at), -width);
        pass(&at, "z");
        assert_true(x >= 0 && width > 0 && x + width <= f->size && y >= 0 && y < f->size);
        memset(&f->squares[y][x], 1, (size_t)width);
    }
}

static void draw(struct fixture *f, struct str text)
{
    const struct value *value;

    *f = (struct fixture){ .size = 0 };
    arena_init(&f->arena, ARENA_UNLIMITED);
    value = qr_value(&f->arena, text);
    assert_int_equal(value->kind, VALUE_OBJECT);
    f->size = value_get(value, "size")->integer;
    assert_true(f->size < ROOM);
    paint(f, str_to_c(&f->arena, value_get(value, "path")->text));
}

static void is_finder(const struct fixture *f, int64_t left, int64_t top)
{
    static const char *const lines[] = {
        "#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######",
    };

    for (int y = 0; y < 7; y++)
        for (int x = 0; x < 7; x++)
            assert_int_equal(f->squares[top + y][left + x], lines[y][x] == '#');
}

static void three_corners_show_where_it_is(void **state)
{
    struct fixture f;

    (void)state;
    draw(&f, STR("otpauth://totp/Assay:ada@sample.example?secret=JBSWY3DPEHPK3PXP&issuer=Assay"));
    is_finder(&f, QR_MARGIN, QR_MARGIN);
    is_finder(&f, f.size - QR_MARGIN - 7, QR_MARGIN);
    is_finder(&f, QR_MARGIN, f.size - QR_MARGIN - 7);
    arena_release(&f.arena);
}

static void its_margins_are_light(void **state)
{
    struct fixture f;

    (void)state;
    draw(&f, STR("a"));
    assert_int_equal(f.size, 21 + 2 * QR_MARGIN);
    for (int64_t i = 0; i < f.size; i++) {
        for (int64_t j = 0; j < QR_MARGIN; j++) {
            assert_int_equal(f.squares[i][j] + f.squares[j][i], 0);
            assert_int_equal(f.squares[i][f.size - 1 - j] + f.squares[f.size - 1 - j][i], 0);
        }
    }
    arena_release(&f.arena);
}

static void other_texts_look_different(void **state)
{
    struct fixture a;
    struct fixture b;

    (void)state;
    draw(&a, STR("a"));
    draw(&b, STR("b"));
    assert_memory_not_equal(a.squares, b.squares, sizeof(a.squares));
    arena_release(&a.arena);
    arena_release(&b.arena);
}

static void a_text_that_is_too_long_is_null(void **state)
{
    struct arena arena;
    char *text;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    text = arena_alloc(&arena, 5000);
    memset(text, 'a', 5000);
    assert_int_equal(qr_value(&arena, (struct str){ text, 2000 })->kind, VALUE_OBJECT);
    assert_int_equal(qr_value(&arena, (struct str){ text, 5000 })->kind, VALUE_NULL);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_corners_show_where_it_is),
        cmocka_unit_test(its_margins_are_light),
        cmocka_unit_test(other_texts_look_different),
        cmocka_unit_test(a_text_that_is_too_long_is_null),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
