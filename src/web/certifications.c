#include "web/scheme_pages.h"

#include "criteria/govern.h"
#include "criteria/library.h"
#include "criteria/reading.h"
#include "register/standpoint.h"

/* ---- shapes ---- */

static const char *const part_words[] = {
    [PART_OF_TITLE] = "title",     [PART_OF_AUDIENCE] = "audience", [PART_OF_WORDING] = "wording",
    [PART_OF_READING] = "reading", [PART_OF_ROUTE] = "route",       [PART_OF_NOTE] = "note",
    [SCHEME_PARTS] = NULL,
};
static const struct shape part_word_shape = { .kind = IS_WORD, .words = part_words };

static const struct shape_member said_members[] = {
    { "id", &shape_text, false, "The word of the requirement" },
    { "title", &shape_text, false, "Its label, or its word where it has none" },
    { "language", &shape_text, false, "The tag of the text's language" },
    { "text", &shape_text, false, "The committee's wording, or the reading of the rule" },
    { 0 },
};
static const struct shape said_shape = { .kind = IS_OBJECT,
                                         .name = "SaidOfRequirement",
                                         .members = said_members };
static const struct shape said_list_shape = { .kind = IS_LIST, .item = &said_shape };

static const struct shape_member part_members[] = {
    { "part", &part_word_shape, false, "What this is a part of" },
    { "texts", &shape_texts, false, "Of title, audience, route and note: what the document says" },
    { "requirements", &said_list_shape, false, "Of wording and reading: each requirement's" },
    { 0 },
};
static const struct shape part_shape = { .kind = IS_OBJECT,
                                         .name = "PartOfCell",
                                         .members = part_members };
static const struct shape parts_shape = { .kind = IS_LIST, .item = &part_shape };

static const struct shape_member cell_members[] = {
    { "heading", &shape_text, true, "The heading of the cell's column" },
    { "head", &shape_bool, false, "Whether it is the first of its row" },
    { "parts", &parts_shape, false, "What stands in the cell, one part after the other" },
    { 0 },
};
static const struct shape cell_shape = { .kind = IS_OBJECT,
                                         .name = "Cell",
                                         .members = cell_members };
static const struct shape cells_shape = { .kind = IS_LIST, .item = &cell_shape };

static const struct shape_member row_members[] = {
    { "name", &shape_text, false, "The name of the certification, as in its address" },
    { "title", &shape_text, false, "Its title" },
    { "edition", &shape_text, false, "The edition that the cells show" },
    { "shows_title", &shape_bool, false, "Whether a cell shows the title" },
    { "cells", &cells_shape, false, "One for each column" },
    { 0 },
};
static const struct shape row_shape = { .kind = IS_OBJECT,
                                        .name = "RowOfCertification",
                                        .members = row_members };
static const struct shape rows_shape = { .kind = IS_LIST, .item = &row_shape };

static const struct shape_member table_members[] = {
    { "id", &shape_text, true, "The word of the group; null: those in no group" },
    { "title", &shape_text, true, "Its title; null likewise" },
    { "introduction", &shape_text, true, "What the group is" },
    { "columns", &shape_texts, false, "The headings of the columns; none for those in no group" },
    { "rows", &rows_shape, false, "Its certifications in order" },
    { "texts", &whole_text_list_shape, false, "The longer texts about the group" },
    { 0 },
};
static const struct shape table_shape = { .kind = IS_OBJECT,
                                          .name = "TableOfCertifications",
                                          .members = table_members };
static const struct shape tables_shape = { .kind = IS_LIST, .item = &table_shape };

static const struct shape_member certifications_members[] = {
    { "tables", &tables_shape, false, "A table for each group, and one for those in no group" },
    { 0 },
};
const struct shape certifications_shape = { .kind = IS_OBJECT,
                                            .name = "Certifications",
                                            .members = certifications_members };

/* ---- cells ---- */

static struct value *one_text(const struct scheme_view *v, struct str text)
{
    struct value *list = value_array(v->arena);

    if (text.p)
        value_push(v->arena, list, value_text(v->arena, text));
    return list;
}

static struct value *texts_of(const struct scheme_view *v, const struct edition *edition,
                              enum scheme_part part)
{
    switch (part) {
    case PART_OF_TITLE:
        return one_text(v, certification_title(v->scheme->library, edition->name));
    case PART_OF_AUDIENCE:
        return one_text(v, edition->audience);
    case PART_OF_ROUTE:
        return one_text(v, edition->route);
    case PART_OF_NOTE:
        return notes_value(v, edition);
    case PART_OF_WORDING:
    case PART_OF_READING:
        break;
    }
    return value_array(v->arena);
}

static void push_said(const struct scheme_view *v, const struct requirement *requirement,
                      struct str language, struct str text, struct value *list)
{
    struct value *object = value_object(v->arena);

    value_set_text(v->arena, object, "id", requirement->id);
    value_set_text(v->arena, object, "title", requirement_title(requirement));
    value_set_text(v->arena, object, "language", language);
    value_set_text(v->arena, object, "text", text);
    value_push(v->arena, list, object);
}

/* The wording in the document's own language; what is worded in no way is read from its rule. */
static bool push_wording(const struct scheme_view *v, const struct edition *edition,
                         const struct requirement *requirement, struct value *list)
{
    const struct part_list *parts = &requirement->source->parts;

    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->at[i];

        if (part->kind != PART_WORDING || !is_own_language(edition, part->text))
            continue;
        push_said(v, requirement, edition->language, part->text.text, list);
        return true;
    }
    return false;
}

static struct value *requirements_of(const struct scheme_view *v, const struct edition *edition,
                                     enum scheme_part part)
{
    struct value *list = value_array(v->arena);

    if (part != PART_OF_WORDING && part != PART_OF_READING)
        return list;
    for (size_t i = 0; i < edition->requirement_count; i++) {
        const struct requirement *requirement = &edition->requirements[i];

        if (part == PART_OF_WORDING && push_wording(v, edition, requirement, list))
            continue;
        push_said(v, requirement, STR("en"), reading_of_requirement(v->arena, edition, requirement),
                  list);
    }
    return list;
}

static struct value *part_value(const struct scheme_view *v, const struct edition *edition,
                                enum scheme_part part)
{
    struct value *object = value_object(v->arena);

    value_set_text(v->arena, object, "part", str_from_c(part_words[part]));
    value_set(v->arena, object, "texts", texts_of(v, edition, part));
    value_set(v->arena, object, "requirements", requirements_of(v, edition, part));
    return object;
}

static struct value *cell_value(const struct scheme_view *v, const struct edition *edition,
                                const struct scheme_column *column)
{
    struct value *cell = value_object(v->arena);
    struct value *parts = value_array(v->arena);

    for (size_t i = 0; i < column->part_count; i++)
        value_push(v->arena, parts, part_value(v, edition, column->parts[i]));
    set_text(v, cell, "heading", column->heading);
    value_set(v->arena, cell, "parts", parts);
    return cell;
}

/* ---- tables ---- */

/* What most groups show, for the certifications that stand in none; the page has no headings. */
static const struct scheme_column plain_columns[] = {
    { .parts = { PART_OF_TITLE }, .part_count = 1 },
    { .parts = { PART_OF_AUDIENCE }, .part_count = 1 },
    { .parts = { PART_OF_WORDING }, .part_count = 1 },
    { .parts = { PART_OF_ROUTE, PART_OF_NOTE }, .part_count = 2 },
};

static bool shows_title(const struct scheme_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < columns[i].part_count; k++)
            if (columns[i].parts[k] == PART_OF_TITLE)
                return true;
    return false;
}

static struct value *row_value(const struct scheme_view *v, const struct edition *edition,
                               const struct scheme_column *columns, size_t count)
{
    struct value *row = certification_value(v, edition->name);
    struct value *cells = value_array(v->arena);

    for (size_t i = 0; i < count; i++) {
        struct value *cell = cell_value(v, edition, &columns[i]);

        value_set_bool(v->arena, cell, "head", i == 0);
        value_push(v->arena, cells, cell);
    }
    value_set_text(v->arena, row, "edition", edition_number_text(v->arena, edition->number));
    value_set_bool(v->arena, row, "shows_title", shows_title(columns, count));
    value_set(v->arena, row, "cells", cells);
    return row;
}

static struct value *table_value(const struct scheme_view *v, const struct scheme_group *group,
                                 struct value *rows)
{
    struct value *table = value_object(v->arena);
    struct value *columns = value_array(v->arena);

    for (size_t i = 0; group && i < group->columns.count; i++)
        value_push(v->arena, columns, value_text(v->arena, group->columns.at[i].heading));
    set_text(v, table, "id", group ? group->id.text : STR_NONE);
    set_text(v, table, "title", group ? group->title : STR_NONE);
    set_text(v, table, "introduction", group ? group->introduction : STR_NONE);
    value_set(v->arena, table, "columns", columns);
    value_set(v->arena, table, "rows", rows);
    value_set(v->arena, table, "texts",
              group ? texts_about(v, group->id.text, 2) : value_array(v->arena));
    return table;
}

struct value *certifications_view(const struct scheme_view *v)
{
    const struct scheme_groups *groups = &v->scheme->groups;
    struct value *view = value_object(v->arena);
    struct value *tables = value_array(v->arena);
    struct str_list others = ungrouped_names(v);
    struct value *rows;

    for (size_t i = 0; i < groups->count; i++) {
        const struct word_list *names = &groups->at[i].certifications;

        rows = value_array(v->arena);
        for (size_t k = 0; k < names->count; k++)
            value_push(v->arena, rows,
                       row_value(v, shown_edition(v, names->at[k].text), groups->at[i].columns.at,
                                 groups->at[i].columns.count));
        value_push(v->arena, tables, table_value(v, &groups->at[i], rows));
    }
    rows = value_array(v->arena);
    for (size_t i = 0; i < others.count; i++)
        value_push(
            v->arena, rows,
            row_value(v, shown_edition(v, others.at[i]), plain_columns, ARRAY_LEN(plain_columns)));
    if (others.count > 0)
        value_push(v->arena, tables, table_value(v, NULL, rows));
    value_set(v->arena, view, "tables", tables);
    return view;
}
