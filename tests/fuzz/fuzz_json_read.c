/*
 * The reader of JSON from outside, fed with any bytes: what it reads, our writer writes, and the
 * reader reads again to the same canonical text.
 */
#include "json/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool canonical(struct arena *arena, struct str text, struct str *ret)
{
    const struct json_limits limits = { .bytes = 10000000, .depth = 50 };
    struct json_fault fault;
    struct value *value;
    struct buf out;

    if (failed(json_read(arena, text, &limits, &fault, &value))) {
        BUG_IF(!fault.message);
        return false;
    }
    buf_init(&out, limits.bytes);
    value_write_json(value, JSON_CANONICAL, &out);
    BUG_IF(out.overflow);
    *ret = buf_take(&out, arena);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct str first;
    struct str second;

    arena_init(&arena, ARENA_UNLIMITED);
    if (canonical(&arena, (struct str){ (const char *)data, size }, &first)) {
        BUG_IF(!canonical(&arena, first, &second));
        BUG_IF(!str_eq(first, second));
    }
    arena_release(&arena);
    return 0;
}
