#include "http/prepared.h"

#include <libdeflate.h>
#include <pthread.h>

#include "base/buf.h"

#include "unit.h"

static void compresses_what_becomes_smaller(void **state)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    struct prepared *prepared;
    struct buf body;
    char back[5000];
    size_t n = 0;

    (void)state;
    buf_init(&body, sizeof(back));
    buf_repeat(&body, 'x', sizeof(back));
    prepared = prepared_new(STR("text/html"), STR("tag"), buf_str(&body), STR("br"));
    buf_release(&body);
    assert_true(prepared_has(prepared, ENCODING_IDENTITY));
    assert_true(prepared_has(prepared, ENCODING_GZIP));
    assert_true(prepared_has(prepared, ENCODING_BROTLI));
    assert_int_equal(libdeflate_gzip_decompress(
                         decompressor, prepared_body(prepared, ENCODING_GZIP).p,
                         prepared_body(prepared, ENCODING_GZIP).n, back, sizeof(back), &n),
                     LIBDEFLATE_SUCCESS);
    assert_true(str_eq((struct str){ back, n }, prepared_body(prepared, ENCODING_IDENTITY)));
    check_str(prepared_body(prepared, ENCODING_BROTLI), "br");
    check_str(prepared_type(prepared), "text/html");
    check_str(prepared_etag(prepared, ENCODING_IDENTITY), "\"tag\"");
    check_str(prepared_etag(prepared, ENCODING_GZIP), "\"tag-gzip\"");
    check_str(prepared_etag(prepared, ENCODING_BROTLI), "\"tag-br\"");
    prepared_release(prepared);
    libdeflate_free_decompressor(decompressor);
}

static void keeps_no_encoding_that_saves_nothing(void **state)
{
    struct prepared *prepared = prepared_new(STR("a/b"), STR("t"), STR("short"), STR("longer"));

    (void)state;
    assert_false(prepared_has(prepared, ENCODING_GZIP));
    assert_false(prepared_has(prepared, ENCODING_BROTLI));
    prepared_release(prepared);
    prepared = prepared_new(STR("a/b"), STR("t"), STR(""), STR_NONE);
    assert_int_equal(prepared_body(prepared, ENCODING_IDENTITY).n, 0);
    prepared_release(prepared);
    prepared_release(NULL);
}

#define HOLDS 20000

static void *hold_and_release(void *context)
{
    for (size_t i = 0; i < HOLDS; i++)
        prepared_release(prepared_hold(context));
    prepared_release(context);
    return NULL;
}

static void threads_share_it(void **state)
{
    struct prepared *prepared = prepared_new(STR("a/b"), STR("t"), STR("body"), STR_NONE);
    pthread_t threads[3];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, hold_and_release, prepared_hold(prepared)), 0);
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        pthread_join(threads[i], NULL);
    check_str(prepared_body(prepared, ENCODING_IDENTITY), "body");
    prepared_release(prepared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compresses_what_becomes_smaller),
        cmocka_unit_test(keeps_no_encoding_that_saves_nothing),
        cmocka_unit_test(threads_share_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
