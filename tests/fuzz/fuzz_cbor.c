/*
 * The reader of CBOR, fed with any bytes: what it reads keeps to its limits, consists of items that
 * can be read again one by one, and these fill it to the last byte.
 */
#include "account/cbor.h"

#include "base/attr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads an item again, and what is in it, and counts. */
static size_t walk(struct str encoded, size_t depth)
{
    struct cbor_item item;
    struct cbor_item inner;
    struct str content;
    uint64_t found = 0;
    size_t items = 1;

    BUG_IF(failed(cbor_read(encoded, &item)) || !str_eq(item.encoded, encoded));
    if (item.kind != CBOR_ARRAY && item.kind != CBOR_MAP)
        return items;
    BUG_IF(depth >= CBOR_DEPTH_MAX);
    content = item.content;
    BUG_IF(content.p + content.n != encoded.p + encoded.n);
    while (cbor_next(&content, &inner)) {
        items += walk(inner.encoded, depth + 1);
        found++;
    }
    BUG_IF(found != (item.kind == CBOR_MAP ? 2 : 1) * item.number);
    return items;
}

/* Every key of a map finds its own value. */
static void look_up(const struct cbor_item *map)
{
    struct str content = map->content;
    struct cbor_item key;
    struct cbor_item value;
    struct cbor_item found;

    while (cbor_next(&content, &key) && cbor_next(&content, &value))
        if (key.kind == CBOR_TEXT) {
            BUG_IF(!cbor_get(map, key.content, &found));
            BUG_IF(found.encoded.p != value.encoded.p);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = { (const char *)data, size };
    struct cbor_item item;
    struct str rest;

    if (failed(cbor_read_first(bytes, &item, &rest)))
        return 0;
    BUG_IF(item.encoded.p != bytes.p || item.encoded.n + rest.n != bytes.n);
    BUG_IF(walk(item.encoded, 0) > CBOR_ITEMS_MAX);
    if (item.kind == CBOR_MAP)
        look_up(&item);
    return 0;
}
