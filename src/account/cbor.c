#include "account/cbor.h"

#define REFUSED(name, message)                                                                     \
    {                                                                                              \
        name, 422, EXIT_INPUT, message                                                             \
    }

const struct error CBOR_SHORT = REFUSED("cbor-short", "the CBOR ends in the middle of an item");
const struct error CBOR_FORM =
    REFUSED("cbor-form", "the CBOR has a number or a length that is not written in the one form");
const struct error CBOR_STRANGE =
    REFUSED("cbor-strange", "the CBOR has a tag, a floating-point or an unknown simple value");
const struct error CBOR_NOT_UTF8 =
    REFUSED("cbor-not-utf8", "the CBOR has a text that is not UTF-8");
const struct error CBOR_KEY_TWICE = REFUSED("cbor-key-twice", "a map in the CBOR has a key twice");
const struct error CBOR_LIMIT =
    REFUSED("cbor-limit", "the CBOR is nested too deep or has too many items");
const struct error CBOR_TRAILING =
    REFUSED("cbor-trailing", "something stands behind the end of the CBOR");

/* The major types: the first three bits of an item. */
enum major {
    MAJOR_UNSIGNED,
    MAJOR_NEGATIVE,
    MAJOR_BYTES,
    MAJOR_TEXT,
    MAJOR_ARRAY,
    MAJOR_MAP,
    MAJOR_TAG,
    MAJOR_SIMPLE,
};

/* The values of MAJOR_SIMPLE that are known. */
#define SIMPLE_FALSE 20
#define SIMPLE_TRUE 21
#define SIMPLE_NULL 22

struct scan {
    struct str rest;
    size_t items;
    /* The keys of the maps that are open, those of the innermost last. */
    struct str keys[CBOR_ITEMS_MAX];
    size_t key_count;
};

static uint8_t take_byte(struct str *rest)
{
    uint8_t byte = (uint8_t)rest->p[0];

    *rest = str_drop(*rest, 1);
    return byte;
}

/* Reads the first byte of an item and the number in it or behind it. */
static struct result take_head(struct str *rest, enum major *ret_major, uint64_t *ret_number)
{
    uint64_t number = 0;
    uint8_t first;
    unsigned more;

    if (rest->n == 0)
        return fail(&CBOR_SHORT);
    first = take_byte(rest);
    *ret_major = (enum major)(first >> 5);
    *ret_number = first & 31;
    if (*ret_number < 24)
        return OK;
    if (*ret_major == MAJOR_SIMPLE && *ret_number < 28)
        return fail(&CBOR_STRANGE);
    if (*ret_number > 27)
        return fail(&CBOR_FORM);
    more = 1u << (*ret_number - 24);
    if (rest->n < more)
        return fail(&CBOR_SHORT);
    for (unsigned i = 0; i < more; i++)
        number = number << 8 | take_byte(rest);
    /* What the half of the bytes, or the first byte alone, could have said. */
    if (number < 24 || (more > 1 && number >> (more * 4) == 0))
        return fail(&CBOR_FORM);
    *ret_number = number;
    return OK;
}

static struct result take_string(struct scan *scan, struct cbor_item *item)
{
    if (item->number > scan->rest.n)
        return fail(&CBOR_SHORT);
    item->content = str_take(scan->rest, (size_t)item->number);
    scan->rest = str_drop(scan->rest, (size_t)item->number);
    item->number = 0;
    if (item->kind == CBOR_TEXT && !str_is_utf8(item->content, NULL))
        return fail(&CBOR_NOT_UTF8);
    return OK;
}

static struct result take_item(struct scan *scan, size_t depth, struct cbor_item *ret);

/* Two items are equal where their bytes are: there is one form for each, but for the order of a
   map's keys, and a map that is a key is refused as strange. */
static struct result take_key(struct scan *scan, size_t depth, size_t first_key)
{
    struct cbor_item key;

    TRY(take_item(scan, depth, &key));
    if (key.kind == CBOR_ARRAY || key.kind == CBOR_MAP)
        return fail(&CBOR_STRANGE);
    for (size_t i = first_key; i < scan->key_count; i++)
        if (str_eq(scan->keys[i], key.encoded))
            return fail(&CBOR_KEY_TWICE);
    scan->keys[scan->key_count++] = key.encoded;
    return OK;
}

/* The items of an array or a map. Each takes a byte at least, so that a declared number is known to
   be too large before any of them is read. */
static struct result take_items(struct scan *scan, size_t depth, struct cbor_item *item)
{
    struct str begin = scan->rest;
    size_t first_key = scan->key_count;
    uint64_t each = item->kind == CBOR_MAP ? 2 : 1;
    struct cbor_item inner;

    if (item->number > CBOR_ITEMS_MAX / each)
        return fail(&CBOR_LIMIT);
    if (item->number * each > scan->rest.n)
        return fail(&CBOR_SHORT);
    if (depth == CBOR_DEPTH_MAX)
        return fail(&CBOR_LIMIT);
    for (uint64_t i = 0; i < item->number; i++) {
        if (item->kind == CBOR_MAP)
            TRY(take_key(scan, depth + 1, first_key));
        TRY(take_item(scan, depth + 1, &inner));
    }
    scan->key_count = first_key;
    item->content = str_take(begin, begin.n - scan->rest.n);
    return OK;
}

static struct result take_simple(struct cbor_item *item)
{
    switch (item->number) {
    case SIMPLE_FALSE:
        item->kind = CBOR_FALSE;
        break;
    case SIMPLE_TRUE:
        item->kind = CBOR_TRUE;
        break;
    case SIMPLE_NULL:
        item->kind = CBOR_NULL;
        break;
    default:
        return fail(&CBOR_STRANGE);
    }
    item->number = 0;
    return OK;
}

/* Reads one item. depth: how many arrays and maps it stands in. */
static struct result take_item(struct scan *scan, size_t depth, struct cbor_item *ret)
{
    static const enum cbor_kind kinds[] = {
        [MAJOR_UNSIGNED] = CBOR_UNSIGNED, [MAJOR_NEGATIVE] = CBOR_NEGATIVE,
        [MAJOR_BYTES] = CBOR_BYTES,       [MAJOR_TEXT] = CBOR_TEXT,
        [MAJOR_ARRAY] = CBOR_ARRAY,       [MAJOR_MAP] = CBOR_MAP,
    };
    struct str begin = scan->rest;
    struct cbor_item item = { .content = str_take(begin, 0) };
    enum major major;

    if (scan->items++ == CBOR_ITEMS_MAX)
        return fail(&CBOR_LIMIT);
    TRY(take_head(&scan->rest, &major, &item.number));
    if (major == MAJOR_TAG)
        return fail(&CBOR_STRANGE);
    if (major == MAJOR_SIMPLE) {
        TRY(take_simple(&item));
    } else {
        item.kind = kinds[major];
        if (major == MAJOR_BYTES || major == MAJOR_TEXT)
            TRY(take_string(scan, &item));
        else if (major == MAJOR_ARRAY || major == MAJOR_MAP)
            TRY(take_items(scan, depth, &item));
    }
    item.encoded = str_take(begin, begin.n - scan->rest.n);
    *ret = item;
    return OK;
}

struct result cbor_read_first(struct str bytes, struct cbor_item *ret, struct str *ret_rest)
{
    struct scan scan = { .rest = bytes };

    TRY(take_item(&scan, 0, ret));
    *ret_rest = scan.rest;
    return OK;
}

struct result cbor_read(struct str bytes, struct cbor_item *ret)
{
    struct cbor_item item;
    struct str rest;

    TRY(cbor_read_first(bytes, &item, &rest));
    if (rest.n > 0)
        return fail(&CBOR_TRAILING);
    *ret = item;
    return OK;
}

bool cbor_next(struct str *content, struct cbor_item *ret)
{
    if (content->n == 0)
        return false;
    if (failed(cbor_read_first(*content, ret, content)))
        BUG("the content of an item that was read cannot be read");
    return true;
}

/* The value behind the first key that `fits` says yes to. */
static bool find_pair(const struct cbor_item *map,
                      bool (*fits)(const struct cbor_item *key, const void *wanted),
                      const void *wanted, struct cbor_item *ret)
{
    struct str content = map->content;
    struct cbor_item key;
    struct cbor_item value;

    if (map->kind != CBOR_MAP)
        return false;
    while (cbor_next(&content, &key) && cbor_next(&content, &value))
        if (fits(&key, wanted)) {
            *ret = value;
            return true;
        }
    return false;
}

static bool is_text(const struct cbor_item *key, const void *wanted)
{
    return key->kind == CBOR_TEXT && str_eq(key->content, *(const struct str *)wanted);
}

static bool is_int(const struct cbor_item *key, const void *wanted)
{
    return cbor_is_int(key, *(const int64_t *)wanted);
}

bool cbor_get(const struct cbor_item *map, struct str key, struct cbor_item *ret)
{
    return find_pair(map, is_text, &key, ret);
}

bool cbor_get_int(const struct cbor_item *map, int64_t key, struct cbor_item *ret)
{
    return find_pair(map, is_int, &key, ret);
}

bool cbor_is_int(const struct cbor_item *item, int64_t number)
{
    if (number < 0)
        return item->kind == CBOR_NEGATIVE && item->number == (uint64_t) - (number + 1);
    return item->kind == CBOR_UNSIGNED && item->number == (uint64_t)number;
}
