#include "register/encoding.h"

#include <string.h>

#include "base/buf.h"
#include "unit.h"

static void check_text_at(struct str bytes, const char *expected, const char *file, int line)
{
    struct arena arena;
    struct faults faults;
    struct str text = STR_NONE;

    arena_init(&arena, ARENA_UNLIMITED);
    faults_init(&faults, &arena);
    _assert_true(encoding_decode(&arena, bytes, &faults, &text), "decoded", file, line);
    check_str_at(text, expected, file, line);
    arena_release(&arena);
}

static void check_refused_at(struct str bytes, const char *words, const char *file, int line)
{
    struct arena arena;
    struct faults faults;
    struct str text = STR_NONE;

    arena_init(&arena, ARENA_UNLIMITED);
    faults_init(&faults, &arena);
    _assert_true(!encoding_decode(&arena, bytes, &faults, &text), "refused", file, line);
    _assert_true(text.p == NULL, "untouched", file, line);
    _assert_int_equal(faults.errors, 1, file, line);
    _assert_true(strstr(str_to_c(&arena, faults.list[0].message), words) != NULL, words, file,
                 line);
    arena_release(&arena);
}

#define check_text(bytes, expected) check_text_at(STR(bytes), (expected), __FILE__, __LINE__)
#define check_refused(bytes, words) check_refused_at(STR(bytes), (words), __FILE__, __LINE__)

static void utf8_stays_as_it_is(void **state)
{
    const struct str bytes = STR("Bemühung, €\n");
    struct arena arena;
    struct faults faults;
    struct str text;

    (void)state;
    arena_init(&arena, 0);
    faults_init(&faults, &arena);
    assert_true(encoding_decode(&arena, bytes, &faults, &text));
    assert_ptr_equal(text.p, bytes.p);
    assert_int_equal(text.n, bytes.n);
    arena_release(&arena);
    check_text("", "");
}

static void a_mark_is_taken_off(void **state)
{
    (void)state;
    check_text("\xef\xbb\xbf"
               "a,ü",
               "a,ü");
    check_text("\xef\xbb\xbf", "");
    check_str(encoding_unmarked(STR("\xef\xbb\xbf{}")), "{}");
    check_str(encoding_unmarked(STR("{}")), "{}");
}

static void other_bytes_are_windows_1252(void **state)
{
    (void)state;
    check_text("M\xfcnchen \x80 \x84x\x93 \x9f\xff", "München € „x“ Ÿÿ");
    check_text("\xa0", "\xc2\xa0");
}

static void bytes_that_windows_1252_does_not_have_are_refused(void **state)
{
    (void)state;
    check_refused("a\n\xfc \x81",
                  "line 2 of the file is neither UTF-8 nor Windows-1252: the byte 81");
    check_refused("\xfc\x8d", "the byte 8d");
    check_refused("\xfc\r\r\n\x8f",
                  "line 3 of the file is neither UTF-8 nor Windows-1252: the byte 8f");
    check_refused("\xfc\x90", "the byte 90");
    check_refused("\xfc\x9d", "the byte 9d");
}

static void utf16_is_read_in_either_order(void **state)
{
    (void)state;
    check_text("\xff\xfe"
               "a\0,\0\xfc\0\xac\x20",
               "a,ü€");
    check_text("\xfe\xff"
               "\0a\0,\0\xfc\x20\xac",
               "a,ü€");
    check_text("\xff\xfe\x3d\xd8\x00\xde", "\xf0\x9f\x98\x80");
    check_text("\xff\xfe", "");
}

static void broken_utf16_is_refused(void **state)
{
    (void)state;
    check_refused("\xff\xfe"
                  "a\0b",
                  "broken character");
    check_refused("\xff\xfe\x3d\xd8", "broken character");
    check_refused("\xff\xfe\x3d\xd8"
                  "a\0",
                  "broken character");
    check_refused("\xff\xfe\x00\xde", "broken character");
}

static void marked_utf8_must_be_utf8(void **state)
{
    (void)state;
    check_refused("\xef\xbb\xbf"
                  "a\nb\xfc",
                  "line 2 is not UTF-8");
}

static void zero_bytes_are_refused(void **state)
{
    (void)state;
    check_refused("a\0,\0", "line 1 of the file holds a zero byte");
    check_refused("a\nb\0", "line 2 of the file holds a zero byte");
    check_refused("\xff\xfe\0\0", "zero byte");
    check_refused("\xef\xbb\xbf\0", "zero byte");
    check_refused("\xfc\0", "zero byte");
}

/* Five megabytes grow by what they must, and no more. */
static void decoding_is_frugal(void **state)
{
    struct arena arena;
    struct faults faults;
    struct buf bytes;
    struct str text;

    (void)state;
    buf_init(&bytes, 5000000);
    buf_repeat(&bytes, 'x', 4999999);
    buf_byte(&bytes, '\xfc');
    arena_init(&arena, 5100000);
    faults_init(&faults, &arena);
    assert_true(encoding_decode(&arena, buf_str(&bytes), &faults, &text));
    assert_int_equal(text.n, 5000001);
    arena_release(&arena);
    buf_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_stays_as_it_is),
        cmocka_unit_test(a_mark_is_taken_off),
        cmocka_unit_test(other_bytes_are_windows_1252),
        cmocka_unit_test(bytes_that_windows_1252_does_not_have_are_refused),
        cmocka_unit_test(utf16_is_read_in_either_order),
        cmocka_unit_test(broken_utf16_is_refused),
        cmocka_unit_test(marked_utf8_must_be_utf8),
        cmocka_unit_test(zero_bytes_are_refused),
        cmocka_unit_test(decoding_is_frugal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
