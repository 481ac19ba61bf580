/*
 * The reader of multipart bodies, fed with any bytes: the first line is the Content-Type, the rest
 * the body. What it reads keeps to its limits and lies within the body.
 */
#include "http/multipart.h"

#include <stdbool.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct multipart_limits LIMITS = { .parts = 10, .text_bytes = 50, .file_bytes = 500 };

static bool within(struct str part, struct str body)
{
    return !part.p || (part.p >= body.p && part.p + part.n <= body.p + body.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str type;
    struct str body = str_split((struct str){ (const char *)data, size }, '\n', &type);
    struct multipart form;
    struct arena arena;
    struct str boundary;

    arena_init(&arena, ARENA_UNLIMITED);
    if (body.p && !failed(multipart_boundary(type, &boundary)) &&
        !failed(multipart_read(&arena, boundary, body, &LIMITS, &form))) {
        BUG_IF(form.count > LIMITS.parts);
        for (size_t i = 0; i < form.count; i++) {
            const struct multipart_part *part = &form.at[i];

            BUG_IF(part->name.n == 0 || !part->content.p);
            BUG_IF(!within(part->name, body) || !within(part->filename, body));
            BUG_IF(!within(part->content_type, body) || !within(part->content, body));
            BUG_IF(part->content.n > LIMITS.file_bytes);
            BUG_IF(!part->filename.p && part->content.n > LIMITS.text_bytes);
        }
    }
    arena_release(&arena);
    return 0;
}
