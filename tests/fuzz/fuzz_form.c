/*
 * The reader of forms, fed with any bytes: what it reads keeps to its limits, and written again
 * with every byte escaped reads as the same fields.
 */
#include "http/form.h"

#include <stdint.h>

#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct form_limits LIMITS = { .fields = 100, .name_bytes = 50, .value_bytes = 500 };

static void escape(struct str s, struct buf *out)
{
    for (size_t i = 0; i < s.n; i++)
        buf_format(out, "%%%02x", (unsigned)(unsigned char)s.p[i]);
}

static struct str write_form(struct arena *arena, const struct form *form)
{
    struct buf out;

    buf_init(&out, (size_t)1024 * 1024);
    for (size_t i = 0; i < form->count; i++) {
        escape(form->at[i].name, &out);
        buf_byte(&out, '=');
        escape(form->at[i].value, &out);
        buf_byte(&out, '&');
    }
    BUG_IF(out.overflow);
    return buf_take(&out, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct form form;
    struct form again;

    arena_init(&arena, ARENA_UNLIMITED);
    if (!failed(form_read(&arena, (struct str){ (const char *)data, size }, &LIMITS, &form))) {
        BUG_IF(form.count > LIMITS.fields);
        BUG_IF(failed(form_read(&arena, write_form(&arena, &form), &LIMITS, &again)));
        BUG_IF(form.count != again.count);
        for (size_t i = 0; i < form.count; i++) {
            BUG_IF(form.at[i].name.n == 0 || form.at[i].name.n > LIMITS.name_bytes);
            BUG_IF(form.at[i].value.n > LIMITS.value_bytes);
            BUG_IF(!str_eq(form.at[i].name, again.at[i].name));
            BUG_IF(!str_eq(form.at[i].value, again.at[i].value));
        }
    }
    arena_release(&arena);
    return 0;
}
