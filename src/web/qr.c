#include "web/qr.h"

#include <qrencode.h>

#include "base/buf.h"

#define DARK 1U /* the lowest bit of each square */

static const struct shape_member members[] = {
    { "size", &shape_int, false, "How many squares it has on a side, with its margins" },
    { "path", &shape_text, false, "The dark squares, each of size 1, as the path of an SVG" },
    { 0 },
};
const struct shape qr_shape = { .kind = IS_OBJECT, .name = "QrCode", .members = members };

static bool is_dark(const QRcode *code, int x, int y)
{
    return x < code->width && (code->data[y * code->width + x] & DARK) != 0;
}

/* One rectangle for each run of dark squares of a line. */
static void write_path(const QRcode *code, struct buf *out)
{
    for (int y = 0; y < code->width; y++) {
        int x = 0;

        while (x < code->width) {
            int end = x;

            while (is_dark(code, end, y))
                end++;
            if (end > x)
                buf_format(out, "M%d %dh%dv1h-%dz", x + QR_MARGIN, y + QR_MARGIN, end - x, end - x);
            x = end + 1;
        }
    }
}

struct value *qr_value(struct arena *arena, struct str text)
{
    QRcode *code = QRcode_encodeString8bit(str_to_c(arena, text), 0, QR_ECLEVEL_M);
    struct value *value;
    struct buf path;
    int width;

    if (!code)
        return value_null(arena);
    /* A run takes at most as many letters as "M100 100h100v1h-100z", and has a gap after it. */
    width = code->width;
    buf_init(&path, (size_t)width * (size_t)(width / 2 + 1) * 20);
    write_path(code, &path);
    QRcode_free(code); /* before the arena is used, which may not come back */
    value = value_object(arena);
    value_set_text(arena, value, "path", buf_take(&path, arena));
    value_set_int(arena, value, "size", width + 2 * QR_MARGIN);
    return value;
}
