#include "register/encoding.h"

#include <stdint.h>

#include "base/buf.h"

#define MARK STR("\xef\xbb\xbf") /* of byte order, in UTF-8 */
#define SAVE_AS_UTF8 STR("save the file as CSV in UTF-8")

/* What Windows-1252 has in 0x80 to 0x9f; 0 where it defines nothing. The rest is Latin-1. */
static const uint16_t windows_1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static uint32_t line_of(struct str text, size_t offset)
{
    uint32_t line = 1;

    for (size_t i = 0; i < offset; i++)
        if (text.p[i] == '\n' || (text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] != '\n'))
            line++;
    return line;
}

static void add_point(struct buf *out, uint32_t point)
{
    if (point < 0x80) {
        buf_byte(out, (char)point);
    } else if (point < 0x800) {
        buf_byte(out, (char)(0xc0 | point >> 6));
        buf_byte(out, (char)(0x80 | (point & 0x3f)));
    } else if (point < 0x10000) {
        buf_byte(out, (char)(0xe0 | point >> 12));
        buf_byte(out, (char)(0x80 | (point >> 6 & 0x3f)));
        buf_byte(out, (char)(0x80 | (point & 0x3f)));
    } else {
        buf_byte(out, (char)(0xf0 | point >> 18));
        buf_byte(out, (char)(0x80 | (point >> 12 & 0x3f)));
        buf_byte(out, (char)(0x80 | (point >> 6 & 0x3f)));
        buf_byte(out, (char)(0x80 | (point & 0x3f)));
    }
}

/* False, with *ret_bad its place, at a byte that stands for no character. */
static bool decode_windows_1252(struct str bytes, struct buf *out, size_t *ret_bad)
{
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char byte = (unsigned char)bytes.p[i];
        uint32_t point = byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte;

        if (byte >= 0x80 && point == 0) {
            *ret_bad = i;
            return false;
        }
        add_point(out, point);
    }
    return true;
}

static uint32_t unit_at(struct str bytes, size_t i, bool big)
{
    unsigned char first = (unsigned char)bytes.p[i];
    unsigned char second = (unsigned char)bytes.p[i + 1];

    return big ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first;
}

/* False at half a unit, and at half a pair of surrogates. */
static bool decode_utf_16(struct str bytes, bool big, struct buf *out)
{
    if (bytes.n % 2 != 0)
        return false;
    for (size_t i = 0; i < bytes.n; i += 2) {
        uint32_t point = unit_at(bytes, i, big);

        if (point >= 0xd800 && point < 0xdc00 && i + 4 <= bytes.n) {
            uint32_t low = unit_at(bytes, i + 2, big);

            if (low >= 0xdc00 && low < 0xe000) {
                point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
                i += 2;
            }
        }
        if (point >= 0xd800 && point < 0xe000)
            return false;
        add_point(out, point);
    }
    return true;
}

static bool from_windows_1252(struct arena *arena, struct str bytes, struct faults *faults,
                              struct str *ret)
{
    struct buf text;
    size_t bad;

    buf_init(&text, bytes.n * 3);
    if (decode_windows_1252(bytes, &text, &bad)) {
        *ret = buf_take(&text, arena);
        return true;
    }
    buf_release(&text);
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ 0 }, SAVE_AS_UTF8,
               "line %u of the file is neither UTF-8 nor Windows-1252: the byte %02x stands for "
               "no character",
               line_of(bytes, bad), (unsigned char)bytes.p[bad]);
    return false;
}

static bool from_utf_16(struct arena *arena, struct str bytes, bool big, struct faults *faults,
                        struct str *ret)
{
    struct buf text;

    buf_init(&text, bytes.n * 2);
    if (decode_utf_16(bytes, big, &text)) {
        *ret = buf_take(&text, arena);
        return true;
    }
    buf_release(&text);
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ 0 }, SAVE_AS_UTF8,
               "the file begins as UTF-16, but holds a broken character");
    return false;
}

static bool has_no_zero(struct str text, struct faults *faults)
{
    size_t at;

    if (!str_find(text, '\0', &at))
        return true;
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ 0 }, SAVE_AS_UTF8,
               "line %u of the file holds a zero byte, so it is no text that is understood here",
               line_of(text, at));
    return false;
}

static bool is_utf_8(struct str text, struct faults *faults)
{
    size_t bad;

    if (str_is_utf8(text, &bad))
        return true;
    faults_add(faults, SEVERITY_ERROR, (struct fault_place){ 0 }, SAVE_AS_UTF8,
               "the file begins as UTF-8, but line %u is not UTF-8", line_of(text, bad));
    return false;
}

struct str encoding_unmarked(struct str bytes)
{
    return str_starts(bytes, MARK) ? str_drop(bytes, MARK.n) : bytes;
}

bool encoding_decode(struct arena *arena, struct str bytes, struct faults *faults, struct str *ret)
{
    struct str text = bytes;
    bool decoded;

    if (str_starts(bytes, STR("\xff\xfe"))) {
        decoded = from_utf_16(arena, str_drop(bytes, 2), false, faults, &text);
    } else if (str_starts(bytes, STR("\xfe\xff"))) {
        decoded = from_utf_16(arena, str_drop(bytes, 2), true, faults, &text);
    } else if (str_starts(bytes, MARK)) {
        text = encoding_unmarked(bytes);
        decoded = is_utf_8(text, faults);
    } else if (has_no_zero(bytes, faults)) {
        decoded = str_is_utf8(bytes, NULL) || from_windows_1252(arena, bytes, faults, &text);
    } else {
        return false;
    }
    if (!decoded || !has_no_zero(text, faults))
        return false;
    *ret = text;
    return true;
}
