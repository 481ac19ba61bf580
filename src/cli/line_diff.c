#include "cli/line_diff.h"

/* Beyond so many pairs of lines, all that stands between the first and the last change differs. */
#define PAIRS_MAX ((size_t)16 << 20)

struct lines {
    const struct str *at;
    size_t count;
    size_t before; /* lines that go before the first of these */
};

static struct lines lines_of(struct arena *arena, struct str text)
{
    struct str *at = NULL;
    size_t count = 0;
    size_t room = 0;

    while (text.n > 0) {
        struct str line;

        text = str_split(text, '\n', &line);
        *ARENA_PUSH(arena, at, count, room) = line;
    }
    return (struct lines){ at, count, 0 };
}

/* Leaves out what both begin and end with. */
static void trim(struct lines *a, struct lines *b)
{
    while (a->count > 0 && b->count > 0 && str_eq(a->at[0], b->at[0])) {
        *a = (struct lines){ a->at + 1, a->count - 1, a->before + 1 };
        *b = (struct lines){ b->at + 1, b->count - 1, b->before + 1 };
    }
    while (a->count > 0 && b->count > 0 && str_eq(a->at[a->count - 1], b->at[b->count - 1])) {
        a->count--;
        b->count--;
    }
}

static void print_line(struct output *out, const struct lines *lines, size_t i, char sign)
{
    output_tone(out, sign == '-' ? TONE_BAD : TONE_GOOD,
                str_from_c(sign == '-' ? "    -" : "    +"));
    output_format(out, "%zu ", lines->before + i + 1);
    output_str(out, lines->at[i]);
    output_line(out);
}

static void print_range(struct output *out, const struct lines *lines, size_t from, size_t to,
                        char sign)
{
    for (size_t i = from; i < to; i++)
        print_line(out, lines, i, sign);
}

/* The length of the longest run of lines, gaps allowed, that both have from i and j on. */
static uint32_t *common_lengths(struct arena *arena, const struct lines *a, const struct lines *b)
{
    size_t width = b->count + 1;
    uint32_t *lengths = ARENA_ARRAY(arena, (a->count + 1) * width, uint32_t);

    for (size_t i = a->count; i-- > 0;) {
        for (size_t j = b->count; j-- > 0;) {
            uint32_t down = lengths[(i + 1) * width + j];
            uint32_t right = lengths[i * width + j + 1];

            if (str_eq(a->at[i], b->at[j]))
                lengths[i * width + j] = lengths[(i + 1) * width + j + 1] + 1;
            else
                lengths[i * width + j] = down > right ? down : right;
        }
    }
    return lengths;
}

static void print_middle(struct output *out, const struct lines *a, const struct lines *b,
                         const uint32_t *lengths)
{
    size_t width = b->count + 1;
    size_t i = 0;
    size_t j = 0;

    while (i < a->count && j < b->count) {
        if (str_eq(a->at[i], b->at[j])) {
            i++;
            j++;
        } else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
            print_line(out, a, i++, '-');
        } else {
            print_line(out, b, j++, '+');
        }
    }
    print_range(out, a, i, a->count, '-');
    print_range(out, b, j, b->count, '+');
}

void line_diff_print(struct output *out, struct arena *arena, struct str old, struct str new)
{
    struct arena_mark mark = arena_mark(arena);
    struct lines a = lines_of(arena, old);
    struct lines b = lines_of(arena, new);

    trim(&a, &b);
    if (a.count > 0 && b.count > PAIRS_MAX / a.count) {
        print_range(out, &a, 0, a.count, '-');
        print_range(out, &b, 0, b.count, '+');
    } else {
        print_middle(out, &a, &b, common_lengths(arena, &a, &b));
    }
    arena_rewind(arena, mark);
}
