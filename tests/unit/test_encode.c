#include "hash/encode.h"

#include "unit.h"

/* The examples of RFC 4648, section 10, and two with the digits that the alphabets differ in. */
static const struct {
    struct str bytes;
    const char *text[3]; /* BASE32, BASE64, BASE64URL */
} examples[] = {
    { STR(""), { "", "", "" } },
    { STR("f"), { "MY", "Zg==", "Zg" } },
    { STR("fo"), { "MZXQ", "Zm8=", "Zm8" } },
    { STR("foo"), { "MZXW6", "Zm9v", "Zm9v" } },
    { STR("foob"), { "MZXW6YQ", "Zm9vYg==", "Zm9vYg" } },
    { STR("fooba"), { "MZXW6YTB", "Zm9vYmE=", "Zm9vYmE" } },
    { STR("foobar"), { "MZXW6YTBOI", "Zm9vYmFy", "Zm9vYmFy" } },
    { STR("\xfb\xff\xfe"), { "7P774", "+//+", "-__-" } },
    { STR("\0\0"), { "AAAA", "AAA=", "AAA" } },
};

static void published_examples(void **state)
{
    struct arena arena;
    struct buf out;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&out, 100);
    for (size_t i = 0; i < ARRAY_LEN(examples); i++)
        for (int e = BASE32; e <= BASE64URL; e++) {
            struct str back;

            buf_clear(&out);
            encode((enum encoding)e, examples[i].bytes, &out);
            check_str(buf_str(&out), examples[i].text[e]);
            assert_true(decode((enum encoding)e, buf_str(&out), &arena, &back));
            assert_true(str_eq(back, examples[i].bytes));
        }
    buf_release(&out);
    arena_release(&arena);
}

static void any_bytes_come_back(void **state)
{
    struct arena arena;
    struct buf out;
    char bytes[300];

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&out, 1000);
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(i * i * 31 + i);
    for (size_t n = 0; n <= sizeof(bytes); n++)
        for (int e = BASE32; e <= BASE64URL; e++) {
            struct str back;

            buf_clear(&out);
            encode((enum encoding)e, (struct str){ bytes, n }, &out);
            assert_true(decode((enum encoding)e, buf_str(&out), &arena, &back));
            assert_true(str_eq(back, (struct str){ bytes, n }));
        }
    buf_release(&out);
    arena_release(&arena);
}

static void check_refused(enum encoding encoding, const char *const *texts, size_t count)
{
    struct arena arena;
    struct str back = STR("kept");

    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < count; i++)
        if (decode(encoding, str_from_c(texts[i]), &arena, &back))
            fail_msg("'%s' is decoded", texts[i]);
    check_str(back, "kept");
    assert_int_equal(arena.used, 0);
    arena_release(&arena);
}

static void other_base64_is_refused(void **state)
{
    static const char *const refused[] = {
        "Zg",       /* padding missing */
        "Zg=",      /* too little of it */
        "Zg===",    /* too much */
        "Zm9v====", /* needless */
        "====",     /* nothing but padding */
        "Z===",     /* a digit that is no byte */
        "=Zg=",     /* in the wrong place */
        "Zg=a",     /* inside */
        "Zg==Zg==", /* two texts */
        "Zh==",     /* stray bits */
        "Zm9=",     /* stray bits */
        "Zm9v\n",   /* white space */
        " Zm9v",    /* white space */
        "Zm 9v===", /* white space */
        "-__-",     /* the other alphabet */
        "Zm9\xc3",  /* no digit at all */
    };

    (void)state;
    check_refused(BASE64, refused, ARRAY_LEN(refused));
}

static void other_base64url_is_refused(void **state)
{
    static const char *const refused[] = { "Zg==", "Z",   "Zm9vY", "+//+",
                                           "Zh",   "Zm9", "Zm9v ", "Zm9v.Zm9v" };

    (void)state;
    check_refused(BASE64URL, refused, ARRAY_LEN(refused));
}

static void other_base32_is_refused(void **state)
{
    static const char *const refused[] = {
        "my",       /* lower case */
        "MY======", /* padded */
        "M",        /* a digit that is no byte */
        "MZX",      /* a digit too many for one byte */
        "MZXW6Y",   /* the same for three */
        "MZ",       /* stray bits */
        "M1",       "M0", "M8", "M9", "MY ", "M-Y",
    };

    (void)state;
    check_refused(BASE32, refused, ARRAY_LEN(refused));
}

static void a_nul_is_no_digit(void **state)
{
    struct arena arena;
    struct str back;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(decode(BASE64, STR("Zm9\0"), &arena, &back));
    assert_false(decode(BASE32, STR("M\0"), &arena, &back));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples),      cmocka_unit_test(any_bytes_come_back),
        cmocka_unit_test(other_base64_is_refused), cmocka_unit_test(other_base64url_is_refused),
        cmocka_unit_test(other_base32_is_refused), cmocka_unit_test(a_nul_is_no_digit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
