#include "scheme/conf_record.h"

#include "scheme/conf_reader.h"
#include "scheme/scheme.h"

#define AREAS_DEEP 8 /* blocks within each other */

/* The terms of one list, while they are read. */
struct terms {
    struct term *at;
    size_t count, room;
};

/* Where in the list a block stands. */
struct terms_place {
    struct terms *terms;
    struct str parent; /* STR_NONE: none */
    int depth;
};

static bool read_area(struct block_reader *reader, void *into);
static bool read_style(struct block_reader *reader, void *into);

static const struct block_row area_rows[] = { { "area", NULL, OFTEN, 0, read_area, NULL } };
static const struct block area_block = { "an area", area_rows, ARRAY_LEN(area_rows) };

static const struct block_row style_rows[] = { { "style", NULL, OFTEN, 0, read_style, NULL } };
static const struct block style_block = { "the block of styles", style_rows,
                                          ARRAY_LEN(style_rows) };

/* `ID "Title"` */
static bool read_term(struct block_reader *reader, const char *what, struct terms_place *place,
                      struct word *ret_id)
{
    struct str title;

    if (!conf_take_word(reader, what, ret_id) ||
        !block_take_text(reader, "its title in double quotes", &title))
        return false;
    for (size_t i = 0; i < place->terms->count; i++) {
        if (str_eq(place->terms->at[i].id, ret_id->text)) {
            diags_add(reader->diags, SEVERITY_ERROR, ret_id->span,
                      STR("give each a word of its own"), "'%.*s' stands twice in this list",
                      STR_ARG(ret_id->text));
            return false;
        }
    }
    *ARENA_PUSH(reader->arena, place->terms->at, place->terms->count, place->terms->room) =
        (struct term){ ret_id->text, place->parent, title };
    return true;
}

/* An area may have a block of those within it. */
static bool read_area(struct block_reader *reader, void *into)
{
    struct terms_place *place = into;
    struct terms_place within = { .terms = place->terms, .depth = place->depth + 1 };
    struct word id;

    if (!read_term(reader, "a word for the area", place, &id))
        return false;
    if (reader->token.kind != TOKEN_OPEN)
        return true;
    if (within.depth == AREAS_DEEP) {
        diags_add(reader->diags, SEVERITY_ERROR, id.span, STR_NONE,
                  "areas stand within each other at most %d deep", AREAS_DEEP);
        return false;
    }
    within.parent = id.text;
    return block_read(reader, &area_block, id.span, &within, NULL);
}

static bool read_style(struct block_reader *reader, void *into)
{
    struct word id;

    return read_term(reader, "a word for the style", into, &id);
}

/* `EDITION { … }` */
static bool read_terms(struct block_reader *reader, const struct block *block,
                       struct term_list *list)
{
    struct span header = reader->token.span;
    struct edition_number number;
    struct terms terms = { 0 };
    struct terms_place place = { .terms = &terms };

    if (reader->token.kind != TOKEN_WORD || !edition_number_parse(reader->token.text, &number)) {
        block_report(reader, "the number of the list's edition, such as 1");
        return false;
    }
    list->edition = reader->token.text;
    block_advance(reader);
    if (!block_read(reader, block, header, &place, NULL))
        return false;
    list->at = terms.at;
    list->count = terms.count;
    return true;
}

static bool read_areas(struct block_reader *reader, void *member)
{
    return read_terms(reader, &area_block, member);
}

static bool read_styles(struct block_reader *reader, void *member)
{
    return read_terms(reader, &style_block, member);
}

static const char *const pairs_names[] = { "refused", "allowed" };
static const struct block_choices pairs = { "one of refused and allowed", pairs_names,
                                            ARRAY_LEN(pairs_names) };

static const struct block_row record_rows[] = {
    { "pairs", NULL, ONCE, offsetof(struct scheme_record, pairs), block_choice, &pairs },
    { "opinions", NULL, ONCE, offsetof(struct scheme_record, opinions), conf_names, NULL },
    { "confidential", NULL, ONCE, offsetof(struct scheme_record, confidential), conf_names, NULL },
    { "areas", NULL, ONCE, offsetof(struct scheme_record, areas), read_areas, NULL },
    { "styles", NULL, ONCE, offsetof(struct scheme_record, styles), read_styles, NULL },
};
static const struct block record_block = { "the block of records", record_rows,
                                           ARRAY_LEN(record_rows) };

bool conf_record(struct block_reader *reader, void *member)
{
    return block_read(reader, &record_block, reader->token.span, member, NULL);
}
