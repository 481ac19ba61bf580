#include "scheme/conf.h"

#include "scheme/conf_reader.h"
#include "scheme/conf_record.h"

/*
 * Each block of scheme.conf is a table of the statements that may stand in it. To add a
 * statement: add the member that takes it to the struct of its block in scheme.h, add a row here
 * with its words, the member and the function that reads its value, and describe it in
 * docs/scheme-folder.md.
 */

#define ROWS(rows) (rows), ARRAY_LEN(rows)

/* `ID "Title"`, which most blocks begin with. */
static bool read_header(struct block_reader *reader, const char *what, struct word *ret_id,
                        struct str *ret_title)
{
    return conf_take_word(reader, what, ret_id) &&
           block_take_text(reader, "its title in double quotes", ret_title);
}

static const struct block_row organisation_rows[] = {
    { "short", NULL, NEEDED, offsetof(struct scheme_organisation, short_name), block_text, NULL },
    { "footer", NULL, ONCE, offsetof(struct scheme_organisation, footer), block_text, NULL },
};
static const struct block organisation_block = { "an organisation", ROWS(organisation_rows) };

static bool read_organisation(struct block_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct span header = reader->token.span;

    return block_take_text(reader, "the name of the body in double quotes",
                           &scheme->organisation.name) &&
           block_read(reader, &organisation_block, header, &scheme->organisation, NULL);
}

static const struct block_row colours_rows[] = {
    { "ink", NULL, NEEDED, offsetof(struct scheme_colours, ink), conf_colour, NULL },
    { "paper", NULL, NEEDED, offsetof(struct scheme_colours, paper), conf_colour, NULL },
    { "accent", NULL, NEEDED, offsetof(struct scheme_colours, accent), conf_colour, NULL },
    { "gold", NULL, NEEDED, offsetof(struct scheme_colours, gold), conf_colour, NULL },
};
static const struct block colours_block = { "the block of colours", ROWS(colours_rows) };

static bool read_colours(struct block_reader *reader, void *into)
{
    struct scheme *scheme = into;

    return block_read(reader, &colours_block, reader->token.span, &scheme->colours, NULL);
}

static const char *const part_names[] = {
    "title", "audience", "wording", "reading", "route", "note"
};
static const struct block_choices parts = {
    "one of title, audience, wording, reading, route and note", part_names, ARRAY_LEN(part_names)
};

static bool read_column(struct block_reader *reader, void *into)
{
    struct scheme_group *group = into;
    struct scheme_column column = { .part_count = 0 };

    if (!block_take_text(reader, "the heading of the column in double quotes", &column.heading))
        return false;
    if (!block_take_keyword(reader, "from", "'from' and what the column shows"))
        return false;
    for (;;) {
        struct span span = reader->token.span;
        int part = 0;

        if (!block_take_choice(reader, &parts, &part))
            return false;
        for (size_t i = 0; i < column.part_count; i++) {
            if (column.parts[i] == (enum scheme_part)part) {
                diags_add(reader->diags, SEVERITY_ERROR, span, STR_NONE,
                          "'%s' stands twice in this column", part_names[part]);
                return false;
            }
        }
        column.parts[column.part_count++] = (enum scheme_part)part;
        if (reader->token.kind != TOKEN_COMMA)
            break;
        block_advance(reader);
    }
    *ARENA_PUSH(reader->arena, group->columns.at, group->columns.count, group->columns.room) =
        column;
    return true;
}

static const struct block_row group_rows[] = {
    { "introduction", NULL, ONCE, offsetof(struct scheme_group, introduction), block_text, NULL },
    { "column", NULL, OFTEN, 0, read_column, NULL },
    { "certifications", NULL, NEEDED, offsetof(struct scheme_group, certifications), conf_names,
      NULL },
};
static const struct block group_block = { "a group", ROWS(group_rows) };

static bool read_group(struct block_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct scheme_group group = { .introduction = STR_NONE };
    bool whole = read_header(reader, "a word for the group", &group.id, &group.title) &&
                 block_read(reader, &group_block, group.id.span, &group, NULL);

    if (whole && group.columns.count == 0)
        diags_add(reader->diags, SEVERITY_ERROR, group.id.span, STR_NONE,
                  "a group needs at least one 'column'");
    if (group.id.text.p)
        *ARENA_PUSH(reader->arena, scheme->groups.at, scheme->groups.count, scheme->groups.room) =
            group;
    return whole;
}

static const char *const body_kind_names[] = { "board", "committee", "taskforce",
                                               "panel", "office",    "initiative" };
static const struct block_choices body_kinds = {
    "one of board, committee, taskforce, panel, office and initiative", body_kind_names,
    ARRAY_LEN(body_kind_names)
};
static const char *const body_state_names[] = { "active", "dissolved" };
static const struct block_choices body_states = { "one of active and dissolved", body_state_names,
                                                  ARRAY_LEN(body_state_names) };

static const struct block_row body_rows[] = {
    { "kind", NULL, NEEDED, offsetof(struct scheme_body, kind), block_choice, &body_kinds },
    { "mandate", NULL, NEEDED, offsetof(struct scheme_body, mandate), block_text, NULL },
    { "from", NULL, ONCE, offsetof(struct scheme_body, from), conf_date, NULL },
    { "until", NULL, ONCE, offsetof(struct scheme_body, until), conf_date, NULL },
    { "state", NULL, ONCE, offsetof(struct scheme_body, state), block_choice, &body_states },
    { "successor", NULL, ONCE, offsetof(struct scheme_body, successor), conf_word, NULL },
    { "sections", NULL, ONCE, offsetof(struct scheme_body, sections), conf_names, NULL },
    { "drafts", NULL, ONCE, offsetof(struct scheme_body, drafts), conf_names, NULL },
};
static const struct block body_block = { "a body", ROWS(body_rows) };

static bool read_body(struct block_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct scheme_body body = { .state = BODY_ACTIVE };
    bool whole = read_header(reader, "a word for the body", &body.id, &body.title) &&
                 block_read(reader, &body_block, body.id.span, &body, NULL);

    if (body.id.text.p)
        *ARENA_PUSH(reader->arena, scheme->bodies.at, scheme->bodies.count, scheme->bodies.room) =
            body;
    return whole;
}

static const char *const programme_kind_names[] = { "assessment", "training" };
static const struct block_choices programme_kinds = { "one of assessment and training",
                                                      programme_kind_names,
                                                      ARRAY_LEN(programme_kind_names) };

static const struct block_row programme_rows[] = {
    { "short", NULL, NEEDED, offsetof(struct scheme_programme, short_name), block_text, NULL },
    { "kind", NULL, NEEDED, offsetof(struct scheme_programme, kind), block_choice,
      &programme_kinds },
    { "purpose", NULL, NEEDED, offsetof(struct scheme_programme, purpose), block_text, NULL },
    { "leads", "to", NEEDED, offsetof(struct scheme_programme, leads_to), conf_names, NULL },
    { "route", NULL, NEEDED, offsetof(struct scheme_programme, route), block_text, NULL },
    { "note", NULL, ONCE, offsetof(struct scheme_programme, note), block_text, NULL },
};
static const struct block programme_block = { "a programme", ROWS(programme_rows) };

static bool read_programme(struct block_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct scheme_programme programme = { .note = STR_NONE };
    bool whole =
        read_header(reader, "a word for the type of programme", &programme.id, &programme.title) &&
        block_read(reader, &programme_block, programme.id.span, &programme, NULL);

    if (programme.id.text.p)
        *ARENA_PUSH(reader->arena, scheme->programmes.at, scheme->programmes.count,
                    scheme->programmes.room) = programme;
    return whole;
}

static bool read_card(struct block_reader *reader, const struct block *block,
                      struct scheme_cards *cards)
{
    struct scheme_card card = { .text = STR_NONE };
    bool whole =
        read_header(reader, "the name of a certification", &card.certification, &card.title) &&
        block_read(reader, block, card.certification.span, &card, NULL);

    if (card.certification.text.p)
        *ARENA_PUSH(reader->arena, cards->at, cards->count, cards->room) = card;
    return whole;
}

static const struct block_row card_rows[] = {
    { "text", NULL, NEEDED, offsetof(struct scheme_card, text), block_text, NULL },
};
static const struct block card_block = { "a certification", ROWS(card_rows) };

static bool read_stage_card(struct block_reader *reader, void *into)
{
    struct scheme_stage *stage = into;

    return read_card(reader, &card_block, &stage->cards);
}

static const struct block_row specialisation_rows[] = {
    { "text", NULL, NEEDED, offsetof(struct scheme_card, text), block_text, NULL },
    { "from", NULL, NEEDED, offsetof(struct scheme_card, from), conf_names, NULL },
};
static const struct block specialisation_block = { "a specialisation", ROWS(specialisation_rows) };

static bool read_specialisation(struct block_reader *reader, void *into)
{
    struct scheme_pathway *pathway = into;

    return read_card(reader, &specialisation_block, &pathway->specialisations);
}

static const struct block_row stage_rows[] = {
    { "text", NULL, NEEDED, offsetof(struct scheme_stage, text), block_text, NULL },
    { "certification", NULL, OFTEN, 0, read_stage_card, NULL },
    { "assisted", "by", ONCE, offsetof(struct scheme_stage, assisted_by), conf_names, NULL },
    { "next", NULL, ONCE, offsetof(struct scheme_stage, next), conf_names, NULL },
};
static const struct block stage_block = { "a stage", ROWS(stage_rows) };

static bool read_stage(struct block_reader *reader, void *into)
{
    struct scheme_pathway *pathway = into;
    struct scheme_stage stage = { .text = STR_NONE };
    bool whole = read_header(reader, "a word for the stage", &stage.id, &stage.title) &&
                 block_read(reader, &stage_block, stage.id.span, &stage, NULL);

    if (stage.id.text.p)
        *ARENA_PUSH(reader->arena, pathway->stages.at, pathway->stages.count,
                    pathway->stages.room) = stage;
    return whole;
}

static const struct block_row pathway_rows[] = {
    { "text", NULL, NEEDED, offsetof(struct scheme_pathway, text), block_text, NULL },
    { "stage", NULL, OFTEN, 0, read_stage, NULL },
    { "specialisation", NULL, OFTEN, 0, read_specialisation, NULL },
};
static const struct block pathway_block = { "a pathway", ROWS(pathway_rows) };

static bool read_pathway(struct block_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct span header = reader->token.span;

    return block_take_text(reader, "the title of the pathway in double quotes",
                           &scheme->pathway.title) &&
           block_read(reader, &pathway_block, header, &scheme->pathway, NULL);
}

static const struct block_row benefit_rows[] = {
    { "text", NULL, NEEDED, offsetof(struct scheme_benefit, text), block_text, NULL },
    { "for", NULL, ONCE, offsetof(struct scheme_benefit, certifications), conf_names, NULL },
};
static const struct block benefit_block = { "a benefit", ROWS(benefit_rows) };

static bool read_benefit(struct block_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct scheme_benefit benefit = { .text = STR_NONE };
    bool whole = read_header(reader, "a word for the benefit", &benefit.id, &benefit.title) &&
                 block_read(reader, &benefit_block, benefit.id.span, &benefit, NULL);

    if (benefit.id.text.p)
        *ARENA_PUSH(reader->arena, scheme->benefits.at, scheme->benefits.count,
                    scheme->benefits.room) = benefit;
    return whole;
}

static const struct block_row text_rows[] = {
    { "for", NULL, NEEDED, offsetof(struct scheme_text, subjects), conf_names, NULL },
};
static const struct block text_block = { "the block of a text", ROWS(text_rows) };

/* Most texts say nothing but their title, and have no block then. */
static bool read_text(struct block_reader *reader, void *into)
{
    struct scheme *scheme = into;
    struct scheme_text text = { .source = NULL };
    bool whole =
        read_header(reader, "the name of a file in texts/, without .md", &text.id, &text.title) &&
        (reader->token.kind != TOKEN_OPEN ||
         block_read(reader, &text_block, text.id.span, &text, NULL));

    if (text.id.text.p)
        *ARENA_PUSH(reader->arena, scheme->texts.at, scheme->texts.count, scheme->texts.room) =
            text;
    return whole;
}

static const struct block_row scheme_rows[] = {
    { "title", NULL, NEEDED, offsetof(struct scheme, title), block_text, NULL },
    { "language", NULL, ONCE, offsetof(struct scheme, language), conf_word, NULL },
    { "zone", NULL, NEEDED, offsetof(struct scheme, zone), conf_zone, NULL },
    { "organisation", NULL, NEEDED, 0, read_organisation, NULL },
    { "colours", NULL, ONCE, 0, read_colours, NULL },
    { "group", NULL, OFTEN, 0, read_group, NULL },
    { "body", NULL, OFTEN, 0, read_body, NULL },
    { "programme", NULL, OFTEN, 0, read_programme, NULL },
    { "pathway", NULL, ONCE, 0, read_pathway, NULL },
    { "record", NULL, ONCE, offsetof(struct scheme, record), conf_record, NULL },
    { "benefit", NULL, OFTEN, 0, read_benefit, NULL },
    { "text", NULL, OFTEN, 0, read_text, NULL },
};
static const struct block scheme_block = { "a scheme", ROWS(scheme_rows) };

bool scheme_conf_read(struct arena *arena, const struct source *source, struct diags *diags,
                      struct scheme *scheme)
{
    struct block_reader reader;

    block_begin(&reader, arena, source, diags);
    scheme->language.text = STR("en");
    if (!block_take_keyword(&reader, "scheme", "'scheme', its name and a block") ||
        !conf_take_word(&reader, "a name for the scheme", &scheme->id) ||
        !block_read(&reader, &scheme_block, scheme->id.span, scheme, NULL))
        return false;
    block_advance_past_ends(&reader);
    if (reader.token.kind != TOKEN_EOF)
        block_report(&reader, "nothing after the scheme's block");
    return true;
}

const char *scheme_body_kind_name(enum scheme_body_kind kind)
{
    BUG_IF((size_t)kind >= ARRAY_LEN(body_kind_names));
    return body_kind_names[kind];
}
