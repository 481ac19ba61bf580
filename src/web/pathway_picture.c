#include "web/pathway_picture.h"

#include "register/standpoint.h"

/* ---- shape ---- */

static const struct shape_member line_members[] = {
    { "y", &shape_int, false, "Where its baseline is" },
    { "text", &shape_text, false, "The words that fit on the line" },
    { 0 },
};
static const struct shape line_shape = { .kind = IS_OBJECT,
                                         .name = "LineOfText",
                                         .members = line_members };
static const struct shape lines_shape = { .kind = IS_LIST, .item = &line_shape };

#define BOX_MEMBERS                                                                                \
    { "x", &shape_int, false, "Where the box begins" },                                            \
        { "y", &shape_int, false, "Where its upper edge is" },                                     \
        { "width", &shape_int, false, "Its width" },                                               \
        { "height", &shape_int, false, "Its height" },                                             \
        { "text_x", &shape_int, false, "Where the lines of its text begin" },                      \
        { "title_lines", &lines_shape, false, "Its title" },                                       \
    {                                                                                              \
        "text_lines", &lines_shape, false, "What it says besides"                                  \
    }

static const struct shape_member card_members[] = {
    { "name", &shape_text, false, "The name of the certification, as in its address" },
    BOX_MEMBERS,
    { 0 },
};
static const struct shape card_shape = { .kind = IS_OBJECT,
                                         .name = "CardInPicture",
                                         .members = card_members };
static const struct shape cards_shape = { .kind = IS_LIST, .item = &card_shape };

static const struct shape_member help_members[] = {
    { "name", &shape_text, false, "The name of the certification, as in its address" },
    { "x", &shape_int, false, "Where the note begins" },
    { "y", &shape_int, false, "Where the baseline of its first line is" },
    { "title_lines", &lines_shape, false, "The title of what helps, below the first line" },
    { 0 },
};
static const struct shape help_shape = { .kind = IS_OBJECT,
                                         .name = "HelpInPicture",
                                         .members = help_members };
static const struct shape helps_shape = { .kind = IS_LIST, .item = &help_shape };

static const struct shape_member stage_members[] = {
    { "id", &shape_text, false, "The word of the stage" },
    { "number", &shape_int, false, "Its number, from 1" },
    BOX_MEMBERS,
    { "cards", &cards_shape, false, "The certifications at this stage" },
    { "helps", &helps_shape, false, "Whose holders find help at this stage" },
    { 0 },
};
static const struct shape stage_shape = { .kind = IS_OBJECT,
                                          .name = "StageInPicture",
                                          .members = stage_members };
static const struct shape stages_shape = { .kind = IS_LIST, .item = &stage_shape };

static const struct shape_member arrow_members[] = {
    { "line", &shape_text, false, "Its line, as the d of an SVG path" },
    { "head", &shape_text, false, "Its head, likewise" },
    { 0 },
};
static const struct shape arrow_shape = { .kind = IS_OBJECT,
                                          .name = "ArrowInPicture",
                                          .members = arrow_members };
static const struct shape arrows_shape = { .kind = IS_LIST, .item = &arrow_shape };

static const struct shape_member picture_members[] = {
    { "width", &shape_int, false, "The width of the picture" },
    { "height", &shape_int, false, "Its height" },
    { "stages", &stages_shape, false, "The stages in order" },
    { "arrows", &arrows_shape, false, "What follows what" },
    { "threads", &shape_texts, false,
      "From stages to specialisations, each as the d of an SVG path; they lie below everything" },
    { "specialisations", &cards_shape, false, "The specialisations in order" },
    { 0 },
};
const struct shape picture_shape = { .kind = IS_OBJECT,
                                     .name = "PictureOfPathway",
                                     .members = picture_members };

/* ---- measures ---- */

enum {
    WIDTH_LEAST = 960,
    STAGE_LEAST = 200, /* the width of a column */
    BETWEEN = 52,      /* columns: room for an arrow */
    EDGE = 2,          /* around everything: half of a thick line, and focus */
    ARCH = 34,         /* above the heads, where an arrow passes over a stage */
    PAD = 14,          /* within a box, at the side */
    TITLE_DOWN = 28,   /* from the top of a box to the first baseline of its title */
    TITLE_LINE = 24,
    TEXT_LINE = 20,
    BOX_END = 14,     /* from the last baseline to the bottom of the box */
    GAP = 16,         /* between boxes of one column */
    BAND = 40,        /* between the columns and the specialisations */
    TITLE_GLYPH = 95, /* the width that a letter needs in the sizes of the template, 19 and 15, */
    TEXT_GLYPH = 73,  /* in tenths */
    ARROW = 9,        /* the length of an arrow's head */
};

/* ---- text that is broken into lines ---- */

/* A letter of Chinese, Japanese or Korean is as wide as two of Latin. */
static int width_of(struct str word)
{
    int width = 0;

    while (word.n > 0) {
        uint32_t point = 0;
        size_t n = str_code_point(word, &point);

        width += point >= 0x1100 ? 2 : 1;
        word = str_drop(word, n > 0 ? n : 1);
    }
    return width;
}

/* How many letters fit in so many pixels. */
static int letters_in(int width, int glyph)
{
    return width * 10 / glyph;
}

/* The bytes of the text that fit into so many letters: whole words, or of a word that alone is too
   long, as much as fits. */
static size_t fitting(struct str text, int letters)
{
    size_t fits = 0;
    size_t at = 0;
    int width = 0;

    while (at < text.n) {
        size_t n = str_code_point(str_drop(text, at), NULL);

        n = n > 0 ? n : 1;
        width += width_of(str_take(str_drop(text, at), n));
        if (width > letters)
            return fits > 0 ? fits : at > 0 ? at : n;
        at += n;
        if (at == text.n || text.p[at] == ' ')
            fits = at;
    }
    return text.n;
}

/* Adds the lines from a baseline on; the baseline for a line after them comes back. */
static int push_lines(const struct scheme_view *v, struct str text, int letters, int y, int step,
                      struct value *list)
{
    for (text = str_trim(text); text.n > 0; y += step) {
        size_t n = fitting(text, letters);
        struct value *line = value_object(v->arena);

        value_set_int(v->arena, line, "y", y);
        value_set_text(v->arena, line, "text", str_take(text, n));
        value_push(v->arena, list, line);
        text = str_trim(str_drop(text, n));
    }
    return y;
}

/* ---- boxes ---- */

struct box {
    int x, y, width, height;
};

/* Fills in a box as high as its text; `box` is given its place and width. */
static void set_box(const struct scheme_view *v, struct value *object, struct str title,
                    struct str text, struct box *box)
{
    int inside = box->width - 2 * PAD;
    struct value *title_lines = value_array(v->arena);
    struct value *text_lines = value_array(v->arena);
    int y = push_lines(v, title, letters_in(inside, TITLE_GLYPH), box->y + TITLE_DOWN, TITLE_LINE,
                       title_lines);

    y = push_lines(v, text, letters_in(inside, TEXT_GLYPH), y, TEXT_LINE, text_lines);
    box->height = y - (text_lines->count > 0 ? TEXT_LINE : TITLE_LINE) + BOX_END - box->y;
    value_set_int(v->arena, object, "x", box->x);
    value_set_int(v->arena, object, "y", box->y);
    value_set_int(v->arena, object, "width", box->width);
    value_set_int(v->arena, object, "height", box->height);
    value_set_int(v->arena, object, "text_x", box->x + PAD);
    value_set(v->arena, object, "title_lines", title_lines);
    value_set(v->arena, object, "text_lines", text_lines);
}

static struct value *card_value(const struct scheme_view *v, const struct scheme_card *card,
                                struct box *box)
{
    struct value *object = value_object(v->arena);

    value_set_text(v->arena, object, "name", card->certification.text);
    set_box(v, object, card->title, card->text, box);
    return object;
}

/* ---- stages ---- */

struct picture {
    const struct scheme_view *v;
    const struct scheme_pathway *pathway;
    int column; /* its width */
    int top;    /* of the heads */
    int width;
    struct box *heads;
    int *ends; /* of each column, at its bottom */
};

static int column_x(const struct picture *p, size_t n)
{
    return EDGE + (int)n * (p->column + BETWEEN);
}

static void push_help(const struct picture *p, struct str name, struct box *below,
                      struct value *list)
{
    const struct scheme_view *v = p->v;
    struct value *object = value_object(v->arena);
    struct value *lines = value_array(v->arena);
    int y = below->y + BOX_END;

    value_set_text(v->arena, object, "name", name);
    value_set_int(v->arena, object, "x", below->x + PAD);
    value_set_int(v->arena, object, "y", y);
    y = push_lines(v, certification_title(v->scheme->library, name),
                   letters_in(below->width - 2 * PAD, TITLE_GLYPH), y + TITLE_LINE, TITLE_LINE,
                   lines);
    value_set(v->arena, object, "title_lines", lines);
    value_push(v->arena, list, object);
    below->y = y - TITLE_LINE + GAP;
}

static struct value *stage_value(struct picture *p, size_t n)
{
    const struct scheme_stage *stage = &p->pathway->stages.at[n];
    struct value *object = value_object(p->v->arena);
    struct value *cards = value_array(p->v->arena);
    struct value *helps = value_array(p->v->arena);
    struct box box = { .x = column_x(p, n), .y = p->top, .width = p->column };

    value_set_text(p->v->arena, object, "id", stage->id.text);
    value_set_int(p->v->arena, object, "number", (int64_t)n + 1);
    set_box(p->v, object, stage->title, stage->text, &box);
    p->heads[n] = box;
    box.y += box.height + GAP;
    for (size_t i = 0; i < stage->cards.count; i++) {
        value_push(p->v->arena, cards, card_value(p->v, &stage->cards.at[i], &box));
        box.y += box.height + GAP;
    }
    for (size_t i = 0; i < stage->assisted_by.count; i++)
        push_help(p, stage->assisted_by.at[i].text, &box, helps);
    p->ends[n] = box.y - GAP;
    value_set(p->v->arena, object, "cards", cards);
    value_set(p->v->arena, object, "helps", helps);
    return object;
}

/* ---- arrows ---- */

static size_t stage_number(const struct scheme_pathway *pathway, struct str id)
{
    for (size_t i = 0; i < pathway->stages.count; i++)
        if (str_eq(pathway->stages.at[i].id.text, id))
            return i;
    BUG("stage %.*s was not checked", STR_ARG(id));
}

/* Heads are of different height, and arrows lead straight: at the middle of a title's line. */
static struct value *arrow_value(const struct picture *p, size_t from, size_t to)
{
    struct arena *arena = p->v->arena;
    struct value *object = value_object(arena);
    int y = p->top + TITLE_DOWN - 6;
    int x1 = p->heads[from].x + p->heads[from].width;
    int x2 = p->heads[to].x;

    if (to == from + 1) {
        value_set_text(arena, object, "line", str_format(arena, "M%d %dH%d", x1, y, x2 - ARROW));
        value_set_text(arena, object, "head",
                       str_format(arena, "M%d %dl-%d -%dv%dz", x2, y, ARROW, ARROW / 2 + 1,
                                  2 * (ARROW / 2 + 1)));
        return object;
    }
    x1 -= p->column / 4;
    x2 += p->column / 4;
    value_set_text(arena, object, "line",
                   str_format(arena, "M%d %dV%dH%dV%d", x1, p->top, EDGE + 4, x2, p->top - ARROW));
    value_set_text(arena, object, "head",
                   str_format(arena, "M%d %dl-%d -%dh%dz", x2, p->top, ARROW / 2 + 1, ARROW,
                              2 * (ARROW / 2 + 1)));
    return object;
}

static bool passes_over(const struct scheme_pathway *pathway)
{
    for (size_t i = 0; i < pathway->stages.count; i++)
        for (size_t k = 0; k < pathway->stages.at[i].next.count; k++)
            if (stage_number(pathway, pathway->stages.at[i].next.at[k].text) > i + 1)
                return true;
    return false;
}

static struct value *arrows_value(const struct picture *p)
{
    const struct scheme_stages *stages = &p->pathway->stages;
    struct value *list = value_array(p->v->arena);

    for (size_t i = 0; i < stages->count; i++)
        for (size_t k = 0; k < stages->at[i].next.count; k++)
            value_push(p->v->arena, list,
                       arrow_value(p, i, stage_number(p->pathway, stages->at[i].next.at[k].text)));
    return list;
}

/* ---- specialisations ---- */

/* From the bottom of each stage's column to the card. */
static void push_threads(const struct picture *p, const struct scheme_card *card, int y,
                         struct value *threads)
{
    for (size_t i = 0; i < card->from.count; i++) {
        size_t n = stage_number(p->pathway, card->from.at[i].text);
        int x = column_x(p, n) + p->column / 2;

        value_push(
            p->v->arena, threads,
            value_text(p->v->arena, str_format(p->v->arena, "M%d %dV%d", x, p->ends[n] + 4, y)));
    }
}

/* Gives the bottom of the last one; they begin at y. */
static int push_specialisations(const struct picture *p, int y, struct value *threads,
                                struct value *list)
{
    const struct scheme_cards *cards = &p->pathway->specialisations;

    for (size_t i = 0; i < cards->count; i++) {
        const struct scheme_card *card = &cards->at[i];
        size_t first = stage_number(p->pathway, card->from.at[0].text);
        size_t last = first;
        struct box box = { .y = y };

        for (size_t k = 1; k < card->from.count; k++) {
            size_t n = stage_number(p->pathway, card->from.at[k].text);

            first = n < first ? n : first;
            last = n > last ? n : last;
        }
        box.x = column_x(p, first);
        box.width = column_x(p, last) + p->column - box.x;
        push_threads(p, card, y, threads);
        value_push(p->v->arena, list, card_value(p->v, card, &box));
        y += box.height + GAP;
    }
    return y - GAP;
}

/* ---- the picture ---- */

struct value *pathway_picture(const struct scheme_view *v)
{
    const struct scheme_pathway *pathway = &v->scheme->pathway;
    int count = (int)pathway->stages.count;
    struct picture p = { .v = v, .pathway = pathway, .top = EDGE };
    struct value *picture = value_object(v->arena);
    struct value *stages = value_array(v->arena);
    struct value *threads = value_array(v->arena);
    struct value *specialisations = value_array(v->arena);
    int bottom = 0;

    if (count == 0)
        return NULL;
    p.column = (WIDTH_LEAST - 2 * EDGE - (count - 1) * BETWEEN) / count;
    p.column = p.column > STAGE_LEAST ? p.column : STAGE_LEAST;
    p.width = 2 * EDGE + count * p.column + (count - 1) * BETWEEN;
    p.heads = ARENA_ARRAY(v->arena, (size_t)count, struct box);
    p.ends = ARENA_ARRAY(v->arena, (size_t)count, int);
    p.top += passes_over(pathway) ? ARCH : 0;
    for (size_t i = 0; i < pathway->stages.count; i++) {
        value_push(v->arena, stages, stage_value(&p, i));
        bottom = p.ends[i] > bottom ? p.ends[i] : bottom;
    }
    if (pathway->specialisations.count > 0)
        bottom = push_specialisations(&p, bottom + BAND, threads, specialisations);
    value_set_int(v->arena, picture, "width", p.width);
    value_set_int(v->arena, picture, "height", bottom + EDGE);
    value_set(v->arena, picture, "stages", stages);
    value_set(v->arena, picture, "arrows", arrows_value(&p));
    value_set(v->arena, picture, "threads", threads);
    value_set(v->arena, picture, "specialisations", specialisations);
    return picture;
}
