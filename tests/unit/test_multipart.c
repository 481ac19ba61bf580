#include "http/multipart.h"

#include "base/buf.h"
#include "http/error.h"

#include "unit.h"

static const struct multipart_limits LIMITS = { .parts = 3, .text_bytes = 20, .file_bytes = 40 };

#define FIELD "Content-Disposition: form-data; name=\"a\""

static const struct error *read_body(struct arena *arena, struct str body, struct multipart *ret)
{
    return multipart_read(arena, STR("XyZ"), body, &LIMITS, ret).error;
}

static void reads_texts_and_files(void **state)
{
    struct arena arena;
    struct multipart form;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_null(read_body(&arena,
                          STR("--XyZ\r\n" FIELD "\r\n\r\ntext\r\n"
                              "--XyZ\r\ncontent-disposition:form-data ; filename=\"p \xc3\xa9.png\""
                              "; name=b\r\nContent-Type: image/png\r\nX-Other: 1\r\n\r\n"
                              "\x89PNG\r\n\0--Xy\r\n--XyZ--\r\n"),
                          &form));
    assert_int_equal(form.count, 2);
    check_str(form.at[0].name, "a");
    check_str(form.at[0].content, "text");
    assert_null(form.at[0].filename.p);
    assert_null(form.at[0].content_type.p);
    check_str(form.at[1].name, "b");
    check_str(form.at[1].filename, "p \xc3\xa9.png");
    check_str(form.at[1].content_type, "image/png");
    assert_true(str_eq(form.at[1].content, STR("\x89PNG\r\n\0--Xy")));
    assert_ptr_equal(multipart_get(&form, STR("b")), &form.at[1]);
    assert_null(multipart_get(&form, STR("c")));
    arena_release(&arena);
}

static void reads_no_parts_and_empty_ones(void **state)
{
    struct arena arena;
    struct multipart form;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_null(read_body(&arena, STR("--XyZ--"), &form));
    assert_int_equal(form.count, 0);
    assert_null(
        read_body(&arena, STR("--XyZ\r\n" FIELD "; filename=\"\"\r\n\r\n\r\n--XyZ--\r\n"), &form));
    assert_int_equal(form.count, 1);
    check_str(form.at[0].filename, "");
    check_str(form.at[0].content, "");
    arena_release(&arena);
}

static void refuses_what_is_not_well_formed(void **state)
{
    static const struct str bodies[] = {
        STR(""),
        STR("--XyZ"),
        STR("--XyZ\r\n"),
        STR("\r\n--XyZ--"),
        STR("before\r\n--XyZ--"),
        STR("--XyZ--after"),
        STR("--XyZ--\r\n\r\n"),
        STR("--Xyz--"),
        STR("--XyZ \r\n" FIELD "\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\n" FIELD "\n\n1\n--XyZ--"),
        STR("--XyZ\r\n" FIELD "\r\n\r\n1"),
        STR("--XyZ\r\n" FIELD "\r\n\r\n1\r\n--XyZ"),
        STR("--XyZ\r\n" FIELD "\r\n\r\n1\r\n--XyZjunk\r\n"),
        STR("--XyZ\r\n" FIELD "\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\n\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\nContent-Type: text/plain\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\nContent-Disposition: form-data; name=\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\nContent-Disposition: form-data; name=\"a\0\"\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\n" FIELD "; name=\"b\"\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\n" FIELD "x\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\n" FIELD "; filename=\"b\"; filename=\"c\"\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\n" FIELD "\r\n" FIELD "\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\n" FIELD "\r\nContent-Type: a\r\nContent-Type: b\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\n" FIELD "\r\nContent-Transfer-Encoding: base64\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\n" FIELD "\r\nX : 1\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\n" FIELD "\r\n folded\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\n" FIELD "\r\nX: \0\r\n\r\n1\r\n--XyZ--"),
        STR("--XyZ\r\n" FIELD "\r\n\r\n\xff\r\n--XyZ--"),
        STR("--XyZ\r\n" FIELD "\r\n\r\n\0\r\n--XyZ--"),
    };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        struct multipart form = { NULL, 99 };

        if (read_body(&arena, bodies[i], &form) != &HTTP_BAD_FORM)
            fail_msg("body %zu was not refused", i);
        assert_int_equal(form.count, 99);
    }
    arena_release(&arena);
}

/* `count` parts whose content is `bytes` long. */
static struct str parts_of(struct arena *arena, const char *head, size_t count, size_t bytes)
{
    struct buf out;

    buf_init(&out, (size_t)1024 * 1024);
    for (size_t i = 0; i < count; i++) {
        buf_format(&out, "--XyZ\r\n%s\r\n\r\n", head);
        buf_repeat(&out, 'x', bytes);
        buf_add_c(&out, "\r\n");
    }
    buf_add_c(&out, "--XyZ--\r\n");
    return buf_take(&out, arena);
}

static void refuses_more_than_the_limits(void **state)
{
    struct arena arena;
    struct multipart form;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_null(read_body(&arena, parts_of(&arena, FIELD, 3, 20), &form));
    assert_ptr_equal(read_body(&arena, parts_of(&arena, FIELD, 4, 20), &form),
                     &HTTP_FORM_TOO_LARGE);
    assert_ptr_equal(read_body(&arena, parts_of(&arena, FIELD, 3, 21), &form),
                     &HTTP_FORM_TOO_LARGE);
    assert_null(read_body(&arena, parts_of(&arena, FIELD "; filename=f", 3, 40), &form));
    assert_ptr_equal(read_body(&arena, parts_of(&arena, FIELD "; filename=f", 3, 41), &form),
                     &HTTP_FORM_TOO_LARGE);
    arena_release(&arena);
}

static void refuses_a_long_head(void **state)
{
    struct arena arena;
    struct multipart form;
    struct buf head;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&head, (size_t)2 * MULTIPART_HEAD_MAX);
    buf_add_c(&head, FIELD "\r\nX: ");
    buf_repeat(&head, 'x', MULTIPART_HEAD_MAX - head.n);
    assert_null(read_body(&arena, parts_of(&arena, str_to_c(&arena, buf_str(&head)), 1, 1), &form));
    buf_byte(&head, 'x');
    assert_ptr_equal(
        read_body(&arena, parts_of(&arena, str_to_c(&arena, buf_str(&head)), 1, 1), &form),
        &HTTP_FORM_TOO_LARGE);
    buf_release(&head);
    arena_release(&arena);
}

static void finds_the_boundary(void **state)
{
    struct str boundary;

    (void)state;
    assert_false(failed(multipart_boundary(STR("multipart/form-data; boundary=aB-9"), &boundary)));
    check_str(boundary, "aB-9");
    assert_false(failed(multipart_boundary(
        STR("Multipart/Form-Data ;charset=utf-8; BOUNDARY=\"a b?c\" "), &boundary)));
    check_str(boundary, "a b?c");
}

static void refuses_what_is_no_boundary(void **state)
{
    static const struct str types[] = {
        STR(""),
        STR("multipart/form-data"),
        STR("multipart/mixed; boundary=a"),
        STR("multipart/form-data; boundary="),
        STR("multipart/form-data; boundary=\"\""),
        STR("multipart/form-data; boundary=\"a"),
        STR("multipart/form-data; boundary=\"a \""),
        STR("multipart/form-data; boundary=\"a\0\""),
        STR("multipart/form-data; boundary=a; boundary=a"),
        STR("multipart/form-data; boundary=a b"),
        STR("multipart/form-data; boundary=a!"),
        STR("multipart/form-data boundary=a"),
        STR("multipart/form-data; boundary=12345678901234567890123456789012345678901234567890"
            "123456789012345678901"),
    };
    struct str boundary;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        if (multipart_boundary(types[i], &boundary).error != &HTTP_BAD_FORM)
            fail_msg("type %zu was not refused", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_texts_and_files),
        cmocka_unit_test(reads_no_parts_and_empty_ones),
        cmocka_unit_test(refuses_what_is_not_well_formed),
        cmocka_unit_test(refuses_more_than_the_limits),
        cmocka_unit_test(refuses_a_long_head),
        cmocka_unit_test(finds_the_boundary),
        cmocka_unit_test(refuses_what_is_no_boundary),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
