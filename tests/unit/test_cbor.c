#include "account/cbor.h"

#include "base/attr.h"
#include "hex.h"

/* From RFC 8949, appendix A: those of the kinds that are read. */
static const struct {
    const char *hex;
    enum cbor_kind kind;
    uint64_t number;
    const char *text; /* of strings */
} published[] = {
    { "00", CBOR_UNSIGNED, 0, NULL },
    { "01", CBOR_UNSIGNED, 1, NULL },
    { "0a", CBOR_UNSIGNED, 10, NULL },
    { "17", CBOR_UNSIGNED, 23, NULL },
    { "1818", CBOR_UNSIGNED, 24, NULL },
    { "1819", CBOR_UNSIGNED, 25, NULL },
    { "1864", CBOR_UNSIGNED, 100, NULL },
    { "1903e8", CBOR_UNSIGNED, 1000, NULL },
    { "1a000f4240", CBOR_UNSIGNED, 1000000, NULL },
    { "1b000000e8d4a51000", CBOR_UNSIGNED, 1000000000000, NULL },
    { "1bffffffffffffffff", CBOR_UNSIGNED, UINT64_MAX, NULL },
    { "3bffffffffffffffff", CBOR_NEGATIVE, UINT64_MAX, NULL },
    { "20", CBOR_NEGATIVE, 0, NULL },
    { "29", CBOR_NEGATIVE, 9, NULL },
    { "3863", CBOR_NEGATIVE, 99, NULL },
    { "3903e7", CBOR_NEGATIVE, 999, NULL },
    { "f4", CBOR_FALSE, 0, NULL },
    { "f5", CBOR_TRUE, 0, NULL },
    { "f6", CBOR_NULL, 0, NULL },
    { "40", CBOR_BYTES, 0, "" },
    { "4401020304", CBOR_BYTES, 0, "\x01\x02\x03\x04" },
    { "60", CBOR_TEXT, 0, "" },
    { "6161", CBOR_TEXT, 0, "a" },
    { "6449455446", CBOR_TEXT, 0, "IETF" },
    { "62225c", CBOR_TEXT, 0, "\"\\" },
    { "62c3bc", CBOR_TEXT, 0, "\xc3\xbc" },
    { "63e6b0b4", CBOR_TEXT, 0, "\xe6\xb0\xb4" },
    { "64f0908591", CBOR_TEXT, 0, "\xf0\x90\x85\x91" },
    { "80", CBOR_ARRAY, 0, NULL },
    { "83010203", CBOR_ARRAY, 3, NULL },
    { "8301820203820405", CBOR_ARRAY, 3, NULL },
    { "98190102030405060708090a0b0c0d0e0f101112131415161718181819", CBOR_ARRAY, 25, NULL },
    { "a0", CBOR_MAP, 0, NULL },
    { "a201020304", CBOR_MAP, 2, NULL },
    { "a26161016162820203", CBOR_MAP, 2, NULL },
    { "826161a161626163", CBOR_ARRAY, 2, NULL },
    { "a56161614161626142616361436164614461656145", CBOR_MAP, 5, NULL },
};

static void published_examples(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(published); i++) {
        struct str bytes = from_hex(&arena, published[i].hex);
        struct cbor_item item;

        if (failed(cbor_read(bytes, &item)))
            fail_msg("%s is refused", published[i].hex);
        assert_int_equal(item.kind, published[i].kind);
        assert_true(item.number == published[i].number);
        assert_true(str_eq(item.encoded, bytes));
        if (published[i].text)
            check_str(item.content, published[i].text);
    }
    arena_release(&arena);
}

static void check_refused(const struct error *error, const char *const *hex, size_t count)
{
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < count; i++) {
        struct cbor_item item = { .number = 99 };
        struct result result = cbor_read(from_hex(&arena, hex[i]), &item);

        if (result.error != error)
            fail_msg("%s: %s", hex[i], failed(result) ? result.error->name : "it is read");
        assert_int_equal(item.number, 99);
    }
    arena_release(&arena);
}

static void what_ends_early_is_refused(void **state)
{
    static const char *const refused[] = {
        "",
        "18",
        "19",
        "1900",
        "1a000000",
        "1b00000000",
        "41",
        "4401",
        "62c3",
        "81",
        "8201",
        "a1",
        "a101",
        "8381",
        "5affffffff00",
        "98ff00",
        "9901000000",
        "b87f01020304",
        "7b0fffffffffffffff",
    };

    (void)state;
    check_refused(&CBOR_SHORT, refused, ARRAY_LEN(refused));
}

static void other_forms_are_refused(void **state)
{
    static const char *const refused[] = {
        "1800",               /* 0, in two bytes */
        "1817",               /* 23 */
        "190018",             /* 24, in three */
        "1900ff",             /* 255 */
        "1a0000ffff",         /* 65535, in five */
        "1b00000000ffffffff", /* 4294967295, in nine */
        "3800",               /* -1, in two */
        "5801aa",             /* a length that needs no byte of its own */
        "780161",             /* the same of a text */
        "980100",             /* of an array */
        "b8010000",           /* of a map */
        "1c",                 /* reserved */
        "1d",
        "1e",
        "1f",
        "5f42010243030405ff", /* pieces without a length */
        "7f657374726561646d696e67ff",
        "9fff",
        "9f0102ff",
        "bf61610161629f0203ffff",
        "ff", /* the end of such pieces */
    };

    (void)state;
    check_refused(&CBOR_FORM, refused, ARRAY_LEN(refused));
}

static void tags_floats_and_other_simple_values_are_refused(void **state)
{
    static const char *const refused[] = {
        "c11a514b67b0",
        "c24101",
        "d82076687474703a2f2f7777772e6578616d706c652e636f6d",
        "f90000",
        "f93c00",
        "fa47c35000",
        "fb3ff199999999999a",
        "f97e00",
        "f7",
        "f0",
        "f818",
        "f8ff",
        "f814",
        "e0",
        "a181000a",
        "a1a0000a",
        "81c100",
        "a1c10001",
    };

    (void)state;
    check_refused(&CBOR_STRANGE, refused, ARRAY_LEN(refused));
}

static void texts_that_are_not_utf8_are_refused(void **state)
{
    static const char *const refused[] = { "61ff", "62c328", "63eda080", "62c080", "a161ff00" };

    (void)state;
    check_refused(&CBOR_NOT_UTF8, refused, ARRAY_LEN(refused));
}

static void a_key_twice_is_refused(void **state)
{
    static const char *const refused[] = {
        "a201000100",     "a2616100616101", "a301000200 0100",
        "a10aa201000101", "a2f500f501",     "a2410000410001",
    };
    struct arena arena;
    struct cbor_item item;

    (void)state;
    check_refused(&CBOR_KEY_TWICE, refused, ARRAY_LEN(refused));
    /* The same key in two maps, or as bytes and as text, is none twice. */
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(cbor_read(from_hex(&arena, "a201a1010202a10102"), &item)));
    assert_false(failed(cbor_read(from_hex(&arena, "a2416100616100"), &item)));
    arena_release(&arena);
}

static void what_stands_behind_is_refused(void **state)
{
    static const char *const refused[] = { "0000", "a000", "8001", "4100ff" };

    (void)state;
    check_refused(&CBOR_TRAILING, refused, ARRAY_LEN(refused));
}

static void depth_is_bounded(void **state)
{
    static const char *const refused[] = { "818181818181818180",
                                           "a100a100a100a100a100a100a100a100a0" };
    struct arena arena;
    struct cbor_item item;

    (void)state;
    check_refused(&CBOR_LIMIT, refused, ARRAY_LEN(refused));
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(cbor_read(from_hex(&arena, "8181818181818180"), &item)));
    assert_false(failed(cbor_read(from_hex(&arena, "818181818181818100"), &item)));
    arena_release(&arena);
}

/* An array of so many zeros, at least 24. */
static struct str zeros(struct arena *arena, unsigned count)
{
    size_t head = count < 256 ? 2 : 3;
    char *bytes = arena_alloc(arena, head + count);

    bytes[0] = (char)(count < 256 ? 0x98 : 0x99);
    if (count >= 256)
        bytes[1] = (char)(count >> 8);
    bytes[head - 1] = (char)count;
    return (struct str){ bytes, head + count };
}

static void the_number_of_items_is_bounded(void **state)
{
    struct arena arena;
    struct cbor_item item;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    /* The array is an item too. */
    assert_false(failed(cbor_read(zeros(&arena, CBOR_ITEMS_MAX - 1), &item)));
    assert_ptr_equal(cbor_read(zeros(&arena, CBOR_ITEMS_MAX), &item).error, &CBOR_LIMIT);
    assert_ptr_equal(cbor_read(zeros(&arena, CBOR_ITEMS_MAX + 1), &item).error, &CBOR_LIMIT);
    arena_release(&arena);
}

/* Decoders have spent seconds and gigabytes on nine bytes like these. */
static void declared_lengths_cost_nothing(void **state)
{
    static const char *const arrays[] = { "9b0000000100000000", "9bffffffffffffffff",
                                          "bb0000000100000000", "bb8000000000000000" };
    static const char *const strings[] = { "5b0000000100000000", "7bffffffffffffffff" };

    (void)state;
    check_refused(&CBOR_LIMIT, arrays, ARRAY_LEN(arrays));
    check_refused(&CBOR_SHORT, strings, ARRAY_LEN(strings));
}

static void the_first_item_of_more(void **state)
{
    struct arena arena;
    struct cbor_item item;
    struct str rest;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(cbor_read_first(from_hex(&arena, "820102ff"), &item, &rest)));
    assert_int_equal(item.kind, CBOR_ARRAY);
    assert_int_equal(item.encoded.n, 3);
    check_str(rest, "\xff");
    assert_false(failed(cbor_read_first(from_hex(&arena, "00"), &item, &rest)));
    assert_int_equal(rest.n, 0);
    arena_release(&arena);
}

static void items_are_taken_one_by_one(void **state)
{
    struct arena arena;
    struct cbor_item item;
    struct cbor_item inner;
    struct str content;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(cbor_read(from_hex(&arena, "8301820203 6161"), &item)));
    content = item.content;
    assert_true(cbor_next(&content, &inner));
    assert_true(cbor_is_int(&inner, 1));
    assert_true(cbor_next(&content, &inner));
    assert_int_equal(inner.kind, CBOR_ARRAY);
    assert_int_equal(inner.content.n, 2);
    assert_true(cbor_next(&content, &inner));
    check_str(inner.content, "a");
    assert_false(cbor_next(&content, &inner));
    check_str(inner.content, "a");
    arena_release(&arena);
}

static void values_are_found_by_their_keys(void **state)
{
    struct arena arena;
    struct cbor_item map;
    struct cbor_item value;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    /* { 1: 10, -1: 11, "1": 12, h'31': 13, -2^64: 14 } */
    assert_false(failed(
        cbor_read(from_hex(&arena, "a5 010a 200b 61310c 41310d 3bffffffffffffffff0e"), &map)));
    assert_true(cbor_get_int(&map, 1, &value) && cbor_is_int(&value, 10));
    assert_true(cbor_get_int(&map, -1, &value) && cbor_is_int(&value, 11));
    assert_true(cbor_get(&map, STR("1"), &value) && cbor_is_int(&value, 12));
    assert_false(cbor_get_int(&map, 2, &value));
    assert_false(cbor_get_int(&map, INT64_MIN, &value));
    assert_false(cbor_get(&map, STR("2"), &value));
    assert_true(cbor_is_int(&value, 12));
    assert_false(failed(cbor_read(from_hex(&arena, "820102"), &map)));
    assert_false(cbor_get_int(&map, 1, &value));
    arena_release(&arena);
}

static void integers_at_the_ends_of_their_range(void **state)
{
    struct arena arena;
    struct cbor_item item;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(cbor_read(from_hex(&arena, "1b7fffffffffffffff"), &item)));
    assert_true(cbor_is_int(&item, INT64_MAX));
    assert_false(failed(cbor_read(from_hex(&arena, "3b7fffffffffffffff"), &item)));
    assert_true(cbor_is_int(&item, INT64_MIN));
    assert_false(cbor_is_int(&item, INT64_MAX));
    assert_false(failed(cbor_read(from_hex(&arena, "1bffffffffffffffff"), &item)));
    assert_false(cbor_is_int(&item, -1));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples),
        cmocka_unit_test(what_ends_early_is_refused),
        cmocka_unit_test(other_forms_are_refused),
        cmocka_unit_test(tags_floats_and_other_simple_values_are_refused),
        cmocka_unit_test(texts_that_are_not_utf8_are_refused),
        cmocka_unit_test(a_key_twice_is_refused),
        cmocka_unit_test(what_stands_behind_is_refused),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(the_number_of_items_is_bounded),
        cmocka_unit_test(declared_lengths_cost_nothing),
        cmocka_unit_test(the_first_item_of_more),
        cmocka_unit_test(items_are_taken_one_by_one),
        cmocka_unit_test(values_are_found_by_their_keys),
        cmocka_unit_test(integers_at_the_ends_of_their_range),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
